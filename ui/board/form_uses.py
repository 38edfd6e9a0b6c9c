"""The uses that people are asked about: a list with its English and French names, and a way to add or rename one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from storybank.domain import names
from storybank.domain.use import TermKind, Use
from storybank.errors import StorybankError
from storybank.words import Words
from ui.board.form_reading import capital
from ui.parts.buttons import link_button, main_button, quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice, line_field
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.parts.rows import clear
from ui.parts.said import N_
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

KINDS = {
    TermKind.PURPOSE: N_("What for?"), TermKind.CHANNEL: N_("Where does it appear?"),
    TermKind.AUDIENCE: N_("Who sees it?"), TermKind.TERRITORY: N_("In which territory?"),
}


class UsesCard(Card):
    """Every use by its names; what a use means stays as it is, so that nobody's yes comes to mean something else."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._app, self._tr, self._tokens = app, tr, tokens
        self.form: UseForm | None = None
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(label(tr("Uses people are asked about"), "name"))
        self.body.addWidget(note(tr("Each stands on the form as a question of its own. Whoever was not asked about a "
                                    "use has not agreed to it.")))
        self.add_button = quiet_button(tr("Add a use…"), partial(self.edit, None))
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_2)
        self.body.addLayout(self._rows)
        self.buttons: dict[str, QPushButton] = {}
        self.refresh()

    def refresh(self) -> None:
        """List the uses anew."""
        clear(self._rows)
        terms = {(term.kind, term.key): term.label(self._tr.language) for term in self._app.forms.terms()}
        for use in self._app.consenting.uses():
            made_of = [terms.get((kind, getattr(use, kind.value)), getattr(use, kind.value)) for kind in TermKind]
            self._rows.addWidget(hairline())
            self._rows.addWidget(self._row(use, " · ".join(made_of)))

    def edit(self, use: Use | None) -> None:
        """Ask for the names of a use, and of a new one also for what it is."""
        self._close()
        self.form = UseForm(self._app, self._tr, self._tokens, use)
        self.form.saved.connect(self._on_saved)
        self.form.failed.connect(self.failed)
        self.form.cancelled.connect(self._close)
        self._place.addWidget(self.form)
        self.add_button.hide()
        self.form.english.setFocus()

    def _row(self, use: Use, made_of: str) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(f"{capital(use.label_en)} · {capital(use.label_fr)}", "strong", wrap=True))
        words.addWidget(note(made_of))
        row.addLayout(words, 1)
        button = link_button(self._tr("Rename…"), partial(self.edit, use))
        button.setAccessibleName(f"{self._tr('Rename…')} {use.label(self._tr.language)}")
        self.buttons[use.key] = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _on_saved(self, use: Use) -> None:
        self._close()
        self.refresh()
        self.saved.emit(use)

    def _close(self) -> None:
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.add_button.show()
            self.add_button.setFocus()


class UseForm(QWidget):
    """The names of a use; of a new one also its purpose, channel, audience and territory."""

    saved = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, use: Use | None) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._use = app, use
        self.english = line_field(tr("Name in English"), use.label_en if use else "", "podcast")
        self.french = line_field(tr("Name in French"), use.label_fr if use else "", "balado")
        self.made_of: dict[TermKind, Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(_side_by_side(self.english, self.french))
        if use is None:
            for kind, words in KINDS.items():
                listed = [(term.key, term.label(tr.language)) for term in app.forms.terms(kind)]
                self.made_of[kind] = Choice(tokens, tr(words), listed)
            self.made_of[TermKind.AUDIENCE].choose("public")
            self.made_of[TermKind.TERRITORY].choose("CA")
            fields = list(self.made_of.values())
            column.addLayout(_side_by_side(*fields[:2]))
            column.addLayout(_side_by_side(*fields[2:]))
            column.addWidget(note(tr("Forms on file do not ask about it: make a new version of each that should.")))
        else:
            column.addWidget(note(tr("Only the names change. For something that people have not been asked about, add "
                                     "a use.")))
        ways = Flow(gap=SPACE_2)
        self.save_button = main_button(tr("Save this use"), self.save)
        ways.addWidget(self.save_button)
        ways.addWidget(quiet_button(tr("Cancel"), self.cancelled.emit))
        column.addLayout(ways)
        for field in (self.english, self.french):
            field.returnPressed.connect(self.save)

    def save(self) -> None:
        """Keep the use."""
        english, french = names.plain(self.english.text()), names.plain(self.french.text())
        try:
            if self._use:
                kept = self._app.forms.save_use(replace(self._use, label_en=english, label_fr=french))
            else:
                kept = self._app.forms.save_use(self._new(english, french))
        except StorybankError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(kept)

    def _new(self, english: str, french: str) -> Use:
        taken = {use.key.replace("_", "-") for use in self._app.consenting.uses()}
        key = names.free_slug(english, taken).replace("-", "_")
        chosen = {kind.value: field.key for kind, field in self.made_of.items()}
        return Use(key, label_en=english, label_fr=french, **chosen)


def _side_by_side(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_3)
    for field in fields:
        row.addWidget(labelled(field.accessibleName(), field), 1)
    return row
