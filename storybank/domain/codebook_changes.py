"""Changes of the codebook: what is affected by one, told before it is made; and how the texts of codes are written."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.codebook import Code
from storybank.domain.names import plain
from storybank.domain.query import folded, tokens
from storybank.words import Sentence, say

LONGEST_LABEL, LONGEST_GIST, MOST_ALIASES = 200, 8_000, 60


@dataclass(frozen=True, slots=True)
class Count:
    """How many quotes have a code, and how many have it or one under it, each counted once."""

    own: int
    below: int


@dataclass(frozen=True, slots=True)
class Example:
    """A quote that is affected."""

    quote_code: str
    text: str


@dataclass(frozen=True, slots=True)
class Affected:
    """What a change of the codebook reaches."""

    quotes: int = 0
    stories: int = 0
    coders: int = 0
    doubles: int = 0
    """Codings that would stand twice on a quote, and stand there once afterwards."""
    put_away: int = 0
    """Of the quotes, those in stories that were put away."""
    exports: tuple[str, ...] = ()
    """Short codes of what left the house with one of these quotes in it."""
    searches: tuple[str, ...] = ()
    """Names of the saved searches that ask for it."""
    people: int = 0
    """People on file as this stakeholder."""
    memos: int = 0
    codes: tuple[Code, ...] = ()
    """The codes under it, that change with it."""
    examples: tuple[Example, ...] = ()

    def said(self) -> list[Sentence]:
        """Return it in sentences; what is not reached is not mentioned, but for the quotes."""
        told = [say("Quotes: {quotes} (stories: {stories}, coders: {coders}).", quotes=self.quotes,
                    stories=self.stories, coders=self.coders)]
        if self.put_away:
            told.append(say("Of these quotes, in stories that were put away: {n}.", n=self.put_away))
        if self.doubles:
            told.append(say("Given twice to the same quote by the same coder, and kept once: {n}.", n=self.doubles))
        if self.codes:
            told.append(say("Codes under it: {n}.", n=len(self.codes)))
        if self.people:
            told.append(say("People on file as this stakeholder: {n}.", n=self.people))
        if self.memos:
            told.append(say("Notes about it: {n}.", n=self.memos))
        if self.exports:
            told.append(say("Exports that hold such quotes, and stay as they are: {n} ({codes}).",
                            n=len(self.exports), codes=_few(self.exports)))
        if self.searches:
            told.append(say("Saved searches that ask for it: {n} ({names}).", n=len(self.searches),
                            names=_few(self.searches)))
        return told


def _few(many: tuple[str, ...], most: int = 3) -> str:
    return ", ".join(many[:most]) + (", …" if len(many) > most else "")


def label_text(untrusted_text: str, most: int = LONGEST_LABEL) -> str:
    """Return a label as it is kept: one line, not endless."""
    return " ".join(plain(untrusted_text).split())[:most].strip()


def gist_text(untrusted_text: str) -> str:
    """Return a description as it is kept: its own paragraphs, nothing that no page can show."""
    lines = untrusted_text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(plain(line) for line in lines).strip()[:LONGEST_GIST].strip()


def alias_texts(untrusted: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return aliases as they are kept: each once, whatever its case; a semicolon parts two of them."""
    found: dict[str, str] = {}
    for one in untrusted:
        for part in plain(one.replace("\n", ";")).split(";"):
            if text := label_text(part):
                found.setdefault(text.casefold(), text)
    return tuple(found.values())[:MOST_ALIASES]


def sounds(label: str) -> str:
    """Return a label as it sounds: two that differ only in case, accents or hyphens are one."""
    return " ".join(folded(word) for word, _start, _end in tokens(label)) or label
