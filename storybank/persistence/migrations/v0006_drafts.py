"""Schema 6: drafts of briefs, kits and sites; the ledger knows which one left; people are asked about events."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Text


def upgrade(operations: Operations) -> None:
    """Add what drafts need."""
    operations.create_table(
        "drafts",
        Column("id", Text, primary_key=True), Column("code", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False), Column("version", Integer, nullable=False),
        Column("removed", Boolean, nullable=False, server_default="0"),
    )  # fmt: skip
    operations.create_table(
        "draft_versions",
        Column("draft_id", Text, ForeignKey("drafts.id", ondelete="RESTRICT"), primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("saved_at", Text, nullable=False), Column("saved_by", Text, nullable=False),
        Column("kept", Boolean, nullable=False), Column("content", JSON, nullable=False),
    )  # fmt: skip
    operations.execute(
        "INSERT INTO uses (key, position, purpose, channel, audience, label_en, label_fr, territory)"
        " SELECT 'event', (SELECT coalesce(max(position), 0) + 1 FROM uses), 'awareness', 'screening', 'public',"
        " 'events and screenings', 'événements et projections', 'CA'"
        " WHERE NOT EXISTS (SELECT 1 FROM uses WHERE key = 'event')"
    )
    operations.add_column("exports", Column("draft", Text, nullable=False, server_default=""))
