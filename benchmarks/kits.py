"""Kits: whether one of ten quotes keeps both cores busy, and what making it again costs when one quote changed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure, ratio
from exports.cards.sizes import ONLINE
from exports.kits.kit import FolderKit
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.clip import WIDE
from storybank.domain.export import Order
from tests.exports import library

_QUOTES, _ROUNDS, _LENGTH_MS = 10, 3, 2_000
_PEOPLE = ("amina-link-worker", "daniel-program-director")
_LEAST_CORES, _MOST_AGAIN = 1.3, 0.7


def kit_of_ten(folder: Path) -> Iterator[Figure]:
    """Make a kit of ten quotes, then again with one of them cut shorter; count the films that were made anew."""
    order = _ten()
    first, *others = order.passages
    shorter = replace(first, clip=replace(first.clip, end_ms=first.clip.end_ms - 40))
    changed = replace(order, passages=(shorter, *others))
    busy: list[float] = []
    whole: list[float] = []
    again: list[float] = []
    anew: list[float] = []
    shelf = folder / "kept"
    for _ in range(_ROUNDS):
        worked, took = _cost(lambda: _make(order, shelf, folder))
        before = _films(shelf)
        _, took_again = _cost(lambda: _make(changed, shelf, folder))
        busy.append(worked / took)
        whole.append(took)
        again.append(took_again)
        anew.append(len(_films(shelf) - before) / len(before))
        shutil.rmtree(shelf)
    cores = min(_LEAST_CORES, float(os.cpu_count() or 1))
    yield Figure("kit", "a kit of ten quotes: cores at work", tuple(busy), cores, at_most=False)
    yield Figure("kit again", "one of ten quotes changed: films made anew / all", tuple(anew), 1 / _QUOTES)
    yield ratio("kit again", "one of ten quotes changed / the whole kit", again, whole, _MOST_AGAIN)


def _ten() -> Order:
    """Return ten quotes of people who may be seen, each cut to two seconds."""
    found = library.order("government_brief", slugs=_PEOPLE)
    short = [replace(one, clip=replace(one.clip, end_ms=one.clip.start_ms + _LENGTH_MS), captions=())
             for one in found.passages[:_QUOTES]]
    return replace(found, passages=tuple(short))


def _make(order: Order, shelf: Path, folder: Path) -> None:
    to = folder / "kit"
    FolderKit(FfmpegMedia(shelf), ONLINE[:1], (WIDE,)).write(library.KIT, order, to, library.media_of, library.Quiet())
    shutil.rmtree(to)


def _films(shelf: Path) -> set[str]:
    return {path.name for path in shelf.rglob("*.mp4")}


def _cost(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds of processor, ffmpeg's among them, and of the clock on the wall."""
    started, spent = time.perf_counter(), _spent()
    work()
    return _spent() - spent, time.perf_counter() - started


def _spent() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
