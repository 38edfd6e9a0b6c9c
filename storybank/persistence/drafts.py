"""Drafts on disk: what each version said, as one value; a version that left the house stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select, update

from storybank.domain.draft import Draft, DraftKind, DraftVersion
from storybank.domain.draft_content import content_of, draft_from
from storybank.errors import NotFound
from storybank.persistence.draft_tables import draft_versions, drafts
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_NEVER_REACHED = 1 << 31
"""No draft is saved so often, and no larger number fits into the database."""


class StoredDrafts:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction, moment: str) -> None:
        self._transaction = transaction
        self._moment = moment

    def get(self, draft_id: str) -> Draft:
        """Return a draft as it is now; raise `NotFound`."""
        for draft in self._those(drafts.c.id == draft_id):
            return draft
        raise NotFound(say("There is no draft {name}.", name=draft_id))

    def find(self, code: str) -> Draft:
        """Return the draft of that short code or identifier that was not removed; raise `NotFound`."""
        wanted = (drafts.c.code == code.strip().upper()) | (drafts.c.id == code)
        for draft in self._those(wanted & drafts.c.removed.is_(False)):
            return draft
        raise NotFound(say("There is no draft {name}.", name=code))

    def all(self) -> list[Draft]:
        """Return the drafts that were not removed, the latest saved first."""
        found = self._those(drafts.c.removed.is_(False))
        return sorted(found, key=lambda draft: (draft.saved_at, draft.code), reverse=True)

    def every(self) -> list[Draft]:
        """Return every version of every draft, removed ones too: whoever must forget a name looks in all of them."""
        chosen = select(drafts.c.code, drafts.c.kind, draft_versions).where(drafts.c.id == draft_versions.c.draft_id)
        return [_draft(row) for row in self._transaction.rows(chosen)]

    def save(self, draft: Draft, author: str, *, keep: bool = False) -> Draft:
        """Write a draft: over its newest version, or as the next one where that one is kept; return it as saved."""
        newest = self._newest(draft.id)
        version = 1 if newest is None else newest.version + (1 if newest.kept else 0)
        saved = replace(draft, version=version, saved_at=self._moment, saved_by=author)
        if newest is None:
            self._transaction.add(drafts, [{"id": saved.id, "code": saved.code, "kind": saved.kind,
                                            "version": version, "removed": False}])
        self._transaction.put(draft_versions, {
            "draft_id": saved.id, "version": version, "saved_at": saved.saved_at, "saved_by": author, "kept": keep,
            "content": content_of(saved),
        })  # fmt: skip
        self._transaction.execute(update(drafts).where(drafts.c.id == saved.id).values(version=version))
        return saved

    def keep(self, draft_id: str) -> None:
        """See that the newest version is never written over."""
        newest = self._newest(draft_id)
        if newest is not None:
            mine = and_(draft_versions.c.draft_id == draft_id, draft_versions.c.version == newest.version)
            self._transaction.execute(update(draft_versions).where(mine).values(kept=True))

    def versions(self, draft_id: str) -> list[DraftVersion]:
        """Return the versions of a draft, the newest first."""
        mine = select(draft_versions).where(draft_versions.c.draft_id == draft_id)
        rows = self._transaction.rows(mine.order_by(draft_versions.c.version.desc()))
        return [DraftVersion(row.version, row.saved_at, row.saved_by, row.kept) for row in rows]

    def version(self, draft_id: str, version: int) -> Draft:
        """Return a draft as a version had it; raise `NotFound`."""
        for draft in self._those(drafts.c.id == draft_id, version) if 0 < version < _NEVER_REACHED else ():
            return draft
        raise NotFound(say("There is no version {number} of this draft.", number=version))

    def set_removed(self, draft_id: str, removed: bool) -> None:
        """Take a draft off the list, or put it back."""
        self._transaction.execute(update(drafts).where(drafts.c.id == draft_id).values(removed=removed))

    def rewrite(self, draft: Draft) -> None:
        """Write a version anew as it stands, kept or not: only for taking somebody's name out of it."""
        mine = and_(draft_versions.c.draft_id == draft.id, draft_versions.c.version == draft.version)
        self._transaction.execute(update(draft_versions).where(mine).values(content=content_of(draft)))

    def _newest(self, draft_id: str) -> DraftVersion | None:
        return next(iter(self.versions(draft_id)), None)

    def _those(self, condition: Any, version: int | None = None) -> list[Draft]:  # noqa: ANN401 - an SQL expression
        wanted = drafts.c.version if version is None else version
        joined = and_(drafts.c.id == draft_versions.c.draft_id, draft_versions.c.version == wanted)
        chosen = select(drafts.c.id, drafts.c.code, drafts.c.kind, draft_versions).where(joined, condition)
        return [_draft(row) for row in self._transaction.rows(chosen.order_by(drafts.c.code))]


def _draft(row: AnyRow) -> Draft:
    told: Mapping[str, Any] = row.content
    known = {"id": row.draft_id, "code": row.code, "kind": DraftKind(row.kind), "version": row.version,
             "saved_at": row.saved_at, "saved_by": row.saved_by}
    return draft_from(told, known)


