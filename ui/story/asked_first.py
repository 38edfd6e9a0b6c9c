"""Asked first: the small form that puts a yes or a no on file, for one quote and the uses somebody was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from storybank.domain.consent import Consent, Decision, Method, Role, Taken
from storybank.domain.quote import Quote
from storybank.domain.recording import Recording
from storybank.errors import Invalid, StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.asking import AskMeFirst
from storybank.services.proving import Proof
from storybank.words import Words, say
from ui.ask import explain
from ui.consent.conversation import Conversation
from ui.consent.form import Form
from ui.consent.proof_turn import ProofTurn
from ui.consent.scope_turns import WhoTurn
from ui.consent.taken_turns import METHODS
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.fields import Choice, line_field, tick
from ui.parts.over import Over
from ui.parts.page import labelled
from ui.parts.text import label, note
from ui.parts.toast import Toast
from ui.story.moments import quoted
from ui.theme import SPACE_2, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class AskedForm(Form):
    """What one person said about one quote: to which uses, how, to whom, and what proves it."""

    saving = Signal()
    other_chosen = Signal(str)
    """It was somebody else who answered."""

    def __init__(self, tr: Words, tokens: Tokens, quote: Quote, wishes: Sequence[AskMeFirst], yes: bool,
                 recordings: Sequence[Recording], about: AbstractSet[str] = frozenset()) -> None:
        self.quote, self.wish, self.yes = quote, wishes[0], yes
        name, save = wishes[0].person.name, tr("Put this yes on file") if yes else tr("Put this no on file")
        heading = tr("{name} said yes to {code}", name=name, code=quote.code)
        super().__init__(tr, heading if yes else tr("{name} said no to {code}", name=name, code=quote.code), save)
        self.column.setSpacing(SPACE_2)
        self.add(label(quoted(quote.text, quote.language), wrap=True))
        self._build_people(tokens, wishes)
        self._build_uses(about)
        self._build_how(tokens, recordings)
        self.add(note(tr("It counts from today, for this quote alone. It stays on file: Ctrl+Z does not take it "
                         "back.")))
        self.end()

    @property
    def proofs(self) -> list[Proof]:
        """Return what proves the answer."""
        return list(self._proof.proofs)

    @property
    def chosen(self) -> list[str]:
        """Return the keys of the uses that were answered; raise `Invalid` where there is none."""
        keys = [key for key, box in self.uses.items() if box.isChecked()]
        if not keys:
            raise Invalid(say("Choose at least one use."))
        return keys

    @property
    def decision(self) -> Decision:
        """Return what they said."""
        return Decision.PERMIT if self.yes else Decision.DENY

    @property
    def taken(self) -> Taken:
        """Return how the answer was taken."""
        return Taken(method=Method(self.method.key) if self.method.key else None, captured_by=self.taker.text().strip())

    @property
    def role(self) -> Role:
        """Return in which role they answered."""
        return self._who.role

    @property
    def by(self) -> str:
        """Return who answered, where it was not the person."""
        return self._who.name

    def save(self) -> None:
        """Say that everything is there."""
        if self.chosen:
            self.saving.emit()

    def _build_people(self, tokens: Tokens, wishes: Sequence[AskMeFirst]) -> None:
        """Ask whose answer it is, where several people want to be asked: one after another."""
        if len(wishes) == 1:
            return
        who = Choice(tokens, self.tr_("Whose answer is it?"), [(w.person.id, w.person.name) for w in wishes])
        who.currentIndexChanged.connect(lambda: self.other_chosen.emit(who.key))
        self.whose = who
        self.add(labelled(who.accessibleName(), who, self.tr_("The others are asked after that.")))

    def _build_uses(self, about: AbstractSet[str]) -> None:
        self.add(label(self.tr_("To which use?"), "strong", wrap=True))
        self.uses = {}
        for use in self.wish.uses:
            text = use.label(self.tr_.language)
            self.uses[use.key] = tick(text[:1].upper() + text[1:], on=use.key in about or len(self.wish.uses) == 1)
            self.add(self.uses[use.key])
        self.first = next(iter(self.uses.values()))

    def _build_how(self, tokens: Tokens, recordings: Sequence[Recording]) -> None:
        tr, person = self.tr_, self.wish.person
        self.method = Choice(tokens, tr("How did they answer?"),
                             [("", tr("not recorded")), *((one.value, tr(words)) for one, words in METHODS.items())])
        self.taker = line_field(tr("Who took the answer?"), hint=tr("optional"))
        for field in (self.method, self.taker):
            self.add(labelled(field.accessibleName(), field))
        self._who, self._proof = WhoTurn(tr, tokens, person), ProofTurn(tr, tokens, recordings)
        conversation = Conversation((self._who, self._proof))
        conversation.ended.connect(self.save_button.setFocus)
        self._who.setVisible(self._who.matters)
        self.add(conversation)


@dataclass(frozen=True, slots=True)
class Round:
    """Whose turn it is: who answered just now, about which uses, and who comes first of those who are left."""

    first: str = ""
    asked: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()

    def left(self, wishes: Sequence[AskMeFirst]) -> list[AskMeFirst]:
        """Return who is still to be asked."""
        left = [wish for wish in wishes if wish.person.id not in self.asked]
        about = [wish for wish in left if not self.uses or self.uses & {use.key for use in wish.uses}]
        return sorted(about, key=lambda one: one.person.id != self.first)


class AskedFirst:
    """Opens the form beside a quote, for one person after another, and puts what they said on file."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, over: Over, toast: Toast, bridge: Bridge) -> None:
        self._app, self._tr, self._tokens, self._over, self._toast = app, tr, tokens, over, toast
        self._errands = Errands(app.runner, bridge, over)

    def may_ask(self, quote: Quote, uses: AbstractSet[str]) -> bool:
        """Tell whether somebody's wish to be asked first is all that stands in the way of one of these uses."""
        try:
            return bool(Round(uses=frozenset(uses)).left(self._app.asking.wishes(quote.code)))
        except StorybankError:
            return False

    def ask(self, quote: Quote, yes: bool, turn: Round = Round()) -> None:
        """Ask what somebody said about a quote; nobody is asked twice in a row."""
        try:
            wishes = turn.left(self._app.asking.wishes(quote.code))
            recordings = self._app.browsing.story(quote.story_id).recordings
        except StorybankError as error:
            self._fail(error)
            return
        if not wishes:
            self._over.close_form()
            return
        form = AskedForm(self._tr, self._tokens, quote, wishes, yes, recordings, turn.uses)
        form.finished.connect(self._over.close_form)
        form.failed.connect(self._fail)
        form.other_chosen.connect(lambda other: self.ask(quote, yes, replace(turn, first=other)))
        form.saving.connect(lambda: self._save(form, turn))
        self._over.show_form(form)
        form.begin()

    def _save(self, form: AskedForm, turn: Round) -> None:
        person, proofs = form.wish.person, form.proofs
        after = Round(asked=turn.asked | {person.id}, uses=frozenset(form.chosen))
        agreement = self._app.asking.answer(form.quote, person, form.chosen, form.decision, form.taken, form.role,
                                            form.by)

        def work(ticket: JobTicket) -> Consent:
            return self._app.consenting.put_on_file(agreement, proofs, ticket)

        def saved(consent: Consent) -> None:
            self._toast.say(self._tr("Saved as {code}. It holds from now on.", code=consent.code), "good")
            if self._is_open(form):
                self.ask(form.quote, form.yes, after)

        def ended() -> None:
            if self._is_open(form):
                form.save_button.setEnabled(True)

        form.save_button.setEnabled(False)
        self._errands.start(Lane.FILES, say("Recording the consent of {name}", name=person.name), work, saved,
                            self._fail, ended)

    def _is_open(self, form: AskedForm) -> bool:
        """Tell whether nobody closed the form meanwhile, or opened another."""
        return self._over.form is form

    def _fail(self, error: Exception) -> None:
        explain(self._toast, self._tr, error)
