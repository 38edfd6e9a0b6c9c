"""Texts: how a program counted the places of a text, found by what its selections are called."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exports.refi.names import same_length

Shift = Callable[[int], int]
_COMPARED = 160
_CUT = ("…", "...", "[…]", "[...]")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch as a file gives it, and what it is called."""

    start: int
    end: int
    name: str


def canonical(raw: str) -> str:
    """Return a text as we count it: without its byte order mark, lines ending in a line feed, as long as it was."""
    return same_length(raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def counted(raw: str, named: Sequence[Named]) -> tuple[Shift, int, int]:
    """Return how places in a file become ours, how many names then read as the text, and how many names there are.

    Tried are: as the standard says; with each CR LF as two; with the byte order mark; in UTF-16, as Windows counts.
    """
    text = canonical(raw)
    told = [one for one in named if one.name]
    best: Shift = _same
    most = -1
    for shift in _ways(raw):
        fits = sum(_reads(text, one, shift, loosely=shift is _same) for one in told)
        if fits > most:
            best, most = shift, fits
        if fits == len(told):
            break
    return best, max(0, most), len(told)


def _same(place: int) -> int:
    return place


def _ways(raw: str) -> Iterator[Shift]:
    plain = raw.removeprefix("\ufeff")
    pairs = _pairs(plain)
    yield _same
    if pairs:
        yield lambda place: place - bisect_left(pairs, place)
    yield lambda place: max(0, place - 1)
    if pairs:
        yield lambda place: max(0, place - 1) - bisect_left(pairs, max(0, place - 1))
    if any(sign > "\uffff" for sign in plain):
        wide = _wide(canonical(raw))
        yield lambda place: place - bisect_left(wide, place)


def _pairs(text: str) -> list[int]:
    """Return the place of each CR before a LF; places behind it are one further in the file than in ours."""
    found, at = [], text.find("\r\n")
    while at >= 0:
        found.append(at + 1)
        at = text.find("\r\n", at + 2)
    return found


def _wide(text: str) -> list[int]:
    """Return where in UTF-16 each sign ends that takes two places there."""
    return [place + number + 1 for number, place in enumerate(i for i, sign in enumerate(text) if sign > "\uffff")]


def _reads(text: str, one: Named, shift: Shift, *, loosely: bool) -> bool:
    """Tell whether a stretch begins as it is called; a name may be cut, and its spaces may be others.

    Counted as the standard says it may begin with a blank that its name has not; for another way that proves nothing.
    """
    start, end = shift(one.start), shift(one.end)
    said = " ".join(text[start : min(end, start + 4 * _COMPARED)].split())
    name = " ".join(one.name.split())
    for cut in _CUT:
        name = name.removesuffix(cut).rstrip()
    begins = loosely or text[start : start + 1].strip() != ""
    return bool(name) and begins and said[:_COMPARED].startswith(name[:_COMPARED])
