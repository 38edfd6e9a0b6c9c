"""Lines: an engine's breaths made into lines of about a sentence; the words stay, their times are made to hold."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from media.journal import Reached
from media.pace import FASTEST, shared_out, steadied
from storybank.domain.transcript import Segment, Span, Word

SHORTEST_WORD_MS = 60
_USUAL = 15
_GOES_ON_MS = 700
_MOST_CHARACTERS = 240
_BACK_MS, _AHEAD_MS, _EDGE_MS = 700, 400, 150
_SHORT_FORMS = {"dr.", "mr.", "mrs.", "ms.", "st.", "m.", "mme.", "mlle.", "pr.", "prof.", "no.", "vs.", "etc.", "e.g."}
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")


def lines(heard: Iterable[Segment | Reached], spans: Sequence[Span], within: Span) -> Iterator[Segment | Reached]:
    """Yield what was heard as lines, as soon as each is complete; `spans` are where somebody speaks in `within`.

    How far the engine has reached is passed on where no line is waiting for its end.
    """
    waiting: Segment | None = None
    floor = within.start_ms
    for piece in _pieces(heard, within):
        if isinstance(piece, Segment) and waiting and _goes_on(waiting, piece):
            waiting = _joined(waiting, piece)
            continue
        begins = piece.start_ms if isinstance(piece, Segment) else piece.ms
        if waiting and (isinstance(piece, Segment) or piece.ms - waiting.end_ms > _GOES_ON_MS):
            line, waiting = fitted(waiting, spans, Span(floor, max(floor, begins)), within), None
            floor = line.end_ms
            yield line
        if isinstance(piece, Segment):
            waiting = piece
        elif not waiting:
            yield piece
    if waiting:
        yield fitted(waiting, spans, Span(floor, within.end_ms), within)


def _pieces(heard: Iterable[Segment | Reached], within: Span) -> Iterator[Segment | Reached]:
    for told in heard:
        if isinstance(told, Segment):
            yield from sentences(_timed(told, within))
        else:
            yield told


def sentences(segment: Segment) -> list[Segment]:
    """Return a segment cut after each sentence; short forms such as "Dr." end none."""
    groups: list[list[Word]] = [[]]
    for word in segment.words:
        groups[-1].append(word)
        if ends_sentence(word.text):
            groups.append([])
    return [_of(segment, group) for group in groups if group]


def ends_sentence(word: str) -> bool:
    """Tell whether a sentence is over after this word."""
    return bool(_ENDS.search(word)) and word.lower() not in _SHORT_FORMS


def _timed(segment: Segment, within: Span) -> Segment:
    """Return the segment with words in order and inside `within`; without word times its span is shared out."""
    start = min(max(segment.start_ms, within.start_ms), within.end_ms)
    end = max(start, min(segment.end_ms, within.end_ms))
    words = segment.words or tuple(Word(text, start, end) for text in segment.text.split())
    if not segment.words:
        words = shared_out(words, start, end)
    return replace(segment, words=tuple(word for word in words if word.text))


def _goes_on(line: Segment, piece: Segment) -> bool:
    return (
        not ends_sentence(line.words[-1].text)
        and line.language == piece.language
        and piece.start_ms - line.end_ms <= _GOES_ON_MS
        and len(line.text) + len(piece.text) <= _MOST_CHARACTERS
    )


def _of(segment: Segment, words: Sequence[Word]) -> Segment:
    text = " ".join(word.text for word in words)
    return replace(segment, start_ms=words[0].start_ms, end_ms=words[-1].end_ms, text=text, words=tuple(words))


def _joined(first: Segment, second: Segment) -> Segment:
    """Return two pieces as one; its measures of doubt are those of the more doubtful."""
    return replace(
        _of(first, (*first.words, *second.words)),
        average_log_probability=min(first.average_log_probability, second.average_log_probability),
        no_speech_probability=max(first.no_speech_probability, second.no_speech_probability),
        compression_ratio=max(first.compression_ratio, second.compression_ratio),
        temperature=max(first.temperature, second.temperature),
        flags=tuple(dict.fromkeys((*first.flags, *second.flags))),
    )


def fitted(line: Segment, spans: Sequence[Span], free: Span, within: Span) -> Segment:
    """Return the line with its ends where the voice begins and ends, its words in order between them."""
    start = max(free.start_ms, _beginning(line, spans, free.start_ms))
    end = max(start, _ending(line, start, spans, free.end_ms))
    least = SHORTEST_WORD_MS * len(line.words)
    if end - start < least:
        end = min(within.end_ms, start + least)
    if len(line.text) * 1000 > FASTEST * max(1, end - start):
        end = max(end, min(free.end_ms, start + len(line.text) * 1000 // _USUAL))
        words = shared_out(line.words, start, end)
    else:
        words = steadied(_in_order(line.words, start, end), _voice_ends(spans, free.end_ms))
    return replace(line, start_ms=start, end_ms=max(end, words[-1].end_ms), words=words)


def _voice_ends(spans: Sequence[Span], before_ms: int) -> int:
    """Return where the voice that is heard last before a moment ends."""
    at = _span_at(spans, before_ms - 1)
    return min(before_ms, spans[at].end_ms) if at >= 0 else before_ms


def _beginning(line: Segment, spans: Sequence[Span], floor: int) -> int:
    """Return where the line's voice begins: speech does not start in silence, nor just after it has started."""
    start = line.words[0].start_ms
    at = _span_at(spans, start)
    if at >= 0 and start < spans[at].end_ms - min(_EDGE_MS, spans[at].length_ms // 2):
        onset = spans[at].start_ms
        return onset if start - onset <= _BACK_MS and floor <= onset + _EDGE_MS else start
    if at + 1 < len(spans) and spans[at + 1].start_ms <= line.end_ms + _AHEAD_MS:
        return spans[at + 1].start_ms
    return start


def _ending(line: Segment, start: int, spans: Sequence[Span], ceiling: int) -> int:
    """Return where the line's voice ends, no later than the next line lets it."""
    end = max(line.words[-1].end_ms, start)
    at = _span_at(spans, end)
    if at > 0 and end - spans[at].start_ms < _EDGE_MS and start < spans[at - 1].end_ms:
        at -= 1
    if at >= 0 and start < spans[at].end_ms and end >= spans[at].end_ms - _AHEAD_MS:
        end = spans[at].end_ms if spans[at].end_ms <= ceiling + _EDGE_MS else end
    return end


def _span_at(spans: Sequence[Span], ms: int) -> int:
    """Return the index of the last span that begins at or before `ms`; -1 when there is none."""
    return bisect_right(spans, ms, key=lambda span: span.start_ms) - 1


def _in_order(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    """Return the words inside [start, end], none before the one ahead of it, none shorter than can be heard."""
    starts: list[int] = []
    at = start
    for index, word in enumerate(words):
        latest = end - SHORTEST_WORD_MS * (len(words) - index)
        at = min(max(word.start_ms, at) if index else start, latest)
        starts.append(at)
        at += SHORTEST_WORD_MS
    ends = [
        min(max(word.end_ms, begin + SHORTEST_WORD_MS), after)
        for word, begin, after in zip(words, starts, [*starts[1:], end], strict=True)
    ]
    ends[-1] = end
    return tuple(
        replace(word, start_ms=begin, end_ms=finish) for word, begin, finish in zip(words, starts, ends, strict=True)
    )
