"""Schema 5: coding. Who gave which code, a codebook that is a tree, memos, and a search over whole passages."""

from __future__ import annotations

import json
import uuid
from typing import Any

from alembic.operations import Operations
from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint, text

from storybank.domain.aliases import ALIASES
from storybank.persistence.migrations import v0002_search

_NEW: dict[str, list[tuple[str, Any, str]]] = {
    "codes": [("aliases", JSON, "[]"), ("colour", Text, ""), ("parent", Text, ""), ("codable", Boolean, "1"),
              ("guid", Text, "")],
    "quotes": [("before", Text, ""), ("after", Text, ""), ("hold", Text, "holds"), ("wording", Text, ""),
               ("made_by", Text, ""), ("made_at", Text, "")],
}  # fmt: skip
"""What each table learns: name, type, and what a row of before says."""

_UNKNOWN = "00000000-0000-4000-8000-000000000000"
_CONSENSUS = "00000000-0000-4000-8000-000000000001"
_VOCABULARY = "CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, row)"
_SHIPPED = uuid.UUID("5f6c2f0e-6b6b-4b4e-9d4f-1f9a2f6a7c11")
_SHIPPED_KINDS = ("block", "stakeholder", "stage")


def upgrade(operations: Operations) -> None:
    """Add what coding needs; each tag of before becomes a coding by somebody unknown."""
    for table, columns in _NEW.items():
        for name, kind, before in columns:
            operations.add_column(table, Column(name, kind, nullable=False, server_default=before))
    _add_coders(operations)
    _add_codings(operations)
    _add_the_rest(operations)
    _give_guids(operations)
    _give_aliases(operations)
    _begin_search_anew(operations)


def _add_coders(operations: Operations) -> None:
    operations.create_table(
        "coders",
        Column("id", Text, primary_key=True), Column("name", Text, nullable=False),
        Column("blind", Boolean, nullable=False, server_default="0"),
    )  # fmt: skip
    operations.execute(f"INSERT INTO coders (id, name) VALUES ('{_UNKNOWN}', ''), ('{_CONSENSUS}', 'Consensus')")


def _add_codings(operations: Operations) -> None:
    operations.create_table(
        "codings",
        Column("id", Text, primary_key=True),
        Column("quote_id", Text, ForeignKey("quotes.id", ondelete="RESTRICT"), nullable=False),
        Column("code", Text, ForeignKey("codes.key", ondelete="RESTRICT"), nullable=False),
        Column("coder_id", Text, ForeignKey("coders.id", ondelete="RESTRICT"), nullable=False),
        Column("at", Text, nullable=False), Column("suggested", Text, nullable=False),
        UniqueConstraint("quote_id", "code", "coder_id"),
    )  # fmt: skip
    connection = operations.get_bind()
    rows = [
        {"id": str(uuid.uuid4()), "quote": row.quote_id, "code": row.code}
        for row in connection.exec_driver_sql("SELECT quote_id, code FROM quote_codes").all()
    ]
    if rows:
        connection.execute(text("INSERT INTO codings (id, quote_id, code, coder_id, at, suggested)"
                                f" VALUES (:id, :quote, :code, '{_UNKNOWN}', '', '')"), rows)
    operations.drop_table("quote_codes")
    operations.create_index("ix_codings_code", "codings", ["code"])
    operations.create_index("ix_codings_coder_id", "codings", ["coder_id"])


def _add_the_rest(operations: Operations) -> None:
    operations.create_table(
        "translations",
        Column("quote_id", Text, ForeignKey("quotes.id", ondelete="RESTRICT"), primary_key=True),
        Column("language", Text, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("text", "translator", "at")),
    )
    operations.create_table(
        "coded",
        Column("coder_id", Text, ForeignKey("coders.id", ondelete="RESTRICT"), primary_key=True),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), primary_key=True),
        Column("at", Text, nullable=False),
    )
    operations.create_table(
        "settled",
        Column("id", Text, primary_key=True),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("code", Text, nullable=False),
        Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
        Column("kept", Boolean, nullable=False),
        Column("coder_id", Text, ForeignKey("coders.id", ondelete="RESTRICT"), nullable=False),
        Column("at", Text, nullable=False),
    )  # fmt: skip
    operations.create_index("ix_settled_recording_id", "settled", ["recording_id"])
    operations.create_table(
        "memos",
        Column("id", Text, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("subject", "about_id", "text")),
        Column("coder_id", Text, ForeignKey("coders.id", ondelete="RESTRICT"), nullable=False),
        *(Column(name, Text, nullable=False) for name in ("created_at", "modified_at")),
    )
    operations.create_index("ix_memos_subject_about_id", "memos", ["subject", "about_id"])
    operations.create_table(
        "saved_searches",
        Column("id", Text, primary_key=True), *(Column(name, Text, nullable=False) for name in ("name", "typed")),
        Column("filters", JSON, nullable=False), Column("made_at", Text, nullable=False),
        Column("seen", JSON, nullable=False),
    )  # fmt: skip
    operations.create_table("rings", Column("id", Text, primary_key=True), Column("words", JSON, nullable=False))


def _give_guids(operations: Operations) -> None:
    connection = operations.get_bind()
    for row in connection.exec_driver_sql("SELECT key, kind FROM codes").all():
        guid = uuid.uuid5(_SHIPPED, row.key) if row.kind in _SHIPPED_KINDS else uuid.uuid4()
        connection.execute(text("UPDATE codes SET guid = :guid WHERE key = :key"), {"guid": str(guid), "key": row.key})


def _give_aliases(operations: Operations) -> None:
    """Give the codes that a library began with the other words there are for them: suggestions go by them."""
    connection = operations.get_bind()
    for key, aliases in ALIASES.items():
        connection.execute(
            text("UPDATE codes SET aliases = :aliases WHERE key = :key AND kind <> 'free' AND aliases = '[]'"),
            {"aliases": json.dumps(aliases, ensure_ascii=False), "key": key},
        )


def _begin_search_anew(operations: Operations) -> None:
    """Make anew what search reads; the upgrade fills it, from the lines, quotes and stories that are there."""
    for trigger in ("passages_added", "passages_removed", "passages_changed"):
        operations.execute(f"DROP TRIGGER {trigger}")
    operations.execute("DROP TABLE passages_fts")
    operations.drop_table("passages")
    operations.create_table(
        "passages",
        Column("id", Integer, primary_key=True),
        Column("kind", Text, nullable=False), Column("owner_id", Text, nullable=False),
        Column("story_id", Text, ForeignKey("stories.id", ondelete="RESTRICT"), nullable=False),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT")),
        Column("run_id", Text),
        Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
        Column("language", Text, nullable=False),
        Column("speaker_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT")),
        *(Column(name, Text, nullable=False) for name in ("text", "x", "s")),
        Column("lines", JSON), Column("starts", LargeBinary),
        UniqueConstraint("kind", "owner_id"),
    )  # fmt: skip
    operations.create_index("ix_passages_recording_id_kind_start_ms_end_ms", "passages",
                            ["recording_id", "kind", "start_ms", "end_ms"])
    operations.create_index("ix_passages_said", "passages", ["id", "language", "speaker_id", "kind", "story_id",
                                                         "recording_id", "start_ms", "end_ms"])
    operations.create_index("ix_passages_length", "passages", ["kind", text("(end_ms - start_ms)")])
    operations.create_index("ix_passages_story_id_kind", "passages", ["story_id", "kind"])
    for statement in (*v0002_search.FULLTEXT, _VOCABULARY):
        operations.get_bind().exec_driver_sql(statement)
