"""Selecting: asking the gate about a handful of quotes, and what may leave of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.answer import no
from storybank.domain.clearance import ClearedQuote, Gate, LeftOut
from storybank.domain.quote import Quote
from storybank.domain.use import Material
from storybank.errors import Refused
from storybank.ports import UnitOfWork
from storybank.services.passages import Passages
from storybank.services.worded import Worded, warnings_of
from storybank.words import Sentence, say

ALSO = (Material.CLIP, Material.AUDIO, Material.STILL)
"""What may go along with a quote where it was agreed to."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What the gate answered for a handful of quotes."""

    cleared: tuple[ClearedQuote, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[tuple[str, Sentence], ...] = ()
    """Quote code and what to think of before it goes, such as a person who can be recognised without a name."""


def selected(work: UnitOfWork, quotes: Sequence[str] | None, gate: Gate, passages: Passages) -> Selection:
    """Return which quotes may be used for what the gate is asked, and which may not; None asks about all."""
    chosen = work.quotes.all() if quotes is None else [work.quotes.find(q) for q in dict.fromkeys(quotes)]
    cleared, left_out, worded = [], [], Worded(gate.asked)
    for quote in chosen:
        answer = _ask(work, quote, passages, gate, worded)
        if isinstance(answer, ClearedQuote):
            cleared.append(answer)
        else:
            left_out.append(answer)
    known = {quote.id: quote for quote in chosen}
    return Selection(tuple(cleared), tuple(left_out), warnings_of(cleared, known, work.contributors.all()))


def for_parts(work: UnitOfWork, cleared: Sequence[ClearedQuote], gate: Gate,
              parts: Mapping[str, tuple[str, ...]], reading: Passages) -> dict[str, tuple[ClearedQuote, ...]]:
    """Return which of the quotes may go into each part that needs more uses than the whole, cleared for all of them."""
    codes = [one.quote.code for one in cleared]
    allowed = {}
    for part, uses in parts.items():
        allowed[part] = selected(work, codes, wider(work, gate, uses), reading).cleared
    return allowed


def wider(work: UnitOfWork, gate: Gate, uses: Sequence[str]) -> Gate:
    """Return a gate that asks for more uses as well."""
    more = tuple(work.codebook.use(key) for key in uses)
    return Gate(replace(gate.asked, uses=tuple(dict.fromkeys((*gate.asked.uses, *more)))), ALSO)


def first_reason(selection: Selection) -> Sentence | str:
    """Return why the first quote that was left out may not be used, or what to do where there was none."""
    return selection.left_out[0].reasons[0] if selection.left_out else say("Pick quotes from a transcript first.")


def _ask(work: UnitOfWork, quote: Quote, passages: Passages, gate: Gate, worded: Worded) -> ClearedQuote | LeftOut:
    circle = passages.circle(quote.story_id)
    answer = gate.of_quote(circle, quote)
    if not answer.allowed:
        return LeftOut(quote, circle.story, answer)
    try:
        recording = work.recordings.get(quote.recording_id)
        return worded.of(circle, quote, gate.clear(circle, quote, recording, passages.free_text(quote)))
    except Refused as refusal:
        return LeftOut(quote, circle.story, no(say("{why}", why=refusal.message)))
