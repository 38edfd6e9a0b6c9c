"""The clip bar: cut a quote out of its recording. The gate answers here, before anything is made."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout

from storybank.domain.clearance import Verdict
from storybank.domain.clip import SQUARE, UPRIGHT, WIDE, Shape
from storybank.domain.events import Event
from storybank.domain.quote import Quote
from storybank.domain.use import Material, Use
from storybank.errors import StorybankError
from storybank.jobs.runner import JobEnded, JobTicket, Lane
from storybank.words import Words, say
from ui.consent.said import reasons_said
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice, line_field, tick
from ui.parts.flow import Flow
from ui.parts.text import label, restyle, section
from ui.theme import SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

SHAPES = {"16:9": WIDE, "1:1": SQUARE, "9:16": UPRIGHT}


class ClipBar(Card):
    """Which uses, which frame, where to; and the answer of the gate in a line."""

    made = Signal(object)
    """A clip lies at this path."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(pad=SPACE_3)
        self._app = app
        self._tr = tr
        self._quote: Quote | None = None
        self._jobs: dict[int, Path] = {}
        self._heading = section()
        self._answer = label("", wrap=True)
        self._uses: dict[str, QCheckBox] = {}
        self._place = line_field(tr("File"))
        self.recipient = line_field(tr("Who will be given it?"), hint=tr("Given to (optional)"))
        self._shape = Choice(tokens, tr("Frame"), [(shape, shape) for shape in SHAPES])
        self._captions = tick(tr("Captions in the picture"), on=True)
        self.make = quiet_button(tr("Make the clip"), self._make)
        self._build()
        self.hide()
        bridge.happened.connect(self._on_happened)

    @property
    def answer(self) -> str:
        """Return what the gate said."""
        return self._answer.text()

    def ask(self, quote: Quote, slug: str, uses: tuple[Use, ...], allowed: tuple[Use, ...]) -> None:
        """Open for a quote; the first use that is allowed is chosen."""
        self._quote = quote
        self._heading.setText(self._tr("A clip of {code}: what is it for?", code=quote.code))
        self._offer(uses, allowed)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation) or str(Path.home())
        self._place.setText(str(_free(Path(folder) / f"{quote.code}-{slug}.mp4")))
        self.show()
        self._ask_gate()

    def choose_use(self, key: str, chosen: bool = True) -> None:
        """Name a use, or no longer."""
        self._uses[key].setChecked(chosen)

    def set_place(self, file: Path) -> None:
        """Name the file to write."""
        self._place.setText(str(file))

    def _build(self) -> None:
        self._row = Flow(gap=SPACE_3, between_rows=0)
        head = _across(SPACE_2)
        head.addWidget(self._heading, 1)
        head.addWidget(link_button(self._tr("Close"), self.hide))
        place = _across(SPACE_2)
        place.addWidget(self._place, 1)
        place.addWidget(link_button(self._tr("Choose…"), self._choose_place))
        frame = _across(SPACE_3)
        frame.addWidget(self._shape)
        frame.addWidget(self._captions)
        frame.addStretch(1)
        last = _across(SPACE_3)
        last.addWidget(self.recipient, 1)
        last.addWidget(self.make)
        self.body.setSpacing(SPACE_2)
        self.body.addLayout(head)
        self.body.addLayout(self._row)
        self.body.addWidget(self._answer)
        for row in (place, frame, last):
            self.body.addLayout(row)

    def _offer(self, uses: tuple[Use, ...], allowed: tuple[Use, ...]) -> None:
        self._row.clear()
        self._uses = {}
        for use in uses:
            box = tick(use.label(self._tr.language), on=use == next(iter(allowed), None))
            box.toggled.connect(self._ask_gate)
            self._uses[use.key] = box
            self._row.addWidget(box)

    def _chosen(self) -> list[str]:
        return [key for key, box in self._uses.items() if box.isChecked()]

    def _ask_gate(self) -> bool:
        """Ask the gate about the uses that are chosen, and show its answer."""
        if self._quote is None:
            return False
        if not self._chosen():
            self._say(self._tr("Choose at least one use."), "soft")
            return False
        answer = self._app.consenting.permission(self._quote.story_id, self._chosen(), materials=(Material.CLIP,),
                                                 quote=self._quote.code)
        if not answer.allowed:
            self._say(reasons_said(answer, self._tr), "warn" if answer.verdict is Verdict.ASK_FIRST else "stop")
            return False
        if answer.conditions:
            self._say(self._tr("Consent covers this, on the condition: {condition}",
                               condition="; ".join(answer.conditions)), "warn")
        else:
            self._say(self._tr("Consent covers this."), "good")
        return True

    def _say(self, words: str, tone: str) -> None:
        self._answer.setText(words)
        restyle(self._answer, tone=tone)

    def _choose_place(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self._tr("Save the clip as"), self._place.text(), "MP4 (*.mp4)")
        if chosen:
            self._place.setText(chosen)

    def _make(self) -> None:
        if self._quote is None or not self._ask_gate():
            return
        to = Path(self._place.text().strip())
        if not self._place.text().strip() or not to.parent.is_dir():
            self._say(self._tr("This folder does not exist: {folder}", folder=str(to.parent)), "stop")
            return
        work = partial(_cut, self._app, self._quote.code, tuple(self._chosen()), to,
                       SHAPES[self._shape.key], self._captions.isChecked(),
                       self.recipient.text().strip())
        job = self._app.runner.start(Lane.FILES, work, say("Make a clip of {code}", code=self._quote.code))
        self._jobs[job] = to
        self.make.setEnabled(False)

    def _on_happened(self, event: Event) -> None:
        if not isinstance(event, JobEnded) or event.job_id not in self._jobs:
            return
        file, error = self._jobs.pop(event.job_id), event.error
        self.make.setEnabled(True)
        if error is None:
            self.hide()
            self.made.emit(file)
        elif isinstance(error, StorybankError):
            self._say(f"{self._tr.sentence(error.message)} {self._tr.sentence(error.hint)}".strip(), "stop")
        else:
            self._say(self._tr("The clip could not be made: {what}", what=str(error)), "stop")


def _across(gap: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    return row


def _cut(app: App, code: str, uses: tuple[str, ...], to: Path, shape: Shape, captioned: bool,
         recipient: str, ticket: JobTicket) -> None:
    app.exporting.make_clip(code, uses, to, ticket, shape=shape, captioned=captioned, recipient=recipient)


def _free(file: Path) -> Path:
    """Return a name that is not taken yet."""
    number = 2
    free = file
    while free.exists():
        free = file.with_stem(f"{file.stem}-{number}")
        number += 1
    return free
