"""How a row of the tag palette is painted: a ring in the code's colour, its name, where it stands, its digit."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storybank.words import Words
from ui.parts.colours import colour_of
from ui.story.tag_rows import TagRow
from ui.theme import NOTE_SIZE, TEXT_SIZE, Tokens, font

ROW = Qt.ItemDataRole.UserRole
CHOSEN = Qt.ItemDataRole.UserRole + 1
STEP = 18
"""How far a code stands in under another one."""


class TagPainter(QStyledItemDelegate):
    """Paints headings and rows."""

    def __init__(self, tr: Words, tokens: Tokens, width: int, parent: QObject) -> None:
        super().__init__(parent)
        self._tr, self._tokens, self._width = tr, tokens, width

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: TagRow = index.data(ROW)
        return QSize(self._width, 28 if row.heading or row.suggesting else 46 if row.reason else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        row: TagRow = index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading or row.suggesting:
            self._write(painter, rect.adjusted(8, 4, -8, 0), index.data(), "soft", NOTE_SIZE)
        elif not row.choosable:
            self._write(painter, rect.adjusted(10 + STEP * row.depth, 0, -12, 0), index.data(), "soft", TEXT_SIZE)
        else:
            if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._tokens.color("wash"))
                painter.drawRoundedRect(rect, 6, 6)
            self._paint_choice(painter, rect, row, chosen=bool(index.data(CHOSEN)), text=index.data())
        painter.restore()

    def _paint_choice(self, painter: QPainter, rect: QRectF, row: TagRow, *, chosen: bool, text: str) -> None:
        color = colour_of(row.code, self._tokens) if row.code else self._tokens.color("primary")
        inner = rect.adjusted(STEP * row.depth, 0, 0, 0)
        name = QRectF(inner.left() + 34, rect.top() + (4 if row.reason else 0), inner.width() - 70,
                      22 if row.reason else rect.height())
        middle = QPointF(inner.left() + 17, name.center().y())
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color if chosen else QColor(0, 0, 0, 0))
        painter.drawEllipse(middle, 7, 7)
        if chosen:
            painter.setPen(QPen(self._tokens.color("surface"), 1.8, c=Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([middle + QPointF(-3, 0), middle + QPointF(-0.8, 2.4), middle + QPointF(3.2, -2.6)])
        said = self._write(painter, name, text, "ink", TEXT_SIZE, bold=chosen)
        above = " › ".join(code.short(self._tr.language) for code in row.path)
        if above:
            self._write(painter, name.adjusted(said + 10, 0, 0, 0), above, "soft", NOTE_SIZE)
        if row.reason:
            self._write(painter, name.translated(0, 18), row.reason, "soft", NOTE_SIZE)
        if row.digit:
            self._write(painter, QRectF(name).adjusted(0, 0, 24, 0), row.digit, "soft", NOTE_SIZE, right=True)

    def _write(self, painter: QPainter, rect: QRectF, text: str, token: str, size: int, *, bold: bool = False,
               right: bool = False) -> float:
        """Write a text, cut where the room ends, and return how wide it is."""
        painter.setFont(font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        painter.setPen(self._tokens.color(token))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return float(painter.fontMetrics().horizontalAdvance(shown))
