"""Panel: "Who may use this, and for what", and the forms to name the person, record consent and withdraw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.contributor import Contributor
from storybank.domain.events import ConsentRecorded, ConsentWithdrawn, ContributorSaved, Event, StoryDescribed
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.ask import explain
from ui.consent.consent_form import ConsentForm
from ui.consent.person_form import PersonForm
from ui.consent.summary import Summary
from ui.consent.withdrawal import WithdrawalForm
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button
from ui.parts.page import scrolled
from ui.parts.text import label
from ui.parts.toast import Toast
from ui.theme import SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

_OURS = (ConsentRecorded, ConsentWithdrawn, ContributorSaved, StoryDescribed)


class ConsentPanel(QWidget):
    """The consent of one story, read as questions with answers."""

    closed = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens = app, tr, tokens
        self.errands = Errands(app.runner, bridge, self)
        self.story_id = ""
        self.view: StoryView | None = None
        self.toast = Toast(tr)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        bridge.happened.connect(self._on_happened)

    @property
    def form(self) -> QWidget | None:
        """Return the form that is being filled in, if one is."""
        area = self._stack.widget(1)
        return area.widget() if isinstance(area, QScrollArea) else None

    def show_story(self, story_id: str) -> None:
        """Show who may use this story; an unfinished form of another story is put away."""
        if story_id != self.story_id:
            self.toast.hide()
        self.story_id = story_id
        self.refresh()
        self._show(self.summary)

    @Slot()
    def refresh(self) -> None:
        """Read the story's consent anew."""
        if not self.story_id:
            return
        try:
            self.view = self._app.browsing.story(self.story_id)
        except StorybankError as error:
            explain(self.toast, self._tr, error)
            return
        self.summary.show_view(self.view)

    def ask_person(self, person: Contributor | None = None) -> None:
        """Open the form that names a person in the story."""
        if self.view:
            self._show(PersonForm(self._app, self._tr, self._tokens, self.view, person))

    def ask_consent(self, person: Contributor | None = None) -> None:
        """Open the form that records a person's answer; a story without a person asks for the name first."""
        if self.view and (person or self.view.people):
            form = ConsentForm(self._app, self._tr, self._tokens, self.view, person or self.view.people[0],
                               self.errands)
            self._show(form)
        else:
            self.ask_person()

    def ask_withdrawal(self, person: Contributor) -> None:
        """Open the question whether consent is really to be withdrawn, with what that means."""
        if self.view:
            self._show(WithdrawalForm(self._app, self._tr, person))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        head = QHBoxLayout()
        head.addWidget(label(self._tr("Who may use this, and for what"), "section", wrap=True), 1)
        self.close_button = link_button(self._tr("Close"), self.closed.emit)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addWidget(self.toast)
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self.summary = Summary(self._app, self._tr, self._tokens)
        self.summary.person_asked.connect(self.ask_person)
        self.summary.consent_asked.connect(self.ask_consent)
        self.summary.withdrawal_asked.connect(self.ask_withdrawal)
        self._stack.addWidget(scrolled(self.summary))
        column.addWidget(self._stack, 1)

    def _show(self, form: QWidget) -> None:
        while old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        if isinstance(form, (PersonForm, ConsentForm, WithdrawalForm)):
            form.finished.connect(self._finish)
            form.failed.connect(self._fail)
            self._stack.addWidget(scrolled(form))
            self._stack.setCurrentIndex(1)
            self.toast.hide()
            form.begin()

    @Slot(str, object)
    def _finish(self, said: str, details: list[str]) -> None:
        self.refresh()
        self._show(self.summary)
        if said:
            self.toast.say(said, "good", details=details)

    @Slot(object)
    def _fail(self, error: StorybankError) -> None:
        explain(self.toast, self._tr, error)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, _OURS) and self.story_id:
            self._soon.start()
