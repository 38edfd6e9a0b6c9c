"""Anchoring: quotes stay with their words when the lines under them change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from storybank.domain.editing import Reanchoring
from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import Line, Word
from storybank.ports import UnitOfWork


def keep_quotes(work: UnitOfWork, before: Sequence[Line], after: Sequence[Line]) -> list[Quote]:
    """Move the anchors of the quotes that stand on lines that change, and return those quotes as they stood before.

    What was quoted stays as it was said. Who says it is whoever the first line is given to, and it is said when its
    first and last word are: at other moments, once these were found in the sound.
    """
    touched = {line.id for line in before}
    recording_id = next((line.recording_id for line in after), "")
    if not recording_id:
        return []
    ways = _Ways(work, before, after)
    stood = []
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        if {quote.anchor.first_line_id, quote.anchor.last_line_id} & touched:
            moved = ways.of(quote)
            if moved != quote:
                work.quotes.save(moved)
            stood.append(quote)
    return stood


def put_back(work: UnitOfWork, quotes: Sequence[Quote]) -> None:
    """Let quotes stand where they stood, and be said by whom they were, but for those that were taken out."""
    there = {quote.id: quote for quote in work.quotes.of_story(quotes[0].story_id)} if quotes else {}
    for quote in quotes:
        if quote.id in there:
            now = replace(there[quote.id], anchor=quote.anchor, speaker_id=quote.speaker_id,
                          start_ms=quote.start_ms, end_ms=quote.end_ms)
            if now != there[quote.id]:
                work.quotes.save(now)


class _Ways:
    """Where quotes go when lines change."""

    def __init__(self, work: UnitOfWork, before: Sequence[Line], after: Sequence[Line]) -> None:
        self._work, self._before = work, before
        self._places = Reanchoring(before, after)
        self._old = {line.id: line for line in before}
        self._new = {line.id: line for line in after}

    def of(self, quote: Quote) -> Quote:
        """Return a quote that stands on some of the lines as it stands now."""
        anchor = self._places.of(quote.anchor)
        if any(self._is_gone(line_id) for line_id in (anchor.first_line_id, anchor.last_line_id)):
            anchor = self._nearest(quote)
        start, end = self._moments(quote, anchor)
        return replace(quote, anchor=anchor, speaker_id=self._speaker(quote, anchor), start_ms=start, end_ms=end)

    def _moments(self, quote: Quote, anchor: Anchor) -> tuple[int, int]:
        """Return when a quote is said: each end moves with its word, if that is the one that was quoted."""
        then, now = quote.anchor, anchor
        start, end = quote.start_ms, quote.end_ms
        first = _word(self._old, then.first_line_id, then.first_word), _word(self._new, now.first_line_id,
                                                                             now.first_word)
        last = _word(self._old, then.last_line_id, then.last_word), _word(self._new, now.last_line_id, now.last_word)
        if first[0] and first[1] and (first[0].text, first[0].start_ms) == (first[1].text, quote.start_ms):
            start = first[1].start_ms
        if last[0] and last[1] and (last[0].text, last[0].end_ms) == (last[1].text, quote.end_ms):
            end = last[1].end_ms
        return start, max(end, start + 1)

    def _is_gone(self, line_id: str) -> bool:
        return line_id in self._new and self._new[line_id].gone

    def _nearest(self, quote: Quote) -> Anchor:
        """Return the words nearest to a quote of which no line is left."""
        run_id = self._work.transcripts.run_of(self._before[0].id)
        return anchor_at(quote, self._work.transcripts.lines_of(run_id)) or quote.anchor

    def _speaker(self, quote: Quote, anchor: Anchor) -> str | None:
        then, now = self._old.get(quote.anchor.first_line_id), self._new.get(anchor.first_line_id)
        if then is None or now is None or (then.voice_id, then.speaker_id) == (now.voice_id, now.speaker_id):
            return quote.speaker_id
        return speaker_of(quote, now)


def speaker_of(quote: Quote, line: Line) -> str | None:
    """Return who says a quote that begins in a line: whose voice that is; without a voice, who was named before."""
    return line.speaker_id if line.voice_id else line.speaker_id or quote.speaker_id


def anchor_at(quote: Quote, lines: Sequence[Line]) -> Anchor | None:
    """Return the words of a transcript that are said at a quote's moments, or else the nearest; None without words."""
    words = [(word, line.id, number) for line in lines for number, word in enumerate(line.words)]
    if not words:
        return None
    inside = [place for place in words if quote.start_ms <= place[0].middle_ms <= quote.end_ms]
    inside = inside or [min(words, key=lambda place: abs(place[0].middle_ms - quote.start_ms))]
    first, last = inside[0], inside[-1]
    return Anchor(first[1], first[2], last[1], last[2])


def move_quotes(work: UnitOfWork, recording_id: str, lines: Sequence[Line]) -> list[Quote]:
    """Let the quotes of a recording stand on another transcript of it; return them as they stood before.

    They stand on the words said at their moments, and are said by whoever says those.
    """
    moved, first = [], {line.id: line for line in lines}
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        anchor = anchor_at(quote, lines) if quote.recording_id == recording_id else None
        if anchor is not None and anchor != quote.anchor:
            work.quotes.save(replace(quote, anchor=anchor, speaker_id=speaker_of(quote, first[anchor.first_line_id])))
            moved.append(quote)
    return moved


def _word(lines: Mapping[str, Line], line_id: str, number: int) -> Word | None:
    words = lines[line_id].words if line_id in lines else ()
    return words[number] if 0 <= number < len(words) else None
