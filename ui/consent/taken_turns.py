"""Questions about how the answer was taken: on which form, how, who took it, and who else was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from storybank.domain.consent import Method, Taken
from storybank.domain.contributor import Contributor
from storybank.domain.notice import Notice
from storybank.words import Words
from ui.consent.conversation import Turn
from ui.parts.fields import Choice, line_field
from ui.parts.page import labelled
from ui.parts.said import N_
from ui.parts.text import note
from ui.theme import Tokens

METHODS = {
    Method.PAPER: N_("on paper"), Method.SIGNATURE: N_("with an electronic signature"),
    Method.ON_CAMERA: N_("on camera"), Method.PHONE: N_("by phone"), Method.EMAIL: N_("by e-mail"),
    Method.IN_PERSON: N_("in person, by word of mouth"),
}
"""How an answer can be given."""


def newest_first(notices: Sequence[Notice], language: str) -> list[Notice]:
    """Return the forms, those in the person's language first, and of each the newest first."""
    by_age = sorted(notices, key=lambda one: (one.effective_from or date.min, one.version), reverse=True)
    return sorted(by_age, key=lambda one: one.language != language)


class FormTurn(Turn):
    """Which text was put before them, and how they answered."""

    def __init__(self, tr: Words, tokens: Tokens, person: Contributor, notices: Sequence[Notice]) -> None:
        super().__init__(tr, tokens, tr("On which form, and how?"))
        self._notices = {one.id: one for one in newest_first(notices, person.language)}
        self.method = Choice(tokens, tr("How did they answer?"),
                             [("", tr("not recorded")), *((one.value, tr(words)) for one, words in METHODS.items())])
        self.notice = Choice(tokens, tr("Which form were they given?"), [("", tr("not recorded")), *(
            (one.id, f"{one.title} · {one.version} ({one.language})") for one in self._notices.values())])
        self.copy = line_field(tr("Did they get a copy? How and when"))
        self._template = note(tr("This form is the template that came with Storybank: it needs the organization's own "
                                 "review."))
        for field in (self.method, self.notice, self.copy):
            self.body.addWidget(labelled(field.accessibleName(), field))
        self.body.insertWidget(3, self._template)
        self.method.currentIndexChanged.connect(self.changed)
        self.notice.currentIndexChanged.connect(self._chose)
        self.copy.textChanged.connect(self.changed)
        self._chose()
        self.close_body()

    def of(self, taken: Taken) -> Taken:
        """Return how it was taken, with these answers."""
        return replace(taken, notice_id=self.notice.key, method=Method(self.method.key) if self.method.key else None,
                       copy_given=self.copy.text().strip())

    def said(self) -> str:
        notice = self._notices.get(self.notice.key)
        parts = [self.method.currentText() if self.method.key else "", notice.name if notice else "",
                 self.tr_("a copy was given") if self.copy.text().strip() else ""]
        said = ", ".join(part for part in parts if part)
        return said[:1].upper() + said[1:] or self.tr_("Not recorded")

    def first(self) -> QWidget:
        return self.method

    def _chose(self) -> None:
        notice = self._notices.get(self.notice.key)
        self._template.setVisible(notice is not None and notice.is_template)
        self.changed.emit()


class ThereTurn(Turn):
    """Who took the answer, in which language, with which witness and interpreter."""

    def __init__(self, tr: Words, tokens: Tokens, person: Contributor) -> None:
        super().__init__(tr, tokens, tr("Who was there?"))
        self.language = Choice(tokens, tr("In which language?"), [("en", "English"), ("fr", "Français")],
                               person.language)
        self.taker = line_field(tr("Who took the answer?"))
        self.witness = line_field(tr("A witness"))
        self.interpreter = line_field(tr("An interpreter"))
        for field in (self.taker, self.witness, self.interpreter):
            self.body.addWidget(labelled(field.accessibleName(), field))
            field.textChanged.connect(self.changed)
        self.body.addWidget(labelled(self.language.accessibleName(), self.language))
        self.language.currentIndexChanged.connect(self.changed)
        self.close_body()

    def of(self, taken: Taken) -> Taken:
        """Return how it was taken, with these answers."""
        return replace(taken, language=self.language.key, captured_by=_text(self.taker),
                       witness=_text(self.witness), interpreter=_text(self.interpreter))

    def said(self) -> str:
        tr = self.tr_
        parts = [_text(self.taker), tr("{name} (witness)", name=_text(self.witness)) if _text(self.witness) else "",
                 tr("{name} (interpreter)", name=_text(self.interpreter)) if _text(self.interpreter) else ""]
        return ", ".join(part for part in parts if part) or tr("Not recorded")

    def first(self) -> QWidget:
        return self.taker


def _text(field: QLineEdit) -> str:
    return field.text().strip()
