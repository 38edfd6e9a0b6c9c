"""Gathering: the texts of one outside file, each with the place where people find it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from storybank.domain.document import Piece, Unread
from storybank.errors import Damaged, Invalid
from storybank.words import Sentence, Words, say

MOST_SIGNS = 20_000_000
"""Letters and signs that one document may hold to be compared with the library: far more than any book."""

MOST_PIECES = 200_000

ASK_AGAIN = say("Ask for the file again, or copy it once more.")

_LOOSE = re.compile(r">([^<>]+)<|=\s*\"([^\"<>]*)\"|=\s*'([^'<>]*)'")


def cut_off(name: str) -> Damaged:
    """Say that a file is not whole."""
    return Damaged(say("{file} is cut off or damaged.", file=name), hint=ASK_AGAIN)


def check_amount(signs: int, pieces: int, name: str) -> None:
    """Refuse more text than can be compared with the library."""
    if signs > MOST_SIGNS or pieces > MOST_PIECES:
        raise Invalid(say("There is too much text in {file} to be compared.", file=name),
                      hint=say("Check the parts that matter one by one."))


@dataclass(slots=True)
class Gathering:
    """The texts found in one file, in order."""

    file: str
    words: Words
    pieces: list[Piece] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    signs: int = 0

    def add(self, text: str, place: str) -> None:
        """Keep a text and say where it stands."""
        if text and not text.isspace():
            self.signs += len(text)
            check_amount(self.signs, len(self.pieces), self.file)
            self.pieces.append(Piece(text, f"{self.file}, {place}", self.file))

    def add_loose(self, xml: str, place: str) -> None:
        """Keep every text and value of a stretch of XML that is not trusted enough to be parsed."""
        for found in _LOOSE.finditer(xml):
            value = html.unescape(next(filter(None, found.groups()), ""))
            if "://" not in value:
                self.add(value, place)

    def miss(self, reason: Sentence) -> None:
        """Note that something in it could not be read."""
        self.unread.append(Unread(self.file, reason))
