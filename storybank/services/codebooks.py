"""Codebooks: keeping the lists that quotes are tagged with. Nothing happens before an edit is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.codebook import (
    MOST_LEVELS,
    Code,
    CodeKind,
    by_key,
    in_order,
    level_of,
    levels_under,
    path_of,
    under,
    with_descendants,
)
from storybank.domain.codebook_changes import (
    Count,
    alias_texts,
    gist_text,
    label_text,
    sounds,
)
from storybank.domain.colour import AS_TEXT, as_hex, contrast_told, is_legible, nearest_legible
from storybank.errors import Invalid
from storybank.ports import OpenWork
from storybank.services.codebook_draft import Draft, found
from storybank.services.codebook_joining import Joining, Plan
from storybank.services.edits import Edit
from storybank.words import say


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code that is planned, with the edit that adds it."""

    code: Code
    edit: Edit


class Codebooks(Joining):
    """Everything one can do to the codebook; what joins, parts and takes out codes is in `Joining`."""

    def __init__(self, open_work: OpenWork) -> None:
        super().__init__(open_work)

    # ---- what there is -----------------------------------------------------------------------------------------

    def codes(self, kind: CodeKind | None = None) -> list[Code]:
        """Return the codes as a tree is read."""
        with self._open_work() as work:
            return work.codebook.codes(kind)

    def find(self, typed: str) -> Code:
        """Return the code of that key, name or alias; raise `NotFound`, or `Refused` where several are called so."""
        with self._open_work() as work:
            return found(typed, work.codebook.codes())

    def counts(self) -> dict[str, Count]:
        """Return for each code how many quotes have it, and how many have it or one under it."""
        own: defaultdict[str, set[str]] = defaultdict(set)
        below: defaultdict[str, set[str]] = defaultdict(set)
        with self._open_work() as work:
            codes, tagged = by_key(work.codebook.codes()), work.codings.tagged()
        for key, quote, _story in tagged:
            own[key].add(quote)
        for key, quotes in own.items():
            for above in path_of(codes[key], codes):
                below[above.key] |= quotes
        return {key: Count(len(own[key]), len(below[key])) for key in codes}

    # ---- one code ----------------------------------------------------------------------------------------------

    def add(self, label_en: str, label_fr: str = "", *, kind: CodeKind = CodeKind.FREE, parent: str = "",
            codable: bool = True, gist_en: str = "", gist_fr: str = "") -> NewCode:
        """Plan a new code, the last in its list or under `parent`, whose list is then its own."""
        english, french = label_text(label_en), label_text(label_fr)
        if not english and not french:
            raise Invalid(say("A code needs a name."))
        with self._open_work() as work:
            draft = Draft(work)
            if parent:
                kind = work.codebook.code(parent).kind
                self._check_room(draft, parent, 1)
            key = names.free_slug(english or french, draft.now.keys())
            code = Code(key, kind, english, french, gist_en=gist_text(gist_en), gist_fr=gist_text(gist_fr),
                        position=1_000_000, parent=parent, codable=codable, guid=names.new_id())
            self._check_name(draft, code)
            draft.put(code)
            draft.set_order(parent, kind)
            return NewCode(draft.now[key], draft.edit(say("Add code"), key, self._open_work))

    def rename(self, key: str, *, label_en: str | None = None, label_fr: str | None = None,
               short_en: str | None = None, short_fr: str | None = None) -> Plan:
        """Plan another name for a code, in either language, or another short one; what is not said stays."""
        said = {"label_en": label_en, "label_fr": label_fr, "short_en": short_en, "short_fr": short_fr}
        told = {name: label_text(text, 40 if name.startswith("short") else 200)
                for name, text in said.items() if text is not None}
        with self._open_work() as work:
            draft = Draft(work)
            code = replace(work.codebook.code(key), **told)  # type: ignore[arg-type]
            if not code.label_en and not code.label_fr:
                raise Invalid(say("A code needs a name."))
            if {"label_en", "label_fr"} & told.keys():
                self._check_name(draft, code)
            draft.put(code)
            return Plan(draft.edit(say("Rename code"), key, self._open_work), draft.affected([key]))

    def describe(self, key: str, *, gist_en: str | None = None, gist_fr: str | None = None) -> Edit:
        """Plan another description, in either language; what is not said stays."""
        told = {name: gist_text(text) for name, text in (("gist_en", gist_en), ("gist_fr", gist_fr))
                if text is not None}
        with self._open_work() as work:
            draft = Draft(work)
            draft.put(replace(work.codebook.code(key), **told))  # type: ignore[arg-type]
            return draft.edit(say("Describe code"), key, self._open_work)

    def call(self, key: str, aliases: Sequence[str]) -> Edit:
        """Plan exactly these aliases for a code."""
        with self._open_work() as work:
            draft = Draft(work)
            draft.put(replace(work.codebook.code(key), aliases=alias_texts(list(aliases))))
            return draft.edit(say("Change aliases"), key, self._open_work)

    def call_not(self, key: str, aliases: Sequence[str]) -> Edit:
        """Plan to take these aliases of a code away, however they are written."""
        gone = set(map(sounds, alias_texts(list(aliases))))
        with self._open_work() as work:
            kept = [one for one in work.codebook.code(key).aliases if sounds(one) not in gone]
        return self.call(key, kept)

    def colour(self, key: str, colour: str) -> Edit:
        """Plan a colour of its own for a code; an empty one gives it back the theme's.

        Raises `Invalid` for one that could not be read, naming the nearest that can.
        """
        wanted = checked_colour(colour)
        with self._open_work() as work:
            draft = Draft(work)
            draft.put(replace(work.codebook.code(key), colour=wanted))
            return draft.edit(say("Change colour"), key, self._open_work)

    # ---- where it stands ---------------------------------------------------------------------------------------

    def step(self, key: str, by: int) -> Edit:
        """Plan to move a code up (-1) or down (1) among those beside it."""
        with self._open_work() as work:
            code = work.codebook.code(key)
            own = [one.key for one in under(code.parent, code.kind, work.codebook.codes())]
        return self.order(key, max(1, min(len(own), own.index(key) + 1 + by)))

    def order(self, key: str, place: int) -> Edit:
        """Plan to put a code at a place among those beside it; 1 is the first."""
        with self._open_work() as work:
            draft, code = Draft(work), work.codebook.code(key)
            self._place(draft, code, place)
            return draft.edit(say("Move code"), key, self._open_work)

    def move(self, key: str, parent: str, place: int | None = None) -> Plan:
        """Plan to put a code, with all under it, under another of its list; an empty key means the top."""
        with self._open_work() as work:
            draft, code = Draft(work), work.codebook.code(key)
            if parent:
                self._check_parent(draft, code, work.codebook.code(parent))
            draft.put(replace(code, parent=parent, position=1_000_000))
            self._check_siblings(draft, draft.now[key])
            draft.set_order(code.parent, code.kind)
            self._place(draft, draft.now[key], place or 1_000_000)
            affected = draft.affected(with_descendants(key, list(draft.before.values())))
            children = tuple(one for one in in_order(list(draft.before.values()))
                             if one.key in with_descendants(key, list(draft.before.values())) - {key})
            return Plan(draft.edit(say("Move code"), key, self._open_work), replace(affected, codes=children))

    # ---- rules -------------------------------------------------------------------------------------------------

    def _place(self, draft: Draft, code: Code, place: int) -> None:
        others = [one.key for one in under(code.parent, code.kind, draft.now.values()) if one.key != code.key]
        at = max(0, min(len(others), place - 1))
        draft.set_order(code.parent, code.kind, [*others[:at], code.key, *others[at:]])

    def _check_parent(self, draft: Draft, code: Code, parent: Code) -> None:
        if parent.kind is not code.kind:
            raise Invalid(say("{code} and {parent} are of different lists.", code=code, parent=parent),
                          hint=say("A code stays in its list; to bring their quotes together, merge the two."))
        if parent.key in with_descendants(code.key, list(draft.before.values())):
            raise Invalid(say("{code} cannot stand under itself.", code=code),
                          hint=say("Choose a code that is not under it, or the top."))
        self._check_room(draft, parent.key, levels_under(code.key, list(draft.before.values())))

    def _check_siblings(self, draft: Draft, code: Code) -> None:
        if draft.before[code.key].parent != code.parent:
            self._check_name(draft, code)

    @staticmethod
    def _check_room(draft: Draft, parent: str, levels: int) -> None:
        """Refuse what would stand deeper than the codebook goes."""
        if level_of(draft.now[parent], draft.now) + levels > MOST_LEVELS:
            raise Invalid(say("The codebook has {most} levels, and this would need more.", most=MOST_LEVELS),
                          hint=say("Choose a code nearer to the top."))

    @staticmethod
    def _check_name(draft: Draft, code: Code) -> None:
        """Refuse a name that another has in the same place."""
        own = {sounds(label) for label in (code.label_en, code.label_fr) if label}
        for other in under(code.parent, code.kind, draft.now.values()):
            if other.key != code.key and own & {sounds(one) for one in (other.label_en, other.label_fr) if one}:
                raise Invalid(say("There is a code called {code} here already.", code=other),
                              hint=say("Use that one, or choose another name."))


def checked_colour(untrusted_text: str) -> str:
    """Return a colour as it is kept; refuse one that could not be read, and name the nearest that can."""
    if not untrusted_text.strip():
        return ""
    wanted = as_hex(untrusted_text)
    if not wanted:
        raise Invalid(say("{colour} is not a colour.", colour=untrusted_text.strip()[:40]),
                      hint=say("Write it as #0c6e63."))
    if not is_legible(wanted):
        raise Invalid(
            say("{colour} is too light to be read: its contrast is {contrast}, and text needs {least}.", colour=wanted,
                contrast=f"{contrast_told(wanted):.1f}", least=AS_TEXT),
            hint=say("The nearest that can be read is {colour}.", colour=nearest_legible(wanted)))  # fmt: skip
    return wanted


__all__ = ["Codebooks", "NewCode", "Plan", "checked_colour"]
