"""The Search page: one field, answers while one types, and a way to hear every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.codebook import CodeKind
from storybank.domain.events import Event
from storybank.domain.query import Query, understood
from storybank.domain.vocabulary import province
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued
from storybank.services.searching import Found, Results
from storybank.services.transcribing import Heard
from storybank.words import Words
from ui.ask import explain
from ui.consent.said import reasons_said
from ui.parts.bridge import Bridge
from ui.parts.page import Page, search_field
from ui.parts.said import N_
from ui.parts.text import soft
from ui.search.asking import Asking
from ui.search.facets import Facets
from ui.search.help import Help
from ui.search.hits import HitList
from ui.search.understood import Understood
from ui.story.standing import standing_of
from ui.theme import SPACE_2, SPACE_3, SPACE_5, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

DEBOUNCE = 150  # milliseconds after the last key
FACETS_WIDTH = 220
LANGUAGES = {"en": N_("English"), "fr": N_("French")}
NO_NEWS = (JobQueued, JobProgressed, JobEnded, Heard)


class SearchPage(Page):
    """Finds passages. It asks the library again when something in it changed."""

    play_requested = Signal(str, int)

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(tr, tr("Search"))
        self._app = app
        self._query = Query()
        self.asking = Asking(app, self)
        self.field = search_field(tr("Search everything that was said"))
        self.facets = Facets(tr)
        self.understood = Understood(tr, tokens)
        self.count = soft("")
        self.hits = HitList(tr, tokens, self._why)
        self.help = Help(tr)
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._stale = True
        self._build()
        self._listen(bridge)

    def search_for(self, text: str) -> None:
        """Search for a text at once."""
        self.field.setText(text)
        self._ask()

    def focus_search(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._offer_facets()
            self._ask()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.hits.hits.rowCount():
                self.hits.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        self._soon.stop()
        self._query = understood(self.field.text(), **self.facets.narrowing().filters())
        self.understood.show_query(self._query.terms, self.facets.named())
        if self._query.terms or self.facets.named():
            self.asking.ask(self._query)
        else:
            self._show_nothing_asked()

    def _show_nothing_asked(self) -> None:
        self.asking.close()
        self.count.setText("")
        self.hits.show_hits((), {}, {})
        self.help.show_examples()
        self._stack.setCurrentWidget(self.help)

    def _on_answered(self, results: Results) -> None:
        codes = {code.key: code for code in self._app.browsing.codes()}
        uses = {use.key: use for use in self._app.browsing.uses()}
        self.hits.show_hits(results.hits, codes, uses)
        self.count.setText(self._counted(results))
        self.hits.setAccessibleDescription(self.count.text())
        if results.total:
            self._stack.setCurrentWidget(self.hits)
        else:
            self.help.show_no_hits(self.asking.alone(results.query), filtered=bool(self.facets.named()))
            self._stack.setCurrentWidget(self.help)

    def _counted(self, results: Results) -> str:
        tr = self.tr_
        said = tr("{passages} in {stories}", passages=tr.many("{n} passage", "{n} passages", results.total),
                  stories=tr.many("{n} story", "{n} stories", results.stories))
        if results.total > len(results.hits) > 0:
            said += " · " + tr("the best {n} are shown", n=len(results.hits))
        return said

    def _why(self, found: Found) -> str:
        """Return why a hit may be used, or not, as the gate says it now."""
        asking, code = self._app.asking, found.hit.quote_code
        answers = asking.of_quote(code) if code else asking.of_story(found.hit.story_id).story
        uses = self._app.browsing.uses()
        if chosen := self._query.usable_for:
            return reasons_said(answers[chosen], self.tr_)
        return standing_of(uses, answers, self.tr_).reason

    def _play(self, found: Found) -> None:
        self.play_requested.emit(found.story_code, found.hit.start_ms)

    def _offer_facets(self) -> None:
        """Offer what the library holds: lists from the codebook, places and languages from the stories."""
        self._stale = False
        tr, cards = self.tr_, self._app.browsing.cards()
        codes = self._app.browsing.codes()
        own = {card.line.stakeholder for card in cards}
        self.facets.offer({
            "usable_for": [(use.key, use.label(tr.language)) for use in self._app.browsing.uses()],
            "blocks": [(c.key, c.short(tr.language)) for c in codes if c.kind is CodeKind.BLOCK],
            "stakeholders": [(c.key, c.label(tr.language)) for c in codes
                             if c.kind is CodeKind.STAKEHOLDER and c.key in own],
            "provinces": [(key, province(key, tr.language))
                          for key in sorted({card.line.province for card in cards} - {""})],
            "languages": [(key, tr(LANGUAGES.get(key, key)))
                          for key in sorted({card.line.language for card in cards} - {""})],
        })

    def _build(self) -> None:
        self.search.hide()
        self.field.setMaximumWidth(16_000)
        self.field.installEventFilter(self)
        self.field.setClearButtonEnabled(True)
        self.facets.setFixedWidth(FACETS_WIDTH)
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self._stack.addWidget(self.hits)
        self._stack.addWidget(self.help)
        right = QVBoxLayout()
        right.setSpacing(SPACE_3)
        right.addWidget(self.field)
        right.addWidget(self.understood)
        right.addWidget(self.count)
        right.addWidget(self._stack, 1)
        self.body.setSpacing(SPACE_5)
        self.body.addWidget(self.facets)
        self.body.addLayout(right, 1)
        self.column.setSpacing(SPACE_2)
        QWidget.setTabOrder(self.field, self.hits)

    def _listen(self, bridge: Bridge) -> None:
        self.field.textChanged.connect(lambda _text: self._soon.start())
        self.field.returnPressed.connect(self._on_enter)
        self._soon.timeout.connect(self._ask)
        self.facets.changed.connect(self._ask)
        self.understood.dropped.connect(lambda name, key: self.facets.check(name, key, checked=False))
        self.help.chosen.connect(self.search_for)
        self.help.unfiltered.connect(self.facets.clear)
        self.hits.played.connect(self._play)
        self.asking.answered.connect(self._on_answered)
        self.asking.failed.connect(lambda error: explain(self.toast, self.tr_, error))
        bridge.happened.connect(self._on_happened)

    def _on_enter(self) -> None:
        """Play the hit; while one still types, search first."""
        if self._soon.isActive():
            self._ask()
        else:
            self.hits.play_current()

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, NO_NEWS):
            return
        self._stale = True
        if self.isVisible():
            self._offer_facets()
            self._soon.start()
