"""Playing on the page: passages that come again, the levelled copy, and recordings that were moved."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from storybank.checksum import sha256_of
from storybank.domain.transcript import Span
from storybank.words import Words
from tests.media.film import AMINA, made
from tests.ui.story_library import add_interview, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage

A_FRAME = 84
"""Milliseconds that a picture of the demo's recordings is shown."""


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """Return six seconds of an interview."""
    return made(tmp_path_factory.mktemp("film") / "amina-link-worker.mp4", "-t", 6, "-i", AMINA, "-c", "copy")


@pytest.fixture
def page(tmp_path, qtbot, short):
    """The Story page on a library with one recording, which stays where it lies."""
    file = tmp_path / "drive" / short.name
    file.parent.mkdir()
    shutil.copy(short, file)
    app = build_library(tmp_path / "library", ())
    told = add_interview(app, "amina-link-worker", file=file)
    change(app, told, sha256=sha256_of(file))
    bridge = Bridge(app.hub)
    page = StoryPage(app, Words("en"), theme.LIGHT, bridge, History())
    page.app, page.file, page.told = app, file, told
    qtbot.addWidget(page)
    page.resize(1300, 860)
    page.show()
    yield page
    page.player.close_recording()
    app.runner.close()
    bridge.close()
    app.close()


def change(app, story, **about):
    """Change what is on file about a story's recording."""
    with app._open_work() as work:
        recording = work.recordings.of_story(story.id)[0]
        facts = replace(recording.facts, duration_ms=6000)
        if "hdr" in about:
            facts = replace(facts, video=replace(facts.video, hdr=about.pop("hdr")))
        work.recordings.save(replace(recording, facts=facts, **about))
        work.commit()


def shown(page, qtbot):
    page.show_story("amina-link-worker")
    qtbot.waitUntil(lambda: not page.player.picture.image.isNull(), timeout=15_000)
    return page.player


def source(player):
    return player._deck._player.source().fileName()


def test_a_passage_is_played_again_and_again_until_it_is_let_go(page, qtbot):
    player, places = shown(page, qtbot), []
    player.moved.connect(places.append)
    player.loop(1000, 1600)
    player.play()
    for _ in range(3):
        with qtbot.waitSignal(player.looped, timeout=10_000):
            pass
    assert max(places) < 1600 + A_FRAME
    player.clear_loop()
    qtbot.waitUntil(lambda: player.position > 1900, timeout=10_000)


def test_a_passage_at_the_very_end_comes_again_too(page, qtbot):
    player = shown(page, qtbot)
    player.loop(5500, 9000)
    assert player.passage == Span(5500, 6000)
    player.play()
    with qtbot.waitSignal(player.looped, timeout=10_000):
        pass
    qtbot.waitUntil(lambda: player.playing and player.position < 6000, timeout=10_000)


def test_a_stretch_is_played_to_its_last_frame_and_no_further(page, qtbot):
    player = shown(page, qtbot)
    player.play_span(2000, 2400)
    qtbot.waitUntil(lambda: player.playing, timeout=10_000)
    qtbot.waitUntil(lambda: not player.playing, timeout=10_000)
    assert 2400 - A_FRAME <= player.position <= 2400 + A_FRAME


def test_it_says_where_it_is_at_least_thirty_times_a_second(page, qtbot):
    player, places = shown(page, qtbot), []
    player.play()
    qtbot.waitUntil(lambda: player.position > 500, timeout=10_000)
    player.moved.connect(places.append)
    qtbot.waitUntil(lambda: player.position > 2000, timeout=10_000)
    player.pause()
    steps = [after - before for before, after in pairwise(places)]
    assert sum(steps) / len(steps) < 34


def test_a_pause_goes_back_a_second_and_can_be_told_not_to(page, qtbot):
    player = shown(page, qtbot)
    for back, steps in ((True, 1000), (False, 0)):
        player.controls.step_back.setChecked(back)
        player.seek(3000)
        player.play()
        qtbot.waitUntil(lambda: player.position > 3300, timeout=10_000)
        at = player.position
        player.toggle()
        qtbot.waitUntil(lambda: not player.playing, timeout=10_000)
        assert abs(player.position - (at - steps)) <= 2 * A_FRAME


def test_speeds_go_up_and_down_in_steps_and_stay_within_half_and_double(page, qtbot):
    player, told = shown(page, qtbot), []
    player.speed_changed.connect(told.append)
    player.faster()
    player.slower()
    player.slower()
    player.set_speed(9)
    assert told == [1.25, 1.0, 0.75, 2.0]
    assert player.controls.speed.text() == "2×"
    assert player._deck._player.pitchCompensation()


def test_the_sound_is_levelled_by_a_switch_and_the_position_is_kept(page, qtbot):
    player = shown(page, qtbot)
    player.seek(3000)
    player.controls.level.click()
    assert "levelled" in player.line.text
    qtbot.waitUntil(lambda: "proxies" in player._deck._player.source().toString(), timeout=30_000)
    assert (player.position, player.line.text) == (3000, "")
    qtbot.waitUntil(lambda: player._deck._shown and player.position == 3000, timeout=10_000)
    player.controls.level.click()
    assert source(player) == "amina-link-worker.mp4"
    assert player.position == 3000
    player.controls.level.click()
    assert "proxies" in player._deck._player.source().toString(), "it is made once"


