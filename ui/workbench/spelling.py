"""Spelling: words that are in no dictionary get a wave under them, and a menu of what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu

from storybank.domain.change import ChangeKind
from storybank.domain.spelling import core_of
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.theme import Tokens
from ui.transcript.line_editor import LineEditor
from ui.transcript.script import UNSAVED
from ui.transcript.spans import Place
from ui.workbench.lookup import Lookup

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

MOST = 6
"""What the menu offers at most."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word somebody wants to put right: how it stands, where the menu opens, and what writes another."""

    word: str
    at: QPoint
    write: Callable[[str], object]


class Spelling(QObject):
    """Waves in the transcript and in the line one writes in; Ctrl+. opens the menu of the next such word."""

    _suggested = Signal(object, object)

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens, lookup: Lookup) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._tokens = page, app, tr, tokens
        self._view, self.lookup = page.view, lookup
        self.menu = QMenu(page)
        self._asked: _Asked | None = None
        self._suggested.connect(self._on_suggested, Qt.ConnectionType.QueuedConnection)
        self._view.editing.connect(self._on_editing)
        self._view.viewport().installEventFilter(self)
        page.words.add_tool(tr("Spelling"), self.suggest_here, "Ctrl+.")

    def show_story(self, story: StoryView) -> None:
        """Be about this story now: the words are looked up as they are shown."""

    def suggest_here(self) -> None:
        """Offer what may have been meant for the word one is at, or the next that is in no dictionary."""
        if self._view.editor:
            self._suggest_in_editor(self._view.editor)
        elif self._view.script.count and (place := self._next_from(self._view.cursor_.place)):
            self._view.cursor_.go(place)
            self._view.arrived()
            self._suggest_at(place)

    def _next_from(self, place: Place) -> Place | None:
        lines = self._view.script.lines
        for step in range(len(lines) + 1):
            number = (place.line + step) % len(lines)
            wrong = sorted(self.lookup.wrong_in(lines[number]))
            for word in wrong:
                if step or word >= place.word:
                    return Place(number, word)
        return None

    def _suggest_at(self, place: Place) -> None:
        line = self._view.script.lines[place.line]
        before, core, after = core_of(line.words[place.word].text)

        def write(text: str) -> None:
            words = [word.text for word in line.words]
            words[place.word] = f"{before}{text}{after}"
            self._page.hands.make(lambda: self._app.correcting.reword_all(
                say("Correct spelling"), {line.id: " ".join(words)}, ChangeKind.REPLACED))

        if not line.id.startswith(UNSAVED):
            below = self._view.rect_of(place).bottomLeft().toPoint()
            self._ask(_Asked(core, self._view.viewport().mapToGlobal(below), write), line.language)

    def _suggest_in_editor(self, editor: LineEditor, at: int | None = None) -> None:
        found = self._wrong_in_text(editor, editor.textCursor().position() if at is None else at)
        if found is None:
            return
        begin, end = found
        cursor = QTextCursor(editor.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        below = editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
        self._ask(_Asked(cursor.selectedText(), below, cursor.insertText), editor.line.language)

    def _wrong_in_text(self, editor: LineEditor, at: int) -> tuple[int, int] | None:
        """Return the nearest word from a place on that is in no dictionary, without the signs around it."""
        text, language = editor.toPlainText(), editor.line.language
        words = [found for found in re.finditer(r"\S+", text) if self.lookup.wrong(found.group(), language)]
        word = next((one for one in words if one.end() >= at), words[0] if words else None)
        if word is None:
            return None
        before, core, _after = core_of(word.group())
        return word.start() + len(before), word.start() + len(before) + len(core)

    # ---- the menu ------------------------------------------------------------------------------------------

    def _ask(self, asked: _Asked, language: str) -> None:
        self._asked = asked
        self._app.spelling.suggestions(asked.word, language, partial(self._hand_over, asked))

    def _hand_over(self, asked: _Asked, suggested: tuple[str, ...]) -> None:
        """Take an answer on the thread it comes on; the page may be gone by then."""
        with suppress(RuntimeError):
            self._suggested.emit(asked, suggested)

    def _on_suggested(self, asked: _Asked, suggested: tuple[str, ...]) -> None:
        if asked is not self._asked:
            return
        self._asked = None
        self.menu.clear()
        offered = list(dict.fromkeys([*self.lookup.like(asked.word), *suggested]))[:MOST]
        for word in offered:
            self.menu.addAction(word).triggered.connect(partial(self._write, asked, word))
        if not offered:
            self.menu.addAction(self._tr("No suggestion")).setEnabled(False)
        self.menu.addSeparator()
        keep = self.menu.addAction(self._tr("Add “{word}” to the glossary", word=asked.word))
        keep.triggered.connect(partial(self._keep, asked.word))
        leave = self.menu.addAction(self._tr("Leave it as it is"))
        leave.triggered.connect(partial(self._leave, asked.word))
        self.menu.popup(asked.at)
        self.menu.setActiveAction(self.menu.actions()[0])

    def _write(self, asked: _Asked, word: str) -> None:
        asked.write(word)

    def _leave(self, word: str) -> None:
        self.lookup.leave(word)

    def _keep(self, word: str) -> None:
        try:
            self._app.glossing.add(word)
        except StorybankError as error:
            self._page.explain(error)

    # ---- the line one writes in ----------------------------------------------------------------------------

    def _on_editing(self, editor: LineEditor) -> None:
        editor.viewport().installEventFilter(self)
        Waves(editor, self.lookup, self._tokens)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ContextMenu or not isinstance(event, QContextMenuEvent):
            return False
        editor = self._view.editor
        if editor and watched is editor.viewport():
            at = editor.cursorForPosition(event.pos()).position()
            found = self._wrong_in_text(editor, at)
            if found and found[0] <= at <= found[1]:
                self._suggest_in_editor(editor, at)
                return True
        elif watched is self._view.viewport() and self._view.script.count:
            place = self._view.place_at(event.pos().toPointF())
            if place.word in self.lookup.wrong_in(self._view.script.lines[place.line]):
                self._view.cursor_.go(place)
                self._view.changed()
                self._suggest_at(place)
                return True
        return False


class Waves(QSyntaxHighlighter):
    """Draws a wave under the words of an open line; the word that is being typed gets none until one leaves it."""

    def __init__(self, editor: LineEditor, lookup: Lookup, tokens: Tokens) -> None:
        self._editor, self._lookup = editor, lookup
        self._wave = QTextCharFormat()
        self._wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._wave.setUnderlineColor(tokens.color("stop"))
        self._pause = QTimer(editor, singleShot=True, interval=400)
        super().__init__(editor.document())
        self._pause.timeout.connect(self._look)
        editor.cursorPositionChanged.connect(self._pause.start)
        lookup.changed.connect(self.rehighlight)
        self._pause.start()

    def highlightBlock(self, text: str) -> None:
        at = self._editor.textCursor().position() if self._editor.document().isModified() else -1
        for word in re.finditer(r"\S+", text):
            typing = word.start() < at <= word.end()
            if not typing and self._lookup.wrong(word.group(), self._editor.line.language):
                before, core, _after = core_of(word.group())
                self.setFormat(word.start() + len(before), len(core), self._wave)

    def _look(self) -> None:
        self._lookup.ask(self._editor.toPlainText().split(), self._editor.line.language)
        self.rehighlight()
