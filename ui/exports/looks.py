"""Looks: the letterhead of a brief or the theme of cards: chosen, taken in, checked in plain words with a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.draft import Draft, DraftKind
from storybank.domain.events import Event, LooksChanged
from storybank.domain.remark import LookReport
from storybank.errors import StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.exports.pages import Picture
from ui.exports.standing_bar import ORDER, TONES
from ui.exports.working import Working
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, quiet_button
from ui.parts.card import Card
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.parts.toast import Toast
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

ENDINGS = (".docx", ".json")
PICTURE_WIDTH = 320


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check said of a file, and how something made-up looks in it."""

    file: Path
    report: LookReport
    picture: QImage
    why_none: str = ""


class LooksPanel(QWidget):
    """Ours, and those of the organization; a file let go here, or chosen, is checked before it is kept."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, working: Working, bridge: Bridge, toast: Toast) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAcceptDrops(True)
        self._app, self._tr, self._tokens, self._working, self._toast = app, tr, tokens, working, toast
        self._errands = Errands(app.runner, bridge, self)
        self._kind = DraftKind.BRIEF
        self.cards: dict[str, LookCard] = {}
        self.checked: Checked | None = None
        self._build()
        bridge.happened.connect(self._on_happened)

    def show_draft(self, draft: Draft) -> None:
        """Show which look a draft wears."""
        if draft.kind is not self._kind:
            self._kind = draft.kind
            self._put_report_away()
            if self.isVisible():
                self.refresh()
        for name, card in self.cards.items():
            card.set_chosen(name == self._worn(draft))

    def refresh(self) -> None:
        """Read which looks there are."""
        tr, brief = self._tr, self._kind is DraftKind.BRIEF
        self.heading.setText(tr("Letterhead") if brief else tr("Theme of cards"))
        self.about.setText(
            tr("A Word file with a line that says [[STORYBANK]], or with fields. Let one go here to check it.") if brief
            else tr("A file with colours, logo, fonts and layout. Let one go here to check it."))
        clear(self._cards)
        names = self._app.looks.letterheads() if brief else self._app.looks.themes()
        self.cards = {name: self._card(name) for name in ("", *names)}
        for card in self.cards.values():
            self._cards.addWidget(card)
        if draft := self._working.draft:
            self.show_draft(draft)

    def check(self, file: Path) -> None:
        """Check a letterhead or a theme beside the window, and make a picture of something made-up in it."""
        app, tr = self._app, self._tr
        self._put_report_away()
        self.told.setText(tr("{name} is checked…", name=file.name))
        self.told.show()

        def work(ticket: JobTicket) -> Checked:
            report = app.looks.check(file)
            if not report.is_good:
                return Checked(file, report, QImage())
            with TemporaryDirectory(prefix="storybank-look-") as aside:
                sample = Path(aside) / "sample.png"
                try:
                    app.looks.sample_of(file, sample, tr.language, app.pages, ticket)
                except StorybankError as error:
                    why = " ".join(filter(None, map(tr.sentence, (error.message, error.hint))))
                    return Checked(file, report, QImage(), why)
                return Checked(file, report, QImage(str(sample)))

        self._errands.start(Lane.FILES, say("Checking {name}", name=file.name), work, self._show_report, self._fail)

    def keep(self) -> None:
        """Keep what was checked in the library, and wear it."""
        if self.checked is None:
            return
        file = self.checked.file
        self._errands.start(Lane.FILES, say("Taking in {name}", name=file.name),
                            lambda _ticket: self._app.looks.take_in(file), self._kept, self._fail)

    def wear(self, name: str) -> None:
        """Let the draft wear a look; nothing for ours."""
        if draft := self._working.draft:
            brief = draft.kind is DraftKind.BRIEF
            changed = replace(draft, template=name) if brief else replace(draft, theme=name)
            self._working.make(say("Change the look"), changed)

    def ask_file(self) -> None:
        """Ask which file to check."""
        tr, brief = self._tr, self._kind is DraftKind.BRIEF
        kinds = "Word (*.docx)" if brief else "JSON (*.json)"
        name, _kind = QFileDialog.getOpenFileName(self.window(), tr("Check a look"), "", kinds)
        if name:
            self.check(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if looks_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := looks_in(event):
            event.acceptProposedAction()
            self.check(files[0])

    @staticmethod
    def _worn(draft: Draft) -> str:
        return draft.template if draft.kind is DraftKind.BRIEF else draft.theme

    def _build(self) -> None:
        tr = self._tr
        self.heading, self.about, self.told = section(), note(), note()
        self._cards, self._report = QVBoxLayout(), QVBoxLayout()
        for rows in (self._cards, self._report):
            rows.setSpacing(SPACE_2)
        self.take_button = quiet_button(tr("Check my template…"), self.ask_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_4, SPACE_5)
        column.setSpacing(SPACE_3)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addLayout(self._cards)
        row = QHBoxLayout()
        row.addWidget(self.take_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addLayout(self._report)
        column.addStretch(1)
        self.told.hide()

    def _card(self, name: str) -> LookCard:
        card = LookCard(self._tr, name)
        card.pressed.connect(lambda: self.wear(name))
        card.removed.connect(lambda: self._remove(name))
        return card

    def _remove(self, name: str) -> None:
        draft = self._working.draft
        if draft and self._worn(draft) == name:
            self.wear("")
        try:
            self._app.looks.remove(name, "letterhead" if self._kind is DraftKind.BRIEF else "theme")
        except StorybankError as error:
            explain(self._toast, self._tr, error)

    def _show_report(self, checked: Checked) -> None:
        """Say in plain words what the check found, with the picture beside."""
        self.checked = checked
        self.told.hide()
        clear(self._report)
        tr, report = self._tr, checked.report
        word = tr("It can be used") if report.is_good else tr("It cannot be used yet")
        self._report.addWidget(section(tr("{name}: {verdict}", name=checked.file.name, verdict=word)))
        for remark in sorted(report.remarks, key=lambda one: ORDER.index(one.weight)):
            text = " ".join(filter(None, map(tr.sentence, (remark.message, remark.hint))))
            self._report.addWidget(label(text, "" if TONES[remark.weight] == "plain" else "strong", wrap=True,
                                         tone=TONES[remark.weight].replace("plain", "")))
        if report.fields:
            self._report.addWidget(note(tr("Its fields: {fields}", fields=", ".join(report.fields))))
        if checked.why_none:
            self._report.addWidget(note(checked.why_none))
        if not checked.picture.isNull():
            picture = Picture(checked.picture, tr("Something made-up in this look"), self._tokens)
            picture.fit(PICTURE_WIDTH)
            self._report.addWidget(picture)
        self._report.addWidget(self._ways(report))

    def _ways(self, report: LookReport) -> QWidget:
        tr, holder = self._tr, QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.keep_button = quiet_button(tr("Keep it and use it"), self.keep)
        self.keep_button.setVisible(report.is_good)
        row.addWidget(self.keep_button)
        row.addWidget(link_button(tr("Put away"), self._put_report_away))
        row.addStretch(1)
        return holder

    def _kept(self, report: LookReport) -> None:
        self._put_report_away()
        self._toast.say(self._tr("{name} is kept in the library.", name=report.name), "good")
        self.refresh()
        self.wear(report.name)

    def _put_report_away(self) -> None:
        self.checked = None
        self.told.hide()
        clear(self._report)

    def _fail(self, error: Exception) -> None:
        self.told.hide()
        explain(self._toast, self._tr, error)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if isinstance(event, LooksChanged) and self.isVisible():
            self.refresh()


class LookCard(Card):
    """A look one may choose with a press."""

    removed = Signal()

    def __init__(self, tr: Words, name: str) -> None:
        super().__init__(pressable=True, pad=SPACE_3)
        said = name or tr("Storybank's own")
        row = QHBoxLayout()
        row.addWidget(label(said, "strong"), 1)
        self._badge = note("", wrap=False)
        row.addWidget(self._badge)
        self._tr = tr
        if name:
            self.remove_button = link_button(tr("Remove"), self.removed.emit)
            self.remove_button.setAccessibleName(tr("Remove {name}", name=name))
            row.addWidget(self.remove_button)
        self.body.addLayout(row)
        self.setAccessibleName(said)

    def set_chosen(self, chosen: bool) -> None:
        super().set_chosen(chosen)
        self._badge.setText(self._tr("in use") if chosen else "")
        self.setAccessibleDescription(self._badge.text())


def looks_in(event: QDropEvent) -> list[Path]:
    """Return the letterheads and themes among the files that are dragged."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in ENDINGS]
