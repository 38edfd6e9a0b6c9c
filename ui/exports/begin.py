"""Begin: choosing what to make, each kind with what it is for, and its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.brief_forms import FORMS
from storybank.domain.draft import DraftKind, Form
from storybank.words import Words
from ui.exports.said import ABOUT, KINDS
from ui.parts.buttons import main_button, quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice, line_field
from ui.parts.flow import CardGrid
from ui.parts.page import labelled
from ui.parts.said import N_
from ui.parts.text import label, note, section
from ui.theme import SPACE_2, SPACE_3, SPACE_4, Tokens

_SORTS = {DraftKind.BRIEF: N_("Brief"), DraftKind.KIT: N_("Kit"), DraftKind.SITE: N_("Site")}


class BeginPanel(QWidget):
    """Seven things one may begin; arrows walk among them, Enter in the title begins the chosen one."""

    agreed = Signal(object, object, str, str)
    """Kind, form, title and language."""
    closed = Signal()

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self.chosen: tuple[DraftKind, Form] = (DraftKind.BRIEF, Form.ONE_PAGER)
        self.cards: dict[tuple[DraftKind, Form], Card] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(section(tr("What do you want to make?")))
        column.addWidget(self._build_cards())
        column.addLayout(self._build_line(tokens))
        column.addStretch(1)
        self.choose(*self.chosen)

    def choose(self, kind: DraftKind, form: Form = Form.ONE_THREE) -> None:
        """Choose what to begin."""
        self.chosen = (kind, form if kind is DraftKind.BRIEF else Form.ONE_THREE)
        for key, card in self.cards.items():
            card.set_chosen(key == self.chosen)
            card.setAccessibleDescription(self._tr("chosen") if key == self.chosen else "")

    def begin(self) -> None:
        """Put the keys on what is chosen."""
        self.title.clear()
        self.cards[self.chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Begin it."""
        kind, form = self.chosen
        self.agreed.emit(kind, form, self.title.text().strip(), self.language.key)

    def _build_cards(self) -> QWidget:
        tr, holder = self._tr, QWidget()
        holder.setObjectName("plain")
        grid = CardGrid(holder, least=236)
        kinds = [((DraftKind.BRIEF, form), tr.sentence(rules.name), tr.sentence(rules.about))
                 for form, rules in FORMS.items()]
        kinds += [((kind, Form.ONE_THREE), tr(KINDS[kind]), tr(about)) for kind, about in ABOUT.items()]
        for key, name, about in kinds:
            card = Card(pressable=True)
            card.body.setSpacing(2)
            card.body.addWidget(note(tr(_SORTS[key[0]])))
            card.body.addWidget(label(name, "name", wrap=True))
            card.body.addWidget(label(about, "soft", wrap=True))
            card.body.addStretch(1)
            card.setAccessibleName(f"{name}. {about}")
            card.pressed.connect(lambda key=key: self._press(*key))
            self.cards[key] = card
            grid.addWidget(card)
        return holder

    def _press(self, kind: DraftKind, form: Form) -> None:
        self.choose(kind, form)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_line(self, tokens: Tokens) -> QHBoxLayout:
        tr = self._tr
        self.title = line_field(tr("Title"), hint=tr("It can be changed later"))
        self.title.setMaximumWidth(520)
        self.title.returnPressed.connect(self.go_on)
        self.language = Choice(tokens, tr("Language"), [("en", "English"), ("fr", "Français")], tr.language)
        self.go_button = main_button(tr("Begin"), self.go_on)
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(labelled(tr("Title"), self.title), 100)
        row.addWidget(labelled(tr("Language"), self.language))
        for button in (self.go_button, quiet_button(tr("Not now"), self.closed.emit)):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.setSpacing(SPACE_2)
        return row
