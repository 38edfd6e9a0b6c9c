"""Sweeping: Python's garbage is collected on the window's thread alone.

A widget that hangs in a circle of references is destroyed wherever Python happens to look for garbage. On the thread
of a job, Qt then waits for the window's thread, which may be waiting for that very job: nothing moves any more.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 2_000


class Sweeper(QObject):
    """Collects when as much has gathered as Python would let gather."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(sweep)
        self._timer.start()


def sweep() -> None:
    """Collect the youngest generation that is full, and those below it; on the window's thread only."""
    counts, most = gc.get_count(), gc.get_threshold()
    full = [number for number in range(3) if counts[number] > most[number]]
    if full:
        gc.collect(max(full))
