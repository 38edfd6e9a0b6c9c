"""Exchange with other programs: two words at the right of the Quotes page: a project out, and a project in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from storybank.domain.taken import Taken
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import say
from ui.ask import explain
from ui.commands.projects import count_lines, headline, loss_line
from ui.jobs.book import Errands
from ui.parts.buttons import quiet_button
from ui.theme import SPACE_4

if TYPE_CHECKING:
    from storybank.services.projects import Sent
    from ui.quotes.page import QuotesPage

FILES = "QDPX (*.qdpx)"
SHOWN = 8
"""How many of those that were left out are named in the line; the command line names all."""


class Exchange(QWidget):
    """Takes a project out or in, and says in a line of the page what became of it."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page, self._tr = page, page.tr_
        self._errands = Errands(page.app.runner, page.bridge, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        tr = self._tr
        self.out = quiet_button(tr("Export a project…"), self._ask_where)
        self.out.setToolTip(tr("Export a project for NVivo, ATLAS.ti or MAXQDA"))
        self.into = quiet_button(tr("Take in a project…"), self._ask_which)
        self.into.setToolTip(tr("Take in a project of NVivo, ATLAS.ti or MAXQDA, or of another coder"))
        for button in (self.out, self.into):
            row.addWidget(button)

    def _ask_where(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, self._tr("Export a project…"), "project.qdpx", FILES)
        if name:
            self.take_out(Path(name))

    def _ask_which(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._tr("Take in a project…"), "", FILES)
        if name:
            self.take_in(Path(name))

    def take_out(self, to: Path) -> None:
        """Write everything that may be used for research as a project."""
        from storybank.services.projects import Wanted

        to = to if to.suffix.lower() == ".qdpx" else to.with_name(f"{to.name}.qdpx")
        app = self._page.app

        def work(ticket: JobTicket) -> Sent:
            return app.projects.take_out(to, ticket, Wanted(title=app.title))

        self._page.toast.say(self._tr("Exporting… You can go on working."))
        self._errands.start(Lane.FILES, say("Exporting a project"), work, self._tell_sent, self._failed)

    def take_in(self, file: Path, *, for_good: bool = False) -> None:
        """Look what a project would bring in; with `for_good`, take it in."""
        app = self._page.app

        def work(ticket: JobTicket) -> Taken:
            return app.projects.take_in(file, ticket, preview=not for_good)

        def tell(taken: Taken) -> None:
            self._tell_taken(taken, file)

        self._page.toast.say(self._tr("Reading the project… You can go on working."))
        self._errands.start(Lane.FILES, say("Taking in a project"), work, tell, self._failed)

    def _tell_sent(self, sent: Sent) -> None:
        tr = self._tr
        said = [tr.sentence(reasons[0]) for _code, reasons in sent.left_out]
        lines = [f"{code}: {why}" for (code, _reasons), why in zip(sent.left_out, said, strict=True)][:SHOWN]
        lines += [loss_line(loss, tr) for loss in sent.losses]
        text = tr("{code} is in {place}: {stories}.", code=sent.export.code, place=sent.export.place,
                  stories=tr.many("{n} story", "{n} stories", sent.stories))
        self._page.toast.say(text, "warn" if sent.left_out else "good", details=lines)

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
