"""Opening: an untrusted project file: a zip with one `.qde` at its root and a folder of sources, under limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from exports.reading.archives import MOST_BYTES, MOST_TOGETHER, Entry, readable, single, unzipped
from exports.reading.gathering import cut_off
from exports.refi.names import PROJECT_FILE, SOURCES
from storybank.errors import Invalid
from storybank.ports import Ticket
from storybank.words import say

MOST_ENTRIES = 20_000
LARGEST_PROJECT = 1_000_000_000
"""Bytes of the project's XML, which is read piece by piece."""
_CHUNK = 1 << 20
CHECK = say("Check that it is the right file, or have it exported again. Nothing was changed here.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A project file that is open."""

    name: str
    project: Entry
    sources: Mapping[str, Entry]
    """What lies in its folder of sources, by name in lower case."""

    @property
    def is_oddly_named(self) -> bool:
        """Tell whether the XML in it is called something else than the standard says."""
        return self.project.path != PROJECT_FILE


@contextmanager
def opened(untrusted_file: Path) -> Iterator[Opened]:
    """Give a project, after making sure that it asks for nothing it should not."""
    name = untrusted_file.name
    whole = single(untrusted_file)
    with readable(name), whole.opened() as stream:
        if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            raise Invalid(say("{file} is no project file (QDPX): it is not even a zip.", file=name), hint=CHECK)
        with unzipped(stream, name, MOST_ENTRIES) as entries:
            yield Opened(name, _project(entries, name), _sources(entries))


def _project(entries: list[Entry], name: str) -> Entry:
    """Return the one `.qde` at the root, however it is called."""
    found = [entry for entry in entries if entry.ending == ".qde" and "/" not in entry.path
             and not entry.path.startswith(".")]
    if not found:
        raise Invalid(say("There is no project in {file}: no file ending in .qde at its top.", file=name), hint=CHECK)
    if len(found) > 1:
        raise Invalid(say("There are {n} projects in {file}, and only one can be taken in.", n=len(found), file=name),
                      hint=CHECK)
    if found[0].size > LARGEST_PROJECT:
        raise Invalid(say("{file} is too large to be read: {megabytes} MB.", file=found[0].path,
                          megabytes=found[0].size // 1_000_000), hint=CHECK)
    return found[0]


def _sources(entries: list[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        folder, _slash, inside = entry.path.partition("/")
        if folder.casefold() == SOURCES and inside and not inside.rsplit("/", 1)[-1].startswith("."):
            found.setdefault(inside.casefold(), entry)
    return found


class Texts:
    """Reads the texts of a project, each once, so much of one and so much of all together."""

    def __init__(self, within: Opened) -> None:
        self._opened, self._left = within, MOST_TOGETHER
        self._known: dict[str, str | None] = {}

    def __call__(self, inner: str) -> str | None:
        """Return a text of the sources as it lies there, with its mark and line ends; None where it is not there."""
        if inner not in self._known:
            entry = self._opened.sources.get(inner)
            self._known[inner] = None if entry is None else decoded(self._read(entry))
        return self._known[inner]

    def _read(self, entry: Entry) -> bytes:
        if entry.size > min(MOST_BYTES, self._left):
            raise Invalid(say("The texts in {file} are too large to be read.", file=self._opened.name), hint=CHECK)
        self._left -= entry.size
        with readable(entry.path), entry.opened() as stream:
            content = stream.read(entry.size + 1)
        if len(content) != entry.size:
            raise cut_off(entry.path)
        return content


def decoded(raw: bytes) -> str:
    """Return a text in the encoding it is in, its byte order mark kept: some programs count it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "\ufeff" + raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def copy_out(within: Opened, inner: str, to: Path, ticket: Ticket) -> bool:
    """Copy a file of the sources to a path of ours; tell whether it was there, and whole."""
    entry = within.sources.get(inner.casefold())
    if entry is None:
        return False
    done = 0
    with readable(entry.path), entry.opened() as source, to.open("xb") as copy:
        while chunk := source.read(_CHUNK):
            ticket.check()
            done += len(chunk)
            if done > entry.size:
                break
            copy.write(chunk)
            ticket.report(done / max(1, entry.size))
    if done != entry.size:
        raise cut_off(entry.path)
    return True
