"""The gate: silence is no, deny beats permit, everyone must agree, the most restrictive wins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Verdict, assess, permission
from storybank.domain.consent import GRANTS, ConsentState, Decision, Provision
from storybank.domain.use import Material
from storybank.errors import Refused
from tests.build import PRINT, TODAY, WEBSITE, a_circle, a_consent, a_person, cleared

LATER = "2026-02-01T10:00:00+00:00"
MEDIA = (Material.CLIP, Material.AUDIO, Material.STILL)


def test_a_quote_is_cleared_for_a_use_that_was_agreed_to():
    assert cleared(a_consent(WEBSITE)).attribution is Attribution.FULL_NAME


def test_without_consent_on_file_the_gate_says_so():
    with pytest.raises(Refused, match="no consent on file for Amina Diallo"):
        cleared()


def test_a_use_that_nobody_spoke_about_is_refused():
    with pytest.raises(Refused, match=r"did not agree to this use: print"):
        cleared(a_consent(WEBSITE), uses=(PRINT,))


def test_every_use_must_be_agreed_to():
    with pytest.raises(Refused, match="print"):
        cleared(a_consent(WEBSITE), uses=(WEBSITE, PRINT))


def test_no_use_at_all_clears_nothing():
    with pytest.raises(Refused, match="No use was named"):
        cleared(a_consent(WEBSITE), uses=())


def test_a_withdrawn_consent_refuses_and_names_the_day():
    with pytest.raises(Refused, match="withdrew their consent on 1 February 2026"):
        cleared(a_consent(WEBSITE, then=[(ConsentState.WITHDRAWN, LATER)]))


def test_an_older_consent_does_not_outlive_a_withdrawal():
    older = a_consent(WEBSITE, code="C-0001")
    withdrawn = a_consent(WEBSITE, code="C-0002", then=[(ConsentState.WITHDRAWN, LATER)])
    with pytest.raises(Refused, match="withdrew"):
        cleared(older, withdrawn)


def test_a_consent_given_after_a_withdrawal_counts():
    withdrawn = a_consent(WEBSITE, code="C-0001", then=[(ConsentState.WITHDRAWN, LATER)])
    again = a_consent(WEBSITE, code="C-0002", at="2026-02-10T10:00:00+00:00")
    assert cleared(withdrawn, again).permission.consents == ("C-0002",)


def test_a_pending_consent_refuses():
    with pytest.raises(Refused, match="has not answered yet"):
        cleared(a_consent(WEBSITE, state=ConsentState.REQUESTED))


def test_a_consent_holds_on_its_last_day_and_not_on_the_next():
    consent = a_consent(WEBSITE, valid_until=TODAY)
    assert cleared(consent).permission.until == TODAY
    with pytest.raises(Refused, match="ended on 1 March 2026"):
        cleared(consent, on=TODAY + timedelta(days=1))


def test_the_planned_last_day_of_use_counts_as_well_as_today():
    circle = a_circle(a_consent(WEBSITE, valid_until=TODAY + timedelta(days=5)))
    assert assess(circle, [WEBSITE], TODAY, TODAY + timedelta(days=5)).allowed
    assert not assess(circle, [WEBSITE], TODAY, TODAY + timedelta(days=6)).allowed


def test_a_consent_given_tomorrow_does_not_hold_today():
    assert not permission(a_circle(a_consent(WEBSITE, given_on=TODAY + timedelta(days=1))), WEBSITE, TODAY).allowed


def test_everyone_in_the_story_must_agree():
    two = [a_person(), a_person("george", "George Campbell")]
    with pytest.raises(Refused, match="George Campbell"):
        cleared(a_consent(WEBSITE), people=two)


def test_a_deny_beats_a_permit():
    with pytest.raises(Refused, match="said no"):
        cleared(a_consent(WEBSITE), a_consent(WEBSITE, code="C-0002", decision=Decision.DENY))


def test_ask_first_is_not_a_yes():
    circle = a_circle(a_consent(WEBSITE, decision=Decision.ASK_FIRST))
    answer = permission(circle, WEBSITE, TODAY)
    assert (answer.verdict, answer.allowed) == (Verdict.ASK_FIRST, False)


def test_the_most_restrictive_attribution_wins():
    two = [a_person(), a_person("george", "George Campbell")]
    consents = (a_consent(WEBSITE), a_consent(WEBSITE, person="george", attribution=Attribution.ROLE_ONLY))
    assert cleared(*consents, people=two).attribution is Attribution.ROLE_ONLY


def test_a_consent_for_another_story_does_not_cover_this_one():
    with pytest.raises(Refused, match="no consent on file"):
        cleared(a_consent(WEBSITE, story_ids=frozenset({"another"})))


def for_this_story(*uses, code="C-0002", at=LATER, **about):
    return a_consent(*uses, code=code, at=at, story_ids=frozenset({"story-1"}), **about)


@pytest.mark.parametrize(("state", "reason"), [
    (ConsentState.REFUSED, "refused consent on 1 February 2026"), (ConsentState.REQUESTED, "has not answered yet"),
])
def test_a_no_to_one_story_is_not_overruled_by_an_older_yes_to_all(state, reason):
    with pytest.raises(Refused, match=reason):
        cleared(a_consent(WEBSITE), for_this_story(state=state))


def test_a_yes_to_one_story_that_has_ended_is_not_prolonged_by_an_older_yes_to_all():
    with pytest.raises(Refused, match="ended on"):
        cleared(a_consent(WEBSITE), for_this_story(WEBSITE, valid_until=TODAY - timedelta(days=1)))


def test_a_yes_to_one_story_after_a_no_to_all_counts_alone():
    refused = a_consent(state=ConsentState.REFUSED)
    assert cleared(refused, for_this_story(WEBSITE)).permission.consents == ("C-0002",)


def test_of_two_agreements_that_stand_the_one_that_tells_less_of_the_person_wins():
    soon = TODAY + timedelta(days=3)
    less = for_this_story(WEBSITE, attribution=Attribution.ROLE_ONLY, valid_until=soon)
    for pair in ((a_consent(WEBSITE), less), (less, a_consent(WEBSITE))):
        answer = cleared(*pair).permission
        assert (answer.attribution, answer.until) == (Attribution.ROLE_ONLY, soon)
        assert set(answer.consents) == {"C-0001", "C-0002"}


def test_the_reason_is_the_last_thing_that_was_said():
    withdrawn = a_consent(WEBSITE, then=[(ConsentState.WITHDRAWN, LATER)])
    ended = a_consent(WEBSITE, code="C-0002", at="2026-02-10T10:00:00+00:00", valid_until=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="ended on"):
        cleared(withdrawn, ended)


def test_a_consent_entered_in_error_counts_for_nothing():
    with pytest.raises(Refused, match="no consent on file"):
        cleared(a_consent(WEBSITE, then=[(ConsentState.ENTERED_IN_ERROR, LATER)]))


def test_a_story_with_nobody_in_it_is_never_cleared():
    circle = a_circle(a_consent(WEBSITE))
    empty = type(circle)(type(circle.story)("s", "S-0001", "t", "t", "en"), {}, circle.consents)
    assert not permission(empty, WEBSITE, TODAY).allowed


def test_a_face_is_shown_only_where_the_person_may_be_named():
    assert cleared(a_consent(WEBSITE), also=MEDIA).shows_face
    assert not cleared(a_consent(WEBSITE, attribution=Attribution.ROLE_ONLY), also=MEDIA).shows_face


def test_an_anonymous_person_is_not_heard():
    assert cleared(a_consent(WEBSITE, attribution=Attribution.ROLE_ONLY), also=MEDIA).carries_voice
    assert not cleared(a_consent(WEBSITE, attribution=Attribution.ANONYMOUS), also=MEDIA).carries_voice


consents = st.builds(
    lambda uses, state, decision, level, after, until: a_consent(
        provisions=[Provision(decision, use.key, condition="Ask my sister.") for use in uses], state=state,
        attribution=level, then=after, valid_until=until),
    st.lists(st.sampled_from([WEBSITE, PRINT]), max_size=2, unique=True),
    st.sampled_from([s for s in ConsentState if s is not ConsentState.EXPIRED]),
    st.sampled_from(Decision), st.sampled_from(Attribution),
    st.lists(st.tuples(st.sampled_from(list(ConsentState)), st.just(LATER)), max_size=2),
    st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
)


@given(st.lists(consents, max_size=4), st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_nothing_is_allowed_that_no_standing_consent_permits(given_consents, on):
    answer = permission(a_circle(*given_consents), WEBSITE, on)
    permits = [
        c for c in given_consents
        if c.stands(on) and any(p.decision in GRANTS and p.use == WEBSITE.key for p in c.provisions)
    ]
    if answer.allowed:
        assert permits
    assert answer.reasons


@given(st.lists(consents, max_size=3), consents, st.sampled_from([ConsentState.WITHDRAWN, ConsentState.REVOKED]))
def test_a_last_event_of_withdrawal_always_refuses(earlier, last, taken_back):
    ended = a_consent(WEBSITE, code="C-0009", then=[(taken_back, "2026-02-28T10:00:00+00:00")])
    answer = permission(a_circle(*earlier, last, ended), WEBSITE, TODAY)
    assert not answer.allowed


@given(consents, st.sampled_from(["en", "fr"]))
def test_every_reason_can_be_read_in_both_languages(consent, language):
    answer = permission(a_circle(consent), WEBSITE, TODAY)
    assert all(reason.said_in(language).endswith(".") for reason in answer.reasons)
