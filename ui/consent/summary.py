"""Summary: who is in a story, what each of them answers to each use and why, and what the answers rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.consent import CLOSED, PERMITTING, Consent, ConsentState
from storybank.domain.contributor import Assent, Contributor
from storybank.domain.vocabulary import province
from storybank.services.asking import Replies
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.consent.answers import AnswersGrid, counted
from ui.consent.chronicle import Chronicle
from ui.consent.dossier import Dossier
from ui.consent.presence import Presence
from ui.consent.said import badge_said, reasons_said
from ui.parts.buttons import link_button, quiet_button, stop_button
from ui.parts.chips import Badge
from ui.parts.flow import Flow
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class Summary(QWidget):
    """What may be done with a story, read aloud; the ways to change it beneath."""

    person_asked = Signal(object)
    consent_asked = Signal(object)
    withdrawal_asked = Signal(object)
    receipt_asked = Signal(object)
    proof_asked = Signal(object, int)
    renewal_asked = Signal(object)
    mistake_asked = Signal(object)
    presence_asked = Signal(object)
    community_asked = Signal(object)
    restriction_asked = Signal()
    freed = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._app, self._tr, self._tokens = app, tr, tokens
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self._inside: QWidget | None = None
        self.grids: dict[str, AnswersGrid] = {}
        """What each of those who are asked answers, by whom; all of them together under no name."""
        self.dossiers: dict[str, Dossier] = {}
        """Every agreement, by its code."""

    def show_view(self, view: StoryView) -> None:
        """Show the consent of this story."""
        if self._inside:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        self._inside.setObjectName("plain")
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_3)
        self._fill(inside, view)
        inside.addStretch(1)
        self._column.addWidget(self._inside)

    def _fill(self, inside: QVBoxLayout, view: StoryView) -> None:
        replies = self._app.asking.of_story(view.story.id)
        word, tone, reason = badge_said(view.badge, view.uses, self._app.consenting.today(), self._tr)
        self.badge, self.grids, self.dossiers = Badge(self._tokens, word, tone, reason), {}, {}
        asked = [*view.people, *(one for one in replies.who if one.is_community)]
        if len(asked) == 1:
            inside.addLayout(self._person(asked[0]))
        inside.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label(self._reason(replies, reason), wrap=True))
        for warning in self._warnings(view, replies):
            inside.addWidget(label(warning, wrap=True, tone="warn"))
        self.grids[""] = AnswersGrid(self._tr, self._tokens, view.uses, replies.story)
        if asked:
            inside.addWidget(self.grids[""])
        else:
            inside.addWidget(label(self._tr("Nobody is named in this story yet."), "soft", wrap=True))
            inside.addWidget(quiet_button(self._tr("Name the person…"), lambda: self.person_asked.emit(None)))
        chronicle = self._chronicle(view)
        for person in asked:
            inside.addWidget(hairline())
            if len(asked) > 1:
                self._add_one_of_many(inside, person, view, replies)
            self._add_agreements(inside, person, chronicle)
        inside.addWidget(hairline())
        inside.addWidget(self._presence(view, asked))

    def _reason(self, replies: Replies, otherwise: str) -> str:
        """Return the gate's own words where they hold for every use, else what the badge says."""
        reasons = {reasons_said(answer, self._tr) for answer in replies.story.values()}
        same = len(reasons) == 1 and not any(answer.allowed for answer in replies.story.values())
        return reasons.pop() if same else otherwise

    def _warnings(self, view: StoryView, replies: Replies) -> list[str]:
        """Return what to think of before it is used as permitted, such as who could be recognised without a name."""
        alike = {(answer.attribution, answer.features): answer for answer in replies.story.values() if answer.allowed}
        found = [warning for answer in alike.values()
                 for warning in self._app.consenting.warnings(view.story.id, answer)]
        return list(dict.fromkeys(map(self._tr.sentence, found)))

    def _chronicle(self, view: StoryView) -> Chronicle:
        titles = {card.line.id: card.line.title for card in self._app.browsing.cards()}
        return Chronicle(self._tr, view.uses, titles, {one.id: one for one in self._app.forms.notices()})

    def _person(self, person: Contributor) -> QHBoxLayout:
        about = (person.role, person.organization, province(person.province, self._tr.language))
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(person.name, "name", wrap=True))
        if any(about):
            words.addWidget(label(" · ".join(part for part in about if part), "soft", wrap=True))
        if decides := self._who_decides(person):
            words.addWidget(note(decides))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        if not person.is_community:
            change = link_button(self._tr("Edit…"), lambda: self.person_asked.emit(person))
            change.setAccessibleName(f"{self._tr('Edit…')} {person.name}")
            row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _who_decides(self, person: Contributor) -> str:
        tr, guardian = self._tr, person.guardian
        if guardian is None:
            return tr("A community: asked beside the people in the story") if person.is_community else ""
        said = {Assent.UNKNOWN: tr("they have not been asked themselves"), Assent.YES: tr("they want it too"),
                Assent.DISSENT: tr("they do not want it themselves")}[guardian.assent]
        return tr("{guardian} decides for them; {assent}", guardian=guardian.name, assent=said)

    def _add_one_of_many(self, inside: QVBoxLayout, person: Contributor, view: StoryView, replies: Replies) -> None:
        """Say who it is and how often they say yes; what they say to each use is one press away."""
        inside.addLayout(self._person(person))
        answers = replies.people.get(person.id)
        if answers is None:
            inside.addWidget(note(self._tr("Neither seen nor heard, so not asked.")))
            return
        grid = AnswersGrid(self._tr, self._tokens, view.uses, answers)
        grid.hide()
        self.grids[person.id] = grid
        row = QHBoxLayout()
        row.addWidget(label(counted(answers, self._tr), wrap=True), 1)
        show = link_button(self._tr("Each use"), lambda: grid.setVisible(grid.isHidden()))
        show.setAccessibleName(self._tr("What {name} answers to each use", name=person.name))
        row.addWidget(show)
        inside.addLayout(row)
        inside.addWidget(grid)

    def _add_agreements(self, inside: QVBoxLayout, person: Contributor, chronicle: Chronicle) -> None:
        """Show what somebody agreed to: what counts now in full, everything before it as a line each."""
        own = self._app.consenting.consents_of(person.id)
        if not own:
            inside.addWidget(note(self._tr("There is no consent on file for {name}.", name=person.name)))
        for consent in _newest_first(own):
            made = Dossier(self._tr, self._tokens, chronicle, consent, self._app.consenting.today(),
                           opened=consent is _newest_first(own)[0], of_community=person.is_community)
            self._add_dossier(inside, made)
        inside.addLayout(self._ways(person, own))

    def _add_dossier(self, inside: QVBoxLayout, made: Dossier) -> None:
        made.receipt_asked.connect(self.receipt_asked)
        made.proof_asked.connect(self.proof_asked)
        made.renewal_asked.connect(self.renewal_asked)
        made.mistake_asked.connect(self.mistake_asked)
        self.dossiers[made.consent.code] = made
        inside.addWidget(made)

    def _ways(self, person: Contributor, own: Sequence[Consent]) -> Flow:
        row = Flow(gap=SPACE_2)
        stands = any(consent.last_state in PERMITTING for consent in own)
        words = self._tr("Change consent…") if stands else self._tr("Record consent…")
        row.addWidget(quiet_button(words, lambda: self.consent_asked.emit(person)))
        if not own or own[-1].last_state is not ConsentState.WITHDRAWN:
            row.addWidget(stop_button(self._tr("Withdraw…"), lambda: self.withdrawal_asked.emit(person)))
        return row

    def _presence(self, view: StoryView, asked: Sequence[Contributor]) -> Presence:
        restrictions = self._app.people.restrictions([recording.id for recording in view.recordings])
        people: Mapping[str, Contributor] = {one.id: one for one in asked}
        made = Presence(self._tr, view.story, people, restrictions)
        made.changed_asked.connect(self.presence_asked)
        made.person_asked.connect(self.person_asked)
        made.community_asked.connect(self.community_asked)
        made.restriction_asked.connect(self.restriction_asked)
        made.freed.connect(self.freed)
        return made


def _newest_first(consents: Sequence[Consent]) -> list[Consent]:
    """Return what counts first: open agreements before closed ones, of each the latest first."""
    latest = sorted(consents, key=lambda one: one.last_said, reverse=True)
    return sorted(latest, key=lambda one: one.last_state in CLOSED)
