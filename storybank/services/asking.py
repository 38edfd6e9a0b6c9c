"""Asking: what the gate says about a story, person by person and quote by quote, for every use at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.clearance import Circle, Gate, Permission
from storybank.domain.contributor import Contributor
from storybank.domain.quote import Quote
from storybank.domain.story import Participant
from storybank.domain.use import Asked, Use
from storybank.ports import OpenWork, Today
from storybank.services.circles import circle_of

Answers = Mapping[str, Permission]
"""The gate's answer by the key of a use."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What everybody who is asked about a story says to each use today."""

    story: Answers
    """All of them together."""
    people: Mapping[str, Answers]
    """Each of them alone, by whom: those in it first, then the communities."""
    quotes: Mapping[str, Answers]
    """Those who are there while a quote is said, by the quote's identifier."""
    who: tuple[Contributor, ...]
    """Whoever is asked, in that order."""


class Asking:
    """Asks the gate. Changes nothing."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def of_story(self, story_id: str) -> Replies:
        """Return what everybody says about a story and its quotes."""
        with self._open_work() as work:
            circle, uses, quotes = circle_of(work, story_id), work.codebook.uses(), work.quotes.of_story(story_id)
        gates = {use.key: self._gate(use) for use in uses}
        asked = [p.contributor_id for p in circle.story.participants if p.is_in_it]
        asked += [one for one in circle.story.communities if one not in asked]
        return Replies(
            {key: gate.of_story(circle) for key, gate in gates.items()},
            {one: self._alone(circle, one, uses) for one in asked},
            {quote.id: {key: gate.of_quote(circle, quote) for key, gate in gates.items()} for quote in quotes},
            tuple(circle.people[one] for one in asked),
        )

    def of_quote(self, code: str, use_keys: Sequence[str] = ()) -> Answers:
        """Return what those who are there while a quote is said answer to some uses, or to every one."""
        with self._open_work() as work:
            quote: Quote = work.quotes.find(code)
            circle = circle_of(work, quote.story_id)
            uses = [use for use in work.codebook.uses() if not use_keys or use.key in use_keys]
        return {use.key: self._gate(use).of_quote(circle, quote) for use in uses}

    def _alone(self, circle: Circle, one: str, uses: Sequence[Use]) -> Answers:
        story = replace(circle.story, participants=(Participant(one),), communities=())
        alone = replace(circle, story=story)
        return {use.key: self._gate(use).of_story(alone) for use in uses}

    def _gate(self, use: Use) -> Gate:
        return Gate(Asked((use,), self._today()))
