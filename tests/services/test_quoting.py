"""Correcting and quoting: exact words, exact times, and always a way back."""

from __future__ import annotations

import pytest

from storybank.domain.quote import Anchor
from storybank.errors import Invalid, NotFound
from storybank.persistence.codings import StoredCodings


@pytest.fixture
def story(house, tmp_path):
    return house.a_story(tmp_path)


def test_a_quote_has_the_words_and_the_times_that_were_said(house, story):
    line = story.lines[0]
    new = house.quoting.pick(story.recordings[0].id, Anchor(line.id, 2, line.id, 4), ["bridges"])
    new.edit.do()
    quote = house.quoting.get("Q-0001")
    assert (quote.text, quote.start_ms, quote.end_ms) == ("the first prescription", 800, 2000)


def test_the_stakeholder_comes_from_the_contributor_and_can_be_overridden(house, story):
    house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    quote = house.quoting.get("Q-0001")
    assert quote.codes == {"bridges", "link_worker"}
    house.quoting.retag(quote.id, ["bridges", "physician"]).do()
    assert house.quoting.get("Q-0001").codes == {"bridges", "physician"}


def test_tagging_can_be_undone_and_done_again(house, story):
    house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
    edit = house.quoting.retag(house.quoting.get("Q-0001").id, ["measure"])
    edit.do()
    edit.undo()
    assert house.quoting.get("Q-0001").codes == {"link_worker"}
    edit.do()
    assert house.quoting.get("Q-0001").codes == {"measure"}


def test_a_quote_that_is_undone_comes_back_with_its_number(house, story):
    edit = house.quoting.pick_lines(story.recordings[0].id, 1, 2).edit
    edit.do()
    edit.undo()
    assert house.quoting.all() == []
    edit.do()
    assert [q.code for q in house.quoting.all()] == ["Q-0001"]


def test_a_number_is_taken_when_the_quote_is_made_and_never_given_twice(house, story):
    first, second = (house.quoting.pick_lines(story.recordings[0].id, line, line) for line in (1, 2))
    second.edit.do()
    first.edit.do()
    assert (second.quote.code, first.quote.code) == ("Q-0001", "Q-0002")
    second.edit.undo()
    first.edit.undo()
    house.quoting.pick_lines(story.recordings[0].id, 1, 2).edit.do()
    second.edit.do()
    assert sorted(quote.code for quote in house.quoting.all()) == ["Q-0001", "Q-0003"]


def test_a_quote_that_could_not_be_made_is_not_half_there(house, story, monkeypatch):
    new = house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"])
    with monkeypatch.context() as broken:
        broken.setattr(StoredCodings, "put", _fail)
        with pytest.raises(OSError, match="disk"):
            new.edit.do()
    assert house.quoting.all() == []
    new.edit.do()
    assert [quote.code for quote in house.quoting.all()] == ["Q-0001"]


def _fail(*_about):
    raise OSError("no room on the disk")


def test_an_unknown_code_is_refused_by_name(house, story):
    with pytest.raises((Invalid, NotFound), match="nonsense"):
        house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["nonsense"])


def test_lines_that_are_not_there_are_explained(house, story):
    with pytest.raises(Invalid, match="it has 2"):
        house.quoting.pick_lines(story.recordings[0].id, 1, 5)


def test_a_correction_leaves_the_engines_words_untouched(house, story):
    before = house.transcribing.segments(story.runs[-1].id)
    house.correcting.reword(story.lines[0].id, "Trust is our first prescription we write").do()
    assert house.browsing.story("amina").lines[0].text == "Trust is our first prescription we write"
    assert house.transcribing.segments(story.runs[-1].id) == before


def test_a_correction_can_be_undone(house, story):
    edit = house.correcting.reword(story.lines[0].id, "Something else")
    edit.do()
    edit.undo()
    after = house.browsing.story("amina").lines[0]
    assert (after.text, after.words) == (story.lines[0].text, story.lines[0].words)


def test_an_empty_correction_is_refused(house, story):
    with pytest.raises(Invalid, match="cannot be empty"):
        house.correcting.reword(story.lines[0].id, "  ")


def test_a_quote_made_after_a_correction_has_the_corrected_words(house, story):
    house.correcting.reword(story.lines[0].id, "Trust is our first prescription we write").do()
    line = house.browsing.story("amina").lines[0]
    house.quoting.pick(story.recordings[0].id, Anchor(line.id, 2, line.id, 4)).edit.do()
    assert house.quoting.get("Q-0001").text == "our first prescription"


def test_a_free_code_is_added_once(house):
    assert house.quoting.add_code("Hope").key == house.quoting.add_code("hope").key == "hope"


def test_a_code_needs_a_name(house):
    with pytest.raises(Invalid, match="needs a name"):
        house.quoting.add_code("  ")


def test_codes_whose_names_have_no_latin_letters_are_two_codes(house):
    keys = {house.quoting.add_code(label).key for label in ("مرحبا", "😀", "مرحبا")}
    assert len(keys) == 2


def test_a_correction_holds_nothing_that_a_page_cannot_show(house, story):
    house.correcting.reword(story.lines[0].id, "Trust\x1b[2J is\x0b our\nfirst \u202eword").do()
    assert house.browsing.story("amina").lines[0].text == "Trust [2J is our first word"
