"""Report: what was found in one document: the sentence on the whole, then quote by quote, the gravest first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.document import Finding
from storybank.services.checking import Report
from storybank.words import Words
from ui.checking.said import STANDINGS, beneath, summary
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Badge
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tokens

PLACES_SHOWN, FIRST, NOTES_SHOWN = 4, 60, 8


class ReportView(QWidget):
    """A document with all that was found in it."""

    def __init__(self, tr: Words, tokens: Tokens, report: Report) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens, self.report = tr, tokens, report
        self.findings: list[FindingCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, SPACE_4)
        self._column.setSpacing(SPACE_3)
        self._column.addWidget(label(report.document, "section", wrap=True))
        said, tone = summary(report, tr)
        lines = list(beneath(report, tr))
        more = [tr("and {n} more", n=len(lines) - NOTES_SHOWN)] if len(lines) > NOTES_SHOWN else []
        self._column.addWidget(self._whole(said, tone, [*lines[:NOTES_SHOWN], *more]))
        self._show(report.findings[:FIRST])
        rest = report.findings[FIRST:]
        if rest:
            self._more = quiet_button(tr("Show the other {n}", n=len(rest)), lambda: self._show_rest(rest))
            self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def _whole(self, said: str, tone: str, lines: list[str]) -> QFrame:
        frame = QFrame()
        frame.setObjectName("notice")
        frame.setProperty("tone", tone)
        column = QVBoxLayout(frame)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_1)
        sign = {"good": "✓ ", "stop": "✕ "}.get(tone, "")
        self.summary = label(sign + said, "name", wrap=True)
        column.addWidget(self.summary)
        for line in lines:
            column.addWidget(note(line))
        return frame

    def _show(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            card = FindingCard(self._tr, self._tokens, finding, self.report.document)
            self.findings.append(card)
            self._column.addWidget(card)

    def _show_rest(self, rest: tuple[Finding, ...]) -> None:
        self._column.removeWidget(self._more)
        self._more.hide()
        self._more.deleteLater()
        self._show(rest)


class FindingCard(Card):
    """One quote: how it stands and why, where it is, and the words as they stand and as they were said."""

    def __init__(self, tr: Words, tokens: Tokens, finding: Finding, document: str) -> None:
        super().__init__()
        self.finding = finding
        self.body.setSpacing(SPACE_1)
        word, tone = STANDINGS[finding.standing]
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        self.badge = Badge(tokens, tr(word), tone, " ".join(map(tr.sentence, finding.reasons)))
        head.addWidget(self.badge)
        head.addWidget(label(finding.quote_code, "strong"))
        head.addStretch(1)
        self.body.addLayout(head)
        for reason in finding.reasons:
            self.body.addWidget(label(tr.sentence(reason), wrap=True))
        places = [place.removeprefix(f"{document}, ") for place in finding.where[:PLACES_SHOWN]]
        if len(finding.where) > PLACES_SHOWN:
            places.append(tr("and {n} more", n=len(finding.where) - PLACES_SHOWN))
        self.body.addWidget(note(" · ".join(places)))
        if finding.found or finding.expected:
            self.body.addSpacing(SPACE_1)
            self.body.addLayout(self._words(tr, finding))

    @staticmethod
    def _words(tr: Words, finding: Finding) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_1)
        told = [(tr("As it stands there"), finding.found), (tr("As it was said"), finding.expected)]
        for column, (name, words) in enumerate((name, words) for name, words in told if words):
            grid.addWidget(label(name, "note"), 0, column)
            grid.addWidget(label(words, "reading", wrap=True), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid
