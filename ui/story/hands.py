"""Hands: what a person does on the Story page, made so that it can be undone, or explained where it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storybank.domain.codebook import Code
from storybank.domain.quote import Anchor
from storybank.domain.story import Story
from storybank.domain.voice import Voice
from storybank.errors import Invalid, StorybankError
from storybank.services.edits import Edit
from storybank.services.quoting import NOT_SUGGESTED
from storybank.words import say
from ui.parts.undo import History
from ui.transcript.saving import LaterEdit, Saving, Stay

if TYPE_CHECKING:
    from ui.wiring import App


class Hands(QObject):
    """One method for each thing that can be done by hand. What is typed is saved beside; the rest at once."""

    unsaved = Signal(str, str)
    """A line's identifier, and the words that could not be saved; why was explained."""
    made = Signal()
    """Something was done at once, and stands in the library."""

    def __init__(self, app: App, history: History, explain: Callable[[StorybankError], None],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.history = history
        self._explain = explain
        self.saving = Saving(self)
        self.saving.failed.connect(self._on_failed)
        self.before: Callable[[], None] = lambda: None
        """What must be handed over first whenever something is done: the draft one is in."""
        self._stay: Stay | None = None
        self._stay_at = -1

    # ---- what is typed -------------------------------------------------------------------------------------

    def draft(self, line_id: str, text: str) -> None:
        """Save a line as it now reads; while one stays in it, that is one step to undo."""
        if not text:
            self._explain(Invalid(say("A line cannot be empty."), hint=say("The engine's words are kept either way.")))
            return
        stay = self._stay
        if stay and stay.line_id == line_id and not stay.taken_back and self.history.index() == self._stay_at:
            stay.write(text)
            return
        self._stay = stay = Stay(self.saving, self._app.correcting, line_id)
        stay.text = text
        self.history.make(stay.edit)
        self._stay_at = self.history.index()

    def leave(self) -> None:
        """Let what is written next be another step."""
        self._stay, self._stay_at = None, -1

    def give_up(self, line_id: str) -> None:
        """Let a line read as it did before one began to write in it."""
        if self._stay and self._stay.line_id == line_id and self.history.index() == self._stay_at:
            try:
                self.history.drop_last()
            except StorybankError as error:
                self._explain(error)
        self.leave()

    def accept_line(self, line_id: str) -> None:
        """Mark a line as read against the recording, without waiting for it."""
        plan = partial(self._app.correcting.review, line_id)
        self.history.make(LaterEdit(self.saving, say("Mark line as reviewed"), plan).edit)

    def settle(self) -> None:
        """See that everything that was typed is in the library."""
        self.before()
        self.saving.settle()

    def _on_failed(self, error: StorybankError, wanted_by: object) -> None:
        self._explain(error)
        if isinstance(wanted_by, Stay):
            self.unsaved.emit(wanted_by.line_id, wanted_by.text)

    # ---- lines ---------------------------------------------------------------------------------------------

    def reword(self, line_id: str, text: str) -> None:
        """Give a line a person's text."""
        self.make(partial(self._app.correcting.reword, line_id, text))

    def review(self, line_id: str, reviewed: bool) -> None:
        """Mark a line as read against the recording, or not."""
        self.make(partial(self._app.correcting.review, line_id, reviewed))

    def split(self, line_id: str, before_word: int) -> bool:
        """Cut a line in front of a word; tell whether that could be done."""
        return self.make(partial(self._app.correcting.split, line_id, before_word))

    def merge(self, line_id: str) -> bool:
        """Make a line and the one after it one; tell whether that could be done."""
        return self.make(partial(self._app.correcting.merge, line_id))

    def shift(self, line_id: str, words: int) -> bool:
        """Move the end of a line by some words; tell whether that could be done."""
        return self.make(partial(self._app.correcting.shift, line_id, words))

    def retime(self, line_id: str, start_ms: int, end_ms: int) -> None:
        """Let a line begin and end at other moments."""
        self.make(partial(self._app.correcting.retime, line_id, start_ms, end_ms))

    def paragraph(self, line_id: str, opens: bool) -> None:
        """Let a paragraph begin with a line, or not."""
        self.make(partial(self._app.correcting.paragraph, line_id, opens))

    # ---- voices --------------------------------------------------------------------------------------------

    def give(self, line_ids: Sequence[str], voice_id: str | None) -> None:
        """Say whose voice lines are."""
        self.make(partial(self._app.voicing.give, line_ids, voice_id))

    def give_to_the_end(self, line_id: str, voice_id: str) -> None:
        """Say that a line and every one after it is that voice's."""
        self.make(partial(self._app.voicing.give_to_the_end, line_id, voice_id))

    def add_voice(self, recording_id: str, name: str, contributor_id: str | None = None) -> Voice | None:
        """Put a voice on file; None where that was refused, and explained."""
        try:
            return self._app.voicing.add(recording_id, name, contributor_id)
        except StorybankError as error:
            self._explain(error)
            return None

    def rename_voice(self, voice_id: str, name: str) -> None:
        """Call a voice something else, wherever it speaks."""
        self.make(partial(self._app.voicing.rename, voice_id, name))

    def link_voice(self, voice_id: str, contributor_id: str | None) -> None:
        """Say whose voice it is."""
        self.make(partial(self._app.voicing.link, voice_id, contributor_id))

    def remove_voice(self, voice_id: str) -> None:
        """Take out a voice that says nothing."""
        try:
            self._app.voicing.remove(voice_id)
        except StorybankError as error:
            self._explain(error)

    # ---- quotes and the story ------------------------------------------------------------------------------

    def pick(self, recording_id: str, anchor: Anchor, codes: frozenset[str],
             suggested: Mapping[str, str] = NOT_SUGGESTED) -> str:
        """Make a quote of some words, and return its identifier; nothing where that was refused, and explained."""
        made: list[str] = []

        def plan() -> Edit:
            new = self._app.quoting.pick(recording_id, anchor, codes, suggested)
            made.append(new.quote.id)
            return new.edit

        return made[0] if self.make(plan) else ""

    def retag(self, quote_id: str, codes: frozenset[str], suggested: Mapping[str, str] = NOT_SUGGESTED) -> bool:
        """Give a quote exactly these tags; tell whether that could be done."""
        return self.make(partial(self._app.quoting.retag, quote_id, codes, suggested))

    def move_quote(self, quote_id: str, anchor: Anchor) -> bool:
        """Let a quote begin and end elsewhere; tell whether that could be done."""
        return self.make(partial(self._app.shaping.move, quote_id, anchor))

    def merge_quotes(self, kept_id: str, other_id: str) -> bool:
        """Make one of two quotes; tell whether that could be done."""
        return self.make(partial(self._app.shaping.merge, kept_id, other_id))

    def remove(self, quote_id: str) -> None:
        """Take a quote out."""
        self.make(partial(self._app.quoting.remove, quote_id))

    def star(self, quote_id: str, important: bool) -> None:
        """Mark a quote as important, or not."""
        self.make(partial(self._app.quoting.mark_important, quote_id, important))

    def rename(self, story: Story, title: str) -> None:
        """Give a story another title."""
        describe = self._app.collecting.describe
        self.make(lambda: Edit(say("Rename story"), partial(describe, story.id, title=title),
                                partial(describe, story.id, title=story.title)))

    def add_code(self, name: str, under: str = "") -> Code | None:
        """Add a tag of that name; None where it was refused, and explained."""
        try:
            return self._app.quoting.add_code(name, under=under)
        except StorybankError as error:
            self._explain(error)
            return None

    def make(self, plan: Callable[[], Edit]) -> bool:
        """Make a change that can be undone, and tell whether it was; where it is refused, say why."""
        try:
            self.settle()
            self.history.make(plan())
        except StorybankError as error:
            self._explain(error)
            return False
        self.made.emit()
        return True
