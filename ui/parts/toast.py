"""Toast: a line in the page that says what happened, with a way on; never a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from storybank.words import Words
from ui.parts.buttons import Pressed, link_button
from ui.parts.text import label, restyle
from ui.theme import SPACE_1, SPACE_2, SPACE_3

Action = tuple[str, Pressed]


class Toast(QFrame):
    """A line with words, at most two actions, details under it, and a way to put it away. Hidden until it speaks."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._tr = tr
        self._actions: list[QPushButton] = []
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says, details included."""
        return "\n".join(part for part in (self._words.text(), self._details.text()) if part)

    def say(self, text: str, tone: str = "plain", *, details: Sequence[str] = (),
            actions: Sequence[Action] = (), away: str = "") -> None:
        """Show a line; `tone` is `plain`, `good`, `warn` or `stop`; each of `details` is a line of its own.

        `away` names the button that puts the line away, where “Close” could be misread.
        """
        restyle(self, tone=tone)
        self._away.setText(away or self._tr("Close"))
        self._away.setAccessibleName(self._away.text())
        self._words.setText(text)
        self._details.setText("\n".join(details))
        self._details.setVisible(bool(details))
        self._offer(actions)
        self.setAccessibleName(self.text)
        self.show()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_1, SPACE_1, SPACE_1)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(SPACE_2)
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._words, 1)
        self._away = link_button(self._tr("Close"), self.hide)
        self._row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop)
        self._details = label("", "note", wrap=True)
        self._details.setContentsMargins(0, 0, SPACE_3, SPACE_2)
        column.addLayout(self._row)
        column.addWidget(self._details)

    def _offer(self, actions: Sequence[Action]) -> None:
        for old in self._actions:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._actions = [link_button(text, pressed) for text, pressed in actions]
        for place, button in enumerate(self._actions, start=1):
            self._row.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignTop)
