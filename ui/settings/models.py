"""Speech models: those on this machine, and the ways to get one: import it, or download it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from storybank.domain.speech import SpeechModel
from storybank.errors import StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import Sentence, Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, quiet_button
from ui.parts.card import Card
from ui.parts.said import weight
from ui.parts.text import label, note, section
from ui.parts.toast import Toast
from ui.theme import SPACE_1, SPACE_2, SPACE_3

if TYPE_CHECKING:
    from ui.wiring import App


class ModelsCard(Card):
    """What Storybank can hear with."""

    def __init__(self, app: App, tr: Words, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self._app, self._tr, self._toast = app, tr, toast
        self._errands = Errands(app.runner, bridge, self)
        self.body.addWidget(section(tr("Speech models")))
        self.body.addWidget(note(tr("A speech model turns what is said into text, on this machine; no recording leaves"
                                    " it. A larger model hears better and takes longer.")))
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self.body.addLayout(self._list)
        self._build_ways()
        self.refresh()

    def refresh(self) -> None:
        """List the models anew."""
        while item := self._list.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        models = self._app.models.all()
        used = self._used()
        for model in models:
            self._list.addWidget(self._row(model, used=len(models) > 1 and model.name == used))
        if not models:
            self._list.addWidget(label(self._tr("There is no speech model on this machine yet. Download one, or "
                                                "import one that a colleague copied for you."), wrap=True))

    def _used(self) -> str:
        """Return the name of the model that listens next; nothing where none can."""
        try:
            return self._app.models.find().name
        except StorybankError:
            return ""

    def bring_in(self, place: Path) -> None:
        """Copy a model in from a folder, a zip or a .pt file, as a job."""
        def work(ticket: JobTicket) -> SpeechModel:
            return self._app.models.add(place, None, ticket)

        self._start(say("Importing the speech model {name}", name=place.name), work)

    def download(self, name: str) -> None:
        """Download a model, as a job."""
        def work(ticket: JobTicket) -> SpeechModel:
            return self._app.models.download(name, ticket)

        self._start(say("Downloading the speech model {name}", name=name), work)

    def _start(self, title: Sentence, work: Callable[[JobTicket], SpeechModel]) -> None:
        self._toast.say(f"{self._tr.sentence(title)}…")
        self._errands.start(Lane.FILES, title, work, self._arrived,
                            lambda error: explain(self._toast, self._tr, error))

    def _row(self, model: SpeechModel, *, used: bool) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(f"{model.name} · {weight(model.bytes, self._tr.language)}", "strong"))
        said = self._tr("New transcripts are made with this one.") if used else ""
        words.addWidget(note(" ".join(part for part in (f"{model.engine}.", self._tr(model.note), said) if part)))
        row.addLayout(words, 1)
        if not model.is_demo:
            button = link_button(self._tr("Remove"), partial(self._remove, model.name))
            button.setAccessibleName(f"{self._tr('Remove')} {model.name}")
            row.addWidget(button)
        return holder

    def _build_ways(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        offer = quiet_button(self._tr("Download a model…"))
        menu = QMenu(self)
        for name, size in self._app.models.offered().items():
            menu.addAction(f"{name} · {weight(size, self._tr.language)}", partial(self.download, name))
        offer.setMenu(menu)
        row.addWidget(offer)
        row.addWidget(quiet_button(self._tr("Import from a folder…"), self._ask_folder))
        row.addWidget(quiet_button(self._tr("Import from a file…"), self._ask_file))
        row.addStretch(1)
        self.body.addLayout(row)

    def _remove(self, name: str) -> None:
        try:
            self._app.models.remove(name)
        except StorybankError as error:
            explain(self._toast, self._tr, error)
        self.refresh()

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._tr("Import from a folder…"))
        if name:
            self.bring_in(Path(name))

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._tr("Import from a file…"), "", "*.zip *.pt")
        if name:
            self.bring_in(Path(name))

    def _arrived(self, model: SpeechModel) -> None:
        self._toast.say(self._tr("{name} is ready to use.", name=model.name), "good")
        self.refresh()
