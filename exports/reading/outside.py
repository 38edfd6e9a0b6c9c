"""Reading what lies about outside: Word files, PDFs, kit folders and zips, none of them trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from exports.reading import media, office, pdf, texts
from exports.reading.archives import Allowance, Entry, single, unzipped, within
from exports.reading.gathering import Gathering, check_amount
from storybank.domain.document import Document, Piece, Unread
from storybank.domain.names import codes_in
from storybank.errors import Cancelled, Invalid, StorybankError
from storybank.ports import RunApart, Ticket
from storybank.words import Sentence, Words, say

_TEXTS: dict[str, Callable[[str, Gathering], None]] = {
    ".txt": texts.read_text, ".md": texts.read_text, ".ics": texts.read_text,
    ".csv": texts.read_csv, ".json": texts.read_json, ".html": texts.read_html,
    ".htm": texts.read_html, ".xml": texts.read_html, ".svg": texts.read_html,
    ".srt": texts.read_captions, ".vtt": texts.read_captions,
}  # fmt: skip
_PICTURES: dict[str, Callable[[bytes, Gathering], None]] = {
    ".png": media.read_png, ".jpg": media.read_jpeg, ".jpeg": media.read_jpeg,
}
_OFFICE = frozenset({".docx", ".docm", ".dotx", ".pptx", ".xlsx"})
_FILMS = frozenset({".mp4", ".m4v", ".m4a", ".mov"})
_BEGINNINGS = (
    *((ending, b"PK\x03\x04", say("Word file")) for ending in sorted(_OFFICE)),
    (".zip", b"PK", say("zip")), (".pdf", b"%PDF-", say("PDF")), (".png", b"\x89PNG\r\n\x1a\n", say("picture")),
    (".jpg", b"\xff\xd8\xff", say("picture")), (".jpeg", b"\xff\xd8\xff", say("picture")),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JUNK = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


class OutsideReader:
    """Reads an outside document without opening it anywhere else (`ports.DocumentReader`).

    `words` are the language in which places are named.
    """

    def __init__(self, words: Words | None = None) -> None:
        self._words = words or Words()

    def read(self, untrusted_file: Path, ticket: Ticket) -> Document:
        """Return the texts, our identifiers and the hashes in it; raise with the reason where that is impossible.

        Of a folder or zip, what cannot be read is named in `Document.unread`, and the rest counts.
        """
        look = _Look(self._words, ticket)
        if untrusted_file.is_dir():
            entries, look.unread = within(untrusted_file)
            look.each(entries, untrusted_file.name)
            return look.document(untrusted_file.resolve().name)
        entry = single(untrusted_file)
        with _entries(entry) as packed:
            if packed is None:
                look.alone(entry)
            else:
                look.each(packed, entry.path)
                look.weigh(entry)
        return look.document(untrusted_file.name)


class ReaderApart:
    """Reads in a process of its own: a document made to hang or crash takes nothing with it (`ports.DocumentReader`).

    A stopped ticket ends that process at once.
    """

    def __init__(self, run_apart: RunApart, words: Words | None = None) -> None:
        self._run_apart = run_apart
        self._words = words or Words()

    def read(self, untrusted_file: Path, ticket: Ticket) -> Document:
        """Return the texts, our identifiers and the hashes in it; raise with the reason where that is impossible."""
        (document,) = list(self._run_apart(_read_alone, untrusted_file.absolute(), self._words, ticket=ticket))
        return document


def _read_alone(untrusted_file: Path, words: Words) -> Iterator[Document]:
    yield OutsideReader(words).read(untrusted_file, _Unwatched())


class _Unwatched:
    """The ticket inside the other process: whoever watches ends the process itself."""

    def report(self, fraction: float, note: str = "") -> None:
        """Tell nobody."""

    def check(self) -> None:
        """Go on."""


class _Look:
    """One look at a document."""

    def __init__(self, words: Words, ticket: Ticket) -> None:
        self.unread: list[Unread] = []
        self._words = words
        self._ticket = ticket
        self._allowance = Allowance()
        self._pieces: list[Piece] = []
        self._names: list[Piece] = []
        self._files: list[tuple[str, str]] = []
        self._signs = 0

    def alone(self, entry: Entry) -> None:
        """Read a file by itself; what is wrong with it is wrong altogether."""
        self.weigh(entry)
        self._gather(entry)

    def each(self, entries: Sequence[Entry], name: str) -> None:
        """Read the files of a folder or a zip, as many as can be read."""
        if not entries:
            raise Invalid(say("There is nothing in {name}.", name=name),
                          hint=say("Choose a document, a kit folder or a zip."))
        for number, entry in enumerate(entries):
            self._ticket.report(number / len(entries), entry.path)
            try:
                self.weigh(entry)
                if not _is_junk(entry):
                    self._gather(entry)
            except Cancelled:
                raise
            except StorybankError as error:
                self.unread.append(Unread(entry.path, _sentence(error)))
            check_amount(self._signs, len(self._pieces), name)

    def weigh(self, entry: Entry) -> None:
        """Note a file's name and its checksum."""
        self._ticket.check()
        where = self._words("file name")
        self._names.append(Piece(entry.path, f"{entry.path}, {where}", entry.path))
        self._files.append((entry.path, entry.sha256(self._ticket)))

    def document(self, name: str) -> Document:
        """Return all that was found."""
        pieces = (*self._pieces, *self._names)
        codes = frozenset(code for piece in pieces for code in codes_in(piece.text))
        self._ticket.report(1.0)
        return Document(name, pieces, codes, tuple(self._files), tuple(self.unread))

    def _gather(self, entry: Entry) -> None:
        into = Gathering(entry.path, self._words)
        if not entry.size:
            raise Invalid(say("{file} is empty.", file=entry.path))
        try:
            self._read(entry, into)
        finally:
            self._pieces += into.pieces
            self._signs += into.signs
            self.unread += into.unread

    def _read(self, entry: Entry, into: Gathering) -> None:
        ending = entry.ending
        if ending == ".zip":
            raise Invalid(say("{file} is a zip within a zip or folder, and was not opened.", file=entry.path),
                          hint=say("Check it by itself."))
        if ending in _TEXTS:
            _TEXTS[ending](texts.decoded(self._allowance.read(entry), entry.path), into)
            return
        with self._allowance.stream(entry) as stream:
            _begins_as_it_should(stream, entry)
            if ending in _OFFICE:
                office.read(stream, into)
            elif ending == ".pdf":
                pdf.read(stream, into, self._ticket)
            elif ending in _FILMS:
                media.read_film(stream, into)
            elif ending in _PICTURES:
                _PICTURES[ending](stream.read(), into)
            else:
                raise _unknown(entry)


