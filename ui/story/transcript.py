"""The transcript that follows the recording: read it, go anywhere in it, select words, put lines right."""

from __future__ import annotations

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

from storybank.words import Words
from ui.parts.said import timecode
from ui.story.column import Column
from ui.story.cursor import Cursor
from ui.story.line_editor import LineEditor
from ui.story.line_paint import STRIPE_STEP, UNSAVED, LinePainter, Sheet
from ui.story.script import Place, Script
from ui.story.transcript_keys import TranscriptKeys
from ui.theme import SPACE_2, Tokens

GUTTER = 62.0
RIGHT_ROOM = 14.0
BAR_ROOM = 12.0
"""Kept free for the scroll bar, so that the words stay when it comes and goes."""
MEASURED_AT_ONCE = 60  # lines; a short transcript has its true height from the start


class TranscriptView(QAbstractScrollArea):
    """Paints the script, laying out only the lines one sees. It asks; the page does."""

    sought = Signal(int)
    play_toggled = Signal()
    leapt = Signal(int)
    tags_wanted = Signal()
    quote_wanted = Signal()
    reworded = Signal(str, str)
    reviewed = Signal(str, bool)
    editing = Signal(object)  # the editor that has just opened
    moved = Signal()
    """The reader is at another word, or selected other words."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.tr_ = tr
        self.script = Script()
        self.cursor_ = Cursor()
        self.playing_place: Place | None = None
        self.editor: LineEditor | None = None
        self.runs = False
        self.painter = LinePainter(tokens)
        self._keys = TranscriptKeys(self)
        self._column = Column()
        self._labels: dict[str, str] = {}
        self._follows = True
        self._pressed_on: Place | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Transcript"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # ---- what is shown -------------------------------------------------------------------------------------

    def set_script(self, script: Script, labels: dict[str, str] | None = None) -> None:
        """Show a script; `labels` names the building blocks of the stripes."""
        self.script = script
        self._labels = labels if labels is not None else self._labels
        self.cursor_.set_script(script)
        self._column.set_script(script)
        self.playing_place = None
        self._make_room()
        self._tell_reader()

    def set_position(self, ms: int) -> None:
        """Light the word that is being said."""
        place = self.script.at(ms)
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
        top = self._column.tops[place.line] + self._column.typeset(place.line).rects(place.word, place.word)[0].top()
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

    def seek_here(self) -> None:
        """Ask for the moment of the word one is on."""
        self._follows = True
        self.sought.emit(self.script.word(self.cursor_.place).start_ms)

    def edit_here(self) -> None:
        """Open the line one is in for correction."""
        self.close_editor(keep=True)
        line = self.script.lines[self.cursor_.place.line] if self.script.count else None
        if line is None or line.id.startswith(UNSAVED):
            return
        self.editor = LineEditor(self.viewport(), self.tr_, line)
        self.editor.finished.connect(self._on_edited)
        self.editor.textChanged.connect(self._place_editor)
        self._place_editor()
        self.editor.show()
        self._place_editor()
        self.editor.begin_at(self.cursor_.place.word)
        self.editing.emit(self.editor)

    def close_editor(self, *, keep: bool) -> None:
        """End the correction, if there is one."""
        if self.editor:
            self.editor.finish(keep=keep)

    def _on_edited(self, text: str | None) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        if editor.hasFocus():
            self.setFocus()
        editor.hide()
        editor.deleteLater()
        if text is not None:
            self.reworded.emit(editor.line.id, text)

    def _place_editor(self) -> None:
        if not self.editor:
            return
        number = next((n for n, line in enumerate(self.script.lines) if line.id == self.editor.line.id), 0)
        top = round(self._column.tops[number] - self.verticalScrollBar().value())
        height = self.editor.wanted_height
        self.editor.setGeometry(QRect(round(GUTTER) - 9, top - 10, round(self._sheet().text_width) + 22, height))

    def _tell_reader(self) -> None:
        """Tell a screen reader the line and the word one is at."""
        if not self.script.count:
            self.setAccessibleDescription("")
            return
        place = self.cursor_.place
        line = self.script.lines[place.line]
        self.setAccessibleDescription(
            self.tr_("{time}: {text} Word: {word}", time=timecode(line.start_ms), text=line.text,
                     word=self.script.word(place).text))

    # ---- events --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.script.count or not self._keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.script.count:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self.place_at(event.position())
        self._pressed_on = place
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.cursor_.extend(place)
        else:
            self.cursor_.go(place)
        self.changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position()) if self.script.count and self._pressed_on else None
        if place is not None and place != self.cursor_.place:
            self.cursor_.extend(place)
            self.changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_on = self._pressed_on, None
        if pressed is not None and event.button() == Qt.MouseButton.LeftButton and self.cursor_.selection is None:
            if event.position().x() < GUTTER:
                self.cursor_.go(Place(self.cursor_.place.line, 0))
            self.seek_here()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.script.count and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_on = None
            self.cursor_.go(self.place_at(event.position()))
            self.edit_here()

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
            QToolTip.showText(event.globalPos(), self.about(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def about(self, point: QPointF) -> str:
        """Return what rests under the pointer: a stripe's building block, or a word's doubt."""
        place, sheet = self.place_at(point), self._sheet()
        if point.x() >= sheet.stripes_left - 2:
            stripes = self.script.stripes.get(place.line, [])
            return "\n".join(f"{self._labels.get(s.code, s.code)} · {s.quote.code}" for s in stripes)
        if self.script.doubtful(place):
            sure = round(100 * (self.script.word(place).probability or 0))
            return self.tr_("The engine was {sure} % sure of this word.", sure=sure)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll, sheet = self.verticalScrollBar().value(), self._sheet()
        if not self.script.count:
            return
        cursor = self.cursor_ if self.hasFocus() or self.cursor_.selection else None
        for number in self._column.between(scroll + event.rect().top(), scroll + event.rect().bottom()):
            top, typeset = self._column.tops[number] - scroll, self._column.typeset(number)
            self.painter.paint(painter, top, number, self.script, typeset, sheet, cursor, self.playing_place)

    # ---- where things are ----------------------------------------------------------------------------------

    def place_at(self, point: QPointF) -> Place:
        """Return the word nearest to a point of the viewport."""
        y = point.y() + self.verticalScrollBar().value()
        line = self._column.line_at(y)
        return Place(line, self._column.typeset(line).word_at(point.x() - GUTTER, y - self._column.tops[line]))

    def rect_of(self, place: Place) -> QRectF:
        """Return where a word is painted in the viewport."""
        self._settle()
        rect = self._column.typeset(place.line).rects(place.word, place.word)[0]
        return rect.translated(GUTTER, self._column.tops[place.line] - self.verticalScrollBar().value())

    def _rect_of_line(self, line: int) -> QRect:
        top = round(self._column.tops[line] - self.verticalScrollBar().value())
        return QRect(0, top - 6, self.viewport().width(), round(self._column.typeset(line).height) + 12)

    def _sheet(self) -> Sheet:
        return Sheet(GUTTER, self._column.width, GUTTER + self._column.width + SPACE_2)

    def _make_room(self) -> None:
        stripes = RIGHT_ROOM + STRIPE_STEP * max(1, self.script.columns)
        self._column.set_room(self.width() - BAR_ROOM - GUTTER - stripes - SPACE_2)
        self._column.measure(range(min(MEASURED_AT_ONCE, len(self.script.lines))))
        self._fit()

    def _fit(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(self._column.height) - room + 24))
        bar.setPageStep(max(1, room))
        bar.setSingleStep(27)
        self._place_editor()
        self.viewport().update()

    def _visible(self) -> range:
        scroll = self.verticalScrollBar().value()
        return self._column.between(scroll, scroll + self.viewport().height()) if self.script.count else range(0)

    def _settle(self) -> None:
        """Measure the lines in view until their places hold."""
        for _round in range(4):
            if not self._column.measure(self._visible()):
                return
            self._fit()

    def _on_scrolled(self) -> None:
        self._place_editor()
        self.viewport().update()
