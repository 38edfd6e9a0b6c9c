"""Writing: one line of the transcript at a time is open for correction; leaving it saves it, and so does a pause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from storybank.domain.transcript import Line
from ui.transcript.gestures import Gestures
from ui.transcript.line_editor import ROOM, LineEditor
from ui.transcript.script import UNSAVED
from ui.transcript.spans import Place

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView

PAUSE_MS = 1500
"""After so long without a key, what was typed is saved."""
LIT = 46
"""How much of the colour lies behind the word that is being said, of 255; a selection stays plain to see."""
MARGIN = 9
"""How far the editor's edge lies outside the words."""


class Writing(QObject):
    """Opens lines of the view, goes from one to the next, and hands what was typed to whoever saves it."""

    drafted = Signal(str, str)
    """A line's identifier, and its words as they are to be saved."""
    ended = Signal()
    """One has left a line; what is written there next is another step to undo."""
    rested = Signal()
    """Nobody writes any more: what is shown now should be what is saved."""
    given_up = Signal(str)
    """A line's identifier, whose draft is not wanted."""
    accepted = Signal(str)
    """A line's identifier, which was found right as it is."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self.editor: LineEditor | None = None
        self._gestures = Gestures(writing=True)
        self.pause_ms = PAUSE_MS
        self.drafts: dict[str, str] = {}
        """What could not be saved, by line; it is there again when the line is opened."""

    @property
    def number(self) -> int | None:
        """Return which line is written in."""
        return self._view.script.numbers.get(self.editor.line.id) if self.editor else None

    def open(self, number: int) -> LineEditor | None:
        """Open a line, closing the one before; what the engine has just said cannot be opened yet."""
        self.close(keep=True, wait=False)
        line = self._view.script.lines[number]
        if line.id.startswith(UNSAVED):
            return None
        view = self._view
        self.editor = editor = LineEditor(view.viewport(), view.tr_, line, self.pause_ms, self._gestures)
        if draft := self.drafts.pop(line.id, ""):
            editor.setPlainText(draft)
        editor.textChanged.connect(self.place)
        editor.textChanged.connect(view.typed)
        editor.paused.connect(self.save)
        editor.left.connect(self._on_left)
        editor.wanted.connect(self._on_wanted)
        view.show_place(Place(number, 0))
        self.place()
        editor.show()
        self.place()
        self.light(view.playing_place)
        view.editing.emit(editor)
        return editor

    def save(self) -> None:
        """Hand over what was typed, if anything was; an empty line is not saved while one writes in it."""
        editor = self.editor
        if editor is None or not editor.unsaved or not editor.text:
            return
        self.drafted.emit(editor.line.id, editor.save())

    def close(self, *, keep: bool, wait: bool = True) -> None:
        """End the correction, if there is one; who goes on writing in another line does not wait for this one."""
        editor, number = self.editor, self.number
        if editor is None:
            return
        if keep and editor.unsaved:
            self.drafted.emit(editor.line.id, editor.save())
        elif not keep:
            self.given_up.emit(editor.line.id)
        focused = editor.hasFocus()
        self.editor = None
        if not wait and number is not None and editor.text not in ("", self._view.script.lines[number].text):
            self._view.expect(editor.line.reworded(editor.text))
        if focused:
            self._view.setFocus()
        editor.close_quietly()
        self._take_back_room()
        self.ended.emit()
        if wait:
            self.rested.emit()

    def bring_back(self, line_id: str, text: str) -> None:
        """Keep what could not be saved for when its line is opened again."""
        if self.editor is None or self.editor.line.id != line_id:
            self.drafts[line_id] = text

    def take(self, line: Line | None) -> None:
        """Know how the open line stands in the library now; None for a line that is gone."""
        if self.editor is None:
            return
        if line is None:
            self.editor.close_quietly()
            self.editor = None
            self._take_back_room()
            self._view.setFocus()
        else:
            self.editor.take(line)

    def light(self, place: Place | None) -> None:
        """Show which of the words is being said, if it is one of the open line."""
        if self.editor:
            here = place is not None and place.line == self.number
            shade = self._view.tokens.color("primary")
            shade.setAlpha(LIT)
            self.editor.light(place.word if place is not None and here else None, shade)

    def place(self) -> None:
        """Lay the editor over its line, and make room for all of its rows."""
        number, view = self.number, self._view
        if self.editor is None or number is None:
            return
        height = self.editor.wanted_height
        if view.column.lend(self.editor.line.id, float(height - ROOM)):
            view.fit()
        left, top, width = view.sheet.gutter, view.top_of(number), view.column.width
        self.editor.setGeometry(QRect(round(left) - MARGIN, round(top) - 10, round(width) + 22, height))

    def _take_back_room(self) -> None:
        """Let every line be as high as its own words again."""
        self._view.column.take_back()
        self._view.fit()

    # ---- keys ----------------------------------------------------------------------------------------------

    def _on_left(self) -> None:
        self.close(keep=True)

    def _on_wanted(self, name: str) -> None:
        number = self.number
        if self.editor is None or number is None:
            return
        at, word = self.editor.cursorRect().center().x(), self.editor.word
        if name in ("keep", "give up"):
            self._rest(word, keep=name == "keep")
        elif name == "accept":
            self._accept(number)
        elif name in ("line up", "line down"):
            if editor := self._step(number, -1 if name == "line up" else 1):
                editor.begin_in_row(at, last=name == "line up")
        elif name in ("line before", "end of line before", "start of line after"):
            editor = self._step(number, 1 if name == "start of line after" else -1)
            if editor:
                editor.begin_before(len(editor.line.words) if name == "end of line before" else 0)
        else:
            self._view.wanted.emit(name)

    def _rest(self, word: int, *, keep: bool) -> None:
        """Stop writing, and stand as a reader on the word one was in."""
        number = self.number
        self.close(keep=keep)
        if number is not None:
            words = self._view.script.lines[number].words
            self._view.cursor_.go(Place(number, min(word, len(words) - 1)))
            self._view.changed()

    def _accept(self, number: int) -> None:
        """Find the line right as it reads now, and go on with the next one."""
        editor = self.editor
        if editor is None:
            return
        line, changed = editor.line, editor.unsaved
        if not changed and not line.reviewed:
            self.accepted.emit(line.id)
            self._view.expect(replace(line, reviewed=True, text=editor.text))
        following = self._step(number, 1)
        if following:
            following.begin_before(0)
        else:
            self._rest(0, keep=True)

    def _step(self, number: int, step: int) -> LineEditor | None:
        """Open the line above or below; None where there is none, and then nothing changes."""
        to = number + step
        if not 0 <= to < len(self._view.script.lines) or self._view.script.lines[to].id.startswith(UNSAVED):
            return None
        editor = self.open(to)
        self._view.cursor_.go(Place(to, 0))
        self._view.arrived()
        return editor
