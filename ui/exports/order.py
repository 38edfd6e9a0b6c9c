"""Order: what is asked about a brief or a kit: for which uses, for whom, with what ask, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain import names
from storybank.domain.commission import Brief, Kit
from storybank.domain.use import Use
from storybank.errors import Invalid
from storybank.words import Words, say
from ui.parts.buttons import segment_button
from ui.parts.fields import Choice, DayField, line_field, tick
from ui.parts.page import labelled
from ui.parts.text import label
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

Kind = Literal["brief", "kit"]


class OrderForm(QWidget):
    """The questions; `changed` when the answer changes what the gate is asked."""

    changed = Signal()
    kind_changed = Signal()

    def __init__(self, tr: Words, tokens: Tokens, uses: Sequence[Use]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens = tr, tokens
        self.kind: Kind = "brief"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_1, SPACE_3)
        self._column.setSpacing(SPACE_3)
        self._build_kind()
        self._build_uses(uses)
        self._build_words()
        self._column.addStretch(1)

    @property
    def chosen_uses(self) -> list[str]:
        """Return the keys of the uses that are ticked."""
        return [key for key, box in self.uses.items() if box.isChecked()]

    def last_day(self) -> date | None:
        """Return the last day it is meant to be used; raise `Invalid` when that is no day."""
        return self.until.day()

    def brief(self) -> Brief:
        """Return the brief as it was ordered; raise `Invalid` for what is missing."""
        ask = _lines(self.ask)
        if not ask:
            raise Invalid(say("A brief needs an ask."),
                          hint=say("Say who should do what, with which instrument, by when: one line each."))
        return Brief(self._title(), self.audience.text().strip(), ask[:3], _lines(self.messages),
                     language=self.language.key)

    def kit(self) -> Kit:
        """Return the kit as it was ordered; raise `Invalid` for what is missing."""
        title = self._title()
        return Kit(title, names.slug(title), languages=(self.language.key,))

    def choose_kind(self, kind: Kind) -> None:
        """Make a brief, or a kit."""
        self.kind = kind
        self._kinds[kind].setChecked(True)
        for part in self._for_brief:
            part.setVisible(kind == "brief")
        self.kind_changed.emit()

    def _title(self) -> str:
        title = self.title.text().strip()
        if not title:
            raise Invalid(say("It needs a title."), hint=say("The title is what the reader sees first."))
        return title

    def _build_kind(self) -> None:
        well = QFrame()
        well.setObjectName("well")
        row = QHBoxLayout(well)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._kinds = {
            "brief": segment_button(self._tr("Policy brief"), lambda: self.choose_kind("brief")),
            "kit": segment_button(self._tr("Campaign kit"), lambda: self.choose_kind("kit")),
        }
        group = QButtonGroup(self)
        for button in self._kinds.values():
            group.addButton(button)
            row.addWidget(button, 1)
        self._kinds["brief"].setChecked(True)
        self._column.addWidget(well)

    def _build_uses(self, uses: Sequence[Use]) -> None:
        self._column.addWidget(label(self._tr("What will it be used for?"), "strong"))
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        self.uses = {}
        for place, use in enumerate(uses):
            text = use.label(self._tr.language)
            box = tick(text[:1].upper() + text[1:])
            box.toggled.connect(self.changed)
            self.uses[use.key] = box
            grid.addWidget(box, place // 2, place % 2)
        self._column.addWidget(holder)
        self.until = DayField(self._tr, self._tr("In use until (last day; empty: open)"))
        self.until.editingFinished.connect(self._check_day)
        self._column.addWidget(labelled(self.until.accessibleName(), self.until))

    def _build_words(self) -> None:
        tr = self._tr
        self.title = line_field(tr("Title"))
        self.audience = line_field(tr("Who will read it?"), hint=tr("Ministry of Health, policy unit"))
        self.recipient = line_field(tr("Who will be given it?"), hint=tr("kept in case it must be called back"))
        self.ask, self.messages = _several(tr("What do we ask? One line each, at most three")), _several(
            tr("Main messages, one line each"))
        self.language = Choice(self._tokens, tr("Language"), [("en", "English"), ("fr", "Français")], tr.language)
        parts = {field: labelled(field.accessibleName(), field)
                 for field in (self.title, self.audience, self.recipient, self.ask, self.messages, self.language)}
        for part in parts.values():
            self._column.addWidget(part)
        self._for_brief = [parts[field] for field in (self.audience, self.ask, self.messages)]
        self._column.setSpacing(SPACE_2 + 2)

    def _check_day(self) -> None:
        if self.until.check():
            self.changed.emit()


def _several(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(74)
    return field


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in field.toPlainText().splitlines() if line.strip())
