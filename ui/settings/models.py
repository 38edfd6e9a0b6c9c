"""Speech models: those on this machine, which one listens, and the ways to get one: import it, or download it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.amount import Size
from storybank.domain.events import Event
from storybank.domain.speech import SpeechModel, warning_for
from storybank.errors import StorybankError
from storybank.jobs.runner import JobProgressed, JobTicket, Lane
from storybank.words import Sentence, Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, quiet_button
from ui.parts.card import Card
from ui.parts.rows import clear
from ui.parts.said import place
from ui.parts.text import label, note, section
from ui.parts.toast import Toast
from ui.settings.offers import Arrival, Offers
from ui.theme import SPACE_1, SPACE_2, SPACE_3

if TYPE_CHECKING:
    from ui.wiring import App


class ModelsCard(Card):
    """What Storybank can hear with."""

    chosen = Signal(str)
    """The name of the model that is to listen from now on."""

    def __init__(self, app: App, tr: Words, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self._app, self._tr, self._toast = app, tr, toast
        self._errands = Errands(app.runner, bridge, self)
        self._arriving: dict[int, tuple[str, Arrival]] = {}
        self.body.addWidget(section(tr("Speech models")))
        self.body.addWidget(note(tr("A speech model turns what is said into text, on this machine; no recording leaves"
                                    " it. A larger model hears better and takes longer.")))
        self._list, self._arrivals = QVBoxLayout(), QVBoxLayout()
        for rows in (self._list, self._arrivals):
            rows.setSpacing(SPACE_3)
            self.body.addLayout(rows)
        self._build_place()
        self._build_ways()
        self.offers = Offers(tr)
        self.offers.asked.connect(self.download)
        self.offers.hide()
        self.body.addWidget(self.offers)
        bridge.happened.connect(self._on_happened)
        self.refresh()

    def refresh(self) -> None:
        """List the models anew."""
        clear(self._list)
        models = self._app.models.all()
        used = self._used()
        for model in models:
            self._list.addWidget(self._row(model, used=model.name == used, only=len(models) == 1))
        if not models:
            self._list.addWidget(label(self._tr("There is no speech model on this machine yet. Download one, or "
                                                "import one that a colleague copied for you."), wrap=True))
        self._show_leftovers()
        if not self.offers.isHidden():
            self._list_offers()

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

        self._start(say("Importing the speech model {name}", name=place.name), place.name, 0, work)

    def download(self, name: str) -> None:
        """Download a model, as a job."""
        def work(ticket: JobTicket) -> SpeechModel:
            return self._app.models.download(name, ticket)

        self._start(say("Downloading the speech model {name}", name=name), name, self._app.models.offered()[name], work)

    def _start(self, title: Sentence, name: str, size: int, work: Callable[[JobTicket], SpeechModel]) -> None:
        arrival = Arrival(self._tr, name, size)
        numbers: list[int] = []
        number = self._errands.start(Lane.FILES, title, work, self._arrived,
                                     lambda error: explain(self._toast, self._tr, error),
                                     lambda: self._forget(numbers[0]))
        numbers.append(number)
        arrival.stop.clicked.connect(lambda: self._app.runner.cancel(number))
        self._arriving[number] = name, arrival
        self._arrivals.addWidget(arrival)
        self.refresh()

    def _forget(self, number: int) -> None:
        _name, arrival = self._arriving.pop(number)
        arrival.setParent(None)
        arrival.deleteLater()
        self.refresh()

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, JobProgressed) and event.job_id in self._arriving:
            self._arriving[event.job_id][1].show_progress(event.fraction)

    def _row(self, model: SpeechModel, *, used: bool, only: bool) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(f"{model.name} · {Size(model.bytes).said_in(self._tr.language)}", "strong"))
        words.addWidget(note(" ".join(part for part in (f"{model.engine}.", *self._about(model)) if part)))
        if warning := warning_for(model, "fr"):
            words.addWidget(label(self._tr.sentence(warning), "note", wrap=True, tone="warn"))
        if used and not only:
            words.addWidget(label(self._tr("New transcripts are made with this one."), "note", wrap=True, tone="good"))
        row.addLayout(words, 1)
        if not used:
            row.addWidget(self._button(self._tr("Use this one"), model.name, partial(self.chosen.emit, model.name)))
        if not model.is_demo:
            row.addWidget(self._button(self._tr("Remove"), model.name, partial(self._remove, model.name)))
        return holder

    def _about(self, model: SpeechModel) -> list[str]:
        known = next((known for known in self._app.models.catalogue() if known.grade is model.grade), None)
        if known is None:
            return [self._tr(model.note)]
        return [self._tr("English: {expected}", expected=self._tr.sentence(known.english)),
                self._tr("French: {expected}", expected=self._tr.sentence(known.french)) if known.for_french else ""]

    def _button(self, words: str, name: str, pressed: Callable[[], object]) -> QWidget:
        button = link_button(words, pressed)
        button.setAccessibleName(f"{words} {name}")
        return button

    def _build_place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(note(self._tr("They lie in {folder}.", folder=place(self._app.models.folder))), 1)
        row.addWidget(link_button(self._tr("Show in folder"), self._show_folder))
        self.body.addLayout(row)
        self._leftovers = QWidget()
        self._leftovers.setObjectName("plain")
        row = QHBoxLayout(self._leftovers)
        row.setContentsMargins(0, 0, 0, 0)
        self._left = note()
        row.addWidget(self._left, 1)
        row.addWidget(link_button(self._tr("Remove partial downloads"), self._tidy))
        self.body.addWidget(self._leftovers)

    def _show_leftovers(self) -> None:
        left = 0 if self._arriving else self._app.models.leftovers()
        self._leftovers.setVisible(bool(left))
        self._left.setText(self._tr("{size} of unfinished downloads. Download again to go on from there.",
                                    size=Size(left).said_in(self._tr.language)))

    def _build_ways(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        self.more = quiet_button(self._tr("Download a model…"), self._turn_offers)
        row.addWidget(self.more)
        row.addWidget(quiet_button(self._tr("Import from a folder…"), self._ask_folder))
        row.addWidget(quiet_button(self._tr("Import from a file…"), self._ask_file))
        row.addStretch(1)
        self.body.addLayout(row)

    def _turn_offers(self) -> None:
        """Show what can be downloaded, or put it away."""
        self.offers.setVisible(self.offers.isHidden())
        if not self.offers.isHidden():
            self._list_offers()

    def _list_offers(self) -> None:
        here = {model.name for model in self._app.models.all()}
        told = [estimate for estimate in self._app.preflight.fits() if estimate.model.name not in here]
        self.offers.show_models(told, [name for name, _ in self._arriving.values()])

    def _remove(self, name: str) -> None:
        try:
            self._app.models.remove(name)
        except StorybankError as error:
            explain(self._toast, self._tr, error)
        self.refresh()

    def _tidy(self) -> None:
        freed = self._app.models.remove_leftovers()
        self._toast.say(self._tr("{size} is free again.", size=Size(freed).said_in(self._tr.language)), "good")
        self.refresh()

    def _show_folder(self) -> None:
        self._app.models.folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._app.models.folder)))

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
