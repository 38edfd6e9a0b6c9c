"""Answers: each quote with what the gate said about it, as the list of the exports page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from storybank.domain.clearance import Permission, Verdict
from storybank.domain.quote import Quote
from storybank.services.exporting import Selection
from storybank.words import Words
from ui.consent.said import attribution_said, reasons_said, usable_said
from ui.parts.chips import Tone
from ui.parts.table import Column, Rows

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Answered:
    """A quote, who says it, and whether it may leave."""

    quote: Quote
    speaker: str
    allowed: bool
    said: str
    """The answer in a few words."""
    reason: str
    verdict: Verdict = Verdict.DENY


def answered(selection: Selection, people: Mapping[str, str], names: Mapping[str, str], tr: Words) -> list[Answered]:
    """Return the quotes in the order of their codes, each with the gate's answer.

    `people` names who is in each story that is shown; of one that was sealed or erased nothing is shown. `names` names
    each person.
    """
    warned = {code: tr.sentence(warning) for code, warning in selection.warnings}
    rows = [
        Answered(c.quote, c.speaker.name, True, _allowed_said(c.permission, tr),
                 f"{reasons_said(c.permission, tr)} {warned.get(c.quote.code, '')}".strip(), c.permission.verdict)
        for c in selection.cleared if c.story.id in people
    ]
    for left in selection.left_out:
        if left.story.id in people:
            reason = reasons_said(left.permission, tr)
            speaker = names.get(left.quote.speaker_id or "") or people[left.story.id] or left.story.title
            rows.append(Answered(left.quote, speaker, False, reason, reason, left.permission.verdict))
    return sorted(rows, key=lambda row: row.quote.code)


def _allowed_said(answer: Permission, tr: Words) -> str:
    """Return how the speaker is named, after the conditions that must be kept."""
    naming = tr("Named by: {naming}", naming=attribution_said(answer.attribution, tr).lower())
    if not answer.conditions:
        return naming
    return tr("If: {condition}", condition="; ".join(answer.conditions)) + f" · {naming}"


class QuoteRows(Rows[Answered]):
    """Quotes with a tick each; one that is refused cannot be ticked."""

    ticked_changed = Signal()

    def __init__(self, tr: Words) -> None:
        self._on: set[str] = set()
        self._tr = tr
        super().__init__([
            Column(tr("Quote"), lambda row: f"{row.quote.code}\n{row.speaker}", width=148),
            Column(tr("Words"), lambda row: f"“{row.quote.text}”"),
            Column(tr("May it leave?"), lambda row: row.said, lambda row: not row.allowed, self._badge, 176,
                   beneath=lambda row: row.said),
        ], lambda row: row.quote.id)

    @property
    def ticked(self) -> list[str]:
        """Return the codes of the quotes that are ticked."""
        return [row.quote.code for row in self.rows if row.allowed and row.quote.id in self._on]

    def forget_ticks(self) -> None:
        """Tick none."""
        self._on.clear()

    def set_ticked(self, quote_id: str, on: bool) -> None:
        """Tick a quote, or not."""
        (self._on.add if on else self._on.discard)(quote_id)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.column() == 0 and self.rows[index.row()].allowed:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            row = self.rows[index.row()]
            return Qt.CheckState.Checked if row.allowed and row.quote.id in self._on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.set_ticked(self.rows[index.row()].quote.id, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _badge(self, row: Answered) -> tuple[str, Tone, str]:
        word, tone = usable_said(row.verdict, self._tr)
        return word, tone, row.reason
