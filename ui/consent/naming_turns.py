"""Questions about the person: how they may be named, and whether face, voice, workplace and place may be known."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storybank.domain.attribution import Attribution, Features, Wishes
from storybank.words import Words
from ui.consent.conversation import Turn
from ui.consent.options import OneOf
from ui.consent.said import ATTRIBUTIONS
from ui.parts.fields import Choice
from ui.parts.page import labelled
from ui.parts.said import N_
from ui.theme import Tokens

FEATURES = {
    "face": N_("May their face be seen?"), "voice": N_("May their voice be heard?"),
    "organization": N_("May their workplace be named?"), "place": N_("May their province or place be told?"),
}
_SHORT = {"face": N_("face"), "voice": N_("voice"), "organization": N_("workplace"), "place": N_("place")}


class NamingTurn(Turn):
    """How may they be named? From everything down to nothing."""

    def __init__(self, tr: Words, tokens: Tokens, level: Attribution) -> None:
        super().__init__(tr, tokens, tr("How may they be named?"))
        self.choice = OneOf(self.question, [(one.value, tr(words)) for one, words in ATTRIBUTIONS.items()], level.value)
        self.body.addWidget(self.choice)
        self.choice.changed.connect(self.changed)
        self.close_body()

    @property
    def level(self) -> Attribution:
        """Return the most that may be told."""
        return Attribution(self.choice.key)

    def said(self) -> str:
        return self.choice.words

    def first(self) -> QWidget:
        return self.choice.current


class WishesTurn(Turn):
    """Face, voice, workplace and place: each its own answer; by default as the naming says."""

    def __init__(self, tr: Words, tokens: Tokens, wishes: Wishes, naming: NamingTurn) -> None:
        super().__init__(tr, tokens, tr("What of them may be seen, heard and told?"))
        self._naming = naming
        self.choices: dict[str, Choice] = {}
        for name, question in FEATURES.items():
            said: bool | None = getattr(wishes, name)
            choice = Choice(tokens, tr(question), [("", ""), ("yes", tr("yes")), ("no", tr("no"))],
                            "" if said is None else "yes" if said else "no")
            choice.currentIndexChanged.connect(self.changed)
            self.choices[name] = choice
            self.body.addWidget(labelled(tr(question), choice))
        naming.changed.connect(self._follow)
        self._follow()
        self.close_body()

    @property
    def wishes(self) -> Wishes:
        """Return what was said; nothing where the naming speaks for it."""
        return Wishes(**{name: {"yes": True, "no": False}.get(choice.key) for name, choice in self.choices.items()})

    @property
    def outcome(self) -> Features:
        """Return what may go out, as the answers stand."""
        return self.wishes.at(self._naming.level)

    def said(self) -> str:
        told = [self.tr_(_SHORT[name]) for name in FEATURES if getattr(self.outcome, name)]
        hidden = [self.tr_(_SHORT[name]) for name in FEATURES if not getattr(self.outcome, name)]
        parts = [self.tr_("Yes: {what}", what=", ".join(told))] if told else []
        parts += [self.tr_("No: {what}", what=", ".join(hidden))] if hidden else []
        return ". ".join(parts)

    def first(self) -> QWidget:
        return next(iter(self.choices.values()))

    def _follow(self) -> None:
        """Say in each first choice what the naming means for it."""
        usual = self._naming.level.features
        for name, choice in self.choices.items():
            answer = self.tr_("yes") if getattr(usual, name) else self.tr_("no")
            choice.setItemText(0, self.tr_("as the naming says: {answer}", answer=answer))
        self.refresh()
