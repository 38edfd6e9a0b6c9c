"""Tagging in a one-hour transcript with many quotes: from a key to the tag one sees, and how soon it can be read."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, ratio, seconds, take_turns
from storybank.domain import names
from storybank.domain.coding import Coding
from storybank.domain.quote import Anchor, Quote
from storybank.domain.recording import AudioFacts, MediaFacts, Recording
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Chunk, Line, RunState, Segment, TranscriptRun, Word

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.window import Window
    from ui.wiring import App

WORDS, WORDS_A_LINE, WORD_MS = 9_000, 10, 400
FEW, MANY = 500, 5_000
TAGGED, LIMIT_MS = 40, 50.0
CODES = ("amplify", "training", "policy", "bridges", "measure")
SAID = ("trust", "comes", "before", "medicine", "and", "we", "walk", "to", "the", "river", "every", "Thursday.", "With",
        "people", "who", "were", "never", "asked", "what", "matters.", "Against", "loneliness", "because")


def tagging_in_an_hour(folder: Path) -> Iterator[Figure]:
    """Open stories of an hour with 500 and with 5 000 quotes in the real window, and tag in the middle of them."""
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
    stories = [furnish(desk.app, number, quotes) for number, quotes in enumerate((FEW, MANY), start=1)]
    window = Window(Words("en"), theme.LIGHT, Settings(language="en", theme="light"))
    window.furnish(desk)
    window.resize(1440, 900)
    window.show()
    for story, quotes, limit in zip(stories, (FEW, MANY), (4.0, 8.0), strict=True):
        yield from _opening(window, story, quotes, limit)
        yield from _tagging(window, quotes)
    window.close()
    desk.close()


def furnish(app: App, number: int, quotes: int) -> Story:
    """Put a one-hour recording with its words and quotes that overlap straight into a library."""
    chance = random.Random(number)
    person = app.people.add(f"Amina {number}", stakeholder="link_worker")
    length = WORDS * WORD_MS
    with app._open_work() as work:  # noqa: SLF001 - straight into the library, as an engine's journal goes
        code = work.next_code("story")
        story = Story(names.new_id(), code, f"An hour, {quotes}", f"an-hour-{quotes}", "en", (Participant(person.id),))
        facts = MediaFacts("m4a", length, None, AudioFacts("aac", 1, 16_000))
        recording = Recording(names.new_id(), work.next_code("recording"), story.id, "hour.m4a", "ab" * 32, 1, facts,
                              "hour.m4a")
        run = TranscriptRun(names.new_id(), recording.id, "faster-whisper", "1", "small", "en", RunState.DONE, length)
        work.stories.save(story)
        work.recordings.save(recording)
        work.transcripts.save_run(run)
        segments = tuple(_segment(chance, place) for place in range(WORDS // WORDS_A_LINE))
        work.transcripts.journal(run.id, Chunk(0, 0, length, segments, "en"))
        work.commit()
    _quote(app, story, recording, person.id, quotes, chance)
    return story


def _quote(app: App, story: Story, recording: Recording, speaker: str, count: int, chance: random.Random) -> None:
    lines = app.correcting.lines(recording.id)
    with app._open_work() as work:  # noqa: SLF001
        coder = work.codings.coder(app.author).id
        for _number in range(count):
            quote = _one(work.next_code("quote"), story, lines, speaker, chance)
            work.quotes.save(quote)
            keys = {"link_worker", chance.choice(CODES), chance.choice(CODES)}
            work.codings.put(quote.id, [Coding(names.new_id(), quote.id, key, coder, work.moment) for key in keys])
        work.commit()


def _one(code: str, story: Story, lines: list[Line], speaker: str, chance: random.Random) -> Quote:
    first = chance.randrange(len(lines) - 2)
    last = first + chance.choice((0, 0, 1, 1, 2))
    begin, end = chance.randrange(0, 5), chance.randrange(5, 10)
    words = [word.text for line in lines[first:last + 1] for word in line.words][begin:]
    return Quote(names.new_id(), code, story.id, lines[0].recording_id, " ".join(words),
                 lines[first].words[begin].start_ms, lines[last].words[end].end_ms, "en",
                 Anchor(lines[first].id, begin, lines[last].id, end), speaker_id=speaker)


def _segment(chance: random.Random, number: int) -> Segment:
    start = number * WORDS_A_LINE * WORD_MS
    words = tuple(
        Word(chance.choice(SAID), start + place * WORD_MS, start + (place + 1) * WORD_MS - 20, 0.95)
        for place in range(WORDS_A_LINE)
    )
    return Segment(start, words[-1].end_ms, " ".join(word.text for word in words), words)


def _opening(window: Window, story: Story, quotes: int, limit: float) -> Iterator[Figure]:
    from PySide6.QtWidgets import QApplication

    assert window.pages and window.desk
    page, app = window.pages.story(), window.desk.app

    def opened() -> float:
        page.story = None
        started = time.perf_counter()
        window.pages.show_story(story.code)  # type: ignore[union-attr]
        page.view.viewport().repaint()
        took = time.perf_counter() - started
        QApplication.processEvents()
        return took

    def read() -> None:
        with app._open_work() as work:  # noqa: SLF001 - the same rows, and nothing done with them
            assert work.transcripts.lines(page.story.recordings[0].id)  # type: ignore[union-attr]
            assert len(work.quotes.of_story(page.story.story.id)) >= quotes  # type: ignore[union-attr]

    opened()
    ours, bare = take_turns(opened, partial(seconds, read), 5)
    yield ratio(f"opening {quotes}", f"an hour with {quotes} quotes on screen / reading its rows", ours, bare, limit)


def _tagging(window: Window, quotes: int) -> Iterator[Figure]:
    from PySide6.QtCore import Qt

    assert window.pages
    page, chance = window.pages.story(), random.Random(7)
    waits: list[float] = []
    for number in range(TAGGED):
        _go(page, chance.randrange(page.view.script.count))
        _press(window, Qt.Key.Key_S)
        waits.append(_press(window, getattr(Qt.Key, f"Key_{number % 5 + 1}"), page))
    palette = [_by_palette(window, page, chance) for _number in range(TAGGED // 2)]
    bare = [seconds(page.view.viewport().repaint) for _number in range(20)]
    yield _tail(f"digit {quotes}", f"S, digit: key to the tag one sees, 95th, {quotes} quotes", waits)
    yield _tail(f"palette {quotes}", f"Enter in the palette to the tag one sees, 95th, {quotes}", palette)
    yield Figure(f"paint {quotes}", f"the same, digit / a bare repaint of the words, {quotes}",
                 (median(waits) / median(bare),), 12.0, ours=tuple(waits), bare=tuple(bare))


def _by_palette(window: Window, page: StoryPage, chance: random.Random) -> float:
    from PySide6.QtCore import Qt

    _go(page, chance.randrange(page.view.script.count))
    for key in (Qt.Key.Key_S, Qt.Key.Key_T, "p", "o", "l", "i", Qt.Key.Key_Return):
        _press(window, key)
    return _press(window, Qt.Key.Key_Return, page)


def _go(page: StoryPage, word: int) -> None:
    page.view.setFocus()
    page.view.cursor_.go(page.view.script.place(word))
    page.view.changed()


def _press(window: Window, key: Any, page: StoryPage | None = None) -> float:  # noqa: ANN401 - a letter or a key of Qt's
    """Return the seconds from a key to the paint of the words that shows what it did; everything else follows then."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    seen: list[float] = []
    if page:
        paint, before = page.view.painter.paint, page.view.script

        def watched(*about: Any) -> None:  # noqa: ANN401 - whatever a line is painted with
            paint(*about)
            if page.view.script is not before:
                seen.append(time.perf_counter())

        page.view.painter.paint = watched  # type: ignore[method-assign, assignment]
    started = time.perf_counter()
    QTest.keyClick(window.focusWidget(), key)
    while page and not seen and time.perf_counter() - started < 5:
        QApplication.processEvents()
    took = (seen[-1] if seen else time.perf_counter()) - started
    if page:
        page.view.painter.paint = paint  # type: ignore[method-assign]
    QApplication.processEvents()
    time.sleep(0.02)  # nobody types faster
    return took


def _tail(name: str, what: str, waits: list[float]) -> Figure:
    return Figure(name, what, (quantiles(waits, n=20)[-1] * 1000,), LIMIT_MS, unit="ms", ours=tuple(waits))
