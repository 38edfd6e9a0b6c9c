"""Glossary bar: where terms were probably meant; each is heard, taken or left, and certain ones all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from storybank.domain.events import Event, GlossaryChanged, TranscriptEnded
from storybank.domain.glossary import Suggestion
from storybank.domain.spelling import core_of
from storybank.domain.transcript import RunState
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.parts.bridge import Bridge
from ui.parts.buttons import quiet_button
from ui.parts.text import label
from ui.transcript.spans import Place
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

AROUND_MS = 1000


class GlossaryBar(Bar):
    """How many corrections there are, the one at hand, and what to do with it."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("Glossary"))
        self.count = label("", "strong")
        self.next = quiet_button(tr("Next"))
        self.add_row(self.count, self.next, stretch=self.count, closing=True)
        self.change = label("", wrap=True)
        self.column.addWidget(self.change)
        self.play, self.take = quiet_button(tr("Play it")), quiet_button(tr("Take"))
        self.leave, self.take_certain = quiet_button(tr("Leave")), quiet_button(tr("Take all certain"))
        self.doing = self.add_flow(self.play, self.take, self.leave, self.take_certain)


class GlossaryTool(QObject):
    """Asks the glossary about the transcript, and goes through what it says."""

    def __init__(self, page: StoryPage, app: App, tr: Words, bridge: Bridge) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._view = page, app, tr, page.view
        self.waiting: list[Suggestion] = []
        self.at = 0
        self._left: set[tuple[str, str]] = set()
        self._recording, self._story = "", ""
        self.bar = GlossaryBar(tr)
        self._build()
        bridge.happened.connect(self._on_happened)

    def show_story(self, story: StoryView) -> None:
        """Be about this story now."""
        if self._story not in ("", story.story.id):
            self.bar.close_bar()
        self._story, self._recording = story.story.id, story.recordings[0].id

    def open(self) -> None:
        """Ask the glossary, and go to its first correction."""
        if not self._recording:
            return
        self._view.close_editor(keep=True)
        self._page.hands.settle()
        self._ask()
        self.bar.show()
        self._arrive()

    def play(self) -> None:
        """Play the words at hand, with a second around them."""
        if self._one and (place := self._place_of(self._one)):
            words = self._view.script.lines[place.line].words
            last = words[min(self._one.last_word, len(words) - 1)]
            self._page.player.play_span(max(0, words[place.word].start_ms - AROUND_MS), last.end_ms + AROUND_MS)

    def take(self) -> None:
        """Write the term as it must be written, and go to the next."""
        if self._one:
            self._take([self._one])

    def take_certain(self) -> None:
        """Take every correction that the glossary names itself, as one change."""
        if certain := [one for one in self.waiting if one.certain]:
            self._take(certain)

    def leave(self) -> None:
        """Leave these words as they are, wherever they stand, until the window is closed."""
        if self._one:
            self._left.add(_forms(self._one))
            self._drop_left()
            self._arrive()

    def next(self) -> None:
        """Look at the next one, and come back to this one later."""
        self.at += 1
        self._arrive()

    @property
    def _one(self) -> Suggestion | None:
        return self.waiting[self.at] if self.at < len(self.waiting) else None

    def _ask(self) -> None:
        try:
            self.waiting = self._app.glossing.suggestions(self._recording)
        except StorybankError as error:
            self.waiting = []
            self._page.explain(error)
        self.at = 0
        self._drop_left()

    def _take(self, taken: Sequence[Suggestion]) -> None:
        if not self._page.hands.make(lambda: self._app.glossing.apply(taken)):
            self._ask()  # the words changed meanwhile
            self._arrive()
            return
        touched = {one.line_id for one in taken}
        fresh = self._app.glossing.suggestions(self._recording, touched)
        numbers = self._view.script.numbers
        self.waiting = sorted([*(one for one in self.waiting if one.line_id not in touched), *fresh],
                              key=lambda one: (numbers.get(one.line_id, 0), one.first_word))
        self._drop_left()
        self._arrive()

    def _drop_left(self) -> None:
        self.waiting = [one for one in self.waiting if _forms(one) not in self._left]

    # ---- what is shown -------------------------------------------------------------------------------------

    def _arrive(self) -> None:
        """Stand on the words at hand, and say what was probably meant."""
        self.at = self.at % len(self.waiting) if self.waiting else 0
        one, tr, bar = self._one, self._tr, self.bar
        certain = sum(suggestion.certain for suggestion in self.waiting)
        bar.count.setText(tr.many("The glossary suggests {n} correction", "The glossary suggests {n} corrections",
                                  len(self.waiting)) if one else tr("The glossary has nothing to suggest."))
        bar.change.setText(tr("{found} → {right}", found=one.found, right=one.replacement) if one else "")
        bar.change.setVisible(one is not None)
        bar.doing.setVisible(one is not None)
        bar.next.setVisible(len(self.waiting) > 1)
        told = tr("Take all certain ({count})", count=certain)
        bar.take_certain.setText(told)
        bar.take_certain.setAccessibleName(told)
        bar.take_certain.setVisible(certain > 0)
        if one and (place := self._place_of(one)):
            words = len(self._view.script.lines[place.line].words)
            self._view.cursor_.select(place, Place(place.line, min(one.last_word, words - 1)))
            self._view.changed()
            bar.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of(self, one: Suggestion) -> Place | None:
        number = self._view.script.numbers.get(one.line_id)
        if number is None or one.first_word >= len(self._view.script.lines[number].words):
            return None
        return Place(number, one.first_word)

    def _build(self) -> None:
        page, bar, tr = self._page, self.bar, self._tr
        page.words.add_bar(bar)
        page.words.add_tool(tr("What the glossary suggests"), self.open, "Ctrl+G")
        for button, does in ((bar.next, self.next), (bar.play, self.play), (bar.take, self.take),
                             (bar.leave, self.leave), (bar.take_certain, self.take_certain)):
            button.clicked.connect(lambda _on=False, does=does: does())
        bar.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        self.waiting = []
        self._view.cursor_.clear()
        self._view.viewport().update()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, GlossaryChanged) and self.bar.isVisible():
            self._ask()
            self._arrive()
        elif isinstance(event, TranscriptEnded) and event.state == RunState.DONE \
                and event.recording_id == self._recording and self._page.isVisible():
            self._offer()

    def _offer(self) -> None:
        """Say that there is something to put right once a recording was heard; nobody is taken anywhere for it."""
        self._ask()
        if self.waiting:
            self._page.toast.say(
                self._tr.many("The glossary suggests {n} correction", "The glossary suggests {n} corrections",
                              len(self.waiting)), actions=[(self._tr("Look at them"), self.open)])


def _forms(one: Suggestion) -> tuple[str, str]:
    """Return the words as they stand and put right, without case and the signs around them."""
    return core_of(one.found)[1].casefold(), core_of(one.replacement)[1].casefold()
