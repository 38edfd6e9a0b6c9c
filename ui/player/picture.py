"""The picture: the frames of a recording, painted by ourselves so that they can be rounded and captioned."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import Tokens

CAPTION_SIZE = 14
LEAST_HEIGHT = 150  # pixels; a face is still a face
A_TOUCH = 4  # pixels


class Picture(QWidget):
    """Shows a frame, or a poster before the first; for a recording without picture, its speaker's initials."""

    pressed = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._image = QImage()
        self._initials = ""
        self._caption = ""
        self._levels: tuple[float, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def image(self) -> QImage:
        """Return what is shown; an empty image where there is only sound."""
        return self._image

    @property
    def caption(self) -> str:
        """Return the line painted over the picture."""
        return self._caption

    def begin(self, poster: QImage, initials: str) -> None:
        """Show a recording's poster, or the speaker's initials where it has none."""
        self._image, self._initials, self._caption = poster, initials, ""
        self.update()

    def show_frame(self, frame: QImage) -> None:
        """Show the frame of this moment, upright."""
        self._image = frame
        self.update()

    def show_caption(self, text: str) -> None:
        """Paint a line at the foot; nothing for an empty one."""
        if text != self._caption:
            self._caption = text
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width * 9 // 16

    def sizeHint(self) -> QSize:
        return QSize(theme.PLAYER_WIDTH - 2 * theme.SPACE_3, (theme.PLAYER_WIDTH - 2 * theme.SPACE_3) * 9 // 16)

    def resizeEvent(self, _event: object) -> None:
        self.setMaximumHeight(self.heightForWidth(self.width()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), theme.CORNER, theme.CORNER)
        painter.setClipPath(ground)
        if self._image.isNull():
            self._paint_sound(painter)
        else:
            place = self._fitted()
            if place != QRectF(self.rect()):
                painter.fillRect(self.rect(), QColor("#101615"))
            painter.drawImage(place, self._image)
        if self._caption:
            self._paint_caption(painter)

    def _fitted(self) -> QRectF:
        """Return the largest place of the frame's own shape in the middle of the widget."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if self.width() - size.width() < A_TOUCH and self.height() - size.height() < A_TOUCH:
            return QRectF(self.rect())  # the same shape, but for rounding
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2,
                      size.width(), size.height())

    def _paint_sound(self, painter: QPainter) -> None:
        tokens, middle = self._tokens, QPointF(self.rect().center())
        painter.fillRect(self.rect(), tokens.color("wash"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("surface"))
        painter.drawEllipse(middle - QPointF(0, 10), 46, 46)
        painter.setPen(tokens.color("primary"))
        painter.setFont(theme.font(30, QFont.Weight.DemiBold))
        painter.drawText(QRectF(middle.x() - 46, middle.y() - 56, 92, 92), Qt.AlignmentFlag.AlignCenter,
                         self._initials or "♪")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("primary"))
        for number, height in enumerate((6, 12, 20, 14, 24, 16, 10, 18, 8)):
            painter.drawRoundedRect(QRectF(middle.x() - 35 + number * 8, middle.y() + 62 - height / 2, 4, height), 2, 2)

    def _paint_caption(self, painter: QPainter) -> None:
        painter.setFont(theme.font(CAPTION_SIZE, QFont.Weight.Medium))
        room = QRectF(self.rect()).adjusted(18, 10, -18, -12)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        said = painter.boundingRect(room, flags, self._caption)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(12, 18, 17, 205))
        painter.drawRoundedRect(said.adjusted(-8, -4, 8, 4), 6, 6)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(room, flags, self._caption)
