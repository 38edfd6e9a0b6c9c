"""One agreement, as it lies on file: what it says, what proves it, and everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.consent import Consent, ConsentEvent, Decision, Provision, Role, Stage
from storybank.domain.story import Story
from storybank.domain.use import Act, Use
from storybank.words import Words
from ui.board.said import STATES, state_said
from ui.consent.said import attribution_said
from ui.parts.buttons import link_button
from ui.parts.chips import Badge
from ui.parts.flow import Flow
from ui.parts.said import N_, day
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

ROLES = {
    Role.PERSON: N_("by the person"), Role.GUARDIAN: N_("by their guardian"), Role.COMMUNITY: N_("by their community"),
    Role.ORGANIZATION: N_("by us"), Role.AUTHORITY: N_("by an authority"),
}
DECISIONS = {
    Decision.PERMIT: N_("Yes to {uses}"), Decision.CONDITIONAL: N_("Yes, with a condition, to {uses}"),
    Decision.ASK_FIRST: N_("Ask first: {uses}"), Decision.DENY: N_("No to {uses}"),
}


class AgreementCard(QFrame):
    """Read from top to bottom: where it stands, what was said, the proofs, the history."""

    receipt_asked = Signal()
    proof_asked = Signal(int)

    def __init__(self, tr: Words, tokens: Tokens, consent: Consent, today: date, uses: Sequence[Use],
                 stories: Mapping[str, Story]) -> None:
        super().__init__()
        self.setObjectName("well")
        self._tr, self._consent, self._uses, self._stories = tr, consent, uses, stories
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_1)
        head = QHBoxLayout()
        head.addWidget(label(consent.code, "strong"), 1)
        head.addWidget(Badge(tokens, *state_said(consent, today, tr)))
        column.addLayout(head)
        for text in self._said():
            column.addWidget(label(text, wrap=True))
        for widget in self._history():
            column.addWidget(widget)
        column.addLayout(self._ways())

    def _said(self) -> Iterator[str]:
        tr, consent = self._tr, self._consent
        if consent.stage is Stage.RECORD:
            yield tr("To be recorded only; no use of the recording was agreed to.")
        if consent.story_ids:
            named = sorted(self._stories[one].code for one in consent.story_ids if one in self._stories)
            yield tr("Only for {stories}", stories=", ".join(named) or tr("stories that are no longer here"))
        for decision, text in DECISIONS.items():
            told = [self._use(p) for p in consent.provisions if p.decision is decision and p.act is Act.USE]
            if told:
                yield tr(text, uses=", ".join(dict.fromkeys(told)))
        if consent.provisions:
            yield tr("Named as: {level}", level=attribution_said(consent.attribution, tr))
        if consent.given_on:
            until = day(consent.valid_until, tr.language) if consent.valid_until else tr("no end was agreed")
            yield tr("From {day} · until {until}", day=day(consent.given_on, tr.language), until=until)

    def _use(self, provision: Provision) -> str:
        if provision.use is None:
            return self._tr("every use")
        return next((use.label(self._tr.language) for use in self._uses if use.key == provision.use), provision.use)

    def _history(self) -> Iterator[QWidget]:
        for event in reversed(self._consent.events):
            yield note(self._happened(event))

    def _happened(self, event: ConsentEvent) -> str:
        tr = self._tr
        who = tr(ROLES[event.role]) + (f" ({event.by})" if event.by else "")
        said = f"{day(event.at, tr.language)} · {tr(STATES[event.state][0])}, {who}"
        return f"{said}: {event.reason}" if event.reason else said

    def _ways(self) -> Flow:
        row = Flow(gap=SPACE_1)
        tr, code = self._tr, self._consent.code
        for number, proof in enumerate(self._consent.evidence, start=1):
            words = tr("Show the signed form…") if proof.kind == "signed_form" else tr("Show the proof…")
            show = link_button(words, partial(self.proof_asked.emit, number))
            show.setToolTip(tr("{file}. That it was looked at is written down.", file=proof.original_name))
            show.setAccessibleName(f"{words} {proof.original_name}")
            row.addWidget(show)
        if not self._consent.evidence:
            row.addWidget(note(tr("Nothing on file proves it."), wrap=False))
        save = link_button(tr("Save receipt…"), self.receipt_asked.emit)
        save.setAccessibleName(f"{tr('Save receipt…')} {code}")
        row.addWidget(save)
        return row
