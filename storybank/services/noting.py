"""Noting: the memos that people write beside quotes, codes, stories, people and the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from storybank.domain import names
from storybank.domain.coding import Memo, Subject
from storybank.domain.events import MemoChanged
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.blinding import blind_coder
from storybank.services.edits import Edit
from storybank.services.stepping import Author
from storybank.words import say

LONGEST = 20_000
"""Characters of a memo; what is longer is a document."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A memo, with the name of whoever wrote it, and whether that is who sits here."""

    memo: Memo
    author: str
    own: bool


class Noting:
    """Everything one can do with memos. One changes one's own; what others wrote is kept."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        self._open_work = open_work
        self._author = author

    def about(self, subject: Subject, about_id: str = "") -> list[Noted]:
        """Return the memos about something, oldest first; who codes blind sees only their own about quotes."""
        with self._open_work() as work:
            return self._noted(work, work.memos.about(subject, about_id))

    def all(self) -> list[Noted]:
        """Return every memo, oldest first."""
        with self._open_work() as work:
            return self._noted(work, work.memos.all())

    def get(self, memo_id: str) -> Noted:
        """Return the memo of that identifier."""
        with self._open_work() as work:
            return self._noted(work, [work.memos.get(memo_id)])[0]

    def named(self, subject: Subject, about: str) -> str:
        """Return the identifier of what a memo is about, by the code, key or name that people type."""
        with self._open_work() as work:
            return _found(work, subject, about)

    def called(self, memo: Memo) -> str:
        """Return what people call the thing a memo is about."""
        with self._open_work() as work:
            if memo.subject is Subject.QUOTE:
                return work.quotes.get(memo.about_id).code
            if memo.subject is Subject.STORY:
                return work.stories.get(memo.about_id).code
            if memo.subject is Subject.PERSON:
                return work.contributors.get(memo.about_id).name
        return memo.about_id

    def own(self, subject: Subject, about_id: str = "") -> Memo | None:
        """Return what whoever sits here wrote about something."""
        return next((one.memo for one in reversed(self.about(subject, about_id)) if one.own), None)

    def write(self, subject: Subject, about_id: str, untrusted_text: str) -> Edit:
        """Plan to write a memo about something: one's own is changed, or a new one is begun; others' are kept."""
        text = _tidy(untrusted_text)
        if not text:
            raise Invalid(say("A memo needs words."), hint=say("Remove it if it is not wanted any more."))
        return self._change(subject, about_id, text)

    def put(self, subject: Subject, about_id: str, untrusted_text: str) -> Edit:
        """Plan to let one's own memo read like this; without words, there is none."""
        return self._change(subject, about_id, _tidy(untrusted_text))

    def change(self, memo_id: str, untrusted_text: str) -> Edit:
        """Plan to let a memo of one's own read differently."""
        memo = self.get(memo_id)
        self._check_own(memo)
        return self._replacing(memo.memo, self._written(memo.memo, _tidy(untrusted_text)))

    def remove(self, memo_id: str) -> Edit:
        """Plan to take a memo of one's own out."""
        memo = self.get(memo_id)
        self._check_own(memo)
        return Edit(say("Remove memo"), partial(self._set, memo.memo, None), partial(self._set, None, memo.memo))

    # ---- inside --------------------------------------------------------------------------------------------

    def _change(self, subject: Subject, about_id: str, text: str) -> Edit:
        with self._open_work() as work:
            about_id = _found(work, subject, about_id)
            coder, moment = work.codings.coder(self._author()), work.moment
            before = next((m for m in reversed(work.memos.about(subject, about_id)) if m.coder_id == coder.id), None)
            work.commit()
        fresh = Memo(names.new_id(), subject, about_id, "", coder.id, moment, moment)
        return self._replacing(before, self._written(before or fresh, text) if text else None)

    def _written(self, memo: Memo, text: str) -> Memo:
        if not text:
            raise Invalid(say("A memo needs words."), hint=say("Remove it if it is not wanted any more."))
        if len(text) > LONGEST:
            raise Invalid(say("A memo has at most {most} characters.", most=LONGEST),
                          hint=say("Keep longer texts as a document, and name it in the memo."))
        with self._open_work() as work:
            return replace(memo, text=text, modified_at=work.moment)

    def _replacing(self, before: Memo | None, after: Memo | None) -> Edit:
        return Edit(say("Write memo"), partial(self._set, before, after), partial(self._set, after, before))

    def _set(self, before: Memo | None, after: Memo | None) -> None:
        told = after or before
        if told is None:
            return
        with self._open_work() as work:
            if after is not None:
                _found(work, after.subject, after.about_id)
                work.memos.save(after)
            elif before is not None:
                work.memos.remove(before.id)
            work.record(MemoChanged(told.id, told.subject.value, told.about_id))
            work.commit()

    def _check_own(self, memo: Noted) -> None:
        if not memo.own:
            raise Refused(say("This memo is {author}'s.", author=memo.author or "?"),
                          hint=say("Write one of your own beside it."))

    def _noted(self, work: UnitOfWork, memos: Sequence[Memo]) -> list[Noted]:
        coders = {coder.id: coder.name for coder in work.codings.coders()}
        me, blind = self._author(), blind_coder(work, self._author()) is not None
        noted = [Noted(memo, coders.get(memo.coder_id, ""), coders.get(memo.coder_id) == me) for memo in memos]
        return [one for one in noted if one.own or not blind or one.memo.subject is not Subject.QUOTE]


def _found(work: UnitOfWork, subject: Subject, wanted: str) -> str:
    """Return the identifier of what a memo is about; raise `NotFound` where there is no such thing."""
    if subject is Subject.QUOTE:
        return work.quotes.find(wanted).id
    if subject is Subject.CODE:
        return work.codebook.code(wanted).key
    if subject is Subject.STORY:
        return work.stories.find(wanted).id
    if subject is Subject.PERSON:
        person = work.contributors.find(wanted)
        if person is None:
            raise NotFound(say("There is no person called {name} in this library.", name=wanted))
        return person.id
    return ""


def _tidy(untrusted_text: str) -> str:
    """Return a text of several lines that can be shown and kept anywhere."""
    return "\n".join(names.plain(line) for line in untrusted_text.strip().splitlines()).strip()
