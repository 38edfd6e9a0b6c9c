"""Panel: "Who may use this, and for what", and the forms that change it: person, answer, part, mistake, withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.consent import PERMITTING, Consent
from storybank.domain.contributor import Contributor
from storybank.domain.events import (
    ConsentRecorded,
    ConsentWithdrawn,
    ContributorSaved,
    Event,
    EvidenceAdded,
    RestrictionsChanged,
    StoryDescribed,
    StoryErased,
)
from storybank.domain.restriction import Restriction
from storybank.domain.story import Participant
from storybank.errors import StorybankError
from storybank.jobs.runner import Lane
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.ask import explain
from ui.board.papers import Papers
from ui.consent.consent_form import ConsentForm
from ui.consent.form import Form
from ui.consent.mistake_form import MistakeForm
from ui.consent.person_form import PersonForm
from ui.consent.presence_forms import CommunityForm, PresenceForm, RestrictionForm
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

_OURS = (ConsentRecorded, ConsentWithdrawn, ContributorSaved, StoryDescribed, EvidenceAdded, RestrictionsChanged,
         StoryErased)


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
        self.papers = Papers(app, tr, self.errands, self.toast, self)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh)
        bridge.happened.connect(self._on_happened)

    @property
    def form(self) -> QWidget | None:
        """Return the form that is being filled in, if one is."""
        shown = self._stack.widget(1)
        return shown.widget() if isinstance(shown, QScrollArea) else shown

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
            self.view = self._app.browsing.story(self.story_id, known=())
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
            who = person or self.view.people[0]
            self._show(ConsentForm(self._app, self._tr, self._tokens, self.view, who, self.errands, self._last(who)))
        else:
            self.ask_person()

    def ask_withdrawal(self, person: Contributor) -> None:
        """Open the question whether consent is really to be withdrawn, with what that means."""
        if self.view:
            self._show(WithdrawalForm(self._app, self._tr, person))

    def ask_mistake(self, consent: Consent) -> None:
        """Open the question what was wrong with an entry."""
        self._show(MistakeForm(self._app, self._tr, consent))

    def ask_presence(self, one: Participant) -> None:
        """Open the form about how and when somebody is in the story."""
        if self.view:
            self._show(PresenceForm(self._app, self._tr, self._tokens, self.view, one))

    def ask_community(self, community: Contributor | None = None) -> None:
        """Open the form about a community that decides too."""
        if self.view:
            self._show(CommunityForm(self._app, self._tr, self.view, community))

    def ask_restriction(self) -> None:
        """Open the form about a stretch that is not free."""
        if self.view:
            self._show(RestrictionForm(self._app, self._tr, self._tokens, self.view))

    def ask_renewal(self, consent: Consent) -> None:
        """Put on file that the person was asked to renew; the old answer stands until there is a new one."""
        title = say("Asking to renew {code}", code=consent.code)
        self.errands.start(Lane.FILES, title, lambda ticket: self._app.renewing.ask(consent.id, ticket),
                           self._renewal_asked, self._fail)

    def _renewal_asked(self, asked: Consent) -> None:
        self.toast.say(self._tr("Asked to renew: {code}. The old answer stands until there is a new one.",
                                code=asked.code), "good")

    def _free(self, restriction: Restriction) -> None:
        self._app.people.free(restriction)
        self.toast.say(self._tr("This stretch is free again."), "good")

    def _save_receipt(self, consent: Consent) -> None:
        person = next(one for one in self._app.people.all() if one.id == consent.contributor_id)
        self.papers.ask_receipt(consent, person)

    def _last(self, person: Contributor) -> Consent | None:
        """Return the answer of theirs that counts for this story, to begin a new one with."""
        own = [one for one in self._app.consenting.consents_of(person.id)
               if one.last_state in PERMITTING and one.covers_story(self.story_id)]
        return max(own, key=lambda one: one.last_said, default=None)

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
        self.summary.mistake_asked.connect(self.ask_mistake)
        self.summary.presence_asked.connect(self.ask_presence)
        self.summary.community_asked.connect(self.ask_community)
        self.summary.restriction_asked.connect(self.ask_restriction)
        self.summary.renewal_asked.connect(self.ask_renewal)
        self.summary.receipt_asked.connect(self._save_receipt)
        self.summary.proof_asked.connect(self.papers.show_proof)
        self.summary.freed.connect(self._free)
        self._stack.addWidget(scrolled(self.summary))
        column.addWidget(self._stack, 1)

    def _show(self, form: QWidget) -> None:
        while old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        if isinstance(form, (Form, WithdrawalForm)):
            form.finished.connect(self._finish)
            form.failed.connect(self._fail)
            self._stack.addWidget(form if isinstance(form, Form) else scrolled(form))
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
    def _fail(self, error: Exception) -> None:
        explain(self.toast, self._tr, error)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, _OURS) and self.story_id:
            self._soon.start()
