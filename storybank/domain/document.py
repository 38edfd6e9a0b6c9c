"""Document: something found outside the library, read for our identifiers and our people's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.words import Sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in a document: a paragraph, a caption, a cell, a page."""

    text: str
    where: str
    """File within the document and place in it, as people would say it: `brief.docx, paragraph 12`."""
    file: str = ""
    """The path of that file, as it stands in `Document.files`."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be looked into, and why."""

    file: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Document:
    """What a Word file, a PDF, a kit folder or a zip holds, file by file."""

    name: str
    pieces: tuple[Piece, ...]
    identifiers: frozenset[str]
    """Every code of ours found anywhere in it, such as `Q-0012` or `X-0003`; also in properties and names."""
    files: tuple[tuple[str, str], ...]
    """Each file's path inside and its SHA-256; for a single file, itself."""
    unread: tuple[Unread, ...] = ()
    """Files within it that were weighed and not looked into: what is in them, nobody knows."""


class Standing(StrEnum):
    """What can be said of a quote that was found in a document, today."""

    FINE = "fine"
    ALTERED = "altered"
    """The words are no longer those that were said."""
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    BEYOND_SCOPE = "beyond_scope"
    """Used for something that was never agreed to."""
    UNKNOWN = "unknown"
    """It carries a code of ours that this library does not know."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A quote found in a document, and whether it may stay there."""

    standing: Standing
    quote_code: str
    where: tuple[str, ...]
    reasons: tuple[Sentence, ...]
    found: str = ""
    """The words as the document has them, where they differ from the quote."""
    expected: str = ""
