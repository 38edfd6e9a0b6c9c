"""The codebook in the window: the tree at the left, one code at the right; what a change reaches is told before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.codebook import Code, by_key
from storybank.domain.codebook_changes import Count
from storybank.domain.events import CodebookChanged, Event, QuoteMade, QuoteRemoved, QuoteRetagged
from storybank.errors import StorybankError
from storybank.services.edits import Edit
from ui.ask import explain
from ui.parts.buttons import main_button, quiet_button
from ui.parts.fields import line_field
from ui.parts.over import Over
from ui.parts.page import scrolled
from ui.parts.text import note
from ui.quotes.codebook_editor import CodeEditor
from ui.quotes.codebook_joining import JoiningForm
from ui.quotes.codebook_report import ImportReport, NewCodeForm
from ui.quotes.codebook_tree import CodeTree
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5

if TYPE_CHECKING:
    from ui.quotes.page import QuotesPage

FILES = "*.qdc *.csv *.xlsx"


class CodebookView(QWidget):
    """Everything one can do to the codebook, in the page."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._app, self._tr = page, page.app, page.tr_
        self._books = page.app.codebooks
        self._codes: dict[str, Code] = {}
        self._counts: dict[str, Count] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, SPACE_5)
        row.setSpacing(SPACE_4)
        row.addWidget(self._build_left(), 5)
        row.addWidget(self._build_right(), 6)
        self._soon = QTimer(self, singleShot=True, interval=0)  # many changes at once are read once
        self._soon.timeout.connect(self.refresh)
        page.bridge.happened.connect(self._on_happened)

    def refresh(self) -> None:
        """Read the codebook anew."""
        codes = self._books.codes()
        self._codes, self._counts = by_key(codes), self._books.counts()
        self.tree.show_codes(codes, self._counts)
        self._show_code(self.tree.current)
        self._tell_found(self.filter.text())

    # ---- parts -------------------------------------------------------------------------------------------------

    def _build_left(self) -> QWidget:
        tr, left = self._tr, QWidget()
        left.setObjectName("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        self.tree = CodeTree(tr, self._page.tokens)
        self.filter = line_field(tr("Filter the codes"), hint=tr("Filter by name, alias or description"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._tell_found)
        self.found = note("")
        above = QHBoxLayout()
        above.setSpacing(SPACE_2)
        above.addWidget(self.filter, 1)
        above.addWidget(main_button(tr("Add code"), self.add_code))
        below = QHBoxLayout()
        below.setSpacing(SPACE_2)
        below.addWidget(quiet_button(tr("Import…"), self._ask_import))
        below.addWidget(quiet_button(tr("Export…"), self._ask_export))
        below.addStretch(1)
        column.addLayout(above)
        column.addWidget(self.found)
        column.addWidget(self.tree, 1)
        column.addWidget(note(tr("Drag a code, or move it with Alt and the arrow keys.")))
        column.addLayout(below)
        self.tree.chosen.connect(self._choose)
        self.tree.step_asked.connect(lambda key, by: self.make(lambda: self._books.step(key, by)))
        self.tree.move_asked.connect(
            lambda key, under, place: self.make(lambda: self._books.move(key, under, place or None).edit))
        self.tree.remove_asked.connect(lambda key: self.join("remove", key))
        self.tree.rename_asked.connect(lambda _key: self.editor.begin())
        return left

    def _build_right(self) -> QWidget:
        self.editor = CodeEditor(self._books, self._tr, self._page.tokens)
        self.editor.made.connect(self.make)
        self.editor.merge_asked.connect(lambda key: self.join("merge", key))
        self.editor.split_asked.connect(lambda key: self.join("split", key))
        self.editor.remove_asked.connect(lambda key: self.join("remove", key))
        self.editor.heading_asked.connect(self._make_heading)
        self.over = Over(self.editor)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.over)
        return scrolled(holder)

    # ---- what is done ------------------------------------------------------------------------------------------

    def make(self, plan: Callable[[], Edit]) -> bool:
        """Make a change, so that it can be undone; tell whether it was made."""
        try:
            self._page.history.make(plan())
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)
            self._show_code(self.tree.current)
            return False
        self._page.toast.hide()
        self.refresh()
        return True

    def add_code(self) -> None:
        """Show the form for a new code."""
        beside = self._codes.get(self.tree.current)
        form = NewCodeForm(self._books, self._tr, self._page.tokens, self.tree.lists(), beside)
        self._show_form(form)
        form.label_fr.setFocus() if self._tr.language == "fr" else form.label_en.setFocus()

    def join(self, mode: str, key: str) -> None:
        """Show what merging, splitting or removing a code would reach."""
        code = self._codes[key]
        quotes = [quote for quote in self._app.quoting.all() if key in quote.codes] if mode == "split" else []
        self._show_form(JoiningForm(self._books, self._tr, mode, code, quotes))

    def bring_in(self, file: Path) -> None:
        """Show what a file would change."""
        try:
            plan = self._app.codebook_carrying.plan(file, self._tr.language)
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)
            return
        self._show_form(ImportReport(self._tr, file.name, plan))

    def export(self, file: Path) -> None:
        """Write the codebook to a file, and say so."""
        try:
            done = self._app.codebook_carrying.export(file, self._tr.language)
        except StorybankError as error:
            explain(self._page.toast, self._tr, error)
            return
        told = self._tr("{file} holds the codebook now. Codes: {n}.", file=file.name, n=done.codes)
        left = [self._tr("Left out: {code}. {why}", code=one.name, why=self._tr.sentence(one.why))
                for one in done.left_out]
        self._page.toast.say(told, "warn" if left else "good", details=left)

    def _make_heading(self, key: str, heading: bool) -> None:
        count = self._counts.get(key, Count(0, 0))
        if heading and count.own:
            self.join("heading", key)
            self.editor.heading.setChecked(False)
        else:
            self.make(lambda: self._books.make_heading(key, heading).edit)

    def _show_form(self, form: JoiningForm | ImportReport | NewCodeForm) -> None:
        form.left.connect(self.over.close_form)
        form.done.connect(self._finish)
        self.over.show_form(form)

    def _finish(self, plan: Callable[[], Edit]) -> None:
        before = set(self._codes)
        if self.make(plan):
            self.over.close_form()
            if new := set(self._codes) - before:
                self.tree.choose(min(new) if len(new) == 1 else "")

    # ---- what is shown -----------------------------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        """Show the code that somebody chose; what was begun about another is put away."""
        if isinstance(self.over.form, JoiningForm):
            self.over.close_form()
        self._show_code(key)

    def _show_code(self, key: str) -> None:
        code = self._codes.get(key)
        children = sum(one.parent == key for one in self._codes.values()) if code else 0
        self.editor.show_code(code, self._counts.get(key, Count(0, 0)), children)

    def _tell_found(self, sought: str) -> None:
        count = self.tree.filter(sought)
        self.found.setVisible(bool(sought.strip()))
        self.found.setText(self._tr("Codes that fit: {n}.", n=count) if count else
                           self._tr("No code says this, in its names, aliases or description."))

    def _ask_import(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._tr("Import a codebook…"), "", f"{FILES} *.tsv *.txt")
        if name:
            self.bring_in(Path(name))

    def _ask_export(self) -> None:
        name, kind = QFileDialog.getSaveFileName(self, self._tr("Export the codebook…"), "codebook.qdc",
                                                 "*.qdc;;*.csv;;*.xlsx")
        if name:
            file = Path(name)
            self.export(file if file.suffix else file.with_suffix(kind.removeprefix("*") or ".qdc"))

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, (CodebookChanged, QuoteMade, QuoteRemoved, QuoteRetagged)) and self.isVisible():
            self._soon.start()
