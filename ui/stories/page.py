"""Page of the stories: every reflection as a card or a row, with what may be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from storybank.domain.events import DraftChanged, Event, LooksChanged, TranscriptChanged, TranscriptGrew
from storybank.domain.lists import StoryLine
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued
from storybank.services.browsing import Card as StoryOf
from storybank.words import Words
from ui.consent.panel import ConsentPanel
from ui.parts.bridge import Bridge
from ui.parts.buttons import main_button, quiet_button, segment_button
from ui.parts.card import Card
from ui.parts.empty import Empty
from ui.parts.flow import CardGrid
from ui.parts.page import Page, scrolled, with_margin
from ui.parts.said import length
from ui.stories.card import StoryCard
from ui.stories.importing import Importing
from ui.stories.states import STATES, counted, to_transcribe
from ui.stories.table import story_rows, story_table
from ui.stories.transcribe import Transcribe
from ui.theme import SIDE_WIDTH, SPACE_1, SPACE_6, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

_NO_NEWS = (JobQueued, JobProgressed, JobEnded, TranscriptGrew, TranscriptChanged, DraftChanged, LooksChanged)
"""What happens often and changes no card while it does."""


class StoriesPage(Page):
    """Cards or a table, the same filters, and the consent of the chosen one at the side."""

    opened = Signal(str)
    models_asked = Signal()
    count_changed = Signal(int)

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(tr, tr("Stories"))
        self._app, self._tokens = app, tokens
        self._uses, self._today = app.browsing.uses(), app.consenting.today()
        self._view = "cards"
        self._switch: dict[str, QPushButton] = {}
        self.all: list[StoryOf] = []
        self.cards: dict[str, StoryCard] = {}
        self.transcribe = Transcribe(app, tr, bridge, self.toast, self)
        self.transcribe.models_asked.connect(self.models_asked)
        self.importing = Importing(app, tr, bridge, self, self.toast, self.transcribe_all, self.waiting)
        self.importing.ended.connect(self.refresh)
        self._build_actions()
        self._build_filters()
        self._build_body(bridge)
        self._listen(bridge)

    @property
    def shown(self) -> list[StoryOf]:
        """Return the cards that the chosen word keeps."""
        _word, belongs = STATES[self.filters.current or "all"]
        return [card for card in self.all if belongs(card)]

    def waiting(self) -> list[StoryLine]:
        """Return the stories that have no finished transcript, and none on its way."""
        missing = [card.line for card in self._app.browsing.cards() if to_transcribe(card)]
        return [line for line in missing if line.transcript != "running"]

    def transcribe_all(self) -> None:
        """Ask for every transcript that is missing."""
        self.transcribe.ask(self.waiting())

    @Slot()
    def refresh(self) -> None:
        """Fetch everything anew and show it."""
        before = self.all
        self.all = self._app.browsing.cards()
        self.filters.offer(counted(self.all, self.tr_))
        self.filters.setVisible(bool(self.all))
        self.count_changed.emit(len(self.all))
        self._say_subtitle()
        if before != self.all or not self.cards:
            self._fill()

    def show_consent(self, story_id: str) -> None:
        """Open the consent of a story at the side."""
        self.panel.show_story(story_id)
        self.side.show()
        for card in self.cards.values():
            card.set_chosen(card.story.line.id == story_id)

    def close_side(self) -> None:
        """Put the side panel away."""
        self.side.hide()
        for card in self.cards.values():
            card.set_chosen(False)

    def choose_view(self, name: str) -> None:
        """Show `cards` or `table`."""
        self._switch[name].setChecked(True)
        self._view = name
        self._show_view()

    def menu_of(self, card: StoryOf) -> QMenu:
        """Return what can be done about a story."""
        tr, line = self.tr_, card.line
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open"), lambda: self.opened.emit(line.id))
        menu.addAction(tr("Who may use this…"), lambda: self.show_consent(line.id))
        menu.addAction(tr("Record consent…"), lambda: self._record_consent(line.id))
        menu.addSeparator()
        if line.transcript == "done":
            menu.addAction(tr("Transcribe again"), lambda: self.transcribe.ask([line], again=True))
        else:
            words = tr("Go on transcribing") if line.transcript in ("interrupted", "cancelled") else tr("Transcribe")
            menu.addAction(words, lambda: self.transcribe.ask([line]))
        return menu

    def _record_consent(self, story_id: str) -> None:
        self.show_consent(story_id)
        self.panel.ask_consent()

    def _build_actions(self) -> None:
        self._all_button = quiet_button(self.tr_("Transcribe all"), self.transcribe_all)
        self._all_button.hide()
        more = quiet_button(self.tr_("Import from…"))
        more.setMenu(self.importing.menu())
        self.import_button = main_button(self.tr_("Import"), self.importing.ask_files)
        self.import_button.setToolTip("Ctrl+I")
        for button in (self._all_button, more, self.import_button):
            self.add_action(button)

    def _build_filters(self) -> None:
        holder = QFrame()
        holder.setObjectName("well")
        row = QHBoxLayout(holder)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(SPACE_1 // 2)
        self._switch = {
            "cards": segment_button(self.tr_("Cards"), lambda: self.choose_view("cards")),
            "table": segment_button(self.tr_("Table"), lambda: self.choose_view("table")),
        }
        group = QButtonGroup(self)
        for button in self._switch.values():
            group.addButton(button)
            row.addWidget(button)
        self._switch["cards"].setChecked(True)
        self.filters.add_at_right(holder)
        self.filters.chosen.connect(self._fill)

    def _build_body(self, bridge: Bridge) -> None:
        self._views = QStackedWidget()
        holder = QWidget()
        self._grid = CardGrid(least=250)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, SPACE_6)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._area = scrolled(holder)
        self._rows = story_rows(self.tr_, self._uses, self._today)
        self.table = story_table(self._rows, self._tokens, self.tr_)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = Empty(
            self.tr_("No stories yet"),
            self.tr_("Import the recordings: press the button, or drop files or a folder anywhere on this window."),
            self.tr_("Import"), self.importing.ask_files)
        self._none = Empty(self.tr_("Nothing here"), self.tr_("No story is in this state. That may be good news."))
        self._framed = with_margin(self.table)
        for view in (self._area, self._framed, self._empty, self._none):
            self._views.addWidget(view)
        self.body.addWidget(self._views, 1)
        self.panel = ConsentPanel(self._app, self.tr_, self._tokens, bridge)
        self.side = Card()
        self.side.setFixedWidth(SIDE_WIDTH)
        self.side.body.addWidget(self.panel)
        self.side.hide()
        self.panel.closed.connect(self.close_side)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, SPACE_6)
        beside.addWidget(self.side)
        self.body.addLayout(beside)

    def _listen(self, bridge: Bridge) -> None:
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        bridge.happened.connect(self._on_happened)
        self.table.activated.connect(self._open_row)
        self.table.customContextMenuRequested.connect(self._menu_of_row)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if not isinstance(event, _NO_NEWS):
            self._soon.start()

    @Slot(str)
    def _fill(self, _chosen: str = "") -> None:
        shown = self.shown
        if [made.story for made in self.cards.values()] != shown:
            self._make_cards(shown)
        self._rows.put(shown)
        self._show_view()

    def _make_cards(self, shown: list[StoryOf]) -> None:
        before = self.cards
        self.cards = {card.line.id: self._kept(before, card) or self._card(card) for card in shown}
        self._grid.show_only(list(self.cards.values()))
        if self.side.isVisible() and self.panel.story_id in self.cards:
            self.cards[self.panel.story_id].set_chosen(True)

    def _kept(self, before: Mapping[str, StoryCard], card: StoryOf) -> StoryCard | None:
        """Return the card that shows exactly this already."""
        made = before.get(card.line.id)
        return made if made and made.story == card else None

    def _card(self, card: StoryOf) -> StoryCard:
        made = StoryCard(self.tr_, self._tokens, card, self._uses, self._today)
        made.opened.connect(self.opened)
        made.consent_asked.connect(self.show_consent)
        made.menu_asked.connect(self._show_menu)
        return made

    def _show_view(self) -> None:
        if not self.all:
            view: QWidget = self._empty
        elif not self.shown:
            view = self._none
        else:
            view = self._area if self._view == "cards" else self._framed
        self._views.setCurrentWidget(view)

    def _say_subtitle(self) -> None:
        count = self.tr_.many("{n} reflection", "{n} reflections", len(self.all))
        whole = sum(card.line.duration_ms for card in self.all)
        self.set_subtitle(f"{count} · {length(whole)}" if self.all else "")
        waiting = any(to_transcribe(card) and card.line.transcript != "running" for card in self.all)
        self._all_button.setVisible(waiting)

    def _open_row(self, index: QModelIndex) -> None:
        if card := self.table.row_at(index):
            self.opened.emit(card.line.id)

    def _menu_of_row(self) -> None:
        for card in self.table.chosen()[:1]:
            self.menu_of(card).popup(QCursor.pos())

    @Slot(str)
    def _show_menu(self, story_id: str) -> None:
        for card in self.all:
            if card.line.id == story_id:
                self.menu_of(card).popup(QCursor.pos())
