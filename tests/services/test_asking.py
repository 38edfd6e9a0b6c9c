"""Asking: who wants to be asked first about a quote, and the answer that settles it for that quote and use."""

from __future__ import annotations

from datetime import date

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.clearance import Verdict
from storybank.domain.consent import ConsentState, Decision, Method, Provision, Role, Taken
from storybank.domain.contributor import Assent, ContributorKind, Guardian
from storybank.domain.story import Participant
from storybank.services.asking import Asking
from tests.services.conftest import Calm

ASK = (Provision(Decision.ASK_FIRST, "website"), Provision(Decision.ASK_FIRST, "media"),
       Provision(Decision.PERMIT, "training"))


@pytest.fixture
def asked(house, tmp_path):
    """Amina, with one quote, wants to be asked before the website and the media."""
    house.asking = Asking(house.work, lambda: house.now.date())
    house.view = house.a_story(tmp_path)
    house.quoting.pick_lines(house.view.recordings[0].id, 1, 1).edit.do()
    house.quoting.pick_lines(house.view.recordings[0].id, 2, 2).edit.do()
    house.amina = house.people.find("Amina Diallo")
    house.consenting.put_on_file(
        Agreement(house.amina.id, ASK, Attribution.FIRST_NAME, wishes=Wishes(face=True)), [], Calm())
    return house


def quote_of(house, number=0):
    return house.quoting.of_story(house.view.story.id)[number]


def wanted(house, number=0):
    wishes = house.asking.wishes(quote_of(house, number).code)
    return [(one.person.name, {use.key for use in one.uses}) for one in wishes]


def settle(house, decision, *uses, person=None, **about):
    said = house.asking.answer(quote_of(house), person or house.amina, uses, decision, **about)
    return house.consenting.put_on_file(said, [], Calm())


def verdicts(house, number=0):
    answers = house.asking.of_quote(quote_of(house, number).code, ["website", "media", "training"])
    return {key: answer.verdict for key, answer in answers.items()}


def test_whoever_wants_to_be_asked_is_named_with_the_uses(asked):
    assert wanted(asked) == [("Amina Diallo", {"website", "media"})]
    replies = asked.asking.of_story(asked.view.story.id)
    assert replies.wishes[quote_of(asked).id] == asked.asking.wishes(quote_of(asked).code)


def test_a_yes_allows_that_use_of_that_quote_and_nothing_else(asked):
    kept = settle(asked, Decision.PERMIT, "website", taken=Taken(method=Method.PHONE))
    assert verdicts(asked)["website"] is Verdict.ALLOW
    assert verdicts(asked)["media"] is Verdict.ASK_FIRST
    assert verdicts(asked, 1)["website"] is Verdict.ASK_FIRST
    assert wanted(asked) == [("Amina Diallo", {"media"})]
    assert (kept.attribution, kept.wishes.face, kept.taken.method) == (Attribution.FIRST_NAME, True, Method.PHONE)
    assert kept.given_on == date(2026, 3, 1)


def test_a_no_refuses_that_use_of_that_quote_and_nothing_else(asked):
    settle(asked, Decision.DENY, "website")
    assert verdicts(asked) == {"website": Verdict.DENY, "media": Verdict.ASK_FIRST, "training": Verdict.ALLOW}
    assert verdicts(asked, 1)["website"] is Verdict.ASK_FIRST
    assert wanted(asked) == [("Amina Diallo", {"media"})]


def test_a_second_answer_about_a_quote_keeps_what_the_first_said_of_another_use(asked):
    first = settle(asked, Decision.PERMIT, "website")
    second = settle(asked, Decision.DENY, "media")
    assert (verdicts(asked)["website"], verdicts(asked)["media"]) == (Verdict.ALLOW, Verdict.DENY)
    assert asked.consenting.consent(first.code).last_state is ConsentState.SUPERSEDED
    assert second.supersedes_id == first.id


def test_several_people_are_asked_each_for_themselves_and_a_community_too(asked):
    george = asked.people.add("George Campbell")
    nation = asked.people.add("Lake Nation", kind=ContributorKind.COMMUNITY)
    asked.people.place(asked.view.story.id, [Participant(asked.amina.id), Participant(george.id)])
    asked.people.share_with(asked.view.story.id, [nation.id])
    for one in (george, nation):
        asked.consenting.put_on_file(Agreement(one.id, (Provision(Decision.ASK_FIRST, "website"),)), [], Calm())
    assert {name for name, _uses in wanted(asked)} == {"Amina Diallo", "George Campbell", "Lake Nation"}
    settle(asked, Decision.PERMIT, "website")
    assert {name for name, _uses in wanted(asked)} == {"George Campbell", "Lake Nation"}
    settle(asked, Decision.PERMIT, "website", person=george)
    settle(asked, Decision.PERMIT, "website", person=nation, role=Role.COMMUNITY, by="Rose Cardinal, council")
    assert (wanted(asked), verdicts(asked)["website"]) == ([], Verdict.ALLOW)


def test_nobody_is_asked_where_somebody_else_said_no(asked):
    george = asked.people.add("George Campbell")
    asked.people.place(asked.view.story.id, [Participant(asked.amina.id), Participant(george.id)])
    assert wanted(asked) == []


def test_a_question_that_an_answer_about_one_quote_cannot_settle_is_not_offered(asked):
    """A guardian agreed, and the person was never asked: that is about them and not about a quote."""
    asked.people.put_under(asked.amina, Guardian("Rose Diallo", assent=Assent.UNKNOWN))
    asked.consenting.put_on_file(Agreement(asked.amina.id, (Provision(Decision.PERMIT, "website"),),
                                           role=Role.GUARDIAN, by="Rose Diallo"), [], Calm())
    assert verdicts(asked)["website"] is Verdict.ASK_FIRST
    assert wanted(asked) == []
