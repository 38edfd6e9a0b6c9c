"""Page of exports: make something that leaves the house, and see everything that ever did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from storybank.domain.events import Event, ExportChanged, ExportMade
from storybank.words import Words
from ui.exports.ledger import LedgerView
from ui.exports.making import Making
from ui.parts.bridge import Bridge
from ui.parts.buttons import main_button, quiet_button
from ui.parts.page import Page
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class ExportsPage(Page):
    """Two things: make, and the ledger."""

    check_asked = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(tr, tr("Exports"))
        self.set_subtitle(tr("Only what people agreed to leaves the house, and everything that leaves is written down"))
        self.making = Making(app, tr, tokens, bridge, self.toast)
        self.ledger = LedgerView(app, tr, tokens)
        self.make_button = main_button(tr("Make brief (.docx)"), self.making.ask_place)
        self.check_button = quiet_button(tr("Check a document…"), self.check_asked.emit)
        self.add_action(self.check_button)
        self.add_action(self.make_button)
        self._views = QStackedWidget()
        self._views.addWidget(self.making)
        self._views.addWidget(self.ledger)
        self.body.addWidget(self._views)
        self.making.order.kind_changed.connect(self._name_button)
        self.filters.chosen.connect(self._show)
        bridge.happened.connect(self._on_happened)
        self._offer()

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, (ExportMade, ExportChanged)):
            self.ledger.refresh()
            self._offer()

    def _offer(self) -> None:
        left = self.tr_("What has left")
        self.filters.offer([("make", self.tr_("Make")), ("ledger", f"{left} {len(self.ledger.rows.rows)}")])

    @Slot(str)
    def _show(self, key: str) -> None:
        self._views.setCurrentWidget(self.ledger if key == "ledger" else self.making)
        self.make_button.setVisible(key == "make")

    @Slot()
    def _name_button(self) -> None:
        text = self.tr_("Make brief (.docx)") if self.making.order.kind == "brief" else self.tr_("Make kit")
        self.make_button.setText(text)
        self.make_button.setAccessibleName(text)
