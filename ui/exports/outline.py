"""Outline: what a draft says in its author's own words, part by part, in the language that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.brief_forms import FORMS, FormRules
from storybank.domain.codebook import CodeKind
from storybank.domain.draft import Draft, DraftKind
from storybank.domain.twin import NOTHING, Twin
from storybank.words import Words, say
from ui.exports import lists
from ui.exports.purpose import Purpose
from ui.exports.said import leftover, texts
from ui.exports.several import Kind, Several
from ui.exports.working import Working
from ui.exports.writing import TwinField
from ui.parts.rows import clear
from ui.parts.text import section
from ui.theme import SPACE_4, SPACE_5, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

_LISTS: dict[DraftKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DraftKind.BRIEF: (("asks", "messages"), ("evidence", "options", "sources")),
    DraftKind.KIT: (("asks", "messages"), ("sources", "spokespeople")),
    DraftKind.SITE: (("messages",), ()),
}
"""Lists before the texts, and after them."""


class Outline(QWidget):
    """Everything one may write, from what it is for to its sources. It is built anew when the form changes."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, working: Working,
                 quotes: Callable[[], Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens, self._working = app, tr, tokens, working
        self._quotes = quotes
        self._built: tuple[object, ...] = ()
        self._language = "en"
        self.twins: dict[str, tuple[TwinField, Callable[[Draft], Twin]]] = {}
        self.lists: dict[str, Several] = {}
        self.purpose = Purpose(app, tr, tokens, working)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_4, SPACE_5)
        self._column.setSpacing(SPACE_4)
        self._column.addWidget(self.purpose)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(SPACE_4)
        self._column.addLayout(self._fields)
        self._column.addStretch(1)

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show what a draft says in a language."""
        self._language = language
        codebook = [code for kind in (CodeKind.BLOCK, CodeKind.STAGE) for code in self._app.quoting.codes(kind)]
        more = tuple(key for key, _said, _most in leftover(draft, self._tr, codebook))
        shape = (draft.id, draft.kind, draft.form, more)
        if shape != self._built:
            self._built = shape
            self._build(draft)
        self.purpose.show_draft(draft, language)
        for field, read in self.twins.values():
            field.show_twin(read(draft), language)
        for name, several in self.lists.items():
            several.show_items(getattr(draft, name), language)

    def missing(self, language: str) -> list[tuple[str, str]]:
        """Return what is written in the other language only: each place and its name."""
        draft, found = self._working.draft, []
        if draft:
            found = [(place, field.name) for place, (field, read) in {**self.purpose.twins, **self.twins}.items()
                     if read(draft).is_missing_in(language)]
            for name, several in self.lists.items():
                found += _missing_items(name, several, getattr(draft, name), language)
        return found

    def go(self, place: str) -> QWidget | None:
        """Put the keys where a remark points: `title`, `asks.1`, `sections.issue`; return the field, if it is here."""
        name, _dot, rest = place.partition(".")
        found = self.twins.get(place) or self.purpose.twins.get(place)
        if found:
            found[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return found[0]
        if name in self.lists:
            several = self.lists[name]
            number = int(rest) if rest.isdigit() else _number_of(several, rest)
            several.begin(number)
            return several.editors[number - 1] if 0 < number <= len(several.editors) else several
        return self.purpose.go(place)

    def _build(self, draft: Draft) -> None:
        clear(self._fields)
        self.twins, self.lists = {}, {}
        rules = FORMS[draft.form] if draft.kind is DraftKind.BRIEF else None
        tr, (first, last) = self._tr, _LISTS[draft.kind]
        self._fields.addWidget(section(tr("What it says")))
        self._add_twin("title", tr("Title"), lambda one: one.title, lambda one, twin: replace(one, title=twin),
                       most=rules.title_words if rules else 0)
        for name in first:
            self._add_list(self._kind(name, rules))
        codebook = [code for kind in (CodeKind.BLOCK, CodeKind.STAGE) for code in self._app.quoting.codes(kind)]
        for key, heading, most in texts(draft, tr, codebook):
            self._add_text(key, heading, most)
        for key, heading, most in leftover(draft, tr, codebook):
            self._add_text(key, tr("{heading} (not in this form)", heading=heading), most)
        for name in last:
            self._add_list(self._kind(name, rules))

    def _kind(self, name: str, rules: FormRules | None) -> Kind:
        tr = self._tr
        if name == "asks":
            return lists.asks(tr, rules)
        if name == "messages":
            return lists.messages(tr, rules)
        if name == "evidence":
            return lists.evidence(tr, lambda: self._working.draft, self._quotes)
        if name == "options":
            return lists.options(tr, self._quotes)
        return {"sources": lists.sources, "spokespeople": lists.spokespeople}[name](tr)

    def _add_text(self, key: str, heading: str, most: int) -> None:
        def read(draft: Draft) -> Twin:
            return draft.sections.get(key, NOTHING)

        def write(draft: Draft, twin: Twin) -> Draft:
            return replace(draft, sections={**draft.sections, key: twin})

        self._add_twin(f"sections.{key}", heading, read, write, most=most, lines=3)

    def _add_twin(self, place: str, name: str, read: Callable[[Draft], Twin], write: Callable[[Draft, Twin], Draft], *,
                  most: int = 0, lines: int = 1) -> None:
        field = TwinField(self._tr, name, lines=lines, most=most)
        def typed(twin: Twin) -> None:
            if self._working.draft:
                self._working.write(write(self._working.draft, twin))

        field.typed.connect(typed)
        field.left.connect(self._working.settle)
        self.twins[place] = (field, read)
        self._fields.addWidget(field)

    def _add_list(self, kind: Kind) -> None:
        several = Several(self._tr, self._tokens, kind)
        several.written.connect(lambda items: self._write(kind.place, items))
        several.changed.connect(lambda items: self._make(kind.place, items))
        several.left.connect(self._working.settle)
        self.lists[kind.place] = several
        self._fields.addWidget(several)

    def _write(self, name: str, items: tuple[Any, ...]) -> None:
        if self._working.draft:
            self._working.write(_with(self._working.draft, name, items))

    def _make(self, name: str, items: tuple[Any, ...]) -> None:
        if self._working.draft:
            self._working.make(say("Change a list of the draft"), _with(self._working.draft, name, items))


def _with(draft: Draft, name: str, items: tuple[Any, ...]) -> Draft:
    changes: dict[str, Any] = {name: items}
    return replace(draft, **changes)


def _missing_items(name: str, several: Several, items: tuple[Any, ...], language: str) -> list[tuple[str, str]]:
    """Return the items of a list in which something is written in the other language only."""
    found = []
    for number, item in enumerate(items, start=1):
        values = [cell.read(item) for cell in several.kind.cells]
        if any(isinstance(value, Twin) and value.is_missing_in(language) for value in values):
            found.append((f"{name}.{number}", f"{several.kind.cells[0].name} {number}"))
    return found


def _number_of(several: Several, item_id: str) -> int:
    ids = [getattr(item, "id", "") for item in several.items]
    return ids.index(item_id) + 1 if item_id in ids else 0
