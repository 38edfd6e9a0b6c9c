"""Form that marks an agreement as entered by mistake: it stays on file, with the reason, and permits nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storybank.domain.consent import Consent, ConsentState, Role
from storybank.errors import Invalid
from storybank.words import Words, say
from ui.consent.form import Form
from ui.parts.fields import line_field
from ui.parts.page import labelled
from ui.parts.text import label, restyle

if TYPE_CHECKING:
    from ui.wiring import App


class MistakeForm(Form):
    """The question what was wrong."""

    def __init__(self, app: App, tr: Words, consent: Consent) -> None:
        super().__init__(tr, tr("Was {code} entered by mistake?", code=consent.code), tr("Mark as a mistake"))
        self._app, self._consent = app, consent
        restyle(self.save_button, kind="stop")
        self.add(label(tr("It stays on file with your reason, and permits nothing from this moment. If the person "
                          "wants to stop, withdraw their consent instead."), wrap=True))
        self.reason = line_field(tr("What was wrong?"), hint=tr("it was the form of another person"))
        self.add(labelled(self.reason.accessibleName(), self.reason))
        self.first = self.reason
        self.end()

    def save(self) -> None:
        """Put the mistake on file."""
        reason = self.reason.text().strip()
        if not reason:
            raise Invalid(say("A mistake needs the reason: both entries stay on file."))
        self._app.consenting.enter(self._consent.id, ConsentState.ENTERED_IN_ERROR, reason=reason,
                                   role=Role.ORGANIZATION)
        self.finished.emit(self.tr_("{code} is marked as entered by mistake.", code=self._consent.code), [])
