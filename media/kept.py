"""Kept: clips that were encoded before, so that each is encoded once however often it leaves."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from media.clips import recipe
from media.tools import ffmpeg, no_ffmpeg, put_in_place
from storybank.domain.clip import Cut, origin
from storybank.domain.recording import MediaFacts
from storybank.errors import Unavailable
from storybank.ports import Ticket
from storybank.words import say

MOST_BYTES = 2 * 1024**3
_TURN = 0.1
"""Seconds between two looks whether to stop, while somebody else makes the same clip."""

log = logging.getLogger(__name__)


class KeptClips:
    """A folder of clips by what they were made from and how; a clip is there whole, or not at all.

    A name begins with the recording's own mark (`origin`), so that a recording's clips are found when it must go.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._being_made: set[str] = set()

    def place(self, file: Path, facts: MediaFacts, cut: Cut) -> Path:
        """Return where the clip lies, or would lie: under a name that changes with anything that changes it."""
        about = file.stat()
        try:
            program = Path(shutil.which(ffmpeg()) or ffmpeg()).stat()
        except OSError as error:
            raise no_ffmpeg() from error
        told = json.dumps([about.st_size, about.st_mtime_ns, asdict(cut), recipe(facts, cut),
                           program.st_size, program.st_mtime_ns], sort_keys=True)  # fmt: skip
        return self._folder / f"{origin(file)}.{hashlib.sha256(told.encode()).hexdigest()[:32]}.mp4"

    @contextmanager
    def turn(self, place: Path, ticket: Ticket) -> Iterator[None]:
        """Let one at a time make a clip; whoever waits finds it made."""
        while not self._takes(place.name):
            ticket.check()
            threading.Event().wait(_TURN)
        try:
            yield
        finally:
            with self._lock:
                self._being_made.discard(place.name)

    def use(self, place: Path, to: Path) -> bool:
        """Copy a kept clip to where it is wanted; tell whether there was one."""
        if not place.is_file():
            return False
        with put_in_place(to) as part:
            try:
                shutil.copyfile(place, part)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise Unavailable(say("The disk is full."), hint=say("Make room and try again.")) from error
                part.unlink(missing_ok=True)
                log.info("A kept clip could not be read: %s", error.strerror)
                return False
        with suppress(OSError):
            os.utime(place)
        return True

    def keep(self, clip: Path, place: Path) -> None:
        """Keep a copy of a finished clip; where there is no room for it, it is made again when it is wanted again."""
        part = place.with_name(f"{place.stem}.{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with clip.open("rb") as source, part.open("wb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(place)
        except OSError as error:
            log.info("A clip was not kept: %s", error.strerror)
        with suppress(OSError):
            part.unlink(missing_ok=True)
        self._make_room(place)

    def _takes(self, name: str) -> bool:
        with self._lock:
            if name in self._being_made:
                return False
            self._being_made.add(name)
            return True

    def _make_room(self, newest: Path) -> None:
        """Remove the clips that were not used for longest, and parts that a killed program left, until all fits."""
        with suppress(OSError):
            kept = sorted((about.st_mtime_ns, about.st_size, path) for path in self._folder.iterdir()
                          if path != newest and (about := path.stat()))
            too_much = sum(size for _, size, _ in kept) + newest.stat().st_size - self._most_bytes
            for _, size, path in kept:
                if too_much <= 0:
                    break
                path.unlink(missing_ok=True)
                too_much -= size
