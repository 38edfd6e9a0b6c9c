"""The transcript that follows the recording: read it, go anywhere in it, select words, put lines right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from storybank.domain.quote import Quote
from storybank.domain.transcript import Line
from storybank.words import Words
from ui.theme import SPACE_2, Tokens
from ui.transcript.column import Column
from ui.transcript.cursor import Cursor
from ui.transcript.described import said_of
from ui.transcript.keys import TranscriptKeys
from ui.transcript.line_editor import LineEditor
from ui.transcript.line_paint import STRIPE_STEP, LinePainter, Sheet, columns_kept
from ui.transcript.pointer import Pointer
from ui.transcript.reach import Reach
from ui.transcript.resting import Resting
from ui.transcript.script import Script
from ui.transcript.spans import Place, Span
from ui.transcript.writing import Writing

GUTTER = 76.0
RIGHT_ROOM = 14.0
BAR_ROOM = 12.0
"""Kept free for the scroll bar, so that the words stay when it comes and goes."""
MEASURED_AT_ONCE = 60  # lines; a short transcript has its true height from the start


class TranscriptView(QAbstractScrollArea):
    """Paints the script, laying out only the lines one sees. It asks; the page does."""

    sought = Signal(int)
    wanted = Signal(str)
    """A gesture, by its name."""
    typed = Signal()
    editing = Signal(object)  # the editor that has just opened
    shown = Signal()  # other lines are shown, or lines that read differently
    moved = Signal()
    """The reader is at another word, or selected other words."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.tr_, self.tokens = tr, tokens
        self.script = Script()
        self.cursor_ = Cursor()
        self.playing_place: Place | None = None
        self.runs = False
        self.painter = LinePainter(tokens)
        self.writing = Writing(self)
        self.reach, self.resting = Reach(self), Resting(self)
        self.keys, self._pointer, self.column = TranscriptKeys(self), Pointer(self), Column()
        self._follows = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Transcript"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def editor(self) -> LineEditor | None:
        """Return the field in which a line is put right, while one is."""
        return self.writing.editor

    # ---- what is shown -------------------------------------------------------------------------------------

    def set_script(self, script: Script, labels: dict[str, str] | None = None) -> None:
        """Show a script; `labels` names the building blocks of the stripes."""
        self.resting.labels = labels if labels is not None else self.resting.labels
        self._stand_in(script)
        if editor := self.editor:
            self.writing.take(script.line(editor.line.id))

    def show_changes(self, changed: Iterable[Line]) -> None:
        """Show lines that changed; all others stay as they are laid out."""
        lines = {line.id: line for line in changed}
        self._stand_in(self.script.patched(lines.values()))
        if (editor := self.editor) and (line := lines.get(editor.line.id)):
            self.writing.take(None if line.gone else line)

    def expect(self, line: Line) -> None:
        """Show a line as it is about to be saved."""
        self._stand_in(self.script.patched([line]))

    def _stand_in(self, script: Script) -> None:
        self.script, self.playing_place = script, None
        self.cursor_.set_script(script)
        self.column.set_script(script)
        self._make_room()
        self._tell_reader()
        self.shown.emit()

    def show_quotes(self, fresh: Iterable[Quote], gone: Iterable[str] = ()) -> None:
        """Show quotes that were made or changed, and others no more; the words stay as they are laid out."""
        room = columns_kept(self.script.columns)
        self.script = self.cursor_.script = self.script.quoted(fresh, gone)
        if columns_kept(self.script.columns) != room:
            self._make_room()
        self.viewport().update()
        self.moved.emit()

    def set_position(self, ms: int) -> None:
        """Light the word that is being said."""
        place = self.script.at(ms)
        self.writing.light(place)
        if place == self.playing_place:
            return
        before, self.playing_place = self.playing_place, place
        if place and self.runs and self._follows and not self.editor:
            self.show_place(place)
        for one in {one.line for one in (before, place) if one is not None and one.line < len(self.script.lines)}:
            self.viewport().update(self._rect_of_line(one))

    def set_running(self, running: bool) -> None:
        """Follow while the recording runs."""
        self.runs = running
        self._follows = True

    def show_place(self, place: Place) -> None:
        """Scroll so that a word can be read with what is around it."""
        top = self.column.top(place.line) + self.column.typeset(place.line).rects(place.word, place.word)[0].top()
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() + 20 <= top <= bar.value() + room - 70:
            bar.setValue(round(top - room / 3))

    # ---- what the reader does ------------------------------------------------------------------------------

    def changed(self) -> None:
        """Show where the reader is now, and say so."""
        if self.script.count:
            self.show_place(self.cursor_.place)
        self._tell_reader()
        self.viewport().update()
        self.moved.emit()

    def arrived(self) -> None:
        """Show where the reader is; a player that stands still goes there too."""
        self.changed()
        if not self.runs and self.cursor_.selection is None:
            self.seek_here()

    def seek_here(self) -> None:
        """Ask for the moment of the word one is on."""
        self._follows = True
        self.sought.emit(self.script.word(self.cursor_.place).start_ms)

    def choose(self, span: Span | None) -> None:
        """Select the whole of a quote."""
        if span is not None:
            self.cursor_.select(span.first, span.last)
            self.changed()

    def edit_here(self) -> None:
        """Open the line one is in for correction, at the word one is on."""
        if self.script.count and (editor := self.writing.open(self.cursor_.place.line)):
            editor.begin_at(self.cursor_.place.word)

    def close_editor(self, *, keep: bool) -> None:
        """End the correction, if there is one."""
        self.writing.close(keep=keep)

    def _tell_reader(self) -> None:
        """Tell a screen reader the line and the word one is at."""
        self.setAccessibleDescription(
            said_of(self.script, self.cursor_.place, self.tr_) if self.script.count else "")

    # ---- events --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.script.count
                and self.keys.claims(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.script.count or not self.keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.script.count:
            self._pointer.press(event.position(), extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.script.count:
            self._pointer.drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.script.count:
            self._pointer.release(event.position(), GUTTER)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.script.count:
            self._pointer.open(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._follows = False
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.script.count:
            QToolTip.showText(event.globalPos(), self.resting.about(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll, sheet = self.verticalScrollBar().value(), self.sheet
        if not self.script.count:
            return
        cursor = self.cursor_ if self.hasFocus() or self.cursor_.selection else None
        for number in self.column.between(scroll + event.rect().top(), scroll + event.rect().bottom()):
            top, typeset = self.top_of(number), self.column.typeset(number)
            self.painter.paint(painter, top, number, self.script, typeset, sheet, cursor, self.playing_place)

    # ---- where things are ----------------------------------------------------------------------------------

    def place_at(self, point: QPointF) -> Place:
        """Return the word nearest to a point of the viewport."""
        y = point.y() + self.verticalScrollBar().value()
        line = self.column.line_at(y)
        return Place(line, self.column.typeset(line).word_at(point.x() - GUTTER, y - self.column.top(line)))

    def rect_of(self, place: Place) -> QRectF:
        """Return where a word is painted in the viewport."""
        self._settle()
        rect = self.column.typeset(place.line).rects(place.word, place.word)[0]
        return rect.translated(GUTTER, self.top_of(place.line))

    def top_of(self, number: int) -> float:
        """Return where the words of a line begin in the viewport."""
        return self.column.top(number) - self.verticalScrollBar().value()

    def _rect_of_line(self, line: int) -> QRect:
        top = round(self.top_of(line))
        return QRect(0, top - 6, self.viewport().width(), round(self.column.typeset(line).height) + 12)

    @property
    def sheet(self) -> Sheet:
        """Return where things lie across the transcript."""
        return Sheet(GUTTER, self.column.width, GUTTER + self.column.width + SPACE_2)

    def _make_room(self) -> None:
        stripes = RIGHT_ROOM + STRIPE_STEP * columns_kept(self.script.columns)
        self.column.set_room(self.width() - BAR_ROOM - GUTTER - stripes - SPACE_2)
        self.column.measure(range(min(MEASURED_AT_ONCE, len(self.script.lines))))
        self.fit()

    def fit(self) -> None:
        """Let the scroll bar, and the line one writes in, know how high all of it is."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(self.column.height) - room + 24))
        bar.setPageStep(max(1, room))
        bar.setSingleStep(27)
        self.writing.place()
        self.viewport().update()

    def _visible(self) -> range:
        scroll = self.verticalScrollBar().value()
        return self.column.between(scroll, scroll + self.viewport().height()) if self.script.count else range(0)

    def _settle(self) -> None:
        """Measure the lines in view until their places hold."""
        for _round in range(4):
            if not self.column.measure(self._visible()):
                return
            self.fit()

    def _on_scrolled(self) -> None:
        self.writing.place()
        self.viewport().update()
