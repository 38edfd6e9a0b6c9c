"""Card of a story: a face, a name, a role, then what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout

from storybank.domain.use import Use
from storybank.services.browsing import Card as StoryOf
from storybank.words import Words
from ui.consent.said import badge_said
from ui.parts.card import Card
from ui.parts.chips import HEIGHT, Tone, badge_width, paint_badge
from ui.parts.poster import Poster
from ui.parts.said import timecode
from ui.parts.text import cut
from ui.stories.states import progress, role_and_place, who
from ui.theme import CORNER, SPACE_1, SPACE_3, TARGET, Tokens


class StoryCard(Card):
    """One story; a press opens it, its badge opens the consent, its dots open what else can be done."""

    opened = Signal(str)
    consent_asked = Signal(str)
    menu_asked = Signal(str)

    def __init__(self, tr: Words, tokens: Tokens, card: StoryOf, uses: Sequence[Use], today: date) -> None:
        super().__init__(pressable=True, pad=SPACE_3)
        self.story = card
        self._tr, self._tokens = tr, tokens
        self.poster = Poster(tokens, card.poster, who(card), timecode(card.line.duration_ms))
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(self.poster)
        self.body.addLayout(self._words(card, badge_said(card.badge, uses, today, tr)))
        self.pressed.connect(lambda: self.opened.emit(card.line.id))

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.story.line.id)

    def _words(self, card: StoryOf, said: tuple[str, Tone, str]) -> QVBoxLayout:
        name, role, where = who(card), role_and_place(card, self._tr), progress(card, self._tr)
        self.badge = BadgeButton(self._tokens, *said)
        self.badge.clicked.connect(lambda: self.consent_asked.emit(card.line.id))
        self.more = Dots(self._tokens, self._tr("More about {name}", name=name))
        self.more.clicked.connect(lambda: self.menu_asked.emit(card.line.id))
        self.setAccessibleName(". ".join(part for part in (name, role, said[0], where) if part))
        column = QVBoxLayout()
        column.setSpacing(SPACE_1 + 1)
        column.addWidget(cut(name, "name"))
        column.addWidget(cut(role or self._tr("Nobody named yet"), "soft"))
        column.addSpacing(SPACE_1)
        row = QHBoxLayout()
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addWidget(cut(where, "note"))
        return column


class BadgeButton(QAbstractButton):
    """A badge that can be pressed for its reason."""

    def __init__(self, tokens: Tokens, word: str, tone: Tone, reason: str) -> None:
        super().__init__()
        self._tokens, self.word, self.tone, self.reason = tokens, word, tone, reason
        self.setToolTip(reason)
        self.setAccessibleName(f"{word}. {reason}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self.word, self.tone), TARGET)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(0, (self.height() - HEIGHT) / 2, self.width(), HEIGHT)
        paint_badge(painter, place, self.word, self.tone, self._tokens)
        painter.end()


class Dots(QAbstractButton):
    """Three dots: more that can be done."""

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._tokens = tokens
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(TARGET, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(self._tokens.color("sunken"))
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)
        painter.setBrush(self._tokens.color("soft"))
        for number in (-1, 0, 1):
            painter.drawEllipse(QPointF(self.width() / 2 + number * 6, self.height() / 2), 1.8, 1.8)
        painter.end()

