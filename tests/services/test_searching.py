"""Searching: a passage that was found is judged by the people who are there while it is said, as a quote is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.change import ChangeKind
from storybank.domain.clearance import Verdict
from storybank.domain.consent import Decision, Provision
from storybank.domain.query import understood
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant
from storybank.domain.transcript import Span
from tests.services.conftest import Calm


@pytest.fixture
def two_there(house, tmp_path):
    """Amina agreed to the website and is heard all along; George agreed to nothing and is there in the first line."""
    house.view = house.a_story(tmp_path)
    amina, george = house.people.find("Amina Diallo"), house.people.add("George Campbell")
    house.consenting.record(amina.id, ["website"], Attribution.FULL_NAME, Calm())
    first = house.view.lines[0]
    house.people.place(house.view.story.id, [
        Participant(amina.id), Participant(george.id, spans=(Span(first.start_ms, first.end_ms),))])
    return house


def found(house, typed):
    (one,) = house.searching.find(understood(typed)).hits
    return one


def name_speaker(house, number, person):
    with house.work() as work:
        line = work.transcripts.lines(house.view.recordings[0].id)[number]
        work.transcripts.revise(work.transcripts.run_of(line.id), [replace(line, speaker_id=person.id)], "Jo",
                                ChangeKind.VOICED)
        work.commit()


def test_a_passage_needs_the_yes_of_those_who_are_there_and_of_nobody_else(two_there):
    assert (found(two_there, "prescription").usable, found(two_there, "prescription").verdict) == ((), Verdict.DENY)
    assert (found(two_there, "walking").usable, found(two_there, "walking").verdict) == (("website",), Verdict.ALLOW)


def test_whoever_is_named_beside_a_line_is_asked_about_it(two_there):
    name_speaker(two_there, 1, two_there.people.find("George Campbell"))
    assert found(two_there, "walking").verdict is Verdict.DENY


def test_a_speaker_who_is_nowhere_else_in_the_story_is_asked_as_well(two_there):
    samuel = two_there.people.add("Samuel Roy")
    name_speaker(two_there, 1, samuel)
    assert found(two_there, "walking").verdict is Verdict.DENY
    two_there.consenting.put_on_file(
        Agreement(samuel.id, (Provision(Decision.ASK_FIRST, "website"),)), [], Calm())
    assert found(two_there, "walking").ask_first == ("website",)


def test_a_passage_with_a_stretch_that_may_not_go_out_may_not_be_used(two_there):
    line = two_there.view.lines[1]
    cut = two_there.people.restrict(two_there.view.recordings[0].id, line.start_ms + 10, line.start_ms + 20,
                                    Treatment.CUT)
    assert found(two_there, "walking").verdict is Verdict.DENY
    two_there.people.free(cut)
    assert found(two_there, "walking").verdict is Verdict.ALLOW


def test_an_answer_about_one_quote_is_no_answer_about_the_passages_beside_it(house, tmp_path):
    view = house.a_story(tmp_path)
    amina = house.people.find("Amina Diallo")
    house.consenting.put_on_file(Agreement(amina.id, (Provision(Decision.ASK_FIRST, "website"),)), [], Calm())
    house.quoting.pick_lines(view.recordings[0].id, 1, 1).edit.do()
    (quote,) = house.quoting.of_story(view.story.id)
    house.consenting.put_on_file(Agreement(
        amina.id, (Provision(Decision.PERMIT, "website", quote_id=quote.id),),
        story_ids=frozenset({view.story.id})), [], Calm())
    assert (found(house, "prescription").usable, found(house, "walking").usable) == (("website",), ())
    assert found(house, "walking").verdict is Verdict.ASK_FIRST


def counted(house, typed, **filters):
    results = house.searching.find(understood(typed, **filters))
    assert results.total == len(results.hits)
    return results.total


@pytest.mark.parametrize("asked", [{"typed": "walking", "usable_for": "website"}, {"typed": "walking usable:website"},
                                   {"typed": "walking utilisable:\"site web\""}])
def test_what_the_gate_refuses_inside_a_story_is_not_counted_as_usable(two_there, asked):
    george = two_there.people.find("George Campbell")
    assert counted(two_there, **asked) == 0  # one passage, in which George is heard
    name_speaker(two_there, 1, two_there.people.find("Amina Diallo"))
    assert counted(two_there, **asked) == 1  # now two, and he is in the first of them
    name_speaker(two_there, 1, george)
    assert counted(two_there, **asked) == 0


def test_a_stretch_that_may_not_go_out_is_not_counted_as_usable(house, tmp_path):
    house.view = house.a_story(tmp_path)
    house.consenting.record(house.people.find("Amina Diallo").id, ["website"], Attribution.FULL_NAME, Calm())
    assert counted(house, "walking", usable_for="website") == 1
    assert counted(house, "walking -usable:website") == counted(house, "walking usable:print") == 0
    line = house.view.lines[1]
    cut = house.people.restrict(house.view.recordings[0].id, line.start_ms + 10, line.start_ms + 20, Treatment.CUT)
    assert counted(house, "walking", usable_for="website") == 0
    assert counted(house, "walking -usable:website") == 1
    house.people.free(cut)
    assert counted(house, "walking", usable_for="website") == 1


def test_what_was_found_is_fetched_page_by_page_and_counted_by_kind(house, tmp_path):
    house.a_story(tmp_path)
    whole = house.searching.find(understood("walking OR prescription OR amina"))
    assert sum(whole.kinds.values()) == whole.total > 1
    pages = [house.searching.find(whole.query, 1, at).hits for at in range(whole.total + 1)]
    assert [hit for page in pages for hit in page] == list(whole.hits)


def test_an_answer_that_changes_is_asked_for_anew(house, tmp_path):
    house.a_story(tmp_path)
    assert found(house, "walking").usable == ()
    house.consenting.record(house.people.find("Amina Diallo").id, ["website"], Attribution.FULL_NAME, Calm())
    assert found(house, "walking").usable == ("website",)
