"""What a file of codes would change, told in the page before it does; and the form for a new code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.codebook import Code, CodeKind, by_key, level_of, path_of
from storybank.services.codebook_import import CodebookImport, Taken
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.card import Card
from ui.parts.fields import Choice, line_field, tick
from ui.parts.page import labelled
from ui.parts.text import label, note, section
from ui.theme import SPACE_1, SPACE_2, Tokens

if TYPE_CHECKING:
    from storybank.services.codebooks import Codebooks
    from storybank.services.edits import Edit

MOST_LINES = 12
"""Lines of each group that are shown; the rest is counted."""


class ImportReport(Card):
    """New, changed, the same, refused: each named; then one press does it all."""

    done = Signal(object)
    left = Signal()

    def __init__(self, tr: Words, name: str, plan: CodebookImport) -> None:
        super().__init__()
        self._tr, self._lines = tr, list[str]()
        title = section(tr("What {file} would change", file=name))
        title.setWordWrap(True)
        self.body.addWidget(title)
        fields = {"label_en": tr("label in English"), "label_fr": tr("label in French"), "colour": tr("colour"),
                  "gist_en": tr("description in English"), "gist_fr": tr("description in French"),
                  "aliases": tr("aliases"), "parent": tr("place"), "position": tr("place"),
                  "short_en": tr("short label in English"), "short_fr": tr("short label in French"),
                  "codable": tr("heading")}
        self._group(tr("New: {n}.", n=len(plan.new)), [one.name for one in plan.new])
        self._group(tr("Changed: {n}.", n=len(plan.changed)), [_changed(one, fields) for one in plan.changed])
        self._group(tr("The same: {n}.", n=len(plan.same)), ())
        if plan.refused:
            self._group(tr("Not taken in: {n}.", n=len(plan.refused)),
                        [f"{one.name}: {tr.sentence(one.why)}" for one in plan.refused])
        if plan.remarks:
            self._group(tr("To know:"), map(tr.sentence, plan.remarks))
        self._build_actions(plan)
        self.body.addStretch(1)

    @property
    def told(self) -> str:
        """Return all that it says."""
        return "\n".join(self._lines)

    def _group(self, heading: str, lines: Iterable[str]) -> None:
        every = list(lines)
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        column.setSpacing(2)
        column.addWidget(label(heading, "strong", wrap=True))
        shown = every[:MOST_LINES]
        if rest := len(every) - len(shown):
            shown.append(self._tr("And {n} more.", n=rest))
        for line in shown:
            column.addWidget(note(line))
        self._lines += [heading, *shown]
        self.body.addWidget(holder)

    def _build_actions(self, plan: CodebookImport) -> None:
        tr = self._tr
        self.do = main_button(tr("Import"), lambda: self.done.emit(lambda: plan.edit))
        self.do.setEnabled(plan.changes_anything)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.do)
        row.addWidget(link_button(tr("Cancel") if plan.changes_anything else tr("Close"), self.left.emit))
        row.addStretch(1)
        self.body.addLayout(row)


def _changed(one: Taken, fields: dict[str, str]) -> str:
    return f"{one.name}: {', '.join(dict.fromkeys(fields.get(field, field) for field in one.fields))}"


class NewCodeForm(Card):
    """A name in either language, and where the code stands."""

    done = Signal(object)
    """A function that returns the new code with its edit."""
    left = Signal()

    def __init__(self, codebooks: Codebooks, tr: Words, tokens: Tokens, lists: Sequence[tuple[CodeKind, str]],
                 beside: Code | None) -> None:
        super().__init__()
        self._codebooks, self._tr = codebooks, tr
        self.body.addWidget(section(tr("New code")))
        self.label_en, self.label_fr = line_field(tr("Label in English")), line_field(tr("Label in French"))
        for field in (self.label_en, self.label_fr):
            field.returnPressed.connect(self._do)
            self.body.addWidget(labelled(field.accessibleName(), field))
        self.place = Choice(tokens, tr("Where it stands"), self._places(lists), self._usual(beside))
        self.body.addWidget(labelled(tr("Where it stands"), self.place))
        self.heading = tick(tr("Only a heading, without quotes of its own"))
        self.body.addWidget(self.heading)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(main_button(tr("Add"), self._do))
        row.addWidget(link_button(tr("Cancel"), self.left.emit))
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _places(self, lists: Sequence[tuple[CodeKind, str]]) -> list[tuple[str, str]]:
        codes = self._codebooks.codes()
        known, places = by_key(codes), []
        for kind, name in lists:
            places.append((f"list:{kind}", name))
            places += [(code.key, " › ".join((name, *(one.label(self._tr.language) for one in path_of(code, known)))))
                       for code in codes if code.kind is kind and level_of(code, known) < 3]
        return places

    @staticmethod
    def _usual(beside: Code | None) -> str:
        if beside is None:
            return f"list:{CodeKind.FREE}"
        return beside.parent or f"list:{beside.kind}"

    def _do(self) -> None:
        where, codable = self.place.key, not self.heading.isChecked()
        kind = CodeKind(where.removeprefix("list:")) if where.startswith("list:") else CodeKind.FREE
        parent = "" if where.startswith("list:") else where

        def plan() -> Edit:
            return self._codebooks.add(self.label_en.text(), self.label_fr.text(), kind=kind, parent=parent,
                                       codable=codable).edit

        self.done.emit(plan)
