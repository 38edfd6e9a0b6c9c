"""The tables of coding: who gave which quote which code, what was noted beside it, and how search is helped."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from storybank.persistence.columns import identifier, metadata, part_of, text

coders = Table(
    "coders", metadata,
    identifier(), text("name"), Column("blind", Boolean, nullable=False, server_default="0"),
)  # fmt: skip
"""Everybody who ever tagged anything; nobody is taken out."""

codings = Table(
    "codings", metadata,
    identifier(),
    part_of("quote_id", "quotes.id"),
    part_of("code", "codes.key"),
    part_of("coder_id", "coders.id"),
    text("at"), text("suggested"),
    UniqueConstraint("quote_id", "code", "coder_id"),
    Index(None, "code"),
    Index(None, "coder_id"),
)  # fmt: skip

translations = Table(
    "translations", metadata,
    part_of("quote_id", "quotes.id", key=True),
    Column("language", Text, primary_key=True),
    text("text"), text("translator"), text("at"),
)  # fmt: skip

coded = Table(
    "coded", metadata,
    part_of("coder_id", "coders.id", key=True),
    part_of("recording_id", "recordings.id", key=True),
    text("at"),
)  # fmt: skip
"""Which recordings a coder has said they are done with: agreement is measured over these, never over unseen text."""

settled = Table(
    "settled", metadata,
    identifier(),
    part_of("recording_id", "recordings.id"),
    text("code"),
    Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
    Column("kept", Boolean, nullable=False),
    part_of("coder_id", "coders.id"),
    text("at"),
    Index(None, "recording_id"),
)  # fmt: skip
"""What was decided where coders differed; a code that is gone since leaves its decisions behind."""

memos = Table(
    "memos", metadata,
    identifier(), text("subject"), text("about_id"), text("text"),
    part_of("coder_id", "coders.id"),
    text("created_at"), text("modified_at"),
    Index(None, "subject", "about_id"),
)  # fmt: skip

saved_searches = Table(
    "saved_searches", metadata,
    identifier(), text("name"), text("typed"), Column("filters", JSON, nullable=False), text("made_at"),
    Column("seen", JSON, nullable=False),
)  # fmt: skip

rings = Table("rings", metadata, identifier(), Column("words", JSON, nullable=False))
"""Synonyms for search."""
