"""Revisions: who changed what in the transcript, how it stood then, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from storybank.domain.change import Change
from storybank.domain.transcript import Line
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.parts.buttons import main_button
from ui.parts.said import moment, timecode
from ui.parts.text import note, section
from ui.theme import SPACE_2, Tokens
from ui.workbench.bars import Bar
from ui.workbench.revised import CHANGES, WHOLE

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

TOGETHER = timedelta(minutes=10)
"""Changes of one person no further apart than this are shown as one entry that opens."""
_NUMBER = Qt.ItemDataRole.UserRole
_THEN_HEIGHT = 260


class Revisions(QObject):
    """The transcript's changes in the History tab, and the bar that shows it as it stood."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._tokens = page, app, tr, tokens
        self._recording_id, self._shown = "", -1
        self.changes: tuple[Change, ...] = ()
        self.panel = QWidget()
        self.panel.setObjectName("plain")
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setStyleSheet("QTreeWidget { border: none; background: transparent; }"
                                "QTreeWidget::item { padding: 5px 2px; }")
        self.tree.setAccessibleName(tr("Changes to the transcript"))
        self.tree.itemActivated.connect(self._choose)
        self.tree.itemClicked.connect(self._choose)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.addWidget(section(tr("Changes to the transcript")))
        column.addWidget(note(tr("Choose one to see the transcript as it stood then."), wrap=True))
        column.addWidget(self.tree, 1)
        if (layout := page.history.layout()) is not None and isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.panel, 1)
            layout.setStretch(1, 1)
        self._build_bar()

    def show_story(self, story: StoryView) -> None:
        """Show the changes of a story's transcript, latest first."""
        recording_id = story.recordings[0].id
        changes = tuple(self._app.correcting.changes(recording_id))
        if recording_id != self._recording_id:
            self.bar.close_bar()
        if (recording_id, changes) != (self._recording_id, self.changes):
            self._recording_id, self.changes = recording_id, changes
            self._fill()
        self.panel.setVisible(bool(changes))

    def show_then(self, number: int) -> None:
        """Show the transcript as it stood after a change; what reads otherwise today is marked."""
        try:
            then = self._app.correcting.as_of(self._recording_id, number)
            now = {line.id: line for line in self._app.correcting.lines(self._recording_id)}
        except StorybankError as error:
            self._page.explain(error)
            return
        self._shown = number
        latest = number == (self.changes[-1].number if self.changes else 0)
        self.said.setText(self._tr("This is how it stands now.") if latest else self._said(number))
        self.back.setEnabled(not latest)
        self._write(then, now)
        self.bar.show()

    def go_back(self) -> None:
        """Let the transcript stand so again."""
        if self._page.hands.make(partial(self._app.correcting.go_back, self._recording_id, self._shown)):
            self.bar.close_bar()

    def _said(self, number: int) -> str:
        if number == 0:
            return self._tr("As the engine wrote it. What reads otherwise today is marked.")
        change = self.changes[number - 1]
        return self._tr("As it stood on {moment}. What reads otherwise today is marked.",
                        moment=moment(change.at, self._tr.language))

    def _write(self, then: Sequence[Line], now: dict[str, Line]) -> None:
        plain, marked = QTextCharFormat(), QTextCharFormat()
        marked.setBackground(self._tokens.color("mark" if self._tokens.name == "light" else "warnbg"))
        self.then.clear()
        cursor = QTextCursor(self.then.document())
        first = -1
        for line in then:
            same = line.id in now and (now[line.id].text, now[line.id].gone) == (line.text, line.gone)
            if not same and first < 0:
                first = cursor.position()
            cursor.insertText(f"{timecode(line.start_ms)}  ", plain)
            cursor.insertText(line.text, plain if same else marked)
            cursor.insertText("\n", plain)
        cursor.setPosition(max(first, 0))
        self.then.setTextCursor(cursor)
        self.then.ensureCursorVisible()

    def _build_bar(self) -> None:
        tr = self._tr
        self.bar = Bar(tr, tr("An earlier state of the transcript"))
        self.said = note("", wrap=True)
        self.then = QTextEdit()
        self.then.setReadOnly(True)
        self.then.setFixedHeight(_THEN_HEIGHT)
        self.then.setAccessibleName(tr("The transcript as it stood then"))
        self.back = main_button(tr("Go back to this"), self.go_back)
        self.bar.add_row(self.said, self.back, stretch=self.said, closing=True)
        self.bar.column.addWidget(self.then)
        self.bar.closed.connect(self._page.view.setFocus)
        self._page.words.add_bar(self.bar)

    def _fill(self) -> None:
        self.tree.clear()
        for group in reversed(sittings(self.changes)):
            item = self._item(group[-1], self._summary(group))
            self.tree.addTopLevelItem(item)
            if len(group) > 1:
                for change in reversed(group):
                    item.addChild(self._item(change, f"{self._tr(CHANGES[change.kind])}: {change.text}"))
        begun = QTreeWidgetItem([self._tr("The engine's own text")])
        begun.setData(0, _NUMBER, 0)
        self.tree.addTopLevelItem(begun)

    def _item(self, change: Change, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setData(0, _NUMBER, change.number)
        item.setToolTip(0, change.text)
        return item

    def _summary(self, group: Sequence[Change]) -> str:
        last, tr = group[-1], self._tr
        who = last.author or tr("Somebody")
        if len(group) == 1:
            said = tr(WHOLE[last.kind], person=who) if last.lines == 1 else tr(
                "{person}: {what}, {n} lines", person=who, what=tr(CHANGES[last.kind]), n=last.lines)
            return f"{said}\n{moment(last.at, tr.language)}"
        said = tr("{person} made {n} changes", person=who, n=len(group))
        return f"{said}\n{moment(last.at, tr.language)}"

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.show_then(int(item.data(0, _NUMBER)))


def sittings(changes: Sequence[Change]) -> list[list[Change]]:
    """Return changes in groups: those that one person made within minutes of each other."""
    groups: list[list[Change]] = []
    for change in changes:
        last = groups[-1][-1] if groups else None
        if last and last.author == change.author and _when(change) - _when(last) <= TOGETHER:
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _when(change: Change) -> datetime:
    try:
        return datetime.fromisoformat(change.at).replace(tzinfo=None)
    except ValueError:
        return datetime.min
