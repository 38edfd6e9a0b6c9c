"""Withdrawal: asks once more in the page, saying what it will do and what has already left the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storybank.domain.contributor import Contributor
from storybank.domain.export import Export
from storybank.services.withdrawing import Stop
from storybank.words import Words
from ui.consent.form import Form
from ui.parts.fields import line_field
from ui.parts.page import labelled
from ui.parts.said import day
from ui.parts.text import label, note, restyle

if TYPE_CHECKING:
    from ui.wiring import App

SHOWN = 6


class WithdrawalForm(Form):
    """The question before a consent is taken back."""

    def __init__(self, app: App, tr: Words, person: Contributor) -> None:
        super().__init__(tr, tr("Withdraw the consent of {name}?", name=person.name), tr("Withdraw now"))
        self._app, self._person = app, person
        restyle(self.save_button, kind="stop")
        stories = [card for card in app.browsing.cards() if person.id in card.line.contributor_ids]
        left = [e for e in app.exporting.exports() if {i.story_id for i in e.items} & {c.line.id for c in stories}]
        self.add(label(tr.many(
            "From this moment nothing of {n} story may be used or exported, by anyone.",
            "From this moment nothing of {n} stories may be used or exported, by anyone.", len(stories)), wrap=True))
        self.add(label(tr("The recording and the proof that consent once existed stay in the library."), wrap=True))
        self._say_what_left(left)
        self.reason = line_field(tr("Why, in a few words (optional)"))
        self.add(labelled(self.reason.accessibleName(), self.reason))
        self.end()

    def begin(self) -> None:
        """Put the cursor on the reason, so that Enter withdraws nothing by chance."""
        self.reason.setFocus()

    def save(self) -> None:
        """Withdraw, and say what has to be called back."""
        withdrawal = self._app.withdrawing.withdraw(Stop(self._person.id, self.reason.text().strip()))
        said = self.tr_("Withdrawn: {name}.", name=self._person.name)
        self.finished.emit(said, [self._line(export) for export in withdrawal.exports])

    def _say_what_left(self, left: list[Export]) -> None:
        tr = self.tr_
        if not left:
            self.add(note(tr("Nothing of it has left the house yet.")))
            return
        self.add(label(tr.many("{n} export has left the house already. Call it back:",
                               "{n} exports have left the house already. Call them back:", len(left)), "strong",
                       wrap=True))
        for export in left[:SHOWN]:
            self.add(note(self._line(export)))
        if len(left) > SHOWN:
            self.add(note(tr("and {n} more", n=len(left) - SHOWN)))

    def _line(self, export: Export) -> str:
        return f"{export.code} · {export.title} · {day(export.made_at, self.tr_.language)} · {export.place}"
