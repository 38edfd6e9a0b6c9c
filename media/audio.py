"""Audio: the sound of a recording in stretches of about five minutes, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from media.opening import opened
from media.probe import sound_length_ms
from media.tools import Ffmpeg, failure, guarded_input
from storybank.domain.transcript import Span
from storybank.errors import Damaged
from storybank.words import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    Samples = NDArray[np.int16]

RATE = 16_000
"""Samples a second: what Whisper listens to."""
EARLIEST_CUT_MS, LATEST_CUT_MS = 295_000, 315_000
QUIET_MS = 500
_STEP = RATE // 10
_BLOCK = RATE * 2 * 4  # bytes: four seconds


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a recording: when it starts, and its sound as float32 samples, 16 000 a second."""

    start_ms: int
    sound: Sound
    """All its channels mixed into one."""
    sides: Samples | None = None
    """Left and right, a column each, where the recording has two channels."""

    @property
    def end_ms(self) -> int:
        """When it ends, in milliseconds of the recording."""
        return self.start_ms + len(self.sound) * 1000 // RATE


def stretches(file: Path, span: Span) -> Iterator[Stretch]:
    """Yield the sound of a span, or as much of it as there is, cut at the quietest half second near every fifth minute.

    Raises `Damaged`, after everything that could be read, when the sound is much shorter than the file promises.
    """
    import numpy as np

    promised_ms, channels = sound_length_ms(file), channels_of(file)
    at_ms, held = span.start_ms, np.empty((0, channels), "<i2")
    with Ffmpeg(_arguments(file, span, channels)) as ffmpeg:
        while block := ffmpeg.output.read(_BLOCK):
            held = np.concatenate([held, _samples(block, channels)])
            if len(held) >= LATEST_CUT_MS * RATE // 1000:
                cut = quietest(held)
                stretch = _stretch(at_ms, held[:cut])
                yield stretch
                at_ms, held = stretch.end_ms, held[cut:].copy()
        status = ffmpeg.wait(60)
        said = ffmpeg.said
    if len(held):
        stretch = _stretch(at_ms, held)
        yield stretch
        at_ms = stretch.end_ms
    if status and at_ms == span.start_ms:
        raise failure(said)
    if promised_ms is not None:
        _check_length(at_ms, min(promised_ms, span.end_ms))


def piece(file: Path, span: Span) -> Stretch:
    """Return the sound of a short span at once; where the recording breaks off there is less of it, or none."""
    channels = channels_of(file)
    with Ffmpeg(_arguments(file, span, channels)) as ffmpeg:
        return _stretch(span.start_ms, _samples(ffmpeg.output.read(), channels))


def channels_of(file: Path) -> int:
    """Return how many channels are worth hearing one by one: two where there are two; any other number is mixed."""
    with opened(file) as container:
        audio = container.streams.audio
        return 2 if audio and audio[0].codec_context.channels == 2 else 1


def quietest(samples: Samples) -> int:
    """Return where to cut: the middle of the quietest half second between 295 and 315 seconds."""
    import numpy as np

    first = EARLIEST_CUT_MS * RATE // 1000
    span = samples[first : LATEST_CUT_MS * RATE // 1000].mean(axis=1, dtype=np.float32)
    steps = span[: len(span) // _STEP * _STEP].reshape(-1, _STEP)
    width = QUIET_MS * RATE // 1000 // _STEP
    loudness = np.convolve((steps**2).mean(axis=1), np.ones(width), "valid")
    return first + (int(loudness.argmin()) * _STEP) + width * _STEP // 2


def as_float(samples: Samples) -> Sound:
    """Return samples as an engine wants them, between -1 and 1."""
    import numpy as np

    sound: Sound = samples.astype(np.float32)
    sound /= 32768.0
    return sound


def _arguments(file: Path, span: Span, channels: int) -> list[str]:
    # Silence is put in where the track starts late or has a hole, so that a sample's place is its time.
    steady = f"aresample={RATE}:async=1:first_pts=0"
    seek = ["-ss", f"{span.start_ms / 1000:.3f}"] if span.start_ms else []
    track = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-af", steady, "-ac", str(channels)]
    sound = ["-t", f"{span.length_ms / 1000:.3f}", "-c:a", "pcm_s16le", "-f", "s16le"]
    return [*guarded_input(file, *seek), *track, *sound, "pipe:1"]


def _samples(block: bytes, channels: int) -> Samples:
    import numpy as np

    whole = len(block) // (2 * channels) * 2 * channels
    samples: Samples = np.frombuffer(block[:whole], "<i2").reshape(-1, channels)
    return samples


def _stretch(start_ms: int, samples: Samples) -> Stretch:
    import numpy as np

    if samples.shape[1] == 1:
        return Stretch(start_ms, as_float(samples[:, 0]))
    mixed: Sound = samples.mean(axis=1, dtype=np.float32)
    mixed /= 32768.0
    return Stretch(start_ms, mixed, samples)


def _check_length(heard_ms: int, promised_ms: int) -> None:
    if heard_ms >= promised_ms - max(1000, promised_ms // 50):
        return
    raise Damaged(
        say("The sound breaks off after {heard} of {all} seconds.", heard=heard_ms // 1000, all=promised_ms // 1000),
        hint=say("What was heard is kept. Ask for the file again to hear the rest."),
    )
