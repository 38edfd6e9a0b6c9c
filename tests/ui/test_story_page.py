"""The Story page, with a real library and a real recording: what a person sees and does there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage

from storybank.domain.agreement import Agreement
from storybank.domain.consent import Decision, Provision
from storybank.domain.events import TranscriptEnded, TranscriptGrew, TranscriptStarted
from storybank.domain.story import Participant
from storybank.domain.transcript import Line, Span
from storybank.domain.withdrawal import Choice
from storybank.errors import Unavailable
from storybank.services.transcribing import Heard
from storybank.services.withdrawing import Stop
from storybank.words import Words
from tests.build import some_words
from tests.ui.story_library import Quiet, add_interview, add_quotes, build_library, journal
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.transcript.script import Place, Script
from ui.transcript.view import TranscriptView

SLUG = "amina-link-worker"


class Room:
    """A page on a library, and what it stands on."""

    def __init__(self, app, qtbot, language="en"):
        self.app = app
        self.bridge = Bridge(app.hub)
        self.history = History()
        self.page = StoryPage(app, Words(language), theme.LIGHT, self.bridge, self.history)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 860)
        self.page.show()

    def lines(self):
        return self.app.browsing.story(self.page.story.story.code).lines

    def quotes(self):
        return self.app.quoting.of_story(self.page.story.story.id)


@pytest.fixture
def room(tmp_path, qtbot):
    app = build_library(tmp_path / "library", [SLUG, "margaret-participant"])
    made = Room(app, qtbot)
    yield made
    made.page.player.close_recording()
    made.bridge.close()
    app.close()


@pytest.fixture
def story(room, qtbot):
    """The page with Amina's story, its recording loaded."""
    room.page.show_story(SLUG)
    qtbot.waitUntil(lambda: not room.page.player.picture.image.isNull(), timeout=15_000)
    return room


def at(view, place) -> QPoint:
    return view.rect_of(place).center().toPoint()


def select_words(view, qtbot, first: Place, count: int) -> None:
    view.setFocus()
    view.cursor_.go(first)
    for _word in range(count):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


def test_clicking_a_word_takes_the_player_there(story, qtbot):
    view = story.page.view
    word = view.script.word(Place(4, 5))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, Place(4, 5)))
    qtbot.waitUntil(lambda: abs(story.page.player.position - word.start_ms) <= 100, timeout=5_000)
    assert view.playing_place == Place(4, 5)


def test_the_playing_word_is_lit_and_moves_on(story, qtbot):
    view, player = story.page.view, story.page.player
    player.seek(view.script.word(Place(2, 0)).start_ms)
    player.play()
    for place in (Place(2, 1), Place(2, 3)):
        qtbot.waitUntil(lambda place=place: view.playing_place == place, timeout=10_000)
        word = view.script.word(place)
        assert word.start_ms <= player.position <= word.end_ms + 400
    player.pause()


def test_space_in_the_transcript_plays_and_pauses(story, qtbot):
    view, player = story.page.view, story.page.player
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.playing, timeout=5_000)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not player.playing, timeout=5_000)


def test_a_line_is_put_right_where_it_stands_and_undo_brings_it_back(story, qtbot):
    view = story.page.view
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, Place(3, 1)))
    assert view.editor is not None
    view.editor.setPlainText("We did not start with pills. We started with a walking group and a cup of tea.")
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "pills" in view.script.lines[3].text, timeout=5_000)
    assert story.lines()[3].text.startswith("We did not start with pills.")
    assert story.lines()[3].corrected
    story.history.undo()
    qtbot.waitUntil(lambda: "medicine" in view.script.lines[3].text, timeout=5_000)
    assert story.lines()[3].text.startswith("We did not start with medicine.")


