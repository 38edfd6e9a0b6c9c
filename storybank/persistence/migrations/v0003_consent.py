"""Schema 3: consent in full. Notices, receipts, decisions by material and act, a chain of events, withdrawal cases."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, Text, UniqueConstraint

_GUARDED = ("consents", "consent_stories", "provisions", "evidence", "notices", "receipts")
_NEW: dict[str, list[tuple[str, Any, str | None]]] = {
    "contributors": [("kind", Text, "person"), ("majority_on", Date, None), ("guardian", JSON, None),
                     ("citation", JSON, None), ("labels", JSON, None)],
    "stories": [("sharing", Text, "all"), ("sealed_on", Text, ""), ("erased_on", Text, "")],
    "consents": [("stage", Text, "release"), ("wishes", JSON, None), ("taken", JSON, None),
                 ("supersedes_id", Text, "")],
    "provisions": [("purpose", Text, None), ("channel", Text, None), ("audience", Text, None), ("act", Text, "use"),
                   ("quote_id", Text, None)],
    "consent_events": [("role", Text, "person"), ("seq", Integer, "0"), ("hash", Text, ""),
                       ("provisions", Integer, "0"), ("evidence", Integer, "0")],
    "evidence": [("kind", Text, "signed_form"), ("start_ms", Integer, None), ("end_ms", Integer, None),
                 ("received_on", Date, None), ("language", Text, "")],
    "exports": [("recipient", Text, ""), ("status", Text, "active"), ("head_seq", Integer, "0"),
                ("head_hash", Text, "")],
    "export_items": [("answer", JSON, None), ("use_until", Date, None)],
}  # fmt: skip
"""What each table learns: name, type, and what a row of before says; None where it may say nothing."""


def upgrade(operations: Operations) -> None:
    """Add what consent needs; the upgrade itself links the events that are there."""
    operations.execute("DROP TRIGGER consent_events_no_update")
    for table, columns in _NEW.items():
        for name, kind, before in columns:
            operations.add_column(table, Column(name, kind, nullable=before is None, server_default=before))
    operations.create_index("ix_consent_events_seq", "consent_events", ["seq"])
    for end in ("first", "last"):
        operations.create_index(f"ix_quotes_{end}_line_id", "quotes", [f"{end}_line_id"])
    _let_people_be_in_one_recording(operations)
    _add_tables_of_stories(operations)
    _add_tables_of_consent(operations)
    for table in _GUARDED:
        for change in ("UPDATE", "DELETE"):
            operations.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN"
                f" SELECT RAISE(ABORT, '{table} are only ever added to'); END"
            )


def _let_people_be_in_one_recording(operations: Operations) -> None:
    """Make the table anew: SQLite cannot change which rows may stand beside each other."""
    operations.rename_table("participants", "participants_before")
    operations.create_table(
        "participants",
        Column("story_id", Text, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("contributor_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT"), nullable=False),
        *(Column(name, Boolean, nullable=False) for name in ("speaks", "audible", "visible")),
        Column("recording_id", Text, nullable=False, server_default=""),
        Column("spans", JSON, nullable=False, server_default="[]"),
        UniqueConstraint("contributor_id", "story_id", "recording_id"),
    )
    columns = "story_id, position, contributor_id, speaks, audible, visible"
    operations.execute(f"INSERT INTO participants ({columns}) SELECT {columns} FROM participants_before")
    operations.drop_table("participants_before")


def _add_tables_of_stories(operations: Operations) -> None:
    operations.create_table(
        "story_communities",
        Column("story_id", Text, ForeignKey("stories.id", ondelete="RESTRICT"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("contributor_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT"), nullable=False),
    )
    operations.create_table(
        "restrictions",
        Column("id", Text, primary_key=True),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
        Column("treatment", Text, nullable=False), Column("reason", Text, nullable=False),
    )  # fmt: skip
    operations.create_index("ix_restrictions_recording_id", "restrictions", ["recording_id"])
    operations.create_table(
        "terms",
        Column("kind", Text, primary_key=True), Column("key", Text, primary_key=True),
        Column("label_en", Text, nullable=False), Column("label_fr", Text, nullable=False),
        Column("position", Integer, nullable=False),
    )  # fmt: skip


def _add_tables_of_consent(operations: Operations) -> None:
    operations.create_table(
        "receipts",
        Column("id", Text, primary_key=True),
        Column("consent_id", Text, ForeignKey("consents.id", ondelete="RESTRICT"), nullable=False),
        Column("seq", Integer, nullable=False), Column("made_at", Text, nullable=False),
        Column("record", JSON, nullable=False),
    )  # fmt: skip
    operations.create_index("ix_receipts_consent_id", "receipts", ["consent_id"])
    operations.create_table(
        "notices",
        Column("id", Text, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("key", "version", "language", "title", "body")),
        Column("uses", JSON, nullable=False), Column("contacts", JSON, nullable=False),
        Column("effective_from", Date), Column("is_template", Boolean, nullable=False),
        Column("sha256", Text, nullable=False),
        UniqueConstraint("key", "version", "language"),
    )  # fmt: skip
    operations.create_table(
        "cases",
        Column("id", Text, primary_key=True), Column("code", Text, nullable=False),
        Column("contributor_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT"), nullable=False),
        *(Column(name, Text, nullable=False) for name in ("received_at", "via", "verified", "reason")),
        Column("story_ids", JSON, nullable=False), Column("uses", JSON, nullable=False),
        Column("choice", Text, nullable=False), Column("deadline", Date),
        Column("outcome", Text, nullable=False), Column("closed_at", Text, nullable=False),
        UniqueConstraint("code"),
    )  # fmt: skip
    operations.create_index("ix_cases_contributor_id", "cases", ["contributor_id"])
    operations.create_table(
        "case_tasks",
        Column("case_id", Text, ForeignKey("cases.id", ondelete="RESTRICT"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *(Column(name, Text, nullable=False) for name in ("kind", "about", "recipient", "state", "note", "done_at")),
    )
