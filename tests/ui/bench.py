"""A bench for the tools of the transcript: one story with words misheard, misspelt and never said, and its page."""

from __future__ import annotations

import shutil

import pytest
import shiboken6
from PySide6.QtCore import Qt

from storybank.domain import names
from storybank.domain.flag import Flag
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun, Word
from storybank.words import Words
from tests.ui.story_library import NOW, Quiet, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.spelling import HunspellSpeller
from ui.story.page import StoryPage
from ui.transcript.script import Place
from ui.wiring import open_app

SLUG = "amina-link-worker"
SAID = [
    ("We saw the wlaking group in teh clinic.", "en", {"wlaking": 0.31}, ()),
    ("L’été, la clinique de l’aîné était ouvrte.", "fr", {}, ()),
    ("Then Amina Dialo came with the Wlaking group.", "en", {"Wlaking": 0.42}, ()),
    ("Thank you for watching.", "en", {}, (Flag.STOCK_PHRASE,)),
    ("And can social gave tea at the end of the", "en", {"tea": 0.2}, ()),
    ("walking day, so we were glad.", "en", {}, ()),
]


class AtOnce:
    """The same dictionaries, asked in this process: a process for each test would take a second."""

    def unknown(self, words, language, then):
        then(HunspellSpeller().unknown(words, language))

    def suggestions(self, word, language, then):
        then(HunspellSpeller().suggestions(word, language))


class Bench:
    """A page on a library, what it stands on, and keys."""

    def __init__(self, app, qtbot, language="en"):
        self.app, self.qtbot = app, qtbot
        self.bridge, self.history = Bridge(app.hub), History()
        self.page = StoryPage(app, Words(language), theme.LIGHT, self.bridge, self.history)
        self.page.resize(1300, 860)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow, timeout=5_000)
        self.page.show_story(SLUG)
        self.view = self.page.view
        self.view.setFocus()

    def tool(self, name):
        return next(tool for tool in self.page.tools._all if type(tool).__name__ == name)

    def press(self, key, *modifiers, on=None):
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        self.qtbot.keyClick(on or self.page.focusWidget() or self.page, key, held)

    def type(self, text):
        self.qtbot.keyClicks(self.page.focusWidget(), text)

    def go(self, line, word):
        self.view.cursor_.go(Place(line, word))

    def shown(self):
        """Return what the page shows, line by line."""
        return [" ".join(word.text for word in line.words) for line in self.view.script.lines]

    def kept(self):
        """Return the lines as the library holds them."""
        return self.app.correcting.lines(self.page.story.recordings[0].id)

    def kinds(self):
        """Return what was done, as the library tells it."""
        return [change.kind.value for change in self.app.correcting.changes(self.page.story.recordings[0].id)]

    def read_everything(self):
        """Look every word up now, without waiting for calm."""
        self.tool("Spelling").lookup._calm.start(0)
        marks = self.view.painter.marks
        self.qtbot.waitUntil(lambda: len(marks.misspelt) == len(self.view.script.lines), timeout=30_000)

    def waved(self):
        """Return the words that have a wave under them."""
        lines = self.view.script.lines
        return {lines[n].words[word].text for n, line in enumerate(lines)
                for word in self.view.painter.marks.misspelt_in(line)}


def _journal(app):
    with app._open_work() as work:
        recording = work.recordings.all()[0]
        run = TranscriptRun(names.new_id(), recording.id, "faster-whisper", "1.2.1", "small", "en", RunState.DONE,
                            recording.facts.duration_ms, 1, "{}", NOW.isoformat(), NOW.isoformat())
        segments = [_segment(number, *said) for number, said in enumerate(SAID)]
        work.transcripts.save_run(run)
        work.transcripts.journal(run.id, Chunk(0, 0, recording.facts.duration_ms, tuple(segments), "en"))
        work.commit()


def _segment(number, text, language, unsure, flags):
    start = number * 6000
    words = tuple(Word(word, start + 400 * n, start + 400 * n + 380, unsure.get(word, 0.95))
                  for n, word in enumerate(text.split()))
    return Segment(start, words[-1].end_ms, text, words, language=language, flags=flags)


@pytest.fixture(scope="session")
def bench_library(tmp_path_factory):
    """Make the library once."""
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(folder / "home"))
        app = build_library(folder / "library", [SLUG], transcribed=False)
        _journal(app)
        app.playing.waveform(app.browsing.story(SLUG).recordings[0].id, Quiet())
        app.close()
    return folder / "library"


@pytest.fixture
def bench(bench_library, tmp_path, qtbot):
    """The page, open on a copy of that library."""
    app = open_app(shutil.copytree(bench_library, tmp_path / "library"), clock=lambda: NOW)
    app.__dict__["spelling"] = AtOnce()
    made = Bench(app, qtbot)
    yield made
    made.page.player.close_recording()
    made.page.hide()
    made.bridge.close()
    shiboken6.delete(made.page)  # now, so that nothing of it asks a library that is closed
    app.close()
