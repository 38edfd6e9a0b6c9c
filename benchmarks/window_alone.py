"""One window in a process of its own: says when it was painted, and when its stories were there."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QMainWindow

STORIES = 8


class Watch(QObject):
    """Notes the first paint of a window; then, of ours, the moment its stories are listed."""

    def __init__(self, app: QApplication, stories: int) -> None:
        super().__init__(app)
        self._app, self._stories = app, stories
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() != QEvent.Type.Expose or not isinstance(watched, QWindow):
            return False
        self._app.removeEventFilter(self)
        watched.event(event)  # paints the window before it returns
        self._note()
        QTimer.singleShot(0, self._wait_for_stories)
        return True

    def _wait_for_stories(self) -> None:
        window = next(each for each in self._app.topLevelWidgets() if isinstance(each, QMainWindow))
        if _listed(window) < self._stories:
            QTimer.singleShot(1, self._wait_for_stories)
            return
        if self._stories:
            window.repaint()
            self._note()
        self._app.quit()

    def _note(self) -> None:
        print(time.monotonic(), flush=True)


def _listed(window: QMainWindow) -> int:
    pages = getattr(window, "pages", None)
    return len(pages.stories().cards) if pages else 0


def main(what: str, *folder: str) -> int:
    """Open the window that was asked for."""
    if what == "storybank":
        from ui import app as door

        watched = Watch(door.application(), STORIES)
        return door.main(["--library", *folder]) if watched else 1
    app = QApplication([])
    Watch(app, 0)
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
