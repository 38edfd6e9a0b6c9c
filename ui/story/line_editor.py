"""The line editor: a line of the transcript, put right where it stands. Enter or leaving keeps it, Esc does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from storybank.domain.transcript import Line
from storybank.words import Words
from ui.story.typeset import LINE_HEIGHT
from ui.theme import READING_SIZE, font

ROOM = 16  # around the words: the field's own padding and ring


class LineEditor(QTextEdit):
    """Edits one line; says `finished` once, with the new text or None."""

    finished = Signal(object)

    def __init__(self, parent: QWidget, tr: Words, line: Line) -> None:
        super().__init__(parent)
        self.line = line
        self._over = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font(READING_SIZE))
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Correct this line; Enter keeps it, Esc does not"))
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(0)
        self.setPlainText(line.text)
        self._space_rows()

    def begin_at(self, word: int) -> None:
        """Take the focus, with the cursor in front of a word."""
        before = sum(len(one.text) + 1 for one in self.line.words[:word])
        cursor = self.textCursor()
        cursor.setPosition(min(before, len(self.toPlainText())))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wanted_height(self) -> int:
        """Return how high it should be to show all of its rows."""
        return round(self.document().size().height()) + ROOM

    def _space_rows(self) -> None:
        """Set the rows as far apart as in the transcript, so that nothing jumps when one begins to write."""
        rows = QTextBlockFormat()
        rows.setLineHeight(QFontMetricsF(self.font()).height() * LINE_HEIGHT,
                           QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(rows)
        self.document().clearUndoRedoStacks()

    def finish(self, *, keep: bool) -> None:
        """Be done, once."""
        if self._over:
            return
        self._over = True
        text = " ".join(self.toPlainText().split())
        self.finished.emit(text if keep and text != self.line.text else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish(keep=True)
