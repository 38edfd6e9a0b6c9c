"""Aside: what is known of a story besides its words and quotes: its memo, its details, and what has happened to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.coding import Subject
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.parts.said import moment
from ui.parts.text import note
from ui.parts.undo import History
from ui.story.details import Facts, file_facts, transcript_facts
from ui.story.happenings import happenings
from ui.story.memo_bar import MemoField
from ui.theme import SPACE_1, SPACE_2, SPACE_4

if TYPE_CHECKING:
    from ui.wiring import App

CALM_MS = 700


class Aside(QObject):
    """Fills the details and the history of a story; the history only while somebody looks at it."""

    def __init__(self, page: QWidget, app: App, tr: Words, history: History,
                 explain: Callable[[StorybankError], None]) -> None:
        super().__init__(page)
        self._app, self._tr, self._explain = app, tr, explain
        self._story: StoryView | None = None
        self._stale = False
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._read_history)
        self.details, self.history = Facts(), Facts()
        self.memo = MemoField(app, tr, history, explain)
        self.details.put_first(self._with_heading(self.memo))
        self.history.shown.connect(self._look)

    def show_story(self, story: StoryView) -> None:
        """Show what is known of a story."""
        fresh = self._story is None or self._story.story.id != story.story.id
        self._story = story
        self.details.show_facts(file_facts(story.recordings[0], story.files[0], self._tr)
                                + transcript_facts(story.runs, self._tr))
        if fresh:
            self.memo.show_about(Subject.STORY, story.story.id, self._tr("Memo on this story"))
        self._show_history()

    def wait(self) -> None:
        """Note that something happened: it is told when nobody has done anything for a moment."""
        self._stale = True
        self._calm.start()

    def on_memo(self, about_id: str) -> None:
        """Show the memo of the story, if it is that one that changed."""
        if self._story is not None and about_id == self._story.story.id:
            self.memo.read()

    def _look(self) -> None:
        if self._stale:
            self._read_history()
        else:
            self._show_history()

    def _read_history(self) -> None:
        if self._story is None or not self.history.isVisible():
            return
        self._stale = False
        try:
            self._story = self._app.browsing.story(self._story.story.code, self._story.lines)
        except StorybankError as error:
            self._explain(error)
            return
        self._show_history()

    def _show_history(self) -> None:
        if self._story is not None and self.history.isVisible():
            told = happenings(self._story.history, self._story.quotes, self._tr)
            self.history.show_facts([(moment(at, self._tr.language), said) for at, said in told])

    def _with_heading(self, field: QWidget) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, SPACE_1, SPACE_2, SPACE_4)
        column.setSpacing(SPACE_1)
        column.addWidget(note(self._tr("Memo on this story")))
        column.addWidget(field)
        return holder
