"""Legible: whether the letters of a finished Word file stand out from their ground, and are large enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from exports.pages.opened import Opened, W, at, is_on, text_of, value
from exports.palette import contrast
from storybank.domain.remark import Remark, Weight
from storybank.words import say

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_ENOUGH, _ENOUGH_IF_LARGE = 4.5, 3.0
_LARGE, _LARGE_IF_BOLD, _SMALLEST = 36, 28, 18
"""In half points."""


def legibility(word: Opened) -> Iterator[Remark]:
    """Yield what is too pale, too small or justified, once for each style and colour."""
    seen: set[tuple[str, ...]] = set()
    for remark, key in _found(word):
        if key not in seen:
            seen.add(key)
            yield remark


def _found(word: Opened) -> Iterator[tuple[Remark, tuple[str, ...]]]:
    for _name, part in word.telling():
        for paragraph in part.iter(f"{W}p"):
            if not text_of(paragraph).strip():
                continue
            style = word.name_of(word.style_of(paragraph)) or "Normal"
            aligned = word.said(paragraph, "pPr/jc")
            if aligned is not None and aligned.get(f"{W}val") in ("both", "distribute"):
                yield Remark(Weight.WARN, say("The style “{style}” sets text flush on both sides.", style=style),
                             say("Align it left: even gaps between words are easier to read."), style), (style, "both")
            for run in paragraph.iter(f"{W}r"):
                if text_of(run).strip():
                    yield from _run(word, run, paragraph, style)


def _run(word: Opened, run: etree._Element, paragraph: etree._Element,
         style: str) -> Iterator[tuple[Remark, tuple[str, ...]]]:
    ground = _ground(word, run, paragraph)
    by_itself = "000000" if contrast("000000", ground) > _ENOUGH else "FFFFFF"
    ink = _colour(_told(word, run, paragraph, "color")) or by_itself
    size = _size(word, run, paragraph)
    large = size >= _LARGE or (size >= _LARGE_IF_BOLD and is_on(_told(word, run, paragraph, "b")))
    found = contrast(ink.upper(), ground.upper())
    if found < (_ENOUGH_IF_LARGE if large else _ENOUGH):
        yield Remark(
            Weight.STOP, say("“{style}” is too pale: #{ink} on #{ground} has a contrast of {contrast} to 1.",
                             style=style, ink=ink.upper(), ground=ground.upper(), contrast=f"{found:.1f}"),
            say("Choose a darker colour for it: 4.5 to 1 is the least."), f"styles.{style}"), (style, ink, ground)
    if size < _SMALLEST:
        yield Remark(Weight.WARN, say("“{style}” has letters of {size} points.", style=style, size=f"{size / 2:g}"),
                     say("Use 9 points at the very least, and 11 for running text."), style), (style, str(size))


def _told(word: Opened, run: etree._Element, paragraph: etree._Element, name: str) -> etree._Element | None:
    """Return a property of letters as it holds: the run's own, its style's, the paragraph's style's, the document's."""
    where = (run, *word.chain(value(run, "rPr/rStyle")), *word.chain(word.style_of(paragraph)), *word.defaults())
    return next((found for one in where if (found := at(one, f"rPr/{name}")) is not None), None)


def _size(word: Opened, run: etree._Element, paragraph: etree._Element) -> int:
    told = _told(word, run, paragraph, "sz")
    said = "" if told is None else told.get(f"{W}val", "")
    return int(said) if said.isdigit() else 20


def _ground(word: Opened, run: etree._Element, paragraph: etree._Element) -> str:
    """Return the colour behind a run: its own shade, its paragraph's, its cell's, or the white of paper."""
    shades = [_told(word, run, paragraph, "shd"), word.said(paragraph, "pPr/shd")]
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    shades.append(None if cell is None else at(cell, "tcPr/shd"))
    for shade in shades:
        told = "" if shade is None else shade.get(f"{W}fill", "")
        if _COLOUR.fullmatch(told):
            return told
    return "FFFFFF"


def _colour(told: etree._Element | None) -> str:
    said = "" if told is None else told.get(f"{W}val", "")
    return said if _COLOUR.fullmatch(said) else ""
