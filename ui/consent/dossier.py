"""Dossier: one agreement as it lies on file, with its history and what can be done about it; folded to a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.consent import OVER, PERMITTING, Consent, ConsentState, EvidenceKind
from storybank.words import Words
from ui.consent.chronicle import Chronicle
from ui.parts.buttons import link_button
from ui.parts.chips import Badge, Tone
from ui.parts.flow import Flow
from ui.parts.said import N_
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_1, SPACE_2, Tokens

STATES: dict[ConsentState, tuple[str, Tone]] = {
    ConsentState.REQUESTED: (N_("Asked"), "warn"), ConsentState.DEFERRED: (N_("Wants time"), "warn"),
    ConsentState.REFUSED: (N_("Said no"), "stop"), ConsentState.GIVEN: (N_("Agreed"), "good"),
    ConsentState.RENEWED: (N_("Renewed"), "good"), ConsentState.NARROWED: (N_("Replaced by less"), "plain"),
    ConsentState.WITHDRAWN: (N_("Withdrawn"), "stop"), ConsentState.REVOKED: (N_("Revoked"), "stop"),
    ConsentState.INVALIDATED: (N_("Found void"), "stop"), ConsentState.SUPERSEDED: (N_("Replaced"), "plain"),
    ConsentState.ENTERED_IN_ERROR: (N_("A mistake"), "plain"), ConsentState.EXPIRED: (N_("Ended"), "stop"),
}
"""Where an agreement stands, in a word with its sign."""


class Dossier(QFrame):
    """What was said, what proves it, what happened; and receipt, proof, renewal and mistake beneath."""

    receipt_asked = Signal(object)
    proof_asked = Signal(object, int)
    renewal_asked = Signal(object)
    mistake_asked = Signal(object)

    def __init__(self, tr: Words, tokens: Tokens, chronicle: Chronicle, consent: Consent, today: date, *,
                 opened: bool, of_community: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.consent, self._of_community = consent, of_community
        self._tr, self._tokens, self._chronicle, self._today = tr, tokens, chronicle, today
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_1)
        self._build_head()
        self.inside = QWidget()
        self.inside.setObjectName("plain")
        self._column.addWidget(self.inside)
        self._build_inside()
        self.unfold(opened)

    def unfold(self, on: bool) -> None:
        """Show everything about it, or only its line."""
        self.inside.setVisible(on)
        self._toggle.setText(self._tr("Less") if on else self._tr("More"))
        self._toggle.setAccessibleName(f"{self._toggle.text()} {self.consent.code}")

    def _build_head(self) -> None:
        tr, row = self._tr, QHBoxLayout()
        word, tone = STATES[self.consent.state(self._today)]
        self.badge = Badge(self._tokens, tr(word), tone)
        self._toggle = link_button(tr("More"), lambda: self.unfold(self.inside.isHidden()))
        row.addWidget(label(self.consent.code, "strong"))
        row.addSpacing(SPACE_2)
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(self._toggle)
        self._column.addLayout(row)

    def _build_inside(self) -> None:
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for question, answer in self._chronicle.facts(self.consent, of_community=self._of_community):
            column.addSpacing(SPACE_1)
            column.addWidget(note(question))
            column.addWidget(label(answer, wrap=True))
        column.addSpacing(SPACE_2)
        column.addWidget(hairline())
        column.addSpacing(SPACE_1)
        for line in self._chronicle.happened(self.consent):
            column.addWidget(label(line, wrap=True))
        column.addLayout(self._ways())

    def _ways(self) -> Flow:
        row = Flow(gap=0)
        tr, consent = self._tr, self.consent
        for number, proof in enumerate(consent.evidence, 1):
            words = tr("Show the signed form…") if proof.kind is EvidenceKind.SIGNED_FORM else tr("Show the proof…")
            show = self._link(words, partial(self.proof_asked.emit, consent, number))
            show.setToolTip(tr("{file}. That it was looked at is written down.", file=proof.original_name))
            row.addWidget(show)
        row.addWidget(self._link(tr("Save receipt…"), lambda: self.receipt_asked.emit(consent)))
        if consent.last_state in PERMITTING:
            row.addWidget(self._link(tr("Ask to renew"), lambda: self.renewal_asked.emit(consent)))
        if consent.last_state not in OVER:
            row.addWidget(self._link(tr("This was a mistake…"), lambda: self.mistake_asked.emit(consent)))
        return row

    def _link(self, words: str, pressed: Callable[[], object]) -> QWidget:
        made = link_button(words, pressed)
        made.setAccessibleName(f"{words} {self.consent.code}")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setStyleSheet("padding: 0 10px 0 0;")
        return made
