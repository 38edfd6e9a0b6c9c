"""Prose: the author's own words, taken apart into paragraphs and lists, with what they point at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from exports.typography import clean

_NOTE = re.compile(r"\[(\d{1,3})\]")
_NOTE_BEFORE = re.compile(r"\s?\[\d{1,3}\]")
_QUOTE = re.compile(r"\s?\[([A-Za-z]-\d{4,7})\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list."""

    text: str
    is_item: bool = False


def blocks(text: str) -> list[Block]:
    """Return paragraphs and items: a blank line ends a paragraph, a line that begins with `- ` is an item."""
    found: list[Block] = []
    gathered: list[str] = []

    def close() -> None:
        said = clean(" ".join(gathered))
        if said:
            found.append(Block(said))
        gathered.clear()

    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith(("- ", "• ")):
            close()
            if item := clean(bare[2:]):
                found.append(Block(item, is_item=True))
        elif bare:
            gathered.append(bare)
        else:
            close()
    close()
    return found


def pointing(text: str, codes: Collection[str]) -> str:
    """Return a text in which `[Q-0123]` is read as `(Q-0123)`, and is gone where that quote is not in the kit."""
    def shown(found: re.Match[str]) -> str:
        code = found[1].upper()
        return f" ({code})" if code in codes else ""

    return _QUOTE.sub(shown, text)


def unmarked(text: str) -> str:
    """Return a text without what it points at, for where there is no room for sources."""
    return _NOTE_BEFORE.sub("", pointing(text, ()))


def notes_in(texts: Iterable[str]) -> list[int]:
    """Return the numbers of the sources that texts point at, in order."""
    return sorted({int(number) for text in texts for number in _NOTE.findall(text)})


def questions(text: str) -> list[tuple[str, list[Block]]]:
    """Return questions with their answers: a paragraph that ends with a question mark begins the next."""
    found: list[tuple[str, list[Block]]] = []
    for block in blocks(_parted(text)):
        if block.text.endswith("?") and not block.is_item:
            found.append((block.text, []))
        elif found:
            found[-1][1].append(block)
        else:
            found.append(("", [block]))
    return found


def _parted(text: str) -> str:
    """Return a text in which a line that asks stands by itself, also where the answer follows on the next line."""
    return re.sub(r"^(.*\?)[ \t]*$", r"\n\1\n", text, flags=re.MULTILINE)
