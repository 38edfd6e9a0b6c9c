"""Ask me first, answered in the window: a yes or a no for one quote, put on file beside its badge."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from storybank.domain.agreement import Agreement
from storybank.domain.consent import Decision, Method, Provision, Role
from storybank.domain.contributor import Assent, Guardian
from storybank.domain.story import Participant
from storybank.words import Words
from tests.ui.conftest import said
from tests.ui.story_library import Quiet, add_quotes, build_library
from ui import theme
from ui.app import application
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.asked_first import AskedForm
from ui.story.page import StoryPage

SLUG = "amina-link-worker"
ASK_WEBSITE = Provision(Decision.ASK_FIRST, "website")


@pytest.fixture
def library(tmp_path):
    """Amina wants to be asked before the website; two of her lines are quotes."""
    app = build_library(tmp_path / "library", [SLUG])
    story = app.browsing.story(SLUG).story
    add_quotes(app, story, {1: ("bridges",), 4: ("measure",)})
    put(app, "Amina Diallo", ASK_WEBSITE)
    yield app
    app.close()


@pytest.fixture
def page(library, qtbot):
    bridge = Bridge(library.hub)
    made = StoryPage(library, Words("en"), theme.LIGHT, bridge, History())
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    made.show_story(SLUG)
    yield made
    made.player.close_recording()
    bridge.close()


def put(app, name, *provisions, **about):
    return app.consenting.put_on_file(Agreement(app.people.find(name).id, provisions, **about), [], Quiet())


def card(page, number=0):
    return list(page.quotes.cards.values())[number]


def answer(page, qtbot, yes=True) -> AskedForm:
    """Press the badge and the way to answer."""
    qtbot.mouseClick(card(page).badge, Qt.MouseButton.LeftButton)
    words = "They said yes to this…" if yes else "They said no…"
    button = next(one for one in card(page).offer.findChildren(QPushButton) if one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return page.quotes.over.form


def save(page, qtbot):
    """Save, and wait until the card says something else."""
    before = page.quotes.over.form
    qtbot.mouseClick(before.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.quotes.over.form is not before, timeout=10_000)


def test_the_unfolded_reason_offers_the_answer_and_nothing_else_does(page, qtbot):
    assert (card(page).badge.word, card(page).offer.isHidden()) == ("Ask first", True)
    qtbot.mouseClick(card(page).badge, Qt.MouseButton.LeftButton)
    assert "wants to be asked first" in card(page).reason_shown
    assert card(page).offer.isVisible()


def test_a_quote_that_nobody_wants_to_be_asked_about_offers_nothing(page, library, qtbot):
    put(library, "Amina Diallo", Provision(Decision.PERMIT, "website"))
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)
    assert card(page).offer is None


def test_a_yes_makes_that_quote_usable_and_no_other(page, library, qtbot, tmp_path):
    form = answer(page, qtbot)
    form.method.choose(Method.PHONE.value)
    form.taker.setText("Joan Park")
    letter = tmp_path / "yes.eml"
    letter.write_text("Yes, use it.")
    form._proof.add_file(letter)
    save(page, qtbot)
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)
    assert card(page, 1).badge.word == "Ask first"
    assert page.quotes.over.form is None
    assert said(page.toast) == "Saved as C-0003. It holds from now on."
    kept = library.consenting.consent("C-0003")
    quote = library.quoting.of_story(page.story.story.id)[0]
    assert kept.provisions == (Provision(Decision.PERMIT, "website", quote_id=quote.id),)
    assert (kept.taken.method, kept.taken.captured_by, kept.given_on) == (
        Method.PHONE, "Joan Park", library.consenting.today())
    assert [Path(one.original_name).name for one in kept.evidence] == ["yes.eml"]


def test_a_no_makes_that_quote_unusable_and_no_other(page, qtbot):
    answer(page, qtbot, yes=False)
    save(page, qtbot)
    qtbot.waitUntil(lambda: card(page).badge.word == "Not usable", timeout=5_000)
    assert card(page, 1).badge.word == "Ask first"


def test_ctrl_z_does_not_take_an_answer_back(page, qtbot):
    answer(page, qtbot)
    save(page, qtbot)
    assert not page.hands.history.canUndo()
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)


def test_cancel_puts_nothing_on_file(page, library, qtbot):
    form = answer(page, qtbot)
    cancel = next(one for one in form.findChildren(QPushButton) if one.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert page.quotes.over.form is None
    assert [one.code for one in library.consenting.all()] == ["C-0001", "C-0002"]


def test_of_several_uses_only_those_that_are_ticked_are_answered(page, library, qtbot):
    put(library, "Amina Diallo", ASK_WEBSITE, Provision(Decision.ASK_FIRST, "media"))
    qtbot.waitUntil(lambda: not page.freshness.waits, timeout=5_000)
    form = answer(page, qtbot)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert "Choose at least one use." in said(page.toast)
    form.uses["media"].setChecked(True)
    save(page, qtbot)
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)
    qtbot.mouseClick(card(page).badge, Qt.MouseButton.LeftButton)
    assert "Ask first for website." in card(page).reason_shown
    assert card(page).offer.isVisible()


def test_several_people_are_asked_one_after_another(page, library, qtbot):
    story = page.story.story
    george = library.people.add("George Campbell")
    library.people.place(story.id, [Participant(library.people.find("Amina Diallo").id), Participant(george.id)])
    put(library, "George Campbell", ASK_WEBSITE)
    qtbot.waitUntil(lambda: "George" in card(page).badge.accessibleName(), timeout=5_000)
    first = answer(page, qtbot)
    first.whose.choose(george.id)
    assert page.quotes.over.form.wish.person.name == "George Campbell"
    save(page, qtbot)
    assert page.quotes.over.form.wish.person.name == "Amina Diallo"
    assert not hasattr(page.quotes.over.form, "whose")
    qtbot.waitUntil(lambda: "George" not in card(page).badge.accessibleName(), timeout=5_000)
    assert card(page).badge.word == "Ask first"
    save(page, qtbot)
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)


def test_a_guardian_answers_for_whom_they_decide(page, library, qtbot):
    amina = library.people.find("Amina Diallo")
    library.people.put_under(amina, Guardian("Rose Diallo", assent=Assent.YES))
    put(library, "Amina Diallo", ASK_WEBSITE, role=Role.GUARDIAN, by="Rose Diallo")
    qtbot.waitUntil(lambda: card(page).badge.word == "Ask first", timeout=5_000)
    answer(page, qtbot)
    save(page, qtbot)
    qtbot.waitUntil(lambda: card(page).badge.word == "Usable", timeout=5_000)
    event = library.consenting.consents_of(amina.id)[-1].events[-1]
    assert (event.role, event.by) == (Role.GUARDIAN, "Rose Diallo")


def test_another_story_puts_an_open_form_away(page, library, qtbot):
    answer(page, qtbot)
    page.story = None
    page.show_story(SLUG)
    assert page.quotes.over.form is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_open_clip_bar_leaves_the_player_its_height_in_a_small_window(library, qtbot, language):
    theme.apply(application(), theme.LIGHT)
    bridge = Bridge(library.hub)
    page = StoryPage(library, Words(language), theme.LIGHT, bridge, History())
    qtbot.addWidget(page)
    page.resize(804, 640)
    page.show()
    page.show_story(SLUG)
    before = page.player.height()
    page.make_clip()
    qtbot.waitUntil(lambda: page.clip_bar.height() >= page.clip_bar.heightForWidth(page.clip_bar.width()),
                    timeout=5_000)
    assert page.player.height() == before
    assert page.player.picture.height() >= 150
    assert page.words.geometry().bottom() <= page.height()
    page.player.close_recording()
    bridge.close()
