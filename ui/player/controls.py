"""Controls: the two rows of buttons under the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button, word_button
from ui.parts.text import label
from ui.story.moments import exact_timecode, span
from ui.story.signs import PlayButton
from ui.theme import SPACE_4, Tokens

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class Controls(QWidget):
    """Shows what the player does and says what was pressed; it does nothing itself."""

    speed_wanted = Signal(float)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self.play = PlayButton(tr, tokens)
        self._time = label("", "soft")
        self._time.setAccessibleName(tr("Position"))
        self.back = _small(tr("−5 s"), tr("Five seconds back"), tr("Five seconds back (J); with Shift, one second"))
        self.on = _small(tr("+5 s"), tr("Five seconds on"), tr("Five seconds on (L); with Shift, one second"))
        self.speed = _small("1.0×", tr("Speed"), tr("Speed; voices keep their pitch (slower Shift+J, faster Shift+L)"))
        self.captions = _switch("CC", tr("Captions"), tr("Captions on the picture"))
        self.loop = _switch(tr("Loop"), tr("Loop"), "")
        self.level = _switch(tr("Level the sound"), tr("Level the sound"), "")
        self.step_back = QAction(tr("A second back on every pause"), self, checkable=True, checked=True)
        self._speeds: dict[float, QAction] = {}
        self._build()
        self._build_speeds()
        self.show_speed(1.0)
        self.show_loop(None)
        self.show_level(on=False, fixed=False)

    def show_time(self, ms: int, duration_ms: int) -> None:
        """Show where it is, and of how much."""
        text = f"{exact_timecode(ms)} / {exact_timecode(duration_ms)}"
        if text != self._time.text():
            self._time.setText(text)

    def show_speed(self, speed: float) -> None:
        """Show how fast it runs."""
        self.speed.setText(f"{speed:.2f}".rstrip("0").removesuffix(".") + "×")
        self.speed.setAccessibleDescription(self.speed.text())
        for each, action in self._speeds.items():
            action.setChecked(each == speed)

    def show_loop(self, stretch: tuple[int, int] | None) -> None:
        """Show what is played again and again, or how one asks for it."""
        tr = self._tr
        self.loop.setChecked(stretch is not None)
        self.loop.setText(tr("Loop {span}", span=span(*stretch)) if stretch else tr("Loop"))
        self.loop.setToolTip(
            tr("Play on past this passage (O)") if stretch else
            tr("Play the last five seconds again and again; O loops the line. For another passage, drag over the "
               "waveform with Shift, or press [ and ] on it where the passage begins and ends."))
        self.loop.setAccessibleName(self.loop.text())
        self.loop.setAccessibleDescription(self.loop.toolTip())

    def show_level(self, *, on: bool, fixed: bool) -> None:
        """Show whether the light copy is heard; `fixed` where the original cannot be played here."""
        tr = self._tr
        self.level.blockSignals(True)
        self.level.setChecked(on)
        self.level.blockSignals(False)
        self.level.setText(tr("Sound levelled") if on else tr("Level the sound"))
        self.level.setEnabled(not fixed)
        self.level.setToolTip(
            tr("This recording is played from its light copy, whose sound is levelled.") if fixed else
            tr("Quiet and loud voices alike, while you listen. The recording and its clips stay as they are."))
        self.level.setAccessibleDescription(self.level.toolTip())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row, below = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(0)
        below.setSpacing(SPACE_4)
        row.addWidget(self.play)
        row.addWidget(self._time)
        row.addStretch(1)
        for part in (self.back, self.on, self.speed, self.captions):
            row.addWidget(part)
        below.setContentsMargins(8, 0, 0, 0)
        below.addWidget(self.loop)
        below.addWidget(self.level)
        below.addStretch(1)
        column.addLayout(row)
        column.addLayout(below)

    def _build_speeds(self) -> None:
        menu, group = QMenu(self.speed), QActionGroup(self)
        for speed in SPEEDS:
            action = menu.addAction(f"{speed:g}×")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, speed=speed: self.speed_wanted.emit(speed))
            self._speeds[speed] = action
        menu.addSeparator()
        menu.addAction(self.step_back)
        self.speed.setMenu(menu)


def _small(text: str, name: str, tip: str) -> QPushButton:
    made = link_button(text)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _switch(text: str, name: str, tip: str) -> QPushButton:
    made = word_button(text)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
