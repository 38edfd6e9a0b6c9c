"""Clip: a cut of a recording, with the captions that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.transcript import Span, Word

LINE_LIMIT = 42
"""Characters a caption line may hold (BBC and DCMP practice; 32 on upright video)."""
LONGEST_MS = 7000
SHORTEST_MS = 1000


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: up to two lines, shown from `start_ms` to `end_ms` of the clip."""

    start_ms: int
    end_ms: int
    text: str
    """Lines are separated by a newline."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The frame of a clip, in pixels."""

    name: str
    width: int
    height: int


WIDE = Shape("16x9", 1920, 1080)
SQUARE = Shape("1x1", 1080, 1080)
UPRIGHT = Shape("9x16", 1080, 1920)


@dataclass(frozen=True, slots=True)
class Cut:
    """What to cut out of a recording and how it should look; times in milliseconds of the recording."""

    start_ms: int
    end_ms: int
    shape: Shape = WIDE
    captions: tuple[Cue, ...] = ()
    """Times relative to the clip's start; burned into the picture when there are any."""
    picture: bool = True
    """False: the speaker's face may not be shown, a plain ground stands in its place."""
    title: str = ""
    """A lower third: who speaks, exactly as permitted."""
    muted: tuple[Span, ...] = ()
    """What must be silent; times relative to the clip's start."""
    blurred: tuple[Span, ...] = ()
    """Where the picture must not be recognised; times relative to the clip's start."""


BREATH_BEFORE_MS, BREATH_AFTER_MS = 200, 350
"""How much quiet a clip keeps before its first word and after its last."""


def with_breath(said: Span, free: Span) -> Span:
    """Return where to cut so that no word is clipped: a breath on either side, within the silence that is free."""
    return Span(
        min(said.start_ms, max(free.start_ms, said.start_ms - BREATH_BEFORE_MS)),
        max(said.end_ms, min(free.end_ms, said.end_ms + BREATH_AFTER_MS)),
    )


def kept_clear(free: Span, said: Span, closed: Sequence[Span]) -> Span:
    """Return what is left of `free` round the words when no stretch beside them may be entered.

    A breath must not show or sound what was restricted, or somebody who was not asked, just before or after the words.
    """
    before = [one.end_ms for one in closed if one.end_ms <= said.start_ms]
    after = [one.start_ms for one in closed if one.start_ms >= said.end_ms]
    return Span(max([free.start_ms, *before]), min([free.end_ms, *after]))


def within(clip: Span, stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches of a recording as they lie in a clip of it, in order, joined where they overlap."""
    length = clip.end_ms - clip.start_ms
    found: list[Span] = []
    for start, end in sorted((s.start_ms - clip.start_ms, s.end_ms - clip.start_ms) for s in stretches):
        start, end = max(0, start), min(length, end)
        if start >= end:
            continue
        if found and start <= found[-1].end_ms:
            found[-1] = Span(found[-1].start_ms, max(found[-1].end_ms, end))
        else:
            found.append(Span(start, end))
    return tuple(found)


def captions(words: Sequence[Word], clip_start_ms: int, line_limit: int = LINE_LIMIT) -> tuple[Cue, ...]:
    """Return captions for `words`, broken at punctuation, within the limits, relative to the clip's start."""
    cues: list[Cue] = []
    for group in _groups(words, line_limit):
        start = max(0, group[0].start_ms - clip_start_ms)
        end = max(start + SHORTEST_MS, group[-1].end_ms - clip_start_ms)
        cues.append(Cue(start, end, _two_lines([word.text for word in group], line_limit)))
    return tuple(
        Cue(cue.start_ms, min(cue.end_ms, after.start_ms) if after else cue.end_ms, cue.text)
        for cue, after in zip(cues, [*cues[1:], None], strict=True)
    )


def _groups(words: Sequence[Word], line_limit: int) -> list[list[Word]]:
    """Return the words of each caption: sentence by sentence, each divided as evenly as the limits allow."""
    groups: list[list[Word]] = []
    sentence: list[Word] = []
    for word in words:
        sentence.append(word)
        if word.text[-1:] in ".!?…":
            groups += _divided(sentence, line_limit)
            sentence = []
    return groups + _divided(sentence, line_limit)


def _divided(sentence: Sequence[Word], line_limit: int) -> list[list[Word]]:
    """Return a sentence in the fewest captions; among those, the evenest, rather broken after a comma."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(sentence) + 1):
        ways = []
        for begin in range(end - 1, -1, -1):
            if end - begin > 1 and not _fits(sentence[begin : end - 1], sentence[end - 1], line_limit):
                break
            count, roughness, _from = best[begin]
            ways.append((count + 1, roughness + _roughness(sentence[begin:end], end == len(sentence)), begin))
        best.append(min(ways))
    groups: list[list[Word]] = []
    end = len(sentence)
    while end:
        begin = best[end][2]
        groups.insert(0, list(sentence[begin:end]))
        end = begin
    return groups


def _roughness(group: Sequence[Word], last: bool) -> float:
    length = sum(len(word.text) + 1 for word in group)
    return length**2 * (0.8 if last or group[-1].text[-1:] in ",;:" else 1.0)


def _fits(group: Sequence[Word], word: Word, line_limit: int) -> bool:
    texts = [w.text for w in group] + [word.text]
    lines = _two_lines(texts, line_limit).split("\n")
    return all(len(line) <= line_limit for line in lines) and word.end_ms - group[0].start_ms <= LONGEST_MS


def _two_lines(texts: Sequence[str], line_limit: int) -> str:
    whole = " ".join(texts)
    if len(whole) <= line_limit or len(texts) < 2:
        return whole
    breaks = range(1, len(texts))
    return "\n".join(
        min(((" ".join(texts[:i]), " ".join(texts[i:])) for i in breaks), key=lambda lines: _clumsiness(*lines))
    )


def _clumsiness(first: str, second: str) -> float:
    """Return how badly two lines read: uneven lengths are bad, a break after punctuation is good."""
    return max(len(first), len(second)) - (6 if first[-1:] in ",;:." else 0)
