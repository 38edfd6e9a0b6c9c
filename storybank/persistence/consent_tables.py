"""The tables of consent: who agreed to what, on which form, what happened since, and what follows from a stop."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storybank.persistence.columns import code, identifier, metadata, number, part_of, position, text

restrictions = Table(
    "restrictions", metadata,
    identifier(),
    part_of("recording_id", "recordings.id"),
    number("start_ms"), number("end_ms"), text("treatment"), text("reason"),
    Index(None, "recording_id"),
)  # fmt: skip

consents = Table(
    "consents", metadata,
    identifier(), code(),
    part_of("contributor_id", "contributors.id"),
    text("attribution"),
    Column("given_on", Date), Column("valid_until", Date),
    Column("stage", Text, nullable=False, server_default="release"),
    Column("wishes", JSON), Column("taken", JSON),
    Column("supersedes_id", Text, nullable=False, server_default=""),
    Index(None, "contributor_id"),
)  # fmt: skip

consent_stories = Table(
    "consent_stories", metadata,
    part_of("consent_id", "consents.id", key=True),
    part_of("story_id", "stories.id", key=True),
)  # fmt: skip

provisions = Table(
    "provisions", metadata,
    part_of("consent_id", "consents.id", key=True),
    position(),
    text("decision"),
    text("use", True), text("territory", True), text("material", True), text("attribution", True),
    Column("starts_on", Date), Column("ends_on", Date),
    text("condition"),
    text("purpose", True), text("channel", True), text("audience", True),
    Column("act", Text, nullable=False, server_default="use"), text("quote_id", True),
)  # fmt: skip

consent_events = Table(
    "consent_events", metadata,
    part_of("consent_id", "consents.id", key=True),
    position(),
    text("state"), text("at"), text("by"), text("reason"),
    Column("role", Text, nullable=False, server_default="person"),
    Column("seq", Integer, nullable=False, server_default="0"),
    Column("hash", Text, nullable=False, server_default=""),
    Column("provisions", Integer, nullable=False, server_default="0"),
    Column("evidence", Integer, nullable=False, server_default="0"),
    Index(None, "seq"),
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    part_of("consent_id", "consents.id", key=True),
    position(),
    text("original_name"), text("place"), text("sha256"),
    Column("kind", Text, nullable=False, server_default="signed_form"),
    Column("start_ms", Integer), Column("end_ms", Integer), Column("received_on", Date),
    Column("language", Text, nullable=False, server_default=""),
)  # fmt: skip

receipts = Table(
    "receipts", metadata,
    identifier(),
    part_of("consent_id", "consents.id"),
    number("seq"), text("made_at"), Column("record", JSON, nullable=False),
    Index(None, "consent_id"),
)  # fmt: skip

notices = Table(
    "notices", metadata,
    identifier(),
    text("key"), text("version"), text("language"), text("title"), text("body"),
    Column("uses", JSON, nullable=False), Column("contacts", JSON, nullable=False),
    Column("effective_from", Date), Column("is_template", Boolean, nullable=False), text("sha256"),
    UniqueConstraint("key", "version", "language"),
)  # fmt: skip

cases = Table(
    "cases", metadata,
    identifier(), code(),
    part_of("contributor_id", "contributors.id"),
    text("received_at"), text("via"), text("verified"), text("reason"),
    Column("story_ids", JSON, nullable=False), Column("uses", JSON, nullable=False),
    text("choice"), Column("deadline", Date), text("outcome"), text("closed_at"),
    Index(None, "contributor_id"),
)  # fmt: skip

case_tasks = Table(
    "case_tasks", metadata,
    part_of("case_id", "cases.id", key=True),
    position(),
    text("kind"), text("about"), text("recipient"), text("state"), text("note"), text("done_at"),
)  # fmt: skip

uses = Table(
    "uses", metadata,
    Column("key", Text, primary_key=True),
    number("position"),
    text("purpose"), text("channel"), text("audience"), text("label_en"), text("label_fr"), text("territory"),
)  # fmt: skip

terms = Table(
    "terms", metadata,
    Column("kind", Text, primary_key=True), Column("key", Text, primary_key=True),
    text("label_en"), text("label_fr"), number("position"),
)  # fmt: skip
