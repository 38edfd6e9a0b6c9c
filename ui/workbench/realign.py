"""Realign: finds the words that people wrote in the sound, so that each has the time at which it is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from storybank.jobs.runner import Lane
from storybank.services.browsing import StoryView
from storybank.services.edits import Edit
from storybank.words import Words, say
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.transcript.card import Group

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App


class Realign(QObject):
    """Asks the model that hears to find words; what it found is one change, which can be undone."""

    def __init__(self, page: StoryPage, app: App, tr: Words, bridge: Bridge) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, tr
        self._story: StoryView | None = None
        self._errands = Errands(app.runner, bridge, self)
        self._action = page.words.add_tool(tr("Find corrected words in the sound"), self.find,
                                           group=Group.LISTENING)

    def show_story(self, story: StoryView) -> None:
        """Be about this story; there is something to find where words have times that were only estimated."""
        self._story = story
        self._action.setEnabled(any(word.estimated for line in story.lines for word in line.words))

    def find(self) -> None:
        """Let the model listen for the words, as a job."""
        if self._story is None:
            return
        self._page.hands.settle()
        recording_id = self._story.recordings[0].id
        self._errands.start(
            Lane.SPEECH, say("Finding words in the sound"),
            lambda ticket: self._app.transcribing.realign(recording_id, ticket), self._found, self._page.explain)

    def _found(self, edit: Edit | None) -> None:
        if edit is None:
            self._page.toast.say(self._tr("Every word has the time at which it is heard."), "good")
        elif self._page.hands.make(lambda: edit):
            self._page.toast.say(self._tr("The words that were found have the times at which they are heard."), "good")
