"""Answers: what somebody says to each use, in a word with its sign; a press on it tells why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from storybank.domain.clearance import Permission
from storybank.domain.use import Use
from storybank.words import Words
from ui.consent.said import reasons_said, verdict_said
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.text import label
from ui.theme import SPACE_1, SPACE_3, Tokens


class AnswersGrid(QWidget):
    """A line for each use; the reason unfolds beneath it."""

    def __init__(self, tr: Words, tokens: Tokens, uses: Sequence[Use], answers: Mapping[str, Permission]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.badges: dict[str, ReasonBadge] = {}
        self.reasons: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for use in uses:
            answer, name = answers[use.key], use.label(tr.language)
            reason = reasons_said(answer, tr)
            word, tone = verdict_said(answer, tr)
            badge = ReasonBadge(tokens, word, tone, reason)
            badge.setAccessibleName(f"{name}: {word}. {reason}")
            row = QHBoxLayout()
            row.setSpacing(SPACE_3)
            row.addWidget(label(name[:1].upper() + name[1:], "" if answer.allowed else "soft", wrap=True), 1)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignRight)
            column.addLayout(row)
            self.badges[use.key], self.reasons[use.key] = badge, with_reason(badge, reason)
            column.addWidget(self.reasons[use.key])


def counted(answers: Mapping[str, Permission], tr: Words) -> str:
    """Return how often each answer was given, in a line: `5 × yes · 1 × ask first · 3 × no`."""
    found: dict[str, int] = {}
    for answer in sorted(answers.values(), key=lambda one: one.verdict.strictness):
        word, _tone = verdict_said(answer, tr)
        found[word] = found.get(word, 0) + 1
    return " · ".join(f"{n} × {word}" for word, n in found.items())
