"""Suggesting: what is offered for a passage, why, and when nothing may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.consent import Decision, Provision
from storybank.domain.quote import Anchor
from storybank.domain.use import Act
from storybank.services.suggesting import Suggesting
from tests.services.conftest import Calm


@pytest.fixture
def suggesting(house):
    return Suggesting(house.work, lambda: house.now.date(), lambda: "Robin")


def tag(house, view, line, *codes):
    new = house.quoting.pick_lines(view.recordings[0].id, line, line, codes)
    new.edit.do()
    return new.quote


def line_of(view, number=0):
    line = view.lines[number]
    return view.recordings[0].id, Anchor(line.id, 0, line.id, len(line.words) - 1)


def codes_of(found):
    return [one.code for one in found]


def say_no_to_analysis(house, name):
    person = house.people.find(name)
    consent = house.consenting.record(person.id, ["website"], Attribution.FULL_NAME, Calm())
    with house.work() as work:
        known = work.consents.get(consent.id)
        no = Provision(Decision.DENY, act=Act.ANALYSE)
        work.consents.save(replace(known, provisions=(*known.provisions, no)))
        work.commit()


def test_the_words_of_an_alias_suggest_a_code_and_are_named(house, tmp_path, suggesting):
    view = house.a_story(tmp_path, text="The ministry must pay for stable funding")
    best = suggesting.for_words(*line_of(view))[0]
    assert best.code == "policy"
    assert "ministry" in str(best.reasons[0]) and str(best.reasons[0]).startswith("says: ")
    assert best.noted == str(best.reasons[0])


def test_french_words_are_seen_through_their_forms(house, tmp_path, suggesting):
    view = house.a_story(tmp_path, text="Le financement des ministères")
    house.correcting.speak([view.lines[0].id], "fr").do()
    assert codes_of(suggesting.for_words(*line_of(view)))[0] == "policy"


def test_a_passage_like_tagged_quotes_gets_their_code_and_their_number(house, tmp_path, suggesting):
    house.quoting.add_code("Tomatoes")
    for number in range(3):
        view = house.a_story(tmp_path, f"v{number}", f"Person {number}", "We planted tomatoes along the old fence")
        tag(house, view, 1, "tomatoes")
    view = house.a_story(tmp_path, "last", "Last One", "She planted tomatoes beside a fence")
    found = {one.code: list(map(str, one.reasons)) for one in suggesting.for_words(*line_of(view))}
    assert "3 similar quotes" in found["tomatoes"]
    assert "used lately" in found["tomatoes"]


def test_codes_of_quotes_nearby_are_suggested(house, tmp_path, suggesting):
    view = house.a_story(tmp_path, text="Bananas")
    tag(house, view, 2, "measure")
    assert "1 quote nearby" in [str(why) for one in suggesting.for_words(*line_of(view)) for why in one.reasons]


def test_a_quote_is_not_told_what_it_has(house, tmp_path, suggesting):
    view = house.a_story(tmp_path, text="The ministry must pay for mentorship and funding")
    quote = tag(house, view, 1, "policy")
    found = codes_of(suggesting.for_quote(quote.id))
    assert "policy" not in found and "training" in found


def test_headings_are_never_suggested(house, tmp_path, suggesting):
    with house.work() as work:
        work.codebook.save(Code("pears", CodeKind.FREE, "Pears", "Poires", codable=False))
        work.commit()
    view = house.a_story(tmp_path, text="Pears grow slowly")
    assert "pears" not in codes_of(suggesting.for_words(*line_of(view)))


def test_who_said_no_to_analysis_gets_no_suggestions_and_lends_their_quotes_to_nobody(house, tmp_path, suggesting):
    house.quoting.add_code("Tomatoes")
    theirs = house.a_story(tmp_path, "theirs", "Noor Said", "The ministry planted tomatoes along the fence")
    tag(house, theirs, 1, "tomatoes")
    other = house.a_story(tmp_path, "other", "Other Person", "She planted tomatoes beside a fence")
    similar = [str(why) for one in suggesting.for_words(*line_of(other)) for why in one.reasons]
    assert "1 similar quote" in similar
    say_no_to_analysis(house, "Noor Said")
    assert suggesting.for_words(*line_of(theirs)) == ()
    assert not suggesting.permission(theirs.recordings[0].id).allowed
    similar = [str(why) for one in suggesting.for_words(*line_of(other)) for why in one.reasons]
    assert not [why for why in similar if "similar" in why]


def test_silence_about_machines_stops_nothing_and_a_switch_stops_everything(house, tmp_path):
    view = house.a_story(tmp_path, text="The ministry must pay")
    on = [True]
    suggesting = Suggesting(house.work, lambda: house.now.date(), wanted=lambda: on[0])
    assert suggesting.for_words(*line_of(view))
    on[0] = False
    assert suggesting.for_words(*line_of(view)) == ()


def test_what_is_tagged_and_taken_back_meanwhile_counts_at_once(house, tmp_path, suggesting):
    house.quoting.add_code("Tomatoes")
    one = house.a_story(tmp_path, "one", "One Person", "We planted tomatoes along the old fence")
    other = house.a_story(tmp_path, "other", "Other Person", "She planted tomatoes beside a fence")
    edit = house.quoting.pick_lines(one.recordings[0].id, 1, 1, ["tomatoes"]).edit

    def similar():
        return "1 similar quote" in [str(w) for s in suggesting.for_words(*line_of(other)) for w in s.reasons]

    seen = [similar()]
    for step in (edit.do, edit.undo, edit.do):
        step()
        seen.append(similar())
    assert seen == [False, True, False, True]


def test_a_blind_coder_is_told_nothing_of_what_others_gave(house, tmp_path, suggesting):
    house.quoting.add_code("Tomatoes")
    view = house.a_story(tmp_path, "one", "One Person", "We planted tomatoes along the old fence")
    tag(house, view, 1, "tomatoes")
    other = house.a_story(tmp_path, "other", "Other Person", "She planted a fence")
    before = Suggesting(house.work, lambda: house.now.date(), lambda: "Sam").for_words(*line_of(other))
    with house.work() as work:
        work.codings.save_coder(replace(work.codings.coder("Sam"), blind=True))
        work.commit()
    blind = Suggesting(house.work, lambda: house.now.date(), lambda: "Sam")
    assert "tomatoes" in codes_of(before)
    assert "tomatoes" not in codes_of(blind.for_words(*line_of(other)))
