"""Looking: the organisation's own looks, letterheads for briefs and themes for cards, checked and kept in the library.

    looks = Looks(folder, files, open_work)
    looks.letterheads() -> tuple[str, ...]           names, in the order of the alphabet
    looks.themes() -> tuple[str, ...]
    looks.check(file) -> LookReport                  a .docx or a .json from anywhere; nothing is kept
    looks.take_in(file, name="") -> LookReport       checked and kept; its name is in the report
    looks.path(name) -> Path                         checked again on use; raises NotFound, Invalid
    looks.remove(name) -> None
    looks.sample(name, to, language="en", pages=None, ticket=None) -> Path    .docx, .pdf or .png, as `to` ends

A letterhead and a theme never have the same name. A theme lies in a folder of its own, with its logo and typefaces.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from storybank.domain.events import LooksChanged
from storybank.domain.names import free_slug, plain
from storybank.domain.remark import LookReport
from storybank.errors import Invalid, NotFound, Unavailable
from storybank.ports import LookFiles, OpenWork, PageMaker, Ticket
from storybank.words import say

Kind = Literal["letterhead", "theme"]
_FOLDERS: dict[Kind, str] = {"letterhead": "templates", "theme": "themes"}
_OTHER: dict[Kind, Kind] = {"letterhead": "theme", "theme": "letterhead"}
_ENDINGS: dict[Kind, str] = {"letterhead": ".docx", "theme": ".json"}
_SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60
_MOST_BYTES = 40_000_000
_CHUNK = 1 << 20


class Looks:
    """Keeps letterheads and themes beside the library's database."""

    def __init__(self, folder: Path, files: LookFiles, open_work: OpenWork) -> None:
        self._folder = folder
        self._files = files
        self._open_work = open_work

    def letterheads(self) -> tuple[str, ...]:
        """Return the names of the letterheads there are."""
        return self._names("letterhead")

    def themes(self) -> tuple[str, ...]:
        """Return the names of the themes there are."""
        return self._names("theme")

    def check(self, untrusted_file: Path) -> LookReport:
        """Return what a letterhead or a theme is good for, and what is to be mended; nothing is kept."""
        if _kind_of(untrusted_file) == "theme":
            return self._files.check_theme(untrusted_file)
        return self._files.check_letterhead(untrusted_file)

    def take_in(self, untrusted_file: Path, name: str = "") -> LookReport:
        """Check a letterhead or a theme and keep a copy of it; raise `Invalid` when it may not be used.

        What is checked is the copy, so that nothing can change in between. One of the same name is replaced.
        """
        kind = _kind_of(untrusted_file)
        kept = free_slug(plain(name or untrusted_file.stem)[:_LONGEST], self._names(_OTHER[kind]))
        with _explained(untrusted_file), TemporaryDirectory(prefix="storybank-look-") as aside:
            copy = Path(aside) / f"{kept}{_ENDINGS[kind]}"
            _copy(untrusted_file, copy)
            beside = self._files.companions(untrusted_file) if kind == "theme" else ()
            for file in beside:
                _copy(file, Path(aside) / file.name)
            report = self.check(copy)
            if not report.is_good:
                raise _refused(report)
            place = self._place(kind, kept)
            for file in beside:
                self._put(Path(aside) / file.name, place.with_name(file.name))
            self._put(copy, place)
        with self._open_work() as work:
            work.record(LooksChanged(kept))
            work.commit()
        return LookReport(kept, report.level, report.fields, report.remarks, report.facts)

    def path(self, name: str, kind: Kind | None = None) -> Path:
        """Return where a letterhead or a theme lies, after checking it once more: its file may have been changed."""
        file = self._find(name, kind)
        report = self.check(file)
        if not report.is_good:
            raise _refused(report)
        return file

    def report(self, name: str, kind: Kind | None = None) -> LookReport:
        """Return what one that is kept is good for."""
        return self.check(self._find(name, kind))

    def remove(self, name: str, kind: Kind | None = None) -> None:
        """Take one out of the library; what left the house in it is not touched."""
        file = self._find(name, kind)
        with _explained(file):
            file.unlink()
            if file.parent.name == file.stem:
                shutil.rmtree(file.parent)
        with self._open_work() as work:
            work.record(LooksChanged(file.stem))
            work.commit()

    def sample(self, name: str, to: Path, language: str = "en", pages: PageMaker | None = None,
               ticket: Ticket | None = None, kind: Kind | None = None) -> Path:
        """Write something made-up in it, to be looked at: .docx, .pdf or .png, as `to` ends; return the file.

        A theme makes a card as PNG. Of a letterhead, PDF and PNG need `pages`; the PNG shows its first page.
        """
        return self.sample_of(self.path(name, kind), to, language, pages, ticket)

    def sample_of(self, file: Path, to: Path, language: str = "en", pages: PageMaker | None = None,
                  ticket: Ticket | None = None) -> Path:
        """Write something made-up with a letterhead or theme that need not be kept yet, but was checked."""
        if _kind_of(file) == "theme":
            self._files.sample_card(file, to, language)
        elif to.suffix.lower() == ".docx":
            self._files.sample(file, to, language)
        else:
            self._shown(file, to, language, pages, ticket)
        return to

    def _shown(self, file: Path, to: Path, language: str, pages: PageMaker | None, ticket: Ticket | None) -> None:
        if pages is None or (why := pages.why_not()) is not None:
            raise Unavailable(why if pages is not None and why else say("No pages can be made here."),
                              hint=say("Ask for the Word file instead: let its name end in .docx."))
        with TemporaryDirectory(prefix="storybank-look-") as aside:
            document, printed = Path(aside) / "sample.docx", Path(aside) / "sample.pdf"
            self._files.sample(file, document, language)
            pages.pdf(document, printed, ticket or _Unwatched())
            with _explained(to):
                shown = printed if to.suffix.lower() == ".pdf" else pages.pictures(printed, Path(aside))[0]
                _copy(shown, to)

    def _names(self, kind: Kind) -> tuple[str, ...]:
        folder = self._folder / _FOLDERS[kind]
        if not folder.is_dir():
            return ()
        found = [one.stem for one in folder.iterdir() if _SAFE.fullmatch(one.stem)]
        return tuple(sorted(name for name in set(found) if self._place(kind, name).is_file()))

    def _place(self, kind: Kind, name: str) -> Path:
        folder = self._folder / _FOLDERS[kind]
        return folder / name / f"{name}.json" if kind == "theme" else folder / f"{name}.docx"

    def _find(self, untrusted_name: str, kind: Kind | None) -> Path:
        kinds: tuple[Kind, ...] = (kind,) if kind else ("letterhead", "theme")
        for each in kinds:
            if untrusted_name in self._names(each):
                return self._place(each, untrusted_name)
        raise NotFound(say("There is no letterhead or theme “{name}” in the library.", name=plain(untrusted_name)[:60]),
                       hint=say("See which there are, or take it in first."))

    def _put(self, copy: Path, place: Path) -> None:
        """Put a checked copy in place whole: part, flush, rename."""
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        try:
            _copy(copy, part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)


class _Unwatched:
    """A ticket that nobody holds."""

    def report(self, fraction: float, note: str = "") -> None:
        """Say nothing."""

    def check(self) -> None:
        """Go on."""


def _kind_of(file: Path) -> Kind:
    return "theme" if file.suffix.lower() == ".json" else "letterhead"


def _copy(file: Path, to: Path) -> None:
    """Copy a file to the disk itself; one too large to be a letterhead or a theme is refused."""
    if not file.is_file():
        raise NotFound(say("There is no file {file}.", file=file.name), hint=say("Check its name and its folder."))
    left = _MOST_BYTES
    with file.open("rb") as source, to.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Invalid(say("{file} is larger than {megabytes} MB.", file=file.name,
                                  megabytes=_MOST_BYTES // 1_000_000),
                              hint=say("Make its pictures smaller, and save it again."))
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())


def _refused(report: LookReport) -> Invalid:
    first = next(remark for remark in report.remarks if remark.weight == "stop")
    return Invalid(first.message, hint=first.hint)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(say("{file} cannot be read or written: {reason}.", file=file.name,
                              reason=error.strerror or str(error)),
                          hint=say("Check that it is there, that the disk has room and that you may write there."),
                          ) from error
