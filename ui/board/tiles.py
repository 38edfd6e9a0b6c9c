"""Tiles: how many people stand where, each a number over a word with its sign; a press keeps those alone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from storybank.words import Words
from ui.board.said import PLACES, SHORT
from ui.parts.chips import Tone, paint_sign
from ui.parts.flow import CardGrid
from ui.theme import CORNER, NOTE_SIZE, SPACE_2, Tokens, font

LEAST, HEIGHT = 96, 68
EVERYBODY = ""


class Tile(QAbstractButton):
    """A number over a word; a sign says how it stands."""

    def __init__(self, tokens: Tokens, word: str, whole: str, tone: Tone) -> None:
        super().__init__()
        self._tokens, self._word, self._whole, self._tone = tokens, word, whole, tone
        self.number = 0
        self.setCheckable(True)
        self.setProperty("ring", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(whole)
        self.count(0)

    def count(self, number: int) -> None:
        """Show how many."""
        self.number = number
        self.setAccessibleName(f"{self._whole}: {number}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LEAST, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._tokens.color("ink" if self.number else "soft")
        painter.setFont(font(20, QFont.Weight.DemiBold if self.number else QFont.Weight.Normal))
        painter.setPen(ink)
        painter.drawText(QRectF(12, 8, self.width() - 24, 26), int(Qt.AlignmentFlag.AlignLeft), str(self.number))
        if self._tone != "plain":
            tone = self._tokens.color(self._tone if self.number else "soft")
            paint_sign(painter, QPointF(self.width() - 18, 21), self._tone, tone)
        painter.setFont(font(NOTE_SIZE, QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal))
        painter.setPen(ink if self.isChecked() else self._tokens.color("soft"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(12, 34, self.width() - 20, 34), int(flags), self._word)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        chosen, under = self.isChecked(), self.underMouse()
        edge = self._tokens.color("primary" if chosen or under else "line")
        painter.setPen(QPen(edge, 2 if chosen else 1))
        painter.setBrush(self._tokens.color("wash" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)


class Tiles(QWidget):
    """A tile for everybody and one for each place on the board."""

    chosen = Signal(str)
    """A place, or nothing for everybody."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group = QButtonGroup(self)
        self.tiles: dict[str, Tile] = {EVERYBODY: Tile(tokens, tr("Everybody"), tr("Everybody"), "plain")}
        for place, (word, tone) in PLACES.items():
            self.tiles[place.value] = Tile(tokens, tr(SHORT.get(place, word)), tr(word), tone)
        grid = CardGrid(least=LEAST, gap=SPACE_2)
        for key, tile in self.tiles.items():
            self._group.addButton(tile)
            tile.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            grid.addWidget(tile)
        self.tiles[EVERYBODY].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    @property
    def current(self) -> str:
        """Return the place that is chosen, or nothing for everybody."""
        return next(key for key, tile in self.tiles.items() if tile.isChecked())

    def choose(self, key: str) -> None:
        """Choose a place, as a click would."""
        self.tiles[key].click()

    def count(self, numbers: Mapping[str, int]) -> None:
        """Show how many stand where."""
        for key, tile in self.tiles.items():
            tile.count(numbers.get(key, 0))
