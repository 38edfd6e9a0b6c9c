"""Builder: one draft: its preview at the left, what it says and its quotes at the right, how it stands at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.codebook import Code
from storybank.domain.draft import Chosen, Draft, DraftKind
from storybank.domain.events import DraftChanged, Event
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued
from storybank.services.making import Pages
from storybank.words import Words, say
from ui.ask import explain
from ui.exports.chosen_list import ChosenList
from ui.exports.keys import KeysView
from ui.exports.looks import LooksPanel, looks_in
from ui.exports.outline import Outline
from ui.exports.picker import Picker
from ui.exports.preview import Preview
from ui.exports.standing_bar import StandingBar
from ui.exports.switch import LanguageSwitch, column_of
from ui.exports.versions import Versions
from ui.exports.working import Working
from ui.parts.bridge import Bridge
from ui.parts.buttons import quiet_button
from ui.parts.over import Over
from ui.parts.page import Filters, scrolled
from ui.parts.toast import Toast
from ui.parts.undo import History
from ui.search.asking import Asking
from ui.story.asked_first import AskedFirst
from ui.theme import SPACE_2, SPACE_3, SPACE_4, Tokens

if TYPE_CHECKING:
    from storybank.services.answering import Standing
    from ui.wiring import App

_NO_NEWS = (JobQueued, JobProgressed, JobEnded, DraftChanged)
ASKED_AFTER_MS = 500


class Builder(QWidget):
    """Where a draft is written. The gate is asked anew whenever the draft, or anything it rests on, changes."""

    shown = Signal(object)
    """The draft, whenever what its heading says may have changed."""
    gone = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, history: History, toast: Toast) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAcceptDrops(True)
        self._app, self._tr, self._toast = app, tr, toast
        self._old: Draft | None = None
        self.language = "en"
        self.working = Working(app, history, bridge, self)
        self.asking = Asking(app, self)
        self.preview = Preview(app, tr, tokens, bridge)
        self.outline = Outline(app, tr, tokens, self.working, lambda: self.chosen.named())
        self.versions = Versions(app, tr, tokens, self.working)
        self.looks = LooksPanel(app, tr, tokens, self.working, bridge, toast)
        self.picker = Picker(app, tr, tokens)
        self.bar = StandingBar(tr, tokens)
        self.switch = LanguageSwitch(tr)
        self._soon = QTimer(self, singleShot=True, interval=ASKED_AFTER_MS)
        self._soon.timeout.connect(self._ask)
        self._build(tokens, bridge)
        self._listen(bridge)

    def open(self, draft: Draft) -> None:
        """Show a draft, in the first language it is made in unless the window's is one of them."""
        self._old = None
        speaks = self._tr.language
        self.language = speaks if speaks in draft.languages else draft.languages[0]
        self.bar.show_standing(draft, None, ())
        self.bar.show_pages(None)
        self.chosen.show_answers(())
        self._close_picker()
        self.tabs.choose("outline")
        self.working.open(draft)

    def close_draft(self) -> None:
        """Save what was typed, and let go of what was rendered."""
        self.working.close()
        self.preview.rest()
        self.asking.forget()

    def show_language(self, language: str) -> None:
        """Show the draft's other half."""
        self.working.settle()
        self.language = language
        if draft := self.working.draft:
            self._fill(draft)

    def add_quotes(self) -> None:
        """Open the list of quotes that may be put in."""
        if draft := self.working.draft:
            self.working.settle()
            self.tabs.choose("quotes")
            self._quotes.setCurrentIndex(1)
            self.picker.begin(draft)

    def put(self, codes: list[str]) -> None:
        """Put quotes into the draft, behind those that are there."""
        if draft := self.working.draft:
            new = tuple(Chosen(code) for code in codes if code not in draft.codes)
            self.working.make(say("Put quotes into the draft"), replace(draft, quotes=(*draft.quotes, *new)))
        self._close_picker()

    def go(self, place: str, language: str = "") -> None:
        """Bring a place of the draft into sight, with the keys on it."""
        if language and language != self.language:
            self.show_language(language)
        name, _dot, rest = place.partition(".")
        if name == "quotes":
            self.tabs.choose("quotes")
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            _bring(self._quotes_area, self.chosen.go(rest))
        elif name in ("template", "theme"):
            self.tabs.choose("looks")
        else:
            self.tabs.choose("outline")
            _bring(self._outline_area, self.outline.go(place))

    def turn_keys(self) -> None:
        """Show all keys over the outline, or put them away."""
        if isinstance(self.over.form, KeysView):
            self.over.close_form()
        elif self.over.form is None:
            self.over.show_form(KeysView(self._tr))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if looks_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check a letterhead or a theme wherever in the draft it is let go."""
        self.tabs.choose("looks")
        self.looks.dropEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.switch.set_short(event.size().width() < 1000)
        self._sides.setStretch(0, 5 if event.size().width() > 1000 else 4)
        self._sides.setStretch(1, 6)

    def _build(self, tokens: Tokens, bridge: Bridge) -> None:
        tr = self._tr
        self._views = QStackedWidget()
        self._views.setObjectName("plain")
        self.over = Over(self._views)
        self._asked_first = AskedFirst(self._app, tr, tokens, self.over, self._toast, bridge)
        self.chosen = ChosenList(self._app, tr, tokens, self.working, self._asked_first)
        self._outline_area, self._quotes_area = scrolled(self.outline), scrolled(self.chosen)
        self.add_button = quiet_button(tr("Add quotes…"), self.add_quotes)
        self._quotes = QStackedWidget()
        self._quotes.addWidget(column_of(self.add_button, self._quotes_area))
        self._quotes.addWidget(self.picker)
        for part in (self._outline_area, self._quotes, scrolled(self.looks), scrolled(self.versions)):
            self._views.addWidget(part)
        self.tabs = Filters()
        self._name_tabs(0)
        self.tabs.add_at_right(self.switch)
        right = QVBoxLayout()
        right.setSpacing(SPACE_2)
        right.addWidget(self.tabs)
        right.addWidget(self.over, 1)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(SPACE_4 + SPACE_2)
        self._sides.addWidget(self.preview, 5)
        self._sides.addLayout(right, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(self._sides, 1)
        column.addWidget(self.bar)

    def _listen(self, bridge: Bridge) -> None:
        self.tabs.chosen.connect(self._show_tab)
        self.switch.chosen.connect(self.show_language)
        self.switch.asked.connect(self.go)
        self.bar.asked.connect(self.go)
        self.chosen.counted.connect(self._name_tabs)
        self.picker.picked.connect(self.put)
        self.picker.closed.connect(self._close_picker)
        self.working.refilled.connect(self._fill)
        self.working.changed.connect(self._on_changed)
        self.working.gone.connect(self.gone)
        self.working.failed.connect(lambda error: explain(self._toast, self._tr, error))
        self.working.saved.connect(self._on_saved)
        self.asking.failed.connect(lambda error: explain(self._toast, self._tr, error))
        self.preview.quotes_asked.connect(self.add_quotes)
        self.preview.rendered.connect(self._on_rendered)
        self.versions.looked_at.connect(self._look_at)
        bridge.happened.connect(self._on_happened)
        for keys, do in (("Alt+Q", self.add_quotes), ("Alt+1", lambda: self.tabs.choose("outline")),
                         ("Alt+2", lambda: self.tabs.choose("quotes")), ("Alt+3", lambda: self.tabs.choose("looks")),
                         ("Alt+4", lambda: self.tabs.choose("versions")), ("Alt+L", self.switch.turn),
                         ("F1", self.turn_keys)):
            QShortcut(QKeySequence(keys), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot(object)
    def _fill(self, draft: Draft) -> None:
        self.outline.show_draft(draft, self.language)
        self.chosen.show_draft(draft, self.language)
        self.looks.show_draft(draft)
        self._on_changed(draft)

    @Slot(object)
    def _on_changed(self, draft: Draft) -> None:
        self._show_missing(draft)
        self._show_preview()
        self._soon.start()
        self.shown.emit(draft)

    def _show_missing(self, draft: Draft) -> None:
        self.switch.show_state(self.language, {one: self.outline.missing(one) for one in draft.languages})

    def _show_preview(self) -> None:
        if draft := self._old or self.working.draft:
            self.preview.show_draft(draft, self.language)

    def _ask(self) -> None:
        if draft := self.working.draft:
            app = self._app
            self.asking.beside("standing", lambda: (app.answering.standing(draft), app.quoting.codes()),
                               lambda told: self._show_standing(draft, *told))

    def _show_standing(self, draft: Draft, standing: Standing, codes: Sequence[Code]) -> None:
        if self.working.draft is None or self.working.draft.id != draft.id:
            return
        missing = [(one, place, name) for one in draft.languages for place, name in self.outline.missing(one)]
        self.bar.show_standing(draft, standing, missing, codes)
        self.chosen.show_answers(standing.answers)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        """Ask the gate and render anew when something else changed: a consent, a quote, a code."""
        if not isinstance(event, _NO_NEWS) and self.working.draft and self.isVisible():
            self._soon.start()
            self.preview.ask_again()

    @Slot()
    def _on_saved(self) -> None:
        if self.tabs.current == "versions":
            self.versions.refresh()

    @Slot(object)
    def _on_rendered(self, pages: Pages) -> None:
        if self.working.draft and self.working.draft.kind is DraftKind.BRIEF and self._old is None:
            self.bar.show_pages(pages.pages)

    @Slot(object)
    def _look_at(self, old: Draft | None) -> None:
        self._old = old
        self._show_preview()

    @Slot(str)
    def _show_tab(self, name: str) -> None:
        self.working.settle()
        if isinstance(self.over.form, KeysView):
            self.over.close_form()
        self._views.setCurrentIndex(("outline", "quotes", "looks", "versions").index(name))
        if name == "versions":
            self.versions.refresh()
        elif name == "looks":
            self.looks.refresh()

    @Slot(int)
    def _name_tabs(self, quotes: int) -> None:
        tr = self._tr
        said = tr("Quotes")
        self.tabs.offer([("outline", tr("Outline")), ("quotes", f"{said} {quotes}"), ("looks", tr("Look")),
                         ("versions", tr("Versions"))])

    def _close_picker(self) -> None:
        self._quotes.setCurrentIndex(0)


def _bring(area: QScrollArea, widget: QWidget | None) -> None:
    """Scroll to a widget once it has its place."""
    if widget is not None:
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, 60))
