"""Poster: a person's picture with soft corners; where there is only sound, a calm mark of it with their initials."""

from __future__ import annotations

import zlib
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import CORNER, NOTE_SIZE, Tokens, font


class Poster(QWidget):
    """A 16:9 picture as wide as its place."""

    def __init__(self, tokens: Tokens, picture: Path | None, name: str, length: str = "") -> None:
        super().__init__()
        self._tokens, self._name, self._length = tokens, name, length
        self._pixmap = _read(picture) if picture else QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * 9 / 16)

    def sizeHint(self) -> QSize:
        return QSize(240, 135)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect())
        paint_poster(painter, frame, self._pixmap, self._name, self._tokens)
        if self._length:
            _paint_length(painter, frame, self._length)
        painter.end()


def paint_poster(painter: QPainter, frame: QRectF, pixmap: QPixmap, name: str, tokens: Tokens) -> None:
    """Paint the picture so that it fills the frame, or the mark of a sound."""
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(frame, CORNER, CORNER)
    painter.setClipPath(shape)
    if pixmap.isNull():
        _paint_sound(painter, frame, name, tokens)
    else:
        scale = max(frame.width() / pixmap.width(), frame.height() / pixmap.height())
        width, height = pixmap.width() * scale, pixmap.height() * scale
        top = frame.top() - (height - frame.height()) * (0.5 if width > height else 0.25)
        place = QRectF(frame.center().x() - width / 2, top, width, height)
        painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
    painter.restore()


def initials(name: str) -> str:
    """Return the first letters of the first and last name; titles do not count."""
    words = [word for word in name.split() if not word.endswith(".") and word[:1].isalpha()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()


def _paint_sound(painter: QPainter, frame: QRectF, name: str, tokens: Tokens) -> None:
    painter.fillRect(frame, tokens.color("wash"))
    painter.setPen(Qt.PenStyle.NoPen)
    bar = QColor(tokens.color("primary"))
    seed, step, middle = zlib.crc32(name.encode()), 7.0, frame.center()
    for number in range(int(frame.width() / 2 / step)):
        seed = (seed * 1103515245 + 12345) % 2**31
        fade = 1 - number / (frame.width() / 2 / step)
        height = frame.height() * (0.08 + 0.36 * (seed >> 16) % 100 / 100 * fade)
        bar.setAlphaF(0.12 + 0.32 * fade)
        painter.setBrush(bar)
        for side in (-1, 1):
            x = middle.x() + side * (number + 0.5) * step
            painter.drawRoundedRect(QRectF(x - 1.5, middle.y() - height / 2, 3, height), 1.5, 1.5)
    radius = frame.height() * 0.24
    painter.setBrush(tokens.color("surface"))
    painter.drawEllipse(middle, radius, radius)
    painter.setPen(tokens.color("primary"))
    painter.setFont(font(max(NOTE_SIZE, round(radius * 0.72)), QFont.Weight.DemiBold))
    painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), initials(name))


def _paint_length(painter: QPainter, frame: QRectF, length: str) -> None:
    painter.setFont(font(11, QFont.Weight.Medium))
    width = painter.fontMetrics().horizontalAdvance(length) + 12
    place = QRectF(frame.right() - width - 8, frame.bottom() - 26, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(10, 20, 18, 190))
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), length)


def _read(picture: Path) -> QPixmap:
    found = QPixmap()
    if not QPixmapCache.find(str(picture), found):
        found = QPixmap(str(picture))
        QPixmapCache.insert(str(picture), found)
    return found
