"""Anchoring: quotes stay with their words when the lines under them change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storybank.domain.editing import reanchored
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line, Word
from storybank.ports import UnitOfWork


def keep_quotes(work: UnitOfWork, before: Sequence[Line], after: Sequence[Line]) -> None:
    """Move the anchors of the quotes that stand on lines that changed; what was quoted stays as it was said."""
    touched = {line.id for line in before}
    recording_id = next((line.recording_id for line in after), "")
    if not recording_id:
        return
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        if {quote.anchor.first_line_id, quote.anchor.last_line_id} & touched:
            moved = reanchored(quote.anchor, before, after)
            if moved != quote.anchor:
                work.quotes.save(replace(quote, anchor=moved))


def move_quotes(work: UnitOfWork, recording_id: str, lines: Sequence[Line]) -> None:
    """Let the quotes of a recording stand on another transcript of it, on the words said at their moments."""
    words = [(word, line.id, number) for line in lines for number, word in enumerate(line.words)]
    if not words:
        return
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        if quote.recording_id != recording_id:
            continue
        inside = [place for place in words if quote.start_ms <= _middle(place[0]) <= quote.end_ms]
        inside = inside or [min(words, key=lambda place: abs(_middle(place[0]) - quote.start_ms))]
        first, last = inside[0], inside[-1]
        work.quotes.save(replace(quote, anchor=Anchor(first[1], first[2], last[1], last[2])))


def _middle(word: Word) -> float:
    return (word.start_ms + word.end_ms) / 2
