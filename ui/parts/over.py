"""Over: something to look at, and a form that may lie over it for as long as it is filled in."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget


class Over(QStackedWidget):
    """What is usually shown, and at most one form over it."""

    def __init__(self, usual: QWidget) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.addWidget(usual)

    @property
    def form(self) -> QWidget | None:
        """Return the form that lies over it, if one does."""
        return self.widget(1)

    def show_form(self, form: QWidget) -> None:
        """Lay a form over it, in place of one that is there."""
        self.close_form()
        self.addWidget(form)
        self.setCurrentWidget(form)

    def close_form(self) -> None:
        """Show what is usually shown."""
        if form := self.form:
            self.removeWidget(form)
            form.hide()
            form.deleteLater()
