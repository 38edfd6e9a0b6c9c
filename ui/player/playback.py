"""Playback: sees that what is on the page can be played: from its light copy where it must be, found where it moved.

What Qt really does decides when the copy is played, not what a file is called. Measured with Qt 6.11 and its ffmpeg:
VFR and turned pictures come at the right moment and upright, and HEVC of a phone's size is sought as fast as H.264, so
these play as they are. Ten bits a colour, which every HDR picture has, come as frames that cannot be turned into a
picture; AV1 brings none at all and no error; and in 4K a jump takes up to two seconds. HDR, AV1 and what is larger than
1080p therefore play from a copy at once; whatever else brings no picture or an error, as soon as that is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from storybank.domain.recording import MediaFacts, Recording
from storybank.errors import StorybankError
from storybank.jobs.runner import Lane
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

MOST_POINTS = 1920 * 1088
NEVER_SHOWN = frozenset({"av1", "libdav1d", "libaom-av1"})


def needs_copy(facts: MediaFacts) -> bool:
    """Tell whether it is known beforehand that the original cannot be played well here."""
    video = facts.video
    return video is not None and (
        video.hdr or video.codec in NEVER_SHOWN or video.width * video.height > MOST_POINTS)


class Playback(QObject):
    """Chooses between original and copy, and finds what was moved."""

    def __init__(self, page: StoryPage, app: App, tr: Words, bridge: Bridge) -> None:
        super().__init__(page)
        self._page = page
        self._app = app
        self._tr = tr
        self._errands = Errands(app.runner, bridge, self)
        self._recording: Recording | None = None
        self._file = Path()
        self._copied = False
        self._must_copy = False
        self._opened = True
        self._making: set[str] = set()
        page.player.opened.connect(self._on_opened)
        page.player.controls.level.toggled.connect(self._on_level)
        page.player.failed.connect(self._on_failed)
        page.player.line.file_wanted.connect(self._ask_for_file)
        page.player.line.folder_wanted.connect(self._ask_for_folder)

    def show_story(self, story: StoryView) -> None:
        """Be about this story: where somebody speaks, and what is to be played."""
        recording, player = story.recordings[0], self._page.player
        before, self._recording = self._recording, recording
        player.waveform.set_speech(self._app.playing.speech(recording.id))
        if before == recording and not self._opened:
            return
        if before and before.id == recording.id and not self._opened:
            player.reopen(story.files[0])
            self._page.peaks.ask(recording)
        self._opened = False
        self._file, self._copied = story.files[0], False
        self._must_copy = needs_copy(recording.facts)
        player.controls.show_level(on=False, fixed=False)
        if self._must_copy or not self._file.exists():
            self._play_copy(recording)

    def _on_opened(self) -> None:
        self._opened = True

    def _play_copy(self, recording: Recording) -> None:
        """Play the light copy: now if it is there, else as soon as it is made."""
        self._page.player.controls.show_level(on=True, fixed=self._must_copy)
        if known := self._app.playing.known_copy(recording):
            self._copied = True
            self._page.player.swap(known)
        elif not self._file.exists():
            self._page.player.controls.show_level(on=False, fixed=False)
        else:
            self._make_copy(recording)

    def _make_copy(self, recording: Recording) -> None:
        tr = self._tr
        self._page.player.line.say(
            tr("A light copy is being made: the recording cannot be played here as it is.") if self._must_copy else
            tr("The sound is being levelled. Until then it plays as it is."), "soft")
        if recording.id in self._making:
            return
        self._making.add(recording.id)
        self._errands.start(
            Lane.FILES, say("Make a light copy of {name}", name=recording.original_name),
            lambda ticket: self._app.playing.copy(recording.id, ticket),
            lambda copy: self._on_made(recording, copy), lambda error: self._on_not_made(recording, error),
            lambda: self._on_ended(recording))

    def _on_ended(self, recording: Recording) -> None:
        self._making.discard(recording.id)
        if self._is_shown(recording):
            self._page.player.line.hide()
            self._page.player.controls.show_level(on=self._copied, fixed=False)

    def _on_made(self, recording: Recording, copy: Path) -> None:
        if self._is_shown(recording):
            self._copied = True
            self._page.player.controls.show_level(on=True, fixed=self._must_copy)
            self._page.player.swap(copy)

    def _on_not_made(self, recording: Recording, error: Exception) -> None:
        if self._is_shown(recording):
            self._page.player.line.say(self._explained(error))

    def _on_level(self, on: bool) -> None:
        if self._recording is None or self._page.player.line.missing:
            self._page.player.controls.show_level(on=self._copied, fixed=False)
        elif on:
            self._play_copy(self._recording)
        elif self._copied:
            self._copied = False
            self._page.player.swap(self._file)
        else:
            self._page.player.line.hide()

    def _on_failed(self, words: str) -> None:
        if self._recording is None or self._page.player.line.missing:
            return
        if self._copied or not self._file.exists():
            self._page.player.line.say(words or self._tr("This recording cannot be played here."))
        else:
            self._must_copy = True
            self._play_copy(self._recording)

    def _ask_for_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self._page, self._tr("Where is the recording?"))
        if chosen and self._recording:
            self.locate(self._recording, Path(chosen))

    def _ask_for_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, self._tr("Where may the recording be?"))
        if chosen and self._recording:
            self.look_in(self._recording, Path(chosen))

    def locate(self, recording: Recording, file: Path) -> None:
        """Take a file for the missing recording, if it is the same to the last byte."""
        self._errands.start(
            Lane.FILES, say("Compare {file} with the recording", file=file.name),
            lambda ticket: self._app.relinking.locate(recording.id, file, ticket),
            lambda _found: self._say_found(recording), lambda error: self._on_not_found(recording, error))

    def look_in(self, recording: Recording, folder: Path) -> None:
        """Look in a folder for every recording that is missing."""
        self._errands.start(
            Lane.FILES, say("Look for missing recordings in {folder}", folder=folder.name),
            lambda ticket: self._app.relinking.look_in(folder, ticket),
            lambda found: self._on_looked(recording, found), lambda error: self._on_not_found(recording, error))

    def _on_looked(self, recording: Recording, found: list[Recording]) -> None:
        if recording.id in {one.id for one in found}:
            self._say_found(recording, len(found) - 1)
        elif self._is_shown(recording):
            name = recording.original_name
            self._page.player.line.say_beside(
                self._tr("{name} is not in that folder. Found for other stories: {count}.", name=name,
                         count=len(found)) if found else self._tr("{name} is not in that folder.", name=name))

    def _say_found(self, recording: Recording, others: int = 0) -> None:
        if not self._is_shown(recording):
            return
        tr = self._tr
        self._page.toast.say(
            tr("The recording was found. Found for other stories too: {count}.", count=others) if others else
            tr("The recording was found."), "good")

    def _on_not_found(self, recording: Recording, error: Exception) -> None:
        if self._is_shown(recording):
            self._page.player.line.say_beside(self._explained(error))

    def _explained(self, error: Exception) -> str:
        if not isinstance(error, StorybankError):
            return self._tr("Something went wrong that Storybank does not know.")
        return " ".join(filter(None, (self._tr.sentence(error.message), self._tr.sentence(error.hint))))

    def _is_shown(self, recording: Recording) -> bool:
        return self._recording is not None and self._recording.id == recording.id
