"""Steady: a speech engine in a process of its own that can be killed hundreds of times a minute."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from itertools import count

from storybank.domain.transcript import Chunk, Segment, Span, Word


@dataclass(frozen=True)
class Steady:
    """An engine that hears a sentence in every stretch, each another; a real one in all but the hearing."""

    stretch_ms: int
    engine: str = "steady"
    version: str = "1"

    def listen(self, recording, model, how, span, first_index):
        for index in count(first_index):
            start = span.start_ms + (index - first_index) * self.stretch_ms
            end = min(span.end_ms, start + self.stretch_ms)
            if start >= span.end_ms:
                return
            text = f"heard from {start}"
            words = tuple(Word(word, start, end, 0.9) for word in text.split())
            segment = Segment(start, end, text, words)
            threading.Event().wait(0.002)
            yield segment
            yield Chunk(index, start, end, (segment,), "en", (Span(start, end),))
