"""The line editor: a line of the transcript, put right where it stands; its keys go on to the lines around it."""

from __future__ import annotations

import difflib
import re

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from storybank.domain import names
from storybank.domain.transcript import Line
from storybank.words import Words
from ui.theme import READING_SIZE, font
from ui.transcript.gestures import Gestures
from ui.transcript.typeset import LINE_HEIGHT

ROOM = 16  # around the words: the field's own padding and ring
Move = QTextCursor.MoveOperation


class LineEditor(QTextEdit):
    """Edits one line. It asks: for gestures by their names, and to be left for another line."""

    wanted = Signal(str)
    paused = Signal()
    """Nothing was typed for a moment, or typing has gone on for some: time to save."""
    left = Signal()
    """Somebody went elsewhere with the mouse or the Tab key of another field."""

    def __init__(self, parent: QWidget, tr: Words, line: Line, pause_ms: int,
                 gestures: Gestures) -> None:
        super().__init__(parent)
        self.line = line
        self._gestures = gestures
        self._lit: int | None = None
        self._over = False
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self.paused)
        self._long = QTimer(self, singleShot=True, interval=3 * pause_ms)
        self._long.timeout.connect(self.paused)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(READING_SIZE))
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Correct this line; Enter keeps it, Tab keeps it and goes on, Esc does not"))
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(0)
        self.show_line(line)
        self.textChanged.connect(self._on_typed)

    # ---- the words -----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """Return the words as they would be saved."""
        return names.plain(" ".join(self.toPlainText().split()))

    @property
    def unsaved(self) -> bool:
        """Tell whether the words differ from what the library was given last."""
        return self.text != self._saved

    def save(self) -> str:
        """Return the words, which are now on their way into the library."""
        self._pause.stop()
        self._long.stop()
        self._saved = self.text
        self.sent.add(self._saved)
        return self._saved

    @property
    def word(self) -> int:
        """Return the number of the word that the cursor is in, or before."""
        text, at = self.toPlainText(), self.textCursor().position()
        return len(_begun(text, at))

    def show_line(self, line: Line) -> None:
        """Show a line as it stands in the library; what was typed before is forgotten."""
        at = self.textCursor().position()
        self.line, self.sent, self._saved = line, {line.text}, line.text
        self.setPlainText(line.text)
        self._space_rows()
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(line.text)))
        self.setTextCursor(cursor)

    def take(self, line: Line) -> None:
        """Know a line that was saved; where it reads as nobody wrote it here, show it."""
        if line.text in self.sent:
            self.line = line
        elif line.text != self.text:
            self.show_line(line)

    def begin_at(self, word: int) -> None:
        """Take the focus, with a word selected."""
        self._begin(self._place_of(word))
        cursor = self.textCursor()
        cursor.movePosition(Move.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def begin_before(self, word: int) -> None:
        """Take the focus, with the cursor in front of a word; beyond the last one, at the end."""
        self._begin(self._place_of(word))

    def begin_in_row(self, x: int, *, last: bool) -> None:
        """Take the focus in the first or the last row, about as far from the left as one was."""
        self._begin(0)
        row = self.cursorRect()
        if last:
            self.moveCursor(Move.End)
            row = self.cursorRect()
        self.setTextCursor(self.cursorForPosition(QPoint(x, row.center().y())))

    def light(self, word: int | None, color: QColor) -> None:
        """Put a soft ground behind the word of the line that is being said."""
        number = None if word is None else self._now(word)
        if number == self._lit:
            return
        self._lit = number
        selections = []
        if number is not None:
            begin, end = [match.span() for match in re.finditer(r"\S+", self.toPlainText())][number]
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(begin)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.format.setBackground(color)
            selections = [one]
        self.setExtraSelections(selections)

    @property
    def wanted_height(self) -> int:
        """Return how high it should be to show all of its rows."""
        return round(self.document().size().height()) + ROOM

    def close_quietly(self) -> None:
        """Be done, without a word."""
        self._over = True
        self._pause.stop()
        self._long.stop()
        self.hide()
        self.deleteLater()

    def _on_typed(self) -> None:
        """Wait for a pause, but not for ever: somebody may type a whole answer without one."""
        self._pause.start()
        if not self._long.isActive():
            self._long.start()

    # ---- keys ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._gestures.of(event):
                event.accept()
                return True
            if self._is_spent(event):
                event.ignore()
                return True
        return super().event(event)

    def _is_spent(self, event: QKeyEvent) -> bool:
        """Tell whether undo is asked for where nothing typed is left to undo: then it is the window's."""
        document, standard = self.document(), QKeySequence.StandardKey
        return (event.matches(standard.Undo) and not document.isUndoAvailable()) or (
            event.matches(standard.Redo) and not document.isRedoAvailable())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := self._gestures.of(event) or self._edge(event):
            self.wanted.emit(asked)
        elif self._is_spent(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _edge(self, event: QKeyEvent) -> str:
        """Return what a key asks for that has nothing to do inside the line any more."""
        key, cursor = event.key(), self.textCursor()
        always = {
            Qt.Key.Key_Escape: "give up", Qt.Key.Key_Return: "keep", Qt.Key.Key_Enter: "keep",
            Qt.Key.Key_Tab: "accept", Qt.Key.Key_Backtab: "line before",
        }  # fmt: skip
        if key in always:
            return always[Qt.Key(key)]
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or cursor.hasSelection():
            return ""
        at_start, at_end = cursor.atStart(), cursor.atEnd()
        edges = {
            Qt.Key.Key_Up: ("line up", not QTextCursor(cursor).movePosition(Move.Up)),
            Qt.Key.Key_Down: ("line down", not QTextCursor(cursor).movePosition(Move.Down)),
            Qt.Key.Key_Left: ("end of line before", at_start), Qt.Key.Key_Right: ("start of line after", at_end),
            Qt.Key.Key_Backspace: ("merge before", at_start), Qt.Key.Key_Delete: ("merge next", at_end),
        }  # fmt: skip
        name, here = edges.get(Qt.Key(key), ("", False))
        return name if here else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._over:
            return
        if event.reason() is Qt.FocusReason.ActiveWindowFocusReason:
            self.paused.emit()
        elif event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line of plain words."""
        self.textCursor().insertText(names.plain(" ".join(source.text().split())) if source.hasText() else "")

    # ---- places --------------------------------------------------------------------------------------------

    def _begin(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of(self, word: int) -> int:
        spans = [match.span() for match in re.finditer(r"\S+", self.toPlainText())]
        return spans[word][0] if word < len(spans) else len(self.toPlainText())

    def _now(self, word: int) -> int | None:
        """Return where a word of the saved line stands among the words as they are typed now."""
        texts, typed = [one.text for one in self.line.words], self.toPlainText().split()
        if texts == typed:
            return word
        matcher = difflib.SequenceMatcher(None, texts, typed, autojunk=False)
        for block in matcher.get_matching_blocks():
            if block.a <= word < block.a + block.size:
                return block.b + word - block.a
        return None

    def _space_rows(self) -> None:
        """Set the rows as far apart as in the transcript, so that nothing jumps when one begins to write."""
        rows = QTextBlockFormat()
        rows.setLineHeight(QFontMetricsF(self.font()).height() * LINE_HEIGHT,
                           QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(rows)
        self.document().clearUndoRedoStacks()


def _begun(text: str, at: int) -> list[str]:
    """Return the words that end before a place."""
    return [match.group() for match in re.finditer(r"\S+", text) if match.end() <= at]
