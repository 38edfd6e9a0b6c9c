"""Tagging without the mouse, in the window: what one presses, and what one sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from storybank.domain.coding import Subject
from storybank.words import Words
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.transcript.line_paint import STRIPE_STEP
from ui.transcript.spans import Place

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier
SLUG = "amina-link-worker"


class Coder:
    """The page of a story, and a keyboard: every key goes to whatever has the focus."""

    def __init__(self, window, page, app, history, qtbot):
        self.window, self.page, self.app, self.history, self.qtbot = window, page, app, history, qtbot
        self.view, self.palette = page.view, page.tagging.palette
        self.view.setFocus()

    def press(self, *keys):
        for key in keys:
            key, modifiers = key if isinstance(key, tuple) else (key, Mod.NoModifier)
            self.qtbot.keyClick(self.window.focusWidget(), key, modifiers)

    def type(self, text):
        self.qtbot.keyClicks(self.window.focusWidget(), text)

    def at(self, line, word):
        self.view.setFocus()
        self.view.cursor_.go(Place(line, word))
        self.view.changed()

    @property
    def selected(self):
        chosen = self.view.cursor_.selection
        return self.view.script.text(*chosen) if chosen else ""

    def quotes(self):
        return {quote.text: set(quote.codes) for quote in self.app.quoting.of_story(self.page.story.story.id)}

    def undo(self):
        self.press((Key.Key_Z, CTRL))
        QApplication.processEvents()


@pytest.fixture
def coder(an_app, qtbot):
    """Amina's story, with none of the quotes that others made in it."""
    for quote in an_app.quoting.of_story(an_app.browsing.story(SLUG).story.id):
        an_app.quoting.remove(quote.id).do()
    bridge, history, window = Bridge(an_app.hub), History(), QMainWindow()
    page = StoryPage(an_app, Words("en"), theme.LIGHT, bridge, history)
    window.setCentralWidget(page)
    window.resize(1300, 860)
    QShortcut(QKeySequence("Ctrl+Z"), window, history.undo)
    window.show()
    page.show_story(SLUG)
    yield Coder(window, page, an_app, history, qtbot)
    page.player.close_recording()
    window.close()
    bridge.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_three_keystrokes_and_a_few_letters_tag_a_sentence(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S)
    assert coder.selected == "We did not start with medicine."
    coder.press(Key.Key_T)
    coder.type("polit")
    coder.press(Key.Key_Return, Key.Key_Return)
    assert coder.quotes() == {"We did not start with medicine.": {"policy", "link_worker"}}
    assert coder.selected == "We did not start with medicine."
    assert [stripe.code for stripe in coder.view.script.stripes_in(3)] == ["policy"]
    coder.undo()
    assert coder.quotes() == {}
    coder.qtbot.waitUntil(lambda: not coder.view.script.spans, timeout=5_000)


def test_a_digit_tags_what_is_selected_and_is_seen_above_the_words(coder):
    strip = coder.page.tagging.strip
    assert strip.text.startswith("1 ")
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1, Key.Key_4)
    blocks = [code.key for code in coder.page.story.codes if code.kind.value == "block"]
    (codes,) = coder.quotes().values()
    assert codes == {blocks[0], blocks[3], "link_worker"}
    coder.press(Key.Key_1)
    assert coder.quotes().popitem()[1] == {blocks[3], "link_worker"}
    for _step in range(3):
        coder.undo()
    assert coder.quotes() == {}


def test_digits_say_who_speaks_where_there_are_voices_and_nothing_is_selected(coder):
    coder.at(3, 3)
    coder.press(Key.Key_2)
    assert len(coder.quotes()) == 1, "without voices, a digit tags the sentence one is in"
    coder.undo()
    coder.page.voices.add_voice()
    coder.at(5, 0)
    assert not coder.page.tagging.strip.lit
    coder.press(Key.Key_1)
    assert coder.quotes() == {}
    assert coder.app.correcting.lines(coder.page.story.recordings[0].id)[5].voice_id
    coder.press(Key.Key_S)
    assert coder.page.tagging.strip.lit
    coder.press(Key.Key_1)
    assert len(coder.quotes()) == 1


