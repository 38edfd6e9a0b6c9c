"""Usable: what the gate allows for a use today, story by story, and passage by passage where those differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from storybank.domain.clearance import Circle, Gate
from storybank.domain.query import Query, Stretch, Usable, fields_in, folded
from storybank.domain.quote import Anchor, Quote
from storybank.domain.use import Asked, Use
from storybank.ports import UnitOfWork
from storybank.services.circles import circles_of


def asked_of_gate(work: UnitOfWork, query: Query, on: date) -> Query:
    """Return a query that knows what may be used for each use it asks about, and may be given to the index."""
    uses = {use.key: use for use in work.codebook.uses()}
    named = {value: key for key, use in uses.items() for value in map(folded, (key, use.label("en"), use.label("fr")))}
    fields = [field for field in fields_in(query.root) if field.name == "usable"]
    typed = {value: named.get(value) for field in fields for value in field.values}
    wanted = {key for key in typed.values() if key}
    if query.usable_for:
        wanted.add(work.codebook.use(query.usable_for).key)
    if not wanted:
        return query
    circles = {circle.story.id: circle for circle in circles_of(work)}
    told = tuple(_usable(work, uses[key], circles, on) for key in sorted(wanted))
    called = tuple(
        replace(one, use=value) for value, key in typed.items() for one in told if one.use == key and value != key
    )
    return replace(query, usable=(*told, *called))


def usable_today(work: UnitOfWork, on: date) -> tuple[Usable, ...]:
    """Return what the gate allows for each use on a day."""
    circles = {circle.story.id: circle for circle in circles_of(work)}
    return tuple(_usable(work, use, circles, on) for use in work.codebook.uses())


def _usable(work: UnitOfWork, use: Use, circles: Mapping[str, Circle], on: date) -> Usable:
    """Ask for each story as a whole, and for each passage of those in which not all are the same."""
    gate = Gate(Asked((use,), on))
    whole = {story_id for story_id, circle in circles.items() if gate.of_story(circle).allowed}
    differing = [story_id for story_id, circle in circles.items() if _differs(circle)]
    refused: set[str] = set()
    also: set[str] = set()
    for stretch in [*work.index.stretches(differing), *work.index.said_by_strangers()]:
        circle = joined_by(work, circles[stretch.story_id], [stretch.speaker_id])
        allowed = gate.of_quote(circle, as_quote(stretch)).allowed
        (also if allowed else refused).add(stretch.owner_id)
    return Usable(use.key, frozenset(whole), frozenset(refused), frozenset(also))


def _differs(circle: Circle) -> bool:
    """Tell whether not every passage of a story has the same answer."""
    singly = any(provision.quote_id for consent in circle.consents for provision in consent.provisions)
    sometimes = any(part.spans or part.recording_id or not part.is_in_it for part in circle.story.participants)
    return bool(circle.restrictions) or singly or sometimes


def joined_by(work: UnitOfWork, circle: Circle, speakers: Iterable[str | None]) -> Circle:
    """Return a circle with those who are named beside a line and are nowhere else in the story."""
    for speaker in speakers:
        if speaker and speaker not in circle.people:
            people = {**circle.people, speaker: work.contributors.get(speaker)}
            circle = replace(circle, people=people, consents=[*circle.consents, *work.consents.of(speaker)])
    return circle


def as_quote(stretch: Stretch) -> Quote:
    """Return a stretch of a recording as the quote it is, or would be, to ask the gate about it."""
    quote_id = stretch.owner_id if stretch.kind == "quote" else ""
    return Quote(quote_id, "", stretch.story_id, stretch.recording_id, "", stretch.start_ms, stretch.end_ms, "",
                 Anchor("", 0, "", 0), speaker_id=stretch.speaker_id)

