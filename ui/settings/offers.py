"""Offers: the speech models that can be downloaded, each with what it takes and what to expect of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from storybank.domain.amount import Size
from storybank.domain.readiness import Estimate, Sign
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.rows import clear
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3


class Offers(QWidget):
    """A list of models; each can be asked for."""

    asked = Signal(str)
    """The name of the model that somebody wants."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, SPACE_2, 0, 0)
        self._list.setSpacing(SPACE_2)

    def show_models(self, told: Iterable[Estimate], arriving: Iterable[str]) -> None:
        """List the models; one that arrives already is not offered again."""
        clear(self._list)
        busy = set(arriving)
        for estimate in told:
            self._list.addWidget(hairline())
            self._list.addWidget(self._row(estimate, offered=estimate.model.name not in busy))

    def _row(self, told: Estimate, *, offered: bool) -> QWidget:
        model, tr = told.model, self._tr
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(f"{model.name} · {Size(model.bytes).said_in(tr.language)}", "strong"))
        words.addWidget(note(tr("English: {expected}", expected=tr.sentence(model.english))))
        words.addWidget(note(tr("French: {expected}", expected=tr.sentence(model.french)) if model.for_french else
                             tr.sentence(model.french)))
        words.addWidget(self._needs(told))
        row.addLayout(words, 1)
        button = link_button(tr("Download"), partial(self.asked.emit, model.name))
        button.setAccessibleName(f"{tr('Download')} {model.name}")
        button.setEnabled(offered)
        row.addWidget(button)
        return holder

    def _needs(self, told: Estimate) -> QWidget:
        tr = self._tr
        needs = tr("{languages} languages. Needs {memory} of memory.", languages=told.model.languages,
                   memory=Size(told.model.memory).said_in(tr.language))
        fits = tr.sentence(told.remark) if told.remark and told.model.for_french else ""
        if told.sign is not Sign.STOPS and not fits:
            fits = tr("Fits this computer.")
        return label(f"{needs} {fits}", "note", wrap=True, tone="stop" if told.sign is Sign.STOPS else "")


class Arrival(QWidget):
    """A model on its way here: how much of it has come, and a way to stop."""

    def __init__(self, tr: Words, name: str, size: int) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._name, self._size = tr, name, size
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        row = QHBoxLayout()
        self._words, self._bar = label("", wrap=True), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setRange(0, 1000)
        self.stop = link_button(tr("Stop"))
        self.stop.setAccessibleName(f"{tr('Stop')} {name}")
        row.addWidget(self._words, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.show_progress(0.0)

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def show_progress(self, fraction: float) -> None:
        """Say how far it has come, in bytes where their number is known."""
        said = self._tr("{name} is arriving: {come} of {whole}", name=self._name,
                        come=Size(round(fraction * self._size)).said_in(self._tr.language),
                        whole=Size(self._size).said_in(self._tr.language))
        self._words.setText(said if self._size else self._tr("{name} is arriving", name=self._name))
        self._bar.setValue(round(fraction * 1000))
        self._bar.setAccessibleName(self._words.text())
