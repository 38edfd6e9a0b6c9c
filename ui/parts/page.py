"""Page: the template of every page: a header with the way to search, a row of plain words, a line for news, a body."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from storybank.words import Words
from ui.parts.buttons import word_button
from ui.parts.fields import DayField
from ui.parts.flow import Flow
from ui.parts.text import cut, label
from ui.parts.toast import Toast
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6


class Page(QWidget):
    """A page; give it a title, actions and filters, and put things into `body`."""

    search_asked = Signal(str)
    """Somebody typed into “Search everything” and pressed Enter."""

    def __init__(self, tr: Words, heading: str) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tr_ = tr
        self.toast = Toast(tr)
        self.filters = Filters()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, 0)
        self.column.setSpacing(SPACE_3)
        self._build_header(heading)
        self.column.addWidget(self.filters)
        self.column.addWidget(self.toast)
        self.body = QHBoxLayout()
        self.body.setSpacing(SPACE_4)
        self.column.addLayout(self.body, 1)
        self.filters.hide()

    def set_heading(self, heading: str, subtitle: str = "") -> None:
        """Name the page, and say in a line what is on it."""
        self._title.setText(heading)
        self._subtitle.setText(subtitle)

    def set_subtitle(self, subtitle: str) -> None:
        """Say in a line what is on the page."""
        self._subtitle.setText(subtitle)

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right of the header; the last one added is the main one."""
        self._actions.addWidget(button)

    def focus_search(self) -> None:
        """Put the cursor into “Search everything”."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _build_header(self, heading: str) -> None:
        self._title, self._subtitle = cut(heading, "page"), cut("", "soft")
        self.search = search_field(self.tr_("Search everything"), "Ctrl+K")
        self.search.returnPressed.connect(self._ask)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SPACE_2)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(self._title, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.search, 2, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._actions)
        row.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(row)
        head.addWidget(self._subtitle)
        self.column.addLayout(head)

    def _ask(self) -> None:
        text = self.search.text().strip()
        if text:
            self.search.clear()
            self.search_asked.emit(text)


class Filters(QWidget):
    """A row of plain words with counts; one of them is chosen. The arrow keys move the choice.

    Where room is short the words go on beneath; what stands at the right keeps its place.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_5)
        self._words = Flow(gap=SPACE_5, between_rows=0)
        self._row.addLayout(self._words, 1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._at_right: QWidget | None = None

    @property
    def current(self) -> str:
        """Return the key of the chosen word."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def offer(self, words: Sequence[tuple[str, str]]) -> None:
        """Show these words, each a key and its text; the first is chosen unless one was before."""
        before = self.current
        if list(self._buttons) == [key for key, _text in words]:
            for key, text in words:
                self._buttons[key].setText(text)
                self._buttons[key].setAccessibleName(text)
            return
        for old in self._buttons.values():
            self._group.removeButton(old)
        self._buttons = {key: self._word(key, text) for key, text in words}
        self._words.show_only(list(self._buttons.values()))
        chosen = self._buttons.get(before) or next(iter(self._buttons.values()), None)
        if chosen:
            chosen.setChecked(True)
        self._order_tabs()
        self.show()

    def _order_tabs(self) -> None:
        """Let Tab come by the words before what stands at their right, as one reads."""
        if self._at_right is None:
            return
        words = list(self._buttons.values())
        for before, after in zip(words, [*words[1:], *self._at_right.findChildren(QPushButton)[:1]], strict=False):
            QWidget.setTabOrder(before, after)

    def choose(self, key: str) -> None:
        """Choose a word, as a click would."""
        if key in self._buttons:
            self._buttons[key].click()

    def add_at_right(self, widget: QWidget) -> None:
        """Put something at the right end of the row, such as a switch."""
        self._at_right = widget
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            keys = list(self._buttons)
            if step and self.current in keys:
                wanted = self._buttons[keys[(keys.index(self.current) + step) % len(keys)]]
                wanted.setFocus()
                wanted.click()
                return True
        return super().eventFilter(watched, event)

    def _word(self, key: str, text: str) -> QPushButton:
        button = word_button(text, lambda: self.chosen.emit(key))
        button.installEventFilter(self)
        self._group.addButton(button)
        return button


def search_field(words: str, shortcut: str = "") -> QLineEdit:
    """Return the field that asks everything."""
    field = QLineEdit()
    field.setPlaceholderText(f"{words}   {shortcut}".rstrip())
    field.setAccessibleName(words)
    field.setMinimumWidth(176)
    field.setMaximumWidth(340)
    return field


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a scroll area around a widget, without frame and only up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    widget.setObjectName(widget.objectName() or "plain")
    area.setWidget(widget)
    return area


def with_margin(widget: QWidget) -> QWidget:
    """Return a widget with the page's margin beneath it."""
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, SPACE_6)
    column.addWidget(widget)
    return holder


def labelled(words: str, field: QWidget, hint: str = "") -> QWidget:
    """Return a field under its name, with a hint below it; the field can be found by that name."""
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_1)
    column.addWidget(label(words, "strong", wrap=True))
    column.addWidget(field)
    if hint:
        column.addWidget(label(hint, "note", wrap=True))
    if isinstance(field, DayField):
        column.addWidget(field.complaint)
    field.setAccessibleName(words)
    return holder
