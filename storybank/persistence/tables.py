"""The tables, as they stand in the library file. Generic types only: a team's library keeps them in PostgreSQL.

Nothing cascades: whoever takes something out says what goes with it, and consents go with nothing.
"""

from __future__ import annotations

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
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from storybank.persistence import coding_tables as coding_tables
from storybank.persistence import consent_tables as consent_tables
from storybank.persistence import draft_tables as draft_tables
from storybank.persistence.columns import code, identifier, metadata, number, part_of, position, text

library = Table("library", metadata, Column("key", Text, primary_key=True), text("value"))

counters = Table("counters", metadata, Column("kind", Text, primary_key=True), number("last"))

history = Table(
    "history", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    text("at"), text("event"), text("details"),
)  # fmt: skip

contributors = Table(
    "contributors", metadata,
    identifier(), code(),
    text("name"), text("role"), text("stakeholder"), text("organization"), text("province"), text("language"),
    Column("kind", Text, nullable=False, server_default="person"),
    Column("majority_on", Date), Column("guardian", JSON), Column("citation", JSON), Column("labels", JSON),
)  # fmt: skip

stories = Table(
    "stories", metadata,
    identifier(), code(),
    text("title"), Column("slug", Text, nullable=False, unique=True),
    text("language"), text("recorded_on"), text("place"),
    Column("sharing", Text, nullable=False, server_default="all"),
    Column("sealed_on", Text, nullable=False, server_default=""),
    Column("erased_on", Text, nullable=False, server_default=""),
)  # fmt: skip

participants = Table(
    "participants", metadata,
    part_of("story_id", "stories.id", key=True),
    position(),
    part_of("contributor_id", "contributors.id"),
    Column("speaks", Boolean, nullable=False),
    Column("audible", Boolean, nullable=False),
    Column("visible", Boolean, nullable=False),
    Column("recording_id", Text, nullable=False, server_default=""),
    Column("spans", JSON, nullable=False, server_default="[]"),
    UniqueConstraint("contributor_id", "story_id", "recording_id"),
)  # fmt: skip
"""Who is in a story; `recording_id` is empty for all its recordings, `spans` for all of their time."""

story_communities = Table(
    "story_communities", metadata,
    part_of("story_id", "stories.id", key=True),
    position(),
    part_of("contributor_id", "contributors.id"),
)  # fmt: skip

recordings = Table(
    "recordings", metadata,
    identifier(), code(),
    part_of("story_id", "stories.id"),
    text("original_name"),
    Column("sha256", Text, nullable=False, index=True),
    Column("bytes", BigInteger, nullable=False),
    text("place"), text("added_at"),
    number("duration_ms"),
    Column("has_picture", Boolean, nullable=False),
    Column("facts", JSON, nullable=False),
    Index(None, "story_id"),
)  # fmt: skip

transcript_runs = Table(
    "transcript_runs", metadata,
    identifier(),
    part_of("recording_id", "recordings.id"),
    number("seq"),
    text("engine"), text("engine_version"), text("model"), text("language", True),
    Column("state", Text, nullable=False, index=True),
    number("heard_ms"), number("chunks"),
    text("options"), text("started_at"), text("ended_at"),
    Column("beside", Boolean, nullable=False, server_default="0"),
    Column("only_from_ms", Integer), Column("only_to_ms", Integer),
    Column("device", Text, nullable=False, server_default=""),
    Column("spent_ms", Integer, nullable=False, server_default="0"),
    UniqueConstraint("recording_id", "seq"),
)  # fmt: skip

chunks = Table(
    "chunks", metadata,
    part_of("run_id", "transcript_runs.id", key=True),
    position("number"),
    number("start_ms"), number("end_ms"), text("language"),
    Column("speech", JSON, nullable=False, server_default="[]"),
)  # fmt: skip

