"""Archives: what lies in an untrusted zip or folder, under limits, without ever unpacking it to disk."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from exports.reading.gathering import ASK_AGAIN, cut_off
from storybank.domain.document import Unread
from storybank.errors import Damaged, Invalid, Unavailable
from storybank.ports import Ticket
from storybank.words import say

MOST_ENTRIES = 10_000
MOST_BYTES = 50_000_000
MOST_TOGETHER = 200_000_000
MOST_RATIO = 200
_SMALL = 1_000_000
_CHUNK = 1 << 20
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a folder or a zip, or one by itself."""

    path: str
    """Within the folder or zip, with slashes."""
    size: int
    opened: Callable[[], IO[bytes]]
    on_disk: bool = True

    @property
    def ending(self) -> str:
        """Return the ending of its name, in lower case and with its dot."""
        return PurePosixPath(self.path).suffix.lower()

    def sha256(self, ticket: Ticket) -> str:
        """Return its checksum, read in pieces however large it is."""
        found = hashlib.sha256()
        with readable(self.path), self.opened() as stream:
            while chunk := stream.read(_CHUNK):
                ticket.check()
                found.update(chunk)
        return found.hexdigest()


class Allowance:
    """How much may be unpacked to be read: so much of one file, so much of all together."""

    def __init__(self) -> None:
        self._left = MOST_TOGETHER

    def read(self, entry: Entry) -> bytes:
        """Return all of a file, or refuse with the reason."""
        if entry.size > MOST_BYTES:
            raise Invalid(say("{file} is too large to be read: {megabytes} MB.", file=entry.path,
                              megabytes=entry.size // 1_000_000), hint=say("Check the parts that matter one by one."))
        if entry.size > self._left:
            raise Invalid(say("There is too much in it to be read: more than {megabytes} MB.",
                              megabytes=MOST_TOGETHER // 1_000_000),
                          hint=say("Check the parts that matter one by one."))
        self._left -= entry.size
        with readable(entry.path), entry.opened() as stream:
            content = stream.read(entry.size + 1)
        if len(content) != entry.size:
            raise cut_off(entry.path)
        return content

    def stream(self, entry: Entry) -> IO[bytes]:
        """Return a file so that one can move about in it."""
        if entry.on_disk:
            with readable(entry.path):
                return entry.opened()
        return io.BytesIO(self.read(entry))


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what goes wrong while a file is read into its plain reason."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise cut_off(name) from error
    except (NotImplementedError, RuntimeError) as error:
        raise Invalid(say("{file} is packed in a way that Storybank does not open.", file=name),
                      hint=say("Unpack it, and check the folder.")) from error
    except OSError as error:
        raise Unavailable(say("{file} cannot be read: {reason}.", file=name, reason=error.strerror or str(error)),
                          hint=say("Check that it is still there and that you may open it.")) from error


def single(file: Path) -> Entry:
    """Return one file by itself; an empty one is refused."""
    with readable(file.name):
        about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Invalid(say("{file} is neither a file nor a folder.", file=file.name),
                      hint=say("Choose a document, a kit folder or a zip."))
    if not about.st_size:
        raise Invalid(say("{file} is empty.", file=file.name), hint=ASK_AGAIN)
    return Entry(file.name, about.st_size, lambda: file.open("rb"))


def within(folder: Path) -> tuple[list[Entry], list[Unread]]:
    """Return the files of a folder, and what in it is no file of its own: links are never followed."""
    entries: list[Entry] = []
    unread: list[Unread] = []
    with readable(folder.name):
        for here, folders, files in os.walk(folder, onerror=_fail):
            for name in sorted(files + [one for one in folders if (Path(here) / one).is_symlink()]):
                file = Path(here) / name
                path, about = file.relative_to(folder).as_posix(), file.lstat()
                if stat.S_ISREG(about.st_mode):
                    entries.append(_on_disk(file, path, about.st_size))
                else:
                    unread.append(Unread(path, say("It is a link to somewhere else, and links are not followed.")))
                if len(entries) + len(unread) > MOST_ENTRIES:
                    raise _too_many(folder.name, MOST_ENTRIES)
    return sorted(entries, key=lambda entry: entry.path), unread


@contextmanager
def unzipped(stream: IO[bytes], name: str, most: int | None = None) -> Iterator[list[Entry]]:
    """Give the files in a zip, after making sure that it asks for nothing it should not."""
    most = MOST_ENTRIES if most is None else most
    with readable(name):
        archive = zipfile.ZipFile(stream)
        whole = stream.seek(0, os.SEEK_END)
    with archive:
        infos = archive.infolist()
        if len(infos) > most:
            raise _too_many(name, most)
        if len({info.filename for info in infos}) < len(infos):
            raise Invalid(say("Two files in {file} have the same name, so one hides the other.", file=name), hint=_ASK)
        if sum(info.compress_size for info in infos) > whole:
            raise Damaged(say("The files in {file} lie over one another, as in an attack.", file=name), hint=_ASK)
        for info in infos:
            _admit(info, name)
        yield [_packed(archive, info) for info in infos if not info.is_dir()]


_ASK = say("Do not open it elsewhere either; ask whoever sent it.")


def _admit(info: zipfile.ZipInfo, name: str) -> None:
    """Refuse an entry that would be unsafe to read."""
    if info.flag_bits & 0x1:
        raise Invalid(say("{file} is protected with a password.", file=name),
                      hint=say("Save it without the password, and check that."))
    if _leads_elsewhere(info.orig_filename) or _leads_elsewhere(info.filename):
        raise Invalid(say("{file} names a file outside of itself: {path}.", file=name, path=info.orig_filename),
                      hint=_ASK)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Invalid(say("{file} holds a link to somewhere else: {path}.", file=name, path=info.filename), hint=_ASK)
    if info.file_size > max(_SMALL, MOST_RATIO * info.compress_size):
        raise Invalid(say("{path} in {file} would swell to {megabytes} MB when opened, as in an attack.", file=name,
                          path=info.filename, megabytes=info.file_size // 1_000_000), hint=_ASK)
    if info.compress_type not in _PACKINGS:
        raise Invalid(say("{file} is packed in a way that Storybank does not open.", file=name),
                      hint=say("Unpack it, and check the folder."))


def _leads_elsewhere(path: str) -> bool:
    windows = PureWindowsPath(path)
    return bool(windows.drive or windows.root) or path.startswith("/") or ".." in windows.parts or "\0" in path


def _packed(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    return Entry(info.filename.replace("\\", "/"), info.file_size, lambda: archive.open(info), on_disk=False)


def _on_disk(file: Path, path: str, size: int) -> Entry:
    return Entry(path, size, lambda: file.open("rb"))


def _fail(error: OSError) -> None:
    raise error


def _too_many(name: str, most: int) -> Invalid:
    return Invalid(say("There are more than {most} files in {name}.", most=most, name=name),
                   hint=say("Check the parts that matter one by one."))
