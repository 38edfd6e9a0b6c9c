"""Page of consent: where everybody stands, what runs out and rests on it, and who said stop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.contributor import Contributor
from storybank.domain.events import DraftChanged, Event, LooksChanged, TranscriptChanged, TranscriptGrew
from storybank.domain.withdrawal import WithdrawalCase
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued, JobTicket, Lane
from storybank.services.surveying import Standing
from storybank.words import Words, say
from ui.ask import explain
from ui.board.cases import Cases
from ui.board.forms import FormsView
from ui.board.papers import Papers
from ui.board.people import People
from ui.board.person import PersonPanel
from ui.board.said import findable, pressing
from ui.board.tiles import EVERYBODY, Tiles
from ui.consent.withdrawal import WithdrawalForm
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import main_button, quiet_button
from ui.parts.empty import Empty
from ui.parts.page import Page, with_margin
from ui.theme import SPACE_2, SPACE_3, Tokens
from ui.withdrawal.sequence import in_a_card

if TYPE_CHECKING:
    from ui.wiring import App

_NO_NEWS = (JobQueued, JobProgressed, JobEnded, TranscriptGrew, TranscriptChanged, DraftChanged, LooksChanged)
READING_WIDTH = 720
"""As wide as the guided sequence is easy to read."""


class ConsentPage(Page):
    """The board of people with a panel at the side, the withdrawals, and the sequence that leads through one."""

    story_asked = Signal(str)
    check_asked = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(tr, tr("Consent"))
        self._app, self._tokens = app, tokens
        self.errands = Errands(app.runner, bridge, self)
        self.all: list[Standing] = []
        self._stale = True
        """Something happened while nobody was looking."""
        self.cases: list[WithdrawalCase] = []
        self.form: WithdrawalForm | None = None
        self._build_actions()
        self._build_people()
        self._build_views()
        self._listen(bridge)

    @property
    def shown(self) -> list[Standing]:
        """Return whom the chosen tile and the text keep."""
        place, text = self.tiles.current, self.name.text().casefold().strip()
        return [one for one in self.all if place in (EVERYBODY, one.place.value) and text in findable(one)]

    @Slot()
    def refresh(self) -> None:
        """Read the board anew and show it."""
        self._stale = False
        self.all = self._app.surveying.board(self._app.consenting.today())
        self.cases = self._app.withdrawing.cases()
        counts: dict[str, int] = {EVERYBODY: len(self.all)}
        for one in self.all:
            counts[one.place.value] = counts.get(one.place.value, 0) + 1
        self.tiles.count(counts)
        still = sum(case.is_open for case in self.cases)
        withdrawals = f"{self.tr_('Withdrawals')} {still}" if still else self.tr_("Withdrawals")
        self.filters.offer([("people", f"{self.tr_('People')} {len(self.all)}"), ("cases", withdrawals),
                            ("forms", self.tr_("Forms"))])
        names = {one.person.id: one.person.name for one in self.all}
        self.case_list.show_cases(self.cases, names, self._app.consenting.today())
        self.set_subtitle(pressing(self.all, self.tr_))
        self._fill()
        if self.filters.current == "forms":
            self.forms.refresh()

    def show_person(self, one: Standing) -> None:
        """Open everything on file about a person, at the side."""
        self.panel.show_person(one, self._app.browsing.uses(), self._app.surveying.stories_of(one.person.id))
        self.side.show()

    def close_side(self) -> None:
        """Put the side panel away."""
        self.side.hide()
        self.people.setFocus()

    def ask_renewal(self, one: Standing) -> None:
        """Ask for a renewal; the earlier answer stands until there is a new one."""
        lapsing = one.lapsing
        if lapsing is None or lapsing.renewal:
            return

        def work(ticket: JobTicket) -> str:
            return self._app.renewing.ask(lapsing.consent.id, ticket).code

        title = say("Asking {name} to renew", name=one.person.name)
        self.errands.start(Lane.FILES, title, work, partial(self._asked, one), self._failed)

    def ask_withdrawal(self, person: Contributor | None = None) -> None:
        """Begin the guided sequence; without a person it asks first who it is."""
        self._lead(WithdrawalForm(self._app, self.tr_, person))

    def go_on_with(self, case_code: str) -> None:
        """Go on with a withdrawal that was begun earlier, or look at a closed one."""
        case = next((case for case in self.cases if case_code in (case.code, case.id)), None)
        if case:
            person = next(one.person for one in self.all if one.person.id == case.contributor_id)
            self._lead(WithdrawalForm(self._app, self.tr_, person, case))

    def focus_search(self) -> None:
        """Put the cursor where one looks for a person."""
        if self.form is None:
            self.filters.choose("people")
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.name.selectAll()
        else:
            super().focus_search()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.form is None:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.side.isVisible():
            self.close_side()
        else:
            super().keyPressEvent(event)

    def _lead(self, form: WithdrawalForm) -> None:
        self._drop_form()
        self.form = form
        form.finished.connect(self._on_finished)
        form.failed.connect(self._failed)
        form.withdrawn.connect(self.toast.hide)
        self.toast.hide()
        self._area = in_a_card(form, READING_WIDTH)
        self._views.addWidget(self._area)
        self._views.setCurrentWidget(self._area)
        self._leading(on=True)
        form.begin()

    def _leading(self, *, on: bool) -> None:
        """Show nothing else while the sequence leads."""
        self.filters.setVisible(not on)
        self.side.setVisible(False)
        self._show_tiles()
        self.stop_button.setVisible(not on)

    def _drop_form(self) -> None:
        if self.form is not None:
            self._views.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
            self.form = None

    @Slot(str, list)
    def _on_finished(self, said: str, details: list[str]) -> None:
        self._drop_form()
        self._leading(on=False)
        self._show_view(self.filters.current)
        self.refresh()
        if said:
            self.toast.say(said, "good", details=details)

    def _asked(self, one: Standing, code: str) -> None:
        self.toast.say(self.tr_("{name} is being asked to renew: {code}. The earlier answer stands until then.",
                                name=one.person.name, code=code), "good")

    def _failed(self, error: Exception) -> None:
        explain(self.toast, self.tr_, error)

    def _build_actions(self) -> None:
        self.check_button = quiet_button(self.tr_("Check a document…"), self.check_asked.emit)
        self.stop_button = main_button(self.tr_("Somebody says stop…"), self.ask_withdrawal)
        self.add_action(self.stop_button)

    def _build_people(self) -> None:
        tr = self.tr_
        self.tiles = Tiles(tr, self._tokens)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Find a person"))
        self.name.setAccessibleName(tr("Find a person"))
        self.name.setClearButtonEnabled(True)
        self.name.setMaximumWidth(260)
        beside = QWidget()
        beside.setObjectName("plain")
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.name)
        row.addWidget(self.check_button)
        self.filters.add_at_right(beside)
        self.people = People(tr, self._tokens)
        self._none = Empty(tr("Nobody here"), tr("Nobody stands here who fits what you typed. That may be good news."))
        self._nobody = Empty(tr("Nobody is on file yet"), tr(
            "Name the person of each story, and record what they agreed to: it all stands here then."))
        self._list = QStackedWidget()
        for view in (with_margin(self.people), self._none, self._nobody):
            self._list.addWidget(view)

    def _build_views(self) -> None:
        board = QWidget()
        board.setObjectName("plain")
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self._list, 1)
        self.column.insertWidget(self.column.count() - 1, self.tiles)
        self.case_list = Cases(self.tr_, self._tokens)
        self._views = QStackedWidget()
        self._views.addWidget(board)
        self.forms = FormsView(self._app, self.tr_, self._tokens, self.errands, self.toast)
        self._views.addWidget(self.case_list)
        self._views.addWidget(self.forms)
        self.body.addWidget(self._views, 1)
        self.panel = PersonPanel(self._app, self.tr_, self._tokens,
                                 Papers(self._app, self.tr_, self.errands, self.toast, self))
        self.side = with_margin(self.panel)
        self.side.hide()
        self.body.addWidget(self.side)

    def _listen(self, bridge: Bridge) -> None:
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        bridge.happened.connect(self._on_happened)
        self.filters.chosen.connect(self._show_view)
        self.tiles.chosen.connect(self._fill)
        self.name.textChanged.connect(self._fill)
        self.name.returnPressed.connect(self.people.setFocus)
        self.people.opened.connect(self.show_person)
        self.people.renewal_asked.connect(self.ask_renewal)
        self.panel.closed.connect(self.close_side)
        self.panel.renewal_asked.connect(self.ask_renewal)
        self.panel.withdrawal_asked.connect(lambda one: self.ask_withdrawal(one.person))
        self.panel.case_asked.connect(self.go_on_with)
        self.panel.story_asked.connect(self.story_asked)
        self.case_list.asked.connect(self.go_on_with)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, _NO_NEWS) or self.form is not None:
            return
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    @Slot()
    def _fill(self, _chosen: str = "") -> None:
        shown = self.shown
        before = self.people.chosen
        self.people.rows.put(shown, headings=self.tiles.current == EVERYBODY)
        if before:
            self.people.choose(before.person.id)
        self._list.setCurrentIndex(0 if shown else 1 if self.all else 2)
        self._show_tiles()
        self._follow_side()

    def _follow_side(self) -> None:
        """Show at the side what is now known of the same person."""
        if not self.side.isHidden() and (open_ := self.panel.shown):
            fresh = next((one for one in self.all if one.person.id == open_.person.id), None)
            if fresh is None:
                self.side.hide()
            elif fresh != open_:
                self.show_person(fresh)

    @Slot(str)
    def _show_view(self, key: str) -> None:
        self._views.setCurrentIndex({"cases": 1, "forms": 2}.get(key, 0))
        self._show_tiles()
        self.name.setVisible(key == "people")
        self.stop_button.setVisible(key != "forms")
        if key != "people":
            self.side.hide()
        if key == "forms":
            self.forms.refresh()

    def _show_tiles(self) -> None:
        self.tiles.setVisible(bool(self.all) and self.form is None and self.filters.current == "people")
