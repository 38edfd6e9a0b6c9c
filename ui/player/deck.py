"""The deck: Qt's player with our manners. It holds what is asked before a file is ready, and runs without a speaker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from storybank.domain.transcript import Span
from ui.player.hush import hush
from ui.player.play_clock import PlayClock

READY = (QMediaPlayer.MediaStatus.LoadedMedia, QMediaPlayer.MediaStatus.BufferedMedia,
         QMediaPlayer.MediaStatus.BufferingMedia, QMediaPlayer.MediaStatus.EndOfMedia)
TICK = 20
"""Milliseconds between two looks at the clock while it plays: fifty a second, more than any film has pictures."""
A_PICTURE_WITHIN = 4000
"""Milliseconds after which a film that is loaded and shows nothing is one that Qt cannot show."""


class Deck(QObject):
    """Plays one recording; hands out its frames as pictures."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    looped = Signal()
    """The passage begins again."""
    framed = Signal(QImage)
    failed = Signal(str)
    """Qt cannot play or show this file; with its own words, or none where it says none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hush()
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._clock = PlayClock()
        self._wanted: int | None = None
        self._play_when_ready = False
        self._stop_at: int | None = None
        self._passage: Span | None = None
        self._last = 0
        self._shown = False
        self._has_picture = False
        self._speed = 1.0
        self._tick = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._blind = QTimer(self, interval=A_PICTURE_WITHIN, singleShot=True)
        if not QMediaDevices.defaultAudioOutput().isNull():
            self._player.setAudioOutput(QAudioOutput(self))
        self._keep_pitch()
        self._listen()

    @property
    def position(self) -> int:
        """Return where we are, or where we shall be once the file is ready."""
        if self._wanted is not None:
            return self._wanted
        return self._clock.position if self.playing else self._player.position()

    @property
    def playing(self) -> bool:
        """Tell whether it runs."""
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def passage(self) -> Span | None:
        """Return what is played again and again."""
        return self._passage

    def open(self, file: Path) -> None:
        """Put a recording in."""
        self.close()
        self._player.setSource(QUrl.fromLocalFile(str(file)))

    def swap(self, file: Path) -> None:
        """Put another copy of the same recording in, and go on where the one before was."""
        at, runs, passage, until = self.position, self.playing or self._play_when_ready, self._passage, self._stop_at
        self.open(file)
        self._wanted, self._play_when_ready, self._passage, self._stop_at = at, runs, passage, until

    def close(self) -> None:
        """Let go of the recording."""
        self._wanted, self._stop_at, self._play_when_ready, self._shown = None, None, False, False
        self._has_picture, self._passage, self._last = False, None, 0
        self._blind.stop()
        self._player.stop()
        self._player.setSource(QUrl())

    def seek(self, ms: int) -> None:
        """Go to a moment; a stopped player pauses there, so that its picture is seen."""
        self._stop_at = None
        self._go(ms)

    def play(self, until: int | None = None) -> None:
        """Run, to the end or until a moment."""
        self._stop_at = until
        if self._player.mediaStatus() in READY:
            self._player.play()
        else:
            self._play_when_ready = True

    def pause(self) -> None:
        """Stand still."""
        self._play_when_ready = False
        self._player.pause()

    def loop(self, passage: Span | None) -> None:
        """Play a passage again and again whenever its end is reached; None lets it go on."""
        self._passage = passage

    def set_speed(self, speed: float) -> None:
        """Run slower or faster; voices keep their pitch where Qt can."""
        self._speed = speed
        self._clock.begin(self.position, speed)
        self._player.setPlaybackRate(speed)

    def _keep_pitch(self) -> None:
        """Ask for it where it can be asked for, since Qt 6.10; some of its back ends can and do not by themselves."""
        if hasattr(self._player, "setPitchCompensation"):
            can = QMediaPlayer.PitchCompensationAvailability
            if self._player.pitchCompensationAvailability() is can.Available:
                self._player.setPitchCompensation(True)

    def _listen(self) -> None:
        self._player.positionChanged.connect(self._on_told)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._tick.timeout.connect(self._on_tick)
        self._blind.timeout.connect(lambda: self.failed.emit(""))

    def _go(self, ms: int) -> None:
        if self._player.mediaStatus() not in READY:
            self._wanted = ms
            self.moved.emit(ms)
            return
        if self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()
        self._last = ms
        self._player.setPosition(ms)
        self._clock.begin(ms, self._speed)

    def _on_state(self) -> None:
        self._clock.begin(self._player.position(), self._speed)
        if self.playing:
            self._last = self._player.position()
            self._tick.start()
        else:
            self._tick.stop()
        self.playing_changed.emit(self.playing)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia and self._passage and self._stop_at is None:
            self._again(self._passage)
            self._player.play()
            return
        if status not in READY:
            return
        self._has_picture = self._player.hasVideo()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._go(wanted)
        if self._play_when_ready:
            self._play_when_ready = False
            self._player.play()
        elif status is QMediaPlayer.MediaStatus.LoadedMedia and not self._shown:
            self._player.pause()  # so that the first picture is seen
        if not self._shown:
            self._player.setPlaybackRate(self._speed)
            if self._has_picture:
                self._blind.start()
        self._shown = True

    def _on_error(self, _error: QMediaPlayer.Error, words: str) -> None:
        if not self._player.source().isEmpty():  # else it is about a recording that was let go of
            self.failed.emit(words)

    def _on_told(self, ms: int) -> None:
        if self._wanted is not None:
            return
        self._clock.hear(ms)
        if not self.playing:
            self.moved.emit(ms)

    def _on_tick(self) -> None:
        before, self._last = self._last, self._clock.position
        if self._stop_at is not None and self._last >= self._stop_at:
            self._stop_at = None
            self._player.pause()
        elif self._stop_at is None and self._passage and before < self._passage.end_ms <= self._last:
            self._again(self._passage)
        self.moved.emit(self.position)

    def _again(self, passage: Span) -> None:
        self._go(passage.start_ms)
        self.looped.emit()

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid() or not self._has_picture:
            return  # stopping hands out a last frame of the recording before
        image = frame.toImage()  # upright: Qt turns a phone's sideways picture here
        self._blind.stop()
        if image.isNull():  # ten bits a colour: it comes, and cannot be turned into a picture
            self._has_picture = False
            self.failed.emit("")
        else:
            self.framed.emit(image)
