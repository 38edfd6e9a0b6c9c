"""The player: the picture, the waveform and the few buttons under it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.text import label, restyle
from ui.story.deck import Deck
from ui.story.moments import exact_timecode
from ui.story.picture import Picture
from ui.story.signs import PlayButton
from ui.story.waveform import Waveform
from ui.theme import SPACE_3, Tokens

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
LEAP = 5000  # milliseconds back or on


class Player(Card):
    """Plays a recording. Whoever follows it listens to `moved`."""

    moved = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__(pad=SPACE_3)
        self._tr = tr
        self._duration = 0
        self._deck = Deck(self)
        self.picture = Picture(tokens)
        self.waveform = Waveform(tr, tokens)
        self._note = label("", "note", wrap=True, tone="warn")
        self._note.hide()
        self._build(tokens)
        self._listen()

    @property
    def position(self) -> int:
        """Return where it is, in milliseconds."""
        return self._deck.position

    @property
    def playing(self) -> bool:
        """Tell whether it runs."""
        return self._deck.playing

    @property
    def captions_on(self) -> bool:
        """Tell whether the spoken line is to be painted over the picture."""
        return self._captions.isChecked()

    def open(self, file: Path, poster: Path | None, initials: str, duration_ms: int) -> None:
        """Put a recording in, with its poster or, where there is only sound, its speaker's initials."""
        self._duration = duration_ms
        self._note.hide()
        self._deck.close()
        self.picture.begin(QImage(str(poster)) if poster else QImage(), initials)
        self.waveform.begin(duration_ms)
        if file.exists():
            self._deck.open(file)
        else:
            self._complain(self._tr("The file is not at its place any more: {name}", name=file.name))
        self._show_position(0)

    def close_recording(self) -> None:
        """Let go of the file."""
        self._deck.close()

    def show_nothing(self) -> None:
        """Let go of the file, and of its picture."""
        self.close_recording()
        self.picture.begin(QImage(), "")

    def seek(self, ms: int) -> None:
        """Go to a moment."""
        self._deck.seek(max(0, min(ms, self._duration)))
        self._show_position(self._deck.position)

    def play(self) -> None:
        """Run from here."""
        self._deck.play()

    def pause(self) -> None:
        """Stand still."""
        self._deck.pause()

    def play_span(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch and stand still at its end."""
        self.seek(start_ms)
        self._deck.play(until=end_ms)

    def toggle(self) -> None:
        """Run or stand still."""
        if self._deck.playing:
            self._deck.pause()
        else:
            self._deck.play()

    def leap(self, ms: int) -> None:
        """Go some way back or on."""
        self.seek(self._deck.position + ms)

    def set_speed(self, speed: float) -> None:
        """Run slower or faster."""
        self._deck.set_speed(speed)
        self._speed.setText(f"{speed:.2g}×" if speed % 1 else f"{speed:.1f}×")
        self._speed.setAccessibleDescription(self._speed.text())

    def _build(self, tokens: Tokens) -> None:
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(self.picture)
        self.body.addWidget(self.waveform)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._play = PlayButton(self._tr, tokens)
        self._time = label("", "soft")
        self._time.setAccessibleName(self._tr("Position"))
        self._back = self._small(self._tr("−5 s"), self._tr("Five seconds back"))
        self._on = self._small(self._tr("+5 s"), self._tr("Five seconds on"))
        self._speed = self._small("1.0×", self._tr("Speed"))
        self._captions = self._small("CC", self._tr("Captions"))
        self._captions.setCheckable(True)
        self._captions.setProperty("kind", "word")
        self._captions.setMinimumWidth(30)
        row.addWidget(self._play)
        row.addWidget(self._time)
        row.addStretch(1)
        for part in (self._back, self._on, self._speed, self._captions):
            row.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(self._note)
        self._build_speeds()

    def _build_speeds(self) -> None:
        menu = QMenu(self._speed)
        for speed in SPEEDS:
            menu.addAction(f"{speed:g}×").triggered.connect(lambda _on=False, speed=speed: self.set_speed(speed))
        self._speed.setMenu(menu)

    def _small(self, text: str, name: str) -> QPushButton:
        made = link_button(text)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _listen(self) -> None:
        self._play.clicked.connect(self.toggle)
        self.picture.pressed.connect(self.toggle)
        self.waveform.wanted.connect(self.seek)
        self._back.clicked.connect(lambda: self.leap(-LEAP))
        self._on.clicked.connect(lambda: self.leap(LEAP))
        self._captions.toggled.connect(self._on_captions)
        self._deck.framed.connect(self.picture.show_frame)
        self._deck.failed.connect(self._complain)
        self._deck.moved.connect(self._on_moved)
        self._deck.playing_changed.connect(self._play.show_playing)
        self._deck.playing_changed.connect(self.playing_changed)

    def _on_captions(self, on: bool) -> None:
        if not on:
            self.picture.show_caption("")
        self.moved.emit(self._deck.position)

    def _on_moved(self, ms: int) -> None:
        self._show_position(ms)
        self.moved.emit(ms)

    def _show_position(self, ms: int) -> None:
        self._time.setText(f"{exact_timecode(ms)} / {exact_timecode(self._duration)}")
        self.waveform.set_position(ms)

    def _complain(self, words: str) -> None:
        self._note.setText(words)
        self._note.show()
        restyle(self._note, tone="warn")
