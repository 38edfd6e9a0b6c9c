"""How a line of the transcript is painted: marks, the playing word, doubts, the time left, stripes right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from ui.parts.said import timecode
from ui.theme import NOTE_SIZE, READING_SIZE, Tokens, font
from ui.transcript.column import NAME_ROOM
from ui.transcript.cursor import Cursor
from ui.transcript.marks import Marks
from ui.transcript.script import UNSAVED, Script, flagged
from ui.transcript.spans import Place
from ui.transcript.typeset import Typeset

STRIPE, STRIPE_STEP = 4.0, 7.0
BREAK = 4.0
"""How far a stripe stays from its line's edge where its quote begins or ends; one that goes on bridges the gap."""
MOST_STRIPES = 10
"""Columns of stripes that are painted; where more overlap, a plus says so."""
MARK_INSET = 3.0  # a mark is a little lower than its row, so that two rows stay apart
NAME_HEIGHT = 16.0
"""The name of a voice keeps clear of the field in which its first line is put right."""
SIGN_LEFT = 58.0
"""Where the tick of a reviewed line stands, or the flag of one that may never have been said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things lie across the transcript."""

    gutter: float
    text_width: float
    stripes_left: float


class LinePainter:
    """Paints lines; it is told what plays and whether the reader is here."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.colours: Mapping[str, QColor] = {}
        """What each code is painted in, by its key."""
        self.marks = Marks(tokens)
        self._playing_font = font(READING_SIZE, QFont.Weight.DemiBold)

    def paint(self, painter: QPainter, top: float, number: int, script: Script, typeset: Typeset, sheet: Sheet,
              cursor: Cursor | None, playing: Place | None) -> None:
        """Paint one line; `cursor` is None while the reader is elsewhere."""
        at = QPointF(sheet.gutter, top)
        self._paint_gutter(painter, top, script, number)
        self._paint_name(painter, at, script.voice_above(number))
        self._paint_grounds(painter, at, number, script, typeset, cursor)
        self.marks.paint_found(painter, at, script.lines[number], typeset)
        parts = self._parts(number, script, typeset, playing)
        painter.setPen(self._tokens.color("ink"))
        typeset.draw(painter, at, parts)
        self.marks.paint_misspelt(painter, at, script.lines[number], typeset)
        if playing is not None and playing.line == number:
            self._paint_playing(painter, at, script, typeset, playing)
        if cursor is not None and cursor.place.line == number:
            self._paint_ring(painter, at, typeset, cursor.place.word)
        self._paint_stripes(painter, top, number, script, typeset, sheet)

    def _paint_gutter(self, painter: QPainter, top: float, script: Script, number: int) -> None:
        line = script.lines[number]
        painter.setFont(font(NOTE_SIZE))
        painter.setPen(self._tokens.color("soft"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(4, top, 52, 27), int(flags), timecode(line.start_ms))
        if foreign := script.foreign(number):
            painter.setFont(font(NOTE_SIZE - 2, QFont.Weight.DemiBold))
            painter.drawText(QRectF(4, top + 20, 52, 14), int(flags), foreign.upper())
        if line.reviewed:
            painter.setPen(QPen(self._tokens.color("good"), 1.6, c=Qt.PenCapStyle.RoundCap))
            x, y = SIGN_LEFT, top + 13.5
            painter.drawPolyline([QPointF(x, y), QPointF(x + 3, y + 3), QPointF(x + 8, y - 4)])
        elif flagged(line):
            self._paint_flag(painter, top)

    def _paint_flag(self, painter: QPainter, top: float) -> None:
        """Paint a pennant: listen before you trust this."""
        color = self._tokens.color("warn")
        painter.setPen(QPen(color, 1.4, c=Qt.PenCapStyle.RoundCap))
        x, y = SIGN_LEFT + 1, top + 7.5
        painter.drawLine(QPointF(x, y), QPointF(x, y + 12))
        painter.setBrush(color)
        painter.drawPolygon([QPointF(x, y), QPointF(x + 7, y + 3), QPointF(x, y + 6)])

    def _paint_name(self, painter: QPainter, at: QPointF, name: str) -> None:
        """Paint who begins to speak, small above the words, as in a script."""
        if name:
            painter.setFont(font(NOTE_SIZE, QFont.Weight.DemiBold))
            painter.setPen(self._tokens.color("soft"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(at.x(), at.y() - NAME_ROOM, 600, NAME_HEIGHT), int(flags), name)

    def _paint_grounds(self, painter: QPainter, at: QPointF, number: int, script: Script, typeset: Typeset,
                       cursor: Cursor | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("mark"))
        for first, last in script.grounds(number):
            self._ground(painter, at, typeset, first, last)
        if cursor is not None and cursor.selection:
            chosen = QColor(self._tokens.color("primary"))
            chosen.setAlpha(70)
            self._fill(painter, at, number, script, typeset, cursor.selection, chosen)

    def _fill(self, painter: QPainter, at: QPointF, number: int, script: Script, typeset: Typeset,
              stretch: tuple[Place, Place], color: QColor) -> None:
        first, last = stretch
        if not first.line <= number <= last.line:
            return
        begin = first.word if first.line == number else 0
        end = last.word if last.line == number else len(script.lines[number].words) - 1
        painter.setBrush(color)
        self._ground(painter, at, typeset, begin, end)

    def _ground(self, painter: QPainter, at: QPointF, typeset: Typeset, begin: int, end: int) -> None:
        for rect in typeset.rects(begin, end):
            painter.drawRoundedRect(rect.translated(at).adjusted(-1, -MARK_INSET + 1, 1, MARK_INSET - 1), 2, 2)

    def _parts(self, number: int, script: Script, typeset: Typeset,
               playing: Place | None) -> list[QTextLayout.FormatRange]:
        line = script.lines[number]
        if line.id.startswith(UNSAVED):
            return [_coloured(typeset.part(0, len(line.words) - 1), self._tokens.color("soft"))]
        parts = [
            _underlined(_coloured(typeset.part(word, word), self._tokens.color("warn")))
            for word in range(len(line.words)) if script.doubtful(Place(number, word))
        ]
        if playing is not None and playing.line == number:
            parts.append(_coloured(typeset.part(playing.word, playing.word), QColor(0, 0, 0, 0)))
        return parts

    def _paint_playing(self, painter: QPainter, at: QPointF, script: Script, typeset: Typeset, playing: Place) -> None:
        """Paint the playing word bolder in the room it has, so that nothing moves while it plays."""
        rect = next(iter(typeset.rects(playing.word, playing.word)), QRectF()).translated(at)
        text = script.word(playing).text
        bold = QFont(self._playing_font)
        spare = rect.width() - QFontMetricsF(bold).horizontalAdvance(text)
        bold.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spare / max(1, len(text)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("wash"))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 4, 4)
        painter.setFont(bold)
        painter.setPen(self._tokens.color("primary"))
        painter.drawText(QPointF(rect.left(), rect.top() + QFontMetricsF(bold).ascent()), text)

    def _paint_ring(self, painter: QPainter, at: QPointF, typeset: Typeset, word: int) -> None:
        painter.setPen(QPen(self._tokens.color("primary"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in typeset.rects(word, word):
            painter.drawRoundedRect(rect.translated(at).adjusted(-3, -2, 3, 2), 4, 4)

    def _paint_stripes(self, painter: QPainter, top: float, number: int, script: Script, typeset: Typeset,
                       sheet: Sheet) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        more = False
        for stripe in script.stripes_in(number):
            if stripe.column >= MOST_STRIPES:
                more = True
                continue
            painter.setBrush(self._colour(stripe.code))
            anchor, line = stripe.quote.anchor, script.lines[number]
            head = BREAK if anchor.first_line_id == line.id else -BREAK
            foot = BREAK if anchor.last_line_id == line.id else -BREAK
            left = sheet.stripes_left + stripe.column * STRIPE_STEP
            painter.drawRoundedRect(QRectF(left, top + head, STRIPE, typeset.height - head - foot), 1, 1)
        if more:
            self._paint_more(painter, top, sheet)

    def _paint_more(self, painter: QPainter, top: float, sheet: Sheet) -> None:
        """Paint a plus where more codes overlap than there is room for; resting on it tells them all."""
        painter.setPen(QPen(self._tokens.color("soft"), 1.4))
        x, y = sheet.stripes_left + MOST_STRIPES * STRIPE_STEP + 2, top + 13.0
        painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y))
        painter.drawLine(QPointF(x, y - 3), QPointF(x, y + 3))

    def _colour(self, code: str) -> QColor:
        return self.colours.get(code) or self._tokens.color(code or "line")


def columns_kept(columns: int) -> int:
    """Return for how many columns of stripes there is room: some to spare, so that one more moves no word."""
    return next((kept for kept in (3, 6) if columns <= kept), MOST_STRIPES + 1)


def _coloured(part: QTextLayout.FormatRange, color: QColor) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    style.setForeground(color)
    part.format = style
    return part


def _underlined(part: QTextLayout.FormatRange) -> QTextLayout.FormatRange:
    """Return a part with dots under it, for those who see no difference of colour."""
    style = part.format
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    part.format = style
    return part
