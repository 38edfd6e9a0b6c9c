"""The library's folder of files: originals under their own hash, and what can be rebuilt from them."""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from storybank.domain.clip import origin
from storybank.errors import Damaged, Unavailable
from storybank.persistence.copying import copied_in_kernel, read_through
from storybank.persistence.keys import sync_folder
from storybank.ports import KeptFile, Ticket
from storybank.words import say


class FolderStore:
    """Files in a folder. A file goes in as a part, is made safe on disk, and gets its name last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._lock = threading.Lock()
        self._parts: set[Path] = set()
        self._fresh: set[Path] = set()
        """What this session added and may therefore take out again."""

    @property
    def folder(self) -> Path:
        """The library's own folder."""
        return self._folder

    def take_in(self, file: Path, ticket: Ticket) -> KeptFile:
        """Copy a file into `media/` under its SHA-256, all or nothing; a copy that is there already is kept."""
        with _opened(file) as source, self._part() as part:
            before = os.fstat(source.fileno())
            _check_room(part.parent, before.st_size, file)
            with _explained(file), part.open("x+b", buffering=0) as copy:
                sha256, size = _read(source, copy, before.st_size, file, ticket)
                _check_unchanged(file, source, before, size)
            place = Path("media", sha256[:2], sha256 + _suffix(file))
            with _explained(file):
                self._put_in_place(part, self._folder / place, size)
        ticket.report(1.0)
        return KeptFile(place.as_posix(), sha256, size)

    def weigh(self, file: Path, ticket: Ticket) -> KeptFile:
        """Return what `take_in` would, for a file that stays where it is."""
        with _opened(file) as source:
            before = os.fstat(source.fileno())
            sha256, size = _read(source, None, before.st_size, file, ticket)
            _check_unchanged(file, source, before, size)
        ticket.report(1.0)
        return KeptFile(str(file.absolute()), sha256, size)

    def discard(self, kept: KeptFile) -> None:
        """Remove a file that was taken in and turned out not to belong; what others may rest on is left alone."""
        path = self.path(kept.place)
        with self._lock:
            if path in self._fresh:
                self._fresh.remove(path)
                path.unlink(missing_ok=True)

    def path(self, place: str) -> Path:
        """Return where a kept file lies on this machine."""
        return self._folder / place

    def derived(self, name: str) -> Path:
        """Return the path of a file that can be rebuilt; its folder exists."""
        path = self._folder / "derived" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def drop(self, places: Iterable[str]) -> None:
        """Remove files of the library for good; what lies outside its folder is not ours to remove."""
        with self._lock:
            for place in places:
                path = self.path(place)
                if path.is_relative_to(self._folder / "media"):
                    self._fresh.discard(path)
                    path.unlink(missing_ok=True)

    def drop_clips(self, places: Iterable[str]) -> None:
        """Remove the clips that were kept of recordings; they are made again where that is allowed."""
        gone = {origin(self.path(place)) for place in places}
        for path in (self._folder / "derived" / "clips").glob("*"):
            if path.name.split(".")[0] in gone:
                path.unlink(missing_ok=True)

    def tidy_derived(self, recording_ids: Iterable[str]) -> None:
        """Remove what was made from recordings other than these, and every kept clip; they can be made again."""
        shown = set(recording_ids)
        for path in (self._folder / "derived").rglob("*"):
            if path.is_file() and path.name.split(".")[0] not in shown:
                path.unlink(missing_ok=True)

    def tidy(self, known_places: Iterable[str]) -> list[str]:
        """Remove what an interrupted import left behind; files of known places and of this session are kept."""
        media = self._folder / "media"
        with self._lock:
            kept = {self.path(place) for place in known_places} | self._fresh | self._parts
            orphans = sorted(path for path in media.rglob("*") if path.is_file() and path not in kept)
            for path in orphans:
                path.unlink(missing_ok=True)
        return [path.relative_to(self._folder).as_posix() for path in orphans]

    @contextmanager
    def _part(self) -> Iterator[Path]:
        """Give a name for a part, and leave nothing of that name behind."""
        part = self._folder / "media" / f"{uuid.uuid4().hex}.part"
        with self._lock:
            self._parts.add(part)
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            yield part
        finally:
            part.unlink(missing_ok=True)
            with self._lock:
                self._parts.discard(part)

    def _put_in_place(self, part: Path, final: Path, size: int) -> None:
        with self._lock:
            if final.exists() and final.stat().st_size == size:
                self._fresh.discard(final)  # two now rest on it: neither may take it away
                return
            if not final.parent.exists():
                final.parent.mkdir(parents=True)
                sync_folder(final.parent.parent)
            part.replace(final)
            sync_folder(final.parent)
            self._fresh.add(final)


def _read(source: FileIO, copy: FileIO | None, whole: int, file: Path, ticket: Ticket) -> tuple[str, int]:
    """Read a file to its end; where that fails, it is the file's fault, not the library's."""

    def fill(buffer: bytearray) -> int:
        try:
            return source.readinto(buffer)
        except OSError as error:
            raise _broke_off(file) from error

    def heard(size: int) -> None:
        ticket.check()
        ticket.report(min(1.0, size / max(1, whole)))

    told = copied_in_kernel(source, copy, heard) if copy is not None else None
    return told or read_through(fill, copy, heard)


@contextmanager
def _opened(file: Path) -> Iterator[FileIO]:
    try:
        source = file.open("rb", buffering=0)
    except OSError as error:
        raise Unavailable(
            say("{file} cannot be read: {why}.", file=file.name, why=(error.strerror or str(error)).lower()),
            hint=say("Check that it is still there and may be read."),
        ) from error
    with source:
        yield source


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Say in plain words why a file could not be written."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(file) from error
        raise Unavailable(
            say("{file} cannot be copied into the library: {why}.", file=file.name,
                why=(error.strerror or str(error)).lower()),
            hint=say("Check that the library's drive is connected and may be written to."),
        ) from error  # fmt: skip


def _check_room(folder: Path, size: int, file: Path) -> None:
    if shutil.disk_usage(folder).free < size:
        raise _disk_full(file)


def _check_unchanged(file: Path, source: FileIO, before: os.stat_result, size: int) -> None:
    after = os.fstat(source.fileno())
    if size < before.st_size and after.st_size == before.st_size:
        raise _broke_off(file)
    if size != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise Damaged(
            say("{file} changed while it was being read.", file=file.name),
            hint=say("Wait until it is completely written or downloaded, then try again."),
        )


def _disk_full(file: Path) -> Unavailable:
    return Unavailable(
        say("The disk is full: {file} does not fit into the library.", file=file.name),
        hint=say("Make some room and try again; nothing was left behind."),
    )


def _broke_off(file: Path) -> Damaged:
    return Damaged(
        say("{file} broke off while it was being read.", file=file.name),
        hint=say("Check the drive or card that it is on, then try again."),
    )


def _suffix(untrusted_name: Path) -> str:
    """Return a file's ending if it is a plain one; the rest of its name never becomes part of a path."""
    suffix = untrusted_name.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
