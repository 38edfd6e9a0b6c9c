"""Layout: where everything on a card stands; the quote gets all the room that the rest of it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from exports.cards import fitting
from exports.cards.content import Card
from exports.cards.marks import Letters, Mark, Still
from exports.cards.sheet import Plan, Sheet
from exports.cards.sizes import Size
from exports.cards.theme import Theme
from exports.typefaces import prepared, width_of
from exports.typography import tidy

_AIRY = Plan(0.09, 1.0)
_SNUG = Plan(0.062, 0.6, leading=1.04)
_TIGHT = Plan(0.05, 0.4, leading=0.98, in_line=True)
_STRAIGHT = r"(?<!\w)\"([^\"]{1,200})\"(?!\w)"
_WITHIN = {
    "en": (re.compile(_STRAIGHT + "|“([^“”]{1,200})”"), "‘", "’"),
    "fr": (re.compile(_STRAIGHT + "|«\u00a0?([^«»]{1,200}?)\u00a0?»"), "“", "”"),
}
_UPRIGHT, _OTHER = 0.36, 0.16
"""How far a short quote sinks into the room it does not fill, on an upright sheet and on others."""


def laid_out(card: Card, size: Size, theme: Theme) -> list[Mark]:
    """Return what stands where: with much air where the words allow it, else with less, at last cut."""
    plans = list(_plans(card, size))
    for plan in plans:
        sheet = Sheet(card, size, theme, plan)
        setting = fitting.fitted(_text(sheet) + sheet.closing, _frame(sheet), _measure(sheet))
        if setting is not None and setting.size >= size.smallest * plan.least * 0.999:
            return _marks(sheet, setting)
    sheet = Sheet(card, size, theme, plans[-1])
    frame, measure, after = _frame(sheet), _measure(sheet), sheet.closing
    within = replace(frame, room=lambda size: frame.room(size) - measure(after, size))
    found = fitting.cut(_text(sheet), within, measure)
    return _marks(sheet, replace(found, lines=(*found.lines[:-1], found.lines[-1] + after)))


def _plans(card: Card, size: Size) -> Iterator[Plan]:
    if card.face is not None:
        shape = size.width / size.height
        if shape > 1.3:
            yield replace(_AIRY, portrait="beside", least=1.1)
            yield replace(_AIRY, margin=0.075, air=0.7, portrait="beside")
        elif shape < 0.62:
            yield replace(_AIRY, portrait="above", least=1.35)
        yield replace(_AIRY, portrait="head")
        yield replace(_SNUG, portrait="head")
    yield from (_AIRY, _SNUG, _TIGHT)


def within_quotation(text: str, language: str) -> str:
    """Return a text with its own quotation marks as they stand inside others: ‘ ’ in English, “ ” in French."""
    pattern, opening, closing = _WITHIN.get(language, _WITHIN["en"])
    return pattern.sub(lambda found: f"{opening}{found[1] or found[2]}{closing}", text)


def _text(sheet: Sheet) -> str:
    """Return the quote as its lines are made of it: a mark that hangs out is no part of the first line."""
    language = sheet.card.language
    text = prepared(within_quotation(tidy(sheet.card.text, language), language), sheet.theme.quote)
    return text if sheet.hangs else sheet.opening + text


def _measure(sheet: Sheet) -> fitting.Measure:
    return lambda text, size: width_of(text, sheet.theme.quote, size)


def _frame(sheet: Sheet) -> fitting.Frame:
    return fitting.Frame(lambda size: sheet.right - sheet.begins(size), sheet.bottom - sheet.top,
                         sheet.size.smallest, sheet.largest, sheet.plan.leading)


def _marks(sheet: Sheet, setting: fitting.Setting) -> list[Mark]:
    """Return everything on the card, the quote set as given."""
    theme, size, begins = sheet.theme, setting.size, sheet.begins(setting.size)
    marks = [_moved(mark, sheet, begins) for mark in sheet.fixed] + [
        replace(mark, x=mark.x + begins - sheet.left) for mark in sheet.column]
    free = max(0.0, sheet.bottom - sheet.top - setting.height)
    y = sheet.top + size * 0.78 + free * (_UPRIGHT if sheet.size.height > sheet.size.width * 1.1 else _OTHER)
    if sheet.hangs:
        mark = sheet.opening.strip()
        marks.append(Letters(begins - sheet.hang * size, y, mark, theme.quote, size, theme.ink, said=True))
    for line in setting.lines:
        x = begins if sheet.hangs else sheet.centred(_measure(sheet)(line, size))
        marks.append(Letters(x, y, line, theme.quote, size, theme.ink, said=True))
        y += size * setting.leading
    return marks


def _moved(mark: Mark, sheet: Sheet, begins: float) -> Mark:
    """Return a mark as it stands; a picture above the words begins where they do."""
    if isinstance(mark, Still) and mark.x == sheet.left and sheet.plan.portrait == "above":
        return replace(mark, x=begins, width=mark.width - (begins - sheet.left))
    return mark
