"""Drafts: every brief, kit and site that is being written, how it stands, and what one does with it as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.draft import Draft, DraftKind, Form
from storybank.errors import StorybankError
from storybank.words import Words
from ui.ask import explain
from ui.exports.begin import BeginPanel
from ui.exports.said import kind_said, title_said
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import Badge, Tone
from ui.parts.empty import Empty
from ui.parts.flow import CardGrid
from ui.parts.page import scrolled
from ui.parts.said import moment
from ui.parts.text import label, note
from ui.parts.toast import Toast
from ui.parts.undo import History
from ui.search.asking import Asking
from ui.theme import SPACE_1, SPACE_2, SPACE_4, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


@dataclass(frozen=True, slots=True)
class Refused:
    """How many of a draft's quotes the gate lets through."""

    allowed: int
    refused: int


class DraftCard(Card):
    """A draft. A press, or Enter, opens it."""

    opened = Signal()
    copied = Signal()
    removed = Signal()

    def __init__(self, tr: Words, tokens: Tokens, draft: Draft) -> None:
        super().__init__(pressable=True)
        self.draft, self._tr, self._tokens = draft, tr, tokens
        title = title_said(draft, tr.language, tr)
        self.body.setSpacing(SPACE_1)
        self.body.addWidget(note(f"{kind_said(draft, tr)} · {draft.code}"))
        self.body.addWidget(label(title, "name", wrap=True))
        audience = draft.audience.said(tr.language) or draft.audience.en or draft.audience.fr
        if audience:
            self.body.addWidget(label(tr("For {audience}", audience=audience), "soft", wrap=True))
        facts = [" + ".join(one.upper() for one in draft.languages),
                 tr.many("{n} quote", "{n} quotes", len(draft.codes))]
        self.body.addWidget(note(" · ".join(facts)))
        self.badge = Badge(tokens, tr("Asking…"), "plain")
        self.body.addWidget(self.badge)
        self.body.addStretch(1)
        self.body.addWidget(note(tr("Saved {when} by {who}", when=moment(draft.saved_at, tr.language),
                                    who=draft.saved_by)))
        row = QHBoxLayout()
        row.setSpacing(0)
        self.copy_button = link_button(tr("Copy"), self.copied.emit)
        self.remove_button = link_button(tr("Remove"), self.removed.emit)
        for button in (self.copy_button, self.remove_button):
            button.setAccessibleName(f"{button.text()}: {title}")
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setAccessibleName(f"{kind_said(draft, tr)}: {title}")
        self.pressed.connect(self.opened)

    def show_refused(self, found: Refused | None) -> None:
        """Say how the draft stands with the gate."""
        tr = self._tr
        word: tuple[str, Tone, str]
        if found is None:
            word = (tr("Asking…"), "plain", "")
        elif not self.draft.codes:
            word = (tr("No quotes yet"), "plain", tr("Open it and add some."))
        elif found.refused:
            word = (tr.many("{n} quote stays behind", "{n} quotes stay behind", found.refused), "stop",
                    tr("The gate refuses it: open the draft to see why."))
        else:
            word = (tr("All may be used"), "good", tr("The gate lets every quote through today."))
        self.badge.say(*word)
        self.setAccessibleDescription(word[0])


class DraftsView(QWidget):
    """Cards, the latest saved first; over them the panel in which one is begun."""

    opened = Signal(str)
    begun = Signal()
    """One asked what to begin, or asks no more."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, history: History, toast: Toast) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens, self._history, self._toast = app, tr, tokens, history, toast
        self.asking = Asking(app, self)
        self.cards: dict[str, DraftCard] = {}
        self._known: Mapping[str, Refused] = {}
        self.begin_panel = BeginPanel(tr, tokens)
        self.begin_panel.agreed.connect(self.begin_draft)
        self.begin_panel.closed.connect(self.show_list)
        self._build()

    @property
    def drafts(self) -> list[Draft]:
        """Return the drafts that are shown."""
        return [card.draft for card in self.cards.values()]

    @property
    def is_asking_what(self) -> bool:
        """Tell whether the panel is open in which a draft is begun."""
        return self._stack.currentWidget() is self._begin

    def show_list(self) -> None:
        """Show the drafts, in place of what one may begin."""
        self._stack.setCurrentWidget(self._list)
        self.refresh()
        self.begun.emit()

    def refresh(self) -> None:
        """Read the drafts anew, and ask the gate about each beside the window."""
        drafts = self._app.building.all()
        self.cards = {}
        cards = [self._card(draft) for draft in drafts]
        self._grid.show_only(cards)
        if not self.is_asking_what:
            self._stack.setCurrentWidget(self._list if drafts else self._empty)
        self.asking.beside("answers", lambda: self._ask(drafts), self._show_answers)

    def ask_what(self) -> None:
        """Show what one may begin."""
        self._stack.setCurrentWidget(self._begin)
        self.begin_panel.begin()
        self.begun.emit()

    def begin_draft(self, kind: DraftKind, form: Form, title: str, language: str) -> None:
        """Begin a draft and open it."""
        try:
            draft = self._app.building.begin(kind, title, language, form)
        except StorybankError as error:
            explain(self._toast, self._tr, error)
            self.begin_panel.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._toast.hide()
        self.opened.emit(draft.code)

    def copy(self, draft: Draft) -> None:
        """Begin another that says the same."""
        self._history.make(self._app.building.copy(draft.code))
        self._toast.say(self._tr("{code} is copied.", code=draft.code), "good",
                        actions=[(self._tr("Undo"), self._undo_from_toast)])

    def remove(self, draft: Draft) -> None:
        """Take a draft off the list."""
        self._history.make(self._app.building.remove(draft.code))
        self._toast.say(self._tr("{code} is removed. What left the house stays in the ledger.", code=draft.code),
                        actions=[(self._tr("Undo"), self._undo_from_toast)])

    def _undo_from_toast(self) -> None:
        self._history.undo()
        self._toast.hide()

    def _ask(self, drafts: Sequence[Draft]) -> dict[str, Refused]:
        found = {}
        for draft in drafts:
            answers = self._app.answering.answers(draft)
            allowed = sum(one.allowed for one in answers)
            found[draft.id] = Refused(allowed, len(answers) - allowed)
        return found

    def _show_answers(self, found: Mapping[str, Refused]) -> None:
        self._known = found
        for draft_id, card in self.cards.items():
            card.show_refused(found.get(draft_id))

    def _card(self, draft: Draft) -> DraftCard:
        card = DraftCard(self._tr, self._tokens, draft)
        card.show_refused(self._known.get(draft.id))
        card.opened.connect(lambda: self.opened.emit(draft.code))
        card.copied.connect(lambda: self.copy(draft))
        card.removed.connect(lambda: self.remove(draft))
        self.cards[draft.id] = card
        return card

    def _build(self) -> None:
        tr = self._tr
        holder = QWidget()
        self._grid = CardGrid(holder, least=280)
        page = QWidget()
        page.setObjectName("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        inner = QWidget()
        below = QVBoxLayout(inner)
        below.setContentsMargins(0, 0, SPACE_4, SPACE_4)
        below.addWidget(holder)
        below.addStretch(1)
        holder.setObjectName("plain")
        column.addWidget(scrolled(inner))
        self._list, self._begin = page, scrolled(self.begin_panel)
        self._empty = Empty(tr("Nothing is being written yet"), tr(
            "A brief, a kit or the site is written here, with the gate's answer beside every quote."),
            tr("Begin one"), self.ask_what)
        self._stack = QStackedWidget()
        for part in (self._list, self._begin, self._empty):
            self._stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