def test_escape_leaves_a_line_as_it_was(story, qtbot):
    view = story.page.view
    view.setFocus()
    view.cursor_.go(Place(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    view.editor.setPlainText("Something else")
    qtbot.keyClick(view.editor, Qt.Key.Key_Escape)
    assert view.editor is None
    assert story.lines()[1].text.startswith("The first thing I give")
    assert not story.history.canUndo()


def test_selected_words_t_1_enter_make_a_tagged_quote(story, qtbot):
    view, palette = story.page.view, story.page.tagging.palette
    select_words(view, qtbot, Place(1, 8), 8)
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert palette.isVisible()
    field = palette.focusWidget()
    qtbot.keyClick(field, Qt.Key.Key_1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    (quote,) = story.quotes()
    line = story.lines()[1]
    assert quote.text == "because trust is the first prescription we write."
    assert (quote.start_ms, quote.end_ms) == (line.words[8].start_ms, line.words[15].end_ms)
    assert quote.codes == {"amplify", "link_worker"}
    qtbot.waitUntil(lambda: list(story.page.quotes.cards) == [quote.id], timeout=5_000)
    assert story.page.quotes.cards[quote.id].badge.word == "Usable"
    assert [stripe.code for stripe in view.script.stripes_in(1)] == ["amplify"]


def test_a_new_name_in_the_palette_makes_a_free_tag(story, qtbot):
    view, palette = story.page.view, story.page.tagging.palette
    select_words(view, qtbot, Place(0, 0), 3)
    qtbot.keyClick(view, Qt.Key.Key_T)
    qtbot.keyClicks(palette.focusWidget(), "Northern voices")
    qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(palette.focusWidget(), Qt.Key.Key_Return)
    assert story.quotes()[0].codes == {"northern-voices", "link_worker"}


def test_q_keeps_a_quote_and_undo_takes_it_out(story, qtbot):
    view = story.page.view
    select_words(view, qtbot, Place(7, 0), 4)
    qtbot.keyClick(view, Qt.Key.Key_Q)
    assert [quote.text for quote in story.quotes()] == ["If we want this"]
    story.history.undo()
    qtbot.waitUntil(lambda: not story.page.quotes.cards, timeout=5_000)
    assert story.quotes() == []


def test_a_quote_that_may_not_be_used_says_why_when_asked(room, qtbot):
    story = room.app.browsing.story("margaret-participant").story
    add_quotes(room.app, story, {1: ("bridges",)})
    room.page.show_story("margaret-participant")
    (card,) = room.page.quotes.cards.values()
    assert card.badge.word == "Not usable"
    assert card.reason_shown == ""
    qtbot.mouseClick(card.badge, Qt.MouseButton.LeftButton)
    assert card.reason_shown == "Margaret withdrew their consent on 2 March 2026."


def test_each_quote_wears_its_own_badge_by_who_is_there_while_it_is_said(room):
    story = room.app.browsing.story(SLUG).story
    add_quotes(room.app, story, {1: ("bridges",), 4: ("measure",)})
    margaret = room.app.people.find("Margaret")
    late = Participant(margaret.id, speaks=False, spans=(Span(24_000, 33_000),))
    room.app.people.place(story.id, [*story.participants, late])
    room.page.show_story(SLUG)
    words = {card.quote.code: card.badge.word for card in room.page.quotes.cards.values()}
    assert words == {"Q-0001": "Usable", "Q-0002": "Not usable"}


def test_a_yes_with_a_condition_is_a_word_of_its_own(room):
    story = room.app.browsing.story(SLUG).story
    add_quotes(room.app, story, {1: ("bridges",)})
    decision = Provision(Decision.CONDITIONAL, "website", condition="without my last name")
    amina = room.app.people.find("Amina Diallo")
    room.app.consenting.put_on_file(Agreement(amina.id, (decision,)), [], Quiet())
    room.page.show_story(SLUG)
    (card,) = room.page.quotes.cards.values()
    assert (card.badge.word, card.badge.tone) == ("Usable, if…", "if")
    card.badge.asked.emit()
    assert card.reason_shown.startswith("For website, on the condition: without my last name.")
    assert "has no evidence on file" in card.reason_shown
    room.page.make_clip()
    assert room.page.clip_bar.answer == "Consent covers this, on the condition: without my last name"


def test_a_story_that_is_sealed_while_it_is_open_is_no_longer_shown(room, qtbot):
    room.page.show_story("margaret-participant")
    qtbot.waitUntil(lambda: not room.page.player.picture.image.isNull(), timeout=15_000)
    (case,) = room.app.withdrawing.cases()
    with qtbot.waitSignal(room.page.back, timeout=10_000):
        room.app.erasing.carry_out(case.id, Choice.SEAL, Quiet())
    assert room.page.story is None
    assert room.page.player.picture.image.isNull()


def test_a_clip_for_a_refused_use_is_refused_with_the_reason(story, qtbot, tmp_path):
    add_quotes(story.app, story.page.story.story, {1: ("bridges",)})
    qtbot.waitUntil(lambda: len(story.page.quotes.cards) == 1, timeout=5_000)
    story.page.make_clip()
    bar = story.page.clip_bar
    bar.set_place(tmp_path / "clip.mp4")
    assert bar.answer == "Consent covers this."
    bar.choose_use("fundraising")
    assert bar.answer == "Amina Diallo did not agree to clips for this use: fundraising."
    bar.make.click()
    assert not (tmp_path / "clip.mp4").exists()
    assert story.app.exporting.ledger() == []


def test_a_clip_is_cut_and_stands_in_the_ledger(story, qtbot, tmp_path):
    add_quotes(story.app, story.page.story.story, {3: ("amplify",)})
    qtbot.waitUntil(lambda: len(story.page.quotes.cards) == 1, timeout=5_000)
    story.page.make_clip()
    story.page.clip_bar.set_place(tmp_path / "clip.mp4")
    with qtbot.waitSignal(story.page.clip_bar.made, timeout=60_000):
        story.page.clip_bar.make.click()
    assert (tmp_path / "clip.mp4").stat().st_size > 10_000
    assert [line.kind for line in story.app.exporting.ledger()] == ["clip"]
    assert "clip.mp4" in story.page.toast.text


def test_playing_a_quote_stops_at_its_end(story, qtbot):
    add_quotes(story.app, story.page.story.story, {1: ("bridges",)})
    (quote,) = story.quotes()
    qtbot.waitUntil(lambda: quote.id in story.page.quotes.cards, timeout=5_000)
    player = story.page.player
    player.set_speed(2.0)
    story.page.quotes.cards[quote.id].pressed.emit()
    qtbot.waitUntil(lambda: player.playing, timeout=5_000)
    qtbot.waitUntil(lambda: not player.playing, timeout=15_000)
    assert quote.end_ms - 100 <= player.position <= quote.end_ms + 700


def test_a_story_opens_at_the_moment_that_was_asked_for(room, qtbot):
    room.page.show_story(SLUG, 25_530)
    qtbot.waitUntil(lambda: 25_400 <= room.page.player.position <= 27_500 and room.page.player.playing, timeout=15_000)
    assert room.page.view.playing_place.line == 4


def test_without_a_transcript_the_page_says_what_to_do(room, qtbot):
    add_interview(room.app, "helen-funder", transcribed=False)
    room.page.show_story("helen-funder")
    assert room.page.main.text() == "Transcribe"
    assert not room.page.view.isVisible()


def test_the_waveform_is_worked_out_and_a_press_goes_there(story, qtbot):
    waveform = story.page.player.waveform
    qtbot.waitUntil(lambda: max(waveform._heights()) > 0.2, timeout=30_000)
    qtbot.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=QPoint(waveform.width() // 2, 20))
    middle = story.page.story.recordings[0].facts.duration_ms / 2
    qtbot.waitUntil(lambda: abs(story.page.player.position - middle) < 400, timeout=5_000)


def test_captions_are_painted_over_the_picture(story, qtbot):
    player = story.page.player
    player.controls.captions.setChecked(True)
    player.seek(8_000)
    qtbot.waitUntil(lambda: "The first thing" in player.picture.caption, timeout=5_000)


def test_a_sideways_phone_picture_is_shown_upright(room, qtbot):
    add_interview(room.app, "daniel-program-director")
    room.page.show_story("daniel-program-director")
    qtbot.waitUntil(lambda: not room.page.player.picture.image.isNull(), timeout=15_000)
    image: QImage = room.page.player.picture.image
    assert image.width() > image.height()


def test_a_title_is_renamed_where_it_stands_and_undo_brings_it_back(story, qtbot):
    story.page.rename.begin()
    story.page.rename.setText("Time first")
    qtbot.keyClick(story.page.rename, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: story.page._title.text() == "Time first", timeout=5_000)
    story.history.undo()
    qtbot.waitUntil(lambda: story.page._title.text() == "Trust before medicine", timeout=5_000)


def test_consent_that_is_withdrawn_elsewhere_shows_here(story, qtbot):
    story.app.withdrawing.withdraw(Stop(story.page.story.people[0].id))
    qtbot.waitUntil(lambda: story.page.person.badge.word == "Withdrawn", timeout=5_000)


def test_a_missing_recording_is_said_and_the_words_are_still_read(room, tmp_path):
    gone = tmp_path / "gone.mp4"
    gone.write_bytes(b"x")
    add_interview(room.app, "george-physician", file=gone)
    gone.unlink()
    room.page.show_story("george-physician")
    assert room.page.view.script.count > 50
    assert "gone.mp4" in room.page.player.line.text


def test_while_an_engine_listens_the_words_grow_and_are_replaced_by_what_is_saved(room, qtbot):
    story = add_interview(room.app, "helen-funder", transcribed=False)
    room.page.show_story("helen-funder")
    recording = room.page.story.recordings[0]
    room.app.hub.publish(TranscriptStarted("run", recording.id))
    room.app.hub.publish(Heard(recording.id, 1_000, 4_000, "As a private funder"))
    qtbot.waitUntil(lambda: room.page.view.isVisible() and room.page.view.script.count == 4, timeout=5_000)
    assert room.page.words.listening.isVisible()
    assert not room.page.main.isEnabled()
    journal(room.app, recording, [{"start": 1.0, "end": 4.0, "text": "As a private funder I read."}], "en")
    room.app.hub.publish(TranscriptGrew("run", recording.id, 5_000))
    room.app.hub.publish(TranscriptEnded("run", recording.id, "done"))
    qtbot.waitUntil(lambda: room.page.view.script.count == 6, timeout=5_000)
    assert not room.page.words.listening.isVisible()
    assert room.page.main.text() == "Tag selection"
    assert story.code in room.page._subtitle.text()


def test_transcribing_is_refused_in_words_where_there_is_no_model(room, qtbot, monkeypatch):
    add_interview(room.app, "helen-funder", transcribed=False)
    room.page.show_story("helen-funder")

    def none_there(*_asked, **_named):
        raise Unavailable("There is no speech model on this machine.", hint="Add one in the settings.")

    monkeypatch.setattr(room.app.transcribing, "transcribe", none_there)
    room.page.main.click()
    qtbot.waitUntil(lambda: "There is no speech model" in room.page.toast.text, timeout=5_000)
    assert room.page.main.isEnabled()


def test_a_long_transcript_is_laid_out_as_one_scrolls(qtbot):
    view = TranscriptView(Words("en"), theme.LIGHT)
    qtbot.addWidget(view)
    view.resize(520, 700)
    view.show()
    text = "Every link worker needs training, administrative support and someone to call at the end of a hard day."
    view.set_script(Script([
        Line(f"l{n}", "r1", n, n * 5000, n * 5000 + 4000, text, some_words(text, n * 5000, 200), "en")
        for n in range(3000)
    ]))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    view.grab()
    assert 0 < len(view.column._typesets) < 200
    view.set_running(True)
    view.set_position(2_500 * 5000 + 900)
    assert view.playing_place == Place(2500, 4)
    assert view.viewport().rect().contains(view.rect_of(Place(2500, 4)).toRect())


def test_in_a_narrow_window_the_quotes_lie_under_the_player_and_nothing_overlaps(room, qtbot):
    room.page.setMinimumWidth(400)  # as in the window, which may be narrower than three columns
    room.page.show_story(SLUG)
    for width in (1300, 820, 1300):
        room.page.resize(width, 640)
        qtbot.waitUntil(lambda width=width: room.page.width() == width and overlaps(room.page) == [])
        assert room.page.side.isVisible()


def overlaps(page):
    parts = [part for part in (page.player, page.words, page.side, page.person) if part.isVisible()]
    places = [QRect(part.mapTo(page, QPoint(0, 0)), part.size()) for part in parts]
    return [(one, other) for one in places for other in places if one is not other and one.intersects(other)]
