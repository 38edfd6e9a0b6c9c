"""Clearance: the one gate between the library and anything that leaves it.

Exporters take `ClearedQuote` and nothing else, and only `Gate.clear` makes one, so a quote that nobody agreed to
cannot be exported by forgetting to ask. Silence is no, deny beats permit, everyone who can be heard or seen in the
stretch must agree, their communities beside them, and the most restrictive answer wins.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from storybank.domain.answer import answer_of
from storybank.domain.attribution import Attribution
from storybank.domain.consent import Consent
from storybank.domain.contributor import Contributor, Label
from storybank.domain.permission import Permission, Verdict, least_restrictive, most_restrictive, no
from storybank.domain.quote import Quote, Translation
from storybank.domain.reasons import put_away
from storybank.domain.recording import Recording
from storybank.domain.restriction import REDACTED, Restriction, Treatment
from storybank.domain.story import Participant, Sharing, Story
from storybank.domain.use import Asked, Material, Use
from storybank.errors import Refused
from storybank.words import Sentence, say

__all__ = ["Circle", "ClearedQuote", "Gate", "LeftOut", "Permission", "Verdict", "assess", "permission"]


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone a story needs to ask: its people and communities, their consents, and what is not free in it."""

    story: Story
    people: Mapping[str, Contributor]
    consents: Sequence[Consent]
    restrictions: Sequence[Restriction] = ()
    unknown_voices: Collection[str] = frozenset()
    """The quotes whose words are in a voice of which nobody has said whose it is."""

    def speaker(self, quote: Quote) -> Contributor:
        """Return who says a quote; where only one person can be heard there is no doubt."""
        if quote.id in self.unknown_voices:
            raise Refused(say("Nobody has said whose voice quote {code} is.", code=quote.code),
                          hint=say("Link the voice to a person of this story."))
        there = self._there(quote)
        heard = {p.contributor_id for p in there if p.speaks} or {p.contributor_id for p in there}
        wanted = quote.speaker_id or (heard.pop() if len(heard) == 1 else "")
        if wanted not in self.people:
            raise Refused(say("Nobody is named as the speaker of quote {code}.", code=quote.code))
        return self.people[wanted]

    @property
    def everyone(self) -> frozenset[str]:
        """Return all who can be heard or seen anywhere in the story."""
        return frozenset(p.contributor_id for p in self.story.participants if p.is_in_it)

    def in_quote(self, quote: Quote) -> frozenset[str]:
        """Return all who can be heard or seen while a quote is said, its speaker always among them."""
        there = [p.contributor_id for p in self._there(quote)]
        return frozenset([*there, quote.speaker_id] if quote.speaker_id else there)

    def _there(self, quote: Quote) -> list[Participant]:
        at = (quote.recording_id, quote.start_ms, quote.end_ms)
        return [p for p in self.story.participants if p.is_there(*at)]

    def restrictions_on(self, quote: Quote) -> tuple[Restriction, ...]:
        """Return what is not free in the stretch of a quote."""
        return tuple(
            r for r in self.restrictions
            if r.recording_id == quote.recording_id and r.touches(quote.start_ms, quote.end_ms)
        )  # fmt: skip

    @property
    def labels(self) -> tuple[Label, ...]:
        """Return the labels and notices of its communities, exactly as they were written."""
        return tuple(label for one in self.story.communities if one in self.people for label in self.people[one].labels)


