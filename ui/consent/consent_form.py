"""Form that records a person's answer as a conversation: ticks and Save for most, a question more for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import UNSAID, Attribution
from storybank.domain.consent import PERMITTING, UNRECORDED, Consent, ConsentState, Stage
from storybank.domain.contributor import Contributor
from storybank.errors import Invalid
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.consent.conversation import Conversation, Turn
from ui.consent.form import Form
from ui.consent.naming_turns import NamingTurn, WishesTurn
from ui.consent.options import DecisionRow
from ui.consent.period_turn import PeriodTurn
from ui.consent.proof_turn import ProofTurn
from ui.consent.scope_turns import AnswerTurn, StageTurn, StoriesTurn, WhoTurn
from ui.consent.taken_turns import FormTurn, ThereTurn
from ui.consent.use_turns import ACTS, MACHINES, ActsTurn, MaterialsTurn, UsesTurn
from ui.jobs.book import Errands
from ui.parts.text import label
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class ConsentForm(Form):
    """The questions in their order. Saving supersedes the earlier answer, which stays on file."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView, person: Contributor,
                 errands: Errands, before: Consent | None = None) -> None:
        super().__init__(tr, tr("Consent of {name}", name=person.name), tr("Save consent"))
        self._app, self._tokens, self._view, self._person, self._errands = app, tokens, view, person, errands
        self._before = before
        self._build_scope()
        self._build_uses()
        self._build_naming()
        self._build_taken()
        self.turns: Sequence[Turn] = (
            self.answer, self.who, self.stage, self.stories, self.for_uses, self.materials, self.naming, self.seen,
            self.acts, self.machines, self.period, self.form, self.there, self.proof,
        )
        self.conversation = Conversation(self.turns)
        self.column.setSpacing(SPACE_2)
        self.add(self.conversation)
        self._build_clashes()
        self.end()
        self.conversation.changed.connect(self._follow)
        self.conversation.ended.connect(self.save_button.setFocus)
        self.conversation.asking.connect(self._bring_into_sight)
        self.conversation.open(*((self.for_uses,) if before else (self.answer, self.for_uses)), focus=False)
        self._follow()

    def begin(self) -> None:
        """Put the cursor on the first open question."""
        next(turn for turn in self.turns if turn.is_open).first().setFocus()

    @property
    def agreement(self) -> Agreement:
        """Return the answer as it was entered; raise `Invalid` for what is missing."""
        state, stage, used = self.answer.state, self.stage.stage, self._is_about_use
        agreed = state in PERMITTING
        taken = self.there.of(self.form.of(UNRECORDED)) if self._was_recorded else UNRECORDED
        provisions = [*(self.for_uses.decisions(self.materials.materials) if used else []),
                      *(self.acts.decisions() if used else []), *(self.machines.decisions() if agreed else []),
                      *(self.for_uses.kept if used else [])]
        return Agreement(
            self._person.id, tuple(provisions), self.naming.level if used else Attribution.ANONYMOUS, state,
            self.period.given_on.day() if agreed else None, self.period.last_day if agreed else None,
            self.stories.story_ids, stage, self.seen.wishes if used else UNSAID, taken, self.who.role, self.who.name,
            self.period.reason if agreed else self.answer.reason.text().strip(), self._replaces,
        )  # fmt: skip

    @property
    def clashes(self) -> str:
        """Return what in the answer speaks against itself, as it is shown."""
        return "" if self._clash.isHidden() else self._clashes.text()

    def save(self) -> None:
        """Put the answer on file, as a job because the proofs are copied in."""
        for turn in (self.for_uses, self.acts):
            if not turn.isHidden() and (row := turn.check()):
                self._ask_condition(turn, row)
        for field in (self.period.given_on, self.period.until):
            if not field.check():
                self.conversation.open(self.period, focus=False)
                field.setFocus()
                field.day()
        agreement, proofs = self._checked(), list(self.proof.proofs)

        def work(ticket: JobTicket) -> Consent:
            return self._app.consenting.put_on_file(agreement, proofs, ticket)

        self.save_button.setEnabled(False)
        self._errands.start(Lane.FILES, say("Recording the consent of {name}", name=self._person.name), work,
                            self._saved, self.failed.emit, self._free)

    def choose_evidence(self, file: Path) -> None:
        """Take this file as a proof."""
        self.proof.add_file(file)

    def _checked(self) -> Agreement:
        try:
            return self.agreement
        except Invalid:
            self.conversation.open(self.period, focus=False)
            (self.period.why if self.period.endless.isChecked() else self.period.until).setFocus()
            raise

    def _ask_condition(self, turn: Turn, row: DecisionRow) -> None:
        self.conversation.open(turn, focus=False)
        row.condition.setFocus()
        raise Invalid(say("A permission with a condition needs the condition."),
                      hint=say("Write it down in the person's own words."))

    @property
    def _is_about_use(self) -> bool:
        return self.answer.state in PERMITTING and self.stage.stage is Stage.RELEASE

    @property
    def _was_recorded(self) -> bool:
        """Tell whether somebody said how the answer was taken."""
        asked = (self.form.notice.key, self.form.method.key, self.form.copy.text(), self.there.taker.text(),
                 self.there.witness.text(), self.there.interpreter.text())
        return any(part.strip() for part in asked)

    @property
    def _replaces(self) -> str:
        """Return the agreement that this answer takes the place of, where one stands and is about the same thing."""
        before = self._before
        return before.id if before and before.is_open and before.stage is self.stage.stage else ""

    def _saved(self, consent: Consent) -> None:
        self.finished.emit(self.tr_("Saved as {code}. It holds from now on.", code=consent.code), [])

    def _bring_into_sight(self, turn: Turn) -> None:
        """Scroll to a question once it has found its place; its beginning counts more than its end."""
        def scroll() -> None:
            bar, top = self.area.verticalScrollBar(), turn.y() + self.conversation.y()
            if top < bar.value() or top + turn.height() > bar.value() + self.area.viewport().height():
                bar.setValue(top - SPACE_3)

        QTimer.singleShot(0, self, scroll)

    def _free(self) -> None:
        self.save_button.setEnabled(True)

    def _follow(self) -> None:
        """Ask only what matters after this answer, and say what speaks against itself."""
        agreed, used = self.answer.state in PERMITTING, self._is_about_use
        self.who.setVisible(self.who.matters)
        about_use: Sequence[Turn] = (self.for_uses, self.materials, self.naming, self.seen, self.acts)
        about_both: Sequence[Turn] = (self.machines, self.period)
        for turn in (*about_use, *about_both):
            turn.setVisible(used if turn in about_use else agreed)
        try:
            found = self._app.consenting.contradictions(self.agreement)
        except Invalid:
            found = []
        self._clashes.setText("\n".join(map(self.tr_.sentence, found)))
        self._clash.setVisible(bool(found))

    def _build_scope(self) -> None:
        tr, tokens, before = self.tr_, self._tokens, self._before
        lines = [card.line for card in self._app.browsing.cards()]
        story = next(line for line in lines if line.id == self._view.story.id)
        own = [line for line in lines if self._person.id in line.contributor_ids]
        self.answer = AnswerTurn(tr, tokens, self._person, ConsentState.GIVEN)
        self.who = WhoTurn(tr, tokens, self._person)
        self.stage = StageTurn(tr, tokens, before.stage if before else Stage.RELEASE)
        self.stories = StoriesTurn(tr, tokens, story, own, before)

    def _build_uses(self) -> None:
        tr, tokens = self.tr_, self._tokens
        said = self._before.provisions if self._before else ()
        self.for_uses = UsesTurn(tr, tokens, self._view.uses, said)
        self.uses = {key: row.box for key, row in self.for_uses.rows.items()}
        self.materials = MaterialsTurn(tr, tokens, said)
        self.acts = ActsTurn(tr, tokens, tr("What else may be done with it?"), ACTS, said)
        self.machines = ActsTurn(tr, tokens, tr("What may a computer do with it?"), MACHINES, said, tr(
            "Writing down and suggesting happen on this machine only, and stop at a no. Learning needs a yes."))

    def _build_naming(self) -> None:
        before = self._before
        self.naming = NamingTurn(self.tr_, self._tokens, before.attribution if before else Attribution.FULL_NAME)
        self.attribution = self.naming.choice
        self.seen = WishesTurn(self.tr_, self._tokens, before.wishes if before else UNSAID, self.naming)

    def _build_taken(self) -> None:
        tr, tokens, before = self.tr_, self._tokens, self._before
        endless = before is not None and before.stage is Stage.RELEASE and before.valid_until is None
        why = before.events[-1].reason if before and before.events and endless else ""
        today = self._app.consenting.today()
        until = before.valid_until if before and before.valid_until and before.valid_until > today else None
        self.period = PeriodTurn(tr, tokens, today, until, endless=endless, why=why)
        self.given_on, self.until = self.period.given_on, self.period.until
        self.form = FormTurn(tr, tokens, self._person, self._app.forms.notices())
        self.there = ThereTurn(tr, tokens, self._person)
        self.proof = ProofTurn(tr, tokens, self._view.recordings)

    def _build_clashes(self) -> None:
        self._clash = QFrame()
        self._clash.setObjectName("notice")
        self._clash.setProperty("tone", "warn")
        column = QVBoxLayout(self._clash)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_1)
        self._clashes = label("", wrap=True)
        column.addWidget(self._clashes)
        self._clash.hide()
        self.whole.addWidget(self._clash)
