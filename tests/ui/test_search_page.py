"""The Search page, with a real library: what is found, how it is marked, and how it is narrowed and played."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.words import Words
from tests.ui.story_library import add_quotes, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.search.hit_paint import REASON
from ui.search.page import SearchPage
from ui.search.snippet import snippet

SLUGS = ("amina-link-worker", "margaret-participant", "marie-intervenante", "samuel-conseiller", "george-physician")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    app = build_library(tmp_path_factory.mktemp("search") / "library", SLUGS)
    add_quotes(app, app.browsing.story("amina-link-worker").story, {1: ("bridges",)})
    yield app
    app.close()


@pytest.fixture
def page(library, qtbot):
    bridge = Bridge(library.hub)
    made = SearchPage(library, Words("en"), theme.LIGHT, bridge)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    made.asking.close()
    bridge.close()


def ask(page, qtbot, text) -> list:
    """Search, wait for the answer, and return what is listed."""
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.search_for(text)
    return listed(page)


def listed(page) -> list:
    model = page.hits.hits
    return [model.found(model.index(row)) for row in range(model.rowCount())]


def test_words_are_marked_where_they_stand_in_the_real_text(page, qtbot):
    found = ask(page, qtbot, "prescriptions")
    hit = next(one.hit for one in found if one.story_slug == "amina-link-worker")
    assert [hit.text[a:b] for a, b in hit.marks] == ["prescription"]
    assert page.count.text() == f"{len(found)} passages in {len({one.story_code for one in found})} stories"


def test_french_words_are_found_without_their_accents(page, qtbot):
    found = ask(page, qtbot, "aines")
    assert [one.story_slug for one in found] == ["marie-intervenante"]
    (begin, end), = found[0].hit.marks
    assert found[0].hit.text[begin:end] == "aînés"


def test_answers_come_while_one_types_and_once_only(page, qtbot):
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.keyClicks(page.field, "garden")
    assert {one.story_slug for one in listed(page)} == {"margaret-participant", "george-physician"}
    assert page.understood.words == ("“garden” and its forms",)


def test_enter_plays_the_first_hit(page, qtbot):
    (first, *_more) = ask(page, qtbot, "medicine")
    with qtbot.waitSignal(page.play_requested, timeout=5_000) as heard:
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert heard.args == [first.story_code, first.hit.start_ms]


def test_the_play_sign_plays_its_own_hit(page, qtbot):
    found = ask(page, qtbot, "prescription")
    index = page.hits.hits.index(1)
    sign = page.hits.painter_.play_rect(page.hits.visualRect(index)).center().toPoint()
    with qtbot.waitSignal(page.play_requested, timeout=5_000) as heard:
        qtbot.mouseClick(page.hits.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert heard.args == [found[1].story_code, found[1].hit.start_ms]


def test_usable_for_keeps_only_what_the_gate_allows(page, qtbot):
    everything = {one.story_slug for one in ask(page, qtbot, "prescription")}
    assert "margaret-participant" in everything
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.facets.check("usable_for", "website")
    assert {one.story_slug for one in listed(page)} == {"amina-link-worker", "george-physician"}
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.facets.check("usable_for", "print")
    assert {one.story_slug for one in listed(page)} == {"amina-link-worker"}
    assert [name for _facet, _key, name in page.facets.named()] == ["usable for print"]


def test_a_building_block_narrows_to_what_is_tagged_and_a_press_on_its_chip_widens_again(page, qtbot):
    ask(page, qtbot, "the")
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.facets.check("blocks", "bridges")
    (only,) = listed(page)
    assert (only.story_slug, only.hit.quote_code[:2]) == ("amina-link-worker", "Q-")
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.understood.dropped.emit("blocks", "bridges")
    assert len(listed(page)) > 5


def test_filters_alone_find_too(page, qtbot):
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.facets.check("languages", "fr")
    assert {one.story_slug for one in listed(page)} == {"marie-intervenante", "samuel-conseiller"}


def test_what_may_not_be_used_says_so_to_those_who_cannot_see(page, qtbot):
    found = ask(page, qtbot, "tomatoes")
    assert found[0].usable == ()
    said = page.hits.hits.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "No use is allowed today" in said


def test_no_hit_names_the_word_to_blame_and_offers_the_rest(page, qtbot):
    assert ask(page, qtbot, "garden helicopter") == []
    assert "Nobody says helicopter." in page.help.text
    assert "garden 3 passages without the rest" in page.help.text


def test_nothing_asked_shows_examples_to_press(page, qtbot):
    page.search_for("")
    assert "prescription" in page.help.text
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.help.chosen.emit('"community garden"')
    assert len(listed(page)) == 2


@pytest.mark.parametrize("typed", ['"', "***", "=", "AND OR NOT", "a" * 3000, "\0", "('", "«»"])
def test_no_input_is_an_error(page, qtbot, typed):
    page.search_for(typed)
    page.asking.close()
    assert page.toast.isHidden()


def test_a_corrected_line_is_found_as_it_reads_now(page, library, qtbot):
    line = library.browsing.story("amina-link-worker").lines[3]
    edit = library.correcting.reword(line.id, "We began with a walking group and a samovar of tea.")
    edit.do()
    assert [one.hit.text[a:b] for one in ask(page, qtbot, "samovar") for a, b in one.hit.marks] == ["samovar"]
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        edit.undo()
    assert listed(page) == []


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
