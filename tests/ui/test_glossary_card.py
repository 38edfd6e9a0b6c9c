"""The glossary in the settings and on the command line: terms are kept, brought in, and put right."""

from __future__ import annotations

import json
import shutil

import pytest
from PySide6.QtCore import Qt

from storybank.words import Words
from tests.ui.bench import bench_library  # noqa: F401 - a fixture
from tests.ui.conftest import said
from tests.ui.story_library import NOW
from ui import theme
from ui.cli import main
from ui.parts.bridge import Bridge
from ui.parts.toast import Toast
from ui.settings.glossary import GlossaryCard
from ui.wiring import open_app


@pytest.fixture
def library(bench_library, tmp_path):  # noqa: F811
    """A copy of the library of the bench."""
    return shutil.copytree(bench_library, tmp_path / "library")


@pytest.fixture
def card(library, qtbot):
    """The card, and what it stands on."""
    app = open_app(library, clock=lambda: NOW)
    bridge, toast = Bridge(app.hub), Toast(Words())
    made = GlossaryCard(app, Words(), theme.LIGHT, bridge, toast)
    made.app, made.toast_ = app, toast
    for widget in (made, toast):
        qtbot.addWidget(widget)
    made.show()
    yield made
    bridge.close()
    app.close()


def kept(card):
    return [(one.term, one.heard_as, one.language) for one in card.app.glossing.all()]


def rows(card):
    return [card._list.itemAt(number).widget() for number in range(card._list.count())]


def test_a_term_is_added_changed_and_taken_out_with_the_keyboard(card, qtbot):
    qtbot.keyClicks(card.term, "Diallo")
    qtbot.keyClicks(card.heard_as, "jello, dialog")
    card.language.choose("fr")
    qtbot.keyClick(card.heard_as, Qt.Key.Key_Return)
    assert kept(card) == [("Diallo", ("jello", "dialog"), "fr")]
    qtbot.waitUntil(lambda: len(rows(card)) == 1, timeout=5_000)
    change, remove = rows(card)[0].findChildren(type(card.add))
    assert (change.accessibleName(), remove.accessibleName()) == ("Change Diallo", "Remove Diallo")
    qtbot.keyClick(change, Qt.Key.Key_Space)
    card.heard_as.clear()
    qtbot.keyClick(card.add, Qt.Key.Key_Space)
    assert kept(card) == [("Diallo", (), "fr")]
    card.app.glossing.remove("Diallo")
    qtbot.waitUntil(lambda: not rows(card), timeout=5_000)


def test_what_is_no_term_is_explained_and_nothing_is_lost(card, qtbot):
    card.term.setText("…")
    qtbot.keyClick(card.add, Qt.Key.Key_Space)
    assert "A term needs letters." in said(card.toast_)
    assert (card.term.text(), kept(card)) == ("…", [])


def test_a_list_is_brought_in(card, tmp_path):
    file = tmp_path / "terms.csv"
    file.write_text("CanSocial,can social\nlink worker\n", encoding="utf-8")
    card.bring_in(file)
    assert said(card.toast_) == "2 terms are in the glossary now."
    assert [term for term, *_rest in kept(card)] == ["CanSocial", "link worker"]


@pytest.fixture
def typed(library, capsys):
    """Run a command on the library and return what it answered in JSON."""
    def run(*words):
        assert main(["--library", str(library), "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_the_command_keeps_terms_shows_where_they_were_meant_and_puts_the_certain_ones_right(typed):
    typed("glossary", "add", "CanSocial", "--heard-as", "can social", "--language", "en")
    assert [(one["term"], one["heard_as"]) for one in typed("glossary")] == [("CanSocial", ["can social"])]
    suggested = [(one["line"], one["found"], one["replacement"], one["certain"])
                 for one in typed("glossary", "suggest", "S-0001")]
    assert suggested == [(3, "Amina Dialo", "Amina Diallo", False), (5, "can social", "CanSocial", True)]
    assert len(typed("glossary", "apply", "S-0001")) == 1
    lines = [one["text"] for one in typed("transcript", "show", "S-0001")]
    assert lines[2].startswith("Then Amina Dialo") and lines[4].startswith("And CanSocial gave")
    typed("glossary", "apply", "S-0001", "--all")
    assert typed("transcript", "show", "S-0001")[2]["text"].startswith("Then Amina Diallo")
    typed("glossary", "remove", "cansocial")
    assert typed("glossary", "list") == []


def test_the_command_replaces_a_text_and_shows_it_first_where_one_asks(typed):
    asked = ("transcript", "replace", "S-0001", "wlaking", "walking")
    shown = typed(*asked, "--dry-run")
    assert (shown["found"], shown["changed"], [one["line"] for one in shown["lines"]]) == (2, False, [1, 3])
    assert "wlaking" in typed("transcript", "show", "S-0001")[0]["text"]
    assert typed(*asked, "--match-case")["found"] == 1
    assert typed(*asked)["lines"] == [{"line": 3, "text": "Then Amina Dialo came with the walking group."}]
    none = typed("transcript", "replace", "S-0001", "walk", "run", "--whole-word")
    assert (none["found"], none["lines"], none["changed"]) == (0, [], False)
