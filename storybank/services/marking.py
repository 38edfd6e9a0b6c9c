"""Marking: tagging straight from what was found: passages become quotes, quotes get other codes, many in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from storybank.domain.query import Hit, Kind
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line
from storybank.errors import Refused, StorybankError
from storybank.ports import OpenWork
from storybank.services.edits import Edit
from storybank.services.quoting import NOT_SUGGESTED, Quoting
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Planned:
    """An edit for several hits, and those it leaves alone, with why."""

    edit: Edit | None
    """None where nothing would change."""
    refused: tuple[tuple[Hit, Sentence], ...] = ()
    quote_ids: tuple[str, ...] = ()
    """The quotes that the hits are then."""


class Marking:
    """Plans what is done to hits. Nothing happens before the edit is done, and all of it is one step back."""

    def __init__(self, open_work: OpenWork, quoting: Quoting) -> None:
        self._open_work = open_work
        self._quoting = quoting

    def codes_of(self, hits: Iterable[Hit]) -> frozenset[str]:
        """Return the codes that all of these have; a passage that is no quote yet has none."""
        found = [self._quoting.get(hit.quote_code).codes if hit.quote_code else frozenset[str]() for hit in hits]
        return frozenset.intersection(*found) if found else frozenset()

    def tag(self, hits: Sequence[Hit], added: frozenset[str], removed: frozenset[str] = frozenset(),
            suggested: Mapping[str, str] = NOT_SUGGESTED) -> Planned:
        """Plan to give hits codes, and to take codes from them; passages become quotes of their lines.

        `suggested` tells why codes were suggested, by code.
        """

        def plan(hit: Hit) -> tuple[str, Edit | None]:
            if not hit.quote_code:
                made = self._quoting.pick(hit.recording_id, self.anchor(hit), added, suggested)
                return made.quote.id, made.edit
            quote = self._quoting.get(hit.quote_code)
            wanted = (quote.codes - removed) | added
            return quote.id, self._quoting.retag(quote.id, wanted, suggested) if wanted != quote.codes else None

        return _planned(say("Tag {n} passages", n=len(hits)) if len(hits) > 1 else say("Tag quote"), hits, plan)

    def star(self, hits: Sequence[Hit]) -> Planned:
        """Plan to mark hits as important; where all of them are, that they are no longer."""
        quotes = {hit.quote_code: self._quoting.get(hit.quote_code) for hit in hits if hit.quote_code}
        important = not all(hit.quote_code and quotes[hit.quote_code].important for hit in hits)

        def plan(hit: Hit) -> tuple[str, Edit | None]:
            if hit.quote_code:
                quote = quotes[hit.quote_code]
                changes = quote.important != important
                return quote.id, self._quoting.mark_important(quote.id, important) if changes else None
            made = self._quoting.pick(hit.recording_id, self.anchor(hit))
            both = [made.edit, self._quoting.mark_important(made.quote.id, important)]
            return made.quote.id, together(made.edit.label, both)

        return _planned(say("Mark {n} passages", n=len(hits)) if len(hits) > 1 else say("Mark quote"), hits, plan)

    def anchor(self, hit: Hit) -> Anchor:
        """Return where the lines of a passage stand; raise `Refused` where there are none."""
        if not hit.recording_id or not hit.line_ids or hit.kind == Kind.MEMO:
            raise Refused(say("Only what somebody says can be tagged."))
        with self._open_work() as work:
            lines: dict[str, Line] = {line.id: line for line in work.transcripts.lines(hit.recording_id)}
        first, last = hit.line_ids[0], hit.line_ids[-1]
        if first not in lines or last not in lines:
            raise Refused(say("These words are not in the transcript any more."))
        return Anchor(first, 0, last, len(lines[last].words) - 1)


def together(label: Sentence, edits: Sequence[Edit]) -> Edit:
    """Return several edits as one; where one of them fails, those before it are taken back."""
    return Edit(label, partial(_each, [(one.do, one.undo) for one in edits]),
                partial(_each, [(one.undo, one.do) for one in reversed(edits)]))


Step = tuple[Callable[[], None], Callable[[], None]]


def _each(steps: Sequence[Step]) -> None:
    done: list[Callable[[], None]] = []
    try:
        for do, back in steps:
            do()
            done.append(back)
    except StorybankError:
        for back in reversed(done):
            back()
        raise


def _planned(label: Sentence, hits: Sequence[Hit], plan: Callable[[Hit], tuple[str, Edit | None]]) -> Planned:
    """Plan for each hit; a quote that was found twice is done once."""
    edits: list[Edit] = []
    quote_ids: list[str] = []
    refused: list[tuple[Hit, Sentence]] = []
    seen: set[object] = set()
    for hit in hits:
        what = hit.quote_code or (hit.recording_id, hit.line_ids)
        if what in seen:
            continue
        seen.add(what)
        try:
            quote_id, edit = plan(hit)
        except StorybankError as error:
            refused.append((hit, say("{why}", why=error.message)))
            continue
        quote_ids.append(quote_id)
        if edit is not None:
            edits.append(edit)
    return Planned(together(label, edits) if edits else None, tuple(refused), tuple(quote_ids))
