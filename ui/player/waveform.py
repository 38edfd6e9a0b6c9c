"""The waveform: how loud a recording is over its length, and where somebody speaks; press or drag to go there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from storybank.domain.transcript import Span
from storybank.words import Words
from ui import theme
from ui.parts.said import timecode
from ui.story.moments import span
from ui.theme import Tokens

HEIGHT = 60
STEP, BAR = 4.0, 2.0  # pixels from bar to bar, and of a bar
AN_ARROW, A_LITTLE, A_PAGE = 5000, 1000, 30_000  # milliseconds that keys go
SOFTER = 0.45
"""How much of its colour a bar keeps where nobody speaks."""
A_DRAG = 4.0  # pixels

Key = Qt.Key


class Waveform(QWidget):
    """Bars of loudness; the played part in `primary`, the playhead in `amplify`, silence softer than speech."""

    wanted = Signal(int)
    """The person wants to be at this millisecond."""
    loop_wanted = Signal(int, int)
    """The person wants to hear this passage again and again."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr = tr
        self._tokens = tokens
        self._peaks: Sequence[float] = ()
        self._speech: Sequence[Span] = ()
        self._loop: Span | None = None
        self._loop_begins: int | None = None
        self._dragged_from: float | None = None
        self._duration = 0
        self._position = 0
        self._bars: list[float] = []
        self._spoken: list[bool] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Waveform"))
        self.setToolTip(tr("Press to go to a moment. The arrow keys go five seconds, with Shift one. "
                           "Drag with Shift, or press [ and ], to loop a passage."))

    def sizeHint(self) -> QSize:
        return QSize(theme.PLAYER_WIDTH - 2 * theme.SPACE_3, HEIGHT)

    def begin(self, duration_ms: int) -> None:
        """Show a recording of that length, quiet until its loudness is known."""
        self._duration, self._position, self._peaks, self._speech = max(0, duration_ms), 0, (), ()
        self._loop, self._loop_begins, self._bars = None, None, []
        self._describe()
        self.update()

    def set_peaks(self, peaks: Sequence[float]) -> None:
        """Show the loudness, 0 to 1, evenly over the recording."""
        self._peaks, self._bars = peaks, []
        self.update()

    def set_speech(self, spans: Sequence[Span]) -> None:
        """Show where somebody speaks; without any, all of it looks alike."""
        if list(spans) != list(self._speech):
            self._speech, self._bars = spans, []
            self._describe()
            self.update()

    def set_loop(self, passage: Span | None) -> None:
        """Show what is played again and again."""
        self._loop, self._loop_begins = passage, None
        self._describe()
        self.update()

    def set_position(self, ms: int) -> None:
        """Move the playhead."""
        seconds, self._position = self._position // 1000, ms
        if ms // 1000 != seconds:
            self._describe()
        self.update()

    def resizeEvent(self, _event: object) -> None:
        self._bars = []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._dragged_from = event.position().x()
        else:
            self.wanted.emit(self._moment(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._dragged_from is None:
            self.wanted.emit(self._moment(event.position().x()))
        else:
            self._loop = self._dragged(event)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            passage = self._dragged(event)
            if abs(event.position().x() - self._dragged_from) >= A_DRAG:
                self.loop_wanted.emit(passage.start_ms, passage.end_ms)
            self._dragged_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = A_LITTLE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else AN_ARROW
        steps = {Key.Key_Left: -arrow, Key.Key_Right: arrow, Key.Key_PageUp: -A_PAGE, Key.Key_PageDown: A_PAGE,
                 Key.Key_Home: -self._duration, Key.Key_End: self._duration}
        key = Key(event.key())
        if key in steps:
            self.wanted.emit(max(0, min(self._duration, self._position + steps[key])))
        elif event.text() == "[":
            self._loop_begins = self._position
        elif event.text() == "]":
            self.loop_wanted.emit(self._loop_start(), self._position)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_loop(painter)
        playhead = self._place(self._position)
        middle, most = self.height() / 2, self.height() - 12
        brushes = {(played, spoken): self._colour(played, spoken) for played in (True, False)
                   for spoken in (True, False)}
        for number, (peak, spoken) in enumerate(zip(self._heights(), self._spoken, strict=True)):
            x, tall = number * STEP, max(BAR, peak * most)
            painter.setBrush(brushes[x <= playhead, spoken])
            painter.drawRoundedRect(QRectF(x, middle - tall / 2, BAR, tall), 1, 1)
        painter.setBrush(self._tokens.color("amplify"))
        painter.drawRoundedRect(QRectF(min(playhead, self.width() - 2.0), 3, 2, self.height() - 6), 1, 1)
        if self.hasFocus():
            painter.setPen(QPen(self._tokens.color("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.CORNER, theme.CORNER)

    def _paint_loop(self, painter: QPainter) -> None:
        if self._loop is None:
            return
        begin, end = self._place(self._loop.start_ms), self._place(self._loop.end_ms)
        painter.setBrush(self._tokens.color("mark"))
        painter.drawRoundedRect(QRectF(begin, 3, max(3.0, end - begin), self.height() - 6), 3, 3)

    def _colour(self, played: bool, spoken: bool) -> QColor:
        colour = self._tokens.color("primary" if played else "soft" if self._speech and spoken else "line")
        if not spoken:
            colour.setAlphaF(SOFTER if played else 1.0)
        elif not played and self._speech:
            colour.setAlphaF(SOFTER)
        return colour

    def _heights(self) -> list[float]:
        """Return the height of each bar, 0 to 1: the loudest moment under it, worked out once per width."""
        count = max(1, int(self.width() / STEP))
        if len(self._bars) != count:
            self._spoken = self._where_spoken(count)
            self._bars = [self._loudest(i, count) for i in range(count)]
        return self._bars

    def _loudest(self, number: int, count: int) -> float:
        begin, end = number * len(self._peaks) // count, (number + 1) * len(self._peaks) // count
        return max(self._peaks[begin:max(end, begin + 1)], default=0.0)

    def _where_spoken(self, count: int) -> list[bool]:
        if not self._speech or not self._duration:
            return [True] * count
        spoken = [False] * count
        for passage in self._speech:
            first, last = (ms * count // self._duration for ms in (passage.start_ms, max(passage.end_ms - 1, 0)))
            for number in range(max(0, first), min(count - 1, last) + 1):
                spoken[number] = True
        return spoken

    def _describe(self) -> None:
        """Say for those who do not see it where it is, whether somebody speaks there, and what is looped."""
        tr, at = self._tr, self._position
        said = [tr("{moment} of {length}", moment=timecode(at), length=timecode(self._duration))]
        if self._speech:
            heard = any(passage.start_ms <= at < passage.end_ms for passage in self._speech)
            said.append(tr("somebody speaks") if heard else tr("nobody speaks"))
        if self._loop:
            said.append(tr("loop {span}", span=span(self._loop.start_ms, self._loop.end_ms)))
        self.setAccessibleDescription(", ".join(said))

    def _loop_start(self) -> int:
        """Return where the passage begins that `]` ends: at `[`, or where the one before began."""
        if self._loop_begins is not None:
            return self._loop_begins
        return self._loop.start_ms if self._loop else max(0, self._position - AN_ARROW)

    def _dragged(self, event: QMouseEvent) -> Span:
        begin, end = sorted((self._moment(self._dragged_from or 0.0), self._moment(event.position().x())))
        return Span(begin, end)

    def _place(self, ms: int) -> float:
        return self.width() * ms / self._duration if self._duration else 0.0

    def _moment(self, x: float) -> int:
        return round(max(0.0, min(1.0, x / max(1, self.width()))) * self._duration)
