"""Memory: the most that the speech process holds while it hears an hour."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.demo import looped, recordings, ticket
from benchmarks.figures import Figure
from storybank.domain.speech import Listening
from storybank.domain.transcript import Chunk
from storybank.jobs.child import in_child
from ui.wiring import engines, speech_models

HOUR, MOST_MB, LOOK_EVERY = 3600.0, 700, 0.05


def an_hour_of_speech(folder: Path) -> Iterator[Figure]:
    """Hear an hour, made by repeating an interview, and watch the child all the while."""
    sound = next(path for path in recordings() if path.suffix == ".m4a")
    recording = looped(sound, folder / "hour.m4a", seconds=HOUR)
    model = speech_models().find()
    engine = next(one for one in engines() if one.engine == model.engine)
    with Watch() as watch:
        heard = list(in_child(engine.listen, recording, model, Listening(), 0, 0, ticket=ticket()))
    end_ms = max(each.end_ms for each in heard if isinstance(each, Chunk))
    assert end_ms > 0.98 * HOUR * 1000, f"only {end_ms / 1000:.0f} seconds were heard"
    yield Figure("memory", "the most the speech process holds over an hour", (watch.most / 1e6,), MOST_MB, unit="MB")


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
