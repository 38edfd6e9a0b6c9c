"""The Search page, with a real library: what is found, how it is marked, and how it is narrowed and told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.search_bench import (  # noqa: F401 - fixtures among them
    ask,
    closed,
    listed,
    narrow,
    opened,
    searched_library,
    shared_library,
)
from ui.search.hit_paint import REASON
from ui.search.snippet import snippet


@pytest.fixture
def page(shared_library, qtbot):  # noqa: F811
    made = opened(shared_library, qtbot)
    yield made
    closed(made)


def test_words_are_marked_where_they_stand_in_the_real_text(page, qtbot):
    found = ask(page, qtbot, "tomatoes")
    (hit,) = (one.hit for one in found)
    assert [hit.text[a:b] for a, b in hit.marks] == ["tomatoes"]
    assert page.count.text() == "1 hit in 1 story"


def test_french_words_are_found_without_their_accents(page, qtbot):
    found = [one for one in ask(page, qtbot, "aines") if one.hit.kind == "passage"]
    assert {one.story_slug for one in found} >= {"marie-intervenante"}
    hit = found[0].hit
    assert {hit.text[a:b].casefold() for a, b in hit.marks} == {"aînés"}


def test_answers_come_while_one_types(page, qtbot):
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.keyClicks(page.field, "garden")
    assert {one.story_slug for one in listed(page)} >= {"margaret-participant", "george-physician"}
    assert page.understood.words == ("garden",)


def test_a_late_answer_to_what_nobody_asks_any_more_is_dropped(page, qtbot):
    page.search_for("prescription")
    assert {one.story_slug for one in ask(page, qtbot, "tomatoes")} == {"margaret-participant"}
    page.asking.close()
    assert {one.story_slug for one in listed(page)} == {"margaret-participant"}


def test_a_part_of_what_was_typed_is_taken_out_by_its_chip(page, qtbot):
    ask(page, qtbot, 'garden "chronic pain" -tomatoes')
    assert page.understood.words == ("garden", "“chronic pain”", "without: tomatoes")
    chips = page.understood.chips()
    chips[1].setFocus()
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.keyClick(chips[1], Qt.Key.Key_Delete)
    assert page.field.text() == "garden -tomatoes"


def test_facets_tell_how_much_there_is_of_each(page, qtbot):
    ask(page, qtbot, "prescription")
    qtbot.waitUntil(lambda: "fr" in page.facets.shown("languages"))
    everywhere = page.facets.shown("languages")
    narrow(page, qtbot, "provinces", "ON")
    qtbot.waitUntil(lambda: page.facets.shown("languages") != everywhere)
    assert "fr" not in page.facets.shown("languages")
    page.facets.clear()


def test_usable_for_keeps_only_what_the_gate_allows(page, qtbot):
    everything = {one.story_slug for one in ask(page, qtbot, "prescription")}
    assert "margaret-participant" in everything
    assert {one.story_slug for one in narrow(page, qtbot, "usable_for", "website")} == {
        "amina-link-worker", "george-physician"}
    assert {one.story_slug for one in narrow(page, qtbot, "usable_for", "print")} == {"amina-link-worker"}
    assert [name for _facet, _key, name in page.facets.named(page.names)] == ["usable for print"]


def test_a_press_on_the_chip_of_a_filter_widens_again(page, qtbot):
    ask(page, qtbot, "the")
    narrowed = narrow(page, qtbot, "blocks", "bridges")
    assert {one.story_slug for one in narrowed} == {"amina-link-worker"}
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.mouseClick(page.understood.chips()[-1], Qt.MouseButton.LeftButton)
    assert len({one.story_slug for one in listed(page)}) > 1


def test_filters_are_there_before_anything_is_asked_and_alone_find_too(page, qtbot):
    page.search_for("")
    assert {"website", "print"} <= set(page.facets.shown("usable_for"))
    assert {one.story_slug for one in narrow(page, qtbot, "languages", "fr")} == {
        "marie-intervenante", "samuel-conseiller"}


def test_a_tab_keeps_one_kind(page, qtbot):
    ask(page, qtbot, "the")
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.tabs.choose("quote")
    assert {one.hit.kind for one in listed(page)} == {"quote"}
    assert page.count.text() == "1 quote in 1 story"


def test_what_may_not_be_used_says_so_to_those_who_cannot_see(page, qtbot):
    found = ask(page, qtbot, "tomatoes")
    assert found[0].usable == ()
    said = page.hits.hits.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "No use is allowed today" in said


def test_no_hit_names_the_word_to_blame_and_offers_ways_on(page, qtbot):
    assert ask(page, qtbot, "garden helicopter") == []
    qtbot.waitUntil(lambda: "Nothing in the library has “helicopter”." in page.help.text)
    assert "Search without helicopter" in page.help.text


def test_no_hit_says_what_narrows_it(page, qtbot):
    ask(page, qtbot, "tomatoes")
    assert narrow(page, qtbot, "languages", "fr") == []
    assert "It is narrowed to: French." in page.help.text


def test_nothing_asked_shows_examples_to_press(page, qtbot):
    page.search_for("")
    assert "prescription" in page.help.text
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.help.chosen.emit('"community garden"')
    assert len(listed(page)) == 2


@pytest.mark.parametrize("typed", ['"', "***", "=", "AND OR NOT", "a" * 3000, "\0", "('", "«»", "block:", "-", "~5"])
def test_no_input_is_an_error_or_an_empty_page(page, qtbot, typed):
    page.search_for(typed)
    page.asking._pool.waitForDone()
    qtbot.waitUntil(lambda: bool(listed(page)) or bool(page.help.text))
    assert page.toast.isHidden()


def test_completions_are_taken_with_tab_and_put_away_with_escape(page, qtbot):
    qtbot.keyClicks(page.field, "prescr")
    qtbot.waitUntil(lambda: page.field.offers, timeout=10_000)
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert (page.field.offers, page.field.text()) == (False, "prescr")
    qtbot.keyClicks(page.field, "i")
    qtbot.waitUntil(lambda: page.field.offers, timeout=10_000)
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)
    assert page.field.text().startswith("prescri") and page.field.text() != "prescri"
    assert page.field.hasFocus() and not page.field.offers


def test_the_concordance_sets_every_place_under_the_other(page, qtbot):
    ask(page, qtbot, "prescription")
    page.views.concordance.click()
    qtbot.waitUntil(lambda: page.concordance.isVisible() and bool(page.concordance.places.rows))
    nodes = {row.node.casefold() for row in page.concordance.places.rows}
    assert nodes <= {"prescription", "prescriptions", "prescribing", "prescribe"}
    with qtbot.waitSignal(page.play_requested, timeout=5_000) as heard:
        qtbot.keyClick(page.concordance, Qt.Key.Key_Return)
    first = page.concordance.places.rows[0]
    assert heard.args == [first.story_code, first.moment_ms]


def test_the_concordance_is_sorted_by_the_word_after(page, qtbot):
    ask(page, qtbot, "prescription")
    page.views.concordance.click()
    qtbot.waitUntil(lambda: page.concordance.isVisible() and bool(page.concordance.places.rows))
    qtbot.keyClick(page.concordance, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.concordance.places.beside.value == "R1")
    after = [row.right.split(" ")[0].casefold().strip(".,") for row in page.concordance.places.rows]
    assert after == sorted(after)


def test_a_long_passage_is_shown_around_its_marks():
    text = " ".join(["word"] * 200 + ["treasure"] + ["word"] * 200)
    begin = text.index("treasure")
    shown, marks = snippet(text, ((begin, begin + 8),))
    assert len(shown) < 300
    assert [shown[a:b] for a, b in marks] == ["treasure"]
    assert shown.startswith("… word") and shown.endswith("word …")


def press_badge(page, qtbot, index):
    row, found = page.hits.visualRect(index), page.hits.hits.found(index)
    badge = page.hits.painter_.badge_rect(row, found).center().toPoint()
    qtbot.mouseClick(page.hits.viewport(), Qt.MouseButton.LeftButton, pos=badge)


def test_a_press_on_a_badge_tells_why_under_the_hit_and_plays_nothing(page, qtbot):
    ask(page, qtbot, "tomatoes")
    index, played = page.hits.hits.index(0), []
    page.play_requested.connect(lambda *where: played.append(where))
    before = page.hits.visualRect(index).height()
    press_badge(page, qtbot, index)
    assert index.data(REASON) == "Margaret withdrew their consent on 2 March 2026."
    qtbot.waitUntil(lambda: page.hits.visualRect(index).height() > before)
    press_badge(page, qtbot, index)
    assert index.data(REASON) == ""
    assert not played


def test_w_tells_why_without_a_mouse(page, qtbot):
    ask(page, qtbot, '"chronic pain"')
    page.hits.setFocus()
    qtbot.keyClick(page.hits, Qt.Key.Key_W)
    assert "May be used for website" in page.hits.currentIndex().data(REASON)
    assert "has no evidence on file" in page.hits.currentIndex().data(REASON)
