"""Compared: what several coders gave the same recordings, read for comparing, and how a comparison is told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storybank.domain.codebook import Code, CodeKind, by_key, path_of
from storybank.domain.coding import CONSENSUS, Coder, Coding, Settled
from storybank.domain.quote import Quote
from storybank.domain.reliability import Measure
from storybank.domain.transcript import Line, Span
from storybank.domain.unitizing import SAME_BORDER_MS, Coded, Disagreement, Given, Unit
from storybank.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared, and how it is counted."""

    coders: tuple[str, ...] = ()
    """Identifiers; empty for everybody who is done with something."""
    unit: Unit = Unit.TIME
    spoken: bool = True
    """Whether only stretches in which somebody speaks count, where time is counted."""
    suggested: bool = True
    """Whether codes count that were suggested and taken."""
    codes: frozenset[str] = frozenset()
    """Keys; empty for all that anybody gave but stakeholders: those come with the speaker, and nobody judged them."""
    recordings: frozenset[str] = frozenset()
    """Empty for all that at least two are done with."""
    children: bool = False
    """Whether a code counts what was given the codes under it."""


@dataclass(frozen=True, slots=True)
class Row:
    """How far coders agree about one code, or about all of them together."""

    code: Code | None
    """None where all codes are pooled."""
    measure: Measure


@dataclass(frozen=True, slots=True)
class Comparison:
    """A table of agreement."""

    coders: tuple[Coder, ...]
    rows: tuple[Row, ...]
    """Code by code, in the codebook's order."""
    overall: Row
    unit: Unit
    recordings: tuple[str, ...]
    """Those that at least two of the coders are done with."""
    waiting: int
    """How many recordings somebody coded that fewer than two are done with."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A disagreement with what a list shows of it."""

    disagreement: Disagreement
    story_id: str
    story_code: str
    story_title: str
    code: Code
    words: str
    gave: tuple[tuple[Coder, Span], ...]
    gave_not: tuple[Coder, ...]

    @property
    def id(self) -> str:
        """Return eight letters that name it as long as nobody codes there anew."""
        one = self.disagreement
        told = f"{one.recording_id} {one.code} {one.span.start_ms} {one.span.end_ms}"
        return hashlib.sha256(told.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Progress:
    """A recording that somebody coded."""

    recording_id: str
    story_code: str
    story_title: str
    done: tuple[Coder, ...]
    """Who has said that they are done with it."""


def progress(work: UnitOfWork) -> list[Progress]:
    """Return the recordings that anybody coded or is done with, as the stories came in."""
    done, coders = work.codings.finished(), {coder.id: coder for coder in work.codings.coders()}
    coded = {quote.recording_id for quote in work.quotes.all()} | set(done)
    stories = {story.id: story for story in work.stories.all() if not story.sealed_on and not story.erased_on}
    return [
        Progress(one.id, stories[one.story_id].code, stories[one.story_id].title,
                 tuple(coders[who] for who in sorted(done.get(one.id, ()))))
        for one in work.recordings.all() if one.id in coded and one.story_id in stories
    ]


def compared(work: UnitOfWork, options: Options, coders: Sequence[Coder]) -> list[Coded]:
    """Return the recordings that at least two coders are done with, as they were coded."""
    wanted, done = {coder.id for coder in coders}, work.codings.finished()
    above = _above(work.codebook.codes()) if options.children else {}
    found = []
    for recording in work.recordings.all():
        finished = done.get(recording.id, frozenset()) & wanted
        if len(finished) < 2 or (options.recordings and recording.id not in options.recordings):
            continue
        if work.stories.get(recording.story_id).sealed_on:
            continue
        given = [
            Given(coding.coder_id, code, Span(quote.start_ms, quote.end_ms), quote.id)
            for coding, quote in given_in(work, recording.story_id, recording.id)
            if coding.coder_id in wanted and (options.suggested or not coding.suggested)
            for code in above.get(coding.code, (coding.code,))
        ]
        lines = tuple(Span(line.start_ms, line.end_ms) for line in work.transcripts.lines(recording.id))
        found.append(Coded(recording.id, recording.facts.duration_ms, lines, finished, tuple(given)))
    return found


def given_in(work: UnitOfWork, story_id: str, recording_id: str) -> list[tuple[Coding, Quote]]:
    """Return the codings of a recording, each with its quote."""
    quotes = {quote.id: quote for quote in work.quotes.of_story(story_id) if quote.recording_id == recording_id}
    return [(one, quotes[one.quote_id]) for one in work.codings.of_story(story_id) if one.quote_id in quotes]


def codes_compared(options: Options, codes: Sequence[Code], recordings: Collection[Coded]) -> list[Code]:
    """Return the codes to compare: those asked for, else those that anybody judged; in the codebook's order."""
    given = {each.code for one in recordings for each in one.given}
    if options.codes:
        return [code for code in codes if code.key in options.codes]
    return [code for code in codes if code.key in given and code.kind is not CodeKind.STAKEHOLDER]


def is_settled(one: Disagreement, decisions: Collection[Settled]) -> bool:
    """Tell whether it was decided already: for this code, over at least this stretch."""
    return any((done.recording_id, done.code) == (one.recording_id, one.code)
               and done.start_ms <= one.span.start_ms + SAME_BORDER_MS
               and one.span.end_ms <= done.end_ms + SAME_BORDER_MS for done in decisions)


def words_in(lines: Sequence[Line], span: Span) -> str:
    """Return the words that are said in a stretch."""
    return " ".join(word.text for line in lines if line.start_ms < span.end_ms and span.start_ms < line.end_ms
                    for word in line.words if span.start_ms <= word.middle_ms < span.end_ms)


def unanimous(recordings: Collection[Coded]) -> set[tuple[str, str]]:
    """Return which quotes were given which code by everybody who is done with their recording."""
    found = set()
    for one in recordings:
        who: dict[tuple[str, str], set[str]] = {}
        for each in one.given:
            who.setdefault((each.quote_id, each.code), set()).add(each.coder_id)
        found |= {pair for pair, them in who.items() if one.finished <= them}
    return found


def who_is_done(work: UnitOfWork) -> list[Coder]:
    """Return everybody who can be compared: all who have said that they are done with something."""
    done = {one for them in work.codings.finished().values() for one in them}
    return [one for one in work.codings.coders() if one.id in done and one.id != CONSENSUS.id]


def _above(codes: Sequence[Code]) -> Mapping[str, tuple[str, ...]]:
    known = by_key(codes)
    return {code.key: tuple(one.key for one in path_of(code, known)) for code in codes}
