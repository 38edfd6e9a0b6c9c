"""The bridge: carries news from any thread to the window's own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from storybank.domain.events import Event
from storybank.jobs.hub import Hub


class Bridge(QObject):
    """Listens to the hub and says it again as a Qt signal, always on the window's thread."""

    happened = Signal(object)
    _crossed = Signal(object)

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crossed.connect(self._say_again, Qt.ConnectionType.QueuedConnection)
        self._stop = hub.subscribe(self._pass_on)

    def close(self) -> None:
        """Listen no longer."""
        self._stop()

    def _pass_on(self, event: Event) -> None:
        self._crossed.emit(event)

    @Slot(object)
    def _say_again(self, event: Event) -> None:
        self.happened.emit(event)
