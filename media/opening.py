"""Opening: a media file from outside, opened under guard, every way it can be wrong with its own plain reason."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from media.promise import looks_like_media
from media.tools import guarded
from storybank.errors import Damaged, Invalid, StorybankError, Unavailable
from storybank.words import say

_ANSWER_WITHIN = 20.0  # seconds that opening or one read may take


@contextmanager
def opened(file: Path) -> Iterator[InputContainer]:
    """Yield the container of `file`; whatever stops us from reading it is raised with its reason."""
    head = _first_bytes(file)
    options = {key: str(value) for key, value in guarded(file).items()}
    name = options.pop("filename")
    try:
        container = av.open(name, options=options, metadata_errors="replace", timeout=_ANSWER_WITHIN)
    except (av.FFmpegError, ValueError, UnicodeError) as error:
        raise (cut_off() if looks_like_media(head) else _not_media()) from error
    with container:
        try:
            yield container
        except av.FFmpegError as error:
            raise unreadable() from error


def moving_picture(container: InputContainer) -> VideoStream | None:
    """Return the picture that moves: a cover or a thumbnail is none."""
    still = Disposition.attached_pic | Disposition.timed_thumbnails
    return next((stream for stream in container.streams.video if not stream.disposition & still), None)


def cut_off() -> Damaged:
    """Return the reason for a file that breaks off before its end."""
    return Damaged(
        say("This recording is cut off: part of the file is missing."),
        hint=say("Copy it again from the camera or phone, or ask for it once more."),
    )


def unreadable() -> Damaged:
    """Return the reason for a file whose sound or picture is broken inside."""
    return Damaged(
        say("This recording is damaged: its sound or picture cannot be read."),
        hint=say("Copy it again from where it came; if it plays nowhere, ask for another copy."),
    )


def _not_media() -> Invalid:
    return Invalid(
        say("This is not a video or sound recording."),
        hint=say("Choose a file such as .mp4, .mov, .webm, .m4a, .mp3 or .wav."),
    )


def _first_bytes(file: Path) -> bytes:
    try:
        about = file.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Invalid(say("This is a folder, not a recording."), hint=say("Choose the files inside it."))
        if not stat.S_ISREG(about.st_mode):
            raise _not_media()
        if not about.st_size:
            raise Invalid(say("This file is empty."), hint=say("Copy it again from the camera or phone."))
        with file.open("rb") as stream:
            return stream.read(16)
    except OSError as error:
        raise _out_of_reach(error) from error


def _out_of_reach(error: OSError) -> StorybankError:
    if isinstance(error, FileNotFoundError):
        return Unavailable(say("The file is not there."), hint=say("Look whether it was moved or its disk unplugged."))
    if isinstance(error, PermissionError):
        return Unavailable(
            say("This file may not be read."), hint=say("Ask whoever owns it for permission, or copy it elsewhere.")
        )
    return Unavailable(say("The file cannot be read from its disk."), hint=say("Copy it to this computer first."))
