"""Form that records a person's answer: what they agreed to, how they may be named, until when, and the proof."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from storybank.domain.attribution import Attribution
from storybank.domain.consent import PERMITTING, Consent, ConsentState
from storybank.domain.contributor import Contributor
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.consent.form import Form
from ui.consent.said import ATTRIBUTIONS
from ui.jobs.book import Errands
from ui.parts.buttons import quiet_button
from ui.parts.fields import Choice, DayField, tick
from ui.parts.page import labelled
from ui.parts.text import cut, label, note
from ui.theme import SPACE_1, SPACE_2, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class ConsentForm(Form):
    """A tick for each use; saving supersedes the earlier answer, which stays on file."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView, person: Contributor,
                 errands: Errands) -> None:
        super().__init__(tr, tr("What did {name} agree to?", name=person.name), tr("Save consent"))
        self._app, self._tokens, self._view, self._person, self._errands = app, tokens, view, person, errands
        self._evidence: Path | None = None
        own = [c for c in view.consents if c.contributor_id == person.id and c.events
               and c.events[-1].state in PERMITTING]
        self._build_answer()
        self._build_uses(own[-1] if own else None)
        self._build_terms(own[-1] if own else None)
        self._build_evidence()
        self.end()

    def save(self) -> None:
        """Put the answer on file, as a job because the proof is copied in."""
        state = ConsentState(self.answer.key)
        uses = [key for key, box in self.uses.items() if box.isChecked()] if state in PERMITTING else []
        wrong = [field for field in (self.given_on, self.until) if not field.check()]
        for field in wrong[:1]:
            field.setFocus()
        given, until = self.given_on.day(), self.until.day()
        level = Attribution(self.attribution.key)

        def work(ticket: JobTicket) -> Consent:
            return self._app.consenting.record(
                self._person.id, uses, level, ticket, given_on=given, until=until, evidence=self._evidence,
                state=state)

        self.save_button.setEnabled(False)
        self._errands.start(Lane.FILES, say("Recording the consent of {name}", name=self._person.name), work,
                            self._saved, self.failed.emit, self._free)

    def choose_evidence(self, file: Path) -> None:
        """Take this file as the proof."""
        self._evidence = file
        self._proof.setText(file.name)
        self._proof.show()

    def _saved(self, consent: Consent) -> None:
        self.finished.emit(self.tr_("Saved as {code}. It holds from now on.", code=consent.code), [])

    def _free(self) -> None:
        self.save_button.setEnabled(True)

    def _build_answer(self) -> None:
        tr = self.tr_
        self.answer = Choice(self._tokens, tr("Their answer"), [
            (ConsentState.GIVEN.value, tr("They agreed")),
            (ConsentState.REQUESTED.value, tr("They were asked and have not answered")),
            (ConsentState.REFUSED.value, tr("They said no")),
        ])
        self.answer.currentIndexChanged.connect(self._show_terms)
        self.first = self.answer
        self.add(labelled(self.answer.accessibleName(), self.answer))

    def _build_uses(self, before: Consent | None) -> None:
        allowed = {provision.use for provision in before.provisions} if before else set()
        self._uses_title = label(self.tr_("They agreed to"), "strong")
        self.add(self._uses_title)
        self.uses = {}
        self._boxes = QWidget()
        self._boxes.setObjectName("plain")
        column = QVBoxLayout(self._boxes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for use in self._view.uses:
            text = use.label(self.tr_.language)
            self.uses[use.key] = tick(text[:1].upper() + text[1:], on=use.key in allowed)
            column.addWidget(self.uses[use.key])
        self.add(self._boxes)
        self.column.setSpacing(SPACE_2)

    def _build_terms(self, before: Consent | None) -> None:
        tr = self.tr_
        levels = [(level.value, tr(words)) for level, words in ATTRIBUTIONS.items()]
        self.attribution = Choice(self._tokens, tr("How may they be named?"), levels,
                                  (before.attribution if before else Attribution.FULL_NAME).value)
        today: date = self._app.consenting.today()
        self.given_on = DayField(tr, tr("Given on"), today)
        self.until = DayField(tr, tr("Until (last day; empty: no end)"), before.valid_until if before else None)
        self._terms = [labelled(field.accessibleName(), field)
                       for field in (self.attribution, self.given_on, self.until)]
        for part in self._terms:
            self.add(part)

    def _build_evidence(self) -> None:
        self._proof = cut("", "soft")
        self._proof.hide()
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self._proof)
        column.addWidget(quiet_button(self.tr_("Choose the signed form…"), self._ask_evidence))
        self.add(labelled(self.tr_("What proves it?"), holder))
        if self._view.people and len(self._view.people) > 1:
            self.add(note(self.tr_("Everyone in the story is asked: the strictest answer wins.")))

    def _ask_evidence(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.tr_("Choose the signed form…"))
        if name:
            self.choose_evidence(Path(name))

    def _show_terms(self) -> None:
        agreed = ConsentState(self.answer.key) in PERMITTING
        for part in (self._uses_title, self._boxes, *self._terms):
            part.setVisible(agreed)
