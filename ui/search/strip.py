"""The strip at the foot of the page: plays a hit where it was found, from a second before it to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.errors import StorybankError
from storybank.services.searching import Found
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.poster import paint_poster
from ui.parts.said import timecode
from ui.parts.text import cut, label
from ui.player.deck import Deck
from ui.story.signs import PlayButton
from ui.theme import CORNER, SPACE_2, SPACE_3, SPACE_4, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

BEFORE = 1000
"""Milliseconds before the words that one hears, so that their first is not cut."""
PICTURE = QSize(128, 72)


class Strip(Card):
    """A small picture, who speaks, how far it is, and play or pause. Hidden until something is played."""

    changed = Signal(object)
    """The hit that is heard now; None where nothing is."""
    opened = Signal(object)
    """Somebody wants to see the hit in its story."""
    failed = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__(pad=SPACE_2)
        self._app = app
        self._tr = tr
        self._found: Found | None = None
        self._span = (0, 0)
        self._recording = ""
        self.deck = Deck(self)
        self.picture = _SmallPicture(tokens)
        self.play = PlayButton(tr, tokens)
        self._who, self._words = cut("", "strong"), cut("", "soft")
        self._time = label("", "note")
        self.setAccessibleName(tr("The passage that is played"))
        self._build()
        self._listen()
        self.hide()

    @property
    def found(self) -> Found | None:
        """Return the hit that was played last."""
        return self._found

    def play_hit(self, found: Found) -> None:
        """Play a hit; the one that is heard already stands still, or goes on."""
        if self._found is not None and _same(self._found, found) and self.isVisible():
            self.toggle()
            return
        hit = found.hit
        try:
            file = self._app.playing.to_hear(hit.recording_id)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._found = found
        begin = max(0, (hit.moment_ms or hit.start_ms) - BEFORE)
        self._span = (begin, max(hit.end_ms, begin + 2 * BEFORE))
        self._show(found)
        if hit.recording_id != self._recording:
            self._recording = hit.recording_id
            poster = self._app.browsing.poster(hit.recording_id)
            self.picture.begin(QImage(str(poster)) if poster else QImage(), hit.speaker)
            self.deck.open(file)
        self.deck.seek(begin)
        self.deck.play(until=self._span[1])
        self.changed.emit(found)

    def toggle(self) -> None:
        """Stand still, go on, or begin again where it was heard to its end."""
        if self.deck.playing:
            self.deck.pause()
            return
        if not self._span[0] <= self.deck.position < self._span[1] - 50:
            self.deck.seek(self._span[0])
        self.deck.play(until=self._span[1])

    def put_away(self) -> None:
        """Play nothing, and let go of the recording."""
        self.deck.close()
        self.picture.begin(QImage(), "")
        self._found, self._recording = None, ""
        self.hide()
        self.changed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        said = QVBoxLayout()
        said.setSpacing(2)
        for part in (self._who, self._words, self._time):
            said.addWidget(part)
        row.addWidget(self.picture)
        row.addWidget(self.play)
        row.addLayout(said, 1)
        row.addWidget(link_button(self._tr("Open the story"), lambda: self.opened.emit(self._found)))
        row.addWidget(link_button(self._tr("Close"), self.put_away))
        row.setContentsMargins(0, 0, SPACE_3, 0)
        self.body.addLayout(row)

    def _listen(self) -> None:
        self.play.clicked.connect(self.toggle)
        self.deck.framed.connect(self.picture.show_frame)
        self.deck.playing_changed.connect(self.play.show_playing)
        self.deck.playing_changed.connect(lambda on: self.changed.emit(self._found if on else None))
        self.deck.moved.connect(self._show_time)
        self.deck.failed.connect(self._on_failed)

    def _show(self, found: Found) -> None:
        hit = found.hit
        parts = (hit.speaker, found.story_title if found.story_title != hit.speaker else "")
        self._who.setText(" · ".join(part for part in parts if part))
        self._words.setText(hit.text)
        self._show_time(self._span[0])
        self.show()

    def _show_time(self, ms: int) -> None:
        text = f"{timecode(max(ms, 0))} / {timecode(self._span[1])}"
        if text != self._time.text():
            self._time.setText(text)

    def _on_failed(self, _words: str) -> None:
        self._words.setText(self._tr("This recording cannot be played here as it is. Open the story: "
                                     "there a light copy is made of it."))


class _SmallPicture(QWidget):
    """The frame of this moment, or the mark of a sound."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._image = QImage()
        self._name = ""
        self.setFixedSize(PICTURE)

    def begin(self, poster: QImage, name: str) -> None:
        """Show a recording's poster until its first frame."""
        self._image, self._name = poster, name
        self.update()

    def show_frame(self, frame: QImage) -> None:
        """Show the frame of this moment."""
        self._image = frame
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect())
        if self._image.isNull():
            paint_poster(painter, frame, QPixmap(), self._name or "?", self._tokens)
        else:
            shape = QPainterPath()
            shape.addRoundedRect(frame, CORNER, CORNER)
            painter.setClipPath(shape)
            painter.fillRect(frame, self._tokens.color("sunken"))
            size = self._image.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF((frame.width() - size.width()) / 2, (frame.height() - size.height()) / 2,
                                     size.width(), size.height()), self._image)
        painter.end()


def _same(one: Found, other: Found) -> bool:
    a, b = one.hit, other.hit
    return (a.recording_id, a.start_ms, a.moment_ms, a.end_ms) == (b.recording_id, b.start_ms, b.moment_ms, b.end_ms)
