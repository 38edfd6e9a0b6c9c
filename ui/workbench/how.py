"""How to listen: the language, the model and the stretch for a transcript, where the usual ones will not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from storybank.domain.speech import Listening, SpeechModel, warning_for
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.jobs.asking import ask_to_hear
from ui.parts.buttons import main_button
from ui.parts.fields import Choice
from ui.parts.text import note
from ui.theme import Tokens
from ui.transcript.card import Group
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

FOUND_OUT, MIXED = "", "mixed"


class HowBar(Bar):
    """The choices, what speaks against them, and the button that begins."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__(tr, tr("How to listen"))
        self.language = Choice(tokens, tr("Language spoken"), [
            (FOUND_OUT, tr("Let it find out")), ("en", tr("English")), ("fr", tr("French")),
            (MIXED, tr("Both, in turns"))])
        self.model = Choice(tokens, tr("Speech model"), [])
        self.begin = main_button(tr("Transcribe"))
        self.add_fields(self.language, self.model)
        self.said = note("", wrap=True)
        self.add_row(self.said, self.begin, stretch=self.said, closing=True)


class HowToListen(QObject):
    """Asks how to listen, and queues the recording."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, tr
        self._story: StoryView | None = None
        self._models: dict[str, SpeechModel] = {}
        self.bar = HowBar(tr, tokens)
        page.words.add_bar(self.bar)
        page.words.add_tool(tr("Transcribe with other choices…"), self.open, group=Group.LISTENING)
        self.bar.language.currentIndexChanged.connect(self._say)
        self.bar.model.currentIndexChanged.connect(self._say)
        self.bar.begin.clicked.connect(self._begin)

    def show_story(self, story: StoryView) -> None:
        """Ask about another recording where another story is opened."""
        if self._story is not None and self._story.story.id != story.story.id:
            self.bar.close_bar()
        self._story = story

    def open(self) -> None:
        """Show the choices, as they would be made by themselves."""
        story = self._story
        if story is None:
            return
        self._models = {model.name: model for model in self._app.models.all()}
        self.bar.model.clear()
        for name in self._models:
            self.bar.model.addItem(name, name)
        try:
            usual = self._app.models.find().name
            self.bar.model.choose(usual)
        except StorybankError as error:
            self._page.explain(error)
            return
        self.bar.language.choose(story.story.language)
        self.bar.show()
        self.bar.language.setFocus()
        self._say()

    def _say(self) -> None:
        """Say what speaks against the choices, and what becomes of the transcript there is."""
        model = self._models.get(self.bar.model.key)
        if model is None:
            return
        chosen = self.bar.language.key
        warning = warning_for(model, chosen if chosen in ("en", "fr") else None)
        said = [self._tr.sentence(warning)] if warning else []
        if self._story is not None and self._story.lines:
            said.append(self._tr("The transcript that is there stays on file; what people corrected is not "
                                 "overwritten."))
        self.bar.said.setText(" ".join(said))

    def _begin(self) -> None:
        story, chosen = self._story, self.bar.language.key
        if story is None:
            return
        how = Listening(language=chosen if chosen in ("en", "fr") else None, mixed=chosen == MIXED)
        try:
            added = ask_to_hear(self._app, [story.recordings[0].id], how, self.bar.model.key,
                                again=bool(story.lines))
        except StorybankError as error:
            self._page.explain(error)
            return
        for left_out in added.left_out:
            self._page.explain(left_out.error)
        if added.entries:
            self.bar.close_bar()
