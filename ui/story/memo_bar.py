"""A memo in the page: one's own words about a quote or a story, saved as one types; what others wrote stands above."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain.coding import Subject
from storybank.errors import StorybankError
from storybank.services.edits import Edit
from storybank.services.noting import Noted, Noting
from storybank.words import Words, say
from ui.parts.rows import clear
from ui.parts.said import moment
from ui.parts.text import note, section
from ui.parts.undo import History
from ui.theme import SPACE_1
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.wiring import App

PAUSE_MS = 900
"""After so long without a key, what was typed is saved."""
HIGH = 74


class _Stay:
    """What one writes in one go: one step to undo, however often it is saved on the way."""

    def __init__(self, noting: Noting, subject: Subject, about_id: str) -> None:
        self._noting, self._subject, self._about_id = noting, subject, about_id
        own = noting.own(subject, about_id)
        self._before = self.text = own.text if own else ""

    @property
    def edit(self) -> Edit:
        """Return it as something that can be done and undone."""
        return Edit(say("Write memo"), self.save, lambda: self._put(self._before))

    def save(self) -> None:
        """Let the memo read as it was written last."""
        self._put(self.text)

    def _put(self, text: str) -> None:
        self._noting.put(self._subject, self._about_id, text).do()


class MemoField(QWidget):
    """What others wrote, and a field for one's own memo."""

    def __init__(self, app: App, tr: Words, history: History, explain: Callable[[StorybankError], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._history, self._explain = app, tr, history, explain
        self._subject, self._about_id = Subject.LIBRARY, ""
        self._stay: _Stay | None = None
        self._stay_at = -1
        self._saved, self._told = "", list[str]()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(HIGH)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(tr("What you think of it. It stays in this library."))
        self.text.textChanged.connect(self._pause.start)
        self.text.installEventFilter(self)
        self._others = QVBoxLayout()
        self._others.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(self._others)
        column.addWidget(self.text)

    @property
    def others(self) -> list[str]:
        """Return what others wrote, as it is shown."""
        return list(self._told)

    def show_about(self, subject: Subject, about_id: str, name: str) -> None:
        """Be about something; what was being written is saved."""
        self.save()
        self._leave()
        self._subject, self._about_id = subject, about_id
        self.text.setAccessibleName(name)
        self.read()

    def read(self) -> None:
        """Show the memos as they are now; what one is typing stays."""
        if not self._subject or (self._subject is not Subject.LIBRARY and not self._about_id):
            return
        try:
            memos = self._app.noting.about(self._subject, self._about_id)
        except StorybankError as error:
            self._explain(error)
            return
        clear(self._others)
        self._told = [said_of(one, self._tr) for one in memos if not one.own]
        for told in self._told:
            self._others.addWidget(note(told))
        own = next((one.memo.text for one in reversed(memos) if one.own), "")
        if self.text.toPlainText().strip() in (self._saved, "") or not self.text.hasFocus():
            self._fill(own)

    def save(self) -> None:
        """Let the memo read as it is typed; while one stays, that is one step to undo."""
        self._pause.stop()
        text = self.text.toPlainText().strip()
        if text == self._saved:
            return
        stay = self._stay
        try:
            if stay is None or self._history.index() != self._stay_at:
                self._stay = stay = _Stay(self._app.noting, self._subject, self._about_id)
                stay.text = text
                self._history.make(stay.edit)
                self._stay_at = self._history.index()
            else:
                stay.text = text
                stay.save()
        except StorybankError as error:
            self._explain(error)
            return
        self._saved = text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.save()
            self._leave()
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        """Let what is written next be another step."""
        self._stay, self._stay_at = None, -1

    def _fill(self, text: str) -> None:
        self._saved = text
        if text != self.text.toPlainText().strip():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)


class MemoBar(Bar):
    """The memo of a quote, above the words. Ctrl+Enter and Esc go back to them; all that was typed is kept."""

    def __init__(self, app: App, tr: Words, history: History, explain: Callable[[StorybankError], None]) -> None:
        super().__init__(tr, tr("Memo"))
        self.field = MemoField(app, tr, history, explain)
        self._name = section("")
        self.add_row(self._name, note(tr("Saved as you type"), wrap=False), stretch=self._name, closing=True)
        self.column.addWidget(self.field)
        self.field.text.installEventFilter(self)
        self.about_id = ""

    def show_about(self, subject: Subject, about_id: str, name: str) -> None:
        """Open for the memo of something."""
        self.about_id = about_id
        self._name.setText(name)
        self.field.show_about(subject, about_id, name)
        self.show()
        self.field.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bar(self) -> None:
        """Keep what was typed, and put the bar away."""
        self.field.save()
        super().close_bar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            entered = with_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entered or event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)


def said_of(one: Noted, tr: Words) -> str:
    """Return a memo as it is read: its words, who wrote it and when it was last changed."""
    when = moment(one.memo.modified_at, tr.language) if one.memo.modified_at else ""
    return "\n".join(part for part in (one.memo.text, " · ".join(part for part in (one.author, when) if part)) if part)
