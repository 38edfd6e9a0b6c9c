"""Voice: where in a stretch somebody speaks, and the windows of it that an engine is given to hear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from media.audio import RATE
from storybank.domain.transcript import Span

if TYPE_CHECKING:
    from media.audio import Sound

PAUSE_MS = 200
"""A silence of this length parts two voiced spans; shorter ones are within words."""
LONGEST_WINDOW_MS = 28_000
"""Whisper hears thirty seconds at a time: windows end in pauses before that, not in the middle of a sentence."""
LONGEST_PAUSE_MS = 2_000
"""Longer silences are not heard at all: engines invent words in them."""
LEAD_MS, TAIL_MS = 200, 100


def voiced(sound: Sound, offset_ms: int = 0) -> list[Span]:
    """Return the spans in which somebody speaks, in milliseconds from `offset_ms` on."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_silence_duration_ms=PAUSE_MS, speech_pad_ms=0)
    return [
        Span(offset_ms + found["start"] * 1000 // RATE, offset_ms + found["end"] * 1000 // RATE)
        for found in get_speech_timestamps(sound, options)
    ]


def windows(spans: Sequence[Span], within: Span, longest_ms: int = LONGEST_WINDOW_MS) -> list[Span]:
    """Return what to hear: voiced spans joined up to Whisper's length, or less, with a little silence around them."""
    joined: list[Span] = []
    for span in _in_lengths(spans, longest_ms):
        last = joined[-1] if joined else None
        if last and _belong_together(last, span, longest_ms):
            joined[-1] = Span(last.start_ms, span.end_ms)
        else:
            joined.append(span)
    befores = [within.start_ms, *(span.end_ms for span in joined)]
    afters = [*(span.start_ms for span in joined[1:]), within.end_ms]
    return [
        Span(max(span.start_ms - LEAD_MS, before), min(span.end_ms + TAIL_MS, after))
        for span, before, after in zip(joined, befores, afters, strict=False)
    ]


def _belong_together(last: Span, span: Span, longest_ms: int) -> bool:
    whole = span.end_ms - last.start_ms + LEAD_MS + TAIL_MS
    return whole <= longest_ms and span.start_ms - last.end_ms <= LONGEST_PAUSE_MS


def _in_lengths(spans: Sequence[Span], longest_ms: int) -> list[Span]:
    """Return the spans with any that nobody paused in cut to Whisper's length."""
    most = longest_ms - LEAD_MS - TAIL_MS
    return [
        Span(start, min(start + most, span.end_ms))
        for span in spans
        for start in range(span.start_ms, span.end_ms, most)
    ]
