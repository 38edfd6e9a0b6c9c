"""The tag palette: type a little, press Enter, and the words are tagged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from storybank.domain.codebook import Code, CodeKind
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.card import Card
from ui.parts.colours import colour_of
from ui.parts.fields import line_field
from ui.parts.text import note, section
from ui.story.tag_rows import TagRow, by_digit, rows_for
from ui.theme import NOTE_SIZE, SPACE_2, SPACE_3, TEXT_SIZE, Tokens, font

ROW = Qt.ItemDataRole.UserRole
CHOSEN = Qt.ItemDataRole.UserRole + 1
WIDTH, HEIGHT = 568, 440
"""Wide enough for the longest name of a building block in French."""


class TagPalette(Card):
    """A filter, the codebook under it, and what is chosen; it hovers over the page and asks for nothing else."""

    applied = Signal(object)
    """The chosen keys, as a frozenset."""
    new_code = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget, tr: Words, tokens: Tokens) -> None:
        super().__init__(pad=SPACE_3)
        self.setParent(parent)
        self._tr = tr
        self._codes: Sequence[Code] = ()
        self._chosen: set[str] = set()
        self._about = note("")
        self._field = line_field(tr("Find a tag"), hint=tr("Type to find a tag, or to name a new one"))
        self._list = QListWidget()
        self._build(tokens)
        self.setFixedSize(WIDTH, HEIGHT)
        self.hide()

    @property
    def chosen(self) -> frozenset[str]:
        """Return the keys that are chosen so far."""
        return frozenset(self._chosen)

    def ask(self, about: str, codes: Sequence[Code], chosen: Iterable[str]) -> None:
        """Open for some words, with some codes chosen already."""
        self._codes, self._chosen = codes, set(chosen)
        self._about.setText(about)
        self._field.clear()
        self._fill()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, codes: Sequence[Code]) -> None:
        """Show the codebook as it is now."""
        self._codes = codes
        self._fill()

    def choose(self, key: str) -> None:
        """Choose a code, or no longer."""
        self._chosen ^= {key}
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            event.accept()  # nothing typed here reaches the page below

    def _build(self, tokens: Tokens) -> None:
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list.setItemDelegate(_TagPainter(self._tr, tokens, self._list))
        self._list.setStyleSheet("border: none; background: transparent;")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self._tr("Tags"))
        self._list.itemClicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addWidget(note(self._tr("1–5 building block · ↑↓ Enter choose"), wrap=False), 1)
        foot.addWidget(link_button(self._tr("Cancel"), self._leave))
        foot.addWidget(main_button(self._tr("Apply"), self._apply))
        self.body.setSpacing(SPACE_2)
        for part in (section(self._tr("Tags")), self._about, self._field, self._list):
            self.body.addWidget(part)
        self._about.setMaximumHeight(34)
        self.body.addLayout(foot)

    def _fill(self) -> None:
        current = self._list.currentItem().data(ROW) if self._list.currentItem() else None
        self._list.clear()
        for row in rows_for(self._codes, self._field.text()):
            item = QListWidgetItem(self._said(row), self._list)
            item.setData(ROW, row)
            item.setData(CHOSEN, row.code is not None and row.code.key in self._chosen)
            item.setFlags(Qt.ItemFlag.NoItemFlags if row.heading else
                          Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self._mark(current)

    def _mark(self, wanted: TagRow | None) -> None:
        """Stand on the row one was on; else, once something is typed, on the first that can be taken."""
        items = [self._list.item(n) for n in range(self._list.count())]
        choices = [item for item in items if item.data(ROW).heading is None]
        same = [item for item in choices if item.data(ROW) == wanted]
        if same or (choices and self._field.text()):
            self._list.setCurrentItem((same or choices)[0])

    def _said(self, row: TagRow) -> str:
        if row.heading:
            return {
                CodeKind.BLOCK: self._tr("Building blocks"), CodeKind.STAKEHOLDER: self._tr("Stakeholders"),
                CodeKind.STAGE: self._tr("Stages of the pathway"), CodeKind.FREE: self._tr("Own tags"),
            }[row.heading]
        return row.code.label(self._tr.language) if row.code else self._tr("New tag: {name}", name=row.new)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; False lets the filter have it."""
        key, typed = event.key(), self._field.text()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(apply=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif not typed and (code := by_digit(self._codes, key - Qt.Key.Key_0)):
            self.choose(code.key)
        elif not typed and key == Qt.Key.Key_Space and self._list.currentItem():
            self._take(self._list.currentItem())
        else:
            return False
        return True

    def _enter(self, *, apply: bool) -> None:
        item = self._list.currentItem()
        if self._field.text().strip() and item and not apply:
            self._take(item)
            self._field.clear()
        else:
            self._apply()

    def _step(self, step: int) -> None:
        row = self._list.currentRow() + step
        while 0 <= row < self._list.count():
            if self._list.item(row).data(ROW).heading is None:
                self._list.setCurrentRow(row)
                return
            row += step

    def _take(self, item: QListWidgetItem) -> None:
        row: TagRow = item.data(ROW)
        if row.code:
            self.choose(row.code.key)
        elif row.new:
            self.new_code.emit(row.new)
        self._field.setFocus()

    def _apply(self) -> None:
        self.hide()
        self.applied.emit(self.chosen)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


class _TagPainter(QStyledItemDelegate):
    """Paints a row: a dot in the block's colour, the name, a tick when chosen, the digit that chooses it."""

    def __init__(self, tr: Words, tokens: Tokens, parent: QObject) -> None:
        super().__init__(parent)
        self._tr = tr
        self._tokens = tokens

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH - 60, 28 if index.data(ROW).heading else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        row: TagRow = index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            self._write(painter, rect.adjusted(8, 4, -8, 0), index.data(), "soft", NOTE_SIZE)
        else:
            state = option.state
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._tokens.color("wash"))
                painter.drawRoundedRect(rect, 6, 6)
            self._paint_choice(painter, rect, row, chosen=bool(index.data(CHOSEN)), text=index.data())
        painter.restore()

    def _paint_choice(self, painter: QPainter, rect: QRectF, row: TagRow, *, chosen: bool, text: str) -> None:
        color = colour_of(row.code, self._tokens) if row.code else self._tokens.color("primary")
        middle = QPointF(rect.left() + 17, rect.center().y())
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color if chosen else QColor(0, 0, 0, 0))
        painter.drawEllipse(middle, 7, 7)
        if chosen:
            painter.setPen(QPen(self._tokens.color("surface"), 1.8, c=Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([middle + QPointF(-3, 0), middle + QPointF(-0.8, 2.4), middle + QPointF(3.2, -2.6)])
        self._write(painter, rect.adjusted(34, 0, -36, 0), text, "ink", TEXT_SIZE, bold=chosen)
        if row.digit:
            self._write(painter, rect.adjusted(0, 0, -12, 0), str(row.digit), "soft", NOTE_SIZE, right=True)

    def _write(self, painter: QPainter, rect: QRectF, text: str, token: str, size: int, *, bold: bool = False,
               right: bool = False) -> None:
        painter.setFont(font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        painter.setPen(self._tokens.color(token))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