def test_letters_are_about_the_quote_where_words_are_selected_and_else_about_the_line(coder):
    lines = len(coder.view.script.lines)
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1, Key.Key_M)
    coder.type("Good to begin with.")
    coder.press((Key.Key_Return, CTRL))
    (quote,) = coder.app.quoting.all()[:1]
    assert [one.memo.text for one in coder.app.noting.about(Subject.QUOTE, quote.id)] == ["Good to begin with."]
    assert len(coder.view.script.lines) == lines
    assert coder.view.hasFocus()
    coder.press(Key.Key_Escape, Key.Key_M)
    assert len(coder.view.script.lines) == lines - 1


def test_a_memo_is_saved_when_one_leaves_shown_on_its_card_and_undone_in_one_step(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1, Key.Key_M)
    coder.type("One")
    coder.page.at_quote.memo.field.save()
    coder.type(" two")
    coder.press(Key.Key_Escape)
    quote = next(iter(coder.page.story.quotes))
    memos = lambda: [one.memo.text for one in coder.app.noting.about(Subject.QUOTE, quote.id)]  # noqa: E731
    assert memos() == ["One two"]
    coder.qtbot.waitUntil(lambda: any("One two" in said.text() for said in labels(coder.page.quotes.cards[quote.id])),
                          timeout=5_000)
    coder.undo()
    assert memos() == []


def labels(widget):
    from PySide6.QtWidgets import QLabel

    return widget.findChildren(QLabel)


def test_ctrl_enter_saves_and_opens_the_memo(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_T)
    coder.type("polit")
    coder.press((Key.Key_Return, CTRL))
    assert coder.quotes().popitem()[1] == {"policy", "link_worker"}
    assert coder.page.at_quote.memo.isVisible()
    assert coder.window.focusWidget() is coder.page.at_quote.memo.field.text


def test_q_repeats_the_last_tags_and_i_and_u_mark_and_take_out(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1, Key.Key_2)
    before = coder.quotes().popitem()[1]
    coder.at(5, 1)
    coder.press(Key.Key_S, Key.Key_Q)
    assert list(coder.quotes().values()) == [before, before]
    coder.press(Key.Key_I)
    assert [quote.important for quote in coder.page.story.quotes] == [False, True]
    coder.press(Key.Key_U)
    assert len(coder.quotes()) == 1
    assert "was taken out" in coder.page.toast.text
    coder.undo()
    assert len(coder.quotes()) == 2


def test_v_makes_a_tag_of_what_was_said_where_the_last_one_stands(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1)
    block = next(code for code in coder.page.story.codes if code.kind.value == "block")
    coder.at(3, 3)
    coder.press((Key.Key_Right, SHIFT), (Key.Key_Right, SHIFT), (Key.Key_Right, SHIFT), Key.Key_V)
    field = coder.page.tagging.new_tag.field
    assert field.text() == "start with medicine"
    assert block.short("en") in coder.page.tagging.new_tag.where.text()
    coder.press(Key.Key_End)
    coder.type(" first")
    coder.press(Key.Key_Return)
    made = coder.app.quoting.code("start-with-medicine-first")
    assert made.parent == block.key
    assert made.key in coder.quotes()["start with medicine."]


def test_a_long_passage_makes_a_short_name():
    from ui.story.in_vivo import named_by

    name = named_by("« On ne savait pas, personne ne nous avait jamais demandé ce qui comptait pour nous. »")
    assert name == "On ne savait pas, personne ne nous avait jamais demandé ce"
    assert len(name) <= 60


def test_brackets_and_arrows_move_a_quotes_ends_until_enter_keeps_or_esc_lets_go(coder):
    coder.at(3, 3)
    coder.press(Key.Key_S, Key.Key_1)
    coder.type("[")
    assert "Moving the start" in coder.page.tagging.strip.text
    coder.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert list(coder.quotes()) == ["not start with medicine."]
    coder.type("]")
    coder.press(Key.Key_Left, Key.Key_Return)
    assert list(coder.quotes()) == ["not start with"]
    coder.type("]")
    coder.press((Key.Key_Right, SHIFT), Key.Key_Escape)
    assert coder.selected == "not start with"
    coder.type("]")
    coder.press((Key.Key_Right, SHIFT), Key.Key_Return)
    assert list(coder.quotes()) == ["not start with medicine."]
    coder.undo()
    assert list(coder.quotes()) == ["not start with"]


