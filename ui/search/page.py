"""The Search page: one field, answers while one types, and a way to hear, tag and copy every one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from storybank.domain.events import Event, SearchesChanged
from storybank.domain.found import Easing
from storybank.domain.query import Kind, Query, Sort, understood
from storybank.domain.query_chips import chips
from storybank.errors import StorybankError
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued
from storybank.services.searching import Found
from storybank.services.transcribing import Heard
from storybank.words import Words
from ui.ask import explain
from ui.consent.said import reasons_said
from ui.parts.bridge import Bridge
from ui.parts.page import Page
from ui.parts.undo import History
from ui.search.asking import Asking
from ui.search.doing import Doing
from ui.search.finding import Finding
from ui.search.keeping import Keeping
from ui.search.layout import Parts
from ui.search.narrowing import Names, Narrowing
from ui.search.telling import ALL, tabs
from ui.story.standing import standing_of
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App

DEBOUNCE = 150  # milliseconds after the last key
NO_NEWS = (JobQueued, JobProgressed, JobEnded, Heard)


class SearchPage(Page):
    """Finds what was said. It asks the library again when something in it changed."""

    play_requested = Signal(str, int)

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, history: History) -> None:
        super().__init__(tr, tr("Search"))
        self._app = app
        self.history = history
        self._query = Query()
        self._stale = True
        self.names = Names(app, tr)
        self.asking = Asking(app, self)
        self.parts = Parts(self, app, tr, tokens, self._why)
        self._alias()
        self.search.hide()
        self.parts.lay_out(self)
        self.tabs.offer(tabs({}, tr))
        self.finding = Finding(self, app)
        self.doing = Doing(self, app, tokens)
        self.keeping = Keeping(self, app)
        self._soon = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._listen(bridge)

    @property
    def query(self) -> Query:
        """Return what is asked."""
        return self._query

    def search_for(self, text: str) -> None:
        """Search for a text at once."""
        self.field.setText(text)
        self.field.close_words()
        self.ask()

    def run(self, query: Query, narrowing: Narrowing) -> None:
        """Ask what was asked before: its text, its filters, its tab and its order."""
        self.sort.choose(query.sort.value)
        self.tabs.choose(next(iter(query.kinds)) if len(query.kinds) == 1 else ALL)
        self.field.setText(query.typed)
        self.facets.narrow(narrowing)

    def focus_search(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew_names()
            self.ask(again=True)
            self.keeping.refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.doing.pause()

    def ask(self, *, again: bool = False) -> None:
        """Ask what is typed and checked; `again` where only the library changed, so that one stays where one was."""
        self._soon.stop()
        tab = self.tabs.current or ALL
        query = self.facets.narrowing.on(understood(self.field.text()))
        kinds = frozenset({Kind(tab)}) if tab != ALL else frozenset[Kind]()
        query = replace(query, kinds=kinds, sort=Sort(self.sort.key))
        self.show_query(query)
        if not again:
            self.toast.hide()
        if self.is_asked:
            if self.stack.currentWidget() is self.help and not again:
                self.help.show_waiting()
            self.finding.ask(query, again=again)
        else:
            self.finding.show_nothing(query)
            self.help.show_examples()
            self.show_part(self.help)
        self.keeping.show_query()

    def show_query(self, query: Query) -> None:
        """Show what is asked, part by part."""
        self._query = query
        self.understood.show_query(chips(query, self.names.in_chips()), self.facets.named(self.names))

    @property
    def is_asked(self) -> bool:
        """Tell whether anything is typed that can be found, or any filter is checked."""
        return bool(self._query.root or self._query.terms or self.facets.narrowing)

    def show_part(self, part: QWidget) -> None:
        """Bring hits, places, help or the editor of synonyms to the front."""
        self.stack.setCurrentWidget(part)
        listed = part in (self.hits, self.concordance)
        self.parts.top.setVisible(listed or (part is self.help and self.is_asked))
        self.tabs.setVisible(part is not self.concordance)
        self.csv.setVisible(part is self.concordance)
        self.sort.setVisible(part is self.hits)
        self.views.setVisible(listed)

    def _why(self, found: Found) -> str:
        """Return why a hit may be used, or not, as the gate says it now."""
        asking, code = self._app.asking, found.hit.quote_code
        answers = asking.of_quote(code) if code else asking.of_story(found.hit.story_id).story
        if chosen := self._query.usable_for:
            return reasons_said(answers[chosen], self.tr_)
        return standing_of(self._app.browsing.uses(), answers, self.tr_).reason

    def _renew_names(self) -> None:
        self._stale = False
        self.names = Names(self._app, self.tr_)

    def _alias(self) -> None:
        """Call the parts by their own names, as those do who use the page."""
        parts = self.parts
        self.field, self.facets, self.understood, self.tabs = parts.field, parts.facets, parts.understood, parts.tabs
        self.sort, self.views, self.count, self.csv = parts.sort, parts.views, parts.count, parts.csv
        self.hits, self.concordance, self.help, self.stack = parts.hits, parts.concordance, parts.help, parts.stack

    def _listen(self, bridge: Bridge) -> None:
        field, parts = self.field, self.parts
        field.textChanged.connect(lambda _text: self._soon.start())
        field.words_wanted.connect(self._complete)
        field.entered.connect(self._on_enter)
        field.taken.connect(self.ask)
        field.went_down.connect(self.enter_list)
        self._soon.timeout.connect(self.ask)
        self.facets.changed.connect(self.ask)
        self.understood.dropped.connect(lambda name, key: self.facets.check(name, key, checked=False))
        self.understood.retyped.connect(self.search_for)
        self.tabs.chosen.connect(lambda _tab: self.ask())
        self.sort.activated.connect(lambda _row: self.ask())
        self.help.chosen.connect(self.search_for)
        self.help.eased.connect(self._ease)
        self.help.unfiltered.connect(self._unfilter)
        self.help.synonyms_wanted.connect(self._show_synonyms)
        parts.synonyms.left.connect(self.ask)
        parts.synonyms.failed.connect(self.explain)
        parts.ask_help.clicked.connect(self._turn_help)
        for button in (parts.views.list, parts.views.concordance):
            button.clicked.connect(lambda _on=False: self.ask())
        for listed in (self.hits, self.concordance):
            listed.up_wanted.connect(self.focus_search)
        self.asking.failed.connect(self.explain)
        bridge.happened.connect(self._on_happened)

    def explain(self, error: BaseException) -> None:
        """Say what went wrong, in a line of the page."""
        explain(self.toast, self.tr_, error)

    def enter_list(self) -> None:
        """Put the keyboard on what was found."""
        shown = self.stack.currentWidget()
        if shown is self.concordance or (shown is self.hits and self.hits.hits.rowCount()):
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _complete(self, begun: str) -> None:
        self.asking.beside("words", lambda: self._app.completing.words(begun),
                           lambda words: self.field.offer(begun, words))

    def _ease(self, one: Easing) -> None:
        if not one.keep_filters:
            self._unfilter(silently=True)
        self.search_for(one.typed)

    def _unfilter(self, *, silently: bool = False) -> None:
        self.tabs.choose(ALL)
        self.facets.blockSignals(silently)
        self.facets.clear()
        self.facets.blockSignals(False)

    def _turn_help(self) -> None:
        """Show what can be asked; another press goes back to what was found."""
        if self.stack.currentWidget() is self.help and self.is_asked:
            self.ask()
        else:
            self.help.show_examples()
            self.show_part(self.help)

    def _show_synonyms(self) -> None:
        try:
            self.parts.synonyms.show_rings()
        except StorybankError as error:
            self.explain(error)
            return
        self.show_part(self.parts.synonyms)

    def _on_enter(self) -> None:
        """Open the hit; while one still types, search first."""
        if self._soon.isActive():
            self.ask()
        else:
            self.doing.do("open")

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, NO_NEWS):
            return
        if isinstance(event, SearchesChanged):
            self.keeping.refresh()
            return
        self._stale = True
        if self.isVisible():
            self._renew_names()
            self.ask(again=True)
            self.keeping.refresh()
