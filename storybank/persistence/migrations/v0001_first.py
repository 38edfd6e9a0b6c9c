"""Schema 1: the tables as they stood at first. Frozen: later schemas are reached by later steps."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _identifier() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _code() -> Column[str]:
    return Column("code", Text, nullable=False, unique=True)


def _text(name: str, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _part_of(name: str, target: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, ForeignKey(target, ondelete="RESTRICT"), primary_key=key, nullable=nullable)


def _position(name: str = "position") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


library = Table("library", metadata, Column("key", Text, primary_key=True), _text("value"))

counters = Table("counters", metadata, Column("kind", Text, primary_key=True), _number("last"))

history = Table(
    "history", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _text("at"), _text("event"), _text("details"),
)  # fmt: skip

contributors = Table(
    "contributors", metadata,
    _identifier(), _code(),
    _text("name"), _text("role"), _text("stakeholder"), _text("organization"), _text("province"), _text("language"),
)  # fmt: skip

stories = Table(
    "stories", metadata,
    _identifier(), _code(),
    _text("title"), Column("slug", Text, nullable=False, unique=True),
    _text("language"), _text("recorded_on"), _text("place"),
)  # fmt: skip

participants = Table(
    "participants", metadata,
    _part_of("story_id", "stories.id", key=True),
    _position(),
    _part_of("contributor_id", "contributors.id"),
    Column("speaks", Boolean, nullable=False),
    Column("audible", Boolean, nullable=False),
    Column("visible", Boolean, nullable=False),
    UniqueConstraint("contributor_id", "story_id"),
)  # fmt: skip

recordings = Table(
    "recordings", metadata,
    _identifier(), _code(),
    _part_of("story_id", "stories.id"),
    _text("original_name"),
    Column("sha256", Text, nullable=False, index=True),
    Column("bytes", BigInteger, nullable=False),
    _text("place"), _text("added_at"),
    _number("duration_ms"),
    Column("has_picture", Boolean, nullable=False),
    Column("facts", JSON, nullable=False),
    Index(None, "story_id"),
)  # fmt: skip

consents = Table(
    "consents", metadata,
    _identifier(), _code(),
    _part_of("contributor_id", "contributors.id"),
    _text("attribution"),
    Column("given_on", Date), Column("valid_until", Date),
    Index(None, "contributor_id"),
)  # fmt: skip

consent_stories = Table(
    "consent_stories", metadata,
    _part_of("consent_id", "consents.id", key=True),
    _part_of("story_id", "stories.id", key=True),
)  # fmt: skip

provisions = Table(
    "provisions", metadata,
    _part_of("consent_id", "consents.id", key=True),
    _position(),
    _text("decision"),
    _text("use", True), _text("territory", True), _text("material", True), _text("attribution", True),
    Column("starts_on", Date), Column("ends_on", Date),
    _text("condition"),
)  # fmt: skip

consent_events = Table(
    "consent_events", metadata,
    _part_of("consent_id", "consents.id", key=True),
    _position(),
    _text("state"), _text("at"), _text("by"), _text("reason"),
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    _part_of("consent_id", "consents.id", key=True),
    _position(),
    _text("original_name"), _text("place"), _text("sha256"),
)  # fmt: skip

transcript_runs = Table(
    "transcript_runs", metadata,
    _identifier(),
    _part_of("recording_id", "recordings.id"),
    _number("seq"),
    _text("engine"), _text("engine_version"), _text("model"), _text("language", True),
    Column("state", Text, nullable=False, index=True),
    _number("heard_ms"), _number("chunks"),
    _text("options"), _text("started_at"), _text("ended_at"),
    UniqueConstraint("recording_id", "seq"),
)  # fmt: skip

chunks = Table(
    "chunks", metadata,
    _part_of("run_id", "transcript_runs.id", key=True),
    _position("number"),
    _number("start_ms"), _number("end_ms"), _text("language"),
)  # fmt: skip

segments = Table(
    "segments", metadata,
    Column("id", Integer, primary_key=True),
    _part_of("run_id", "transcript_runs.id"),
    _number("position"), _number("chunk"),
    _number("start_ms"), _number("end_ms"), _text("text"),
    Column("average_log_probability", Float(53), nullable=False),
    Column("no_speech_probability", Float(53), nullable=False),
    Column("compression_ratio", Float(53), nullable=False),
    Column("temperature", Float(53), nullable=False),
    UniqueConstraint("run_id", "position"),
)  # fmt: skip

words = Table(
    "words", metadata,
    Column("segment_id", ForeignKey("segments.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    _position(),
    _text("text"), _number("start_ms"), _number("end_ms"), Column("probability", Float(53)),
    sqlite_with_rowid=False,
)  # fmt: skip

lines = Table(
    "lines", metadata,
    _identifier(),
    _part_of("run_id", "transcript_runs.id"),
    _part_of("recording_id", "recordings.id"),
    Column("segment_id", ForeignKey("segments.id", ondelete="RESTRICT"), nullable=False, unique=True),
    _number("position"), _number("start_ms"), _number("end_ms"), _text("text"), _text("language"),
    _part_of("speaker_id", "contributors.id", nullable=True),
    _number("revision"),
    Column("reviewed", Boolean, nullable=False),
    UniqueConstraint("run_id", "position"),
)  # fmt: skip

line_revisions = Table(
    "line_revisions", metadata,
    _part_of("line_id", "lines.id", key=True),
    _position("seq"),
    _number("revision"), _text("text"), Column("words", JSON, nullable=False), _text("author"), _text("at"),
)  # fmt: skip

codes = Table(
    "codes", metadata,
    Column("key", Text, primary_key=True),
    _text("kind"), _text("label_en"), _text("label_fr"), _text("short_en"), _text("short_fr"),
    _text("gist_en"), _text("gist_fr"), _number("position"),
)  # fmt: skip

uses = Table(
    "uses", metadata,
    Column("key", Text, primary_key=True),
    _number("position"),
    _text("purpose"), _text("channel"), _text("audience"), _text("label_en"), _text("label_fr"), _text("territory"),
)  # fmt: skip

quotes = Table(
    "quotes", metadata,
    _identifier(), _code(),
    _part_of("story_id", "stories.id"),
    _part_of("recording_id", "recordings.id"),
    _text("text"), _number("start_ms"), _number("end_ms"), _text("language"),
    _part_of("first_line_id", "lines.id"), _number("first_word"),
    _part_of("last_line_id", "lines.id"), _number("last_word"),
    _part_of("speaker_id", "contributors.id", nullable=True),
    Column("important", Boolean, nullable=False),
    Index(None, "story_id"),
    Index(None, "recording_id", "start_ms"),
)  # fmt: skip

quote_codes = Table(
    "quote_codes", metadata,
    _part_of("quote_id", "quotes.id", key=True),
    _part_of("code", "codes.key", key=True),
    Index(None, "code"),
)  # fmt: skip

exports = Table(
    "exports", metadata,
    _identifier(), _code(),
    _text("kind"), _text("title"), _text("made_at"), Column("uses", JSON, nullable=False),
    _text("place"), _text("manifest_sha256"), Column("use_until", Date),
    Column("left_out", JSON, nullable=False), _text("audience"), Column("files", JSON, nullable=False),
)  # fmt: skip

export_items = Table(
    "export_items", metadata,
    _part_of("export_id", "exports.id", key=True),
    _position(),
    _text("quote_id"), _text("quote_code"), _text("story_id"), Column("consents", JSON, nullable=False),
    _text("attribution"), _text("text_sha256"),
    Index(None, "story_id"),
)  # fmt: skip


def upgrade(operations: Operations) -> None:
    """Create the first tables."""
    metadata.create_all(operations.get_bind(), checkfirst=False)
