"""Markup: the little that authors write in their sections: paragraphs, bullets, `[1]` for a source, `[Q-0123]`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_MARKS = re.compile(r"\s?\[(?:(?P<notes>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)|(?P<quote>Q-[0-9A-Za-z-]{1,20}))\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a bullet of a list."""

    text: str
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """The place of a note to sources, by their numbers from 1."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """The place where a quote is named."""

    code: str


def blocks(written: str) -> list[Block]:
    """Return paragraphs and bullets: a blank line ends one, a line that begins with `- ` is a bullet."""
    found: list[Block] = []
    fresh = True
    for line in written.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        text = line.strip()
        if not text or text == "-":
            fresh = True
        elif text.startswith(("- ", "• ", "– ")):
            found.append(Block(text[2:].strip(), is_bullet=True))
            fresh = False
        elif fresh:
            found.append(Block(text))
            fresh = False
        else:
            found[-1] = Block(f"{found[-1].text} {text}", found[-1].is_bullet)
    return found


def pieces(text: str, sources: int, quotes: Collection[str]) -> Iterator[str | Note | Mention]:
    """Yield the words of a paragraph and what stands between them.

    A number that no source has stays as it was typed; a quote that is not there is not named at all.
    """
    at = 0
    for mark in _MARKS.finditer(text):
        told = _meant(mark, sources, quotes)
        if told is None:
            continue
        keeps_space = isinstance(told, Mention) and bool(told.code) and text[mark.start()].isspace()
        words = text[at : mark.start()] + (text[mark.start()] if keeps_space else "")
        if words:
            yield words
        if told != Mention(""):
            yield told
        at = mark.end()
    if text[at:]:
        yield text[at:]


def plain(text: str, sources: int, quotes: Collection[str]) -> str:
    """Return a paragraph as it is read aloud, without its notes."""
    return "".join(piece if isinstance(piece, str) else piece.code if isinstance(piece, Mention) else ""
                   for piece in pieces(text, sources, quotes))


def _meant(mark: re.Match[str], sources: int, quotes: Collection[str]) -> Note | Mention | None:
    if code := mark["quote"]:
        return Mention(code if code in quotes else "")
    numbers = tuple(int(number) for number in re.findall(r"\d+", mark["notes"]))
    return Note(numbers) if all(1 <= number <= sources for number in numbers) else None
