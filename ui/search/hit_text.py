"""How the words of a hit are laid out: what was found in ink with its marks, what stands around it softer."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from storybank.domain.query import Hit, Kind
from ui.search.snippet import Marks, snippet
from ui.theme import READING_SIZE, Tokens, font

LEADING = 1.35
AROUND = 72
"""Characters of what is said before and after that a hit shows."""


def shown(hit: Hit) -> tuple[str, Marks, tuple[int, int]]:
    """Return what a hit shows, where its marks stand in it, and from where to where it is the hit itself."""
    text, marks = snippet(hit.text.replace("\n", " "), hit.marks)
    around = hit.kind != Kind.STORY  # what stands around details are other details
    before = _tail(hit.before) if around and not text.startswith("… ") else ""
    after = _head(hit.after) if around and not text.endswith(" …") else ""
    shift = len(before)
    moved = tuple((begin + shift, end + shift) for begin, end in marks)
    return f"{before}{text}{after}", moved, (shift, shift + len(text))


def lay_out(hit: Hit, width: float, tokens: Tokens) -> tuple[QTextLayout, float]:
    """Return the words laid out in lines of a width, and how high they stand."""
    text, marks, own = shown(hit)
    words = font(READING_SIZE)
    if hit.kind == Kind.MEMO:
        words.setItalic(True)
    layout = QTextLayout(text, words)
    around = [(0, own[0]), (own[1], len(text))]
    layout.setFormats([*(_range(text, begin, end, _soft(tokens)) for begin, end in around if begin < end),
                       *(_range(text, begin, end, _marked(tokens)) for begin, end in marks)])
    layout.beginLayout()
    y, step = 0.0, QFontMetricsF(words).height() * LEADING
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout, y


def _tail(text: str) -> str:
    if not text:
        return ""
    cut = text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]
    return f"{cut} "


def _head(text: str) -> str:
    if not text:
        return ""
    return " " + (text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …")


def _range(text: str, begin: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = _units(text[:begin]), _units(text[begin:end])
    made.format = style
    return made


def _marked(tokens: Tokens) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setBackground(tokens.color("mark"))
    style.setForeground(tokens.color("ink"))
    style.setFontWeight(QFont.Weight.DemiBold)
    return style


def _soft(tokens: Tokens) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(tokens.color("soft"))
    return style


def _units(text: str) -> int:
    """Return how long a text is as Qt counts."""
    return len(text.encode("utf-16-le")) // 2
