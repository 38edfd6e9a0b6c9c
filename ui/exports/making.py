"""Making: of the open draft, what leaves the house: where it goes, how it is bundled, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from storybank.domain.draft import DraftKind
from storybank.domain.export import Export
from storybank.domain.names import slug
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.making import BAG, FOLDER, ZIP
from storybank.words import Words, say
from ui.ask import explain
from ui.exports.working import Working
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.fields import Choice
from ui.parts.toast import Toast
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class Making(QWidget):
    """Asks for a place, starts the job, and says what came of it. It shows nothing but how a kit is bundled."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, toast: Toast, working: Working) -> None:
        super().__init__()
        self._app, self._tr, self._toast, self._working = app, tr, toast, working
        self._errands = Errands(app.runner, bridge, self)
        self.making = 0
        """The number of the job that was started last."""
        self.manner = Choice(tokens, tr("Made as"), [
            (FOLDER, tr("A folder")), (ZIP, tr("A zip to share")), (BAG, tr("A bag for an archive"))])
        self.manner.setMinimumContentsLength(14)

    @property
    def has_manners(self) -> bool:
        """Tell whether the open draft can be bundled in several ways."""
        draft = self._working.draft
        return draft is not None and draft.kind is DraftKind.KIT

    def ask_place(self) -> None:
        """Ask where it should go, and make it there."""
        draft, tr = self._working.draft, self._tr
        if draft is None:
            return
        title = slug(draft.title.said(draft.languages[0]) or draft.title.en or draft.title.fr or tr("draft"), 60)
        one_file = draft.kind is DraftKind.BRIEF and len(draft.languages) == 1
        if one_file:
            name, _kind = QFileDialog.getSaveFileName(self.window(), tr("Make…"), f"{title}.docx",
                                                      "Word (*.docx)")
        elif self.has_manners and self.manner.key == ZIP:
            name, _kind = QFileDialog.getSaveFileName(self.window(), tr("Make…"), f"{title}.zip", "Zip (*.zip)")
        else:
            name, _kind = QFileDialog.getSaveFileName(self.window(), tr("Make…"), title)
        if name:
            self.make(Path(name))

    def make(self, to: Path) -> int:
        """Make the open draft as a job; return its number. The draft is saved first, as it is seen."""
        self._working.settle()
        draft = self._working.draft
        if draft is None:
            return 0
        form = self.manner.key if self.has_manners else FOLDER
        app = self._app

        def work(ticket: JobTicket) -> Export:
            return app.issuing.issue(draft, to, ticket, form=form)

        self._toast.say(self._tr("Making it… You can go on working."), actions=[
            (self._tr("Stop"), lambda: self._app.runner.cancel(self.making))])
        title = draft.title.said(draft.languages[0]) or draft.code
        self.making = self._errands.start(Lane.FILES, say("Making {title}", title=title), work, self._made,
                                          lambda error: explain(self._toast, self._tr, error), self._toast.hide)
        return self.making

    def _made(self, export: Export) -> None:
        place = Path(export.place)
        folder = place if place.is_dir() else place.parent
        tr = self._tr
        said = tr("{code} is ready: {name}.", code=export.code, name=place.name)
        inside = tr.many("{n} quote inside", "{n} quotes inside", len(export.items))
        left = tr.many("{n} left out", "{n} left out", len(export.left_out))
        why = [f"{code}: {' '.join(map(tr.sentence, reasons))}" for code, reasons in export.left_out]
        self._toast.say(f"{said} {inside}, {left}.", "good", details=[str(place), *why], actions=[
            (tr("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))])
