"""Writing a form: a new version, the same in the other language, or another form; what is on file stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain import names
from storybank.domain.notice import Notice
from storybank.domain.use import Use
from storybank.errors import Invalid, StorybankError
from storybank.words import Words, say
from ui.board.form_reading import LANGUAGES, capital
from ui.parts.buttons import link_button, main_button, quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice, DayField, line_field, tick
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.parts.text import label, note
from ui.theme import SPACE_2, SPACE_3, SPACE_4, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

BODY_HEIGHT, CONTACTS_HEIGHT = 380, 84


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new text begins with."""

    key: str = ""
    """The form that it is a version of; empty for a form of its own."""
    version: str = ""
    language: str = "en"
    title: str = ""
    body: str = ""
    uses: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


def next_version(notice: Notice, version: str) -> Draft:
    """Return the draft of a new version of a form."""
    return Draft(notice.key, version, notice.language, notice.title, notice.body, notice.uses, notice.contacts)


def in_other_language(notice: Notice, earlier: Notice | None) -> Draft:
    """Return the draft of a form in the other language: what there was before, or the text to be translated."""
    source = earlier or notice
    return Draft(notice.key, notice.version, "en" if notice.language == "fr" else "fr", source.title, source.body,
                 notice.uses, source.contacts)


class FormEditor(Card):
    """Everything that people are given, in fields. Nothing is kept on file before it is saved."""

    saved = Signal(object)
    put_away = Signal()
    failed = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens, draft: Draft, uses: Sequence[Use]) -> None:
        super().__init__()
        self._app, self._tr, self._tokens, self._draft = app, tr, tokens, draft
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(label(self._heading(), "name", wrap=True))
        self.body.addWidget(note(tr("What people were given before stays as it was. Nothing is on file until you save; "
                                    "put away, it waits here until you close Storybank.")))
        self._build_fields()
        self._build_uses()
        self.offer(uses)
        self._build_ways()
        self.start_over()
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    @property
    def changed(self) -> bool:
        """Tell whether something was written that is not on file."""
        return self._written() != self._draft or self.since.text() != self._app.consenting.today().isoformat()

    def offer(self, uses: Sequence[Use]) -> None:
        """Let one tick these uses as well, those of the form first."""
        by_key = {use.key: use for use in uses}
        first = [key for key in self._draft.uses if key in by_key]
        for key in [*first, *(key for key in by_key if key not in first)]:
            if key not in self.uses:
                self.uses[key] = tick("")
                self._ticks.addWidget(self.uses[key])
            words = capital(by_key[key].label(self._tr.language))
            self.uses[key].setText(words)
            self.uses[key].setAccessibleName(words)

    def start_over(self) -> None:
        """Put what it began with into the fields again."""
        draft = self._draft
        self.version.setText(draft.version)
        self.language.choose(draft.language)
        self.since.setText(self._app.consenting.today().isoformat())
        self.since.check()
        self.title.setText(draft.title)
        self.text.setPlainText(draft.body)
        self.contacts.setPlainText("\n".join(draft.contacts))
        for key, box in self.uses.items():
            box.setChecked(key in draft.uses)

    def save(self) -> None:
        """Put the text on file as a version of its own."""
        try:
            notice = self._add()
        except StorybankError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(notice)

    def _add(self) -> Notice:
        written = self._written()
        if not written.uses:
            raise Invalid(say("A form asks about one use at least."), hint=say("Tick what people are asked about."))
        known = {notice.key for notice in self._app.forms.notices()}
        key = written.key or (names.free_slug(written.title, known) if written.title else "")
        return self._app.forms.add(key, written.version, written.language, written.title, written.body,
                                   uses=written.uses, contacts=written.contacts, effective_from=self.since.day())

    def _written(self) -> Draft:
        return Draft(self._draft.key, self.version.text().strip(),
                     self._draft.language if self._draft.key else self.language.key, self.title.text().strip(),
                     self.text.toPlainText().strip(), tuple(key for key, box in self.uses.items() if box.isChecked()),
                     _lines(self.contacts))

    def _heading(self) -> str:
        tr, draft = self._tr, self._draft
        if not draft.key:
            return tr("Another consent form")
        language = tr(LANGUAGES.get(draft.language, draft.language))
        return tr("New version of {form}, {language}", form=draft.key, language=language)

    def _build_fields(self) -> None:
        tr = self._tr
        self.title = line_field(tr("Title"))
        self.version = line_field(tr("Version"))
        self.since = DayField(tr, tr("Used from"))
        self.language = Choice(self._tokens, tr("Language"), [(key, tr(name)) for key, name in LANGUAGES.items()])
        self.text = Several(tr("Text"), BODY_HEIGHT)
        self.contacts = Several(tr("Whom to tell when one changes one's mind"), CONTACTS_HEIGHT)
        self.body.addWidget(labelled(self.title.accessibleName(), self.title))
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for field in (self.version, self.since) if self._draft.key else (self.version, self.since, self.language):
            row.addWidget(labelled(field.accessibleName(), field), 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(labelled(self.text.accessibleName(), self.text, tr(
            "A line that begins with “# ” is a heading, one with “- ” an item of a list; an empty line ends a "
            "paragraph.")))
        self.body.addWidget(labelled(self.contacts.accessibleName(), self.contacts, tr(
            "One on each line, best two or more: name, role, phone, e-mail.")))

    def _build_uses(self) -> None:
        holder = QWidget()
        holder.setObjectName("plain")
        self._ticks = QVBoxLayout(holder)
        self._ticks.setContentsMargins(0, 0, 0, 0)
        self._ticks.setSpacing(0)
        self.uses: dict[str, QCheckBox] = {}
        self.body.addWidget(labelled(self._tr("It asks about these uses, one by one"), holder))

    def _build_ways(self) -> None:
        tr, row = self._tr, Flow(gap=SPACE_2)
        self.save_button = main_button(tr("Save this version"), self.save)
        self.away_button = quiet_button(tr("Put away"), self.put_away.emit)
        self.again_button = link_button(tr("Start over"), self.start_over)
        self.again_button.setMinimumHeight(32)
        for button in (self.save_button, self.away_button, self.again_button):
            row.addWidget(button)
        self.body.addLayout(row)


class Several(QPlainTextEdit):
    """A field for several lines, of a height of its own; Tab leaves it."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._height = height
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in field.toPlainText().splitlines() if line.strip())