def test_selecting_goes_by_words_and_by_sentences_and_s_again_takes_the_quote_and_the_line(coder):
    coder.at(3, 0)
    coder.press(Key.Key_S, (Key.Key_Right, CTRL | SHIFT))
    first = coder.selected
    assert first.startswith("We did not start with medicine. We started")
    assert first.endswith(".")
    coder.press((Key.Key_Left, SHIFT))
    assert first.startswith(coder.selected)
    coder.press(Key.Key_1)
    quote = coder.selected
    coder.at(3, 2)
    coder.press(Key.Key_S)
    assert coder.selected == "We did not start with medicine."
    coder.press(Key.Key_S)
    assert coder.selected == quote
    coder.press(Key.Key_S)
    assert coder.selected == coder.view.script.lines[3].text


def test_o_goes_round_the_quotes_that_overlap_and_n_to_the_next(coder):
    coder.at(3, 0)
    coder.press(Key.Key_S, Key.Key_1, Key.Key_Escape)
    coder.at(3, 2)
    coder.press((Key.Key_Right, SHIFT), (Key.Key_Right, SHIFT), Key.Key_2)
    short = coder.selected
    coder.press(Key.Key_O)
    assert coder.selected == "We did not start with medicine."
    coder.press(Key.Key_O)
    assert coder.selected == short
    coder.at(6, 0)
    coder.press(Key.Key_S, Key.Key_3)
    last = coder.selected
    coder.at(0, 0)
    coder.press(Key.Key_N)
    assert coder.selected == "We did not start with medicine."
    coder.press((Key.Key_N, SHIFT))
    assert coder.selected == last


def test_two_quotes_with_the_same_tag_that_overlap_are_offered_to_become_one(coder):
    coder.at(3, 0)
    coder.press(Key.Key_S, Key.Key_1)
    coder.at(3, 4)
    coder.press(*[(Key.Key_Right, SHIFT)] * 4, Key.Key_1)
    toast = coder.page.toast
    coder.qtbot.waitUntil(lambda: "touch and both have your tag" in toast.text, timeout=5_000)
    coder.press(Key.Key_G)
    assert len(coder.quotes()) == 1
    assert coder.selected.startswith("We did not start with medicine. We")
    coder.undo()
    assert len(coder.quotes()) == 2


def test_the_palette_finds_by_other_words_and_descriptions_without_accents_in_both_languages(coder):
    coder.at(3, 0)
    coder.press(Key.Key_S, Key.Key_T)
    coder.type("MEDECIN")
    assert coder.palette.rows[0] == "Physicians" or "hysician" in coder.palette.rows[0]
    coder.press((Key.Key_A, CTRL), Key.Key_Delete, Key.Key_Tab)
    assert coder.palette.rows[0] == "Building blocks"
    coder.press(Key.Key_Tab)
    assert coder.palette.rows[0] == "Stakeholders"
    assert "Building blocks" not in coder.palette.rows
    coder.press(Key.Key_Escape)
    assert coder.quotes() == {}


def test_a_stripe_names_its_code_its_quote_and_who_gave_it_and_a_click_selects_the_whole_quote(coder):
    coder.app.author = "Ana Roy"
    coder.at(3, 0)
    coder.press(Key.Key_S, (Key.Key_Right, CTRL | SHIFT), Key.Key_1)
    whole = coder.selected
    coder.at(0, 0)
    rect = coder.view.rect_of(Place(3, 0))
    point = QPointF(coder.view.sheet.stripes_left + STRIPE_STEP / 2, rect.center().y())
    told = coder.view.resting.about(point)
    assert told.endswith("Ana Roy")
    assert "Q-0" in told
    coder.qtbot.mouseClick(coder.view.viewport(), Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert coder.selected == whole


def test_the_sheet_of_keys_tells_what_the_keys_do_with_words_selected(coder):
    coder.press(Key.Key_F1)
    told = " ".join(said.text() for said in labels(coder.page.keys))
    for words in ("With words selected", "Write a memo about the quote", "Make a new tag out of the selected words",
                  "with words selected, the digits are tags"):
        assert words in told
