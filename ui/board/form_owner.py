"""Who answers for the library: what receipts and letters say of the organisation, to be read and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from storybank.errors import StorybankError
from storybank.words import Words
from ui.parts.buttons import main_button
from ui.parts.card import Card
from ui.parts.fields import line_field
from ui.parts.page import labelled
from ui.parts.said import N_
from ui.parts.text import label, note
from ui.theme import SPACE_3

if TYPE_CHECKING:
    from ui.wiring import App

DETAILS = {
    "name": (N_("Name"), N_("As it stands on forms, receipts and letters.")),
    "privacy_officer": (N_("Privacy officer"), N_("Name and title of the person who answers for personal data.")),
    "address": (N_("Address"), ""), "email": (N_("E-mail"), ""), "phone": (N_("Phone"), ""),
    "storage": (N_("Where the recordings are kept"), N_("In words that a person understands, with the place.")),
    "retention": (N_("How long they are kept"), N_("Such as “seven years after the last use”.")),
}


class OwnerCard(Card):
    """The organisation in a few fields."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, app: App, tr: Words) -> None:
        super().__init__()
        self._app = app
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(label(tr("Who answers for this library"), "name"))
        self.body.addWidget(note(tr("People find this on their receipts and in letters. The text of a form is written "
                                    "by hand: there it is a new version that says it.")))
        self.fields: dict[str, QLineEdit] = {}
        for key, (words, hint) in DETAILS.items():
            field = line_field(tr(words))
            field.returnPressed.connect(self.save)
            self.fields[key] = field
            self.body.addWidget(labelled(field.accessibleName(), field, tr(hint)))
        self.save_button = main_button(tr("Save who answers"), self.save)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._kept: dict[str, str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show what is on file now; what somebody is writing stays."""
        organization = self._app.forms.organization()
        for key, field in self.fields.items():
            kept = getattr(organization, key)
            if field.text() == self._kept.get(key, ""):
                field.setText(kept)
            self._kept[key] = kept

    def save(self) -> None:
        """Keep what is written."""
        try:
            kept = self._app.forms.describe(**{key: field.text() for key, field in self.fields.items()})
        except StorybankError as error:
            self.failed.emit(error)
            return
        for key, field in self.fields.items():
            self._kept[key] = getattr(kept, key)
            field.setText(self._kept[key])
        self.saved.emit(kept)
