"""The codebook as a tree: lists as headings, codes under them with their counts; dragged, or moved with Alt+arrows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QDropEvent, QFont, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from storybank.domain.codebook import Code, CodeKind, under
from storybank.domain.codebook_changes import Count, sounds
from storybank.words import Words
from ui.parts.colours import colour_of
from ui.theme import TARGET, TEXT_SIZE, Tokens, font

KEY = Qt.ItemDataRole.UserRole
SWATCH, COUNT_WIDTH = 14, 78
PAD = "\u2007 "
"""Keeps the numbers clear of the scroll bar, beneath their heading."""
LABEL, OWN, BELOW = range(3)


class CodeTree(QTreeWidget):
    """What there is, and where it stands."""

    chosen = Signal(str)
    """The key of a code; empty for a list."""
    step_asked = Signal(str, int)
    move_asked = Signal(str, str, int)
    """A code, what it shall stand under, and at which place; 0 for the last."""
    remove_asked = Signal(str)
    rename_asked = Signal(str)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr, self._tokens = tr, tokens
        self._codes: dict[str, Code] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._tops: list[QTreeWidgetItem] = []
        self._folded: set[str] = set()
        self._sought = ""
        self._build()

    def _build(self) -> None:
        tr = self._tr
        self.setAccessibleName(tr("Codes"))
        self.setColumnCount(3)
        self.setHeaderLabels([tr("Code"), tr("Quotes"), tr("In all")])
        self.headerItem().setToolTip(OWN, tr("Quotes that have this code"))
        self.headerItem().setToolTip(BELOW, tr("Quotes that have this code or one under it, each counted once"))
        for column in (OWN, BELOW):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)
        for column in (OWN, BELOW):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, COUNT_WIDTH)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.setIndentation(16)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(lambda now, _before: self.chosen.emit(_key(now)))
        self.itemCollapsed.connect(lambda item: self._folded.add(_key(item) or item.text(LABEL)))
        self.itemExpanded.connect(lambda item: self._folded.discard(_key(item) or item.text(LABEL)))

    # ---- what is shown -----------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """Return the key of the code that is chosen."""
        return _key(self.currentItem())

    def show_codes(self, codes: Sequence[Code], counts: Mapping[str, Count]) -> None:
        """Show the codebook; what was chosen, folded and scrolled to stays so."""
        chosen, scrolled = self.current, self.verticalScrollBar().value()
        folded = set(self._folded)
        self._codes = {code.key: code for code in codes}
        self.blockSignals(True)
        self.clear()
        self._items = {}
        self._tops = [self._list(kind, name, codes, counts) for kind, name in self.lists()]
        self.addTopLevelItems(self._tops)
        self._expand(folded)
        self.filter(self._sought)
        if chosen in self._items:
            self.setCurrentItem(self._items[chosen])
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)
        if chosen not in self._items:
            self.chosen.emit("")

    def choose(self, key: str) -> None:
        """Choose a code, and show where it stands."""
        if item := self._items.get(key):
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def filter(self, sought: str) -> int:
        """Show only what says what is sought, and what stands above it; return how many codes those are."""
        self._sought = sought
        wanted = sounds(sought) if sought.strip() else ""
        fits = {key for key, code in self._codes.items() if wanted in _said(code)}
        shown = set(fits)
        for key in fits:
            above = self._codes.get(self._codes[key].parent)
            while above is not None and above.key not in shown:
                shown.add(above.key)
                above = self._codes.get(above.parent)
        for key, item in self._items.items():
            item.setHidden(key not in shown)
            if wanted and key in shown:
                item.setExpanded(True)
        kinds = {self._codes[key].kind.value for key in shown}
        for top in self._tops:
            top.setHidden(bool(wanted) and top.data(LABEL, KEY + 1) not in kinds)
            if wanted:
                top.setExpanded(True)
        return len(fits)

    def lists(self) -> list[tuple[CodeKind, str]]:
        """Return the lists in their order, with what they are called."""
        tr = self._tr
        return [(CodeKind.BLOCK, tr("Building blocks")), (CodeKind.STAKEHOLDER, tr("Stakeholders")),
                (CodeKind.STAGE, tr("Pathway stages")), (CodeKind.FREE, tr("Free codes"))]

    def _list(self, kind: CodeKind, name: str, codes: Sequence[Code], counts: Mapping[str, Count]) -> QTreeWidgetItem:
        top = QTreeWidgetItem([name, "", ""])
        top.setData(LABEL, KEY + 1, kind.value)
        top.setFont(LABEL, font(TEXT_SIZE, QFont.Weight.DemiBold))
        top.setSizeHint(LABEL, QSize(0, TARGET + 4))
        top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled)
        beneath: defaultdict[str, list[Code]] = defaultdict(list)
        for code in codes:
            if code.kind is kind:
                beneath[code.parent].append(code)
        self._add_under(top, "", beneath, counts)
        return top

    def _add_under(self, above: QTreeWidgetItem, parent: str, beneath: Mapping[str, Sequence[Code]],
                   counts: Mapping[str, Count]) -> None:
        for code in beneath.get(parent, ()):
            count = counts.get(code.key, Count(0, 0))
            item = QTreeWidgetItem([code.label(self._tr.language), f"{count.own}{PAD}", f"{count.below}{PAD}"])
            item.setData(LABEL, KEY, code.key)
            item.setToolTip(LABEL, code.gist(self._tr.language) or code.label(self._tr.language))
            item.setIcon(LABEL, self._swatch(code))
            item.setSizeHint(LABEL, QSize(0, TARGET))
            for column, number in ((OWN, count.own), (BELOW, count.below)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if not number:
                    item.setForeground(column, QBrush(self._tokens.color("soft")))
            if not code.codable:
                item.setText(OWN, "")
                item.setFont(LABEL, font(TEXT_SIZE, QFont.Weight.Medium))
            above.addChild(item)
            self._items[code.key] = item
            self._add_under(item, code.key, beneath, counts)

    def _expand(self, folded: set[str]) -> None:
        self._folded = folded
        self.expandAll()
        for top in self._tops:
            if top.text(LABEL) in folded:
                top.setExpanded(False)
        for key in folded & self._items.keys():
            self._items[key].setExpanded(False)

    def _swatch(self, code: Code) -> QIcon:
        """Return a square of the code's colour; only its edge for a heading."""
        size = SWATCH * 2
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = colour_of(code, self._tokens)
        painter.setPen(colour if not code.codable else Qt.PenStyle.NoPen)
        painter.setBrush(colour if code.codable else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(3, 3, size - 6, size - 6), 5, 5)
        painter.end()
        picture.setDevicePixelRatio(2)
        shown = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            shown.addPixmap(picture, mode)
        return shown

    # ---- how it is moved ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow, rename with F2, take out with Delete."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and self.current and self._shift(key):
            return
        if key == Qt.Key.Key_Delete and self.current:
            self.remove_asked.emit(self.current)
        elif key == Qt.Key.Key_F2 and self.current:
            self.rename_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _shift(self, key: Qt.Key) -> bool:
        code = self._codes[self.current]
        beside = under(code.parent, code.kind, self._codes.values())
        at = [one.key for one in beside].index(code.key)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_asked.emit(code.key, -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Right and at:
            self.move_asked.emit(code.key, beside[at - 1].key, 0)
        elif key == Qt.Key.Key_Left and code.parent:
            above = self._codes[code.parent]
            own = [one.key for one in under(above.parent, above.kind, self._codes.values())]
            self.move_asked.emit(code.key, above.parent, own.index(above.key) + 2)
        return key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the tree changes when it has been made."""
        if key := self.current:
            self.drop_at(key, event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_at(self, key: str, at: QPoint) -> None:
        """Ask to put a code where it was let go: on another, or beside it."""
        target = self.itemAt(at)
        if target is None or _key(target) == key:
            return
        other = self._codes.get(_key(target))
        box = self.visualItemRect(target)
        if other is None or box.top() + box.height() / 4 < at.y() < box.bottom() - box.height() / 4:
            self.move_asked.emit(key, other.key if other else "", 0)
            return
        own = [one.key for one in under(other.parent, other.kind, self._codes.values()) if one.key != key]
        self.move_asked.emit(key, other.parent, own.index(other.key) + (1 if at.y() < box.center().y() else 2))


def _key(item: QTreeWidgetItem | None) -> str:
    return str(item.data(LABEL, KEY) or "") if item is not None else ""


def _said(code: Code) -> str:
    """Return all that a code may be found by."""
    return sounds(" ".join((code.key, code.label_en, code.label_fr, code.short_en, code.short_fr, *code.aliases,
                            code.gist_en, code.gist_fr)))
