"""Typing in the transcript of a three-hour interview: from a key to the painted line, and how soon it can be read."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, ratio, seconds, take_turns
from storybank.domain import names
from storybank.domain.quote import Anchor
from storybank.domain.recording import AudioFacts, MediaFacts, Recording
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun, Word

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView
    from ui.window import Window
    from ui.wiring import App

WORDS, WORDS_A_LINE, WORD_MS = 27_000, 10, 400
QUOTES, TYPED, A_FRAME_MS = 40, 200, 16.0
SAID = ("trust", "comes", "before", "medicine", "and", "we", "walk", "to", "the", "river", "every", "Thursday", "with",
        "people", "who", "were", "never", "asked", "what", "matters", "against", "loneliness", "because")


def typing_in_three_hours(folder: Path) -> Iterator[Figure]:
    """Open it in the real window, type in the middle of it, and go on from line to line; and beside bare rows, open."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from storybank.settings import Settings
    from storybank.words import Words
    from ui import theme
    from ui.app import application
    from ui.desk import Desk
    from ui.window import Window
    from ui.wiring import create_app

    application()
    theme.apply(application(), theme.LIGHT)
    desk = Desk(create_app(folder / "library", "Measured"))
    story = furnish(desk.app)
    window = Window(Words("en"), theme.LIGHT, Settings(language="en", theme="light"))
    window.furnish(desk)
    window.show()
    yield from _opening(window, story)
    yield _tail("typing", "key to painted line, 95th of 100, in 27,000 words", _typed(window))
    keys, tabs = _typed_after_tab(window)
    yield _tail("typing on", "the same right after Tab saved the line before", keys)
    yield _tail("next line", "Tab to the next line painted, 95th of 100", tabs, 3 * A_FRAME_MS)
    window.close()
    desk.close()


def _tail(name: str, what: str, waits: list[float], limit: float = A_FRAME_MS) -> Figure:
    return Figure(name, what, (quantiles(waits, n=20)[-1] * 1000,), limit, unit="ms", ours=tuple(waits))


def furnish(app: App) -> Story:
    """Put a three-hour recording with its words and some quotes straight into a library."""
    chance = random.Random(4)
    person = app.people.add("Amina Diallo")
    length = WORDS * WORD_MS
    with app._open_work() as work:  # noqa: SLF001 - straight into the library, as an engine's journal goes
        story = Story(names.new_id(), "S-0001", "Three hours", "three-hours", "en", (Participant(person.id),))
        facts = MediaFacts("m4a", length, None, AudioFacts("aac", 1, 16_000))
        recording = Recording(names.new_id(), "R-0001", story.id, "three.m4a", "ab" * 32, 1, facts, "three.m4a")
        run = TranscriptRun(names.new_id(), recording.id, "faster-whisper", "1", "small", "en", RunState.DONE, length)
        work.stories.save(story)
        work.recordings.save(recording)
        work.transcripts.save_run(run)
        for index in range(36):
            segments = [_segment(chance, number) for number in range(index * 75, (index + 1) * 75)]
            begin, end = segments[0].start_ms, segments[-1].end_ms
            work.transcripts.journal(run.id, Chunk(index, begin, end, tuple(segments), "en"))
        work.commit()
    lines = app.correcting.lines(recording.id)
    for line in lines[:: len(lines) // QUOTES]:
        app.quoting.pick(recording.id, Anchor(line.id, 0, line.id, 5), ("bridges",)).edit.do()
    return story


def _segment(chance: random.Random, number: int) -> Segment:
    start, words = number * WORDS_A_LINE * WORD_MS, []
    for place in range(WORDS_A_LINE):
        begin = start + place * WORD_MS
        words.append(Word(chance.choice(SAID), begin, begin + WORD_MS - 20, chance.choice((0.97, 0.9, 0.8, 0.4))))
    return Segment(start, words[-1].end_ms, " ".join(word.text for word in words), tuple(words))


def _opening(window: Window, story: Story) -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    assert window.pages and window.desk
    page, app = window.pages.story(), window.desk.app

    def opened() -> float:
        page.story = None
        started = time.perf_counter()
        window.pages.show_story(story.code)  # type: ignore[union-attr]
        QApplication.processEvents()
        page.view.viewport().repaint()
        return time.perf_counter() - started

    def read() -> None:
        with app._open_work() as work:  # noqa: SLF001 - the same rows, and nothing done with them
            assert len(work.transcripts.lines(page.story.recordings[0].id)) == WORDS // WORDS_A_LINE  # type: ignore[union-attr]

    opened()
    ours, bare = take_turns(opened, partial(seconds, read), 5)
    yield ratio("opening", "3-hour transcript on screen / reading its lines", ours, bare, 2.0)


def _typed(window: Window) -> list[float]:
    """Return how long each of many keys takes, in one line in the middle."""
    view = _view(window)
    view.cursor_.go(view.script.place(WORDS // 2))
    view.changed()
    view.edit_here()
    chance = random.Random(5)
    return [_press(window, _key(chance)) for _number in range(TYPED)]


def _typed_after_tab(window: Window) -> tuple[list[float], list[float]]:
    """Return how long the first keys take in the next line, while the one before is saved, and coming there."""
    from PySide6.QtCore import Qt

    chance, keys, tabs = random.Random(6), list[float](), list[float]()
    for _line in range(TYPED // 5):
        tabs.append(_press(window, Qt.Key.Key_Tab))
        keys += [_press(window, _key(chance)) for _number in range(5)]
    return keys, tabs


def _press(window: Window, key: Any) -> float:  # noqa: ANN401 - a letter or a key of Qt's
    """Return the seconds from a key to the paint that shows it."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    editor = _view(window).editor
    assert editor
    started = time.perf_counter()
    QTest.keyClick(editor, key)
    QApplication.processEvents()
    took = time.perf_counter() - started
    time.sleep(0.02)  # nobody types faster
    return took


def _key(chance: random.Random) -> str:
    return chance.choice("etaoinshrdlu ")


def _view(window: Window) -> TranscriptView:
    assert window.pages
    return window.pages.story().view
