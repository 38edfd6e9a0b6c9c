"""The hits: a list of what was found, each with its speaker, its words and marks, its tags, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from storybank.domain.codebook import Code
from storybank.domain.use import Use
from storybank.services.searching import Found
from storybank.words import Words
from ui.search.hit_paint import PLAYING, REASON, ROW, HitPainter
from ui.search.rows import Gathered, HitRow, MoreRow, Row
from ui.theme import Tokens

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Why = Callable[[Found], str]
"""Why a passage may be used, or not, in sentences."""
Key = Qt.Key
KEYS = {Key.Key_Return: "open", Key.Key_Enter: "open", Key.Key_Space: "play", Key.Key_P: "play", Key.Key_T: "tag",
        Key.Key_I: "important", Key.Key_W: "why", Key.Key_Question: "why", Key.Key_Escape: "leave"}
"""What one may ask of the hit one is on, by key."""
BATCH, NEAR_THE_END = 250, 3
"""Rows that are laid out at once; how many heights of the list may be left below before more is fetched."""


class HitModel(QAbstractListModel):
    """The rows as Qt asks for them."""

    def __init__(self, tr: Words, why: Why | None = None) -> None:
        super().__init__()
        self._tr = tr
        self._why = why or self.usable
        self._told: dict[int, str] = {}
        self._gathered = Gathered()
        self._rows: list[Row] = []
        self._uses: Mapping[str, Use] = {}
        self._playing = -1
        self.head: Callable[[Found], tuple[str, str]] = lambda found: (found.hit.speaker, found.story_title)

    @property
    def loaded(self) -> int:
        """Return how many hits have come so far, folded ones among them."""
        return self._gathered.count

    def show_hits(self, found: Sequence[Found], uses: Mapping[str, Use], *, by_story: bool = False) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._gathered = Gathered(by_story=by_story)
        self._gathered.add(found)
        self._rows, self._uses, self._told, self._playing = self._gathered.rows(), uses, {}, -1
        self.endResetModel()

    def show_more(self, found: Sequence[Found]) -> None:
        """Show these besides."""
        self._gathered.add(found)
        self._renew()

    def unfold(self, index: Index) -> None:
        """Show all hits of the story whose rest a row stands for."""
        row = self._rows[index.row()]
        if isinstance(row, MoreRow):
            self._gathered.unfold(row.story_id)
            self._renew()

    def tell_why(self, index: Index) -> None:
        """Tell under a hit why it may be used, or not; telling it again puts it away."""
        found = self.found(index)
        if found is not None and self._told.pop(id(found), None) is None:
            self._told[id(found)] = self._why(found)
        self.dataChanged.emit(index, index)

    def found(self, index: Index) -> Found | None:
        """Return the hit of a row; None for a row that stands for several."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row.found if isinstance(row, HitRow) else None

    def all_found(self) -> list[Found]:
        """Return the hits that are not folded away."""
        return [row.found for row in self._rows if isinstance(row, HitRow)]

    def show_playing(self, found: Found | None) -> None:
        """Show which hit is being heard."""
        self._playing = id(found) if found else -1
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [PLAYING])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, MoreRow):
            more = self._tr.many("{n} more", "{n} more", row.hidden)
            said = self._tr("{more} in “{story}”", more=more, story=row.title)
            return said if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        return self._of_hit(row.found, role)

    def _of_hit(self, found: Found, role: int) -> object:
        if role == REASON:
            return self._told.get(id(found), "")
        if role == PLAYING:
            return id(found) == self._playing
        if role == Qt.ItemDataRole.DisplayRole:
            return found.hit.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.usable(found)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who, where = self.head(found)
            return self._tr("{who}, {where}: {text} {usable}", who=who, where=where, text=found.hit.text,
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

    def _renew(self) -> None:
        """Show the rows as they are gathered now; those at the front that stay are not touched."""
        rows = self._gathered.rows()
        same = next((n for n, (a, b) in enumerate(zip(self._rows, rows, strict=False)) if a != b),
                    min(len(rows), len(self._rows)))
        if same < len(self._rows):
            self.beginRemoveRows(NOWHERE, same, len(self._rows) - 1)
            del self._rows[same:]
            self.endRemoveRows()
        if same < len(rows):
            self.beginInsertRows(NOWHERE, same, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()


class HitList(QListView):
    """The list. Keys, the play sign, the badge and double clicks say what one wants of the hits."""

    asked = Signal(str)
    """One of `open`, `play`, `tag`, `important`, `copy`, `leave`: of the hits that are chosen."""
    digit = Signal(int)
    more_wanted = Signal()
    up_wanted = Signal()
    """The way back to the field."""

    def __init__(self, tr: Words, tokens: Tokens, why: Why | None = None) -> None:
        super().__init__()
        self.hits = HitModel(tr, why)
        self.painter_ = HitPainter(tr, tokens, self)
        self.hits.head = self.painter_.about
        self.setModel(self.hits)
        self.setItemDelegate(self.painter_)
        self.setStyleSheet("border: none; background: transparent;")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands are laid out bit by bit, and nobody waits
        self.setBatchSize(BATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Passages that were found"))
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self.verticalScrollBar().rangeChanged.connect(self._look_ahead)

    @property
    def current(self) -> Found | None:
        """Return the hit one is on, or else the first."""
        index = self.currentIndex()
        return self.hits.found(index if index.isValid() else self.hits.index(0))

    @property
    def chosen(self) -> list[Found]:
        """Return the hits that are chosen, in their order; the one one is on where none is."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        found = [one for row in rows if (one := self.hits.found(self.hits.index(row))) is not None]
        return found or [one for one in (self.current,) if one is not None]

    def show_hits(self, found: Sequence[Found], codes: Mapping[str, Code], uses: Mapping[str, Use], *,
                  by_story: bool = False) -> None:
        """Show these from the top; the first is ready to be played."""
        self.painter_.codes = codes
        self.painter_.forget()
        self.hits.show_hits(found, uses, by_story=by_story)
        self.setCurrentIndex(self.hits.index(0) if found else NOWHERE)
        self.scrollToTop()

    def show_again(self, found: Sequence[Found], codes: Mapping[str, Code], uses: Mapping[str, Use], *,
                   by_story: bool = False) -> None:
        """Show what is there now, and stay where one was: on the same words, at the same height."""
        before, top = self.current, self.verticalScrollBar().value()
        self.show_hits(found, codes, uses, by_story=by_story)
        if before is not None:
            self._stand_on(before)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(top)

    def _stand_on(self, wanted: Found) -> None:
        def place(found: Found) -> tuple[str, str, str, int]:
            return found.hit.kind, found.hit.story_id, found.hit.recording_id, found.hit.start_ms

        for row in range(self.hits.rowCount()):
            found = self.hits.found(self.hits.index(row))
            if found is not None and place(found) == place(wanted):
                self.setCurrentIndex(self.hits.index(row))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        key, plain = Key(event.key()), not held
        if event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        elif plain and key in KEYS:
            self._do(KEYS[key])
        elif plain and Key.Key_1 <= key <= Key.Key_9:
            self.digit.emit(key - Key.Key_0)
        elif plain and key == Key.Key_Up and self.currentIndex().row() <= 0 and not event.isAutoRepeat():
            self.up_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.hits.rowCount():
            self.setCurrentIndex(self.hits.index(0))

    def keyboardSearch(self, _typed: str) -> None:
        """Letters are commands here, not a way to jump to a text."""

    def tell_why(self, index: Index) -> None:
        """Tell, or no longer, why a hit may be used."""
        self.hits.tell_why(index)
        self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        row, found = self.visualRect(index), self.hits.found(index)
        if found is None:
            self.unfold(index)
        elif found.hit.recording_id and self.painter_.play_rect(row).contains(event.position()):
            self._only(index)
            self.asked.emit("play")
        elif self.painter_.badge_rect(row, found).contains(event.position()):
            self.tell_why(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self.hits.found(index) is None:
            return
        if not self.painter_.play_rect(self.visualRect(index)).contains(event.position()):
            self._only(index)
            self.asked.emit("open")

    def unfold(self, index: Index) -> None:
        """Show all hits of a story, and stand on the first that was folded."""
        row = index.row()
        self.hits.unfold(index)
        self.setCurrentIndex(self.hits.index(min(row, self.hits.rowCount() - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _do(self, what: str) -> None:
        index = self.currentIndex()
        if what == "leave":
            self.asked.emit(what)
        elif not index.isValid():
            return
        elif isinstance(index.data(ROW), MoreRow):
            if what in ("open", "play"):
                self.unfold(index)
        elif what == "why":
            self.tell_why(index)
        else:
            self.asked.emit(what)

    def _only(self, index: QModelIndex) -> None:
        select = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, select.ClearAndSelect)

    def _look_ahead(self) -> None:
        bar = self.verticalScrollBar()
        if self.hits.rowCount() and bar.maximum() - bar.value() < NEAR_THE_END * self.viewport().height():
            self.more_wanted.emit()
