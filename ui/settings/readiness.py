"""Readiness: “Is this computer ready?” — each thing that is looked at with its sign, and the time each model needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from storybank.domain.amount import Lasting, Size
from storybank.domain.events import Event
from storybank.domain.readiness import Estimate, Finding, Readiness, Sign
from storybank.jobs.runner import JobProgressed, JobTicket, Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Badge, Tone
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.parts.toast import Toast
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

_TONES: dict[Sign, Tone] = {Sign.GOOD: "good", Sign.CAREFUL: "warn", Sign.STOPS: "stop"}


class ReadinessCard(Card):
    """The check, and what it found."""

    checked = Signal()
    """The check has come to its end and is shown."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self._app, self._tr, self._tokens, self._toast = app, tr, tokens, toast
        self._errands, self._number = Errands(app.runner, bridge, self), 0
        self.body.addWidget(section(tr("Is this computer ready?")))
        self.body.addWidget(note(tr("Looks at the processor, memory and disk, really tries the speech engine, and says"
                                    " how long the recordings that wait would take. It takes about a minute.")))
        self._lines, self._times = QVBoxLayout(), QGridLayout()
        self._lines.setSpacing(SPACE_3)
        self._lines.setContentsMargins(0, SPACE_2, 0, 0)
        self._times.setHorizontalSpacing(SPACE_4)
        self._times.setColumnStretch(3, 1)
        self._times.setContentsMargins(0, SPACE_3, 0, SPACE_2)
        self.body.addLayout(self._lines)
        self.body.addLayout(self._times)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.hide()
        self.body.addWidget(self._bar)
        self.start_button = quiet_button(tr("Check this computer"), self.check)
        row = QHBoxLayout()
        row.addWidget(self.start_button)
        row.addStretch(1)
        self.body.addLayout(row)
        bridge.happened.connect(self._on_happened)

    def check(self) -> None:
        """Start the check, unless it runs already."""
        if not self.start_button.isEnabled():
            return
        self.start_button.setEnabled(False)
        self._bar.setValue(0)
        self._bar.show()

        def work(ticket: JobTicket) -> Readiness:
            return self._app.preflight.check(ticket)

        self._number = self._errands.start(Lane.FILES, say("Checking this computer"), work, self.show_found,
                                           lambda error: explain(self._toast, self._tr, error), self._ended)

    def show_found(self, ready: Readiness) -> None:
        """Show what was found."""
        self._clear()
        for found in ready.findings:
            self._lines.addWidget(self._line(found))
        self._times.addWidget(label(self._heading(ready), "strong", wrap=True), 0, 0, 1, 4)
        for place, told in enumerate(ready.estimates, 1):
            self._show_time(place, told, known=bool(ready.recordings))
        self.checked.emit()

    def _heading(self, ready: Readiness) -> str:
        if not ready.recordings:
            return self._tr("No recording waits for a transcript. The models on this computer:")
        return self._tr("For {time} of sound that waits, each model would take about:",
                        time=Lasting(ready.sound_ms).said_in(self._tr.language))

    def _line(self, found: Finding) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(self._tr.sentence(found.aspect.word), "strong"))
        words.addWidget(note(self._tr.sentence(found.what)))
        if found.to_do:
            words.addWidget(label(self._tr.sentence(found.to_do), wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self._badge(found.sign), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _show_time(self, place: int, told: Estimate, *, known: bool) -> None:
        time = Lasting(told.needs_ms).said_in(self._tr.language) if known and told.needs_ms is not None else ""
        needs = self._tr("{memory} of memory", memory=Size(told.model.memory).said_in(self._tr.language))
        self._times.addWidget(label(told.model.name), place, 0)
        self._times.addWidget(label(time, "strong"), place, 1)
        self._times.addWidget(self._badge(told.sign), place, 2)
        self._times.addWidget(note(self._tr.sentence(told.remark) if told.remark else needs), place, 3)

    def _badge(self, sign: Sign) -> Badge:
        return Badge(self._tokens, self._tr.sentence(sign.word), _TONES[sign])

    def _clear(self) -> None:
        for rows in (self._lines, self._times):
            clear(rows)

    def _ended(self) -> None:
        self.start_button.setEnabled(True)
        self.start_button.setText(self._tr("Check again"))
        self._bar.hide()

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, JobProgressed) and event.job_id == self._number:
            self._bar.setValue(round(event.fraction * 100))
