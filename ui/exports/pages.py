"""Pages: pictures of pages one under another, as wide as there is room or larger; turned with the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.text import label
from ui.theme import SPACE_2, SPACE_3, Tokens

ZOOMS = (1.0, 1.35, 1.8, 2.4)
"""Of the width there is."""


class Picture(QWidget):
    """A page, painted only where it is looked at."""

    def __init__(self, image: QImage, name: str, tokens: Tokens) -> None:
        super().__init__()
        self._image, self._line = image, tokens.color("line")
        self.setAccessibleName(name)

    def fit(self, width: int) -> None:
        """Be so wide, and as high as the picture is then."""
        size = self._image.size()
        high = round(width * size.height() / size.width()) if size.width() else 0
        self.setFixedSize(QSize(width, high))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._image
        if shown.width() > self.width() > 0:
            scale = shown.width() / self.width()
            part = event.rect()
            source = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)
            small = shown.copy(source.toAlignedRect()).scaled(
                part.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(part.topLeft(), small)
        else:
            painter.drawImage(self.rect(), shown)
        painter.setPen(QPen(self._line, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PagesView(QScrollArea):
    """Page Up and Page Down turn, Ctrl with plus and minus enlarge, Ctrl+0 fits the width."""

    turned = Signal()

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr, self._tokens = tr, tokens
        self.pictures: list[Picture] = []
        self.lines: tuple[str, ...] = ()
        self._columns, self._zoom = 1, 0
        self.setAccessibleName(tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.smaller = link_button(tr("Smaller"), lambda: self.zoom(-1))
        self.larger = link_button(tr("Larger"), lambda: self.zoom(1))
        self.buttons = (self.smaller, self.larger)
        self._inner = QWidget()
        self._inner.setObjectName("plain")
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(1, 1, SPACE_3, SPACE_3)
        self._column.setSpacing(SPACE_3)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.turned.emit())
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.turned.emit())
        self._offer()

    @property
    def count(self) -> int:
        """Return how many pictures are shown."""
        return len(self.pictures)

    @property
    def page(self) -> int:
        """Return the page that is looked at, counted from one."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(1, sum(_top(picture) <= middle for picture in self.pictures))

    @property
    def told(self) -> str:
        """Return where one is, in a few words."""
        if not self.count:
            return ""
        if self._columns > 1:
            return self._tr.many("{n} card", "{n} cards", self.count)
        return self._tr("Page {n} of {all}", n=self.page, all=self.count)

    def show_pages(self, images: Sequence[QImage], lines: Sequence[str], columns: int = 1) -> None:
        """Show pictures, and lines of text beneath them; one stays where one was."""
        at = self.verticalScrollBar().value() if self.pictures else 0
        while (item := self._column.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self._columns, self.lines = columns, tuple(lines)
        self.pictures = [Picture(image, self._tr("Page {n}", n=place), self._tokens)
                         for place, image in enumerate(images, start=1) if not image.isNull()]
        for first in range(0, len(self.pictures), columns):
            self._column.addWidget(_row(self.pictures[first:first + columns]))
        for line in lines:
            self._column.addWidget(label(line, "soft", wrap=True))
        self._column.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(at)
        self._offer()
        self.turned.emit()

    def zoom(self, step: int) -> None:
        """Show pages larger or smaller; 0 fits them to the width."""
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + step)) if step else 0
        self._fit()
        self._offer()

    def turn(self, step: int) -> None:
        """Go to the next page or the one before."""
        place = max(0, min(self.count - 1, self.page - 1 + step * self._columns))
        if self.pictures:
            self.verticalScrollBar().setValue(_top(self.pictures[place]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
            self.zoom({Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}.get(Qt.Key(key), 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - SPACE_3 - 2 - (self._columns - 1) * SPACE_2
        for picture in self.pictures:
            picture.fit(max(80, round(room / self._columns * ZOOMS[self._zoom])))

    def _offer(self) -> None:
        for button in self.buttons:
            button.setVisible(bool(self.pictures))
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(ZOOMS) - 1)


def _row(pictures: Sequence[Picture]) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_2)
    for picture in pictures:
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    return holder


def _top(picture: Picture) -> int:
    holder = picture.parentWidget()
    return picture.y() + (holder.y() if holder else 0)
