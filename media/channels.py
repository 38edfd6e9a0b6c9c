"""Channels: tells whether left and right are two people, each with a microphone, and gives each their own speech."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from media.audio import RATE, as_float, piece
from media.voice import voiced
from storybank.domain.transcript import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from media.audio import Samples, Sound, Stretch

    Levels = NDArray[np.float32]

SIDES = ("left", "right")
LOUDER_DB = 6.0
"""How much louder one side is where the other only overhears it."""
_FRAME = RATE // 20
_QUIET_DB, _BELOW_LOUDEST_DB = -60.0, 35.0
_MOST, _ALSO = 0.6, 0.03
_BLEED_FRAMES = 4
_PLACES, _PLACE_MS = 12, 5_000


@dataclass(frozen=True, slots=True)
class Voice:
    """What is heard as one: its sound, and where in it somebody speaks."""

    name: str
    """`left` or `right`; empty where a recording does not part its voices."""
    sound: Sound
    speech: list[Span]


def voices(stretch: Stretch, both_speak: Callable[[], bool]) -> list[Voice]:
    """Return a stretch as one voice, or as two where left and right are different people.

    Where only one side speaks in all of the stretch, the recording as a whole is asked whether `both_speak`.
    """
    if stretch.sides is not None:
        found = sides_apart(stretch.sides)
        if found and (min(found) >= _ALSO or both_speak()):
            return [_side(stretch, at) for at in (0, 1)]
    return [Voice("", stretch.sound, voiced(stretch.sound, stretch.start_ms))]


def sides_apart(samples: Samples) -> tuple[float, float] | None:
    """Return in which shares of the speech left and right are the louder; None where it is one sound for both."""
    shares = _shares(levels(samples))
    return shares if sum(shares) >= _MOST else None


def both_speak(recording: Path, span: Span) -> bool:
    """Tell whether each side is the louder somewhere, listening in at a dozen places of the recording.

    What lies before the span is asked too, so that a run that goes on later hears what it heard before.
    """
    import numpy as np

    length_ms = span.end_ms
    starts = [max(0, length_ms * (2 * place + 1) // (2 * _PLACES) - _PLACE_MS // 2) for place in range(_PLACES)]
    heard = [piece(recording, Span(start, min(length_ms, start + _PLACE_MS))).sides for start in starts]
    told = [levels(samples) for samples in heard if samples is not None]
    shares = _shares(np.concatenate(told)) if told else (0.0, 0.0)
    return sum(shares) >= _MOST and min(shares) >= _ALSO


def levels(samples: Samples) -> Levels:
    """Return how loud left and right are, in decibels, twenty times a second."""
    import numpy as np

    frames = as_float(samples[: len(samples) // _FRAME * _FRAME]).reshape(-1, _FRAME, 2)
    power: Levels = 10 * np.log10((frames**2).mean(axis=1) + 1e-10)
    return power


def _shares(power: Levels) -> tuple[float, float]:
    import numpy as np

    loudest = power.max(axis=1, initial=-100.0)
    floor = max(_QUIET_DB, float(np.percentile(loudest, 95)) - _BELOW_LOUDEST_DB) if len(loudest) else 0.0
    difference = (power[:, 0] - power[:, 1])[loudest > floor]
    if not len(difference):
        return 0.0, 0.0
    return float((difference > LOUDER_DB).mean()), float((difference < -LOUDER_DB).mean())


def _side(stretch: Stretch, at: int) -> Voice:
    assert stretch.sides is not None
    sound = own_sound(stretch.sides, at)
    return Voice(SIDES[at], sound, voiced(sound, stretch.start_ms))


def own_sound(samples: Samples, at: int) -> Sound:
    """Return one side's sound, silent where it only overhears the other."""
    import numpy as np

    power, sound = levels(samples), as_float(samples[:, at])
    bleeds = power[:, 1 - at] - power[:, at] > LOUDER_DB
    lasting = np.convolve(bleeds, np.ones(_BLEED_FRAMES), "full") >= _BLEED_FRAMES
    runs = np.array([lasting[frame : frame + _BLEED_FRAMES].any() for frame in range(len(bleeds))], bool)
    sound[: len(runs) * _FRAME][np.repeat(runs, _FRAME)] = 0.0
    return sound
