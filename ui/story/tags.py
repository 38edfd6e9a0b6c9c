"""The tag palette: type a little, press Enter, and the words are tagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.digits import Digits
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.card import Card
from ui.parts.fields import line_field
from ui.parts.text import note, section
from ui.story.tag_paint import CHOSEN, ROW, TagPainter
from ui.story.tag_rows import NOTHING, ORDER, TagRow, by_digit, rows_for
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

WIDTH, HEIGHT = 568, 460
"""Wide enough for the longest name of a building block in French."""
LISTS: tuple[CodeKind | None, ...] = (None, *ORDER)
"""What Tab goes through: every list at once, then one after the other."""


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
        self._suggested: Mapping[str, str] = NOTHING
        self._rows: list[TagRow] = []
        self._stepped = False
        self._list_shown: CodeKind | None = None
        self.digits: Digits | None = None
        """Which code each digit gives; without any, the first ones are the building blocks'."""
        self.wants_memo = False
        """Whether a memo is to be written about what was tagged."""
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

    @property
    def reasons(self) -> dict[str, str]:
        """Return why those of the chosen codes were suggested that were."""
        return {key: reason for key, reason in self._suggested.items() if key in self._chosen}

    @property
    def rows(self) -> list[str]:
        """Return what the rows say, top to bottom."""
        return [self._said(row) for row in self._rows]

    def suggest(self, suggested: Mapping[str, str]) -> None:
        """Offer some codes first, each with its reason, when it is opened the next time."""
        self._suggested = suggested

    def ask(self, about: str, codes: Sequence[Code], chosen: Iterable[str]) -> None:
        """Open for some words, with some codes chosen already."""
        self._codes, self._chosen, self.wants_memo = codes, set(chosen), False
        self._about.setText(about)
        self._field.clear()
        self._show_list(None)
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

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._is_tab(event):
            return self._press(event)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            event.accept()  # nothing typed here reaches the page below

    def _build(self, tokens: Tokens) -> None:
        self._field.textChanged.connect(self._on_typed)
        self._field.installEventFilter(self)
        self._list.setItemDelegate(TagPainter(self._tr, tokens, WIDTH - 60, self._list))
        self._list.setStyleSheet("border: none; background: transparent;")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self._tr("Tags"))
        self._list.itemClicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addWidget(note(self._tr("Enter chooses, then saves · Ctrl+Enter with a memo · Tab next list")), 1)
        foot.addWidget(link_button(self._tr("Cancel"), self._leave))
        foot.addWidget(main_button(self._tr("Apply"), self._apply))
        self.body.setSpacing(SPACE_2)
        for part in (section(self._tr("Tags")), self._about, self._field):
            self.body.addWidget(part)
        self.body.addLayout(self._build_lists())
        self.body.addWidget(self._list)
        self._about.setMaximumHeight(34)
        self.body.addLayout(foot)

    def _build_lists(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_1)
        self._tabs: dict[CodeKind | None, QPushButton] = {}
        for kind in LISTS:
            tab = QPushButton(self._tr("All") if kind is None else self._named(kind))
            tab.setProperty("kind", "segment")
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tab.clicked.connect(lambda _on, kind=kind: self._show_list(kind))
            self._tabs[kind] = tab
            row.addWidget(tab)
        row.addStretch(1)
        return row

    def _show_list(self, kind: CodeKind | None) -> None:
        """Look through one list, or through all of them."""
        self._list_shown = kind
        for own, tab in self._tabs.items():
            tab.setChecked(own is kind)
        self._stepped = False
        self._list.setCurrentRow(-1)
        self._fill()

    def _on_typed(self) -> None:
        self._stepped = False
        self._list.setCurrentRow(-1)
        self._fill()

    def _fill(self) -> None:
        current = self._list.currentItem().data(ROW) if self._list.currentItem() else None
        self._list.clear()
        self._rows = rows_for(self._codes, self._field.text(), self._suggested, self.digits, self._list_shown)
        for row in self._rows:
            item = QListWidgetItem(self._said(row), self._list)
            item.setData(ROW, row)
            item.setData(CHOSEN, row.code is not None and row.code.key in self._chosen)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if row.choosable
                          else Qt.ItemFlag.NoItemFlags)
            if row.reason:
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, row.reason)
        self._mark(current)

    def _mark(self, wanted: TagRow | None) -> None:
        """Stand on the row one was on; else, once something is typed, on the first that can be taken."""
        choices = [number for number, row in enumerate(self._rows) if row.choosable]
        same = [number for number in choices if self._rows[number] == wanted]
        if same or (choices and self._field.text().strip()):
            self._list.setCurrentRow((same or choices)[0])

    def _said(self, row: TagRow) -> str:
        if row.suggesting:
            return self._tr("Suggested")
        if row.heading:
            return self._named(row.heading)
        return row.code.label(self._tr.language) if row.code else self._tr("New tag: {name}", name=row.new)

    def _named(self, kind: CodeKind) -> str:
        return {
            CodeKind.BLOCK: self._tr("Building blocks"), CodeKind.STAKEHOLDER: self._tr("Stakeholders"),
            CodeKind.STAGE: self._tr("Stages of the pathway"), CodeKind.FREE: self._tr("Own tags"),
        }[kind]

    @staticmethod
    def _is_tab(event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; False lets the filter have it."""
        key, typed = event.key(), self._field.text()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif self._is_tab(event):
            step = 1 if key == Qt.Key.Key_Tab else -1
            self._show_list(LISTS[(LISTS.index(self._list_shown) + step) % len(LISTS)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(save=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif not typed and (code := by_digit(self._codes, self._rows, event.text())):
            self.choose(code.key)
        elif not typed and key == Qt.Key.Key_Space and self._list.currentItem():
            self._take(self._list.currentItem())
        else:
            return False
        return True

    def _enter(self, *, save: bool) -> None:
        """Choose the row one is at and clear the filter; with nothing typed, save; with `save`, do both."""
        item = self._list.currentItem()
        if item and (self._field.text().strip() or self._stepped):
            row: TagRow = item.data(ROW)
            if not (save and row.code and row.code.key in self._chosen):
                self._take(item)
            self._field.clear()
            self._on_typed()
            if not save:
                return
        self.wants_memo = save
        self._apply()

    def _step(self, step: int) -> None:
        row = self._list.currentRow() + step
        while 0 <= row < self._list.count():
            if self._rows[row].choosable:
                self._stepped = True
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
        self._suggested = NOTHING

    def _leave(self) -> None:
        self.hide()
        self._suggested = NOTHING
        self.left.emit()