def test_what_qt_cannot_show_is_played_from_a_copy_by_itself(page, qtbot):
    change(page.app, page.told, hdr=True)
    page.show_story("amina-link-worker")
    assert "cannot be played here as it is" in page.player.line.text
    qtbot.waitUntil(lambda: "proxies" in page.player._deck._player.source().toString(), timeout=30_000)
    assert not page.player.controls.level.isEnabled()
    assert page.player.line.text == ""


def test_a_picture_in_ten_bits_is_noticed_when_it_comes(page, qtbot):
    made(page.file, "-t", 2, "-i", AMINA, "-pix_fmt", "yuv420p10le", "-preset", "ultrafast", "-c:a", "copy")
    page.show_story("amina-link-worker")
    qtbot.waitUntil(lambda: "proxies" in page.player._deck._player.source().toString(), timeout=30_000)
    qtbot.waitUntil(lambda: not page.player.picture.image.isNull(), timeout=10_000)


@pytest.fixture
def moved(page, monkeypatch):
    """Move the recording away, and choose in any dialog the file that is returned."""
    away = page.file.with_name("moved") / "Amina final.mp4"
    away.parent.mkdir()
    page.file.rename(away)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(away), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(away.parent.parent))
    page.show_story("amina-link-worker")
    return away


@pytest.mark.parametrize("choice", ["Choose the file…", "Look in a folder…"])
def test_a_missing_recording_is_said_in_the_player_found_and_played(page, qtbot, moved, choice):
    player = page.player
    assert player.line.text == (
        f"The recording is not where it was: {page.file}. Its transcript and quotes are safe.")
    assert page.view.script.count > 50
    next(action for action in player.line.finder.menu().actions() if action.text() == choice).trigger()
    qtbot.waitUntil(lambda: source(player) == moved.name, timeout=15_000)
    assert player.line.isHidden()
    assert page.story.files == (moved,)
    qtbot.waitUntil(lambda: "was found" in page.toast.text, timeout=5_000)


def test_another_file_is_not_taken_and_the_offer_stays(page, qtbot, moved):
    moved.write_bytes(b"something else")
    page.player.line.file_wanted.emit()
    qtbot.waitUntil(lambda: "is not this recording" in page.player.line.text, timeout=15_000)
    assert page.player.line.missing
    moved.unlink()
    page.player.line.folder_wanted.emit()
    qtbot.waitUntil(lambda: "is not in that folder" in page.player.line.text, timeout=15_000)


def test_a_drive_that_is_back_is_played_at_once(page, qtbot, moved):
    moved.rename(page.file)
    page.player.toggle()
    qtbot.waitUntil(lambda: page.player.playing, timeout=10_000)
    assert page.player.line.isHidden()


def test_the_waveform_goes_by_keys_loops_by_brackets_and_says_what_it_shows(page, qtbot):
    player, waveform = shown(page, qtbot), page.player.waveform
    waveform.set_speech([Span(800, 2500), Span(4000, 6000)])
    for key, modifier, at in ((Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 5000),
                              (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 4000),
                              (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0)):
        qtbot.keyClick(waveform, key, modifier)
        assert player.position == at
    player.seek(1000)
    qtbot.keyClicks(waveform, "[")
    player.seek(3000)
    qtbot.keyClicks(waveform, "]")
    assert player.passage == Span(1000, 3000)
    player.seek(3000)
    assert waveform.accessibleDescription() == "00:03 of 00:06, nobody speaks, loop 00:01–00:03"
    player.controls.loop.click()
    assert player.passage is None


def test_dragging_with_shift_over_the_waveform_loops_what_was_drawn(page, qtbot):
    player, waveform = shown(page, qtbot), page.player.waveform
    shift, left = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
    qtbot.mousePress(waveform, left, shift, QPoint(waveform.width() // 4, 20))
    qtbot.mouseRelease(waveform, left, shift, QPoint(waveform.width() // 2, 20))
    assert abs(player.passage.start_ms - 1500) < 40
    assert abs(player.passage.end_ms - 3000) < 40


def test_silence_is_softer_than_speech(page, qtbot):
    player, waveform = shown(page, qtbot), page.player.waveform
    waveform.set_peaks([0.8] * 300)
    player.seek(6000)

    def bar(ms):
        x = round(waveform._place(ms) / 4) * 4
        return waveform.grab().toImage().pixelColor(x + 1, waveform.height() // 2)

    waveform.set_speech([])
    spoken = bar(2000)
    waveform.set_speech([Span(0, 3000)])
    assert bar(2000) == spoken
    assert bar(4000).lightness() > spoken.lightness() + 40


def test_every_control_can_be_reached_and_has_a_name_and_a_tip(page, qtbot):
    player = shown(page, qtbot)
    controls = [button for button in player.findChildren(QAbstractButton) if button.isVisible()]
    assert len(controls) == 7
    for button in controls:
        assert button.accessibleName(), button.text()
        assert button.toolTip(), button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.text()