@contextmanager
def _entries(entry: Entry) -> Iterator[list[Entry] | None]:
    """Give what lies in a zip; None for any other file."""
    if entry.ending != ".zip":
        yield None
        return
    with Allowance().stream(entry) as stream:
        _begins_as_it_should(stream, entry)
        with unzipped(stream, entry.path) as packed:
            yield packed


def _begins_as_it_should(stream: IO[bytes], entry: Entry) -> None:
    """Refuse a file whose first bytes say that it is something else than its name says."""
    first = stream.read(1024)
    stream.seek(0)
    if first.startswith(_OLD_OFFICE) and entry.ending in _OFFICE:
        raise Invalid(say("{file} is protected with a password, or was saved by a very old Word.", file=entry.path),
                      hint=say("Save it without the password as .docx, and check that."))
    for ending, beginning, kind in _BEGINNINGS:
        if entry.ending == ending and not (beginning in first if ending == ".pdf" else first.startswith(beginning)):
            raise Invalid(say("{file} does not hold what its name says: it is no {kind}.", file=entry.path, kind=kind),
                          hint=say("Give it the ending that belongs to it."))
    if entry.ending in _FILMS and first[4:8] not in (b"ftyp", b"moov", b"wide", b"mdat", b"free"):
        raise Invalid(say("{file} does not hold what its name says: it is no {kind}.", file=entry.path,
                          kind=say("film")), hint=say("Give it the ending that belongs to it."))


def _unknown(entry: Entry) -> Invalid:
    return Invalid(
        say("{file} is of a kind that Storybank cannot read.", file=entry.path),
        hint=say("Word files (.docx), PDFs, kit folders and zips can be checked; save it as one of these."),
    )  # fmt: skip


def _is_junk(entry: Entry) -> bool:
    """Tell whether a file is only what an operating system leaves behind."""
    path = PurePosixPath(entry.path)
    return path.name.lower() in _JUNK or path.name.startswith("._") or "__MACOSX" in path.parts


def _sentence(error: StorybankError) -> Sentence:
    return error.message if isinstance(error.message, Sentence) else say("{reason}", reason=error.message)
