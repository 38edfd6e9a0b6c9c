"""Stops: where a careful reader would stop: words that are doubtful or in no dictionary, and lines with a flag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from storybank.domain.spelling import core_of
from storybank.domain.transcript import Line
from ui.transcript.script import UNSAVED, Script, flagged
from ui.transcript.spans import Place


@dataclass(frozen=True, slots=True)
class Stop:
    """A word, or a whole line, that should be listened to."""

    line_id: str
    line: int
    word: int | None
    """None for the whole line, because of its flags."""
    form: str = ""
    """The word as it is compared with others: without case and the signs around it."""
    unsure: bool = False
    misspelt: bool = False

    @property
    def place(self) -> Place:
        """Return where the reader goes; a line's flag is met before its words."""
        return Place(self.line, self.word or 0)

    @property
    def order(self) -> tuple[int, int]:
        """Return what stops are sorted by."""
        return self.line, -1 if self.word is None else self.word


def stops(script: Script, wrong_in: Callable[[Line], frozenset[int]]) -> list[Stop]:
    """Return every stop in the order of the recording; lines that somebody has read are passed over."""
    return [stop for number, line in enumerate(script.lines) if not line.reviewed and not line.id.startswith(UNSAVED)
            for stop in _in_line(script, number, wrong_in(line))]


def _in_line(script: Script, number: int, wrong: frozenset[int]) -> Iterator[Stop]:
    line = script.lines[number]
    if flagged(line):
        yield Stop(line.id, number, None)
    for word, spoken in enumerate(line.words):
        unsure = script.doubtful(Place(number, word))
        if unsure or word in wrong:
            yield Stop(line.id, number, word, form_of(spoken.text), unsure, word in wrong)


def form_of(word: str) -> str:
    """Return a word as it is compared with others."""
    return core_of(word)[1].casefold().replace("’", "'")


def following(found: Sequence[Stop], order: tuple[int, int], step: int) -> Stop | None:
    """Return the first stop after a place, or (with -1) the last before it; beyond the ends one begins again."""
    if not found:
        return None
    if step > 0:
        return next((stop for stop in found if stop.order > order), found[0])
    return next((stop for stop in reversed(found) if stop.order < order), found[-1])


def rewritten(script: Script, those: Sequence[Stop], text: str) -> dict[str, str]:
    """Return the lines of some stops with another word in each; signs and capitals around it stay."""
    words: dict[str, list[str]] = {}
    for stop in those:
        line = script.lines[stop.line]
        now = words.setdefault(line.id, [word.text for word in line.words])
        if stop.word is not None:
            before, core, after = core_of(now[stop.word])
            now[stop.word] = f"{before}{_with_case_of(core, text)}{after}"
    return {line_id: " ".join(" ".join(now).split()) for line_id, now in words.items()}


def _with_case_of(core: str, text: str) -> str:
    """Return a text with a capital where it was typed small for a word that begins with one."""
    return text[:1].upper() + text[1:] if core[:1].isupper() and text.islower() else text
