"""Asking: what the gate says about a story, person by person and quote by quote, for every use at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import UNSAID, Attribution
from storybank.domain.clearance import Circle, Gate, Permission, Verdict
from storybank.domain.consent import PERMITTING, UNRECORDED, Consent, Decision, Provision, Role, Stage, Taken
from storybank.domain.contributor import Contributor
from storybank.domain.quote import Quote
from storybank.domain.reasons import asks_first
from storybank.domain.story import Participant
from storybank.domain.use import Asked, Question, Use
from storybank.ports import OpenWork, Today
from storybank.services.circles import circle_of

Answers = Mapping[str, Permission]
"""The gate's answer by the key of a use."""


@dataclass(frozen=True, slots=True)
class AskMeFirst:
    """Somebody who wants to be asked first about a quote, and for which uses."""

    person: Contributor
    uses: tuple[Use, ...]


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
    wishes: Mapping[str, tuple[AskMeFirst, ...]]
    """Who wants to be asked first where nothing else stands in the way, by the quote's identifier."""


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
        said = {quote.id: {key: gate.of_quote(circle, quote) for key, gate in gates.items()} for quote in quotes}
        asked = [p.contributor_id for p in circle.story.participants if p.is_in_it]
        asked += [one for one in circle.story.communities if one not in asked]
        return Replies(
            {key: gate.of_story(circle) for key, gate in gates.items()},
            {one: self._alone(circle, one, uses) for one in asked},
            said, tuple(circle.people[one] for one in asked),
            {quote.id: self._wishes(circle, quote, uses, said[quote.id]) for quote in quotes},
        )

    def of_quotes(self, story_id: str, quotes: Sequence[Quote]) -> Replies:
        """Return what is said to some quotes of a story, and to nothing else of it."""
        with self._open_work() as work:
            circle, uses = circle_of(work, story_id), work.codebook.uses()
        gates = {use.key: self._gate(use) for use in uses}
        said = {quote.id: {key: gate.of_quote(circle, quote) for key, gate in gates.items()} for quote in quotes}
        return Replies({}, {}, said, (),
                       {quote.id: self._wishes(circle, quote, uses, said[quote.id]) for quote in quotes})

    def of_quote(self, code: str, use_keys: Sequence[str] = ()) -> Answers:
        """Return what those who are there while a quote is said answer to some uses, or to every one."""
        with self._open_work() as work:
            quote: Quote = work.quotes.find(code)
            circle = circle_of(work, quote.story_id)
            uses = [use for use in work.codebook.uses() if not use_keys or use.key in use_keys]
        return {use.key: self._gate(use).of_quote(circle, quote) for use in uses}

    def wishes(self, code: str) -> tuple[AskMeFirst, ...]:
        """Return who wants to be asked first about a quote, where nothing else stands in the way."""
        answers = self.of_quote(code)
        with self._open_work() as work:
            quote = work.quotes.find(code)
            return self._wishes(circle_of(work, quote.story_id), quote, work.codebook.uses(), answers)

    def answer(self, quote: Quote, person: Contributor, uses: Sequence[str], decision: Decision,
               taken: Taken = UNRECORDED, role: Role = Role.PERSON, by: str = "") -> Agreement:
        """Return what somebody answered who wanted to be asked first, to be put on file: about that quote alone.

        It takes the place of what they answered about the same quote before, and keeps what that said of other uses.
        """
        with self._open_work() as work:
            own = [one for one in work.consents.of(person.id) if one.covers_story(quote.story_id)]
        leans_on = next((one for one in reversed(own) if one.stands(self._today())), None)
        before = next((one for one in reversed(own) if _is_about(one, quote)), None)
        kept = [p for p in before.provisions if p.use not in uses] if before else []
        said = [Provision(decision, use, quote_id=quote.id) for use in uses]
        return Agreement(
            person.id, (*said, *kept), leans_on.attribution if leans_on else Attribution.ANONYMOUS,
            story_ids=frozenset({quote.story_id}), wishes=leans_on.wishes if leans_on else UNSAID, taken=taken,
            role=role, by=by, supersedes_id=before.id if before else "",
        )  # fmt: skip

    def _wishes(self, circle: Circle, quote: Quote, uses: Sequence[Use], answers: Answers) -> tuple[AskMeFirst, ...]:
        asking = [use for use in uses if answers[use.key].verdict is Verdict.ASK_FIRST]
        there = [*sorted(circle.in_quote(quote)), *circle.story.communities] if asking else []
        found = {one: tuple(use for use in asking if self._wants_a_question(circle, quote, one, use)) for one in there}
        return tuple(AskMeFirst(circle.people[one], theirs) for one, theirs in found.items() if theirs)

    def _wants_a_question(self, circle: Circle, quote: Quote, one: str, use: Use) -> bool:
        """Tell whether it is this person's own wish that stands in the way, so that their answer settles it."""
        story = replace(circle.story, participants=(Participant(one),), communities=())
        answer = self._gate(use).of_quote(replace(circle, story=story), replace(quote, speaker_id=one))
        return asks_first(circle.people[one], Question(use, self._today())) in answer.reasons

    def _alone(self, circle: Circle, one: str, uses: Sequence[Use]) -> Answers:
        story = replace(circle.story, participants=(Participant(one),), communities=())
        alone = replace(circle, story=story)
        return {use.key: self._gate(use).of_story(alone) for use in uses}

    def _gate(self, use: Use) -> Gate:
        return Gate(Asked((use,), self._today()))


def _is_about(consent: Consent, quote: Quote) -> bool:
    """Tell whether an agreement in force is an answer about that quote and nothing else."""
    about = {provision.quote_id for provision in consent.provisions}
    return consent.last_state in PERMITTING and consent.stage is Stage.RELEASE and about == {quote.id}
