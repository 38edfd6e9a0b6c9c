"""Wording: a quote is shortened and translated only as far as that is true and marked, and can be taken back."""

from __future__ import annotations

import pytest

from storybank.errors import Invalid, NotFound, Refused
from storybank.services.wording import Wording


@pytest.fixture
def quoted(house, tmp_path):
    view = house.a_story(tmp_path, text="I did not believe that trust is the first prescription.")
    house.quoting.pick_lines(view.recordings[0].id, 1, 1).edit.do()
    house.wording = Wording(house.work, lambda: "Robin")
    return house


def quote(house):
    return house.quoting.get("Q-0001")


def test_a_shortened_wording_is_kept_beside_what_was_said_and_can_be_undone(quoted):
    edit = quoted.wording.shorten("Q-0001", "I did not believe (...) trust is the first prescription.")
    edit.do()
    assert quote(quoted).wording == "I did not believe […] trust is the first prescription."
    assert quote(quoted).text == "I did not believe that trust is the first prescription."
    edit.undo()
    assert quote(quoted).wording == ""


def test_every_fault_is_told_in_one_refusal(quoted):
    with pytest.raises(Invalid) as refused:
        quoted.wording.shorten("Q-0001", "I did believe trust is the best prescription.")
    assert all(word in str(refused.value) for word in ("believe", "trust", "best", "not"))


def test_the_words_as_they_were_said_are_no_wording(quoted):
    quoted.wording.shorten("Q-0001", "I did not believe […]").do()
    quoted.wording.shorten("Q-0001", quote(quoted).text).do()
    assert quote(quoted).wording == ""


def test_a_translation_is_kept_with_who_made_it_and_taken_out_again(quoted):
    quoted.wording.translate("Q-0001", "fr", "Je ne croyais pas.", "Marie Roy").do()
    edit = quoted.wording.translate("Q-0001", "fr", "Je n’y croyais pas.")
    edit.do()
    assert [(one.text, one.translator) for one in quote(quoted).translations] == [("Je n’y croyais pas.", "Robin")]
    edit.undo()
    assert [(one.text, one.translator) for one in quote(quoted).translations] == [("Je ne croyais pas.", "Marie Roy")]
    quoted.wording.translate("Q-0001", "fr", "").do()
    assert quote(quoted).translations == ()
    with pytest.raises(NotFound):
        quoted.wording.translate("Q-0001", "fr", "")


def test_a_quote_is_not_translated_into_the_language_it_was_said_in(quoted):
    with pytest.raises(Invalid, match="in that language already"):
        quoted.wording.translate("Q-0001", "en", "I doubted it.")


def test_a_wording_of_words_that_are_others_now_is_not_kept(quoted):
    from storybank.services.holding import Holding

    edit = quoted.wording.shorten("Q-0001", "I did not believe […]")
    line = quoted.browsing.story("amina").lines[0]
    quoted.correcting.reword(line.id, "I never believed that trust is the first prescription.").do()
    Holding(quoted.work).accept("Q-0001").do()
    with pytest.raises(Refused, match="taken anew"):
        edit.do()
