"""Purpose: what a draft is for: form, uses, languages, days, who reads it and who signs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storybank.domain.brief_forms import FORMS
from storybank.domain.draft import Draft, DraftKind, Form, Part, Stance
from storybank.domain.twin import Twin
from storybank.errors import Invalid
from storybank.words import Words, say
from ui.exports.said import PARTS, STANCES, usual_said
from ui.exports.working import Working
from ui.exports.writing import TwinField
from ui.parts.buttons import link_button
from ui.parts.fields import Choice, DayField, line_field, tick
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.parts.text import label, note, section
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

CHANGED = say("Change what the draft is for")


class Purpose(QWidget):
    """The questions asked of every draft; those that only some kinds need come and go with the kind."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, working: Working) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens, self._working = tr, tokens, working
        self.twins: dict[str, tuple[TwinField, Callable[[Draft], Twin]]] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._holders: dict[str, QWidget] = {}
        self._only: list[tuple[QWidget, tuple[DraftKind, ...]]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_3)
        self._column.addWidget(section(tr("What it is for")))
        self._build_forms()
        self._build_uses(app)
        self._build_parts()
        self._build_readers()
        self._build_signing()

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show what a draft is for."""
        for widget, kinds in self._only:
            widget.setVisible(draft.kind in kinds)
        for key, box in (*self.uses.items(), *self.languages.items(), *self.parts.items()):
            _check(box, key in (*draft.uses, *draft.languages, *draft.parts))
        _check(self.highlight, draft.highlight)
        self.usual.setText(usual_said(draft, self._known_uses, self._tr))
        self.usual.setVisible(not draft.uses)
        for choice, key in ((self.form, draft.form), (self.stance, draft.stance)):
            choice.blockSignals(True)
            choice.choose(key.value)
            choice.blockSignals(False)
        self.about.setText(self._tr.sentence(FORMS[draft.form].about))
        for name, line in {**self.lines, "until": self.until}.items():
            value = getattr(draft, name)
            said = value.isoformat() if name == "until" and value else value or ""
            if not line.hasFocus() and line.text() != said:
                line.setText(said)
                self.until.check()
        for field, read in self.twins.values():
            field.show_twin(read(draft), language)

    def go(self, place: str) -> QWidget | None:
        """Put the keys on the field of that name; return it, if there is one."""
        found: dict[str, QWidget] = {
            **self.lines, "until": self.until, "uses": next(iter(self.uses.values()), self.until), "form": self.form,
            "languages": self.languages["en"], "parts": self.parts[Part.ONLINE],
        }  # fmt: skip
        if widget := found.get(place):
            if place in ("contact", "link"):
                self._show_signing(shown=True)
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def _build_forms(self) -> None:
        tr = self._tr
        self.form = Choice(self._tokens, tr("Form"), [(form.value, tr.sentence(rules.name))
                                                      for form, rules in FORMS.items()])
        self.form.activated.connect(lambda _n: self._make(form=Form(self.form.key)))
        self.about = note()
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(labelled(self.form.accessibleName(), self.form))
        column.addWidget(self.about)
        self.stance = Choice(self._tokens, tr("Stance"), [(stance.value, tr(said)) for stance, said in STANCES.items()])
        self.stance.activated.connect(lambda _n: self._make(stance=Stance(self.stance.key)))
        self._add(_beside(holder, labelled(self.stance.accessibleName(), self.stance), shares=(9, 11)), DraftKind.BRIEF)

    def _build_uses(self, app: App) -> None:
        tr = self._tr
        self.uses = {use.key: tick(_capital(use.label(tr.language))) for use in app.browsing.uses()}
        self._known_uses = app.browsing.uses()
        self._add(self._ticks(tr("It will be used for"), self.uses, "uses"))
        self.usual = note()
        self._column.addWidget(self.usual)
        self.languages = {"en": tick("English"), "fr": tick("Français")}
        self._add(self._ticks(tr("It is made in"), self.languages, "languages"))
        self.until = DayField(tr, tr("Last day of use (empty: open)"))
        self.until.editingFinished.connect(self._take_day)

    def _build_parts(self) -> None:
        tr = self._tr
        self.parts = {part: tick(tr(said)) for part, said in PARTS.items()}
        self._add(self._ticks(tr("It holds"), self.parts, "parts"), DraftKind.KIT)
        self.highlight = tick(tr("Light up words in captions as they are said"))
        self.highlight.clicked.connect(lambda on: self._make(highlight=on))
        self._add(self.highlight, DraftKind.KIT)

    def _build_readers(self) -> None:
        tr = self._tr
        self._twin("audience", tr("Who will read it?"), tr("Ministry of Health, policy unit"))
        self._line("recipient", tr("Who will be given it?"), tr("kept in case it must be called back"))
        self._add(_beside(self._holders["recipient"], labelled(self.until.accessibleName(), self.until),
                          at=Qt.AlignmentFlag.AlignBottom))

    def _build_signing(self) -> None:
        """Add who signs it, which is the same in most drafts and is opened by a press."""
        tr = self._tr
        self.more = link_button(tr("Who signs it…"), lambda: self._show_signing(shown=self._signing.isHidden()))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._signing = QWidget()
        self._signing.setObjectName("plain")
        column = QVBoxLayout(self._signing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        self._twin("organization", tr("Organization"), "", column)
        self._twin("author", tr("Who signs it"), "", column)
        self._line("contact", tr("Whom to write to or call"), "")
        self._line("link", tr("Where to read more"), "https://")
        column.addWidget(_beside(self._holders["contact"], self._holders["link"]))
        self._column.addWidget(self._signing)
        self._signing.hide()

    def _show_signing(self, *, shown: bool) -> None:
        self._signing.setVisible(shown)
        self.more.setText(self._tr("Less") if shown else self._tr("Who signs it…"))

    def _add(self, widget: QWidget, *kinds: DraftKind) -> None:
        self._column.addWidget(widget)
        if kinds:
            self._only.append((widget, kinds))

    def _ticks(self, name: str, boxes: dict[Any, QCheckBox], field: str) -> QWidget:
        """Return boxes under a name; a press on one changes that field of the draft."""
        holder, inner = QWidget(), QWidget()
        holder.setObjectName("plain")
        inner.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(name, "strong", wrap=True))
        flow = Flow(inner, SPACE_4, 0)
        for box in boxes.values():
            flow.addWidget(box)
            box.clicked.connect(lambda _on: self._tick(field, boxes))
        column.addWidget(inner)
        column.setSpacing(SPACE_2)
        return holder

    def _tick(self, field: str, boxes: dict[Any, QCheckBox]) -> None:
        chosen = tuple(key for key, box in boxes.items() if box.isChecked())
        if chosen or field == "uses":
            self._make(**{field: chosen})
        elif self._working.draft:
            for key, box in boxes.items():  # at least one must stay
                _check(box, key in getattr(self._working.draft, field))

    def _twin(self, name: str, said: str, hint: str, column: QVBoxLayout | None = None) -> None:
        field = TwinField(self._tr, said, hint=hint)
        field.typed.connect(lambda twin: self._write(name, twin))
        field.left.connect(self._working.settle)
        self.twins[name] = (field, lambda draft: getattr(draft, name))
        (column or self._column).addWidget(field)

    def _line(self, name: str, said: str, hint: str) -> None:
        line = line_field(said, hint=hint)
        line.textEdited.connect(lambda text: self._write(name, text))
        line.editingFinished.connect(self._working.settle)
        self.lines[name] = line
        self._holders[name] = labelled(said, line)

    def _take_day(self) -> None:
        try:
            self._make(until=self.until.day())
        except Invalid:
            return  # the field itself says what is wrong

    def _write(self, name: str, value: Any) -> None:  # noqa: ANN401 - a field of the draft
        if self._working.draft:
            self._working.write(_with(self._working.draft, {name: value}))

    def _make(self, **changes: Any) -> None:  # noqa: ANN401 - a field of the draft
        if self._working.draft:
            self._working.make(CHANGED, replace(self._working.draft, **changes))


def _with(draft: Draft, changes: dict[str, Any]) -> Draft:
    return replace(draft, **changes)


def _beside(*parts: QWidget, at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
            shares: tuple[int, ...] = (1, 1)) -> QWidget:
    """Return parts side by side, in line at their tops or their feet."""
    holder = QWidget()
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_3)
    for part, share in zip(parts, shares, strict=True):
        row.addWidget(part, share, at)
    return holder


def _check(box: QCheckBox, on: bool) -> None:
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
