"""Suggestions: how often they are right, on the demo interviews, about lines whose codes were not shown to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.figures import Figure
from storybank import places
from storybank.domain.codebook import CodeKind
from storybank.domain.lexicon import Lexicon, Named, said
from storybank.domain.suggestion import NEIGHBOURS, Nearby, Similar, ranked
from storybank.domain.tagged import TaggedQuotes, Tagging
from storybank.domain.vocabulary import CODES
from ui.commands.demo_truth import Interview, TrueLine, interviews

BLOCKS = [code.key for code in CODES if code.kind is CodeKind.BLOCK]


@dataclass(frozen=True, slots=True)
class Told:
    """What was suggested for a line, and what is true."""

    suggested: tuple[str, ...]
    true: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How often suggestions were right, as shares of 100."""

    precision_1: float
    precision_3: float
    recall_3: float


def held_out(_folder: Path) -> Iterator[Figure]:
    """Suggest building blocks for each interview from the seven others; beside always naming the commonest.

    The aliases were written by people who know the trade, and these interviews: other words will do worse.
    """
    told = interviews(places.demo())
    usual = score(commonest(told))
    yield from _figures("suggestions", "all", score(suggested(told)), usual)
    yield from _figures("suggestions-going", "going on", score(suggested(told, going=True)), usual)
    for name, aspects in (("words alone", {"named"}), ("quotes alone", {"similar"})):
        yield from _figures(f"suggestions-{min(aspects)}", name, score(suggested(told, aspects)), usual,
                            promised=False)
    nothing = [one for one in suggested(told, every=True) if not one.true]
    quiet = 100 * sum(not one.suggested for one in nothing) / len(nothing)
    what = "suggestions: none for lines about no block"
    yield Figure("suggestions-quiet", what, (quiet,), 0, at_most=False, unit="%")


def _figures(name: str, what: str, ours: Score, usual: Score, *, promised: bool = True) -> Iterator[Figure]:
    """Yield the three figures; what is promised is to be better than always naming the commonest codes."""
    for short, said_as, own, common in (
        ("p1", "first right", ours.precision_1, usual.precision_1),
        ("p3", "of three right", ours.precision_3, usual.precision_3),
        ("r3", "true ones found by three", ours.recall_3, usual.recall_3),
    ):
        told = f"suggestions, {what}: {said_as} (usual {common:.0f})"
        yield Figure(f"{name}-{short}", told, (own,), common if promised else 0, at_most=False, unit="%")


def suggested(told: Sequence[Interview], aspects: Collection[str] = ("named", "similar"), *, going: bool = False,
              every: bool = False) -> list[Told]:
    """Return what is suggested for every line, from the codes of the other interviews.

    `going` adds the lines above it in its own interview, as they are known to somebody who codes from the top.
    """
    lexicon = Lexicon(replace(code, codable=True) for code in CODES)
    found = []
    for one in told:
        known = TaggedQuotes()
        for other in told:
            if other.slug != one.slug:
                _learn(known, other, other.lines)
        for number, line in enumerate(one.lines):
            if line.blocks or every:
                near = one.lines[:number] if going else ()
                found.append(_told(lexicon, known, one, line, near, aspects))
            if going:
                _learn(known, one, [line])
    return found


def commonest(told: Sequence[Interview]) -> list[Told]:
    """Return the same three for every line: those that the other interviews have most often."""
    found = []
    for one in told:
        count = Counter(key for other in told if other.slug != one.slug for line in other.lines for key in line.blocks)
        usual = tuple(key for key, _count in sorted(count.items(), key=lambda item: (-item[1], item[0])))[:3]
        found += [Told(usual, frozenset(line.blocks)) for line in one.lines if line.blocks]
    return found


def score(told: Sequence[Told]) -> Score:
    """Return how often the first was right, how many of the first three were, and how many of the true were there."""
    first = sum(bool(one.suggested) and one.suggested[0] in one.true for one in told)
    right = sum(len(one.true & set(one.suggested[:3])) for one in told)
    given = sum(len(one.suggested[:3]) for one in told)
    return Score(100 * first / len(told), 100 * right / max(1, given), 100 * right / sum(len(one.true) for one in told))


def _learn(known: TaggedQuotes, one: Interview, lines: Sequence[TrueLine]) -> None:
    for line in lines:
        if line.blocks:
            codes = tuple((key, "", "") for key in line.blocks)
            tagging = Tagging(f"{one.slug} {line.start_ms}", one.slug, line.start_ms, line.end_ms, codes)
            known.put(tagging, said(line.text, one.language))


def _told(lexicon: Lexicon, known: TaggedQuotes, one: Interview, line: TrueLine, near: Sequence[TrueLine],
          aspects: Collection[str]) -> Told:
    words = said(line.text, one.language)
    none: dict[str, Named] = {}
    named = lexicon.named(words, one.language, known.rarity) if "named" in aspects else none
    similar = [Similar(cosine, quote.codes_for("")) for quote, cosine in known.nearest(words, NEIGHBOURS)]
    nearby = [Nearby(max(0, line.start_ms - other.end_ms), frozenset(other.blocks)) for other in near if other.blocks]
    best = ranked(BLOCKS, named, similar if "similar" in aspects else [], nearby, (), 3)
    return Told(tuple(suggestion.code for suggestion in best), frozenset(line.blocks))
