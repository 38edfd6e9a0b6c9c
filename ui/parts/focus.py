"""Focus: the ring around whatever the keyboard is on, two pixels wide and two away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.theme import CORNER, Tokens

AWAY = 4
"""How far the ring's outer edge stands from the widget: two pixels of air and two of ring."""
_MOVES = (QEvent.Type.KeyPress, QEvent.Type.Wheel, QEvent.Type.Resize)


class FocusRing(QWidget):
    """Follows the keyboard through a window; a click with the mouse needs no ring, and a text field has its own.

    A widget of our own wears it when its property `ring` is set.
    """

    _follows = False
    _by_keyboard = False
    """Of the class as well: a window that Python is clearing away has nothing of its own left, yet hears of focus."""

    def __init__(self, window: QWidget, tokens: Tokens) -> None:
        super().__init__(window)
        self._window, self._tokens = window, tokens
        self._by_keyboard = False
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place)

    def listen(self) -> None:
        """Watch keys and clicks as they reach the window; call once it is shown."""
        if handle := self._window.windowHandle():
            handle.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._follows:
            app.focusChanged.connect(self._follow)
            self._follows = True

    def rest(self) -> None:
        """Follow nothing while the window is away; a window that goes for good is not asked again."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._follows:
            app.focusChanged.disconnect(self._follow)
            self._follows = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._by_keyboard = True
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_keyboard = False
            self.hide()
        if kind in _MOVES and self._around is not None:
            self._soon.start()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._tokens.color("primary"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER + 3, CORNER + 3)
        painter.end()

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not self._follows:
            return
        wanted = self._by_keyboard and now is not None and now.window() is self._window and _wears_ring(now)
        if self._around is not None:
            self._around.destroyed.disconnect(self._let_go)
        self._around = now if wanted else None
        if self._around is not None:
            self._around.destroyed.connect(self._let_go)
        self._soon.start()

    @Slot()
    def _let_go(self) -> None:
        self._around = None
        self.hide()

    @Slot()
    def _place(self) -> None:
        around = self._around
        if around is None or not around.isVisible():
            self.hide()
            return
        corner = around.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(QRect(corner, around.size()).adjusted(-AWAY, -AWAY, AWAY, AWAY))
        self.raise_()
        self.show()


def _wears_ring(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) or bool(widget.property("ring"))
