"""Glossary card: the names and terms that must be written right, with the ways in which engines have written them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.events import Event, GlossaryChanged
from storybank.domain.glossary import GlossaryEntry
from storybank.errors import StorybankError
from storybank.words import Words
from ui.ask import explain
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice, line_field
from ui.parts.page import labelled
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.parts.toast import Toast
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class GlossaryCard(Card):
    """The terms, each with a way to change it or take it out, and a row to add another."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self._app, self._tr, self._toast = app, tr, toast
        self._changing = ""
        self.body.addWidget(section(tr("Glossary")))
        self.body.addWidget(note(tr("Names and terms as they must be written. The engine is told them before it"
                                    " listens; afterwards the transcript is searched for what it wrote instead.")))
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self.body.addLayout(self._list)
        self.term = line_field(tr("Term"), hint=tr("As it must be written"))
        self.heard_as = line_field(tr("Other spellings"), hint=tr("Between commas"))
        self.language = Choice(tokens, tr("Language"), [("", tr("Any")), ("en", "English"), ("fr", "Français")])
        self.add = quiet_button(tr("Add"), self._add)
        self._build_row()
        bridge.happened.connect(self._on_happened)
        self.refresh()

    def refresh(self) -> None:
        """List the terms anew."""
        clear(self._list)
        for entry in self._app.glossing.all():
            self._list.addWidget(self._row(entry))

    def bring_in(self, file: Path) -> None:
        """Add the terms of a file, and say how many there were."""
        def bring() -> None:
            added = self._app.glossing.bring_in(file)
            self._toast.say(self._tr.many("{n} term is in the glossary now.", "{n} terms are in the glossary now.",
                                          len(added)), "good")

        self._try(bring)

    def _add(self) -> None:
        """Write the term that stands in the fields: a new one, or the one that is being changed."""
        term, language = self.term.text(), self.language.key
        heard_as = [one for one in self.heard_as.text().split(",") if one.strip()]

        def write() -> None:
            if self._changing:
                self._app.glossing.change(self._changing, term, heard_as, language)
            else:
                self._app.glossing.add(term, heard_as, language)
            self._begin(None)

        self._try(write)

    def _begin(self, entry: GlossaryEntry | None) -> None:
        """Put a term into the fields to be changed, or empty them."""
        self._changing = entry.id if entry else ""
        self.term.setText(entry.term if entry else "")
        self.heard_as.setText(", ".join(entry.heard_as) if entry else "")
        self.language.choose(entry.language if entry else "")
        told = self._tr("Keep") if entry else self._tr("Add")
        self.add.setText(told)
        self.add.setAccessibleName(told)
        self.term.setFocus()

    def _remove(self, entry: GlossaryEntry) -> None:
        self._try(lambda: self._app.glossing.remove(entry.id))

    def _try(self, does: Callable[[], object]) -> None:
        try:
            does()
        except StorybankError as error:
            explain(self._toast, self._tr, error)

    def _row(self, entry: GlossaryEntry) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(entry.term, "strong"))
        if told := self._told(entry):
            words.addWidget(note(told))
        row.addLayout(words, 1)
        for text, does in ((self._tr("Change"), self._begin), (self._tr("Remove"), self._remove)):
            button = link_button(text, partial(does, entry))
            button.setAccessibleName(f"{text} {entry.term}")
            row.addWidget(button)
        return holder

    def _told(self, entry: GlossaryEntry) -> str:
        spoken = {"en": "English", "fr": "Français"}.get(entry.language, entry.language)
        heard = self._tr("also heard as {spellings}", spellings=", ".join(entry.heard_as)) if entry.heard_as else ""
        return " · ".join(part for part in (spoken, heard) if part)

    def _build_row(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_2)
        for field in (self.term, self.heard_as):
            fields.addWidget(labelled(field.accessibleName(), field), 2)
            field.returnPressed.connect(self._add)
        fields.addWidget(labelled(self.language.accessibleName(), self.language), 1)
        self.body.addLayout(fields)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.add)
        row.addWidget(quiet_button(self._tr("Import a list…"), self._ask_file))
        row.addStretch(1)
        self.body.addLayout(row)

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._tr("Import a list…"), "", "*.csv *.txt *.tsv")
        if name:
            self.bring_in(Path(name))

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, GlossaryChanged):
            self.refresh()
