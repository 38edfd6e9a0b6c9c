"""Codings on disk: who gave a quote which code, who has finished what; and the memos people write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, bindparam, delete, func, select

from storybank.domain import names
from storybank.domain.coding import Coder, Coding, Memo, Settled, Subject
from storybank.errors import NotFound
from storybank.persistence.coding_tables import coded, coders, codings, memos, settled
from storybank.persistence.index_rows import drop_memo, put_memo
from storybank.persistence.tables import quotes
from storybank.persistence.transaction import Transaction
from storybank.words import say


class StoredCodings:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction, moment: str) -> None:
        self._transaction = transaction
        self._moment = moment

    def coders(self) -> list[Coder]:
        """Return everybody on file, by name."""
        rows = self._transaction.rows(select(coders).order_by(coders.c.name, coders.c.id))
        return [Coder(row.id, row.name, row.blind) for row in rows]

    def coder(self, name: str) -> Coder:
        """Return the coder of that name, put on file now where they are not yet."""
        known = next((one for one in self.coders() if one.name == name), None)
        if known is None:
            known = Coder(names.new_id(), name)
            self.save_coder(known)
        return known

    def save_coder(self, coder: Coder) -> None:
        """Write a coder, new or known."""
        self._transaction.put(coders, asdict(coder))

    def of_quote(self, quote_id: str) -> list[Coding]:
        """Return a quote's codings, oldest first."""
        return self._those(codings.c.quote_id == quote_id)

    def of_story(self, story_id: str) -> list[Coding]:
        """Return the codings of a story's quotes, oldest first."""
        return self._those(codings.c.quote_id.in_(select(quotes.c.id).where(quotes.c.story_id == story_id)))

    def with_code(self, key: str) -> list[Coding]:
        """Return the codings that give a code, oldest first."""
        return self._those(codings.c.code == key)

    def all(self) -> list[Coding]:
        """Return every coding, oldest first."""
        return self._those()

    def recent(self, coder_id: str, most: int) -> list[str]:
        """Return the codes that somebody gave last, each once, oldest first."""
        last = func.max(codings.c.at)
        own = select(codings.c.code).where(codings.c.coder_id == coder_id).group_by(codings.c.code)
        rows = self._transaction.rows(own.order_by(last.desc(), codings.c.code).limit(most))
        return [row.code for row in reversed(rows)]

    def add(self, new: Sequence[Coding]) -> None:
        """Write codings that are not on file yet, all at once."""
        self._transaction.add(codings, map(asdict, new))

    def put(self, quote_id: str, wanted: Sequence[Coding]) -> None:
        """Let a quote have exactly these codings."""
        self._transaction.put_parts(codings, "quote_id", quote_id, (asdict(one) for one in wanted))

    def tagged(self) -> list[tuple[str, str, str]]:
        """Return each code with each quote that somebody gave it, and that quote's story."""
        own = select(codings.c.code, codings.c.quote_id, quotes.c.story_id).join(quotes).distinct()
        return [(row.code, row.quote_id, row.story_id) for row in self._transaction.rows(own)]

    def exchange(self, taken: Sequence[Coding], given: Sequence[Coding]) -> None:
        """Take these codings out and put those in, thousands at once; what would stand there twice is left out.

        So is what belongs to a quote that is not there any more.
        """
        if taken:
            gone = delete(codings).where(codings.c.id == bindparam("gone"))
            self._transaction.execute(gone, [{"gone": one.id} for one in taken])
        there = {(row.quote_id, row.code, row.coder_id) for row in self._transaction.rows(
            select(codings.c.quote_id, codings.c.code, codings.c.coder_id)
            .where(codings.c.code.in_({one.code for one in given})))}  # fmt: skip
        known = {row.id for row in self._transaction.rows(select(quotes.c.id))} if given else set()
        self._transaction.add(codings, (
            asdict(one) for one in given
            if one.quote_id in known and (one.quote_id, one.code, one.coder_id) not in there
        ))  # fmt: skip

    def finished(self) -> dict[str, frozenset[str]]:
        """Return for each recording the coders who have said they are done with it, by identifier."""
        found: dict[str, set[str]] = {}
        for row in self._transaction.rows(select(coded)):
            found.setdefault(row.recording_id, set()).add(row.coder_id)
        return {recording_id: frozenset(them) for recording_id, them in found.items()}

    def finish(self, coder_id: str, recording_id: str, finished: bool) -> None:
        """Note that a coder is done with a recording, or not any more."""
        own = (coded.c.coder_id == coder_id) & (coded.c.recording_id == recording_id)
        self._transaction.execute(delete(coded).where(own))
        if finished:
            row = {"coder_id": coder_id, "recording_id": recording_id, "at": self._moment}
            self._transaction.add(coded, [row])

    def settled(self) -> list[Settled]:
        """Return what was decided where coders differed, oldest first."""
        rows = self._transaction.rows(select(settled).order_by(settled.c.at, settled.c.id))
        return [
            Settled(row.id, row.recording_id, row.code, row.start_ms, row.end_ms, row.kept, row.coder_id, row.at)
            for row in rows
        ]

    def settle(self, decision: Settled) -> None:
        """Keep a decision."""
        self._transaction.put(settled, asdict(decision))

    def unsettle(self, decision_id: str) -> None:
        """Take a decision back."""
        self._transaction.execute(delete(settled).where(settled.c.id == decision_id))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Coding]:
        own = select(codings).where(*conditions).order_by(codings.c.at, codings.c.id)
        return [
            Coding(row.id, row.quote_id, row.code, row.coder_id, row.at, row.suggested)
            for row in self._transaction.rows(own)
        ]


class StoredMemos:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, memo_id: str) -> Memo:
        """Return the memo of that identifier."""
        found = self._those(memos.c.id == memo_id)
        if not found:
            raise NotFound(say("There is no memo {id} in this library.", id=memo_id))
        return found[0]

    def about(self, subject: Subject, about_id: str) -> list[Memo]:
        """Return the memos about something, oldest first."""
        return self._those(memos.c.subject == subject.value, memos.c.about_id == about_id)

    def all(self) -> list[Memo]:
        """Return every memo, oldest first."""
        return self._those()

    def save(self, memo: Memo) -> None:
        """Write a memo, new or known."""
        self._transaction.put(memos, asdict(memo) | {"subject": memo.subject.value})
        put_memo(self._transaction, memo)

    def remove(self, memo_id: str) -> None:
        """Take a memo out."""
        drop_memo(self._transaction, memo_id)
        self._transaction.execute(delete(memos).where(memos.c.id == memo_id))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Memo]:
        own = select(memos).where(*conditions).order_by(memos.c.created_at, memos.c.id)
        return [
            Memo(row.id, Subject(row.subject), row.about_id, row.text, row.coder_id, row.created_at, row.modified_at)
            for row in self._transaction.rows(own)
        ]
