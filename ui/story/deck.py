"""The deck: Qt's player with our manners. It holds what is asked before a file is ready, and runs without a speaker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from ui.story.hush import hush

READY = (QMediaPlayer.MediaStatus.LoadedMedia, QMediaPlayer.MediaStatus.BufferedMedia,
         QMediaPlayer.MediaStatus.BufferingMedia, QMediaPlayer.MediaStatus.EndOfMedia)


class Deck(QObject):
    """Plays one recording; hands out its frames as pictures."""

    moved = Signal(int)
    playing_changed = Signal(bool)
    framed = Signal(QImage)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        hush()
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._wanted: int | None = None
        self._play_when_ready = False
        self._stop_at: int | None = None
        self._shown = False
        self._has_picture = False
        if not QMediaDevices.defaultAudioOutput().isNull():
            self._player.setAudioOutput(QAudioOutput(self))
        self._listen()

    @property
    def position(self) -> int:
        """Return where we are, or where we shall be once the file is ready."""
        return self._player.position() if self._wanted is None else self._wanted

    @property
    def playing(self) -> bool:
        """Tell whether it runs."""
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    def open(self, file: Path) -> None:
        """Put a recording in."""
        self.close()
        self._player.setSource(QUrl.fromLocalFile(str(file)))

    def close(self) -> None:
        """Let go of the recording."""
        self._wanted, self._stop_at, self._play_when_ready, self._shown = None, None, False, False
        self._has_picture = False
        self._player.stop()
        self._player.setSource(QUrl())

    def seek(self, ms: int) -> None:
        """Go to a moment; a stopped player pauses there, so that its picture is seen."""
        self._stop_at = None
        if self._player.mediaStatus() not in READY:
            self._wanted = ms
            self.moved.emit(ms)
            return
        if self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()
        self._player.setPosition(ms)

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

    def set_speed(self, speed: float) -> None:
        """Run slower or faster; voices keep their pitch where Qt can."""
        self._player.setPlaybackRate(speed)

    def _listen(self) -> None:
        self._player.positionChanged.connect(self._on_moved)
        self._player.playbackStateChanged.connect(lambda _state: self.playing_changed.emit(self.playing))
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(lambda _error, words: self.failed.emit(words))
        self._sink.videoFrameChanged.connect(self._on_frame)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status not in READY:
            return
        self._has_picture = self._player.hasVideo()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.seek(wanted)
        if self._play_when_ready:
            self._play_when_ready = False
            self._player.play()
        elif status is QMediaPlayer.MediaStatus.LoadedMedia and not self._shown:
            self._player.pause()  # so that the first picture is seen
        self._shown = True

    def _on_moved(self, ms: int) -> None:
        if self._wanted is not None:
            return
        if self._stop_at is not None and ms >= self._stop_at and self.playing:
            self._stop_at = None
            self._player.pause()
        self.moved.emit(ms)

    def _on_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self._has_picture:  # stopping hands out a last frame of the recording before
            self.framed.emit(frame.toImage())  # upright: Qt turns a phone's sideways picture here
