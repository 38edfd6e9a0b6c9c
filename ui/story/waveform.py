"""The waveform: how loud a recording is over its length; press or drag to go there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from storybank.words import Words
from ui import theme
from ui.parts.said import timecode
from ui.theme import Tokens

HEIGHT = 60
STEP, BAR = 4.0, 2.0  # pixels from bar to bar, and of a bar
A_LITTLE = 1000  # milliseconds an arrow key goes


class Waveform(QWidget):
    """Bars of loudness; the played part in `primary`, the playhead in `amplify`."""

    wanted = Signal(int)
    """The person wants to be at this millisecond."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr = tr
        self._tokens = tokens
        self._peaks: Sequence[float] = ()
        self._duration = 0
        self._position = 0
        self._bars: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Waveform"))
        self.setToolTip(tr("Press to go to a moment; the arrow keys go a second back or on."))

    def sizeHint(self) -> QSize:
        return QSize(theme.PLAYER_WIDTH - 2 * theme.SPACE_3, HEIGHT)

    def begin(self, duration_ms: int) -> None:
        """Show a recording of that length, quiet until its loudness is known."""
        self._duration, self._position, self._peaks, self._bars = max(0, duration_ms), 0, (), []
        self.update()

    def set_peaks(self, peaks: Sequence[float]) -> None:
        """Show the loudness, 0 to 1, evenly over the recording."""
        self._peaks, self._bars = peaks, []
        self.update()

    def set_position(self, ms: int) -> None:
        """Move the playhead."""
        self._position = ms
        self.setAccessibleDescription(timecode(ms))
        self.update()

    def resizeEvent(self, _event: object) -> None:
        self._bars = []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -A_LITTLE, Qt.Key.Key_Right: A_LITTLE}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(max(0, min(self._duration, self._position + step)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        playhead = self.width() * self._position / self._duration if self._duration else 0.0
        middle, most = self.height() / 2, self.height() - 12
        for number, peak in enumerate(self._heights()):
            x, tall = number * STEP, max(BAR, peak * most)
            painter.setBrush(self._tokens.color("primary" if x <= playhead else "line"))
            painter.drawRoundedRect(QRectF(x, middle - tall / 2, BAR, tall), 1, 1)
        painter.setBrush(self._tokens.color("amplify"))
        painter.drawRoundedRect(QRectF(min(playhead, self.width() - 2.0), 3, 2, self.height() - 6), 1, 1)
        if self.hasFocus():
            painter.setPen(QPen(self._tokens.color("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.CORNER, theme.CORNER)

    def _heights(self) -> list[float]:
        """Return the height of each bar, 0 to 1: the loudest moment under it, worked out once per width."""
        count = max(1, int(self.width() / STEP))
        if len(self._bars) != count:
            self._bars = [self._loudest(i, count) for i in range(count)]
        return self._bars

    def _loudest(self, number: int, count: int) -> float:
        begin, end = number * len(self._peaks) // count, (number + 1) * len(self._peaks) // count
        return max(self._peaks[begin:max(end, begin + 1)], default=0.0)

    def _go_to(self, x: float) -> None:
        if self._duration:
            self.wanted.emit(round(max(0.0, min(1.0, x / max(1, self.width()))) * self._duration))
