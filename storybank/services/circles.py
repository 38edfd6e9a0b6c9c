"""Circles: gathering everyone a story needs to ask, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from storybank.domain.answer import Permission, Verdict, ended_with_no, may_process, most_restrictive, no, state_of
from storybank.domain.clearance import Circle, permission
from storybank.domain.consent import Consent, ConsentState
from storybank.domain.contributor import Contributor
from storybank.domain.lists import ConsentBadge
from storybank.domain.reasons import ACTS, put_away
from storybank.domain.restriction import Restriction
from storybank.domain.story import Story
from storybank.domain.use import Act, Use
from storybank.errors import Refused
from storybank.ports import UnitOfWork
from storybank.words import say

_RESTRICTIVE = (
    ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.INVALIDATED, ConsentState.REFUSED, ConsentState.EXPIRED,
    ConsentState.DEFERRED, ConsentState.REQUESTED, ConsentState.RENEWED, ConsentState.GIVEN,
)  # fmt: skip


def circle_of(work: UnitOfWork, story_id: str) -> Circle:
    """Return everyone a story needs to ask, whoever speaks in one of its quotes among them."""
    story = work.stories.get(story_id)
    speakers = work.quotes.speakers(story_id).get(story_id, frozenset())
    people = {one: work.contributors.get(one) for one in _asked(story, speakers)}
    consents = [consent for person in people for consent in work.consents.of(person)]
    recordings = [recording.id for recording in work.recordings.of_story(story_id)]
    restrictions = work.restrictions.of_recordings(recordings)
    return Circle(story, people, consents, restrictions, work.quotes.in_unknown_voices(story_id))


def circles_of(work: UnitOfWork) -> list[Circle]:
    """Return everyone each story needs to ask, in the order the stories came in; a handful of questions for all."""
    people = {person.id: person for person in work.contributors.all()}
    consents: dict[str, list[Consent]] = {}
    for consent in work.consents.all():
        consents.setdefault(consent.contributor_id, []).append(consent)
    speakers, restrictions = work.quotes.speakers(), _by_story(work)
    return [
        _circle(story, people, consents, speakers.get(story.id, frozenset()), restrictions.get(story.id, ()))
        for story in work.stories.all()
    ]


def _circle(story: Story, people: Mapping[str, Contributor], consents: Mapping[str, Sequence[Consent]],
            speakers: frozenset[str], restrictions: Sequence[Restriction]) -> Circle:
    own = {one: people[one] for one in _asked(story, speakers)}
    return Circle(story, own, [c for person in own for c in consents.get(person, ())], restrictions)


def _asked(story: Story, speakers: frozenset[str] | set[str]) -> list[str]:
    there = [participant.contributor_id for participant in story.participants]
    return list(dict.fromkeys([*there, *story.communities, *sorted(speakers)]))


def _by_story(work: UnitOfWork) -> dict[str, list[Restriction]]:
    restrictions = work.restrictions.all()
    if not restrictions:
        return {}
    story_of = {recording.id: recording.story_id for recording in work.recordings.all()}
    found: dict[str, list[Restriction]] = {}
    for restriction in restrictions:
        found.setdefault(story_of[restriction.recording_id], []).append(restriction)
    return found


def badge_of(circle: Circle, uses: Sequence[Use], on: date) -> ConsentBadge:
    """Return where a story stands: the most restrictive state of its people, and what is allowed today."""
    answers = {use.key: permission(circle, use, on) for use in uses}
    allowed = tuple(key for key, answer in answers.items() if answer.allowed)
    until = min((a.until for a in answers.values() if a.allowed and a.until), default=None)
    asked, bound = (tuple(key for key, answer in answers.items() if answer.verdict is verdict)
                    for verdict in (Verdict.ASK_FIRST, Verdict.ALLOW_WITH_CONDITIONS))
    return ConsentBadge(circle.story.id, _state_of(circle, on), until, allowed, None, asked, bound)


def _state_of(circle: Circle, on: date) -> ConsentState | None:
    own = ([c for c in circle.consents if c.contributor_id == one and c.covers_story(circle.story.id)]
           for one in circle.everyone)
    states = [state_of(consents, on) for consents in own]
    known = [state for state in states if state is not None]
    return min(known, key=_RESTRICTIVE.index) if known and len(known) == len(states) else None


def may_be_processed(work: UnitOfWork, story_id: str, act: Act, on: date) -> Permission:
    """Return whether a machine in the house may do `act` with a story: everyone in it decides."""
    return processing(circle_of(work, story_id), act, on)


def processing(circle: Circle, act: Act, on: date) -> Permission:
    """Return whether a machine may do `act`: everyone in the story, or quoted from it, and its communities decide."""
    if away := put_away(circle.story):
        return no(away)
    told_of = {participant.contributor_id for participant in circle.story.participants}
    asked = circle.everyone | set(circle.story.communities) | (set(circle.people) - told_of)
    own = {one: [c for c in circle.consents if c.contributor_id == one and c.covers_story(circle.story.id)]
           for one in asked}
    answers = [may_process(circle.people[one], own[one], act, on) for one in sorted(asked)]
    nobody = Permission(Verdict.ALLOW, (say("Nobody said no to this: {act}.", act=ACTS[act]),))
    return most_restrictive(answers or [nobody])


def check_still_asked(work: UnitOfWork, story: Story, contributor_ids: Sequence[str]) -> None:
    """Refuse to leave somebody out of a story who said no: nobody would ask them any more."""
    for one in dict.fromkeys(participant.contributor_id for participant in story.participants):
        if one not in contributor_ids and ended_with_no(work.consents.of(one), story.id):
            person = work.contributors.get(one)
            raise Refused(
                say("{person} said no, and cannot be left out of story {code}.", person=person.name, code=story.code),
                hint=say("If they were never in it, mark their record as entered in error first."),
            )
