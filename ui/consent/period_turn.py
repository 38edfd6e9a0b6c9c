"""Question about time: from when until when. Two or three years are offered; no end is possible, on purpose."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from storybank.errors import Invalid
from storybank.words import Words, say
from ui.consent.conversation import Turn
from ui.parts.buttons import quiet_button
from ui.parts.fields import DayField, line_field, tick
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.parts.said import day
from ui.theme import SPACE_2, Tokens

OFFERED = (2, 3)
"""Years that are offered; the first is what a new agreement begins with."""


class PeriodTurn(Turn):
    """The day it was given and its last day."""

    def __init__(self, tr: Words, tokens: Tokens, today: date, until: date | None, *, endless: bool,
                 why: str = "") -> None:
        super().__init__(tr, tokens, tr("From when until when?"))
        self._today = today
        self.given_on = DayField(tr, tr("Given on"), today)
        self.until = DayField(tr, tr("Until (last day)"), None if endless else until or years_after(today, OFFERED[0]))
        self.endless = tick(tr("No end, on purpose"), on=endless)
        self.why = line_field(tr("Why without an end?"), why)
        self._why = labelled(self.why.accessibleName(), self.why)
        self._build()
        self._settle()
        self.close_body()

    @property
    def last_day(self) -> date | None:
        """Return the last day; None where there is none on purpose. Raise `Invalid` for what is missing."""
        if self.endless.isChecked():
            if not self.why.text().strip():
                raise Invalid(say("A consent without an end needs the reason."),
                              hint=say("Agree on two or three years, or say why not."))
            return None
        until = self.until.day()
        if until is None:
            raise Invalid(say("Say until when it holds."),
                          hint=say("Two or three years are usual; tick “No end” where that was agreed on purpose."))
        return until

    @property
    def reason(self) -> str:
        """Return why it has no end."""
        return self.why.text().strip() if self.endless.isChecked() else ""

    def said(self) -> str:
        language = self.tr_.language
        try:
            given, until = self.given_on.day() or self._today, self.until.day()
        except Invalid:
            return f"{self.given_on.text()} – {self.until.text()}"
        if self.endless.isChecked():
            return self.tr_("From {day}, without an end", day=day(given, language))
        if until is None:
            return self.tr_("From {day}; no last day yet", day=day(given, language))
        return self.tr_("From {day} until {end}", day=day(given, language), end=day(until, language))

    def first(self) -> QWidget:
        return self.given_on

    def offer(self, years: int) -> None:
        """Let it hold that long."""
        try:
            given = self.given_on.day() or self._today
        except Invalid:
            return
        self.endless.setChecked(False)
        self.until.setText(years_after(given, years).isoformat())
        self.until.check()

    def _build(self) -> None:
        row = Flow(gap=SPACE_2)
        for years in OFFERED:
            row.addWidget(quiet_button(self.tr_("{n} years", n=years), partial(self.offer, years)))
        self._until = labelled(self.until.accessibleName(), self.until)
        self.body.addWidget(labelled(self.given_on.accessibleName(), self.given_on))
        self.body.addWidget(self._until)
        self.body.addLayout(row)
        self.body.addWidget(self.endless)
        self.body.addWidget(self._why)
        for field in (self.given_on, self.until, self.why):
            field.textChanged.connect(self.changed)
        self.endless.toggled.connect(self._settle)

    def _settle(self) -> None:
        self._why.setVisible(self.endless.isChecked())
        self.until.setEnabled(not self.endless.isChecked())
        self.changed.emit()


def years_after(start: date, years: int) -> date:
    """Return the same day some years later; the 29th of February becomes the 28th."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