@dataclass(frozen=True, slots=True)
class ClearedQuote:
    """A quote that may be used, how its speaker may be named, and the day and use it was cleared for.

    Words that may not go out are gone from its text already.
    """

    quote: Quote
    story: Story
    recording: Recording
    speaker: Contributor
    use: Use
    permission: Permission
    cleared_on: date
    materials: frozenset[Material] = frozenset(Material)
    """What of it may go out, of what was asked about."""
    restrictions: tuple[Restriction, ...] = ()
    """Stretches of its recording that must be muted or blurred."""
    labels: tuple[Label, ...] = ()
    """Of its communities: to stand beside it unaltered."""
    wording: str = ""
    """How it may be read shortened, where everybody agreed to that; else it is read as it was said."""
    translations: tuple[Translation, ...] = ()
    """In which languages it may be read besides, where everybody agreed to that."""

    @property
    def attribution(self) -> Attribution:
        """Return the most that may be told of the speaker."""
        return self.permission.attribution

    @property
    def may_be_clip(self) -> bool:
        """Tell whether it may go out as moving pictures."""
        return bool(self.materials & {Material.CLIP, Material.VIDEO})

    @property
    def may_be_still(self) -> bool:
        """Tell whether a picture may stand beside the words: who agreed to clips alone did not say so."""
        return self.permission.features.face and Material.STILL in self.materials

    @property
    def shows_face(self) -> bool:
        """Tell whether the picture may be used: the person may be named or said so, and pictures were agreed to."""
        return self.permission.features.face and bool(self.materials & {Material.CLIP, Material.VIDEO, Material.STILL})

    @property
    def carries_voice(self) -> bool:
        """Tell whether the voice may be heard: not where the person asked to be anonymous, or agreed to text only."""
        heard = {Material.CLIP, Material.VIDEO, Material.AUDIO}
        return self.permission.features.voice and bool(self.materials & heard)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quote that may not be used, and why."""

    quote: Quote
    story: Story
    permission: Permission

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Return why, to be read aloud."""
        return self.permission.reasons


class Gate:
    """Answers one question for any number of stories and quotes; asks the same people only once.

    `also` names materials that would be good to have: a quote is not refused for want of them, and goes without.
    """

    def __init__(self, asked: Asked, also: Sequence[Material] = ()) -> None:
        if not asked.uses:
            raise Refused(say("No use was named, so nothing can be cleared."))
        if not asked.materials:
            raise Refused(say("Nothing was named that would go out, so nothing can be cleared."))
        self.asked = asked
        self._also = [Gate(replace(asked, materials=(material,))) for material in also]
        self._answers: dict[tuple[str, frozenset[str], str], Permission] = {}
        self._singled_out: dict[str, frozenset[str]] = {}
        self._simple: dict[str, tuple[Permission, frozenset[str | None]] | None] = {}

    def of_story(self, circle: Circle) -> Permission:
        """Return the answer for a story as a whole."""
        if away := put_away(circle.story):
            return no(away)
        if not circle.everyone:
            return no(say("Nobody is recorded as being in this story."))
        return self._answer(circle, circle.everyone, "")

    def of_quote(self, circle: Circle, quote: Quote) -> Permission:
        """Return the answer for a quote: of everyone who is there while it is said."""
        story_id = circle.story.id
        simple = self._simple[story_id] if story_id in self._simple else self._whole(circle)
        if simple is not None and quote.speaker_id in simple[1]:
            return simple[0]
        if away := put_away(circle.story):
            return no(away)
        people = circle.in_quote(quote)
        if not people:
            return no(say("Nobody is recorded as being in this story."))
        if any(r.treatment is Treatment.CUT for r in circle.restrictions_on(quote)):
            return no(say("Part of this passage may not go out at all: it was restricted."))
        return self._answer(circle, people, quote.id if quote.id in self._asked_singly(circle) else "")

    def clear(self, circle: Circle, quote: Quote, recording: Recording, text: str | None = None) -> ClearedQuote:
        """Return `quote` cleared, or refuse with the reasons; `text` is its words without the restricted ones."""
        answer = self.of_quote(circle, quote)
        if not answer.allowed:
            raise Refused(answer.reasons[0], hint=answer.reasons[1] if len(answer.reasons) > 1 else "")
        restrictions, speaker = circle.restrictions_on(quote), circle.speaker(quote)
        more = {gate.asked.materials: gate.of_quote(circle, quote) for gate in self._also}
        granted = {materials: one for materials, one in more.items() if one.allowed}
        answer = most_restrictive([answer, *granted.values()])
        near = [r for r in circle.restrictions if r.recording_id == quote.recording_id]  # words may lie elsewhere
        if any(r.silences for r in (restrictions if text is None else near)):
            quote = replace(quote, text=REDACTED if text is None else text)
        quote = replace(quote, wording="", translations=())  # each has a question of its own
        return ClearedQuote(
            quote, circle.story, recording, speaker, self.asked.uses[0], answer, self.asked.on,
            frozenset(self.asked.materials).union(*granted), restrictions, circle.labels,
        )  # fmt: skip

    def _whole(self, circle: Circle) -> tuple[Permission, frozenset[str | None]] | None:
        """Return one answer for every quote of a story, and its possible speakers; None where quotes differ."""
        differ = circle.restrictions or self._asked_singly(circle) or not circle.everyone
        differ = differ or any(p.spans or p.recording_id for p in circle.story.participants)
        whole = None if differ else (self.of_story(circle), frozenset([*circle.everyone, None]))
        self._simple[circle.story.id] = whole
        return whole

    def _asked_singly(self, circle: Circle) -> frozenset[str]:
        """Return the quotes that somebody decided about one by one."""
        known = self._singled_out.get(circle.story.id)
        if known is None:
            known = frozenset(p.quote_id for c in circle.consents for p in c.provisions if p.quote_id)
            self._singled_out[circle.story.id] = known
        return known

    def _answer(self, circle: Circle, people: frozenset[str], quote_id: str) -> Permission:
        key = (circle.story.id, people, quote_id)
        if key not in self._answers:
            self._answers[key] = _over_the_days(circle, people, self.asked, quote_id)
        return self._answers[key]


