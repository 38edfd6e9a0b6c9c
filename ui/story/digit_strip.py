"""The strip of digits above the words: which tag each of the keys 1 to 9 gives, and which the quote one is in has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from storybank.domain.codebook import Code
from storybank.words import Words
from ui.parts.colours import colour_of
from ui.theme import NOTE_SIZE, SPACE_2, TARGET, Tokens, font

DOT, GAP, PAD = 8.0, 4.0, 10.0
LEAST = 26.0
"""How narrow a name may get before it is left out."""


class DigitStrip(QWidget):
    """One quiet line. A press on a tag gives it too."""

    pressed = Signal(int)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr, self._tokens = tr, tokens
        self._codes: tuple[Code, ...] = ()
        self._has: frozenset[str] = frozenset()
        self._lit, self._reach = False, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TARGET - 4)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def text(self) -> str:
        """Return what it says."""
        if self._reach:
            return self._told()
        return "  ".join(f"{digit} {code.short(self._tr.language)}" for digit, code in enumerate(self._codes, 1))

    @property
    def lit(self) -> bool:
        """Tell whether the digits are tags right now."""
        return self._lit

    def show_codes(self, codes: Sequence[Code], has: frozenset[str], *, lit: bool, reach: str = "") -> None:
        """Show these, the first for 1; `lit` where digits are tags now; `reach` names the edge that is moved."""
        shown = tuple(codes), has, lit, reach
        if shown == (self._codes, self._has, self._lit, self._reach):
            return
        self._codes, self._has, self._lit, self._reach = shown
        self.setAccessibleName(self._tr("Tags by digit"))
        self.setAccessibleDescription(self.text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, TARGET - 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if digit := self._digit_at(event.position()):
            self.pressed.emit(digit)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._about(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._reach:
            self._paint_told(painter)
        else:
            for digit, (code, rect) in enumerate(zip(self._codes, self._rects(), strict=True), 1):
                if rect.width() > 0:
                    self._paint_code(painter, rect, digit, code)
        painter.end()

    def _paint_code(self, painter: QPainter, rect: QRectF, digit: int, code: Code) -> None:
        has, color = code.key in self._has, colour_of(code, self._tokens)
        painter.setOpacity(1.0 if self._lit or has else 0.62)
        painter.setFont(font(NOTE_SIZE, QFont.Weight.DemiBold))
        painter.setPen(self._tokens.color("ink" if self._lit else "soft"))
        left = rect.left()
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, 12, rect.height()), middle, str(digit))
        painter.setPen(QPen(color, 1.4))
        painter.setBrush(color if has else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(left + 16, rect.center().y()), DOT / 2 - 0.5, DOT / 2 - 0.5)
        painter.setFont(font(NOTE_SIZE, QFont.Weight.DemiBold if has else QFont.Weight.Normal))
        painter.setPen(self._tokens.color("ink" if has else "soft"))
        room = QRectF(left + 12 + DOT + GAP, 0, rect.width() - 12 - DOT - GAP, rect.height())
        name = code.short(self._tr.language)
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, shown)

    def _paint_told(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("wash"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setFont(font(NOTE_SIZE))
        painter.setPen(self._tokens.color("ink"))
        room = QRectF(self.rect()).adjusted(SPACE_2, 0, -SPACE_2, 0)
        said = QFontMetricsF(painter.font()).elidedText(self._told(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), said)

    def _told(self) -> str:
        if self._reach == "end":
            return self._tr("Moving the end: ← → by words, Shift by sentences · Enter keeps it, Esc lets go")
        return self._tr("Moving the start: ← → by words, Shift by sentences · Enter keeps it, Esc lets go")

    def _rects(self) -> list[QRectF]:
        """Return where each tag lies; where the room is short, the names are cut, the longest first."""
        metrics = QFontMetricsF(font(NOTE_SIZE, QFont.Weight.DemiBold))
        fixed = 12 + DOT + GAP
        wanted = [metrics.horizontalAdvance(code.short(self._tr.language)) + 3 for code in self._codes]
        room = self.width() - (fixed + PAD) * len(wanted) + PAD
        longest = max(wanted, default=0.0)
        while longest > LEAST and sum(min(one, longest) for one in wanted) > room:
            longest -= 4
        found, left = [], 0.0
        for one in wanted:
            width = fixed + min(one, longest)
            found.append(QRectF(left, 0, width if left + width <= self.width() + 1 else 0, self.height()))
            left += width + PAD
        return found

    def _digit_at(self, point: QPointF) -> int:
        return next((digit for digit, rect in enumerate(self._rects(), 1) if rect.contains(point)), 0)

    def _about(self, point: QPointF) -> str:
        if not (digit := self._digit_at(point)):
            return ""
        code, language = self._codes[digit - 1], self._tr.language
        named = self._tr("{digit}: {tag}", digit=digit, tag=code.label(language))
        hint = "" if self._lit else self._tr("Select words first: without any, the digits say who speaks.")
        return "\n".join(part for part in (named, code.gist(language), hint) if part)
