"""How a row is painted: the play sign, who says it and where, the words with their marks, the tags, the badge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from storybank.domain.codebook import Code, in_order
from storybank.domain.query import Kind
from storybank.services.searching import Found
from storybank.words import Words
from ui.consent.said import usable_said
from ui.parts.chips import HEIGHT, PAD, Tone, badge_width, paint_badge, paint_chip
from ui.parts.colours import colour_of
from ui.parts.said import timecode
from ui.search.hit_text import lay_out
from ui.search.rows import MoreRow, Row
from ui.theme import CARD_CORNER, NOTE_SIZE, SPACE_2, SPACE_3, SPACE_4, TEXT_SIZE, Tokens, font

ROW, REASON, PLAYING = (Qt.ItemDataRole.UserRole + number for number in range(3))
PLAY = 34
LEFT = SPACE_4 + PLAY + SPACE_4
HEAD = 26
FOLD = 34
"""How high the line is that unfolds the rest of a story."""
MOST_WIDTH = 640.0
MOST_CHIPS = 6
Index = QModelIndex | QPersistentModelIndex
_WRAPPED = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class HitPainter(QStyledItemDelegate):
    """Paints a row and says how high it is; heights are worked out once for each width."""

    def __init__(self, tr: Words, tokens: Tokens, view: QListView) -> None:
        super().__init__(view)
        self._tr = tr
        self._tokens = tokens
        self._view = view
        self._heights: dict[tuple[int, float, str], int] = {}
        self._kept: list[Row] = []
        self.codes: Mapping[str, Code] = {}
        self.is_new: Callable[[Found], bool] = nothing_is_new

    def forget(self) -> None:
        """Let go of the heights of rows that are not there any more."""
        self._heights.clear()
        self._kept.clear()

    def play_rect(self, row: QRect) -> QRectF:
        """Return where the play sign lies in a row."""
        return QRectF(row.left() + SPACE_4, row.top() + SPACE_4, PLAY, PLAY)

    def badge_rect(self, row: QRect, found: Found) -> QRectF:
        """Return where the badge lies in a row."""
        wide = badge_width(*self._badge(found))
        return QRectF(row.right() - SPACE_4 - wide, row.top() + SPACE_3 + 1, wide, HEIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        width = self._view.viewport().width()
        if isinstance(row, MoreRow):
            return QSize(width, FOLD)
        reason: str = index.data(REASON)
        key = (id(row.found), _room(width), reason)
        if key not in self._heights:
            self._kept.append(row)  # while it is kept, no other hit has its id
            self._heights[key] = self._height(row.found, width, reason)
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, MoreRow):
            self._paint_more(painter, option, str(index.data()))
        else:
            self._paint_hit(painter, option, index, row.found)
        painter.restore()

    def about(self, found: Found) -> tuple[str, str]:
        """Return the two parts of a row's head: who says it, and when and where; what is new says so."""
        who, where = self._about(found)
        return who, " · ".join(filter(None, (where, self._tr("New") if self.is_new(found) else "")))

    def _about(self, found: Found) -> tuple[str, str]:
        hit, tr = found.hit, self._tr
        if hit.kind == Kind.STORY:
            return found.story_title, tr("Story details")
        story = found.story_title if found.story_title != hit.speaker else ""
        if hit.kind == Kind.MEMO:
            return tr("Note"), " · ".join(part for part in (story, hit.quote_code) if part)
        parts = (timecode(hit.moment_ms or hit.start_ms), story, hit.quote_code)
        return hit.speaker or found.story_title, " · ".join(part for part in parts if part)

    def _badge(self, found: Found) -> tuple[str, Tone]:
        return usable_said(found.verdict, self._tr)

    def _height(self, found: Found, width: int, reason: str) -> int:
        words = lay_out(found.hit, _room(width), self._tokens)[1]
        chips = HEIGHT + SPACE_2 if self._shown_codes(found) else 0
        why = self._reason_room(reason, width).height()
        return round(SPACE_3 + HEAD + words + chips + why + SPACE_3 + SPACE_2)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, found: Found) -> None:
        row: QRect = option.rect
        self._paint_card(painter, row, option.state, current=index.row() == self._view.currentIndex().row())
        if found.hit.recording_id:
            self._paint_play(painter, self.play_rect(row), playing=bool(index.data(PLAYING)),
                             ground="surface" if self._is_one_of_several(option.state) else "wash")
        self._paint_head(painter, row, found)
        layout, height = lay_out(found.hit, _room(row.width()), self._tokens)
        top = row.top() + SPACE_3 + HEAD
        painter.setPen(self._tokens.color("ink"))
        layout.draw(painter, QPointF(row.left() + LEFT, top))
        self._paint_chips(painter, row.left() + LEFT, top + height + SPACE_2, found)
        if reason := index.data(REASON):
            room = self._reason_room(reason, row.width())
            room.moveTopLeft(QPointF(row.left() + LEFT, row.bottom() - SPACE_3 - room.height()))
            painter.setFont(font(NOTE_SIZE))
            painter.setPen(self._tokens.color("soft"))
            painter.drawText(room, _WRAPPED, reason)

    def _paint_more(self, painter: QPainter, option: QStyleOptionViewItem, said: str) -> None:
        """Paint the line that unfolds what else a story has, under the hits it belongs to."""
        room = QRectF(option.rect).adjusted(LEFT, 0, -SPACE_4, -SPACE_2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._write(painter, room, said, font(TEXT_SIZE, QFont.Weight.DemiBold), "primary")
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(self._tokens.color("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            wide = QFontMetricsF(painter.font()).horizontalAdvance(said)
            painter.drawRoundedRect(QRectF(room.left() - 8, room.top() + 1, wide + 16, room.height() - 2), 8, 8)

    def _reason_room(self, reason: str, row_width: int) -> QRectF:
        """Return how much room the reason takes under a hit; none while nobody asked."""
        if not reason:
            return QRectF()
        room = QRectF(0, 0, _room(row_width), 4000)
        taken = QFontMetricsF(font(NOTE_SIZE)).boundingRect(room, _WRAPPED, reason)
        return QRectF(0, 0, room.width(), taken.height() + SPACE_2)

    def _paint_card(self, painter: QPainter, row: QRect, state: QStyle.StateFlag, *, current: bool) -> None:
        card = QRectF(row).adjusted(1, 1, -1, -SPACE_2 - 1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ringed = current and selected and self._view.hasFocus()
        painter.setPen(QPen(self._tokens.color("primary" if selected else "line"), 2 if ringed else 1))
        painter.setBrush(self._tokens.color("wash" if self._is_one_of_several(state) else "surface"))
        painter.drawRoundedRect(card, CARD_CORNER, CARD_CORNER)

    def _is_one_of_several(self, state: QStyle.StateFlag) -> bool:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        return selected and len(self._view.selectionModel().selectedIndexes()) > 1

    def _paint_play(self, painter: QPainter, rect: QRectF, *, playing: bool, ground: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("primary" if playing else ground))
        painter.drawEllipse(rect)
        painter.setBrush(self._tokens.color("onprimary" if playing else "primary"))
        middle = rect.center()
        if playing:
            painter.drawRoundedRect(QRectF(middle.x() - 6, middle.y() - 7, 4, 14), 1, 1)
            painter.drawRoundedRect(QRectF(middle.x() + 2, middle.y() - 7, 4, 14), 1, 1)
        else:
            painter.drawPolygon(QPolygonF([middle + QPointF(-4, -7), middle + QPointF(8, 0), middle + QPointF(-4, 7)]))

    def _paint_head(self, painter: QPainter, row: QRect, found: Found) -> None:
        badge = self.badge_rect(row, found)
        paint_badge(painter, badge, *self._badge(found), self._tokens)
        left = row.left() + LEFT
        room = QRectF(left, row.top() + SPACE_3, badge.left() - SPACE_3 - left, 24)
        who, where = self.about(found)
        bold = font(TEXT_SIZE, QFont.Weight.DemiBold)
        who = QFontMetricsF(bold).elidedText(who, Qt.TextElideMode.ElideRight, room.width() * 0.5)
        self._write(painter, room, who, bold, "ink")
        room.setLeft(room.left() + QFontMetricsF(bold).horizontalAdvance(who) + SPACE_3)
        self._write(painter, room, where, font(NOTE_SIZE), "soft")

    def _write(self, painter: QPainter, room: QRectF, text: str, shown_in: QFont, token: str) -> None:
        painter.setFont(shown_in)
        painter.setPen(self._tokens.color(token))
        fitting = QFontMetricsF(shown_in).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitting)

    def _paint_chips(self, painter: QPainter, left: float, top: float, found: Found) -> None:
        metrics = QFontMetricsF(font(NOTE_SIZE, QFont.Weight.DemiBold))
        for code in self._shown_codes(found)[:MOST_CHIPS]:
            text = metrics.elidedText(code.short(self._tr.language), Qt.TextElideMode.ElideRight, 220)
            wide = metrics.horizontalAdvance(text) + 2 * PAD + 2
            paint_chip(painter, QRectF(left, top, wide, HEIGHT), text, colour_of(code, self._tokens))
            left += wide + 6

    def _shown_codes(self, found: Found) -> list[Code]:
        return in_order([self.codes[key] for key in found.hit.codes if key in self.codes])


def _room(row_width: int) -> float:
    """Return how wide the words of a row may be."""
    return max(120.0, min(MOST_WIDTH, row_width - LEFT - SPACE_4))


def nothing_is_new(_found: Found) -> bool:
    """Tell that a hit was there before: so it is but for saved searches."""
    return False
