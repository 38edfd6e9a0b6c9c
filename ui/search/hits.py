"""The hits: a list of passages, each painted with its story, its words and marks, its tags and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from storybank.domain.codebook import Code
from storybank.domain.use import Use
from storybank.services.searching import Found
from storybank.words import Words
from ui.parts.said import timecode
from ui.search.hit_paint import FOUND, REASON, HitPainter
from ui.theme import Tokens

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Why = Callable[[Found], str]
"""Why a passage may be used, or not, in sentences."""


class HitModel(QAbstractListModel):
    """The hits as Qt asks for them."""

    def __init__(self, tr: Words, why: Why | None = None) -> None:
        super().__init__()
        self._tr = tr
        self._why = why or self.usable
        self._told: dict[int, str] = {}
        self._found: Sequence[Found] = ()
        self._uses: Mapping[str, Use] = {}

    def show_hits(self, found: Sequence[Found], uses: Mapping[str, Use]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._found, self._uses = found, uses
        self._told = {}
        self.endResetModel()

    def tell_why(self, index: Index) -> None:
        """Tell under a hit why it may be used, or not; telling it again puts it away."""
        if self._told.pop(index.row(), None) is None:
            self._told[index.row()] = self._why(self.found(index))
        self.dataChanged.emit(self.index(index.row()), self.index(index.row()))

    def found(self, index: Index) -> Found:
        """Return the hit of a row."""
        return self._found[index.row()]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        if role == FOUND:
            return found
        if role == REASON:
            return self._told.get(index.row(), "")
        if role == Qt.ItemDataRole.DisplayRole:
            return found.hit.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.usable(found)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tr("{title}, {speaker}, {time}: {text} {usable}", title=found.story_title,
                            speaker=found.hit.speaker, time=timecode(found.hit.start_ms), text=found.hit.text,
                            usable=self.usable(found))
        return None

    def usable(self, found: Found) -> str:
        """Return the uses that are allowed, in a sentence."""
        if not found.usable and found.ask_first:
            return self._tr("Somebody in it wants to be asked first. Press the badge to read why.")
        if not found.usable:
            return self._tr("No use is allowed today. The story's Consent tab says why.")
        names = [self._uses[key].label(self._tr.language) for key in found.usable if key in self._uses]
        return self._tr("May be used for {uses}.", uses=", ".join(names))


class HitList(QListView):
    """The list. Enter, a double click or the play sign plays a hit; its badge, or W, tells why it may be used."""

    played = Signal(object)

    def __init__(self, tr: Words, tokens: Tokens, why: Why | None = None) -> None:
        super().__init__()
        self.hits = HitModel(tr, why)
        self.painter_ = HitPainter(tr, tokens, self)
        self.setModel(self.hits)
        self.setItemDelegate(self.painter_)
        self.setStyleSheet("border: none; background: transparent;")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Passages that were found"))

    def show_hits(self, found: Sequence[Found], codes: Mapping[str, Code], uses: Mapping[str, Use]) -> None:
        """Show these hits; the first is ready to be played."""
        self.painter_.codes = codes
        self.hits.show_hits(found, uses)
        self.setCurrentIndex(self.hits.index(0) if found else NOWHERE)
        self.scrollToTop()

    def play_current(self) -> None:
        """Play the hit one is on, or the first."""
        index = self.currentIndex() if self.currentIndex().isValid() else self.hits.index(0)
        if index.isValid():
            self.played.emit(self.hits.found(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.play_current()
        elif event.key() in (Qt.Key.Key_W, Qt.Key.Key_Question) and self.currentIndex().isValid():
            self.tell_why(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def tell_why(self, index: Index) -> None:
        """Tell, or no longer, why a hit may be used."""
        self.hits.tell_why(index)
        self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return
        row, found = self.visualRect(index), self.hits.found(index)
        if self.painter_.play_rect(row).contains(event.position()):
            self.played.emit(found)
        elif self.painter_.badge_rect(row, found).contains(event.position()):
            self.tell_why(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.painter_.play_rect(self.visualRect(index)).contains(event.position()):
            self.played.emit(self.hits.found(index))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.scheduleDelayedItemsLayout()
        return super().viewportEvent(event)
