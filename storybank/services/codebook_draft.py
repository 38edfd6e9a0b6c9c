"""A draft of the codebook: what stands and what shall stand, with everything that hangs on codes, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storybank.domain.codebook import Code, CodeKind, by_key, in_order, under
from storybank.domain.codebook_changes import Affected, Example, sounds
from storybank.domain.coding import Coding, Memo, Subject
from storybank.domain.events import CodebookChanged
from storybank.domain.saved import SavedSearch
from storybank.errors import NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.edits import Edit
from storybank.words import Sentence, say

EXAMPLES = 3
FACET_OF = {CodeKind.BLOCK: "blocks", CodeKind.STAKEHOLDER: "stakeholders"}
"""The facet of saved searches that a list is asked by; the others are asked by `codes`."""
_ASKED_AS = r"(?i)(?<![\w:])(-?(?:block|bloc|stakeholder|intervenant|code|tag|stage|étape|etape):)(\"?){}\2(?=[\s)]|$)"


@dataclass(frozen=True, slots=True)
class State:
    """The part of the library that a change of the codebook touches, before it or after it."""

    codes: tuple[Code, ...] = ()
    codings: tuple[Coding, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    """Contributors, each with their stakeholder."""
    memos: tuple[Memo, ...] = ()
    searches: tuple[SavedSearch, ...] = ()


class Draft:
    """What a change would make of the codebook; nothing is written before its edit is done."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.before = by_key(work.codebook.codes())
        self.now = dict(self.before)
        self._taken: list[Coding] = []
        self._given: list[Coding] = []
        self._people: list[tuple[str, str, str]] = []
        self._memos: list[tuple[Memo, Memo]] = []
        self._searches: list[tuple[SavedSearch, SavedSearch]] = []
        self.doubles = 0
        self.into = ""

    # ---- codes -------------------------------------------------------------------------------------------------

    def put(self, code: Code) -> None:
        """Let a code stand as this."""
        self.now[code.key] = code

    def drop(self, key: str) -> None:
        """Let a code stand no longer."""
        del self.now[key]

    def set_order(self, parent: str, kind: CodeKind, keys: Sequence[str] = ()) -> None:
        """Number those right under a code anew, from 1: these first, in this order, then the others as they stand."""
        own = [one.key for one in under(parent, kind, self.now.values())]
        wanted = [key for key in keys if key in own]
        for place, key in enumerate([*wanted, *(key for key in own if key not in set(wanted))], 1):
            if self.now[key].position != place:
                self.now[key] = replace(self.now[key], position=place)

    # ---- what hangs on them ------------------------------------------------------------------------------------

    def hand_on(self, key: str, to: str, only: frozenset[str] | None = None) -> None:
        """Give the quotes of a code to another, or to none; `only` narrows to these quotes.

        Who gave it, when, and whether it was suggested stays with each.
        """
        codings = [one for one in self.work.codings.with_code(key) if only is None or one.quote_id in only]
        self._taken += codings
        if not to:
            return
        there = {(one.quote_id, one.coder_id) for one in self.work.codings.with_code(to)}
        there |= {(one.quote_id, one.coder_id) for one in self._given if one.code == to}
        for one in codings:
            if (one.quote_id, one.coder_id) in there:
                self.doubles += 1
            else:
                there.add((one.quote_id, one.coder_id))
                self._given.append(replace(one, code=to))

    def hand_on_people(self, key: str, to: str) -> None:
        """Let the people who are this stakeholder be another, or none that is said."""
        self._people += [(person.id, key, to) for person in self.work.contributors.all() if person.stakeholder == key]

    def hand_on_notes(self, key: str, to: str) -> None:
        """Let the notes about a code be about another; where it goes without one, about the whole, under its name."""
        for memo in self.work.memos.about(Subject.CODE, key):
            text = f"{self.before[key].label('en')}: {memo.text}"
            after = replace(memo, about_id=to) if to else replace(memo, subject=Subject.LIBRARY, about_id="", text=text)
            self._memos.append((memo, after))

    def hand_on_searches(self, key: str, to: str) -> None:
        """Let saved searches ask for another code in its place, or no longer for it."""
        drafted = {old.id: new for old, new in self._searches}
        for found in self.work.searches.all():
            old = drafted.get(found.id, found)
            new = _asking(old, key, self.now.get(to))
            if new != old:
                self._searches = [pair for pair in self._searches if pair[0].id != found.id]
                self._searches.append((found, new))

    # ---- what comes of it --------------------------------------------------------------------------------------

    def affected(self, keys: Iterable[str], quotes: frozenset[str] | None = None) -> Affected:
        """Tell what hangs on these codes; `quotes` narrows to those of them."""
        own = set(keys)
        reached = {quote: story for code, quote, story in self.work.codings.tagged()
                   if code in own and (quotes is None or quote in quotes)}
        coders = {one.coder_id for key in own for one in self.work.codings.with_code(key) if one.quote_id in reached}
        put_away = {story.id for story in self.work.stories.all() if story.sealed_on} if reached else set()
        open_ones = [quote for quote, story in reached.items() if story not in put_away]
        shown = (self.work.quotes.get(quote) for quote in sorted(open_ones)[:EXAMPLES])
        return Affected(
            len(reached), len(set(reached.values())), len(coders), self.doubles, len(reached) - len(open_ones),
            tuple(export.code for export in self.work.ledger.all() if reached.keys() & _quotes_of(export.items)),
            tuple(search.name or search.typed for search in self.work.searches.all() if _asks(search, own)),
            sum(person.stakeholder in own for person in self.work.contributors.all()),
            sum(len(self.work.memos.about(Subject.CODE, key)) for key in own),
            examples=tuple(Example(quote.code, quote.text) for quote in shown),
        )  # fmt: skip

    def edit(self, label: Sentence, key: str, open_work: OpenWork) -> Edit:
        """Return the change as an edit that can be undone exactly."""
        before, after = self._states()

        def bring(old: State, new: State) -> None:
            with open_work() as work:
                _check(work, old)
                _bring(work, old, new)
                also = {one.key for one in (*old.codes, *new.codes)} if len(new.codes) <= 50 else set()
                work.record(CodebookChanged(key, self.into, tuple(sorted(also - {key}))))
                work.commit()

        return Edit(label, lambda: bring(before, after), lambda: bring(after, before))

    def _states(self) -> tuple[State, State]:
        old = tuple(code for key, code in self.before.items() if self.now.get(key) != code)
        new = tuple(code for key, code in self.now.items() if self.before.get(key) != code)
        return (
            State(old, tuple(self._taken), tuple((who, key) for who, key, _to in self._people),
                  tuple(memo for memo, _new in self._memos), tuple(one for one, _new in self._searches)),
            State(new, tuple(self._given), tuple((who, to) for who, _key, to in self._people),
                  tuple(memo for _old, memo in self._memos), tuple(one for _old, one in self._searches)),
        )  # fmt: skip


