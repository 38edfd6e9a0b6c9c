"""What was understood: a chip for every part of what was typed and every filter, each with a way to take it out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from storybank.domain.found import Chip
from storybank.words import Words
from ui.parts.flow import Flow
from ui.theme import NOTE_SIZE, TARGET, Tokens, font

MOST_WIDTH = 420
CROSS = 22
PAD = 12


class Understood(QWidget):
    """A row of chips; a press, or Delete, takes a part out of what is asked."""

    retyped = Signal(str)
    """What is to be asked instead, without a part."""
    dropped = Signal(str, str)
    """Facet and key of a filter that is not wanted any more."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(tr("What was understood"))
        self._tr = tr
        self._tokens = tokens
        self._flow = Flow(self)
        self._shown: tuple[object, ...] = ()
        self.words: tuple[str, ...] = ()

    def show_query(self, chips: Sequence[Chip], filters: Sequence[tuple[str, str, str]]) -> None:
        """Show what is asked."""
        now = (tuple(chips), tuple(filters))
        self.words = tuple(self._tr.sentence(chip.said) for chip in chips)
        self.setVisible(bool(chips or filters))
        if now == self._shown:
            return
        had = next((n for n, one in enumerate(self.chips()) if one.hasFocus()), None)
        self._shown = now
        made: list[QWidget] = []
        for chip, word in zip(chips, self.words, strict=True):
            part = ChipButton(self._tokens, word, self._tr("Search without this"), filtering=False)
            part.pressed.connect(partial(self.retyped.emit, chip.without))
            made.append(part)
        for name, key, text in filters:
            part = ChipButton(self._tokens, text, self._tr("Search without this filter"), filtering=True)
            part.pressed.connect(partial(self.dropped.emit, name, key))
            made.append(part)
        self._flow.show_only(made)
        if had is not None and made:
            made[min(had, len(made) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def chips(self) -> list[ChipButton]:
        """Return the chips in their order."""
        widgets = (self._flow.itemAt(n).widget() for n in range(self._flow.count()))
        return [one for one in widgets if isinstance(one, ChipButton)]


class ChipButton(QWidget):
    """A part of a query, with a cross at its end."""

    pressed = Signal()

    def __init__(self, tokens: Tokens, word: str, what: str, *, filtering: bool) -> None:
        super().__init__()
        self._tokens, self.word, self._filtering = tokens, word, filtering
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{word}\n{what}")
        self.setAccessibleName(f"{word}. {what}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(min(MOST_WIDTH, QFontMetrics(_font()).horizontalAdvance(self.word) + PAD + CROSS + 8), TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("goodbg" if self._filtering else "sunken"))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        ink = tokens.color("good" if self._filtering else "ink")
        painter.setPen(ink)
        painter.setFont(_font())
        words = room.adjusted(PAD, 0, -CROSS, 0)
        shown = painter.fontMetrics().elidedText(self.word, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setPen(QPen(ink if self.underMouse() else tokens.color("soft"), 1.5, c=Qt.PenCapStyle.RoundCap))
        x, y = room.right() - 14, room.center().y()
        painter.drawLine(QRectF(x - 3.5, y - 3.5, 7, 7).topLeft(), QRectF(x - 3.5, y - 3.5, 7, 7).bottomRight())
        painter.drawLine(QRectF(x - 3.5, y - 3.5, 7, 7).topRight(), QRectF(x - 3.5, y - 3.5, 7, 7).bottomLeft())
        painter.end()

    def enterEvent(self, _event: object) -> None:
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() in (key.Key_Return, key.Key_Enter, key.Key_Space, key.Key_Delete, key.Key_Backspace):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def _font() -> QFont:
    return font(NOTE_SIZE, QFont.Weight.DemiBold)
