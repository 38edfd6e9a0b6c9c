"""Transcript files: save the transcript for other programs, bring one in that people wrote, check it as captions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPlainTextEdit

from storybank.domain.captioning import Fault
from storybank.domain.clip import Cue
from storybank.domain.sheet import Manner
from storybank.errors import Invalid
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.browsing import StoryView
from storybank.services.carrying import Brought
from storybank.words import Words, say
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import quiet_button
from ui.parts.said import timecode
from ui.parts.text import note
from ui.transcript.card import Group
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

_LIST_HEIGHT, _FIELD_HEIGHT, _FRAME = 150, 110, 12
READABLE = "*.docx *.txt *.srt *.vtt *.json *.xml"
"""The endings of the transcripts that can be read."""


class PasteBar(Bar):
    """A field for a transcript that somebody has in another program."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("Paste a transcript"))
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(tr("Transcript"))
        self.field.setPlaceholderText(tr("Paste the transcript here. Times are found by themselves."))
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.field.setTabChangesFocus(True)
        self.take = quiet_button(tr("Bring it in"))
        self.column.addWidget(self.field)
        kept = note(tr("The transcript there is now is kept."), wrap=False)
        self.add_row(self.take, kept, stretch=kept, closing=True)


class FaultBar(Bar):
    """Where the transcript could not be read in time as captions; a click goes there."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("Captions"))
        self._tr = tr
        self.said = note("", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Captions that are hard to read"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_row(self.said, stretch=self.said, closing=True)
        self.column.addWidget(self.list)

    def show_faults(self, faults: list[tuple[Fault, Cue]]) -> None:
        """List what is wrong; the moment and the reason in a row."""
        self.list.clear()
        for fault, cue in faults:
            words = " ".join(cue.text.split())
            item = QListWidgetItem(f"{timecode(cue.start_ms)}  {self._tr.sentence(fault.reason)}  “{words}”")
            item.setData(Qt.ItemDataRole.UserRole, cue.start_ms)
            item.setToolTip(cue.text)
            self.list.addItem(item)
        fine = self._tr("Every caption can be read in time.")
        found = self._tr.many("{n} caption is hard to read. Choose it to go there.",
                              "{n} captions are hard to read. Choose one to go there.", len(faults))
        self.said.setText(found if faults else fine)
        self.list.setVisible(bool(faults))
        self.list.setFixedHeight(min(_LIST_HEIGHT, 2 * len(faults) * max(1, self.list.sizeHintForRow(0)) + _FRAME))
        self.show()


class TranscriptFilesTool(QObject):
    """The actions on the transcript's menu, and what they say."""

    def __init__(self, page: StoryPage, app: App, tr: Words, bridge: Bridge) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, tr
        self._errands = Errands(app.runner, bridge, self)
        self._story: StoryView | None = None
        self.paste, self.faults = PasteBar(tr), FaultBar(tr)
        for bar in (self.paste, self.faults):
            page.words.add_bar(bar)
            bar.closed.connect(partial(page.view.setFocus, Qt.FocusReason.OtherFocusReason))
        self.save = page.words.add_tool(tr("Save transcript as…"), self.ask_where, group=Group.FILES)
        page.words.add_tool(tr("Import a transcript…"), self.ask_which, group=Group.FILES)
        page.words.add_tool(tr("Paste a transcript…"), self.open_paste, group=Group.FILES)
        self.check = page.words.add_tool(tr("Check captions"), self._ask_captions, group=Group.FILES)
        self.paste.take.clicked.connect(self.take_pasted)
        self.faults.list.itemActivated.connect(self._go)
        self.faults.list.itemClicked.connect(self._go)

    def show_story(self, story: StoryView) -> None:
        """Be about this story; what was open for another is put away, and captions are checked again."""
        if self._story is not None and self._story.story.id != story.story.id:
            self.paste.field.clear()
            for bar in (self.paste, self.faults):
                bar.hide()
        self._story = story
        for action in (self.save, self.check):
            action.setEnabled(bool(story.lines))
        if not self.faults.isHidden():
            self.check_captions()

    # ---- out ---------------------------------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask for a file, and write the transcript there; its ending says how."""
        if self._story is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        kinds = [
            (self._tr("Word document"), ".docx"), (self._tr("Text"), ".txt"), (self._tr("SRT captions"), ".srt"),
            (self._tr("VTT captions"), ".vtt"), (self._tr("JSON with word times"), ".json"), ("OHMS XML", ".xml"),
        ]  # fmt: skip
        chosen, kind = QFileDialog.getSaveFileName(
            self._page, self._tr("Save transcript as"), str(Path(folder) / f"{self._story.story.slug}.docx"),
            ";;".join(f"{called} (*{ending})" for called, ending in kinds))
        if chosen:
            ending = next((ending for _called, ending in kinds if f"(*{ending})" in kind), ".docx")
            self.write(Path(chosen) if Path(chosen).suffix else Path(chosen + ending))

    def write(self, to: Path) -> None:
        """Write the transcript to a file, for the house's own use."""
        if self._story is None:
            return
        story_id, manner = self._story.story.id, Manner(language=self._tr.language)

        def work(_ticket: JobTicket) -> int:
            return self._app.carrying.take_out(story_id, to, manner)

        self._errands.start(Lane.FILES, say("Saving a transcript"), work, lambda _lines: self._saved(to),
                            self._page.explain)

    def _saved(self, to: Path) -> None:
        self._page.toast.say(
            self._tr("Saved: {file}", file=str(to)), "good",
            details=[self._tr("It is for internal use. Quotes leave the house through briefs and kits.")])

    # ---- in ----------------------------------------------------------------------------------------------------

    def ask_which(self) -> None:
        """Ask for a file, and bring it in."""
        transcripts, everything = self._tr("Transcripts"), self._tr("All files")
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page, self._tr("Import a transcript"), "", f"{transcripts} ({READABLE});;{everything} (*)")
        if chosen:
            self.bring_in(Path(chosen))

    def open_paste(self) -> None:
        """Show the field to paste into."""
        self.paste.show()
        self.paste.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_pasted(self) -> None:
        """Bring in what was pasted."""
        if not self.paste.field.toPlainText().strip():
            self._page.explain(Invalid(say("There is nothing to bring in."), hint=say("Paste the transcript first.")))
            return
        self.bring_in(self.paste.field.toPlainText())

    def bring_in(self, untrusted: Path | str) -> None:
        """Put a transcript on file and show it."""
        if self._story is None:
            return
        recording_id = self._story.recordings[0].id

        def work(ticket: JobTicket) -> Brought:
            return self._app.carrying.bring_in(recording_id, untrusted, ticket)

        self.paste.take.setEnabled(False)
        self._errands.start(Lane.FILES, say("Bringing in a transcript"), work, self._brought, self._page.explain,
                            partial(self.paste.take.setEnabled, True))

    def _brought(self, brought: Brought) -> None:
        self.paste.field.clear()
        self.paste.hide()
        details = [self._tr.sentence(one) for one in brought.mended]
        if brought.share is not None:
            details.append(self._tr("Of its words, {percent} % were heard in the recording.",
                                    percent=round(100 * brought.share)))
        self._page.toast.say(
            self._tr.many("{n} line was brought in. The earlier transcript is kept.",
                          "{n} lines were brought in. The earlier transcript is kept.", brought.lines),
            "warn" if brought.mended else "good", details=details)

    # ---- captions ----------------------------------------------------------------------------------------------

    def check_captions(self) -> None:
        """Show where the transcript could not be read in time as captions."""
        if self._story is not None:
            self.faults.show_faults(self._app.carrying.check_captions(self._story.recordings[0].id))

    def _ask_captions(self) -> None:
        self.check_captions()
        if not self.faults.list.isHidden():
            self.faults.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.faults.list.setCurrentRow(0)

    def _go(self, item: QListWidgetItem) -> None:
        """Go to the words of a caption."""
        ms = int(item.data(Qt.ItemDataRole.UserRole))
        self._page.player.seek(ms)
        if (place := self._page.view.script.at(ms)) is not None:
            self._page.view.cursor_.go(place)
            self._page.view.arrived()
