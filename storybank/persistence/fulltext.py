"""What SQLite needs beyond tables: the full-text index over passages, and triggers that keep records as they are."""

from __future__ import annotations

from sqlalchemy import Connection

FULLTEXT = (
    """CREATE VIRTUAL TABLE passages_fts USING fts5(x, s, content='passages', content_rowid='id',
 tokenize="unicode61 remove_diacritics 2")""",
    "INSERT INTO passages_fts(passages_fts, rank) VALUES('secure-delete', 1)",
    """CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
 INSERT INTO passages_fts(rowid, x, s) VALUES (new.id, new.x, new.s); END""",
    """CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
 INSERT INTO passages_fts(passages_fts, rowid, x, s) VALUES ('delete', old.id, old.x, old.s); END""",
    """CREATE TRIGGER passages_changed AFTER UPDATE OF x, s ON passages BEGIN
 INSERT INTO passages_fts(passages_fts, rowid, x, s) VALUES ('delete', old.id, old.x, old.s);
 INSERT INTO passages_fts(rowid, x, s) VALUES (new.id, new.x, new.s); END""",
)
"""External content: the words lie in `passages` once, and the triggers are the only writers of the index."""


VOCABULARY = "CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, row)"
"""The words of the index, with how many passages have each: it holds nothing of its own."""


def guard(table: str, change: str) -> str:
    """Return the statement that keeps a table's rows from ever being changed so."""
    return (
        f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, '{table} are only ever added to'); END"
    )


GUARDS = (
    *(
        guard(table, change)
        for table in (
            "consents", "consent_stories", "consent_events", "provisions", "evidence", "receipts", "notices", "history",
        )
        for change in ("UPDATE", "DELETE")
    ),
    guard("segments", "UPDATE"),
    guard("words", "UPDATE"),
    guard("changes", "UPDATE"),
    guard("line_states", "UPDATE"),
)
"""What happened stays as it happened, and what an engine heard stays as it was heard, whoever asks.

The eraser alone takes words out: those of a story that somebody wanted gone.
"""


def add_fulltext(connection: Connection) -> None:
    """Create the full-text index and the guards beside freshly made tables."""
    for statement in (*GUARDS, *FULLTEXT, VOCABULARY):
        connection.exec_driver_sql(statement)
