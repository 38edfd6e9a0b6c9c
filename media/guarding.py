"""Guarding: flags on what an engine wrote down where it may not have been said; every word stays."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from storybank.domain.flag import Flag
from storybank.domain.guards import SAME_LINES, Guard, loops, of_breath
from storybank.domain.transcript import Segment, Span

NOBODY_SPEAKS = 0.6
"""The engine's own measure above which it thinks that nobody speaks; engines let such text pass if they like it."""
_MOSTLY = 0.8
_NEAR_MS = 300
_PHRASES = Path(__file__).with_name("stock_phrases.json")


class Guarding:
    """Looks at one line after the other of a recording."""

    def __init__(self, glossary: Sequence[str]) -> None:
        self._guard = Guard.knowing(stock_phrases(), glossary)
        self._before: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=SAME_LINES - 1))

    def flagged(self, line: Segment, speech: Sequence[Span]) -> Segment:
        """Return the line with the reasons not to trust it, beside those its breaths have.

        `speech` is where somebody speaks around it.
        """
        before = self._before[line.voice]
        flags = [*_still_odd(line), *self._guard.of_line(line.text, tuple(before))]
        before.append(line.text)
        if line.no_speech_probability > NOBODY_SPEAKS:
            flags.append(Flag.NO_SPEECH)
        if silent_share(line, speech) > _MOSTLY:
            flags.append(Flag.SILENCE)
        return replace(line, flags=tuple(dict.fromkeys(flags)))


def breath(segment: Segment) -> Segment:
    """Return what an engine heard in one breath, with what is odd about its pace; lines made of it inherit that."""
    return replace(segment, flags=of_breath(segment.text, segment.end_ms - segment.start_ms))


def _still_odd(line: Segment) -> list[Flag]:
    """Return the flags of a line's breaths; a pace that the voice around it has put right is none."""
    pace = {Flag.TOO_FAST, Flag.TOO_SLOW} - set(of_breath(line.text, line.end_ms - line.start_ms))
    return [flag for flag in line.flags if flag not in pace]


def silent_share(line: Segment, speech: Sequence[Span]) -> float:
    """Return the share of a line in which nobody speaks; a moment before and after speech counts as speech."""
    voiced, at = 0, line.start_ms
    for span in speech:
        begin, end = max(at, span.start_ms - _NEAR_MS), min(line.end_ms, span.end_ms + _NEAR_MS)
        if end > begin:
            voiced, at = voiced + end - begin, end
    return 1 - voiced / max(1, line.end_ms - line.start_ms)


def fewer_loops(first: Sequence[Segment], second: Sequence[Segment]) -> bool:
    """Tell whether a second hearing lost the thread less often than the first, and still heard something."""
    return bool(second) and loops_in(second) < loops_in(first)


def loops_in(segments: Sequence[Segment]) -> int:
    """Return how many of an engine's segments say the same over and over."""
    return sum(loops(segment.text) for segment in segments)


@lru_cache(maxsize=1)
def stock_phrases() -> tuple[str, ...]:
    """Return the phrases that engines learned from subtitles, English and French."""
    listed = json.loads(_PHRASES.read_text("utf-8"))
    return tuple(entry["phrase"] for language in ("en", "fr") for entry in listed[language])
