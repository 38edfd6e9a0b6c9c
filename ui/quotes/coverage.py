"""Coverage: what may be used for a purpose, theme by theme and group by group; a cell shows its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.codebook import CodeKind
from storybank.domain.coverage import By, Matrix, gap_said, gaps_said
from storybank.domain.events import (
    CodebookChanged,
    ConsentRecorded,
    ConsentWithdrawn,
    ContributorSaved,
    DraftChanged,
    ExportMade,
    ListsChanged,
    QuoteMade,
    QuoteRemoved,
    QuoteRetagged,
    QuoteReworded,
    RestrictionsChanged,
    StoryDescribed,
    StoryErased,
)
from storybank.errors import StorybankError
from ui.ask import explain
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import Choice
from ui.parts.page import scrolled
from ui.parts.text import label, note
from ui.quotes.coverage_grid import CoverageGrid
from ui.quotes.coverage_quotes import CoverageQuotes
from ui.quotes.coverage_said import as_rows, by_said, concentrated, counts_said, missing_said
from ui.quotes.tray import DraftTray
from ui.search.asking import Asking
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5

if TYPE_CHECKING:
    from pathlib import Path

    from ui.quotes.page import QuotesPage

_CHANGES_COUNTS = (
    CodebookChanged, ConsentRecorded, ConsentWithdrawn, ContributorSaved, ExportMade, ListsChanged, QuoteMade,
    QuoteRemoved, QuoteRetagged, QuoteReworded, RestrictionsChanged, StoryDescribed, StoryErased,
)  # fmt: skip
BESIDE_FROM = 1120
"""From this width the quotes stand beside the matrix; narrower, beneath it."""
_CALM_MS, _FEW_GAPS = 250, 4


class CoverageView(QWidget):
    """The matrix, what is missing in it, and the quotes of a cell."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._app, self._tr = page, page.app, page.tr_
        self.matrix: Matrix | None = None
        self._cell: tuple[str, str] | None = None
        self.asking = Asking(page.app, self)
        self.asking.failed.connect(self._on_failed)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self.refresh)
        self._build()
        page.bridge.happened.connect(self._on_happened)

    def _build(self) -> None:
        tr, tokens = self._tr, self._page.tokens
        uses = [(use.key, use.label(tr.language)) for use in self._app.covering.uses()]
        self.use = Choice(tokens, tr("Use"), uses)
        self.by = Choice(tokens, tr("Columns"), [(by.value, by_said(by, tr)) for by in By])
        for choice in (self.use, self.by):
            choice.setMinimumContentsLength(16)
        self.grid = CoverageGrid(tr, tokens)
        self.quotes = CoverageQuotes(tr, tokens)
        self.gaps, self.told = note(), note()
        self.more = link_button(tr("Show all"), self._show_all_gaps)
        self.more.hide()
        self.use.currentIndexChanged.connect(self.refresh)
        self.by.currentIndexChanged.connect(self.refresh)
        self.grid.chosen.connect(self.show_cell)
        self.quotes.played.connect(self._page.play_requested)
        self.quotes.starred.connect(self._star)
        self.tray = DraftTray(self._page)
        self.quotes.put_asked.connect(self.tray.ask)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(SPACE_5)
        self._sides.addWidget(self._build_left(), 3)
        self._right = scrolled(self.quotes)
        self._sides.addWidget(self._right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(self._build_bar())
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addLayout(self._sides, 1)
        row.addWidget(self.tray)
        column.addLayout(row, 1)

    def _build_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(label(self._tr("May be used for"), "soft"))
        row.addWidget(self.use)
        row.addSpacing(SPACE_4)
        row.addWidget(label(self._tr("by"), "soft"))
        row.addWidget(self.by)
        row.addStretch(1)
        row.addWidget(quiet_button(self._tr("Copy table"), self.copy_table))
        row.addWidget(quiet_button(self._tr("Save as CSV…"), self._ask_where))
        return row

    def _build_left(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.grid)
        column.addWidget(self.told)
        column.addWidget(self.gaps)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return scrolled(inner)

    def refresh(self) -> None:
        """Count again, beside the window."""
        use, by = self.use.key, By(self.by.key)
        self.tray.refresh()
        if use:
            self.told.setText(self._tr("Counting…"))
            self.asking.beside("matrix", lambda: self._app.covering.matrix(use, by), self._show)

    def show_cell(self, row: str, column: str) -> None:
        """Show the quotes of a theme by a group."""
        matrix = self.matrix
        if matrix is None:
            return
        self._cell = (row, column)
        self.grid.show_chosen(row, column)
        theme = next(one for one in matrix.rows if one.key == row)
        group = next(one for one in matrix.columns if one.key == column)
        cell, language = matrix.cell(row, column), self._tr.language
        told = [counts_said(cell, self._tr)]
        if not cell.usable and column:
            told.insert(0, self._tr.sentence(gap_said(theme, group, matrix.by)).rstrip("."))
        told += filter(None, [concentrated(matrix, row, column, self._tr)])
        labels = {code.key: code.label(language) for code in self._app.quoting.codes(CodeKind.STAKEHOLDER)}
        title = f"{theme.short(language)} · {group.label(language)}"
        self.quotes.show_cell(title, ". ".join(told) + ".", matrix.quotes(row, column), matrix, labels)

    def copy_table(self) -> None:
        """Put the table on the clipboard, as a spreadsheet takes it."""
        if self.matrix:
            rows = as_rows(self.matrix, self._tr)
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
            self._page.toast.say(self._tr("The table is on the clipboard."))

    def save_table(self, to: Path) -> None:
        """Write the table to a file."""
        if self.matrix:
            try:
                self._app.write_table(to, as_rows(self.matrix, self._tr))
            except StorybankError as error:
                self._on_failed(error)
                return
            self._page.toast.say(self._tr("{name} is written.", name=to.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= BESIDE_FROM
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() is not way:
            self._sides.setDirection(way)
        super().resizeEvent(event)

    def _show(self, matrix: Matrix) -> None:
        self.matrix = matrix
        there = {(row.key, one.key) for row in matrix.rows for one in matrix.columns}
        if self._cell not in there:
            self._cell = _fullest(matrix)
        self.grid.show_matrix(matrix, self._cell)
        self._say_gaps(_FEW_GAPS)
        usable = sum(one.is_usable for one in matrix.entries)
        often, old = len(matrix.overused()), sum(one.is_usable and one.is_stale(matrix.on) for one in matrix.entries)
        tr = self._tr
        told = [tr("Of {all} quotes, {usable} may be used today.", all=len(matrix.entries), usable=usable)]
        if often:
            told.append(tr.many("{n} left three times or more.", "{n} left three times or more.", often))
        if old:
            told.append(tr.many("{n} was recorded three years ago or more.",
                                "{n} were recorded three years ago or more.", old))
        self.told.setText(" ".join(told))
        if self._cell:
            self.show_cell(*self._cell)

    def _say_gaps(self, most: int | None) -> None:
        assert self.matrix is not None
        said = [self._tr.sentence(one) for one in gaps_said(self.matrix)]
        said += filter(None, [missing_said(self.matrix, self._tr)])
        self.gaps.setText("\n".join(said[:most]))
        self.more.setText(self._tr("Show {n} more", n=len(said) - (most or 0)))
        self.more.setVisible(most is not None and len(said) > most)

    def _show_all_gaps(self) -> None:
        self._say_gaps(None)

    def _star(self, quote_id: str, important: bool) -> None:
        self._page.history.make(self._app.quoting.mark_important(quote_id, important))

    def _ask_where(self) -> None:
        from pathlib import Path

        name, _kind = QFileDialog.getSaveFileName(self, self._tr("Save as CSV…"), "coverage.csv", "CSV (*.csv)")
        if name:
            self.save_table(Path(name))

    def _on_happened(self, event: object) -> None:
        if isinstance(event, DraftChanged):
            self.tray.refresh()
        elif isinstance(event, _CHANGES_COUNTS) and self.isVisible():
            self._calm.start()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            explain(self._page.toast, self._tr, error)


def _fullest(matrix: Matrix) -> tuple[str, str] | None:
    """Return the cell with the most to use: what one looks at first."""
    places = [(row.key, one.key) for row in matrix.rows for one in matrix.columns]
    return max(places, key=lambda place: matrix.cell(*place).usable, default=None)
