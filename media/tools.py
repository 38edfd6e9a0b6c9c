"""Tools: ffmpeg as a process of our own, watched, stoppable, and kept to files on this machine."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storybank.errors import Damaged, Unavailable
from storybank.ports import Ticket
from storybank.words import say

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,wav,w64,mp3,flac,ogg,aac,avi,mpeg,mpegvideo,mpegts,asf,flv,aiff,amr,caf,mxf"
)
"""The containers we open; playlists and scripts, which can name other files, are not among them."""
MOST_PIXELS = 8192 * 4320
PATIENCE = 4 * 3600.0
"""Seconds after which any ffmpeg is taken for stuck."""
GRACE = 3.0
"""Seconds between asking a process to stop and stopping it."""
_TAIL = 200

log = logging.getLogger(__name__)


class NobodyWaits:
    """A ticket for work that nobody watches or stops."""

    def report(self, fraction: float, note: str = "") -> None:
        """Say nothing."""

    def check(self) -> None:
        """Go on."""


def ffmpeg() -> str:
    """Return the ffmpeg to run: the one named by STORYBANK_FFMPEG, or the one that came with Storybank."""
    named = os.environ.get("STORYBANK_FFMPEG")
    if named:
        return named
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise no_ffmpeg() from error


def guarded(file: Path) -> dict[str, object]:
    """Return the options under which any file from outside is opened."""
    return {
        "protocol_whitelist": "file,pipe",
        "format_whitelist": FORMATS,
        "max_pixels": MOST_PIXELS,
        "filename": f"file:{file.absolute().as_posix()}",
    }


def guarded_input(file: Path, *before: str) -> list[str]:
    """Return ffmpeg's arguments for reading `file`, with `before` among the options that come before -i."""
    options = guarded(file)
    name = str(options.pop("filename"))
    return [*(part for key, value in options.items() for part in (f"-{key}", str(value))), *before, "-i", name]


class Ffmpeg:
    """A running ffmpeg: leaving the block stops it, whatever happened in between."""

    def __init__(self, arguments: Sequence[str], folder: Path | None = None) -> None:
        command = [ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "info", "-nostats", "-y", *arguments]
        try:
            self._process = _start(command, folder)
        except OSError as error:
            raise no_ffmpeg() from error
        assert self._process.stdout is not None and self._process.stderr is not None
        self.output: IO[bytes] = self._process.stdout
        self._said: deque[str] = deque(maxlen=_TAIL)
        self._listener = threading.Thread(target=_drain, args=(self._process.stderr, self._said), daemon=True)
        self._listener.start()

    def __enter__(self) -> Ffmpeg:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def running(self) -> bool:
        """Tell whether it still works."""
        return self._process.poll() is None

    def wait(self, seconds: float) -> int | None:
        """Wait up to `seconds` for its end; return the exit status, None while it still works."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self._listener.join(GRACE)
        return status

    @property
    def said(self) -> str:
        """What it wrote about its work, the last lines of it."""
        return "\n".join(self._said)

    def stop(self) -> None:
        """End the process and whatever it started: asked first, then without asking."""
        if self.running():
            _signal(self._process, gently=True)
            if self.wait(GRACE) is None:
                _signal(self._process, gently=False)
                self._process.wait()
        self._listener.join(GRACE)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()


def run(
    arguments: Sequence[str],
    ticket: Ticket,
    *,
    length_ms: int = 0,
    seconds: float = PATIENCE,
    folder: Path | None = None,
    share: tuple[float, float] = (0.0, 1.0),
) -> str:
    """Run ffmpeg to its end and return what it said; progress over `length_ms` goes to the ticket's `share`."""
    with Ffmpeg(["-progress", "pipe:1", *arguments], folder) as ffmpeg:
        done: deque[int] = deque([0], maxlen=1)
        reader = threading.Thread(target=_follow, args=(ffmpeg.output, done), daemon=True)
        reader.start()
        deadline = time.monotonic() + seconds
        while (status := ffmpeg.wait(0.05)) is None:
            ticket.check()
            if length_ms:
                ticket.report(share[0] + (share[1] - share[0]) * min(1.0, done[0] / length_ms))
            if time.monotonic() > deadline:
                raise Unavailable(say("ffmpeg did not come to an end."), hint=say("Try again, or with a shorter part."))
        ticket.check()
        reader.join(GRACE)
        if status:
            raise failure(ffmpeg.said)
        return ffmpeg.said


def failure(said: str) -> Damaged | Unavailable:
    """Return ffmpeg's complaint as an error that people can read; its own words ride along as a note."""
    error: Damaged | Unavailable
    if "No space left on device" in said:
        error = Unavailable(say("The disk is full."), hint=say("Make room and try again."))
    else:
        error = Damaged(
            say("The recording could not be read to its end."),
            hint=say("Play it in another program; if it breaks off there too, ask for the file again."),
        )
    error.add_note(said[-2000:])
    return error


@contextmanager
def put_in_place(to: Path) -> Iterator[Path]:
    """Yield a path to write to; the file takes its own name only when the block ends well."""
    part = to.with_name(f"{to.stem}.{os.getpid()}.part{to.suffix}")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        part.unlink()
    except OSError as error:
        raise Unavailable(
            say("{file} cannot be written: {why}.", file=to.name, why=error.strerror),
            hint=say("Check that the disk has room and that you may write there."),
        ) from error
    try:
        yield part
        if part.exists():
            part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _start(command: Sequence[str], folder: Path | None) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        creationflags=flags,
        start_new_session=sys.platform != "win32",
    )


def _signal(process: subprocess.Popen[bytes], *, gently: bool) -> None:
    try:
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, signal.SIGTERM if gently else signal.SIGKILL)
    except ProcessLookupError:
        log.debug("ffmpeg had ended already")


def _drain(pipe: IO[bytes], into: deque[str]) -> None:
    for line in pipe:
        into.append(line.decode("utf-8", "replace").rstrip())


def _follow(pipe: IO[bytes], done_ms: deque[int]) -> None:
    for line in pipe:
        key, _, value = line.partition(b"=")
        if key == b"out_time_us" and value.strip().isdigit():
            done_ms.append(int(value) // 1000)


def no_ffmpeg() -> Unavailable:
    """Return the word on an ffmpeg that is not there."""
    return Unavailable(
        say("ffmpeg cannot be started on this machine."),
        hint=say("Install Storybank again, or name an ffmpeg in STORYBANK_FFMPEG."),
    )
