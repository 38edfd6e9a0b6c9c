"""Marker: the line `[[STORYBANK]]` of a letterhead, where a brief goes, found however Word has cut it up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from exports.pages.opened import W, text_of

MARKER = "[[STORYBANK]]"
BODY = "{{p body }}"
"""What says the same in a letterhead with fields."""
_MARKER = re.compile(r"\[\[\s*storybank\s*\]\]", re.IGNORECASE)
_BODY = re.compile(r"\{\{\s*p?\s*body\s*\}\}", re.IGNORECASE)
_ODD_PLACES = {f"{W}tc": "table", f"{W}txbxContent": "text box", f"{W}sdtContent": "content control"}


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with the marker in it."""

    paragraph: etree._Element
    alone: bool
    """Nothing else is written in its paragraph."""
    within: str
    """`table`, `text box`, `content control`, or nothing where it stands in the body."""

    @property
    def is_good(self) -> bool:
        """Tell whether a brief can stand there."""
        return self.alone and not self.within


def markers(part: etree._Element) -> list[Found]:
    """Return every paragraph of a part that holds the marker, in their order."""
    return list(_markers(part))


def _markers(part: etree._Element) -> Iterator[Found]:
    for paragraph in part.iter(f"{W}p"):
        if any(True for _ in _inner(paragraph)):
            continue
        text = text_of(paragraph)
        if _MARKER.search(text) or _BODY.search(text):
            bare = _BODY.sub("", _MARKER.sub("", text)).strip()
            within = next((kind for above in paragraph.iterancestors() if (kind := _ODD_PLACES.get(above.tag))), "")
            yield Found(paragraph, not bare and next(paragraph.iter(f"{W}br"), None) is None, within)


def _inner(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs inside a paragraph, of text boxes, whose words are not its own."""
    for inner in paragraph.iter(f"{W}p"):
        if inner is not paragraph and (_MARKER.search(text_of(inner)) or _BODY.search(text_of(inner))):
            yield inner


def clear(paragraph: etree._Element) -> bool:
    """Take the marker's words out of its paragraph; tell whether the paragraph must stay for what else hangs on it."""
    for text in list(paragraph.iter(f"{W}t")):
        text.text = ""
    kept = (f"{W}drawing", f"{W}pict", f"{W}sectPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")
    return any(next(paragraph.iter(tag), None) is not None for tag in kept)
