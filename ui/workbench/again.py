"""Again: hears the selected lines once more, with a chosen model and language, and offers to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from storybank.domain.events import Event, TranscriptEnded
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening
from storybank.domain.transcript import RunState, Span
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.jobs.asking import ask_to_hear
from ui.parts.bridge import Bridge
from ui.parts.buttons import main_button
from ui.parts.fields import Choice
from ui.parts.said import timecode
from ui.parts.text import label
from ui.theme import Tokens
from ui.transcript.card import Group
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

SHORTCUT = "Ctrl+Shift+Y"


class Again(QObject):
    """A bar that asks how to hear a passage again; what is heard lies beside the transcript until somebody compares."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._tokens = page, app, tr, tokens
        self._recording: Recording | None = None
        self._language = ""
        self._span: Span | None = None
        self._asked: set[tuple[str, Span]] = set()
        self._build()
        bridge.happened.connect(self._on_happened)

    def show_story(self, story: StoryView) -> None:
        """Be about this story; the bar is put away where another one is opened."""
        if self._recording is not None and self._recording.id != story.recordings[0].id:
            self.bar.close_bar()
        self._recording, self._language = story.recordings[0], story.story.language

    def ask(self) -> None:
        """Ask how to hear the selected lines; without a selection, the line one is in."""
        cursor, script = self._page.view.cursor_, self._page.view.script
        if not script.count:
            return
        first, last = cursor.selection or (cursor.place, cursor.place)
        self._span = Span(script.lines[first.line].start_ms, script.lines[last.line].end_ms)
        self._words.setText(self._tr("Listen again from {begin} to {end}", begin=timecode(self._span.start_ms),
                                     end=timecode(self._span.end_ms)))
        self._offer_models()
        line = script.lines[first.line]
        self.language.choose(line.language or self._language)
        self.bar.show()
        self.model.setFocus()

    def listen(self) -> None:
        """Queue the passage."""
        if self._recording is None or self._span is None:
            return
        only = Span(max(0, self._span.start_ms), min(self._recording.facts.duration_ms, self._span.end_ms))
        how = Listening(language=self.language.key or None)
        try:
            added = ask_to_hear(self._app, [self._recording.id], how, self.model.key, only)
        except StorybankError as error:
            self._page.explain(error)
            return
        for left_out in added.left_out:
            self._page.explain(left_out.error)
        if added.entries:
            self._asked.add((self._recording.id, only))
            self._page.toast.say(self._tr("The passage is heard again. The transcript stays as it is."))
            self.bar.close_bar()

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if not isinstance(event, TranscriptEnded) or event.state != RunState.DONE:
            return
        if event.recording_id not in {recording for recording, _span in self._asked}:
            return
        run = next((one for one in self._app.transcribing.runs(event.recording_id) if one.id == event.run_id), None)
        if run is None or run.only is None or (run.recording_id, run.only) not in self._asked:
            return
        self._asked.discard((run.recording_id, run.only))
        if self._recording is not None and self._recording.id == run.recording_id:
            self._offer(run.id)

    def _offer(self, run_id: str) -> None:
        """Say that the passage was heard, and offer to compare it with what stands."""
        compare = getattr(self._page, "compare_with", None)
        actions = [(self._tr("Compare"), lambda: compare(run_id))] if compare is not None else []
        said = self._tr("The passage was heard again. What was heard lies beside the transcript.")
        self._page.toast.say(said, "good", actions=actions)

    def _offer_models(self) -> None:
        chosen = self.model.key
        self.model.clear()
        self.model.addItem(self._tr("Best model here"), "")
        for model in self._app.transcribing.models():
            self.model.addItem(self._tr("demo model") if model.is_demo else model.name, model.name)
        self.model.choose(chosen)

    def _build(self) -> None:
        tr = self._tr
        self.bar = Bar(tr, tr("Listen again to this passage"))
        self._words = label("", "strong", wrap=True)
        self.model = Choice(self._tokens, tr("Speech model"), [("", tr("Best model here"))])
        self.language = Choice(self._tokens, tr("Language"), [("", tr("Any language")), ("en", tr("English")),
                                                              ("fr", tr("French"))])
        self.button = main_button(tr("Listen"), self.listen)
        self.bar.add_row(self._words, stretch=self._words, closing=True)
        self.bar.add_fields(self.model, self.language, self.button)
        self.bar.closed.connect(self._page.view.setFocus)
        self._page.words.add_bar(self.bar)
        self._page.words.add_tool(tr("Listen again to this passage"), self.ask, SHORTCUT, Group.LISTENING)
