"""Summary: the person, the badge and its reason, each use with yes or no, and what the answer rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.clearance import Permission
from storybank.domain.consent import PERMITTING, Consent, ConsentState
from storybank.domain.contributor import Contributor
from storybank.domain.vocabulary import province
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.consent.said import attribution_said, badge_said
from ui.parts.buttons import link_button, quiet_button, stop_button
from ui.parts.chips import Badge
from ui.parts.flow import Flow
from ui.parts.said import day
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class Summary(QWidget):
    """What may be done with a story, read aloud; the ways to change it beneath."""

    person_asked = Signal(object)
    consent_asked = Signal(object)
    withdrawal_asked = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._app, self._tr, self._tokens = app, tr, tokens
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self._inside: QWidget | None = None

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
        word, tone, reason = badge_said(view.badge, view.uses, self._app.consenting.today(), self._tr)
        answers = {use.key: self._app.consenting.permission(view.story.id, [use.key]) for use in view.uses}
        self.badge = Badge(self._tokens, word, tone, reason)
        for person in view.people:
            inside.addLayout(self._person(person))
        inside.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label(self._reason(answers, reason), wrap=True))
        inside.addLayout(self._uses(view, answers))
        if not view.people:
            inside.addWidget(hairline())
            inside.addWidget(label(self._tr("Nobody is named in this story yet."), "soft", wrap=True))
            inside.addWidget(quiet_button(self._tr("Name the person…"), lambda: self.person_asked.emit(None)))
        for person in view.people:
            inside.addWidget(hairline())
            if len(view.people) > 1:
                inside.addWidget(label(person.name, "strong"))
            inside.addLayout(self._agreement(person, view.consents))
            inside.addLayout(self._ways(person, view))

    def _reason(self, answers: dict[str, Permission], otherwise: str) -> str:
        """Return the gate's own words where they hold for every use, else what the badge says."""
        reasons = {answer.reasons[0] for answer in answers.values() if answer.reasons}
        same = len(reasons) == 1 and not any(answer.allowed for answer in answers.values())
        return self._tr.sentence(reasons.pop()) if same else otherwise

    def _uses(self, view: StoryView, answers: dict[str, Permission]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_1)
        grid.setColumnStretch(0, 1)
        for row, use in enumerate(view.uses):
            answer = answers[use.key]
            text = use.label(self._tr.language)
            words = label(text[:1].upper() + text[1:], "" if answer.allowed else "soft", wrap=True)
            reasons = " ".join(map(self._tr.sentence, answer.reasons))
            words.setToolTip(reasons)
            said = self._tr("yes") if answer.allowed else self._tr("no")
            grid.addWidget(words, row, 0)
            grid.addWidget(Badge(self._tokens, said, "good" if answer.allowed else "plain", reasons), row, 1,
                           Qt.AlignmentFlag.AlignRight)
        return grid

    def _person(self, person: Contributor) -> QHBoxLayout:
        about = (person.role, person.organization, province(person.province, self._tr.language))
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(label(person.name, "name", wrap=True))
        words.addWidget(label(" · ".join(part for part in about if part), "soft", wrap=True))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        change = link_button(self._tr("Edit…"), lambda: self.person_asked.emit(person))
        change.setAccessibleName(f"{self._tr('Edit…')} {person.name}")
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _agreement(self, person: Contributor, consents: Sequence[Consent]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        own = [consent for consent in consents if consent.contributor_id == person.id]
        if not own:
            column.addWidget(note(self._tr("There is no consent on file for {name}.", name=person.name)))
        for question, answer in self._answers(own[-1]) if own else ():
            column.addSpacing(SPACE_1)
            column.addWidget(label(question, "note"))
            column.addWidget(label(answer, wrap=True))
        return column

    def _answers(self, consent: Consent) -> list[tuple[str, str]]:
        tr, last = self._tr, consent.events[-1] if consent.events else None
        found = [(tr("How may they be named?"), attribution_said(consent.attribution, tr))]
        if consent.given_on:
            found.append((tr("Given on"), day(consent.given_on, tr.language)))
        if last and last.state is ConsentState.WITHDRAWN:
            found.append((tr("Withdrawn on"), day(last.at, tr.language)))
        else:
            until = day(consent.valid_until, tr.language) if consent.valid_until else tr("No end was agreed")
            found.append((tr("Until when?"), until))
        proofs = ", ".join(proof.original_name for proof in consent.evidence) or tr("No form on file")
        found.append((tr("What proves it?"), f"{proofs} · {consent.code}"))
        return found

    def _ways(self, person: Contributor, view: StoryView) -> Flow:
        row = Flow(gap=SPACE_2)
        own = [c for c in view.consents if c.contributor_id == person.id and c.events]
        stands = any(c.events[-1].state in PERMITTING for c in own)
        words = self._tr("Change consent…") if stands else self._tr("Record consent…")
        row.addWidget(quiet_button(words, lambda: self.consent_asked.emit(person)))
        if not own or own[-1].events[-1].state is not ConsentState.WITHDRAWN:
            row.addWidget(stop_button(self._tr("Withdraw…"), lambda: self.withdrawal_asked.emit(person)))
        return row
