"""How a hit is painted: the play sign, the story and speaker, the words with their marks, the tags, the badge."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storybank.domain.codebook import Code, CodeKind
from storybank.services.searching import Found
from storybank.words import Words
from ui.consent.said import usable_said
from ui.parts.chips import HEIGHT, PAD, Tone, badge_width, paint_badge, paint_chip
from ui.parts.said import timecode
from ui.search.snippet import snippet
from ui.theme import CARD_CORNER, NOTE_SIZE, READING_SIZE, SPACE_2, SPACE_3, SPACE_4, TEXT_SIZE, Tokens, font

FOUND = Qt.ItemDataRole.UserRole
REASON = Qt.ItemDataRole.UserRole + 1
PLAY = 34
LEFT = SPACE_4 + PLAY + SPACE_4
ROW = 26
MOST_WIDTH = 640.0


class HitPainter(QStyledItemDelegate):
    """Paints a row and says how high it is."""

    def __init__(self, tr: Words, tokens: Tokens, view: QListView) -> None:
        super().__init__(view)
        self._tr = tr
        self._tokens = tokens
        self._view = view
        self.codes: Mapping[str, Code] = {}

    def play_rect(self, row: QRect) -> QRectF:
        """Return where the play sign lies in a row."""
        return QRectF(row.left() + SPACE_4, row.top() + SPACE_4, PLAY, PLAY)

    def badge_rect(self, row: QRect, found: Found) -> QRectF:
        """Return where the badge lies in a row."""
        wide = badge_width(*self._badge(found))
        return QRectF(row.right() - SPACE_4 - wide, row.top() + SPACE_3 + 1, wide, HEIGHT)

    def _badge(self, found: Found) -> tuple[str, Tone]:
        return usable_said(found.verdict, self._tr)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        found: Found = index.data(FOUND)
        width = self._view.viewport().width()
        words = self._lay_out(found, width)[1]
        chips = HEIGHT + SPACE_2 if self._shown_codes(found) else 0
        why = self._reason_room(index.data(REASON), width).height()
        return QSize(width, round(SPACE_3 + ROW + words + chips + why + SPACE_3 + SPACE_2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        found: Found = index.data(FOUND)
        row: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter, row, option.state)
        self._paint_play(painter, self.play_rect(row))
        self._paint_head(painter, row, found)
        layout, height = self._lay_out(found, row.width())
        top = row.top() + SPACE_3 + ROW
        painter.setPen(self._tokens.color("ink"))
        layout.draw(painter, QPointF(row.left() + LEFT, top))
        self._paint_chips(painter, row.left() + LEFT, top + height + SPACE_2, found)
        if reason := index.data(REASON):
            room = self._reason_room(reason, row.width())
            room.moveTopLeft(QPointF(row.left() + LEFT, row.bottom() - SPACE_2 - SPACE_3 - room.height() + SPACE_2))
            painter.setFont(font(NOTE_SIZE))
            painter.setPen(self._tokens.color("soft"))
            painter.drawText(room, _WRAPPED, reason)
        painter.restore()

    def _reason_room(self, reason: str, row_width: int) -> QRectF:
        """Return how much room the reason takes under a hit; none while nobody asked."""
        if not reason:
            return QRectF()
        room = QRectF(0, 0, max(120.0, min(MOST_WIDTH, row_width - LEFT - SPACE_4)), 4000)
        taken = QFontMetricsF(font(NOTE_SIZE)).boundingRect(room, _WRAPPED, reason)
        return QRectF(0, 0, room.width(), taken.height() + SPACE_2)

    def _paint_card(self, painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
        card = QRectF(row).adjusted(0.5, 0.5, -0.5, -SPACE_2 - 0.5)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and self._view.hasFocus()
        painter.setPen(QPen(self._tokens.color("primary" if selected else "line"), 2 if focused else 1))
        painter.setBrush(self._tokens.color("surface"))
        painter.drawRoundedRect(card, CARD_CORNER, CARD_CORNER)

    def _paint_play(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("wash"))
        painter.drawEllipse(rect)
        painter.setBrush(self._tokens.color("primary"))
        middle = rect.center()
        painter.drawPolygon(QPolygonF([middle + QPointF(-4, -7), middle + QPointF(8, 0), middle + QPointF(-4, 7)]))

    def _paint_head(self, painter: QPainter, row: QRect, found: Found) -> None:
        badge = self.badge_rect(row, found)
        paint_badge(painter, badge, *self._badge(found), self._tokens)
        left = row.left() + LEFT
        room = QRectF(left, row.top() + SPACE_3, badge.left() - SPACE_3 - left, 24)
        bold = font(TEXT_SIZE, QFont.Weight.DemiBold)
        title = QFontMetricsF(bold).elidedText(found.story_title, Qt.TextElideMode.ElideRight, room.width() * 0.6)
        self._write(painter, room, title, bold, "ink")
        room.setLeft(room.left() + QFontMetricsF(bold).horizontalAdvance(title) + SPACE_3)
        speaker = found.hit.speaker if found.hit.speaker != found.story_title else ""
        about = (speaker, timecode(found.hit.start_ms), found.hit.quote_code)
        said = " · ".join(part for part in about if part)
        plain = font(NOTE_SIZE)
        self._write(painter, room, QFontMetricsF(plain).elidedText(said, Qt.TextElideMode.ElideRight, room.width()),
                    plain, "soft")

    def _write(self, painter: QPainter, room: QRectF, text: str, shown_in: QFont, token: str) -> None:
        painter.setFont(shown_in)
        painter.setPen(self._tokens.color(token))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_chips(self, painter: QPainter, left: float, top: float, found: Found) -> None:
        metrics = QFontMetricsF(font(NOTE_SIZE, QFont.Weight.DemiBold))
        for code in self._shown_codes(found):
            text = code.short(self._tr.language)
            wide = metrics.horizontalAdvance(text) + 2 * PAD + 2
            paint_chip(painter, QRectF(left, top, wide, HEIGHT), text, self._tokens.color(code.key))
            left += wide + 6

    def _shown_codes(self, found: Found) -> list[Code]:
        return sorted((self.codes[key] for key in found.hit.codes if key in self.codes), key=in_order)

    def _lay_out(self, found: Found, row_width: int) -> tuple[QTextLayout, float]:
        text, marks = snippet(found.hit.text, found.hit.marks)
        words = font(READING_SIZE)
        layout = QTextLayout(text, words)
        layout.setFormats([self._mark(text, begin, end) for begin, end in marks])
        layout.beginLayout()
        y, step = 0.0, QFontMetricsF(words).height() * 1.35
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(120.0, min(MOST_WIDTH, row_width - LEFT - SPACE_4)))
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            y += step
        layout.endLayout()
        return layout, y

    def _mark(self, text: str, begin: int, end: int) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = _units(text[:begin]), _units(text[begin:end])
        style = QTextCharFormat()
        style.setBackground(self._tokens.color("mark"))
        style.setFontWeight(QFont.Weight.DemiBold)
        made.format = style
        return made


_WRAPPED = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


def in_order(code: Code) -> tuple[int, int]:
    """Return where a code stands among all: building blocks first, then the people, then the rest."""
    return list(CodeKind).index(code.kind), code.position


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
