"""Exchange: two buttons at the right of the Quotes page: what goes out as a file, and what comes in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from storybank.domain.taken import Taken
from storybank.errors import StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.edits import Edit
from storybank.words import say
from ui.ask import explain
from ui.commands.projects import count_lines, headline, loss_line
from ui.jobs.book import Errands
from ui.parts.buttons import quiet_button
from ui.quotes import taking_in
from ui.quotes.out_strip import OutStrip
from ui.quotes.taking_in import CATALOGUE, TABLE, Coming
from ui.quotes.ways_out import PROJECT, WAYS, Outcome, Way, Wish, by_reason, told, write
from ui.theme import SPACE_2

if TYPE_CHECKING:
    from ui.quotes.page import QuotesPage

FILES = "QDPX (*.qdpx)"
TABLES = "CSV, XLSX, JSON (*.csv *.tsv *.xlsx *.json)"
CATALOGUES = "CSV, JSON-LD (*.csv *.jsonld *.json)"
SHOWN = 8
"""How many of those that were left out are named in the line; the command line names all."""


class Exchange(QWidget):
    """Takes files out and in, and says in a line of the page what became of them."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._tr = page, page.tr_
        self._errands = Errands(page.app.runner, page.bridge, self)
        self.strip: OutStrip | None = None
        """What is asked about a file before it is written."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        tr = self._tr
        self.out, self.into = quiet_button(tr("Export…")), quiet_button(tr("Take in…"))
        self.out.setToolTip(tr("Write quotes, stories, codes or a whole project as files for others"))
        self.into.setToolTip(tr("Take in what came back from other programs, or from another coder"))
        _menu(self.out, [(tr(way.says), partial(self.ask, way)) for way in WAYS])
        _menu(self.into, [
            (tr("Codes from a table of quotes…"), partial(self._ask_which, TABLES, partial(self.read_back, TABLE))),
            (tr("Project (QDPX)…"), partial(self._ask_which, FILES, self.take_in)),
            (tr("Catalogue…"), partial(self._ask_which, CATALOGUES, partial(self.read_back, CATALOGUE)))])
        for button in (self.out, self.into):
            row.addWidget(button)

    # ---- out ---------------------------------------------------------------------------------------------------

    def ask(self, way: Way) -> None:
        """Ask in the page what the file is for, before anybody asks where it goes."""
        self.put_away()
        page = self._page
        self.strip = strip = OutStrip(self._tr, page.tokens, page.app.browsing.uses(), way)
        strip.agreed.connect(self._ask_where)
        strip.closed.connect(self.put_away)
        page.toast.hide()
        page.column.insertWidget(page.column.indexOf(page.toast), strip)
        strip.begin()

    def put_away(self) -> None:
        """Ask nothing any more."""
        if self.strip is not None:
            self._page.column.removeWidget(self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
            self.out.setFocus()

    def _ask_where(self, way: Way, wish: Wish) -> None:
        tr = self._tr
        usual = f"{tr(way.file)}{way.kinds[0][1]}"
        name, chosen = QFileDialog.getSaveFileName(
            self, tr(way.says), usual, way.filters, options=QFileDialog.Option.DontConfirmOverwrite)  # never done
        if name:
            self.put_away()
            self.write(way, wish, way.placed(name, chosen))

    def take_out(self, to: Path) -> None:
        """Write everything that may be used for research as a project."""
        way = next(one for one in WAYS if one.key == PROJECT)
        self.write(way, Wish(way.use, language=self._tr.language), way.placed(str(to)))

    def write(self, way: Way, wish: Wish, to: Path) -> None:
        """Write a file as a job, and say what came of it."""
        app = self._page.app

        def work(ticket: JobTicket) -> Outcome:
            return write(app, way, wish, to, ticket)

        self._page.toast.say(self._tr("Exporting… You can go on working."))
        self._errands.start(Lane.FILES, say("Exporting {file}", file=to.name), work, self._tell_out, self._failed)

    def _tell_out(self, outcome: Outcome) -> None:
        tr, toast = self._tr, self._page.toast
        text, tone = told(outcome, tr), "warn" if outcome.left_out else "good"
        folder = (tr("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(outcome.place.parent))))
        lines = by_reason(outcome.left_out, tr) + [loss_line(loss, tr) for loss in outcome.losses]
        unfold = [(tr("What was left out, and why"), lambda: toast.say(text, tone, details=lines, actions=[folder]))]
        toast.say(text, tone, actions=[*(unfold if lines else []), folder])

    # ---- in ----------------------------------------------------------------------------------------------------

    def _ask_which(self, files: str, take: Callable[[Path], None]) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._tr("Take in…"), "", files)
        if name:
            self.put_away()
            take(Path(name))

    def read_back(self, kind: str, file: Path) -> None:
        """Look what a table of quotes, or a catalogue, would change."""
        app = self._page.app

        def work(_ticket: JobTicket) -> Coming:
            return taking_in.read(app, kind, file)

        self._page.toast.say(self._tr("Reading the file… You can go on working."))
        self._errands.start(Lane.FILES, say("Reading {file}", file=file.name), work, self._tell_coming, self._failed)

    def _tell_coming(self, coming: Coming) -> None:
        tr, edit = self._tr, coming.edit
        actions = [(tr("Take it in"), lambda: self._make(coming, edit))] if edit else []
        tone = "warn" if coming.changes.refused else "plain"
        self._page.toast.say(taking_in.would(coming, tr), tone, details=taking_in.details(coming, tr), actions=actions)

    def _make(self, coming: Coming, edit: Edit) -> None:
        try:
            self._page.history.make(edit)
        except StorybankError as error:
            self._failed(error)
            return
        self._page.toast.say(taking_in.did(coming, self._tr), "good",
                             actions=[(self._tr("Undo"), self._page.history.undo)])

    def take_in(self, file: Path, *, for_good: bool = False) -> None:
        """Look what a project would bring in; with `for_good`, take it in."""
        app = self._page.app

        def work(ticket: JobTicket) -> Taken:
            return app.projects.take_in(file, ticket, preview=not for_good)

        def tell(taken: Taken) -> None:
            self._tell_taken(taken, file)

        self._page.toast.say(self._tr("Reading the project… You can go on working."))
        self._errands.start(Lane.FILES, say("Taking in a project"), work, tell, self._failed)

    def _tell_taken(self, taken: Taken, file: Path) -> None:
        tr = self._tr
        lines = count_lines(taken.counts, tr)
        lines += [f"{name}: {tr.sentence(reasons[0])}" for name, reasons in taken.refused][:SHOWN]
        lines += [loss_line(loss, tr) for loss in taken.losses]
        if taken.counts.stories:
            lines.append(tr("Nobody's consent comes with it: ask before anything of it is used."))
        may = taken.is_preview and not taken.counts.is_nothing
        actions = [(tr("Take it in"), lambda: self.take_in(file, for_good=True))] if may else []
        self._page.toast.say(tr.sentence(headline(taken)), "plain" if may else "good", details=lines, actions=actions)

    def _failed(self, error: Exception) -> None:
        explain(self._page.toast, self._tr, error)


def _menu(button: QPushButton, offers: list[tuple[str, Callable[[], None]]]) -> None:
    menu = QMenu(button)
    for text, do in offers:
        menu.addAction(text).triggered.connect(lambda _checked=False, do=do: do())
    button.setMenu(menu)
