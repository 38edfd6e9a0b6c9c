"""Building: writing a brief, a kit or a site, which the library keeps version by version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storybank.domain import names
from storybank.domain.clearance import Verdict
from storybank.domain.draft import Chosen, Draft, DraftKind, DraftVersion, Form
from storybank.domain.events import DraftChanged
from storybank.domain.twin import both
from storybank.errors import Invalid
from storybank.ports import OpenWork
from storybank.services.edits import Edit
from storybank.words import Sentence, say

USUAL_USES = {DraftKind.BRIEF: ("government_brief",), DraftKind.KIT: ("social_media",), DraftKind.SITE: ("website",)}
"""What each kind is for unless its author says otherwise."""


class Building:
    """Keeps drafts."""

    def __init__(self, open_work: OpenWork, author: Callable[[], str]) -> None:
        self._open_work = open_work
        self._author = author

    def all(self) -> list[Draft]:
        """Return the drafts, the latest saved first."""
        with self._open_work() as work:
            return work.drafts.all()

    def find(self, code: str) -> Draft:
        """Return the draft of that short code; raise `NotFound`."""
        with self._open_work() as work:
            return work.drafts.find(code)

    def begin(self, kind: DraftKind, title: str, language: str = "en", form: Form = Form.ONE_THREE) -> Draft:
        """Begin a draft and return it; raise `Invalid` without a title."""
        if not title.strip():
            raise Invalid(say("A title is needed."))
        with self._open_work() as work:
            languages = ("en", "fr") if kind is DraftKind.SITE else (language,)
            draft = Draft(names.new_id(), work.next_code("draft"), kind, both(title.strip(), language), languages, form,
                          uses=USUAL_USES[kind])
            saved = work.drafts.save(draft, self._author())
            work.record(DraftChanged(draft.id))
            work.commit()
        return saved

    def save(self, draft: Draft) -> Draft:
        """Write a draft; a version that left the house, or was kept, is followed by the next. Return it as saved."""
        with self._open_work() as work:
            saved = work.drafts.save(draft, self._author())
            work.record(DraftChanged(draft.id))
            work.commit()
        return saved

    def change(self, label: Sentence, before: Draft, after: Draft) -> Edit:
        """Return the change from one state of a draft to another, for undo."""
        return Edit(label, lambda: self._put(after), lambda: self._put(before))

    def add_quotes(self, code: str, quotes: Sequence[str]) -> Edit:
        """Put quotes into a draft, behind those that are there; those in it already stay where they are."""
        before = self.find(code)
        with self._open_work() as work:
            new = [work.quotes.find(quote).code for quote in dict.fromkeys(quotes)]
        chosen = (*before.quotes, *(Chosen(quote) for quote in new if quote not in before.codes))
        return self.change(say("Put quotes into {code}", code=before.code), before, replace(before, quotes=chosen))

    def copy(self, code: str) -> Edit:
        """Begin another draft that says the same; taken back, it is off the list."""
        made: list[Draft] = []

        def do() -> None:
            if made:
                self._set_removed(made[0].id, removed=False)
                return
            with self._open_work() as work:
                draft = replace(work.drafts.find(code), id=names.new_id(), code=work.next_code("draft"), version=1)
                made.append(work.drafts.save(draft, self._author()))
                work.record(DraftChanged(made[0].id))
                work.commit()

        return Edit(say("Copy a draft"), do, lambda: self._set_removed(made[0].id, removed=True))

    def keep(self, draft_id: str) -> None:
        """See that the version of now is never written over."""
        with self._open_work() as work:
            work.drafts.keep(draft_id)
            work.record(DraftChanged(draft_id))
            work.commit()

    def versions(self, draft_id: str) -> list[DraftVersion]:
        """Return the versions of a draft, the newest first."""
        with self._open_work() as work:
            return work.drafts.versions(draft_id)

    def version(self, draft_id: str, version: int) -> Draft:
        """Return a draft as a version had it."""
        with self._open_work() as work:
            return work.drafts.version(draft_id, version)

    def remove(self, code: str) -> Edit:
        """Take a draft off the list; what left the house from it stays in the ledger."""
        draft = self.find(code)
        return Edit(say("Remove {code}", code=draft.code), lambda: self._set_removed(draft.id, removed=True),
                    lambda: self._set_removed(draft.id, removed=False))

    def _put(self, draft: Draft) -> None:
        self.save(draft)

    def _set_removed(self, draft_id: str, *, removed: bool) -> None:
        with self._open_work() as work:
            work.drafts.set_removed(draft_id, removed)
            work.record(DraftChanged(draft_id))
            work.commit()


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """A chosen quote with what the gate says of it today."""

    quote: str
    allowed: bool
    verdict: Verdict | None
    """None where the quote is gone."""
    reasons: tuple[Sentence, ...]
    text: str
    language: str
    credit: str
    """Who says it, as permitted; empty where it may not leave."""
    until: date | None = None
