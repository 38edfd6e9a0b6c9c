"""The sheet of keys: all one can do in a transcript without the mouse, over the page, at F1 or a question mark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.said import N_
from ui.parts.text import label, section, title
from ui.theme import SPACE_2, SPACE_3, SPACE_5, SPACE_6
from ui.transcript.gestures import HELP, OFFERED, Gesture, shown

WRITING = (
    (N_("Begin to write in the line one is at"), "Return, F2", ""),
    (N_("Keep the line and read on"), "", "Return"),
    (N_("Find the line right and write in the next"), "", "Tab"),
    (N_("Write in the line before"), "", "Shift+Tab"),
    (N_("Write in the line above or below"), "", "Up, Down"),
    (N_("Merge with the line before, at a line's start"), "", "Backspace"),
    (N_("Merge with the line after, at a line's end"), "", "Del"),
    (N_("Give up what was typed into this line"), "", "Esc"),
    (N_("Undo, do again"), "Ctrl+Z, Ctrl+Shift+Z", "Ctrl+Z, Ctrl+Shift+Z"),
)
SELECTED = (
    (N_("Give them the tag of that digit, or take it off; the tags stand above the words"), "1 … 9", ""),
    (N_("Open the tags"), "Return", ""),
    (N_("Write a memo about the quote"), "M", ""),
    (N_("Choose the next quote that overlaps"), "O", ""),
    (N_("Select word by word"), "Shift+Left, Shift+Right", ""),
    (N_("Select sentence by sentence"), "Ctrl+Shift+Left, Ctrl+Shift+Right", ""),
)
REACHING = (
    (N_("While one moves a start or an end: by words"), "Left, Right", ""),
    (N_("By sentences"), "Shift+Left, Shift+Right", ""),
    (N_("Keep it so, or let go"), "Return, Esc", ""),
)
PALETTE = (
    (N_("In the tags: choose the first that is found; with nothing typed, save"), "Return", ""),
    (N_("Save, and write a memo"), "Ctrl+Return", ""),
    (N_("Go to the next list: building blocks, stakeholders, stages, own tags"), "Tab, Shift+Tab", ""),
)
SPEAKING = (
    (N_("Say whose line it is, by the voice's number; with words selected, the digits are tags"),
     "1 … 9", "Ctrl+1 … Ctrl+9"),
    (N_("The same for this line and all after it"), "Ctrl+Shift+1 … 9", "Ctrl+Shift+1 … 9"),
)
READING = (
    (N_("Go to a word or a line; the recording comes along"), "Left, Right, Up, Down", ""),
    (N_("Go sentence by sentence"), "Ctrl+Left, Ctrl+Right", ""),
)
WIDE, HIGH = 860, 640


class KeysSheet(Card):
    """A sheet over the page, as long as one wants it."""

    def __init__(self, page: QWidget, tr: Words, tools: QMenu) -> None:
        super().__init__(pad=SPACE_5)
        self.setParent(page)
        self._page, self._tr, self._tools = page, tr, tools
        self._came_from: QWidget | None = None
        self._filled = False
        self.setAccessibleName(tr("All keys"))
        self.hide()
        page.installEventFilter(self)

    def toggle(self) -> None:
        """Show the sheet, or put it away."""
        if self.isVisible():
            self.put_away()
            return
        if not self._filled:
            self._fill()
        self._came_from = self._page.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self._away.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide the sheet; the keyboard goes back to where it was."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1) or event.text() == "?":
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        page = self._page
        wide, high = min(WIDE, page.width() - 2 * SPACE_6), min(HIGH, page.height() - 2 * SPACE_6)
        self.setGeometry((page.width() - wide) // 2, (page.height() - high) // 2, wide, high)

    def _fill(self) -> None:
        self._filled = True
        self._away = quiet_button(self._tr("Close"), self.put_away)
        inner = QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_3, 0)
        grid = QGridLayout()
        grid.setVerticalSpacing(SPACE_2)
        grid.setHorizontalSpacing(SPACE_5)
        grid.setColumnStretch(0, 1)
        column.addLayout(grid)
        column.addStretch(1)
        self._add_all(grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self._tr("All keys"))
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(title(self._tr("All keys")))
        self.body.addWidget(area, 1)
        self.body.addWidget(self._away, 0, Qt.AlignmentFlag.AlignRight)

    def _of_tools(self) -> tuple[tuple[str, str, str], ...]:
        acts = [act for act in self._tools.actions() if not act.shortcut().isEmpty()]
        return tuple((act.text(), act.shortcut().toString(), act.shortcut().toString()) for act in acts)

    def _add_all(self, grid: QGridLayout) -> None:
        rows = {heading: tuple(map(_row, gestures)) for heading, gestures in OFFERED.items()}
        first = next(iter(rows))
        told = {first: rows.pop(first), self._tr("Writing"): WRITING, **rows,
                self._tr("With words selected"): (*SELECTED, *REACHING, *PALETTE),
                self._tr("Who speaks"): SPEAKING, self._tr("Reading"): (*READING, _row(HELP)),
                self._tr("Transcript menu"): self._of_tools()}
        for heading, lines in told.items():
            number = grid.rowCount()
            head = section(self._tr(heading))
            head.setContentsMargins(0, 0 if heading == first else SPACE_3, 0, 0)
            grid.addWidget(head, number, 0)
            if heading == first:
                grid.addWidget(label(self._tr("while reading"), "note"), number, 1)
                grid.addWidget(label(self._tr("while writing"), "note"), number, 2)
            for says, reading, writing in lines:
                number += 1
                grid.addWidget(label(self._tr(says), wrap=True), number, 0)
                grid.addWidget(label(_shown(reading), "strong"), number, 1)
                grid.addWidget(label(_shown(writing), "strong"), number, 2)


def _row(gesture: Gesture) -> tuple[str, str, str]:
    writing = gesture.writing[0] if gesture.writing else ""
    return gesture.says, gesture.reading[0], writing


def _shown(keys: str) -> str:
    """Return keys as this machine writes them; a row of digits stays as it is."""
    return keys if "…" in keys else ", ".join(shown(one) for one in keys.split(", ")) if keys else ""
