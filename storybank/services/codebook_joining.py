"""Joining: merging codes, splitting them, taking them out, making them headings: wherever quotes change their code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.codebook import MOST_LEVELS, Code, CodeKind, level_of, levels_under, under, with_descendants
from storybank.domain.codebook_changes import Affected, alias_texts, label_text, sounds
from storybank.domain.vocabulary import BUILDING_BLOCKS
from storybank.errors import Invalid, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.codebook_draft import Draft
from storybank.services.edits import Edit
from storybank.words import Sentence, say

_SHIPPED_BLOCKS = frozenset(code.key for code in BUILDING_BLOCKS)


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that has been planned, with what it reaches; a warning must be agreed to before its edit is done."""

    edit: Edit
    affected: Affected
    warning: Sentence | None = None


class Joining:
    """What brings quotes from one code to another, or to none."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def merge(self, key: str, into: str, *, sure: bool = False) -> Plan:
        """Plan to give all quotes of a code to another, which takes over its names as aliases and its notes.

        Codes under it come to stand under the other; where that is one of them, they come up. `sure` agrees to the
        warning about building blocks.
        """
        with self._open_work() as work:
            draft, code, target = Draft(work), work.codebook.code(key), work.codebook.code(into)
            if key == into:
                raise Invalid(say("Choose two different codes to merge."))
            self._check_target(draft, code, target)
            self._move_children_of(draft, code, target)
            self._hand_everything(draft, key, into)
            affected = replace(draft.affected([key]), codes=tuple(under(key, code.kind, draft.before.values())))
            called = alias_texts([*target.aliases, *_names(code), *code.aliases])
            own = set(map(sounds, _names(target)))
            draft.put(replace(draft.now[into], aliases=tuple(one for one in called if sounds(one) not in own)))
            self._drop(draft, code)
            return self._plan(draft, say("Merge codes"), code, affected, sure)

    def split(self, key: str, quotes: Sequence[str], *, into: str = "", label_en: str = "", label_fr: str = "") -> Plan:
        """Plan to give some quotes of a code, by identifier or short code, to another code or to a new one beside it.
        """
        with self._open_work() as work:
            draft, code = Draft(work), work.codebook.code(key)
            chosen = self._those(work, code, quotes)
            target = work.codebook.code(into) if into else self._beside(draft, code, label_en, label_fr)
            if into:
                self._check_receives(code, target)
            draft.into = target.key
            draft.hand_on(key, target.key, chosen)
            affected = draft.affected([key], chosen)
            return Plan(draft.edit(say("Split code"), key, self._open_work), replace(affected, people=0, memos=0))

    def remove(self, key: str, *, to: str = "", uncoded: bool = False, with_those_under: bool = False,
               sure: bool = False) -> Plan:
        """Plan to take a code out. Its quotes go to another code, or stay without; so do people who are it.

        Codes under it come up, or go with it. Raises `Refused` where it is used and nobody said where its quotes go.
        """
        with self._open_work() as work:
            draft, code = Draft(work), work.codebook.code(key)
            gone = with_descendants(key, list(draft.before.values())) if with_those_under else frozenset({key})
            target = work.codebook.code(to) if to else None
            if target and target.key in gone:
                raise Invalid(say("{code} would go as well.", code=target), hint=say("Choose another code."))
            if target:
                self._check_target(draft, code, target)
            affected = replace(draft.affected(gone), codes=tuple(
                one for one in draft.before.values() if one.parent == key or (one.key in gone and one.key != key)))
            self._say_where(code, affected, target, uncoded)
            if not with_those_under:
                self._raise_children(draft, code)
            for one in sorted(gone):
                self._hand_everything(draft, one, to)
            affected = replace(affected, doubles=draft.doubles)
            for one in gone:
                self._drop(draft, draft.before[one])
            return self._plan(draft, say("Remove code"), code, affected, sure)

    def make_heading(self, key: str, heading: bool = True, *, to: str = "", uncoded: bool = False,
                     sure: bool = False) -> Plan:
        """Plan to let a code only gather others, or be given to quotes again.

        Raises `Refused` where quotes have it and nobody said where they go.
        """
        with self._open_work() as work:
            draft, code = Draft(work), work.codebook.code(key)
            target = work.codebook.code(to) if to else None
            affected = replace(draft.affected([key]), memos=0)
            if heading:
                if target:
                    self._check_target(draft, code, target)
                self._say_where(code, affected, target, uncoded)
                draft.into = to
                draft.hand_on(key, to)
                draft.hand_on_people(key, to)
                affected = replace(affected, doubles=draft.doubles)
            draft.put(replace(code, codable=not heading))
            label = say("Make heading") if heading else say("Make code")
            used = heading and bool(affected.quotes)
            return self._plan(draft, label, code, affected, sure or not used)

    # ---- rules -------------------------------------------------------------------------------------------------

    def _plan(self, draft: Draft, label: Sentence, code: Code, affected: Affected, sure: bool) -> Plan:
        edit = draft.edit(label, code.key, self._open_work)
        if code.key not in _SHIPPED_BLOCKS or sure:
            return Plan(edit, affected)
        warning = say("{code} is one of the five building blocks that briefs and kits are ordered by:"
                      " they will do without it.", code=code)

        def refuse() -> None:
            raise Refused(warning, hint=say("Say that you are sure, and it is done."))

        return Plan(Edit(label, refuse, edit.undo), affected, warning)

    @staticmethod
    def _check_receives(code: Code, target: Code) -> None:
        if target.key == code.key:
            raise Invalid(say("Choose two different codes."))
        if not target.codable:
            raise Invalid(say("{code} is a heading: it gathers other codes.", code=target),
                          hint=say("Choose one of the codes under it."))

    def _check_target(self, draft: Draft, code: Code, target: Code) -> None:
        """Refuse a target that cannot have quotes, or that people cannot be."""
        self._check_receives(code, target)
        of_people = any(one.stakeholder == code.key for one in draft.work.contributors.all())
        if of_people and target.kind is not CodeKind.STAKEHOLDER:
            raise Refused(say("People are on file as {code}, and {target} is no stakeholder.", code=code,
                              target=target), hint=say("Choose another stakeholder."))

    @staticmethod
    def _say_where(code: Code, affected: Affected, target: Code | None, uncoded: bool) -> None:
        if target is None and not uncoded and (affected.quotes or affected.people):
            raise Refused(
                say("{code} is in use. Quotes: {quotes}. People: {people}.", code=code, quotes=affected.quotes,
                    people=affected.people),
                hint=say("Say which code they go to, or that they stay without."))  # fmt: skip

    @staticmethod
    def _hand_everything(draft: Draft, key: str, to: str) -> None:
        draft.into = to
        draft.hand_on(key, to)
        draft.hand_on_people(key, to)
        draft.hand_on_notes(key, to)
        draft.hand_on_searches(key, to)

    @staticmethod
    def _drop(draft: Draft, code: Code) -> None:
        draft.drop(code.key)
        draft.set_order(code.parent, code.kind)

    @staticmethod
    def _raise_children(draft: Draft, code: Code) -> None:
        """Let the codes right under one stand in its place."""
        own = [one.key for one in under(code.key, code.kind, draft.now.values())]
        beside = [one.key for one in under(code.parent, code.kind, draft.now.values())]
        for key in own:
            draft.put(replace(draft.now[key], parent=code.parent))
        at = beside.index(code.key)
        draft.set_order(code.parent, code.kind, [*beside[: at + 1], *own, *beside[at + 1 :]])

    def _move_children_of(self, draft: Draft, code: Code, target: Code) -> None:
        """Bring the codes under one under another; where that is among them, they come up in its place."""
        children = under(code.key, code.kind, draft.now.values())
        every = list(draft.before.values())
        if not children:
            return
        if target.key in with_descendants(code.key, every):
            self._raise_children(draft, code)
            return
        deepest = level_of(target, draft.now) + levels_under(code.key, every) - 1
        if target.kind is not code.kind or deepest > MOST_LEVELS:
            raise Invalid(say("The codes under {code} have no place under {target}.", code=code, target=target),
                          hint=say("Move them elsewhere first."))
        last = len(under(target.key, target.kind, draft.now.values()))
        for place, child in enumerate(children, last + 1):
            draft.put(replace(child, parent=target.key, position=place))

    @staticmethod
    def _those(work: UnitOfWork, code: Code, quotes: Iterable[str]) -> frozenset[str]:
        """Return the identifiers of these quotes of a code; refuse one that has it not."""
        chosen = [work.quotes.find(one) for one in quotes]
        if not chosen:
            raise Invalid(say("Choose at least one quote."))
        for quote in chosen:
            if code.key not in quote.codes:
                raise Invalid(say("Quote {quote} does not have the code {code}.", quote=quote.code, code=code))
        return frozenset(quote.id for quote in chosen)

    @staticmethod
    def _beside(draft: Draft, code: Code, label_en: str, label_fr: str) -> Code:
        """Draft a new code that stands right behind another."""
        english, french = label_text(label_en), label_text(label_fr)
        if not english and not french:
            raise Invalid(say("A code needs a name."))
        beside = [one.key for one in under(code.parent, code.kind, draft.now.values())]
        key = names.free_slug(english or french, draft.now.keys())
        draft.put(Code(key, code.kind, english, french, parent=code.parent, colour=code.colour, guid=names.new_id()))
        at = beside.index(code.key) + 1
        draft.set_order(code.parent, code.kind, [*beside[:at], key, *beside[at:]])
        return draft.now[key]


def _names(code: Code) -> tuple[str, ...]:
    return code.label_en, code.label_fr, code.short_en, code.short_fr
