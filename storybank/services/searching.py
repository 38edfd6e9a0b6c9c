"""Searching: finding every passage, with its codes and whether it may be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from storybank.domain.clearance import Circle, Gate, Permission, Verdict
from storybank.domain.query import Hit, Query, Stretch
from storybank.domain.quote import Quote
from storybank.domain.use import Asked
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.blinding import hits_seen
from storybank.services.circles import circle_of, circles_of
from storybank.services.stepping import Author
from storybank.services.usable import as_quote, asked_of_gate, joined_by

MOST = 200
"""How many hits are fetched at once."""

_FEW = 60
"""Stories whose people are read one story at a time; for more, everybody is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, with what a list shows beside it."""

    hit: Hit
    story_code: str
    story_slug: str
    story_title: str
    usable: tuple[str, ...]
    """Keys of the uses that the gate allows today."""
    ask_first: tuple[str, ...] = ()
    """Keys of the uses for which somebody wants to be asked first."""
    verdict: Verdict = Verdict.DENY
    """The gate's answer for the use that was asked for; where none was, its freest answer for any."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found; `total` and `stories` count everything, `hits` holds the best of it."""

    query: Query
    total: int
    stories: int
    hits: tuple[Found, ...]
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many of each kind answer, whichever are asked for; quotes are counted beside the passages they are in."""


class Searching:
    """Everything one can do to find a sentence again."""

    def __init__(self, open_work: OpenWork, today: Today, author: Author = str) -> None:
        """`author` tells who sits here: who codes blind finds no codes but their own."""
        self._author = author
        self._open_work = open_work
        self._today = today
        self._known: tuple[tuple[int, int], dict[str, Circle]] = ((-1, -1), {})

    def find(self, query: Query, most: int = MOST, offset: int = 0) -> Results:
        """Return what was found in the order asked for, from the hit at `offset` on; no query is an error."""
        with self._open_work() as work:
            asked = asked_of_gate(work, query, self._today())
            total, stories = work.index.count(asked, None)
            kinds = work.index.kinds(asked, None)
            hits = hits_seen(work, work.index.search(asked, None, most, offset), self._author())
            found = self._found(work, hits, query.usable_for)
        return Results(query, total, stories, tuple(found), kinds)

    def _found(self, work: UnitOfWork, hits: Sequence[Hit], use_key: str) -> list[Found]:
        """Return the hits with what the gate says, of quotes and passages alike: those who are there decide."""
        circles = self._circles(work, {hit.story_id for hit in hits})
        quotes = {code: work.quotes.find(code) for code in {hit.quote_code for hit in hits if hit.quote_code}}
        gates = {use.key: Gate(Asked((use,), self._today())) for use in work.codebook.uses()}
        known: dict[object, Mapping[str, Permission]] = {}
        found = []
        for hit in hits:
            quote = quotes.get(hit.quote_code) or _as_quote(hit)
            circle = joined_by(work, circles[hit.story_id], [hit.speaker_id, quote.speaker_id])
            key = (hit.story_id, quote.code or _what_decides(circle, quote))
            if key not in known:
                known[key] = {use: _answer(gate, circle, quote) for use, gate in gates.items()}
            story, answers = circle.story, known[key]
            found.append(Found(hit, story.code, story.slug, story.title, *_standing(answers, use_key)))
        return found

    def _circles(self, work: UnitOfWork, story_ids: Iterable[str]) -> dict[str, Circle]:
        """Return everyone to be asked about some stories; they are read anew as soon as anything has changed."""
        state = work.index.state()
        known = dict(self._known[1]) if self._known[0] == state else {}
        missing = [story_id for story_id in story_ids if story_id not in known]
        if len(missing) > _FEW:
            known = {circle.story.id: circle for circle in circles_of(work)}
        else:
            known |= {story_id: circle_of(work, story_id) for story_id in missing}
        self._known = state, known
        return known


def _as_quote(hit: Hit) -> Quote:
    """Return a passage as the quote it would be, to ask the gate about it."""
    return as_quote(Stretch(hit.kind, hit.owner_id, hit.story_id, hit.recording_id, hit.start_ms, hit.end_ms,
                            hit.speaker_id))


def _answer(gate: Gate, circle: Circle, quote: Quote) -> Permission:
    """Return the answer for a passage; for what is said nowhere, that for the story."""
    return gate.of_quote(circle, quote) if quote.recording_id else gate.of_story(circle)


def _what_decides(circle: Circle, passage: Quote) -> object:
    """Return what the gate looks at in a passage: passages that have it in common have one answer."""
    return bool(passage.recording_id), circle.in_quote(passage), circle.restrictions_on(passage)


def _standing(answers: Mapping[str, Permission], use_key: str) -> tuple[tuple[str, ...], tuple[str, ...], Verdict]:
    """Return the uses that are allowed, those to be asked about first, and the answer in a word."""
    allowed = tuple(key for key, answer in answers.items() if answer.allowed)
    asked = tuple(key for key, answer in answers.items() if answer.verdict is Verdict.ASK_FIRST)
    freest = min((answer.verdict for answer in answers.values()), key=lambda one: one.strictness, default=Verdict.DENY)
    return allowed, asked, answers[use_key].verdict if use_key in answers else freest
