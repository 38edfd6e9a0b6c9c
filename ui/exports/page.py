"""Page of exports: what is being written, the draft that is open, and everything that ever left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from storybank.domain.draft import Draft
from storybank.domain.events import DraftChanged, Event, ExportChanged, ExportMade
from storybank.errors import StorybankError
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued
from storybank.words import Words
from ui.ask import explain
from ui.exports.builder import Builder
from ui.exports.drafts import DraftsView
from ui.exports.ledger import LedgerView
from ui.exports.making import Making
from ui.exports.said import kind_said, title_said
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, main_button, quiet_button
from ui.parts.page import Page
from ui.parts.undo import History
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App

_NO_NEWS = (JobQueued, JobProgressed, JobEnded)


class ExportsPage(Page):
    """Drafts and the ledger; an open draft takes the place of the list."""

    check_asked = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, history: History) -> None:
        super().__init__(tr, tr("Exports"))
        self._app = app
        self.drafts = DraftsView(app, tr, tokens, history, self.toast)
        self.builder = Builder(app, tr, tokens, bridge, history, self.toast)
        self.ledger = LedgerView(app, tr, tokens)
        self.making = Making(app, tr, tokens, bridge, self.toast, self.builder.working)
        self._build_actions()
        self._views = QStackedWidget()
        for view in (self.drafts, self.builder, self.ledger):
            self._views.addWidget(view)
        self.body.addWidget(self._views)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self.drafts.opened.connect(self.open_draft)
        self.drafts.begun.connect(self._offer_actions)
        self.builder.shown.connect(self._name)
        self.builder.gone.connect(self.show_drafts)
        self.filters.chosen.connect(self._show)
        self.ledger.counted.connect(self._offer)
        bridge.happened.connect(self._on_happened)
        self.show_drafts()

    @property
    def draft(self) -> Draft | None:
        """Return the draft that is open."""
        return self.builder.working.draft

    @Slot(str)
    def open_draft(self, code: str) -> None:
        """Open a draft."""
        try:
            draft = self._app.building.find(code)
        except StorybankError as error:
            explain(self.toast, self.tr_, error)
            return
        self._views.setCurrentWidget(self.builder)
        self.filters.hide()
        self.builder.open(draft)
        self._offer_actions()

    @Slot()
    def show_drafts(self) -> None:
        """Put the draft away and show the list."""
        self.builder.close_draft()
        self.filters.show()
        self.drafts.show_list()
        self._offer()
        self._show("drafts")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.builder.working.settle()

    def _build_actions(self) -> None:
        tr = self.tr_
        self.back_button = link_button(tr("All drafts"), self.show_drafts)
        self.check_button = quiet_button(tr("Check a document…"), self.check_asked.emit)
        self.begin_button = main_button(tr("Begin…"), self.begin)
        self.make_button = main_button(tr("Make…"), self.making.ask_place)
        for part in (self.back_button, self.check_button, self.begin_button, self.making.manner, self.make_button):
            self.add_action(part)

    def begin(self) -> None:
        """Show what one may begin."""
        self.filters.choose("drafts")
        self.drafts.ask_what()

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, (ExportMade, ExportChanged)):
            self.ledger.refresh()
        if isinstance(event, _NO_NEWS) or not self.isVisible():
            return
        if isinstance(event, DraftChanged) and self.draft is not None:
            return
        self._soon.start()

    @Slot()
    def _refresh(self) -> None:
        if self.draft is None:
            self.drafts.refresh()
        self._offer()

    def _offer(self) -> None:
        drafts, left = self.tr_("Drafts"), self.tr_("What has left")
        shown = self.draft is None
        self.filters.offer([("drafts", f"{drafts} {len(self.drafts.cards) if shown else ''}".strip()),
                            ("ledger", f"{left} {len(self.ledger.rows.rows)}")])
        self.filters.setVisible(shown)

    @Slot(str)
    def _show(self, key: str) -> None:
        if self.filters.current != key:
            self.filters.choose(key)
            return
        self._views.setCurrentWidget(self.ledger if key == "ledger" else self.drafts)
        self.set_heading(self.tr_("Exports"), self.tr_("Only what people agreed to leaves the house, and everything "
                                                       "that leaves is written down"))
        self._offer_actions()

    def _offer_actions(self) -> None:
        """Show one main action: to begin a draft, or to make the one that is open."""
        shown = self._views.currentWidget()
        for button, wanted in ((self.back_button, shown is self.builder), (self.make_button, shown is self.builder),
                               (self.check_button, shown is not self.builder),
                               (self.begin_button, shown is self.drafts and not self.drafts.is_asking_what)):
            button.setVisible(wanted)
        self.making.manner.setVisible(shown is self.builder and self.making.has_manners)

    @Slot(object)
    def _name(self, draft: Draft) -> None:
        tr = self.tr_
        self.set_heading(title_said(draft, self.builder.language, tr), f"{kind_said(draft, tr)} · {draft.code}")
