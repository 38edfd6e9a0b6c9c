"""Searching: finding every passage, with its codes and whether it may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.clearance import Circle, Gate, Permission, Verdict, permission
from storybank.domain.query import Hit, Query
from storybank.domain.quote import Anchor, Quote
from storybank.domain.use import Asked
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.circles import circles_of

MOST = 200
"""How many hits are fetched at once."""


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


class Searching:
    """Everything one can do to find a sentence again."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def find(self, query: Query, most: int = MOST) -> Results:
        """Return what was found, best first; no query is an error."""
        with self._open_work() as work:
            allowed = self._usable_stories(work, query.usable_for) if query.usable_for else None
            total, stories = work.index.count(query, allowed)
            hits = work.index.search(query, allowed, most)
            found = self._found(work, hits, query.usable_for)
        return Results(query, total, stories, tuple(found))

    def _usable_stories(self, work: UnitOfWork, use_key: str) -> list[str]:
        use = work.codebook.use(use_key)
        return [circle.story.id for circle in circles_of(work) if permission(circle, use, self._today()).allowed]

    def _found(self, work: UnitOfWork, hits: Sequence[Hit], use_key: str) -> list[Found]:
        """Return the hits with what the gate says, of quotes and passages alike: those who are there decide."""
        circles = _circles(work, hits)
        quotes = {q.code: q for one in {h.story_id for h in hits if h.quote_code} for q in work.quotes.of_story(one)}
        gates = {use.key: Gate(Asked((use,), self._today())) for use in work.codebook.uses()}
        known: dict[object, Mapping[str, Permission]] = {}
        found = []
        for hit in hits:
            circle, quote = circles[hit.story_id], quotes.get(hit.quote_code) or _as_quote(hit)
            key = (hit.story_id, quote.code or _what_decides(circle, quote))
            if key not in known:
                known[key] = {use: gate.of_quote(circle, quote) for use, gate in gates.items()}
            story, answers = circle.story, known[key]
            found.append(Found(hit, story.code, story.slug, story.title, *_standing(answers, use_key)))
        return found


def _circles(work: UnitOfWork, hits: Sequence[Hit]) -> dict[str, Circle]:
    """Return everyone to be asked about the stories of some hits, whoever is named beside a line among them."""
    wanted = {hit.story_id for hit in hits}
    circles = {one.story.id: one for one in circles_of(work) if one.story.id in wanted} if wanted else {}
    for story, speaker in {(hit.story_id, hit.speaker_id) for hit in hits if hit.speaker_id}:
        circle = circles[story]
        if speaker not in circle.people:
            people = {**circle.people, speaker: work.contributors.get(speaker)}
            circles[story] = replace(circle, people=people, consents=[*circle.consents, *work.consents.of(speaker)])
    return circles


def _as_quote(hit: Hit) -> Quote:
    """Return a passage as the quote it would be, to ask the gate about it."""
    return Quote("", "", hit.story_id, hit.recording_id, hit.text, hit.start_ms, hit.end_ms, "", Anchor("", 0, "", 0),
                 speaker_id=hit.speaker_id)


def _what_decides(circle: Circle, passage: Quote) -> object:
    """Return what the gate looks at in a passage: passages that have it in common have one answer."""
    return circle.in_quote(passage), circle.restrictions_on(passage)


def _standing(answers: Mapping[str, Permission], use_key: str) -> tuple[tuple[str, ...], tuple[str, ...], Verdict]:
    """Return the uses that are allowed, those to be asked about first, and the answer in a word."""
    allowed = tuple(key for key, answer in answers.items() if answer.allowed)
    asked = tuple(key for key, answer in answers.items() if answer.verdict is Verdict.ASK_FIRST)
    freest = min((answer.verdict for answer in answers.values()), key=lambda one: one.strictness, default=Verdict.DENY)
    return allowed, asked, answers[use_key].verdict if use_key in answers else freest
