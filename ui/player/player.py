"""The player: the picture, the waveform and the few buttons under it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage

from storybank.domain.transcript import Span
from storybank.words import Words
from ui.parts.card import Card
from ui.player.controls import SPEEDS, Controls
from ui.player.deck import Deck
from ui.player.missing import FileLine
from ui.player.picture import Picture
from ui.player.waveform import Waveform
from ui.theme import SPACE_2, SPACE_3, Tokens

LEAP, SMALL_LEAP = 5000, 1000
"""Milliseconds back or on."""
STEP_BACK = 1000
"""How far a pause goes back, so that nothing is missed when it goes on; foot pedals do so too."""
SHORTEST_LOOP = 200


class Player(Card):
    """Plays a recording. Whoever follows it listens to `moved`, which comes fifty times a second while it runs."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    looped = Signal()
    """The passage that is played again and again begins again."""
    speed_changed = Signal(float)
    opened = Signal()
    """A recording was put in, the same or another."""
    failed = Signal(str)
    """Qt cannot play or show what was put in; with its words, if it has any."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__(pad=SPACE_3)
        self._tr = tr
        self._duration = 0
        self._speed = 1.0
        self._file: Path | None = None
        self._deck = Deck(self)
        self.picture = Picture(tokens)
        self.waveform = Waveform(tr, tokens)
        self.controls = Controls(tr, tokens)
        self.line = FileLine(tr)
        self.body.setSpacing(SPACE_2)
        for part in (self.picture, self.waveform, self.controls, self.line):
            self.body.addWidget(part)
        self._listen()

    @property
    def position(self) -> int:
        """Return where it is, in milliseconds, to the frame."""
        return self._deck.position

    @property
    def playing(self) -> bool:
        """Tell whether it runs."""
        return self._deck.playing

    @property
    def speed(self) -> float:
        """Return how fast it runs; 1 is as it was said."""
        return self._speed

    @property
    def passage(self) -> Span | None:
        """Return what is played again and again."""
        return self._deck.passage

    @property
    def captions_on(self) -> bool:
        """Tell whether the spoken line is to be painted over the picture."""
        return self.controls.captions.isChecked()

    def open(self, file: Path, poster: Path | None, initials: str, duration_ms: int) -> None:
        """Put a recording in, with its poster or, where there is only sound, its speaker's initials."""
        self._duration = duration_ms
        self.line.hide()
        self.clear_loop()
        self.picture.begin(QImage(str(poster)) if poster else QImage(), initials)
        self.waveform.begin(duration_ms)
        self.reopen(file)
        self._show_position(0)
        self.opened.emit()

    def reopen(self, file: Path) -> None:
        """Take the file from where it is now."""
        self._file = file
        self._deck.close()
        if file.exists():
            self.line.hide()
            self._deck.open(file)
        else:
            self.line.say_missing(file)

    def swap(self, file: Path) -> None:
        """Play another copy of the same recording, and go on where the one before was."""
        self._deck.swap(file)

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
        if self.line.missing and self._file and self._file.exists():  # its drive is back
            self.reopen(self._file)
        self._deck.play()

    def pause(self) -> None:
        """Stand still, exactly here."""
        self._deck.pause()

    def play_span(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch and stand still at its end."""
        self.seek(start_ms)
        self._deck.play(until=end_ms)

    def toggle(self) -> None:
        """Run, or stand still and go back a little."""
        if not self._deck.playing:
            self.play()
            return
        self._deck.pause()
        if self.controls.step_back.isChecked():
            begin = self.passage.start_ms if self.passage else 0
            self.seek(max(min(begin, self.position), self.position - STEP_BACK))

    def leap(self, ms: int) -> None:
        """Go some way back or on."""
        self.seek(self._deck.position + ms)

    def loop(self, start_ms: int, end_ms: int) -> None:
        """Play a passage again and again until `clear_loop`; one that runs goes on from the passage's start."""
        start = max(0, min(start_ms, self._duration - SHORTEST_LOOP))
        passage = Span(start, max(start + SHORTEST_LOOP, min(end_ms, self._duration)))
        self._deck.loop(passage)
        self.waveform.set_loop(passage)
        self.controls.show_loop((passage.start_ms, passage.end_ms))
        if not passage.start_ms <= self.position < passage.end_ms:
            self.seek(passage.start_ms)

    def clear_loop(self) -> None:
        """Let it play on past the passage."""
        self._deck.loop(None)
        self.waveform.set_loop(None)
        self.controls.show_loop(None)

    def set_speed(self, speed: float) -> None:
        """Run slower or faster, between half and double; voices keep their pitch."""
        self._speed = max(SPEEDS[0], min(speed, SPEEDS[-1]))
        self._deck.set_speed(self._speed)
        self.controls.show_speed(self._speed)
        self.speed_changed.emit(self._speed)

    def faster(self) -> None:
        """Take the next higher speed."""
        self.set_speed(next((speed for speed in SPEEDS if speed > self._speed), SPEEDS[-1]))

    def slower(self) -> None:
        """Take the next lower speed."""
        self.set_speed(next((speed for speed in reversed(SPEEDS) if speed < self._speed), SPEEDS[0]))

    def _listen(self) -> None:
        controls = self.controls
        controls.play.clicked.connect(self.toggle)
        self.picture.pressed.connect(self.toggle)
        self.waveform.wanted.connect(self.seek)
        self.waveform.loop_wanted.connect(self.loop)
        controls.back.clicked.connect(lambda: self.leap(-_leap()))
        controls.on.clicked.connect(lambda: self.leap(_leap()))
        controls.speed_wanted.connect(self.set_speed)
        controls.captions.toggled.connect(self._on_captions)
        controls.loop.clicked.connect(self._on_loop)
        deck = self._deck
        deck.framed.connect(self.picture.show_frame)
        deck.failed.connect(self.failed)
        deck.moved.connect(self._on_moved)
        deck.looped.connect(self.looped)
        deck.playing_changed.connect(controls.play.show_playing)
        deck.playing_changed.connect(self.playing_changed)

    def _on_loop(self, on: bool) -> None:
        if on:
            end = max(self.position, min(LEAP, self._duration))
            self.loop(end - LEAP, end)
        else:
            self.clear_loop()

    def _on_captions(self, on: bool) -> None:
        if not on:
            self.picture.show_caption("")
        self.moved.emit(self._deck.position)

    def _on_moved(self, ms: int) -> None:
        self._show_position(ms)
        self.moved.emit(ms)

    def _show_position(self, ms: int) -> None:
        self.controls.show_time(ms, self._duration)
        self.waveform.set_position(ms)


def _leap() -> int:
    """Return how far a press goes: less with Shift."""
    shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
    return SMALL_LEAP if shift else LEAP
