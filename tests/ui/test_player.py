"""The player with the demo's real recordings: it plays every kind, lands where one pressed, and never mixes faces."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from storybank import places
from storybank.words import Words
from tests.ui.story_library import add_interview, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.transcript.script import Place

KINDS = ("amina-link-worker", "george-physician", "priya-community-partner", "samuel-conseiller")
"""An mp4, a mov, a webm and a sound alone."""
NEAR = 100
"""Milliseconds that a press may be off."""


@pytest.fixture
def page(tmp_path, qtbot):
    """The Story page on a library with a recording of each kind."""
    app = build_library(tmp_path / "library", ())
    for slug in KINDS:
        add_interview(app, slug)
    bridge = Bridge(app.hub)
    made = StoryPage(app, Words("en"), theme.LIGHT, bridge, History())
    qtbot.addWidget(made)
    made.resize(1300, 860)
    made.show()
    yield made
    made.player.close_recording()
    bridge.close()
    app.close()


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_plays_its_words_light_up_and_a_press_lands_there(page, qtbot, slug):
    page.show_story(slug)
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.player.position > 700 and page.view.playing_place is not None, timeout=20_000)
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.player.playing, timeout=10_000)
    place = Place(2, 1)
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=page.view.rect_of(place).center().toPoint())
    wanted = page.view.script.word(place).start_ms
    qtbot.waitUntil(lambda: abs(page.player.position - wanted) <= NEAR, timeout=10_000)


def test_a_sound_recording_never_shows_the_face_of_the_one_before(page, qtbot):
    page.show_story("george-physician")
    qtbot.waitUntil(lambda: not page.player.picture.image.isNull(), timeout=15_000)
    page.player.play()
    qtbot.waitUntil(lambda: page.player.position > 300, timeout=15_000)
    page.show_story("samuel-conseiller")
    page.player.play()
    qtbot.waitUntil(lambda: page.player.position > 300, timeout=15_000)
    assert page.player.picture.image.isNull()


def test_closing_the_window_while_it_plays_ends_cleanly_and_quietly(tmp_path):
    build_library(tmp_path / "library", ["george-physician"]).close()
    played = subprocess.run([sys.executable, "-c", PLAY_AND_CLOSE, str(tmp_path / "library")], cwd=places.PROJECT,
                            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "STORYBANK_HOME": str(tmp_path)},
                            capture_output=True, text=True, timeout=60, check=False)
    assert played.returncode == 0, played.stderr
    noise = [line for line in played.stderr.splitlines() if not line.startswith(HEADLESS)]
    assert noise == []


HEADLESS = ("PulseAudioService", "QRhi*", "This plugin does not support")
"""What Qt says on a machine without a sound server or a screen, and on no person's."""

PLAY_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app

qt = app.application()
watch = QTimer()

def look():
    window = next((w for w in qt.topLevelWidgets() if getattr(w, "pages", None)), None)
    if window is None:
        return
    if window.pages.shown != "story":
        window.pages.show_story("S-0001")
        window.pages.story().player.play()
    elif window.pages.story().player.position > 500:
        watch.stop()
        window.close()
    elif not window.pages.story().player.playing:
        window.pages.story().player.play()

watch.timeout.connect(look)
watch.start(20)
sys.exit(app.main(["--library", sys.argv[1]]))
"""
