"""Quotes that hold, on the page of a story: what changed since is told on the card, and settled with one press."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from storybank.domain.quote import Anchor
from tests.ui.bench import bench, bench_library  # noqa: F401
from ui.story.hold_signs import HoldSign
from ui.transcript.script import Place


@pytest.fixture
def quoted(bench):  # noqa: F811
    """The first line is quoted, and looked at."""
    line = bench.kept()[0]
    new = bench.app.quoting.pick(bench.page.story.recordings[0].id, Anchor(line.id, 0, line.id, 3))
    bench.history.make(new.edit)
    bench.quote = new.quote
    return bench


def signs(bench):  # noqa: F811
    card = bench.page.quotes.cards.get(bench.quote.id)
    return [one for one in card.findChildren(HoldSign) if not one.isHidden()] if card else []


def correct(bench, text):  # noqa: F811
    bench.history.make(bench.app.correcting.reword(bench.kept()[0].id, text))


def test_a_quote_that_reads_as_it_did_has_no_sign(quoted):
    quoted.qtbot.waitUntil(lambda: quoted.quote.id in quoted.page.quotes.cards, timeout=5000)
    assert signs(quoted) == []


def test_what_changed_since_is_told_and_taken_with_one_press_and_comes_back_with_undo(quoted):
    correct(quoted, "We saw the walking group in the clinic.")
    quoted.qtbot.waitUntil(lambda: bool(signs(quoted)), timeout=5000)
    (sign,) = signs(quoted)
    assert (sign.said.text(), sign.told.text()) == ("Changed since", "“wlaking” is now “walking”")
    sign.button.click()
    quoted.qtbot.waitUntil(lambda: not signs(quoted), timeout=5000)
    assert quoted.app.quoting.get(quoted.quote.id).text == "We saw the walking"
    quoted.history.undo()
    quoted.qtbot.waitUntil(lambda: bool(signs(quoted)), timeout=5000)
    assert quoted.app.quoting.get(quoted.quote.id).text == "We saw the wlaking"


def test_a_quote_that_lost_its_place_is_put_on_the_words_that_are_selected(quoted):
    correct(quoted, "Hm.")
    quoted.qtbot.waitUntil(lambda: bool(signs(quoted)), timeout=5000)
    (sign,) = signs(quoted)
    assert sign.said.text() == "Lost its place"
    sign.button.click()
    assert any("Select the words" in one.text() for one in quoted.page.toast.findChildren(QLabel))
    quoted.view.cursor_.select(Place(1, 0), Place(1, 1))
    sign.button.click()
    assert quoted.app.quoting.get(quoted.quote.id).anchor.first_line_id == quoted.kept()[1].id
    assert quoted.app.quoting.get(quoted.quote.id).text == "We saw the wlaking"
