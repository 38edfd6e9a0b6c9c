"""Compare: another run over the recording beside the transcript, one difference after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from storybank.domain.comparison import Difference
from storybank.domain.transcript import Span
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.services.comparing import ComparedRun
from storybank.services.edits import Edit
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.fields import Choice
from ui.parts.said import day, timecode
from ui.parts.text import note
from ui.theme import Tokens
from ui.transcript.card import Group
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

_LIST_HEIGHT = 190
AROUND_MS = 700
"""Sound that is played before and after a difference."""


class DifferenceList(QListWidget):
    """The differences: arrows go through them, Space plays one, Enter takes it, Delete leaves it."""

    def __init__(self, tool: Compare, tr: Words) -> None:
        super().__init__()
        self._tool = tool
        self.setAccessibleName(tr("Differences: Space plays one, Enter takes it, Delete leaves it as it is"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget::item { padding: 5px; }")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = {
            Qt.Key.Key_Space: self._tool.play, Qt.Key.Key_Return: self._tool.take, Qt.Key.Key_Enter: self._tool.take,
            Qt.Key.Key_Delete: self._tool.leave, Qt.Key.Key_Backspace: self._tool.leave,
        }  # fmt: skip
        if event.key() in does:
            does[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)


class Compare(QObject):
    """Chooses the other run, lists what it wrote otherwise, and takes what is better."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._tokens = page, app, tr, tokens
        self._recording_id = ""
        self._left: set[tuple[Span, str]] = set()
        self.differences: list[Difference] = []
        self._build()

    def show_story(self, story: StoryView) -> None:
        """Be about a story's recording; while the bar is open, read the differences again."""
        recording_id = story.recordings[0].id
        if recording_id != self._recording_id:
            self._recording_id, self._left = recording_id, set()
            self.bar.close_bar()
        self.action.setEnabled(len([run for run in story.runs if run.heard_ms]) > 1)
        if not self.bar.isHidden():
            self._offer(self.run.key)
            self.read()

    def open_bar(self) -> None:
        """Compare with the newest other run."""
        self.with_run("")

    def with_run(self, run_id: str) -> None:
        """Compare the transcript people see with a run; without one, with the newest other."""
        self._left.clear()
        if not self._offer(run_id):
            self._page.toast.say(self._tr("There is no other run to compare with."))
            return
        self.bar.show()
        self.read()
        (self.list if self.differences else self.run).setFocus()

    def read(self) -> None:
        """Read the differences again, and stay at the one that was chosen."""
        at = self.list.currentRow()
        try:
            found = self._app.comparing.differences(self._recording_id, self.run.key)
        except StorybankError as error:
            self._page.explain(error)
            self.bar.close_bar()
            return
        self.differences = [one for one in found if (one.span, one.there) not in self._left]
        self.list.clear()
        for one in self.differences:
            self.list.addItem(self._row(one))
        self.list.setVisible(bool(self.differences))
        high = sum(max(0, self.list.sizeHintForRow(row)) for row in range(min(8, self.list.count())))
        self.list.setFixedHeight(min(_LIST_HEIGHT, 2 * high + 12))
        self.list.setCurrentRow(max(0, min(at, len(self.differences) - 1)))
        some = self._tr.many("{n} difference", "{n} differences", len(self.differences))
        self.said.setText(some if self.differences else self._tr("Both say the same."))
        for button in (self.play_button, self.take_button, self.leave_button):
            button.setVisible(bool(self.differences))
        self.all_button.setVisible(any(not one.corrected for one in self.differences))

    @property
    def chosen(self) -> Difference | None:
        """Return the difference one is at."""
        row = self.list.currentRow()
        return self.differences[row] if 0 <= row < len(self.differences) else None

    def play(self) -> None:
        """Play what is heard there."""
        if one := self.chosen:
            self._page.player.play_span(max(0, one.span.start_ms - AROUND_MS), one.span.end_ms + AROUND_MS)

    def take(self) -> None:
        """Take what the other run wrote there; over somebody's correction, since they chose this very place."""
        if one := self.chosen:
            self._make(partial(self._app.comparing.take, self._recording_id, self.run.key, one.span,
                               over_corrected=True))

    def leave(self) -> None:
        """Leave it as it is, and go on."""
        if one := self.chosen:
            self._left.add((one.span, one.there))
            self.read()

    def take_all(self) -> None:
        """Take everything but where somebody corrected or reviewed."""
        self._make(partial(self._app.comparing.take, self._recording_id, self.run.key))

    def use(self) -> None:
        """Let the other run be the transcript that people see."""
        run_id = self.run.key
        if self._page.hands.make(partial(self._app.comparing.show, run_id)):
            self.bar.close_bar()

    def _make(self, plan: Callable[[], Edit]) -> None:
        if self._page.hands.make(plan) and not self.bar.isHidden():
            self.read()

    def _offer(self, chosen: str) -> bool:
        others = [one for one in self._app.comparing.runs(self._recording_id) if not one.shown]
        self.run.blockSignals(True)
        self.run.clear()
        for one in reversed(others):
            self.run.addItem(self._called(one), one.run.id)
        if chosen and any(one.run.id == chosen for one in others):
            self.run.choose(chosen)
        self.run.blockSignals(False)
        shown = next((one for one in others if one.run.id == self.run.key), None)
        self.use_button.setEnabled(shown is not None and shown.run.only is None)
        return bool(others)

    def _called(self, one: ComparedRun) -> str:
        run = one.run
        on = day(run.ended_at or run.started_at, self._tr.language)
        whole = " · ".join(part for part in (run.model, run.device, on) if part)
        return f"{whole} · {timecode(run.only.start_ms)}–{timecode(run.only.end_ms)}" if run.only else whole

    def _row(self, one: Difference) -> QListWidgetItem:
        here, there = one.here or self._tr("(nothing)"), one.there or self._tr("(nothing)")
        text = f"{timecode(one.span.start_ms)}   {here}  →  {there}"
        item = QListWidgetItem(f"{text}   ✎" if one.corrected else text)
        if one.corrected:
            item.setToolTip(self._tr("Somebody read or corrected this. It is taken only if you choose it."))
        return item

    def _build(self) -> None:
        tr = self._tr
        self.bar = Bar(tr, tr("Compare with another run"))
        self.said = note("")
        self.run = Choice(self._tokens, tr("The other run"), [])
        self.run.activated.connect(lambda _index: self.with_run(self.run.key))
        self.list = DifferenceList(self, tr)
        self.list.itemDoubleClicked.connect(lambda _item: self.play())
        self.play_button = quiet_button(tr("Play"), self.play)
        self.take_button = quiet_button(tr("Take this"), self.take)
        self.leave_button = quiet_button(tr("Leave"), self.leave)
        self.all_button = quiet_button(tr("Take all where nobody corrected"), self.take_all)
        self.use_button = quiet_button(tr("Use this transcript"), self.use)
        self.bar.add_row(self.run, self.said, stretch=self.run, closing=True)
        self.bar.column.addWidget(self.list)
        self.bar.add_flow(self.play_button, self.take_button, self.leave_button, self.all_button, self.use_button)
        self.bar.closed.connect(self._page.view.setFocus)
        self._page.words.add_bar(self.bar)
        self.action = self._page.words.add_tool(tr("Compare with another run"), self.open_bar, group=Group.LISTENING)