def _bring(work: UnitOfWork, old: State, new: State) -> None:
    """Let the library hold what is new in place of what is old."""
    work.codebook.save_all(new.codes)
    for person_id, key in new.people:
        work.contributors.save(replace(work.contributors.get(person_id), stakeholder=key))
    for memo in new.memos:
        work.memos.save(memo)
    for search in new.searches:
        work.searches.save(search)
    work.codings.exchange(old.codings, new.codings)
    staying = {code.key for code in new.codes}
    for code in old.codes:
        if code.key not in staying:
            if work.codings.with_code(code.key):
                raise _meanwhile()
            work.codebook.remove(code.key)


def _check(work: UnitOfWork, old: State) -> None:
    """Refuse where somebody else changed these codes since they were looked at."""
    standing = by_key(work.codebook.codes())
    if any(standing.get(code.key) != code for code in old.codes):
        raise _meanwhile()


def _meanwhile() -> Refused:
    return Refused(say("Somebody changed the codebook meanwhile, so nothing was done."),
                   hint=say("Look at it again, and repeat the change."))


def _quotes_of(items: Iterable[object]) -> set[str]:
    return {getattr(item, "quote_id", "") for item in items}


def _asks(search: SavedSearch, keys: set[str]) -> bool:
    return any(keys & set(values) for values in search.filters.values()) or any(
        re.search(_ASKED_AS.format(re.escape(key)), search.typed) for key in keys)


def _asking(search: SavedSearch, key: str, target: Code | None) -> SavedSearch:
    """Return a saved search that asks for another code, or for one less."""
    filters = {facet: tuple(one for one in values if one != key) for facet, values in search.filters.items()}
    typed = search.typed
    if target and filters != search.filters:
        facet = FACET_OF.get(target.kind, "codes")
        filters[facet] = tuple(dict.fromkeys((*filters.get(facet, ()), target.key)))
    if target:
        typed = re.sub(_ASKED_AS.format(re.escape(key)), lambda m: f"{m[1]}{m[2]}{target.key}{m[2]}", typed)
    return replace(search, typed=typed, filters={facet: values for facet, values in filters.items() if values})


def found(typed: str, codes: Iterable[Code]) -> Code:
    """Return the code of that key, or the one of that name or alias; refuse a name that several have."""
    every = in_order(list(codes))
    for code in every:
        if code.key == typed.strip():
            return code
    wanted = sounds(typed)
    named = [one for one in every if wanted in {sounds(said) for said in (one.key, one.label_en, one.label_fr)}]
    named = named or [one for one in every if wanted in map(sounds, (*one.aliases, one.short_en, one.short_fr))]
    if len(named) == 1:
        return named[0]
    if named:
        raise Refused(say("Several codes are called {name}.", name=typed),
                      hint=say("Name one of them by its key: {keys}.", keys=", ".join(one.key for one in named)))
    raise NotFound(say("There is no code {key} in the codebook.", key=typed),
                   hint=say("The codes are: {keys}.", keys=", ".join(one.key for one in every[:40])))
