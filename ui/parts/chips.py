"""Chips: a badge says where consent stands with a word, a sign and a ground; a code chip names a code in its colour."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from storybank.domain.codebook import Code
from ui.parts.colours import colour_of
from ui.theme import NOTE_SIZE, Tokens, font

Tone = Literal["good", "if", "ask", "warn", "stop", "plain"]

_COLOURS = {"if": "warn", "ask": "warn"}
"""Tones that wear the colours of another, with a sign of their own."""

SIGN_WIDTH, PAD, HEIGHT = 16, 10, 22


class Badge(QWidget):
    """A word, a sign and a ground: good has a tick, "if" a tick over a line, "ask" a question mark,
    warn a clock, stop a cross, plain nothing.
    """

    def __init__(self, tokens: Tokens, word: str = "", tone: Tone = "good", reason: str = "") -> None:
        super().__init__()
        self._tokens = tokens
        self._word, self._tone = word, tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(word, tone, reason)

    @property
    def word(self) -> str:
        """Return what the badge says."""
        return self._word

    @property
    def tone(self) -> Tone:
        """Return which sign and ground it wears."""
        return self._tone

    def say(self, word: str, tone: Tone, reason: str = "") -> None:
        """Say something else; `reason` is shown when one rests on it."""
        self._word, self._tone = word, tone
        self.setToolTip(reason)
        self.setAccessibleName(f"{word}. {reason}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._word, self._tone), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = min(self.width(), badge_width(self._word, self._tone))
        paint_badge(painter, QRectF(0, 0, width, self.height()), self._word, self._tone, self._tokens)
        painter.end()


class CodeChip(QWidget):
    """A code's short label, outlined in the code's own colour."""

    def __init__(self, text: str, color: QColor) -> None:
        super().__init__()
        self._text, self._color = text, color
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_text_width(self._text) + 2 * PAD, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._color)
        painter.end()


def code_chip(tokens: Tokens, code: Code, language: str) -> CodeChip:
    """Return the chip of a code; its meaning shows when one rests on it."""
    chip = CodeChip(code.short(language), colour_of(code, tokens))
    chip.setToolTip(code.gist(language) or code.label(language))
    return chip


def badge_width(word: str, tone: Tone) -> int:
    """Return how wide a badge wants to be."""
    return _text_width(word) + 2 * PAD + (SIGN_WIDTH if tone != "plain" else 0)


def paint_badge(painter: QPainter, rect: QRectF, word: str, tone: Tone, tokens: Tokens) -> None:
    """Paint a badge into `rect`, for widgets and tables alike; too long a word is cut with an ellipsis."""
    colour = _COLOURS.get(tone, tone)
    ink = tokens.color("soft" if tone == "plain" else colour)
    ground = tokens.color("sunken" if tone == "plain" else f"{colour}bg")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    left = rect.left() + PAD
    if tone != "plain":
        paint_sign(painter, QPointF(left + 5, rect.center().y()), tone, ink)
        left += SIGN_WIDTH
    painter.setFont(font(NOTE_SIZE, font(NOTE_SIZE).Weight.DemiBold))
    painter.setPen(QPen(ink))
    room = QRectF(left, rect.top(), rect.right() - PAD - left + 2, rect.height())
    shown = QFontMetrics(painter.font()).elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def paint_chip(painter: QPainter, rect: QRectF, text: str, color: QColor) -> None:
    """Paint a code chip into `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1))
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    painter.setFont(font(NOTE_SIZE, font(NOTE_SIZE).Weight.Medium))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_sign(painter: QPainter, centre: QPointF, tone: Tone, ink: QColor) -> None:
    """Paint the sign of a tone: a tick, a tick over a line, a question mark, a clock or a cross."""
    pen = QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path, x, y = QPainterPath(), centre.x(), centre.y()
    if tone in ("good", "if"):
        up = 2.2 if tone == "if" else 0
        path.moveTo(x - 4, y + 0.3 - up)
        path.lineTo(x - 1.3, y + 3.2 - up)
        path.lineTo(x + 4.2, y - 3.2 - up)
        if up:
            path.moveTo(x - 4.2, y + 5)
            path.lineTo(x + 4.2, y + 5)
    elif tone == "ask":
        path.moveTo(x - 2.9, y - 2.2)
        path.cubicTo(x - 2.6, y - 6.2, x + 3.4, y - 5.8, x + 2.9, y - 2)
        path.cubicTo(x + 2.6, y - 0.2, x, y - 0.2, x, y + 1.8)
        path.addEllipse(QPointF(x, y + 4.7), 0.3, 0.3)
    elif tone == "warn":
        path.addEllipse(centre, 4.8, 4.8)
        path.moveTo(x, y - 2.6)
        path.lineTo(x, y + 0.2)
        path.lineTo(x + 2, y + 1.4)
    else:
        path.moveTo(x - 3.3, y - 3.3)
        path.lineTo(x + 3.3, y + 3.3)
        path.moveTo(x + 3.3, y - 3.3)
        path.lineTo(x - 3.3, y + 3.3)
    painter.drawPath(path)


def _text_width(text: str) -> int:
    return QFontMetrics(font(NOTE_SIZE, font(NOTE_SIZE).Weight.DemiBold)).horizontalAdvance(text) + 2
