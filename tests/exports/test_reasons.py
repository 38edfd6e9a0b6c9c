"""Reasons: outside the house it is told how many were left out and of which kind, and nothing about anybody."""

from __future__ import annotations

from datetime import date

import pytest

from exports.briefs.reasons import counted, why
from storybank.domain import reasons
from storybank.domain.answer import no
from storybank.domain.clearance import LeftOut
from storybank.domain.consent import ConsentState, Stage
from storybank.domain.contributor import Guardian
from storybank.domain.use import Act, Question
from storybank.words import say
from tests import build

ON = date(2026, 3, 1)
MINOR = build.a_person(majority_on=date(2030, 1, 1), guardian=Guardian("Grace Guardian"))
GROWN = build.a_person(majority_on=date(2026, 1, 1))
ADULT = build.a_person()
QUESTION = Question(build.WEBSITE, ON)
ADVERT = Question(build.WEBSITE, ON, act=Act.ADVERTISE)


def left_out(reason):
    return LeftOut(build.a_quote(), build.a_story(), no(reason))


def ended(state, stage=Stage.RELEASE):
    consent = build.a_consent(build.WEBSITE, stage=stage, then=((state, "2026-02-01T10:00:00+00:00"),))
    return reasons.not_standing(ADULT, consent, ON)


@pytest.mark.parametrize(("reason", "kind"), [
    (reasons.not_on_file(ADULT), "there is no consent on file"),
    (reasons.dissents(MINOR), "the consent does not cover this use"),
    (reasons.said_no(ADULT, QUESTION), "the person said no to this use"),
    (reasons.said_no(ADULT, ADVERT), "the person said no to this use"),
    (reasons.asks_first(ADULT, QUESTION), "the person wants to be asked first"),
    (reasons.never_agreed(ADULT, QUESTION), "the consent does not cover this use"),
    (reasons.nobody_with_the_right(MINOR, ON), "the consent does not cover this use"),
    (reasons.nobody_with_the_right(GROWN, ON), "the person has not been asked yet"),
    (reasons.nobody_with_the_right(ADULT, ON), "the consent does not cover this use"),
    (ended(ConsentState.WITHDRAWN), "the consent was withdrawn"),
    (ended(ConsentState.REVOKED), "the consent was revoked"),
    (ended(ConsentState.INVALIDATED), "the consent does not hold any more"),
    (ended(ConsentState.DEFERRED), "the person has not answered yet"),
    (ended(ConsentState.REFUSED), "the person refused"),
    (ended(ConsentState.GIVEN, Stage.RECORD), "the person has not been asked yet"),
    (say("Part of this passage may not go out at all: it was restricted."), "part of the recording may not go out"),
    (say("Something nobody thought of about {person}.", person="Amina"), "the consent does not cover this use"),
])  # fmt: skip
def test_a_reason_outside_names_nobody_and_tells_no_private_one(reason, kind):
    said = str(why(left_out(reason)))
    assert said == kind
    for private in ("Amina", "Grace", "minor", "guardian", "age", "themselves", "2026"):
        assert private not in said.split()


def test_reasons_are_counted_most_first():
    many = [left_out(ended(ConsentState.WITHDRAWN))] * 2 + [left_out(reasons.not_on_file(ADULT))]
    assert [(str(reason), n) for reason, n in counted(many)] == [
        ("the consent was withdrawn", 2), ("there is no consent on file", 1),
    ]
