"""Tongues: which language is spoken, chosen among those that a library holds, by asking at several places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from media.audio import LATEST_CUT_MS, RATE, piece
from media.voice import voiced
from storybank.domain.transcript import Span

if TYPE_CHECKING:
    from media.audio import Sound

SURE = 0.7
"""How likely a language must be before it is taken for certain."""
_FIRST, _MORE = (0.5, 0.15, 0.85), (0.3, 0.7)
"""Where in a recording to ask, and where else while in doubt."""
_LISTEN_MS = 30_000
_ENOUGH_MS = 1_000


class TellsLanguages(Protocol):
    """Ears that can say which language they hear."""

    def languages(self, sound: Sound) -> Mapping[str, float]:
        """Return how likely each language is, judged by the first thirty seconds of `sound`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome of a vote."""

    language: str
    mixed: bool = False
    """Whether some places are surely in one language and some in another."""


@dataclass(slots=True)
class Tongue:
    """The language of each window: the recording's, or in a mixed one its own where that is sure."""

    ears: TellsLanguages
    among: Sequence[str]
    language: str
    mixed: bool
    _spoken: dict[str, int] = field(default_factory=dict)

    def of(self, sound: Sound) -> str:
        """Return the language of a window; a doubtful one is in its neighbour's."""
        if self.mixed:
            likely = _shares(self.ears.languages(sound), self.among)
            best = max(likely, key=lambda name: likely[name], default=self.language)
            if likely.get(best, 0.0) >= SURE:
                self.language = best
        return self.language


def vote(ears: TellsLanguages, sounds: Iterator[Sound], among: Sequence[str]) -> Choice:
    """Return the likeliest language; three places are asked, and more only while there is doubt."""
    told: list[dict[str, float]] = []
    for sound in sounds:
        told.append(_shares(ears.languages(sound), among))
        if len(told) >= len(_FIRST) and _winner(told)[1] >= SURE:
            break
    if not told:
        return Choice(next(iter(among), "en"))
    sure = {name for likely in told for name, share in likely.items() if share >= SURE}
    return Choice(_winner(told)[0], mixed=len(sure) > 1)


def places(recording: Path, span: Span, windows: Sequence[Sound]) -> Iterator[Sound]:
    """Yield voiced sound from several places: of the whole span, or where it is short of the windows at hand."""
    if span.length_ms <= LATEST_CUT_MS or not windows:
        yield from _spread(windows)
        return
    found = False
    for share in (*_FIRST, *_MORE):
        start = span.start_ms + int((span.length_ms - _LISTEN_MS) * share)
        sound = only_voiced(piece(recording, Span(start, start + _LISTEN_MS)).sound)
        if len(sound) * 1000 >= _ENOUGH_MS * RATE:
            yield sound
            found = True
    if not found:
        yield from _spread(windows)


def only_voiced(sound: Sound) -> Sound:
    """Return the voiced parts of a sound, one after the other."""
    import numpy as np

    parts = [sound[span.start_ms * RATE // 1000 : span.end_ms * RATE // 1000] for span in voiced(sound)]
    return np.concatenate(parts) if parts else sound[:0]


def _spread(windows: Sequence[Sound]) -> Iterator[Sound]:
    """Yield windows from the middle and both ends first; each is asked once."""
    last = len(windows) - 1
    yield from (windows[at] for at in dict.fromkeys(round(last * share) for share in (*_FIRST, *_MORE)))


def _winner(told: Sequence[Mapping[str, float]]) -> tuple[str, float]:
    total = {name: sum(likely.get(name, 0.0) for likely in told) / len(told) for name in told[0]}
    best = max(total, key=lambda name: total[name])
    return best, total[best]


def _shares(told: Mapping[str, float], among: Sequence[str]) -> dict[str, float]:
    likely = {name: told.get(name, 0.0) for name in (among or told)}
    total = sum(likely.values())
    return {name: value / total if total else 1 / len(likely) for name, value in likely.items()}