segments = Table(
    "segments", metadata,
    Column("id", Integer, primary_key=True),
    part_of("run_id", "transcript_runs.id"),
    number("position"), number("chunk"),
    number("start_ms"), number("end_ms"), text("text"),
    Column("average_log_probability", Float(53), nullable=False),
    Column("no_speech_probability", Float(53), nullable=False),
    Column("compression_ratio", Float(53), nullable=False),
    Column("temperature", Float(53), nullable=False),
    Column("language", Text, nullable=False, server_default=""),
    Column("voice", Text, nullable=False, server_default=""),
    Column("flags", JSON, nullable=False, server_default="[]"),
    UniqueConstraint("run_id", "position"),
)  # fmt: skip

words = Table(
    "words", metadata,
    Column("segment_id", ForeignKey("segments.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    position(),
    text("text"), number("start_ms"), number("end_ms"), Column("probability", Float(53)),
    Column("estimated", Boolean, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)  # fmt: skip

voices = Table(
    "voices", metadata,
    identifier(),
    part_of("recording_id", "recordings.id"),
    number("number"), text("name"),
    part_of("contributor_id", "contributors.id", nullable=True),
    text("channel"),
    UniqueConstraint("recording_id", "number"),
)  # fmt: skip

lines = Table(
    "lines", metadata,
    identifier(),
    part_of("run_id", "transcript_runs.id"),
    part_of("recording_id", "recordings.id"),
    Column("segment_id", ForeignKey("segments.id", ondelete="RESTRICT"), index=True),
    Column("position", Float(53), nullable=False),
    number("start_ms"), number("end_ms"), text("text"), text("language"),
    part_of("speaker_id", "contributors.id", nullable=True),
    number("revision"),
    Column("reviewed", Boolean, nullable=False),
    part_of("voice_id", "voices.id", nullable=True),
    Column("opens_paragraph", Boolean, nullable=False, server_default="0"),
    Column("flags", JSON, nullable=False, server_default="[]"),
    Column("gone", Boolean, nullable=False, server_default="0"),
    Column("born", Integer, nullable=False, server_default="0"),
    Index("ix_lines_run_id_position", "run_id", "position"),
    Index("ix_lines_run_id_reviewed", "run_id", "reviewed", "gone"),
)  # fmt: skip
"""A line as it stands now; `born` is the change that made it, 0 for one that the engine heard."""

changes = Table(
    "changes", metadata,
    part_of("run_id", "transcript_runs.id", key=True),
    position("number"),
    text("at"), text("author"), text("kind"), number("lines"), text("text"),
)  # fmt: skip

line_states = Table(
    "line_states", metadata,
    part_of("run_id", "transcript_runs.id", key=True),
    position("number"),
    part_of("line_id", "lines.id", key=True),
    Column("position", Float(53), nullable=False),
    number("start_ms"), number("end_ms"), text("text"), Column("words", JSON(none_as_null=True)), text("language"),
    text("speaker_id", True), text("voice_id", True), number("revision"),
    Column("reviewed", Boolean, nullable=False), Column("opens_paragraph", Boolean, nullable=False),
    Column("flags", JSON, nullable=False), Column("gone", Boolean, nullable=False),
    Index("ix_line_states_line_id_number", "line_id", "number"),
)  # fmt: skip
"""Every state a line was ever brought to, by the change that did it; `words` is NULL for the engine's own."""

glossary = Table(
    "glossary", metadata,
    identifier(), text("term"), Column("heard_as", JSON, nullable=False), text("language"),
)  # fmt: skip

queue = Table(
    "queue", metadata,
    identifier(),
    part_of("recording_id", "recordings.id"),
    Column("position", Float(53), nullable=False), text("state"), Column("how", JSON, nullable=False), text("model"),
    Column("only_from_ms", Integer), Column("only_to_ms", Integer),
    Column("again", Boolean, nullable=False),
    text("problem"), text("hint"), text("added_at"),
    Index(None, "recording_id"),
)  # fmt: skip

codes = Table(
    "codes", metadata,
    Column("key", Text, primary_key=True),
    text("kind"), text("label_en"), text("label_fr"), text("short_en"), text("short_fr"),
    text("gist_en"), text("gist_fr"), number("position"),
    Column("aliases", JSON, nullable=False, server_default="[]"),
    Column("colour", Text, nullable=False, server_default=""),
    Column("parent", Text, nullable=False, server_default=""),
    Column("codable", Boolean, nullable=False, server_default="1"),
    Column("guid", Text, nullable=False, server_default=""),
)  # fmt: skip

quotes = Table(
    "quotes", metadata,
    identifier(), code(),
    part_of("story_id", "stories.id"),
    part_of("recording_id", "recordings.id"),
    text("text"), number("start_ms"), number("end_ms"), text("language"),
    part_of("first_line_id", "lines.id"), number("first_word"),
    part_of("last_line_id", "lines.id"), number("last_word"),
    part_of("speaker_id", "contributors.id", nullable=True),
    Column("important", Boolean, nullable=False),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
    Column("hold", Text, nullable=False, server_default="holds"),
    Column("wording", Text, nullable=False, server_default=""),
    Column("made_by", Text, nullable=False, server_default=""),
    Column("made_at", Text, nullable=False, server_default=""),
    Index(None, "story_id"),
    Index(None, "recording_id", "start_ms"),
    Index(None, "first_line_id"), Index(None, "last_line_id"),
)  # fmt: skip
"""The lines that a quote stands on are looked up here when one of them goes."""

exports = Table(
    "exports", metadata,
    identifier(), code(),
    text("kind"), text("title"), text("made_at"), Column("uses", JSON, nullable=False),
    text("place"), text("manifest_sha256"), Column("use_until", Date),
    Column("left_out", JSON, nullable=False), text("audience"), Column("files", JSON, nullable=False),
    Column("recipient", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False, server_default="active"),
    Column("head_seq", Integer, nullable=False, server_default="0"),
    Column("head_hash", Text, nullable=False, server_default=""),
    Column("draft", Text, nullable=False, server_default=""),
)  # fmt: skip

export_items = Table(
    "export_items", metadata,
    part_of("export_id", "exports.id", key=True),
    position(),
    text("quote_id"), text("quote_code"), text("story_id"), Column("consents", JSON, nullable=False),
    text("attribution"), text("text_sha256"),
    Column("answer", JSON), Column("use_until", Date),
    Index(None, "story_id"),
)  # fmt: skip
"""What left the house stays on record whatever becomes of the quote, so nothing here points at its row."""

passages = Table(
    "passages", metadata,
    Column("id", Integer, primary_key=True),
    text("kind"), text("owner_id"),
    part_of("story_id", "stories.id"),
    part_of("recording_id", "recordings.id", nullable=True),
    text("run_id", True),
    number("start_ms"), number("end_ms"), text("language"),
    part_of("speaker_id", "contributors.id", nullable=True),
    text("text"), text("x"), text("s"),
    Column("lines", JSON(none_as_null=True)),
    Column("starts", LargeBinary),
    UniqueConstraint("kind", "owner_id"),
    Index(None, "recording_id", "kind", "start_ms", "end_ms"),
    Index(None, "story_id", "kind"),
    Index("ix_passages_said", "id", "language", "speaker_id", "kind", "story_id", "recording_id", "start_ms", "end_ms"),
    Index("ix_passages_length", "kind", sql("(end_ms - start_ms)")),
)  # fmt: skip
"""What search reads: a row for each passage of a transcript that people see, each quote, memo and story's details.

`x` are its folded words, `s` their stems, as many of each. A passage is some consecutive lines of one voice: `lines`
holds for each its identifier, where it begins in `text` (code points), and its moments; `starts` the moment of each
word of `x`, as unsigned 32-bit little-endian milliseconds.
`ix_passages_said` lets filters and facets look at many without opening rows; `ix_passages_length` tells how far back a
passage may begin.
"""
