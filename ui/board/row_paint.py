"""How a person of the board is painted: who, how it stands, what they have, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storybank.services.surveying import Standing
from storybank.words import Words
from ui.board.rows import ROW, Index, Row
from ui.board.said import PLACES, about, beside, holds, out_there, standing_said
from ui.parts.chips import HEIGHT, badge_width, paint_badge, paint_sign
from ui.theme import NOTE_SIZE, SPACE_4, Tokens, font

HIGH, HEADING_HIGH = 56, 38
WIDE = 620
"""From this width on, what a person has and what can be done stand in columns of their own."""

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class RowPaint(QStyledItemDelegate):
    """Paints a person or a heading, and hears a click on what can be done."""

    renewal_asked = Signal(object)

    def __init__(self, tr: Words, tokens: Tokens, parent: QObject) -> None:
        super().__init__(parent)
        self._tr, self._tokens = tr, tokens

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        frame = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Standing):
            self._paint_ground(painter, frame, option)
            self._paint_person(painter, frame.adjusted(SPACE_4, 0, -SPACE_4, 0), row)
        else:
            self._paint_heading(painter, frame.adjusted(SPACE_4, 0, -SPACE_4, 0), row)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, HIGH if isinstance(index.data(ROW), Standing) else HEADING_HIGH)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(ROW)
        if isinstance(event, QMouseEvent) and self._is_on_action(event, option, row):
            self.renewal_asked.emit(row)
            return True
        return super().editorEvent(event, model, option, index)  # type: ignore[arg-type]

    def _is_on_action(self, event: QMouseEvent, option: QStyleOptionViewItem, row: object) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(row, Standing) or not self.can_ask(row):
            return False
        return self.action_place(option.rect).contains(event.position().toPoint())

    @staticmethod
    def can_ask(row: Standing) -> bool:
        """Tell whether a renewal may be asked for, and was not."""
        return row.lapsing is not None and row.lapsing.renewal is None

    def action_place(self, rect: QRect) -> QRect:
        """Return where the thing to do stands in a row; nowhere where the row is narrow."""
        if rect.width() < WIDE:
            return QRect()
        wide = QFontMetrics(font(13, QFont.Weight.Medium)).horizontalAdvance(self._tr("Ask to renew")) + 16
        return QRect(rect.right() - SPACE_4 - wide, rect.center().y() - 15, wide, 30)

    def _paint_ground(self, painter: QPainter, frame: QRectF, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(frame, self._tokens.color("wash"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(frame, self._tokens.color("sunken"))
        painter.setPen(QPen(self._tokens.color("line"), 1))
        foot = frame.bottom() - 0.5
        painter.drawLine(QPointF(frame.left() + SPACE_4, foot), QPointF(frame.right() - SPACE_4, foot))

    def _paint_heading(self, painter: QPainter, frame: QRectF, row: Row) -> None:
        assert isinstance(row, tuple)
        word, tone = PLACES[row[0]]
        base = frame.adjusted(0, 8, 0, 0)
        paint_sign(painter, QPointF(base.left() + 6, base.center().y()), tone, self._tokens.color(tone))
        painter.setFont(font(NOTE_SIZE, QFont.Weight.DemiBold))
        painter.setPen(self._tokens.color("soft"))
        painter.drawText(base.adjusted(20, 0, 0, 0), _LEFT, f"{self._tr(word)}  {row[1]}")

    def _paint_person(self, painter: QPainter, frame: QRectF, row: Standing) -> None:
        tr, wide = self._tr, frame.width() + 2 * SPACE_4 >= WIDE
        parts = (0.30, 0.58, 0.80) if wide else (0.48, 1.0, 1.0)
        who = QRectF(frame.left(), frame.top(), frame.width() * parts[0] - 12, frame.height())
        where = QRectF(frame.left() + frame.width() * parts[0], frame.top(),
                       frame.width() * (parts[1] - parts[0]) - 12, frame.height())
        self._two_lines(painter, who, row.person.name, about(row, tr), QFont.Weight.DemiBold)
        self._paint_standing(painter, where, row)
        if wide:
            has = QRectF(frame.left() + frame.width() * parts[1], frame.top(), frame.width() * 0.22 - 8,
                         frame.height())
            self._two_lines(painter, has, holds(row, tr), out_there(row, tr), QFont.Weight.Normal)
            self._paint_action(painter, frame, row)

    def _paint_standing(self, painter: QPainter, place: QRectF, row: Standing) -> None:
        word, tone = standing_said(row, self._tr)
        width = min(badge_width(word, tone), int(place.width()))
        under = beside(row, self._tr)
        top = place.center().y() - (HEIGHT + (18 if under else 0)) / 2
        paint_badge(painter, QRectF(place.left(), top, width, HEIGHT), word, tone, self._tokens)
        if under:
            self._line(painter, QRectF(place.left() + 2, top + HEIGHT + 1, place.width(), 18), under, font(NOTE_SIZE),
                       "soft")

    def _paint_action(self, painter: QPainter, frame: QRectF, row: Standing) -> None:
        if row.lapsing is None:
            return
        rect = QRect(int(frame.left() - SPACE_4), int(frame.top()), int(frame.width() + 2 * SPACE_4),
                     int(frame.height()))
        place = QRectF(self.action_place(rect))
        if self.can_ask(row):
            painter.setPen(QPen(self._tokens.color("line"), 1))
            painter.setBrush(self._tokens.color("surface"))
            painter.drawRoundedRect(place, 8, 8)
            painter.setFont(font(13, QFont.Weight.Medium))
            painter.setPen(self._tokens.color("ink"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._tr("Ask to renew"))
            return
        word = self._tr("Renewal asked")
        wide = min(badge_width(word, "plain"), int(frame.width() * 0.2))
        paint_badge(painter, QRectF(frame.right() - wide, frame.center().y() - HEIGHT / 2, wide, HEIGHT), word, "plain",
                    self._tokens)

    def _two_lines(self, painter: QPainter, place: QRectF, first: str, second: str, weight: QFont.Weight) -> None:
        middle = place.center().y()
        top = middle - (19 if second else 10)
        self._line(painter, QRectF(place.left(), top, place.width(), 20), first, font(13, weight), "ink")
        if second:
            self._line(painter, QRectF(place.left(), middle + 1, place.width(), 18), second, font(NOTE_SIZE), "soft")

    def _line(self, painter: QPainter, place: QRectF, text: str, face: QFont, token: str) -> None:
        painter.setFont(face)
        painter.setPen(self._tokens.color(token))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, _LEFT, shown)


def under_pointer(view: QAbstractItemView) -> None:
    """Let rows show which of them the mouse is on."""
    view.setMouseTracking(True)
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
