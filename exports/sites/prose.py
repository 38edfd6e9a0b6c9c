"""Prose: the author's own words as paragraphs and lists, with ways to the quotes that they name."""

from __future__ import annotations

import re
from itertools import groupby

from exports.kits.prose import Block, blocks
from exports.sites.edition import Edition
from exports.sites.volume import anchor
from exports.typography import tidy
from exports.web.elements import esc, link

_POINTER = re.compile(r"\s?\[([A-Za-z]-\d{4,7})\]|\s?\[\d{1,3}\]")


def prose(edition: Edition, text: str, up: str = "") -> str:
    """Return what an author wrote; `[Q-0123]` leads to that quote, and is gone where it is not on the site."""
    found = []
    for is_item, group in groupby(blocks(text), key=lambda one: one.is_item):
        lines = [_said(edition, one, up) for one in group]
        if is_item:
            found.append("<ul>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + "</ul>\n")
        else:
            found.extend(f"<p>{line}</p>\n" for line in lines)
    return "".join(found)


def _said(edition: Edition, block: Block, up: str) -> str:
    volume = edition.volume
    known = {one.cleared.quote.code: one for one in volume.passages}
    pieces, at, text = [], 0, tidy(block.text, edition.language)
    for pointer in _POINTER.finditer(text):
        pieces.append(esc(text[at:pointer.start()]) if pointer.start() else "")
        passage = known.get((pointer[1] or "").upper())
        if passage:
            pieces.append(" " + link(f"{up}{volume.tale_of(passage).page}#{anchor(passage)}", pointer[1].upper()))
        at = pointer.end()
    rest = text[at:]
    lead = " " if at and rest[:1] == " " else ""
    return "".join([*pieces, lead, esc(rest)])
