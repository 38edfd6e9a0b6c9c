"""What one does with hits on the Search page: open, hear, tag, star, copy, keep; each as a person does it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from storybank.domain.coding import Subject
from storybank.services.searching import Results
from tests.ui.search_bench import ask, closed, library, narrow, opened, searched_library, stand_on  # noqa: F401
from ui.search.strip import BEFORE

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(library, qtbot):  # noqa: F811
    made = opened(library, qtbot)
    yield made
    closed(made)


def amina(page, qtbot):
    """Search for what Amina says, and stand on it."""
    ask(page, qtbot, "loneliness")
    stand_on(page, lambda found: found.story_slug == "amina-link-worker")


def changed(page, qtbot, key, *modifiers):
    """Press a key in the list that changes the library, and wait until the page shows it."""
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.keyClick(page.hits, key, held)


def test_down_goes_from_the_field_into_the_list_and_enter_opens_the_story_at_the_moment(page, qtbot):
    ask(page, qtbot, "medicine")
    page.focus_search()
    qtbot.keyClick(page.field, Key.Key_Down)
    assert page.hits.hasFocus()
    hit = page.hits.current.hit
    with qtbot.waitSignal(page.play_requested, timeout=5_000) as heard:
        qtbot.keyClick(page.hits, Key.Key_Return)
    assert heard.args == [page.hits.current.story_code, hit.moment_ms]
    qtbot.keyClick(page.hits, Key.Key_Up)
    assert page.field.hasFocus()


def test_enter_in_the_field_opens_the_first_hit(page, qtbot):
    (first, *_more) = ask(page, qtbot, "medicine")
    with qtbot.waitSignal(page.play_requested, timeout=5_000) as heard:
        qtbot.keyClick(page.field, Key.Key_Return)
    assert heard.args == [first.story_code, first.hit.moment_ms]


def test_space_plays_the_hit_where_it_was_found_from_a_second_before_it(page, qtbot):
    amina(page, qtbot)
    qtbot.keyClick(page.hits, Key.Key_Space)
    strip, hit = page.doing.strip, page.hits.current.hit
    assert strip.isVisible() and page.hits.hasFocus()
    assert strip.deck.position == max(0, hit.moment_ms - BEFORE)
    qtbot.waitUntil(lambda: strip.deck.playing, timeout=10_000)
    qtbot.keyClick(page.hits, Key.Key_Space)
    qtbot.waitUntil(lambda: not strip.deck.playing)


def test_the_play_sign_plays_its_own_hit(page, qtbot):
    ask(page, qtbot, "prescription")
    model = page.hits.hits
    row = next(n for n in range(model.rowCount()) if n and model.found(model.index(n)).hit.recording_id)
    index = model.index(row)
    page.hits.scrollTo(index)
    sign = page.hits.painter_.play_rect(page.hits.visualRect(index)).center().toPoint()
    qtbot.mouseClick(page.hits.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert page.doing.strip.found is model.found(index)


def test_a_recording_that_is_gone_is_told_and_nothing_plays(page, library, qtbot, monkeypatch):  # noqa: F811
    amina(page, qtbot)
    monkeypatch.setattr(type(library.store), "path", lambda _store, place: library.folder / "gone.mp4")
    qtbot.keyClick(page.hits, Key.Key_P)
    assert "not where it was" in page.toast.text


def test_t_tags_the_words_that_were_found_while_they_play_and_undo_takes_it_back(page, library, qtbot):  # noqa: F811
    amina(page, qtbot)
    assert not page.hits.current.hit.quote_code
    qtbot.keyClick(page.hits, Key.Key_Space)
    qtbot.keyClick(page.hits, Key.Key_T)
    palette = page.doing.marking.palette
    qtbot.keyClicks(palette.focusWidget(), "impact")
    qtbot.keyClick(palette.focusWidget(), Key.Key_Return)
    before = len(library.quoting.all())
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        qtbot.keyClick(palette.focusWidget(), Key.Key_Return)
    assert page.hits.hasFocus() and page.doing.strip.isVisible()
    quotes = library.quoting.all()
    made = next(quote for quote in quotes if "loneliness" in quote.text)
    assert (len(quotes), "measure" in made.codes) == (before + 1, True)
    assert page.hits.current.hit.quote_code == made.code
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.history.undo()
    assert len(library.quoting.all()) == before


def test_tagging_a_hit_that_is_a_quote_retags_it(page, library, qtbot):  # noqa: F811
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.tabs.choose("quote")
        page.search_for("trust")
    stand_on(page, lambda found: bool(found.hit.quote_code))
    before = len(library.quoting.all())
    changed(page, qtbot, Key.Key_3)
    (quote,) = library.quoting.all()
    assert (before, {"bridges", "policy"} <= quote.codes) == (1, True)


def test_many_are_tagged_in_one_step(page, library, qtbot):  # noqa: F811
    ask(page, qtbot, "prescription")
    page.hits.setFocus()
    page.hits.selectAll()
    said = {found.hit.line_ids for found in page.hits.chosen if found.hit.line_ids}
    changed(page, qtbot, Key.Key_1)
    tagged = [quote for quote in library.quoting.all() if "amplify" in quote.codes]
    assert len(tagged) >= len(said) - 1
    assert page.history.count() == 1
    page.history.undo()
    assert [quote for quote in library.quoting.all() if "amplify" in quote.codes] == []


def test_i_marks_as_important_and_again_no_longer(page, library, qtbot):  # noqa: F811
    ask(page, qtbot, "trust")
    stand_on(page, lambda found: bool(found.hit.quote_code))
    changed(page, qtbot, Key.Key_I)
    assert [quote.important for quote in library.quoting.all()] == [True]
    stand_on(page, lambda found: bool(found.hit.quote_code))
    changed(page, qtbot, Key.Key_I)
    assert [quote.important for quote in library.quoting.all()] == [False]


def test_copying_takes_the_words_with_their_citation_for_the_use_that_was_named(page, qtbot):
    QGuiApplication.clipboard().clear()
    amina(page, qtbot)
    qtbot.keyClick(page.hits, Key.Key_C, CTRL)
    bar = page.parts.copy_bar
    assert bar.isVisible() and not QGuiApplication.clipboard().text()
    bar.uses.choose("website")
    qtbot.keyClick(bar, Key.Key_Return)
    text = QGuiApplication.clipboard().text()
    assert "loneliness" in text and text.startswith("“")
    assert "Amina Diallo" in text and page.hits.current.story_code in text
    assert "copied with its citation" in page.toast.text


def test_nothing_of_who_withdrew_is_copied_and_it_says_why(page, qtbot):
    QGuiApplication.clipboard().clear()
    ask(page, qtbot, "tomatoes")
    page.hits.setFocus()
    qtbot.keyClick(page.hits, Key.Key_C, CTRL)
    page.parts.copy_bar.chosen.emit("website")
    assert QGuiApplication.clipboard().text() == ""
    assert "none of it may be used for website" in page.toast.text
    assert "Margaret withdrew their consent on 2 March 2026." in page.toast.text


def test_the_table_of_a_concordance_holds_nothing_of_who_withdrew(page, qtbot, tmp_path):
    ask(page, qtbot, "the")
    page.views.concordance.click()
    qtbot.waitUntil(lambda: page.concordance.isVisible() and bool(page.concordance.places.rows))
    speakers = {row.speaker for row in page.concordance.places.rows}
    assert "Margaret" in speakers
    page.doing.save_places("website", tmp_path / "places.csv")
    qtbot.waitUntil(lambda: "places were saved" in page.toast.text, timeout=10_000)
    text = (tmp_path / "places.csv").read_text("utf-8-sig")
    assert "Amina Diallo" in text and "Margaret" not in text and "tomatoes" not in text


def test_a_search_is_saved_by_the_star_run_by_its_name_and_forgotten(page, library, qtbot):  # noqa: F811
    ask(page, qtbot, "prescription")
    narrow(page, qtbot, "languages", "en")
    page.parts.star.click()
    page.parts.name_line.field.setText("Prescribing in English")
    qtbot.keyClick(page.parts.name_line.field, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.parts.saved.rows), timeout=10_000)
    (row,) = page.parts.saved.rows
    page.facets.clear()
    page.search_for("trust")
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        row.name.click()
    assert page.field.text() == "prescription"
    assert page.facets.narrowing.filters() == {"languages": ("en",)}
    qtbot.waitUntil(lambda: not page.asking._pool.activeThreadCount())
    page.parts.saved.removed.emit(library.searches.all()[0].search)
    assert library.searches.all() == []


def test_words_that_mean_the_same_are_added_and_found(page, library, qtbot):  # noqa: F811
    page.parts.ask_help.click()
    page.help.synonyms_wanted.emit()
    editor = page.parts.synonyms
    before = len(library.synonyms.rings())
    assert editor.isVisible() and len(editor.fields) == before
    editor._add.click()
    editor.fields[0].setText("tomatoes, kolotomatik")
    qtbot.keyClick(editor.fields[0], Key.Key_Return)
    assert len(library.synonyms.rings()) == before + 1
    assert {one.story_slug for one in ask(page, qtbot, "kolotomatik")} == {"margaret-participant"}


def test_a_saved_search_tells_what_is_new_and_marks_it_until_it_was_looked_at(page, library, qtbot):  # noqa: F811
    ask(page, qtbot, "prescription")
    library.searches.save("Prescribing", page.query).do()
    story = library.browsing.story("amina-link-worker").story
    library.noting.write(Subject.STORY, story.id, "Ask her about the first prescription.").do()
    qtbot.waitUntil(lambda: [row.numbers[-5:] for row in page.parts.saved.rows] == ["1 new"], timeout=10_000)
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.parts.saved.rows[0].name.click()
    marked = [found.hit.kind for found in page.hits.hits.all_found() if page.hits.painter_.is_new(found)]
    assert marked == ["memo"]
    qtbot.waitUntil(lambda: "new" not in page.parts.saved.rows[0].numbers, timeout=10_000)


def test_ten_thousand_hits_are_listed_as_one_scrolls_without_making_anybody_wait(page, qtbot, monkeypatch):
    (found, *_more) = ask(page, qtbot, "loneliness")
    asked = []

    def many(query, most, offset=0):
        asked.append(offset)
        hits = [replace(found, hit=replace(found.hit, story_id=str(n), start_ms=n))
                for n in range(offset, offset + most)]
        return Results(query, 10_000, 10_000, tuple(hits), {"passage": 10_000})

    monkeypatch.setattr(page._app.searching, "find", many)
    ask(page, qtbot, "everything")
    assert page.hits.hits.rowCount() < 1_000
    bar = page.hits.verticalScrollBar()

    def scrolled_to(wanted):
        bar.setValue(bar.maximum())
        return page.hits.hits.rowCount() >= wanted

    qtbot.waitUntil(lambda: scrolled_to(900), timeout=10_000)
    assert asked == sorted(set(asked)), "each page is fetched once"
    assert page.count.text() == "10000 hits in 10000 stories"
