"""Anchoring: quotes stay with their words when the lines under them change, and say so where they cannot."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from storybank.domain.editing import Reanchoring, in_order
from storybank.domain.holding import Footing, Ground
from storybank.domain.quote import Anchor, Hold, Quote
from storybank.domain.transcript import Line, Word
from storybank.ports import UnitOfWork

_MOVED_MS = 750
"""Where another transcript hears the words of a quote further off than this, its moments are those of the words."""


def keep_quotes(work: UnitOfWork, before: Sequence[Line], after: Sequence[Line]) -> list[Quote]:
    """Move the anchors of the quotes that stand on lines that change, and return those quotes as they stood before.

    What was quoted stays as it was said; whether it is still read so is told. Who says it is whoever the first line is
    given to, and it is said when its first and last word are: at other moments, once these were found in the sound. A
    quote whose words are gone keeps its moments, and holds again where they come back.
    """
    recording_id = next((line.recording_id for line in after), "")
    if not recording_id:
        return []
    ways = _Ways(work, before, after)
    stood = []
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        if quote.recording_id == recording_id and ways.touch(quote):
            moved = ways.of(quote)
            if moved != quote:
                work.quotes.save(moved)
            stood.append(quote)
    return stood


def put_back(work: UnitOfWork, quotes: Sequence[Quote]) -> None:
    """Let quotes stand where they stood, said by whom they were, but for those taken out or worded anew since."""
    there = {quote.id: quote for quote in work.quotes.of_story(quotes[0].story_id)} if quotes else {}
    for quote in quotes:
        if quote.id in there and there[quote.id].text == quote.text:
            now = replace(there[quote.id], anchor=quote.anchor, speaker_id=quote.speaker_id, hold=quote.hold,
                          start_ms=quote.start_ms, end_ms=quote.end_ms, before=quote.before, after=quote.after)
            if now != there[quote.id]:
                work.quotes.save(now)


class _Ways:
    """Where quotes go when lines change."""

    def __init__(self, work: UnitOfWork, before: Sequence[Line], after: Sequence[Line]) -> None:
        self._work, self._before = work, before
        self._places = Reanchoring(before, after)
        self._old = {line.id: line for line in before}
        self._new = {line.id: line for line in after}
        standing = [line for line in (*before, *after) if not line.gone]
        self._start = min((line.start_ms for line in standing), default=0)
        self._end = max((line.end_ms for line in standing), default=0)

    def touch(self, quote: Quote) -> bool:
        """Tell whether the lines that change are a quote's, lie between them, or may hold the words it lost."""
        anchor = quote.anchor
        if anchor.first_line_id in self._old or anchor.last_line_id in self._old or quote.hold is Hold.LOST:
            return True
        several = anchor.first_line_id != anchor.last_line_id
        return several and quote.start_ms <= self._end and self._start <= quote.end_ms

    def of(self, quote: Quote) -> Quote:
        """Return a quote that stands on some of the lines, or lost its place, as it stands now."""
        anchor = self._places.of(quote.anchor)
        if any(self._is_gone(line_id) for line_id in (anchor.first_line_id, anchor.last_line_id)):
            anchor = anchor_at(quote, self._lines) or quote.anchor
        quote = self._with_surroundings(quote)
        if self._reads_as_quoted(quote, anchor):
            start, end = self._moments(quote, anchor)
            return replace(quote, anchor=anchor, speaker_id=self._speaker(quote, anchor), hold=Hold.HOLDS,
                           start_ms=start, end_ms=end)
        return self._looked_for(quote, anchor)

    def _looked_for(self, quote: Quote, anchor: Anchor) -> Quote:
        """Return a quote that does not read as it did where it stood, where it stands now."""
        footing = self._ground.footing(quote, anchor, self._new)
        if footing.anchor is None:
            return replace(quote, anchor=anchor, speaker_id=self._speaker(quote, anchor), hold=Hold.LOST)
        if footing.anchor == anchor:
            start, end = self._moments(quote, anchor)
        else:
            start, end = moments_of(quote, footing)
        return replace(quote, anchor=footing.anchor, speaker_id=self._speaker(quote, footing.anchor),
                       hold=footing.hold, start_ms=start, end_ms=end)

    def _reads_as_quoted(self, quote: Quote, anchor: Anchor) -> bool:
        """Tell whether a quote on a single line that changes reads as it did: then nothing else needs to be read."""
        line = self._new.get(anchor.first_line_id)
        if line is None or line.gone or anchor.first_line_id != anchor.last_line_id:
            return False
        said = line.words[anchor.first_word : anchor.last_word + 1]
        return " ".join(word.text for word in said) == quote.text

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

    def _with_surroundings(self, quote: Quote) -> Quote:
        """Return a quote of an older library with what was said around it before this change."""
        if quote.before or quote.after or quote.hold is not Hold.HOLDS:
            return quote
        standing = [line for line in self._lines if line.id not in self._new]
        return with_surroundings(quote, Ground(in_order([*standing, *self._before])))

    @cached_property
    def _lines(self) -> list[Line]:
        """The whole transcript as it stands now."""
        return self._work.transcripts.lines_of(self._work.transcripts.run_of(self._before[0].id))

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self._lines)

    def _speaker(self, quote: Quote, anchor: Anchor) -> str | None:
        then, now = self._old.get(quote.anchor.first_line_id), self._new.get(anchor.first_line_id)
        if then is None or now is None or (then.voice_id, then.speaker_id) == (now.voice_id, now.speaker_id):
            return quote.speaker_id
        return speaker_of(quote, now)


