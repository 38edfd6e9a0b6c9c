"""People: who decides, who is in a story and when, and which stretches are not free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState, Decision, Provision, Role
from storybank.domain.contributor import Assent, Citation, ContributorKind, Guardian, Label
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant, Sharing
from storybank.domain.transcript import Span
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

YES = (Provision(Decision.PERMIT, "website"),)


@pytest.fixture
def story(house, tmp_path):
    """A story with a quote that Amina agreed to."""
    view = house.a_story(tmp_path)
    house.quoting.pick_lines(view.recordings[0].id, 1, 1).edit.do()
    house.consenting.record(view.people[0].id, ["website"], Attribution.FULL_NAME, Calm())
    return view


def community(house, name="Cedar Lake Nation"):
    return house.people.add(name, kind=ContributorKind.COMMUNITY)


def may(house, story, quote=""):
    return house.consenting.permission(story.story.id, ["website"], quote=quote).allowed


def agree(house, person, role=Role.PERSON):
    house.consenting.put_on_file(Agreement(person.id, YES, Attribution.FULL, role=role), [], Calm())


def test_a_guardian_decides_and_the_person_can_still_say_no(house, story):
    amina = house.people.save(replace(story.people[0], majority_on=date(2030, 1, 1))) or house.people.all()[0]
    assert not may(house, story), "she agreed herself, and is a minor"
    house.people.put_under(amina, Guardian("Pat Diallo", "mother", "parent", Assent.YES, date(2026, 1, 1)))
    agree(house, amina, Role.GUARDIAN)
    assert may(house, story)
    house.people.put_under(house.people.all()[0], Guardian("Pat Diallo", assent=Assent.DISSENT))
    assert not may(house, story)
    assert house.people.find("Amina Diallo").guardian.assent is Assent.DISSENT


def test_who_decides_needs_a_name_and_a_person_to_decide_for(house):
    with pytest.raises(Invalid, match="who decides for Zed"):
        house.people.put_under(house.people.add("Zed"), Guardian(" "))
    with pytest.raises(Invalid, match="decides for itself"):
        house.people.put_under(community(house), Guardian("Chief"))
    assert house.people.put_under(house.people.find("Zed"), None).guardian is None


def test_only_those_who_are_there_while_a_quote_is_said_are_asked(house, story):
    quote, other = house.quoting.get("Q-0001"), house.people.add("Wanda Witness")
    after = Participant(other.id, spans=(Span(quote.end_ms, quote.end_ms + 500),))
    house.people.place(story.story.id, [Participant(story.people[0].id), after])
    assert may(house, story, "Q-0001") and not may(house, story)
    house.people.place(story.story.id, [Participant(story.people[0].id),
                                        replace(after, spans=(Span(quote.end_ms - 1, quote.end_ms + 500),))])
    assert not may(house, story, "Q-0001")


@pytest.mark.parametrize(("about", "message"), [
    ({"recording_id": "elsewhere"}, "does not belong to story S-0001"),
    ({"spans": (Span(500, 500),)}, "must end after it begins"),
])
def test_a_part_that_nobody_can_have_leaves_the_story_as_it_was(house, story, about, message):
    with pytest.raises(Invalid, match=message):
        house.people.place(story.story.id, [Participant(story.people[0].id, **about)])
    with pytest.raises(NotFound):
        house.people.place(story.story.id, [Participant("nobody")])
    assert house.browsing.story("amina").story.participants == story.story.participants


def test_all_communities_must_agree_or_any_one(house, story):
    first, second = community(house), community(house, "Willow River")
    assert house.people.share_with(story.story.id, [first.id, second.id]).sharing is Sharing.ALL
    agree(house, first, Role.COMMUNITY)
    assert not may(house, story, "Q-0001")
    house.people.share_with(story.story.id, [first.id, second.id], Sharing.ANY)
    assert may(house, story, "Q-0001")
    house.people.share_with(story.story.id, [second.id], Sharing.ANY)
    assert not may(house, story, "Q-0001")


def test_a_story_is_shared_with_communities_and_labels_are_given_by_them(house, story):
    with pytest.raises(Invalid, match="a person and not a community"):
        house.people.share_with(story.story.id, [story.people[0].id])
    with pytest.raises(Invalid, match="labels are given by communities"):
        house.people.label(story.people[0], [Label("TK A", "Name us.")])
    nation = community(house)
    with pytest.raises(Invalid, match="its name and its text"):
        house.people.label(nation, [Label("TK A", " ")])
    house.people.label(nation, [Label("TK A", "  Name us,\nas we name ourselves. ")])
    assert house.people.find(nation.code).labels[0].text == "  Name us,\nas we name ourselves. "


def test_an_elder_is_cited_and_the_citation_can_be_taken_back(house):
    elder = house.people.add("Rose Birch")
    house.people.cite(elder, Citation("Elder", "Cedar Lake Nation"))
    assert house.people.find("Rose Birch").citation.nation == "Cedar Lake Nation"
    house.people.cite(elder, None)
    assert house.people.find("Rose Birch").citation is None


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 5), (0, 60_001)])
def test_a_stretch_outside_the_recording_is_refused(house, story, start, end):
    with pytest.raises(Invalid, match=r"does not lie in amina.mp4, which is 60 seconds long"):
        house.people.restrict(story.recordings[0].id, start, end, Treatment.CUT)
    assert house.people.restrictions([story.recordings[0].id]) == []


def test_a_restricted_stretch_stops_the_quote_until_it_is_freed(house, story):
    quote = house.quoting.get("Q-0001")
    one = house.people.restrict(quote.recording_id, quote.end_ms - 1, 60_000, Treatment.CUT, "a child is named")
    assert not may(house, story, "Q-0001")
    assert house.people.restrictions([quote.recording_id]) == [one]
    house.people.free(one)
    assert may(house, story, "Q-0001") and house.people.restrictions([quote.recording_id]) == []


def test_whoever_is_told_alone_by_role_and_place_is_warned_about(house, story):
    house.people.save(replace(story.people[0], role="Link worker"))
    house.consenting.record(story.people[0].id, ["website"], Attribution.ROLE_AND_PLACE, Calm())
    answer = house.consenting.permission(story.story.id, ["website"])
    assert "P-0001" in str(house.consenting.warnings(story.story.id, answer)[0])
    (code, _), = house.exporting.select(None, ["website"]).warnings
    assert code == "Q-0001"
    house.people.add("Beth Other", stakeholder="link_worker", province="ON")
    assert house.consenting.warnings(story.story.id, answer) == []
    assert house.exporting.select(None, ["website"]).warnings == ()


def test_people_change_and_a_name_is_needed(house):
    zed = house.people.add(" Zed  ", stakeholder="funder")
    house.people.save(replace(zed, organization="Northern Light"))
    assert house.people.find("zed").organization == "Northern Light"
    with pytest.raises(Invalid, match="needs a name"):
        house.people.add("  ")
    with pytest.raises(NotFound):
        house.people.add("Yan", stakeholder="wizard")
    with pytest.raises(NotFound):
        house.people.save(replace(zed, id="nobody"))
    assert len(house.people.all()) == 1


def test_somebody_who_said_no_cannot_be_left_out_of_a_story(house, tmp_path):
    story = house.a_story(tmp_path).story
    amina, other = house.people.find("Amina Diallo"), house.people.add("Zed Fictional")
    house.withdrawing.withdraw(Stop(amina.id))
    for leave_out in (lambda: house.people.place(story.id, [Participant(other.id)]),
                      lambda: house.collecting.name_people(story.id, [other.id])):
        with pytest.raises(Refused, match="said no, and cannot be left out of story S-0001"):
            leave_out()
    house.consenting.enter(house.consenting.consents_of(amina.id)[0].id, ConsentState.ENTERED_IN_ERROR)
    house.people.place(story.id, [Participant(other.id)])
    assert [person.name for person in house.browsing.story("S-0001").people] == ["Zed Fictional"]
