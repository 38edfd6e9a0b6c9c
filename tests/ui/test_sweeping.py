"""Garbage is collected on the window's thread alone, so that no widget is ever destroyed on the thread of a job."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import application
from ui.sweeping import sweep


def test_a_widget_in_a_circle_is_destroyed_on_the_windows_thread_while_a_job_makes_garbage(qtbot):
    application()
    gone_on = []

    def forget_a_widget():
        widget = QWidget()
        widget.myself = widget
        widget.destroyed.connect(lambda: gone_on.append(QThread.currentThread()))

    forget_a_widget()
    job = threading.Thread(target=lambda: [[[]] for _ in range(200_000)])
    job.start()
    job.join()
    assert gone_on == []
    kept = [[[]] for _ in range(20_000)]  # as much as a busy window makes
    sweep()
    assert kept and gone_on == [QApplication.instance().thread()]
