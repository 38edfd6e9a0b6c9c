"""The transcript's card: what is known of it in a line, the words, and what to do while there are none."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.speech import DEMO_MODEL
from storybank.domain.transcript import RunState, TranscriptRun
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.empty import Empty
from ui.parts.said import day, timecode
from ui.parts.text import note, section
from ui.story.details import demo_remark
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tokens
from ui.transcript.script import Script
from ui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from ui.workbench.bars import Bar

Asked = Callable[[], object]
LEAST = 110
"""How low it may get: its head, and a line or two."""


class Group(IntEnum):
    """The groups of the transcript's menu, in its order."""

    WORDS = 0
    LISTENING = 1
    FILES = 2
    SIGHT = 3


class TranscriptCard(Card):
    """Header, progress, and the view of the words."""

    def __init__(self, tr: Words, tokens: Tokens, transcribe: Asked, cancel: Asked) -> None:
        super().__init__(pad=0)
        self.setMinimumHeight(LEAST)
        self._tr = tr
        self.window_of_keys: QWidget = self
        """Where shortcuts work; the page says so when it takes the card in."""
        self.view = TranscriptView(tr, tokens)
        self._strips: list[QWidget] = []
        self._all_bars: list[Bar] = []
        self.about = note("", wrap=True)
        self.remark = note("")
        self.listening = Listening(tr, cancel)
        self._stopped = note("")
        self.go_on = quiet_button(tr("Go on listening"), transcribe)
        self._nothing = Empty(
            tr("No transcript yet"),
            tr("Storybank listens to the recording on this computer and writes down every word with its time. "
               "Nothing leaves the machine. A transcript that somebody wrote can be brought in from the menu above."),
            tr("Transcribe"), transcribe)
        self._build()

    @property
    def stopped(self) -> str:
        """Return what is said of an engine that was stopped; empty while there is none."""
        return "" if self._stopped_row.isHidden() else self._stopped.text()

    def hasHeightForWidth(self) -> bool:
        return False  # the words scroll, so that what stands above them may take the height it needs

    def show_script(self, script: Script, labels: dict[str, str], runs: tuple[TranscriptRun, ...], *,
                    listening: bool) -> None:
        """Show the words there are, and who heard them."""
        self.view.set_script(script, labels)
        empty = not script.lines
        for strip in self._strips:
            strip.setVisible(not empty)
        self._stack.setCurrentWidget(self._waiting if empty and listening else self._nothing if empty else self.view)
        self.show_counts(script, runs)
        run = runs[-1] if runs else None
        made_by_demo = run is not None and run.model == DEMO_MODEL
        self.remark.setText(demo_remark(self._tr))
        self.remark.setVisible(made_by_demo)
        stopped = run is not None and run.state in (RunState.CANCELLED, RunState.INTERRUPTED) and not listening
        self._stopped_row.setVisible(stopped)
        if run and stopped:
            self._stopped.setText(self._said_of_stop(run))

    def show_counts(self, script: Script, runs: tuple[TranscriptRun, ...]) -> None:
        """Say how much of it was reviewed, and who heard it."""
        self.about.setText(self._said(script, runs) if script.lines else "")

    def _said_of_stop(self, run: TranscriptRun) -> str:
        if not run.heard_ms:
            return self._tr("Listening stopped before its first stretch of about five minutes was complete, "
                            "so nothing is kept yet.")
        return self._tr("Listening stopped at {time}. What was heard is kept.", time=timecode(run.heard_ms))

    def _said(self, script: Script, runs: tuple[TranscriptRun, ...]) -> str:
        if not any(run.heard_ms for run in runs):
            return ""  # nothing is saved yet
        read = sum(1 for line in script.lines if line.reviewed)
        parts = [self._tr("Reviewed {read} of {lines} lines", read=read, lines=len(script.lines))]
        if script.doubts:
            parts.append(self._tr.many("{n} doubtful word", "{n} doubtful words", script.doubts))
        if runs:
            run = [*runs, *(one for one in runs if not one.beside)][-1]
            model = self._tr("demo model") if run.model == DEMO_MODEL else f"{run.engine} {run.model}"
            parts.append(f"{model}, {day(run.ended_at or run.started_at, self._tr.language)}")
        return " · ".join(parts)

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, 0)
        head.setSpacing(SPACE_1)
        title = QHBoxLayout()
        title.addWidget(section(self._tr("Transcript")), 1)
        self.menu = QMenu(self)
        self._ends = {group: self.menu.addSeparator() for group in Group}
        self._menu_button = quiet_button(self._tr("Transcript menu"))
        self._menu_button.setMenu(self.menu)
        self._menu_button.hide()
        title.addWidget(self._menu_button)
        head.addLayout(title)
        head.addWidget(self.about)
        self._stopped_row = QWidget()
        self._stopped_row.setObjectName("plain")
        stopped = QHBoxLayout(self._stopped_row)
        stopped.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        stopped.addWidget(self._stopped, 1)
        stopped.addWidget(self.go_on)
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self._waiting = Empty(self._tr("Listening…"), self._tr("The first words appear here in a moment."))
        for page in (self.view, self._nothing, self._waiting):
            self._stack.addWidget(page)
        self.body.setSpacing(SPACE_2)
        self.body.addLayout(head)
        self.remark.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        words = self._words = QVBoxLayout()
        words.setContentsMargins(SPACE_3, 0, SPACE_1, SPACE_2)
        words.addWidget(self._stack, 1)
        for part in (self.remark, self.listening, self._stopped_row):
            self.body.addWidget(part)
            part.hide()
        self.bars = QVBoxLayout()
        self.bars.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        self.body.addLayout(self.bars)
        self.body.addLayout(words, 1)

    def add_tool(self, text: str, does: Asked, shortcut: str = "", group: Group = Group.WORDS) -> QAction:
        """Put an action on the transcript's menu; its shortcut works while the page is shown."""
        action = QAction(text, self.menu)
        self.menu.insertAction(self._ends[group], action)
        action.triggered.connect(does)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.window_of_keys.addAction(action)
        self._menu_button.show()
        return action

    def add_menu(self, menu: QMenu, group: Group = Group.WORDS) -> None:
        """Put a menu of its own on the transcript's menu."""
        self.menu.insertMenu(self._ends[group], menu)
        self._menu_button.show()

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip right above the words; it is there whenever there are words."""
        strip.hide()
        self._strips.append(strip)
        self._words.insertWidget(self._words.count() - 1, strip)

    def add_bar(self, bar: Bar) -> None:
        """Put a bar between the head and the words; it begins hidden, and puts the one away that was open."""
        bar.hide()
        self.bars.addWidget(bar)
        self._all_bars.append(bar)
        bar.installEventFilter(self)

    def close_bars(self, but: QObject | None = None) -> bool:
        """Put every bar away but one; tell whether any was open."""
        shown = [bar for bar in self._all_bars if bar is not but and not bar.isHidden()]
        for bar in shown:
            bar.close_bar()
        return bool(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self.close_bars(but=watched)
        return super().eventFilter(watched, event)


class Listening(QWidget):
    """How far the engine is, what it has just heard, and the way to stop it."""

    def __init__(self, tr: Words, cancel: Asked) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self._said = note("")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.pause = quiet_button(tr("Pause"))
        self.cancel = quiet_button(tr("Cancel"), cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        row.setSpacing(SPACE_3)
        words = QVBoxLayout()
        words.addWidget(self._said)
        words.addWidget(self.bar)
        row.addLayout(words, 1)
        row.addWidget(self.pause)
        row.addWidget(self.cancel)

    def show_progress(self, fraction: float, *, waits: bool = False) -> None:
        """Show how far it is, or that others are heard before it."""
        self.bar.setValue(round(1000 * fraction))
        listening = self._tr("Listening: {percent} %", percent=round(100 * fraction))
        self._said.setText(self._tr("Waiting for its turn") if waits else listening)
        self.bar.setAccessibleName(self._said.text())
