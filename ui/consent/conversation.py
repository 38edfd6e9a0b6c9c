"""Conversation: one question after another; what is answered folds to a line, and a press opens it again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.text import label
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_5, Tokens


class Folded(QAbstractButton):
    """A question and its answer in a line each; a press opens it."""

    def __init__(self, tokens: Tokens, question: str) -> None:
        super().__init__()
        self._tokens, self._question = tokens, question
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._answer = label("", wrap=True)
        asked = label(question, "note", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_1 + 1, SPACE_5, SPACE_1 + 1)
        column.setSpacing(1)
        for part in (asked, self._answer):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)

    @property
    def answer(self) -> str:
        """Return the answer as it reads."""
        return self._answer.text()

    def say(self, answer: str) -> None:
        """Show this answer."""
        self._answer.setText(answer)
        self.setAccessibleName(f"{self._question} {answer}")
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._tokens.color("primary" if self.underMouse() else "soft")
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 13.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
        painter.end()


class Turn(QFrame):
    """A question with what answers it; put that into `body`, and say in `said` how the answer reads in a line."""

    changed = Signal()
    done = Signal()
    opened = Signal()

    def __init__(self, tr: Words, tokens: Tokens, question: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.tr_, self.tokens, self.question = tr, tokens, question
        self.folded = Folded(tokens, question)
        self.inside = QWidget()
        self.inside.setObjectName("plain")
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        self.body.setSpacing(SPACE_2)
        self.body.addWidget(label(question, "strong", wrap=True))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.folded)
        around.addWidget(self.inside)
        self.inside.hide()
        self.folded.clicked.connect(self.opened)
        self.changed.connect(self.refresh)

    @property
    def is_open(self) -> bool:
        """Tell whether it is being asked now."""
        return not self.inside.isHidden()

    def said(self) -> str:
        """Return the answer in a line."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return where the cursor goes when it is opened."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Say the answer anew."""
        self.folded.say(self.said())

    def close_body(self) -> None:
        """Put the way to the next question beneath everything; call it last."""
        further = link_button(self.tr_("Next question"), self.done.emit)
        further.setStyleSheet("padding: 0;")
        self.body.addWidget(further, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def unfold(self, *, focus: bool = False) -> None:
        """Ask the question."""
        self.folded.hide()
        self.inside.show()
        if focus:
            self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def fold(self) -> None:
        """Show the answer only."""
        self.refresh()
        self.inside.hide()
        self.folded.show()


class Conversation(QWidget):
    """The questions in their order; opening one folds the others."""

    changed = Signal()
    asking = Signal(object)
    """This question was opened, and should be in sight."""
    ended = Signal()
    """The last question was answered."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.turns = tuple(turns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for turn in self.turns:
            column.addWidget(turn)
            turn.opened.connect(lambda turn=turn: self.open(turn))
            turn.done.connect(lambda turn=turn: self.go_on(turn))
            turn.changed.connect(self.changed)
        column.addSpacing(SPACE_3)

    def open(self, *wanted: Turn, focus: bool = True) -> None:
        """Ask these questions, and fold every other."""
        for turn in self.turns:
            if turn not in wanted:
                turn.fold()
        for turn in wanted:
            turn.unfold()
        if focus and wanted:
            wanted[0].unfold(focus=True)
            self.asking.emit(wanted[0])

    def go_on(self, turn: Turn) -> None:
        """Ask the next question that matters."""
        later = [one for one in self.turns[self.turns.index(turn) + 1:] if not one.isHidden()]
        if later:
            self.open(later[0])
        else:
            turn.fold()
            self.ended.emit()
