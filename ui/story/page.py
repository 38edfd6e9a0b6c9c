"""The Story page: the person and their recording at the left, their words in the middle, the quotes at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

from storybank.domain.transcript import Line
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.ask import explain
from ui.consent.panel import ConsentPanel
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, main_button, quiet_button
from ui.parts.colours import colours_of
from ui.parts.page import Page
from ui.parts.undo import History
from ui.player.captions import Captions
from ui.player.peaks import Peaks
from ui.player.player import Player
from ui.story.aside import Aside
from ui.story.asked_first import AskedFirst
from ui.story.at_quote import AtQuote
from ui.story.chosen import ChosenQuote
from ui.story.clip_bar import ClipBar
from ui.story.columns import Columns, SideColumn
from ui.story.details import subtitle
from ui.story.hands import Hands
from ui.story.links import connect
from ui.story.listening_job import ListeningJob
from ui.story.person import PersonCard
from ui.story.quote_menu import quote_menu
from ui.story.quotes import QuotesPanel
from ui.story.rename import Rename
from ui.story.side import Side
from ui.story.standing import Standing, standings
from ui.story.tag_rows import striped
from ui.story.tagging import Tagging
from ui.theme import PLAYER_WIDTH, SIDE_WIDTH, Tokens
from ui.transcript.card import Group, TranscriptCard
from ui.transcript.doing import ANYWHERE, Doing
from ui.transcript.freshness import Freshness
from ui.transcript.gestures import Gestures
from ui.transcript.keys_help import KeysSheet
from ui.transcript.reading import Reading
from ui.transcript.script import Script
from ui.transcript.voices import VoicesStrip
from ui.workbench.tools import Tools

if TYPE_CHECKING:
    from ui.wiring import App

LEAST_TRANSCRIPT = 380


class StoryPage(Page):
    """One story. It shows what the library holds, asks the services, and reads again when something happened."""

    back = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, history: History) -> None:
        super().__init__(tr, "")
        self._app = app
        self._tokens = tokens
        self.hands = Hands(app, history, self.explain, self)
        self.reading = Reading(app)
        self._script = Script()
        self._captions = Captions(self._script)
        self._standing, self.standings = Standing("", "plain", ""), dict[str, Standing]()
        self.chosen = ChosenQuote(self)
        self._gestures = Gestures(writing=False)
        self.listening = ListeningJob(app, bridge)
        self.peaks = Peaks(app)
        self._build_actions(bridge)
        self._build_left()
        self._build_middle()
        self._build_right(bridge)
        self.tagging = Tagging(self, app, tr, tokens, self.hands, self.view)
        self.at_quote = AtQuote(self, app)
        self.freshness = Freshness(self)
        self.doing = Doing(self)
        self.tools = Tools(self, app, tr, tokens, bridge)
        self.words.add_menu(quote_menu(self, tr))
        connect(self, bridge)

    @property
    def story(self) -> StoryView | None:
        """Return the story that is shown, as it was read."""
        return self.reading.story

    @story.setter
    def story(self, story: StoryView | None) -> None:
        self.reading.story = story

    def show_story(self, code_or_slug: str, at_ms: int | None = None) -> None:
        """Show a story; with a moment, be there."""
        fresh = self.story is None or code_or_slug not in (self.story.story.code, self.story.story.slug)
        try:
            if fresh:
                self.view.close_editor(keep=True)
            self.hands.settle()
            story = self.reading.read(code_or_slug)
        except StorybankError as error:
            if not fresh:
                self._put_away()
            self.explain(error)
            return
        if fresh:
            self._open_recording(story)
        self.show_read(story)
        if at_ms is not None:
            self.player.seek(at_ms)
            self.player.play()
            self.view.set_running(True)
            self.view.set_position(at_ms)

    def _put_away(self) -> None:
        """Show nothing of a story that was sealed or erased while it was open."""
        self.reading.story = None
        self.player.show_nothing()
        self.clip_bar.hide()
        self.back.emit()

    def refresh(self) -> None:
        """Read the story again."""
        if self.story:
            self.show_story(self.story.story.code)

    def _open_recording(self, story: StoryView) -> None:
        recording = story.recordings[0]
        self.chosen.forget()
        self.toast.hide()
        self.clip_bar.hide()
        self.tagging.palette.hide()
        self.quotes.over.close_form()
        initials = "".join(word[0] for word in story.people[0].name.split()[:2]) if story.people else ""
        self.player.open(story.files[0], self._app.browsing.poster(recording.id), initials,
                         recording.facts.duration_ms)
        self.peaks.ask(recording)
        self.listening.follow(recording, story.runs)
        self.consent.show_story(story.story.id)
        self.side.open(0)

    def show_changes(self, changed: list[Line]) -> None:
        """Show lines that changed; all others stay as they are."""
        self.view.show_changes(changed)
        self._script = self.view.script
        self._captions = Captions(self._script)
        self.view.set_position(self.player.position)

    def show_read(self, story: StoryView) -> None:
        """Show a story as it was read."""
        told = story.story
        self.voices.show_story(story)
        self.set_heading(told.title, subtitle(told, self.tr_))
        self._standing, self.standings = standings(self._app.asking.of_story(told.id), story.uses, self.tr_)
        self.person.show_story(story, self._standing)
        self.tagging.show_story(story)
        self.show_words()
        self.quotes.show_quotes(story.quotes, {code.key: code for code in story.codes}, self.standings)
        self.side.count(len(story.quotes))
        self.aside.show_story(story)
        self.tools.show_story(story)

    def show_words(self) -> None:
        """Show the saved lines, and behind them what is being heard."""
        story = self.story
        if story is None:
            return
        blocks = striped(story.codes, self.tr_.language)
        self._script = Script([*story.lines, *self.listening.heard], story.quotes, list(blocks),
                              self.voices.names, story.story.language)
        self._captions = Captions(self._script)
        runs = self.listening.runs
        self.view.painter.colours = colours_of(story.codes, self._tokens)
        self.words.show_script(self._script, blocks, story.runs, listening=runs)
        self.words.listening.setVisible(runs)
        for button in (self.words.listening.pause, self.words.listening.cancel):
            button.setVisible(self.listening.can_cancel)
        self.words.listening.show_progress(self.listening.fraction, waits=self.listening.waits)
        self.main.setText(self.tr_("Tag selection") if self._script.lines else self.tr_("Transcribe"))
        self.main.setAccessibleName(self.main.text())
        self.main.setEnabled(bool(story.lines) or not runs)
        self.clip.setEnabled(bool(story.quotes))
        self.view.set_position(self.player.position)

    def transcribe(self) -> None:
        """Ask for a transcript."""
        if told := self.story:
            names = ", ".join(person.name for person in told.people)
            self.listening.start(told.story.language, names or told.story.title)

    def make_clip(self) -> None:
        """Open the clip bar for the chosen quote."""
        self.chosen.make_clip()

    def compare_with(self, run_id: str) -> None:
        """Compare the transcript with another run."""
        self.tools.compare.with_run(run_id)

    def give_title(self, title: str) -> None:
        """Give the story another title."""
        if self.story is not None:
            self.hands.rename(self.story.story, title)

    def explain(self, error: BaseException) -> None:
        """Say what went wrong and what to do."""
        explain(self.toast, self.tr_, error)

    def _main(self) -> None:
        if self._script.lines:
            self.tagging.tag_here()
        else:
            self.transcribe()

    def _build_actions(self, bridge: Bridge) -> None:
        self.clip = quiet_button(self.tr_("Make a clip"), self.chosen.make_clip)
        self.main = main_button(self.tr_("Transcribe"), self._main)
        for button in (link_button(self.tr_("All stories"), self.back.emit), self.clip, self.main):
            self.add_action(button)
        self.rename = Rename(self.tr_, self._title)
        self.clip_bar = ClipBar(self._app, self.tr_, self._tokens, bridge)

    def _build_left(self) -> None:
        left = SideColumn(PLAYER_WIDTH, 320)
        self.player = Player(self.tr_, self._tokens)
        self.person = PersonCard(self.tr_, self._tokens, self._app.consenting.today)
        left.column.addWidget(self.player)
        left.column.addWidget(self.person)
        left.column.addStretch(1)
        self._left = left
        self.body.addWidget(left)

    def _build_middle(self) -> None:
        middle = SideColumn(4000, LEAST_TRANSCRIPT)
        self.words = TranscriptCard(self.tr_, self._tokens, self.transcribe, self.listening.cancel)
        self.words.window_of_keys = self
        self.view = self.words.view
        self.setFocusProxy(self.view)
        self.voices = VoicesStrip(self._app, self.tr_, self.hands, self.view)
        self.words.add_strip(self.voices)
        self.keys = KeysSheet(self, self.tr_, self.words.menu)
        self.more_room = self.words.add_tool(self.tr_("More room for the words"), self._give_room, "F9", Group.SIGHT)
        self.more_room.setCheckable(True)
        self.words.add_tool(self.tr_("All keys") + "\tF1", self.keys.toggle, group=Group.SIGHT)
        middle.column.addWidget(self.clip_bar)
        middle.column.addWidget(self.words, 1)
        self.body.addWidget(middle, 1)

    def _build_right(self, bridge: Bridge) -> None:
        right = SideColumn(SIDE_WIDTH, SIDE_WIDTH)
        self.quotes = QuotesPanel(self._app, self.tr_, self._tokens)
        self.asked_first = AskedFirst(self._app, self.tr_, self._tokens, self.quotes.over, self.toast, bridge)
        self.consent = ConsentPanel(self._app, self.tr_, self._tokens, bridge)
        self.aside = Aside(self, self._app, self.tr_, self.hands.history, self.explain)
        self.details, self.history = self.aside.details, self.aside.history
        self.side = Side(self.tr_, [
            (self.tr_("Quotes"), self.quotes), (self.tr_("Consent"), self.consent),
            (self.tr_("Details"), self.details), (self.tr_("History"), self.history),
        ])
        right.column.addWidget(self.side)
        self.body.addWidget(right)
        self._columns = Columns(self._left, right, self.person, self.side)

    def _give_room(self) -> None:
        self._columns.give_words_room(self.more_room.isChecked())

    def on_moved(self, ms: int) -> None:
        """Follow the player."""
        self.view.set_position(ms)
        if self.player.captions_on:
            self.player.picture.show_caption(self._captions.at(ms))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.view.close_editor(keep=True)
        self.hands.settle()
        self.player.pause()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = self._gestures.of(event)
        if event.key() == Qt.Key.Key_Escape:
            if not self.words.close_bars():
                self.back.emit()
        elif asked in ANYWHERE:
            self.doing.do(asked)
        else:
            super().keyPressEvent(event)
