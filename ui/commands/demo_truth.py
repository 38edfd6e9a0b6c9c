"""The truth about the demo interviews: what was really said, to measure the ear and to correct by, as staff would."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import jiwer

from storybank.domain.attribution import Attribution
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line, Segment

ABOUT = ("slug", "speaker", "role", "stakeholder", "organization", "province", "language")
"""What `interviews.json` tells about a person, word for word."""


@dataclass(frozen=True, slots=True)
class TrueLine:
    """A line as it was really said, with the building blocks it speaks to; milliseconds."""

    text: str
    blocks: tuple[str, ...]
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Interview:
    """A fictional person's interview, and what they agreed to."""

    slug: str
    speaker: str
    role: str
    stakeholder: str
    organization: str
    province: str
    language: str
    file: Path
    consent: str
    """`granted`, `pending` or `withdrawn`."""
    uses: tuple[str, ...]
    attribution: Attribution
    expires: str
    lines: tuple[TrueLine, ...]


def interviews(demo: Path) -> list[Interview]:
    """Return the eight demo interviews, in the order they are told."""
    timings = json.loads((demo / "media" / "timings.json").read_text(encoding="utf-8"))
    files = {Path(name).stem: name for name in timings}
    told = json.loads((demo / "interviews.json").read_text(encoding="utf-8"))
    return [_interview(one, demo / "media" / files[one["slug"]], timings[files[one["slug"]]]) for one in told]


def _interview(one: dict[str, object], file: Path, timing: Sequence[dict[str, float]]) -> Interview:
    consent = one["consent"]
    lines = one["lines"]
    assert isinstance(consent, dict) and isinstance(lines, list)
    true = tuple(TrueLine(text, tuple(blocks), round(t["start"] * 1000), round(t["end"] * 1000))
                 for (text, blocks), t in zip(lines, timing, strict=True))
    about = {key: str(one[key]) for key in ABOUT}
    return Interview(file=file, consent=consent["status"], uses=tuple(consent["scopes"]), lines=true,
                     attribution=Attribution(consent["attribution"]), expires=consent.get("expires", ""), **about)


def word_error_rate(truth: Sequence[TrueLine], heard: Sequence[Segment]) -> float:
    """Return the share of words misheard, case and punctuation ignored."""
    return float(jiwer.wer(_plain(" ".join(line.text for line in truth)),
                           _plain(" ".join(segment.text for segment in heard))))


def start_error_ms(truth: Sequence[TrueLine], heard: Sequence[Segment]) -> int:
    """Return how far the line starts are off, as the median over the true lines; milliseconds."""
    starts = [segment.start_ms for segment in heard]
    return round(median(min((abs(start - line.start_ms) for start in starts), default=line.end_ms) for line in truth))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@dataclass(frozen=True, slots=True)
class Correction:
    """What a careful listener would type: the new text of each line, and where each true line then stands."""

    texts: dict[str, str]
    """By line id."""
    anchors: tuple[Anchor | None, ...]
    """For each true line; None where nothing was heard of it."""


def correction(truth: Sequence[TrueLine], lines: Sequence[Line]) -> Correction:
    """Return the true words, each in the transcript line where it was heard."""
    said = [(word, number) for number, line in enumerate(truth) for word in line.text.split()]
    heard = [(word.text, index) for index, line in enumerate(lines) for word in line.words]
    if not heard:
        return Correction({}, tuple(None for _ in truth))
    homes = _homes([word for word, _ in said], [word for word, _ in heard], [line for _, line in heard])
    texts: dict[int, list[str]] = {}
    places: list[tuple[int, int]] = []
    for (word, _number), home in zip(said, homes, strict=True):
        own = texts.setdefault(home, [])
        places.append((home, len(own)))
        own.append(word)
    anchors = []
    for number in range(len(truth)):
        mine = [place for place, (_word, line) in zip(places, said, strict=True) if line == number]
        (first, i), (last, j) = mine[0], mine[-1]
        anchors.append(Anchor(lines[first].id, i, lines[last].id, j))
    return Correction({lines[home].id: " ".join(words) for home, words in texts.items()}, tuple(anchors))


def _homes(said: Sequence[str], heard: Sequence[str], line_of: Sequence[int]) -> list[int]:
    """Return for each true word the transcript line it belongs to; never running backwards."""
    homes: list[int] = []
    matcher = difflib.SequenceMatcher(None, [_plain(w) for w in said], [_plain(w) for w in heard], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "delete":
            homes += [line_of[min(j1, len(line_of) - 1)]] * (i2 - i1)
        elif i2 > i1:
            homes += [line_of[j1 + (j2 - j1) * k // (i2 - i1)] for k in range(i2 - i1)]
    return homes
