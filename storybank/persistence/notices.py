"""The consent forms of a library, on disk: every version as it was, for good."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from storybank.domain.notice import Notice
from storybank.errors import Invalid, NotFound
from storybank.persistence.consent_tables import notices
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredNotices:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, notice_id: str) -> Notice:
        """Return the notice of that identifier or name."""
        wanted = notice_id.strip()
        for notice in self.all():
            if wanted in (notice.id, notice.name):
                return notice
        raise NotFound(say("There is no consent form {name} in this library.", name=wanted),
                       hint=say("`storybank consent notices` lists them all."))

    def all(self) -> list[Notice]:
        """Return every notice, version after version."""
        in_order = select(notices).order_by(notices.c.key, notices.c.version, notices.c.language)
        return [_notice(row) for row in self._transaction.rows(in_order)]

    def add(self, notice: Notice) -> None:
        """Put a notice on file; a version that is there already is refused."""
        if any(notice.name == known.name for known in self.all()):
            raise Invalid(say("There is a consent form {name} already, and it never changes.", name=notice.name),
                          hint=say("Give the new text a new version."))
        self._transaction.add(notices, [notice_row(notice)])


def notice_row(notice: Notice) -> dict[str, Any]:
    """Return a notice as a row, with the hash that shows it is what people saw."""
    return asdict(notice) | {"sha256": notice.sha256}


def _notice(row: AnyRow) -> Notice:
    return Notice(row.id, row.key, row.version, row.language, row.title, row.body, tuple(row.uses),
                  tuple(row.contacts), row.effective_from, row.is_template)
