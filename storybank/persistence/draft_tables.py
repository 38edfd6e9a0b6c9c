"""The tables of drafts: briefs, kits and sites while they are being written."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, Table

from storybank.persistence.columns import code, identifier, metadata, part_of, text

drafts = Table(
    "drafts", metadata,
    identifier(), code(), text("kind"),
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False, server_default="0"),
)  # fmt: skip

draft_versions = Table(
    "draft_versions", metadata,
    part_of("draft_id", "drafts.id", key=True),
    Column("version", Integer, primary_key=True),
    text("saved_at"), text("saved_by"),
    Column("kept", Boolean, nullable=False),
    Column("content", JSON, nullable=False),
)  # fmt: skip
"""What a draft said; a kept version never changes again, the newest is written over until it is kept."""