def permission(circle: Circle, use: Use, on: date) -> Permission:
    """Return the gate's answer for a story and a use on a day."""
    return Gate(Asked((use,), on)).of_story(circle)


def assess(circle: Circle, uses: Sequence[Use], on: date, until: date | None = None) -> Permission:
    """Return one answer for all of `uses`, holding on every day from `on` to the planned last day `until`."""
    return Gate(Asked(tuple(uses), on, until)).of_story(circle)


def _over_the_days(circle: Circle, people: frozenset[str], asked: Asked, quote_id: str) -> Permission:
    """Return the answer that holds on every day asked about, and the last day on which it still does."""
    first, *later = _days_that_matter(circle, asked)
    answer = _on_day(circle, people, asked, quote_id, first)
    for day in later:
        that_day = _on_day(circle, people, asked, quote_id, day)
        if day <= asked.last:
            answer = most_restrictive([answer, that_day])
        elif not that_day.is_as_good_as(answer):
            return replace(answer, until=day - timedelta(1)) if answer.allowed else answer
    return answer


def _days_that_matter(circle: Circle, asked: Asked) -> list[date]:
    """Return the first day asked about, and every later day on which somebody's answer may turn."""
    turning = {day for consent in circle.consents for day in consent.turning_days()}
    turning |= {person.majority_on for person in circle.people.values() if person.majority_on}
    return [asked.on, *sorted(day for day in turning if day > asked.on)]


def _on_day(circle: Circle, people: frozenset[str], asked: Asked, quote_id: str, day: date) -> Permission:
    answers = [_one(circle, person, asked, quote_id, day) for person in sorted(people)]
    communities = [_one(circle, one, asked, quote_id, day) for one in circle.story.communities]
    if communities:
        combined = least_restrictive if circle.story.sharing is Sharing.ANY else most_restrictive
        answers.append(combined(communities))
    return most_restrictive(answers)


def _one(circle: Circle, contributor_id: str, asked: Asked, quote_id: str, day: date) -> Permission:
    person = circle.people.get(contributor_id)
    if person is None:
        return no(say("Somebody whose permission is needed is not on file."))
    own = [c for c in circle.consents if c.contributor_id == person.id and c.covers_story(circle.story.id)]
    return most_restrictive([answer_of(person, own, question) for question in asked.questions(day, quote_id)])
