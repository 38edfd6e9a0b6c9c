"""Memory: the most that the speech process holds, over an hour, and over three beside ten minutes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.demo import looped, recordings, ticket
from benchmarks.figures import Figure
from storybank.domain.speech import Listening
from storybank.domain.transcript import Chunk, Span
from storybank.jobs.child import in_child
from ui.machine import engines, speech_models

HOUR, MOST_MB, LOOK_EVERY = 3600.0, 700, 0.05
SHORT, LONG = 600.0, 10_800.0


def an_hour_of_speech(folder: Path) -> Iterator[Figure]:
    """Hear an hour, made by repeating an interview, and watch the child all the while."""
    sound = next(path for path in recordings() if path.suffix == ".m4a")
    most = _most(looped(sound, folder / "hour.m4a", seconds=HOUR), HOUR)
    yield Figure("memory", "the most the speech process holds over an hour", (most / 1e6,), MOST_MB, unit="MB")


def ten_minutes_and_three_hours(folder: Path) -> Iterator[Figure]:
    """Hear ten minutes, then three hours: the longer recording must not take more memory."""
    sound = next(path for path in recordings() if path.suffix == ".m4a")
    short = _most(looped(sound, folder / "short.m4a", seconds=SHORT), SHORT)
    long = _most(looped(sound, folder / "long.m4a", seconds=LONG), LONG)
    yield Figure("flat", "memory over three hours of sound / over ten minutes", (long / short,), 1.10)


def _most(recording: Path, length: float) -> int:
    """Return the most bytes that the speech process holds while it hears a recording."""
    model = speech_models().find()
    engine = next(one for one in engines() if one.engine == model.engine)
    end_ms = 0
    with Watch() as watch:
        for heard in in_child(engine.listen, recording, model, Listening(), Span(0, round(length * 1000)), 0,
                              ticket=ticket()):
            if isinstance(heard, Chunk):
                end_ms = heard.end_ms
    assert end_ms > 0.98 * length * 1000, f"only {end_ms / 1000:.0f} seconds were heard"
    return watch.most


class Watch:
    """Looks at this process's children and keeps the most that one of them held."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._over.wait(LOOK_EVERY):
            for child in me.children():
                try:
                    self.most = max(self.most, child.memory_info().rss)
                except psutil.Error:
                    continue  # it has just ended
