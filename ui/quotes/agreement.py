"""Agreement: how far coders agree, code by code, and the list of where they do not, to be settled one by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.coding import Coder
from storybank.domain.events import (
    CodebookChanged,
    CodersChanged,
    DisagreementSettled,
    Event,
    QuoteMade,
    QuoteRemoved,
    QuoteRetagged,
)
from storybank.domain.reliability import RELIABLE, TENTATIVE
from storybank.domain.transcript import Span
from storybank.domain.unitizing import Unit
from storybank.errors import StorybankError
from storybank.services.compared import Comparison, Differing, Row
from storybank.services.edits import Edit
from ui.ask import explain
from ui.parts.buttons import quiet_button
from ui.parts.chips import Tone
from ui.parts.empty import Empty
from ui.parts.table import ROW_HEIGHT, Column, Rows, Table
from ui.parts.text import cut, note, section
from ui.quotes import agreement_table
from ui.quotes.agreement_list import DisagreementList
from ui.quotes.agreement_side import AgreementSide
from ui.theme import SIDE_WIDTH, SPACE_2, SPACE_3, SPACE_4, SPACE_6

if TYPE_CHECKING:
    from ui.quotes.page import QuotesPage

_READS = (QuoteMade, QuoteRetagged, QuoteRemoved, CodebookChanged, CodersChanged, DisagreementSettled)
NARROW, SIDE_NARROW = 980, 300
BENEATH = 480
"""What the list of disagreements, and the words, need of the height."""


class AgreementView(QWidget):
    """The table above, the list beneath; what is compared at the right."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._app, self._tr, self._tokens = page, page.app, page.tr_, page.tokens
        self._comparison: Comparison | None = None
        self.rows = Rows[Row]([], str)
        self.table = Table(self.rows, self._tokens, self._tr("Agreement by code"))
        self._coders: tuple[Coder, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=0)  # many changes at once are read once
        self._soon.timeout.connect(self.refresh)
        self.side = AgreementSide(self._tr, self._tokens)
        self.differing = DisagreementList(self._tr, self._tokens)
        self._build()
        self._listen()

    def refresh(self) -> None:
        """Read everything anew."""
        app = self._app
        standing, blind = app.agreeing.coders(), app.agreeing.is_blind()
        self.side.show_coders([] if blind else standing)
        self.side.show_you(app.author, app.agreeing.progress(), blind=blind)
        if blind:
            self._say(self._blind)
        elif sum(1 for one in standing if one.codings) < 2:
            self._say(self._alone)
        else:
            self._compare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is least needed where room is short."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the table its rows, and columns that can be read."""
        narrow = self.width() < NARROW
        self.side.setFixedWidth(SIDE_NARROW if narrow else SIDE_WIDTH)
        for column in range(3, 5 + len(self._coders)):
            self.table.setColumnHidden(column, narrow)
        self.differing.leave_out(narrow=narrow)
        room = max(3, min(8, (self.height() - BENEATH) // ROW_HEIGHT))
        rows = min(room, len(self.rows.rows))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT + 4)

    def _compare(self) -> None:
        options = self.side.options(self._app.agreeing.coders())
        if len(options.coders) < 2:
            self._say(self._too_few)
            return
        try:
            found = self._app.agreeing.measure(options)
            differing = self._app.agreeing.disagreements(options)
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)
            return
        if not found.recordings:
            self._say(self._not_done)
            return
        self._comparison = found
        self._show_table(found)
        self.differing.put(differing)
        self._stack.setCurrentWidget(self._content)

    def _show_table(self, found: Comparison) -> None:
        if self._coders != found.coders:
            self._coders = found.coders
            self.rows = Rows[Row](self._columns(found), lambda row: row.code.key if row.code else "")
            table = Table(self.rows, self._tokens, self._tr("Agreement by code"))
            self._upper.replaceWidget(self.table, table)
            self.table.hide()
            self.table.deleteLater()
            self.table = table
        self.rows.put([*found.rows, found.overall])
        self._fit()
        self._told.setText(self._summary(found))

    def _summary(self, found: Comparison) -> str:
        tr = self._tr
        said = tr.many("{n} recording that two are done with.", "{n} recordings that two are done with.",
                       len(found.recordings))
        if found.waiting:
            said += " " + tr.many("{n} more is coded and waits.", "{n} more are coded and wait.", found.waiting)
        return said

    def _columns(self, found: Comparison) -> list[Column[Row]]:
        tr = self._tr
        return [
            Column(tr("Code"), self._name,
                   lambda row: row.code.label(tr.language).casefold() if row.code else "\uffff"),
            Column("α", lambda row: agreement_table.chance(row.measure.alpha, row.measure, tr),
                   lambda row: _order(row.measure.alpha), width=88),
            Column("κ", lambda row: agreement_table.chance(row.measure.kappa, row.measure, tr),
                   lambda row: _order(row.measure.kappa), width=88),
            Column("F1", lambda row: agreement_table.figure(row.measure.f1, tr),
                   lambda row: _order(row.measure.f1), width=62),
            Column(tr("Same"), lambda row: agreement_table.share(row.measure.percent),
                   lambda row: _order(row.measure.percent), width=66),
            *(self._given(number, who) for number, who in enumerate(found.coders)),
            Column(tr("What α allows"), lambda row: agreement_table.verdict(row.measure, tr), width=208,
                   badge=lambda row: (agreement_table.verdict(row.measure, tr), _tone(row), "")),
        ]

    def _name(self, row: Row) -> str:
        if row.code is None:
            return self._tr("All codes together")
        language = self._tr.language
        return row.code.short(language) if self.width() < NARROW else row.code.label(language)

    def _given(self, number: int, who: Coder) -> Column[Row]:
        return Column(agreement_table.coder_name(who, self._tr), lambda row: agreement_table.amount(
            row.measure.given[number], Unit(self.side.unit.key)), lambda row: row.measure.given[number], width=72)

    # ---- what people do ----------------------------------------------------------------------------------------

    def _settle(self, one: Differing, keep: Span | bool) -> None:
        try:
            self._page.history.make(self._app.agreeing.adjudicate(one.disagreement, keep))
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)

    def _make(self, edit: Edit) -> None:
        self._page.history.make(edit)

    def _set_blind(self, *, blind: bool) -> None:
        try:
            (self._app.agreeing.begin_blind if blind else self._app.agreeing.end_blind)()
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)

    def _copy(self) -> None:
        if self._comparison:
            rows = agreement_table.table(self._comparison, self._tr, self._app.codebook_carrying.that_stay())
            QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
            self._page.toast.say(self._tr("The table was copied."), "good")

    def _save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, self._tr("Save the table"), "agreement.csv", "CSV (*.csv)")
        if name and self._comparison:
            agreement_table.write(self._comparison, self._tr, Path(name),
                                  self._app.codebook_carrying.that_stay())
            self._page.toast.say(self._tr("The table was saved."), "good")

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, _READS) and self.isVisible():
            self._soon.start()

    # ---- how it is built ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._told = cut("", "note")
        self._content = QWidget()
        self._content.setObjectName("plain")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, SPACE_6)
        column.setSpacing(SPACE_3)
        column.addLayout(self._upper_part())
        column.addWidget(self.differing, 1)
        self._build_messages()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self._stack, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, SPACE_6)
        beside.addWidget(self.side)
        row.addLayout(beside)

    def _upper_part(self) -> QVBoxLayout:
        tr = self._tr
        self._upper = QVBoxLayout()
        self._upper.setSpacing(SPACE_2)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(section(tr("How far they agree")))
        head.addWidget(self._told, 1)
        head.addWidget(quiet_button(tr("Copy"), self._copy))
        head.addWidget(quiet_button(tr("Save as CSV…"), self._save))
        self._upper.addLayout(head)
        self._upper.addWidget(self.table)
        self._upper.addWidget(note(tr(
            "α and κ: 1 is full agreement, 0 what chance alone would give. Krippendorff: rely on α from 0.800 on; from "
            "0.667 on for tentative conclusions. F1: of what either gave, how much both gave. Stakeholders are left "
            "out: they come with the speaker.")))
        return self._upper

    def _build_messages(self) -> None:
        tr = self._tr
        self._alone = Empty(tr("Agreement takes two"), tr(
            "One person has coded so far. A second one writes their own name in the settings and codes the same "
            "stories, here or on another computer: their codes come in as a project (QDPX). Each then says here what "
            "they are done with."))
        self._blind = Empty(tr("You code blind"), tr(
            "You see your own quotes and codes alone, and coverage counts them alone. How far you agree with others is "
            "shown once you see all codes again. Stay away from searches by code and from exports until then: they "
            "know everybody's codes."), tr("See all codes again"), lambda: self._set_blind(blind=False))
        self._not_done = Empty(tr("Nobody knows yet who is done"), tr(
            "Only stories are compared that at least two coders are done with. Tick yours at the right; the others do "
            "the same under their own name."))
        self._too_few = Empty(tr("Agreement takes two"), tr("Tick at least two coders at the right."))
        self._stack = QStackedWidget()
        for one in (self._content, self._alone, self._blind, self._not_done, self._too_few):
            self._stack.addWidget(one)

    def _say(self, message: Empty) -> None:
        self._comparison = None
        self._stack.setCurrentWidget(message)

    def _listen(self) -> None:
        self.side.changed.connect(self._compare)
        self.side.blind_wanted.connect(lambda on: self._set_blind(blind=on))
        self.side.done_wanted.connect(lambda recording_id, on: self._make(
            self._app.agreeing.finish(recording_id, finished=on)))
        self.differing.play_asked.connect(lambda one: self._page.play_requested.emit(
            one.story_code, one.disagreement.span.start_ms))
        self.differing.settle_asked.connect(self._settle)
        self._page.bridge.happened.connect(self._on_happened)


def _order(value: float | None) -> float:
    return -2.0 if value is None else value


def _tone(row: Row) -> Tone:
    alpha = row.measure.alpha
    if alpha is None:
        return "plain"
    return "good" if alpha >= RELIABLE else "warn" if alpha >= TENTATIVE else "stop"
