"""The recordings: keep them sealed, make them nameless, or erase them; erasing is asked for twice."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.withdrawal import Choice, TaskKind, TaskState, WithdrawalCase
from storybank.errors import Invalid
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import say
from ui.parts.buttons import quiet_button, stop_button
from ui.parts.fields import tick
from ui.parts.flow import Flow
from ui.parts.text import label, note
from ui.theme import SPACE_2
from ui.withdrawal.options import Options
from ui.withdrawal.said import CHOSEN
from ui.withdrawal.step import Step, Told


class Recordings(Step):
    """What each choice means, and a job that carries it out."""

    key = "recordings"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("What should become of the recordings?"))
        self._part: QWidget | None = None
        self.running = False
        self._refresh()
        self.column.addStretch(1)

    def begin(self) -> None:
        if not self._settled:
            self.what.begin()

    @property
    def _settled(self) -> bool:
        case = self.told.open_case
        own = [task for task in case.tasks if task.kind is TaskKind.RECORDINGS]
        return not case.is_open or all(task.state is not TaskState.OPEN for task in own)

    def _refresh(self) -> None:
        self._part = self.put(self._fill_settled if self._settled else self._fill, self._part)

    def _fill_settled(self, column: QVBoxLayout) -> None:
        tr, case = self.tr_, self.told.open_case
        if any(task.kind is TaskKind.RECORDINGS for task in case.tasks):
            column.addWidget(label("✓ " + tr(CHOSEN[case.choice]), "reading", wrap=True, tone="good"))
        elif case.uses:
            kept = tr("Only some uses were taken back; for the others the recordings are still needed.")
            column.addWidget(label(kept, "reading", wrap=True))
        else:
            column.addWidget(label(tr("There is no recording of theirs in the library."), "reading", wrap=True))

    def _fill(self, column: QVBoxLayout) -> None:
        tr = self.tr_
        self.what = Options(self.question, self._choices())
        self.sure = tick(tr("I know that this cannot be undone"))
        self.sure.setVisible(False)
        self.do = quiet_button(tr("Do it"), self.carry_out)
        self.erase = stop_button(tr("Erase for good"), self.carry_out)
        self.do.setEnabled(False)
        self.erase.hide()
        self.what.chosen.connect(self._on_chosen)
        self.sure.toggled.connect(self.erase.setEnabled)
        self.progress = note("")
        column.addWidget(self.what)
        self.others = label(self._who_else(), wrap=True)
        self.others.setVisible(False)
        column.addWidget(self.others)
        column.addWidget(self.sure)
        row = Flow(gap=SPACE_2)
        row.addWidget(self.do)
        row.addWidget(self.erase)
        column.addLayout(row)
        column.addWidget(self.progress)

    def carry_out(self) -> None:
        """Start what was chosen as a job."""
        if self.running:
            return
        case, choice = self.told.open_case, Choice(self.what.key)
        if choice is Choice.ERASE and not self.sure.isChecked():
            self.failed.emit(Invalid(say("Tick that you know this cannot be undone.")))
            return

        def work(ticket: JobTicket) -> WithdrawalCase:
            return self.told.app.erasing.carry_out(case.id, choice, ticket)

        self._run(on=True)
        title = say("Carrying out what {code} asks for", code=case.code)
        self.told.errands.start(Lane.FILES, title, work, self._done, self.failed.emit, lambda: self._run(on=False))

    def _who_else(self) -> str:
        """Say who else is in the same recordings; nothing where nobody is."""
        others = self.told.app.withdrawing.file(self.told.open_case.id).others
        if not others:
            return ""
        return self.tr_("What these people say in them goes as well: {people}.",
                        people=", ".join(person.name for person in others))

    def _choices(self) -> list[tuple[str, str, str]]:
        tr = self.tr_
        return [
            (Choice.SEAL.value, tr("Keep them sealed"), tr(
                "Nobody finds, sees or hears them any more. They can be unsealed if the person agrees anew.")),
            (Choice.ANONYMISE.value, tr("Make them nameless"), tr(
                "The words stay for whoever works here, without name, role, place or title. Nothing of them goes"
                " out.")),
            (Choice.ERASE.value, tr("Erase them"), tr(
                "Recordings, transcripts, quotes, pictures and older copies of the library are gone for good. What"
                " stays is the proof of consent and of this wish.")),
        ]

    def _on_chosen(self, key: str) -> None:
        erase = key == Choice.ERASE.value
        self.sure.setVisible(erase)
        self.others.setVisible(erase and bool(self.others.text()))
        self.erase.setVisible(erase)
        self.erase.setEnabled(self.sure.isChecked())
        self.do.setVisible(not erase)
        self.do.setEnabled(bool(key) and not erase)

    def _run(self, *, on: bool) -> None:
        self.running = on
        for widget in (self.what, self.sure, self.do, self.erase):
            widget.setEnabled(not on)
        self.progress.setText(self.tr_("This is being done. You can go on working.") if on else "")
        self.changed.emit()

    def _done(self, case: WithdrawalCase) -> None:
        self.told.case = case
        self._refresh()
        self.changed.emit()
