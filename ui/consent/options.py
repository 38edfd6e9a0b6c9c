"""Options: one of several said in full sentences, and the answer to one use: yes, yes if, ask first, or no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from storybank.domain.consent import Decision
from storybank.words import Words
from ui.parts.fields import BOX, Choice, Tick, line_field, paint_tick
from ui.parts.said import N_
from ui.theme import SPACE_1, SPACE_2, TARGET, Tokens

GAP = 9
NOTHING_SAID = ""
DECISIONS = {
    NOTHING_SAID: N_("not said"), Decision.PERMIT.value: N_("yes"), Decision.CONDITIONAL.value: N_("yes, if…"),
    Decision.ASK_FIRST.value: N_("ask me"), Decision.DENY.value: N_("no"),
}
"""What a person can say to a use, in few letters: beside it stands the use itself, in a narrow panel."""
LETTERS = {
    "en": {"y": "permit", "i": "conditional", "a": "ask_first", "n": "deny"},
    "fr": {"o": "permit", "s": "conditional", "d": "ask_first", "n": "deny"},
}
"""Yes, if, ask, no; oui, si, demander, non."""


class Radio(QAbstractButton):
    """One of several sentences; it takes as many lines as it needs. Arrow keys move among its siblings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - BOX - GAP), 4000)
        return max(TARGET, self.fontMetrics().boundingRect(room, _WRAP, self.text()).height() + 10)

    def sizeHint(self) -> QSize:
        return QSize(200, TARGET)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, role = QPainter(self), QPalette.ColorRole
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(1 + BOX / 2, TARGET / 2)
        chosen = self.palette().color(role.Accent)
        painter.setPen(QPen(chosen if self.isChecked() else self.palette().color(role.PlaceholderText), 1.3))
        painter.drawEllipse(centre, BOX / 2, BOX / 2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen)
            painter.drawEllipse(centre, 4.4, 4.4)
        painter.setPen(self.palette().color(role.WindowText))
        painter.drawText(QRectF(BOX + GAP, 5, self.width() - BOX - GAP, self.height() - 5), int(_WRAP), self.text())
        painter.end()


_WRAP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


class OneOf(QWidget):
    """Several sentences under one another, of which one holds."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.buttons: dict[str, Radio] = {}
        for key, text in options:
            self.buttons[key] = Radio(text)
            self.buttons[key].toggled.connect(self._tell)
            column.addWidget(self.buttons[key])
        self.choose(chosen)

    @property
    def key(self) -> str:
        """Return the key of what is chosen."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    @property
    def words(self) -> str:
        """Return what is chosen, as it reads."""
        return next((button.text() for button in self.buttons.values() if button.isChecked()), "")

    @property
    def current(self) -> Radio:
        """Return the button that is chosen, to put the cursor on."""
        return self.buttons[self.key]

    def choose(self, key: str) -> None:
        """Choose by key; an unknown one chooses the first."""
        self.buttons.get(key, next(iter(self.buttons.values()))).setChecked(True)

    def _tell(self, on: bool) -> None:
        if on:
            self.changed.emit()


class WrapTick(Tick):
    """A box to tick whose words take as many lines as they need."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - BOX - GAP), 4000)
        return max(TARGET, self.fontMetrics().boundingRect(room, _WRAP, self.text()).height() + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(1, (self.height() - BOX) / 2, BOX, BOX)
        paint_tick(painter, place, self.palette(), on=self.isChecked())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(BOX + GAP, 0, 0, 0), int(flags), self.text())
        painter.end()


class DecisionRow(QWidget):
    """A tick for a plain yes; beside it the finer answers, and under it the condition where there is one."""

    changed = Signal()

    def __init__(self, tr: Words, tokens: Tokens, name: str, keys: Sequence[str] = tuple(DECISIONS)) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._language = tr.language
        self.box = WrapTick(name)
        self.finer = Choice(tokens, tr("The answer about {use}", use=name), [(key, tr(DECISIONS[key])) for key in keys])
        widest = max(self.finer.fontMetrics().horizontalAdvance(tr(DECISIONS[key])) for key in keys)
        self.finer.setFixedWidth(widest + 50)
        self.condition = line_field(tr("On which condition, in their own words?"))
        self.condition.setPlaceholderText(self.condition.accessibleName())
        self.condition.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.box, 1)
        row.addWidget(self.finer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(row)
        column.addWidget(self.condition)
        self.box.toggled.connect(self._ticked)
        self.finer.currentIndexChanged.connect(self._chose)
        self.condition.textChanged.connect(self.changed)

    @property
    def decision(self) -> Decision | None:
        """Return what was said; None where nothing was."""
        return Decision(self.finer.key) if self.finer.key else None

    def choose(self, decision: Decision | None, condition: str = "") -> None:
        """Say it for them, as when an earlier answer is changed."""
        self.condition.setText(condition)
        self.finer.choose(decision.value if decision else NOTHING_SAID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a letter answer from the tick: Y, I, A and N in English, O, S, D and N in French."""
        wanted = LETTERS.get(self._language, LETTERS["en"]).get(event.text().lower())
        if wanted and self.box.hasFocus() and self.finer.findData(wanted) >= 0:
            self.finer.choose(wanted)
        else:
            super().keyPressEvent(event)

    def _ticked(self, on: bool) -> None:
        if on != (self.decision not in (None, Decision.DENY)):
            self.finer.choose(Decision.PERMIT.value if on else NOTHING_SAID)

    def _chose(self) -> None:
        self.box.setChecked(self.decision not in (None, Decision.DENY))
        conditional = self.decision is Decision.CONDITIONAL
        if conditional and self.condition.isHidden() and self.finer.hasFocus():
            self.condition.show()
            self.condition.setFocus()
        self.condition.setVisible(conditional)
        self.changed.emit()
