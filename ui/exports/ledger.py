"""Ledger: everything that ever left the house, and for the chosen line what was inside and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.attribution import Attribution
from storybank.domain.export import Export, ExportedItem, ExportStatus
from storybank.domain.lists import ExportLine
from storybank.words import Words
from ui.consent.said import attribution_said, labels
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Badge, Tone
from ui.parts.empty import Empty
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.said import N_, day, moment
from ui.parts.table import Column, Rows, Table
from ui.parts.text import label, note, section
from ui.search.asking import Asking
from ui.theme import SIDE_WIDTH, SPACE_2, SPACE_4, SPACE_6, Tokens
from ui.withdrawal.said import KINDS

if TYPE_CHECKING:
    from ui.wiring import App

STATUSES: dict[ExportStatus, tuple[str, Tone, str]] = {
    ExportStatus.ACTIVE: (N_("In use"), "good", N_("Consent covers it.")),
    ExportStatus.LAPSED: (N_("Lapsed"), "warn", N_("Its last day of use is over: replace it, or ask to renew.")),
    ExportStatus.RECALL_OPEN: (N_("Call it back"), "stop", N_("Somebody in it withdrew: it is being called back.")),
    ExportStatus.RECALLED: (N_("Called back"), "plain", N_("It is no longer in use anywhere.")),
    ExportStatus.CANNOT_RECALL: (
        N_("Cannot be recalled"), "stop",
        N_("It is out for good: printed, broadcast or tabled. Nothing new may be made of it.")),
}
"""What became of an export: its word, its sign, and what that means."""
NARROW = 900


class LedgerView(QWidget):
    """The list at the left, the chosen export at the right. What leaves the house is loaded beside the window."""

    counted = Signal()
    """It was read, so that its number is known."""

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens, self._uses = app, tr, tokens, app.browsing.uses()
        self._asking = Asking(app, self)
        self._exports: dict[str, Export] = {}
        self.rows = Rows[ExportLine](self._columns(), lambda line: line.id)
        self.table = Table(self.rows, tokens, tr("What has left the house"))
        self._build()
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self._asking.beside("ledger", self._read, self._take)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, leave what stands in the panel beside it out of the list."""
        super().resizeEvent(event)
        for column in (1, 2, 5):
            self.table.setColumnHidden(column, self.width() < NARROW)

    def refresh(self) -> None:
        """Read the ledger anew."""
        self._asking.forget()
        self._take(self._read())

    def _read(self) -> tuple[Sequence[Export], Sequence[ExportLine]]:
        return self._app.exporting.exports(), self._app.exporting.ledger()

    def _take(self, read: tuple[Sequence[Export], Sequence[ExportLine]]) -> None:
        exports, lines = read
        self._exports = {export.id: export for export in exports}
        self.rows.put(list(lines))
        self._show_chosen()
        self._stack.setCurrentIndex(0 if self.rows.rows else 1)
        self.counted.emit()
        if self.rows.rows and not self.table.chosen():
            self.table.selectRow(0)

    def status(self, export_id: str) -> tuple[str, Tone, str]:
        """Return what became of an export, in a word with its sign and its meaning."""
        word, tone, meaning = STATUSES[self._exports[export_id].status(self._app.consenting.today())]
        return self._tr(word), tone, self._tr(meaning)

    def _columns(self) -> list[Column[ExportLine]]:
        tr = self._tr
        return [
            Column(tr("Date"), lambda line: day(line.made_at, tr.language), lambda line: line.made_at, width=152),
            Column(tr("Code"), lambda line: line.code, width=74),
            Column(tr("Kind"), lambda line: tr(KINDS[line.kind]), width=152),
            Column(tr("Title"), lambda line: line.title),
            Column(tr("Status"), lambda line: self.status(line.id)[0], badge=lambda line: self.status(line.id),
                   width=160),
            Column(tr("Quotes"), lambda line: str(line.items), lambda line: line.items, width=82),
        ]

    def _build(self) -> None:
        tr = self._tr
        self._stack = QStackedWidget()
        page = QWidget()
        page.setObjectName("plain")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, SPACE_6)
        row.setSpacing(SPACE_4)
        row.addWidget(self.table, 1)
        card = Card()
        card.setFixedWidth(SIDE_WIDTH)
        holder = QWidget()
        self._detail = QVBoxLayout(holder)
        self._detail.setContentsMargins(0, 0, SPACE_2, 0)
        self._detail.setSpacing(SPACE_2)
        card.body.addWidget(scrolled(holder))
        row.addWidget(card)
        self._stack.addWidget(page)
        self._stack.addWidget(Empty(tr("Nothing has left the house yet"), tr(
            "Every brief, kit and clip is written down here: what was inside, for which use, and where it went.")))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    @Slot()
    def _show_chosen(self) -> None:
        clear(self._detail)
        for line in self.table.chosen()[:1]:
            for part in self._parts(self._exports[line.id]):
                self._detail.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._detail.addStretch(1)

    def _parts(self, export: Export) -> list[QWidget]:
        tr, place = self._tr, Path(export.place)
        word, tone, meaning = self.status(export.id)
        ends = tr("To be used until {day}.", day=day(export.use_until, tr.language)) if export.use_until else ""
        folder = place if place.is_dir() else place.parent
        return [
            label(export.title, "section", wrap=True),
            note(f"{tr(KINDS[export.kind])} · {export.code} · {moment(export.made_at, tr.language)}"),
            Badge(self._tokens, word, tone, meaning),
            label(meaning, wrap=True),
            *([label(tr("Given to {recipient}", recipient=export.recipient), wrap=True)] if export.recipient else []),
            *([label(tr("For {audience}", audience=export.audience), wrap=True)] if export.audience else []),
            label(tr("To be used for {uses}", uses=labels(export.uses, self._uses, tr.language)), wrap=True),
            *([label(ends, wrap=True)] if ends else []),
            note(export.place.replace("/", "/\u200b").replace("\\", "\\\u200b")),
            quiet_button(tr("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))),
            section(tr("Inside: {n}", n=len(export.items))),
            *[label(self._item(item), wrap=True) for item in export.items],
            *([section(tr("Left out: {n}", n=len(export.left_out)))] if export.left_out else []),
            *[label(f"{code} · {' '.join(map(tr.sentence, reasons))}", "soft", wrap=True)
              for code, reasons in export.left_out],
        ]

    def _item(self, item: ExportedItem) -> str:
        """Return a quote as it left: how it was named, under which consent, on which condition."""
        naming = attribution_said(Attribution(item.attribution), self._tr)
        said = f"{item.quote_code} · {naming} · {', '.join(item.consents)}"
        if not item.conditions:
            return said
        return said + "\n" + self._tr("On the condition: {condition}", condition="; ".join(item.conditions))