def with_surroundings(quote: Quote, ground: Ground) -> Quote:
    """Return a quote with what is said around it, where it stands on these words and nobody noted that yet."""
    if quote.before or quote.after:
        return quote
    before, after = ground.around(quote.anchor)
    return replace(quote, before=before, after=after)


def moments_of(quote: Quote, footing: Footing) -> tuple[int, int]:
    """Return when a quote is said, once its words were found: as before, unless they are heard at other moments."""
    start, end = footing.words[0].start_ms, footing.words[-1].end_ms
    if abs(start - quote.start_ms) <= _MOVED_MS and abs(end - quote.end_ms) <= _MOVED_MS:
        return quote.start_ms, quote.end_ms
    return start, max(end, start + 1)


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


def move_quotes(work: UnitOfWork, recording_id: str, lines: Sequence[Line],
                only: Collection[str] | None = None) -> list[Quote]:
    """Let the quotes of a recording, or some of them, stand on another transcript; return them as they stood before.

    They stand on their words, at their moments rather than near, and are said by whoever says those. One whose words
    are not there is lost: it keeps its moments, its speaker, and what was quoted.
    """
    ground, spoken = Ground(lines), {line.id: line for line in lines}
    former = _Former(work)
    stood = []
    for quote in work.quotes.of_story(work.recordings.get(recording_id).story_id):
        if quote.recording_id == recording_id and lines and (only is None or quote.id in only):
            moved = _moved(former.with_surroundings(quote), ground, spoken)
            if moved != quote:
                work.quotes.save(moved)
                stood.append(quote)
    return stood


def _moved(quote: Quote, ground: Ground, spoken: Mapping[str, Line]) -> Quote:
    footing = ground.footing(quote)
    if footing.anchor is None:
        return replace(quote, anchor=anchor_at(quote, list(spoken.values())) or quote.anchor, hold=Hold.LOST)
    start, end = moments_of(quote, footing)
    return replace(quote, anchor=footing.anchor, hold=footing.hold, start_ms=start, end_ms=end,
                   speaker_id=speaker_of(quote, spoken[footing.anchor.first_line_id]))


class _Former:
    """The transcripts on which quotes stood until now; read only for those whose surroundings nobody noted."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._grounds: dict[str, Ground] = {}

    def with_surroundings(self, quote: Quote) -> Quote:
        """Return a quote with what was said around it where it stood."""
        if quote.before or quote.after or quote.hold is not Hold.HOLDS:
            return quote
        run_id = self._work.transcripts.run_of(quote.anchor.first_line_id)
        if run_id not in self._grounds:
            self._grounds[run_id] = Ground(self._work.transcripts.lines_of(run_id))
        return with_surroundings(quote, self._grounds[run_id])


def _word(lines: Mapping[str, Line], line_id: str, number: int) -> Word | None:
    words = lines[line_id].words if line_id in lines else ()
    return words[number] if 0 <= number < len(words) else None
