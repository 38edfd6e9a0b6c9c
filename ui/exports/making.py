"""Making: the order at the left, the quotes with the gate's answers at the right, and the counters beneath."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.clearance import Verdict
from storybank.domain.events import Event
from storybank.domain.export import Export
from storybank.domain.names import slug
from storybank.errors import Invalid, StorybankError
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued, JobTicket, Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.exports.answers import QuoteRows, answered, not_asked
from ui.exports.order import OrderForm
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.card import Card
from ui.parts.empty import Empty
from ui.parts.over import Over
from ui.parts.page import scrolled
from ui.parts.table import Table
from ui.parts.text import label
from ui.parts.toast import Toast
from ui.story.answer_offer import answer_offer
from ui.story.asked_first import AskedFirst, Round
from ui.theme import SPACE_3, SPACE_4, SPACE_6, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

FORM_WIDTH, FORM_TIGHT, NARROW = 360, 300, 1000
COLUMN_WIDTHS = {0: (184, 124), 2: (200, 164)}
"""The widths of the quote and of the answer, where there is room and where the words need it."""
_NO_NEWS = (JobQueued, JobProgressed, JobEnded)


class Making(QWidget):
    """Where a brief or a kit is put together. What the gate refuses stays in sight, with its reason."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens, self._toast = app, tr, tokens, toast
        self._errands = Errands(app.runner, bridge, self)
        self.order = OrderForm(tr, tokens, app.browsing.uses())
        self.rows = QuoteRows(tr)
        self._build()
        self._asked_first = AskedFirst(app, tr, tokens, self.over, toast, bridge)
        self._listen(bridge)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._form.setFixedWidth(FORM_TIGHT if self.width() < NARROW else FORM_WIDTH)
        for column, (roomy, tight) in COLUMN_WIDTHS.items():
            self.table.setColumnWidth(column, tight if self.width() < NARROW else roomy)

    @Slot()
    def refresh(self) -> None:
        """Ask the gate anew about every quote."""
        uses = self.order.chosen_uses
        people = {card.line.id: ", ".join(card.line.people) for card in self._app.browsing.cards()}
        try:
            if uses:
                selection = self._app.exporting.select(None, uses, self.order.last_day())
                names = {person.id: person.name for person in self._app.people.all()}
                rows = answered(selection, people, names, self._tr)
            else:
                rows = not_asked(self._app.quoting.all(), people, self._tr)
        except StorybankError as error:
            explain(self._toast, self._tr, error)
            return
        self.rows.asked = bool(uses)
        self.rows.put(rows)
        self._tell_why()
        self._stack.setCurrentWidget(self.table if self.rows.rows else self._empty)
        self._count()

    def ask_place(self) -> None:
        """Ask where it should go, and make it there."""
        title = slug(self.order.title.text().strip() or self._tr("brief"))
        if self.order.kind == "brief":
            name, _kind = QFileDialog.getSaveFileName(self, self._tr("Make brief (.docx)"), f"{title}.docx",
                                                      "Word (*.docx)")
        else:
            name, _kind = QFileDialog.getSaveFileName(self, self._tr("Make kit"), title)
        if name:
            self.make(Path(name))

    def make(self, to: Path) -> None:
        """Make what was ordered, as a job."""
        try:
            work, title = self._work(to)
        except StorybankError as error:
            explain(self._toast, self._tr, error)
            return
        self._toast.say(self._tr("Making it… You can go on working."))
        self._errands.start(Lane.FILES, say("Making {title}", title=title), work, self._made,
                            lambda error: explain(self._toast, self._tr, error))

    def _work(self, to: Path) -> tuple[Callable[[JobTicket], Export], str]:
        """Return the work that makes what was ordered, and its title; refused quotes go along to be listed."""
        exporting, order = self._app.exporting, self.order
        uses, until, to_whom = order.chosen_uses, order.last_day(), order.recipient.text().strip()
        if not uses:
            raise Invalid(say("Say first what it will be used for."))
        refused = [row.quote.code for row in self.rows.rows if not row.allowed]
        quotes = [*self.rows.ticked, *refused]
        if order.kind == "brief":
            brief, to = order.brief(), to.with_suffix(".docx")
            return lambda ticket: exporting.make_brief(brief, quotes, uses, to, ticket, until=until,
                                                       recipient=to_whom), brief.title
        kit = order.kit()
        return lambda ticket: exporting.make_kit(kit, quotes, uses, to, ticket, until=until,
                                                 recipient=to_whom), kit.title

    def _made(self, export: Export) -> None:
        place = Path(export.place)
        folder = place if place.is_dir() else place.parent
        tr = self._tr
        said = tr("{code} is ready: {name}.", code=export.code, name=place.name)
        inside = tr.many("{n} quote inside", "{n} quotes inside", len(export.items))
        left = tr.many("{n} left out", "{n} left out", len(export.left_out))
        self._toast.say(f"{said} {inside}, {left}.", "good", details=[str(place)], actions=[
            (tr("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))])

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, SPACE_6)
        row.setSpacing(SPACE_4)
        card = Card(pad=SPACE_3)
        card.setFixedWidth(FORM_WIDTH)
        self._form = card
        self.over = Over(scrolled(self.order))
        card.body.addWidget(self.over)
        row.addWidget(card)
        self.table = Table(self.rows, self._tokens, self._tr("Quotes and whether they may leave"), row_height=72)
        self._empty = Empty(self._tr("No quotes yet"), self._tr(
            "Open a story, select words in its transcript and press T. The quotes you pick appear here."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.counters = label("", "strong")
        column = QVBoxLayout()
        column.addWidget(self.counters)
        column.addWidget(self._stack, 1)
        self.reason = label("", "soft", wrap=True)
        self.reason.setAccessibleName(self._tr("Why the chosen quote may leave, or not"))
        column.addWidget(self.reason)
        self.offer = answer_offer(self._tr, self._ask_first)
        column.addWidget(self.offer)
        row.addLayout(column, 1)

    def _listen(self, bridge: Bridge) -> None:
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        self.order.changed.connect(self.refresh)
        self.rows.ticked_changed.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(self._tell_why)
        bridge.happened.connect(self._on_happened)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if not isinstance(event, _NO_NEWS):
            self._soon.start()

    @Slot()
    def _tell_why(self) -> None:
        """Say under the table why the chosen quote may leave, or not, in full."""
        chosen = self.table.chosen()[:1] if self.rows.asked else []
        self.reason.setText("".join(f"{row.quote.code}: {row.reason}" for row in chosen))
        self.reason.setVisible(bool(chosen))
        uses = frozenset(self.order.chosen_uses)
        self.offer.setVisible(any(row.verdict is Verdict.ASK_FIRST and self._asked_first.may_ask(row.quote, uses)
                                  for row in chosen))

    def _ask_first(self, yes: bool) -> None:
        """Put on file what somebody said who wanted to be asked first about the chosen quote."""
        for row in self.table.chosen()[:1]:
            self._asked_first.ask(row.quote, yes, Round(uses=frozenset(self.order.chosen_uses)))

    @Slot()
    def _count(self) -> None:
        tr, allowed = self._tr, sum(row.allowed for row in self.rows.rows)
        if not self.rows.asked:
            self.counters.setText(tr("Say what it will be used for, and the gate answers for each quote."))
            return
        refused = len(self.rows.rows) - allowed
        self.counters.setText(" · ".join((
            tr.many("{n} quote chosen", "{n} quotes chosen", len(self.rows.ticked)),
            tr.many("{n} allowed", "{n} allowed", allowed), tr.many("{n} refused", "{n} refused", refused))))
