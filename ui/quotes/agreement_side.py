"""What is compared and how, beside the table of agreement; and who sits here: blind or not, and done with what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.unitizing import Unit
from storybank.services.agreeing import Standing
from storybank.services.compared import Options, Progress
from storybank.words import Words
from ui.parts.card import Card
from ui.parts.fields import Choice, tick
from ui.parts.page import labelled, scrolled
from ui.parts.rows import clear
from ui.parts.text import note, section
from ui.quotes.agreement_table import coder_name
from ui.theme import SIDE_WIDTH, SPACE_2, SPACE_3, Tokens

MOST_STORIES, LONGEST = 60, 28
"""Stories that are listed to be ticked, and how many signs a box says."""


class AgreementSide(Card):
    """Boxes to tick; every one works at once."""

    changed = Signal()
    """Something else is to be compared, or otherwise."""
    blind_wanted = Signal(bool)
    done_wanted = Signal(str, bool)
    """A recording, and whether whoever sits here is done with it."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr = tr
        self._left_out: set[str] = set()
        self.setFixedWidth(SIDE_WIDTH)
        self.unit = Choice(tokens, tr("What is counted"), [
            (Unit.TIME, tr("Time")), (Unit.LINES, tr("Lines of the transcript")),
            (Unit.CODED, tr("Only what anybody coded"))])
        self.unit.activated.connect(lambda _index: self.changed.emit())
        self.no_suggested = tick(tr("Leave out suggested codes"))
        self.silence = tick(tr("Count silence, too"))
        self.children_ = tick(tr("Codes count those under them"))
        for box in (self.no_suggested, self.silence, self.children_):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.blind = tick(tr("I code blind"))
        self.blind.toggled.connect(self.blind_wanted)
        self._who, self._done = QVBoxLayout(), QVBoxLayout()
        self._build()

    def options(self, standing: Sequence[Standing]) -> Options:
        """Return what is ticked."""
        ticked = [one for one in standing if one.coder.id not in self._left_out]
        done = [one for one in ticked if one.finished]
        coders = tuple(one.coder.id for one in (done if len(done) > 1 else ticked))
        return Options(coders, Unit(self.unit.key), not self.silence.isChecked(), not self.no_suggested.isChecked(),
                       children=self.children_.isChecked())

    def show_coders(self, standing: Sequence[Standing]) -> None:
        """Show who can be compared."""
        clear(self._who)
        tr = self._tr
        for one in standing:
            name = coder_name(one.coder, tr)
            said = tr("{name} (you)", name=name) if one.is_you else name
            box = tick(tr("{name}: {n} given", name=_cut(said), n=one.codings), on=one.coder.id not in self._left_out)
            box.toggled.connect(lambda on, coder_id=one.coder.id: self._leave_out(coder_id, on=on))
            self._who.addWidget(box)

    def show_you(self, name: str, progress: Sequence[Progress], *, blind: bool) -> None:
        """Show what whoever sits here has said: blind or not, and done with what."""
        tr = self._tr
        self.blind.blockSignals(True)
        self.blind.setChecked(blind)
        self.blind.blockSignals(False)
        clear(self._done)
        for one in progress[:MOST_STORIES]:
            whole = f"{one.story_code} {one.story_title}"
            box = tick(_cut(whole), on=name in [coder.name for coder in one.done])
            box.setAccessibleName(whole)
            others = ", ".join(coder_name(coder, tr) for coder in one.done if coder.name != name)
            done = tr("{names} are done.", names=others) if others else tr("Nobody else is done yet.")
            box.setToolTip(f"{whole}\n{done}")
            box.toggled.connect(lambda on, recording_id=one.recording_id: self.done_wanted.emit(recording_id, on))
            self._done.addWidget(box)
        if not progress:
            self._done.addWidget(note(tr("Stories stand here once somebody has coded in them.")))

    def _leave_out(self, coder_id: str, *, on: bool) -> None:
        (self._left_out.discard if on else self._left_out.add)(coder_id)
        self.changed.emit()

    def _build(self) -> None:
        tr = self._tr
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(section(tr("Who is compared")))
        column.addLayout(self._who)
        column.addSpacing(SPACE_3)
        column.addWidget(labelled(tr("What is counted"), self.unit))
        for box in (self.no_suggested, self.silence, self.children_):
            column.addWidget(box)
        column.addSpacing(SPACE_3)
        column.addWidget(section(tr("You")))
        column.addWidget(self.blind)
        column.addWidget(note(tr("While you do, you see your own codes alone, and no agreement.")))
        column.addSpacing(SPACE_2)
        column.addWidget(section(tr("I am done with")))
        column.addWidget(note(tr("Stories count that at least two are done with.")))
        column.addLayout(self._done)
        column.addStretch(1)
        self.body.addWidget(scrolled(holder), 1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
