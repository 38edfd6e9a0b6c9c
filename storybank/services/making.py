"""Making: writing the files of a brief or a kit in their places, and holding pages and words to what a form allows."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from storybank.checksum import sha256_of
from storybank.domain.brief_forms import FORMS, SECTIONS
from storybank.domain.commission import Brief, Kit
from storybank.domain.draft import Form
from storybank.domain.export import ExportedFile, Order
from storybank.domain.names import slug
from storybank.domain.recording import Recording
from storybank.domain.remark import THEIR_OWN, Weight
from storybank.errors import Refused
from storybank.ports import BriefWriter, Bundler, CardPainter, KitWriter, PageMaker, Proofreader, Ticket, WriteLog
from storybank.services.exporting import Written
from storybank.words import Sentence, say

FOLDER, ZIP, BAG = "folder", "zip", "bag"


LookPath = Callable[[str, Literal["letterhead", "theme"]], Path]
"""Tells where a letterhead or a theme of that name lies; raises `NotFound`."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A draft as its readers will hold it."""

    document: Path
    """The Word file, the site's first page, or the folder of a kit's cards."""
    pdf: Path | None = None
    pictures: tuple[Path, ...] = ()
    """PNGs: a page each, or a card each."""
    pages: int | None = None
    why_not: Sentence | None = None
    """Why there are no pages on this machine, and what to do."""


def is_one_file(to: Path) -> bool:
    """Tell whether a brief is to be one Word file, and no folder."""
    return to.suffix.lower() == ".docx"


@dataclass(frozen=True, slots=True)
class BriefMaking:
    """Writes briefs, and holds each to its form once it is on pages."""

    writer: BriefWriter
    pages: PageMaker
    proofreader: Proofreader
    write_log: WriteLog | None = None

    def preview(self, brief: Brief, order: Order, folder: Path, ticket: Ticket) -> Pages:
        """Write a brief with pictures of its pages into a folder."""
        document = folder / f"{_name(brief)}.docx"
        self.writer.write(brief, order, document, ticket)
        why_not = self.pages.why_not()
        if why_not is not None:
            return Pages(document, why_not=why_not)
        pdf = document.with_suffix(".pdf")
        pages = self.pages.pdf(document, pdf, ticket)
        return Pages(document, pdf, tuple(self.pages.pictures(pdf, folder)), pages)

    def write(self, briefs: Sequence[Brief], order: Order, aside: Path, to: Path, ticket: Ticket) -> Written:
        """Write a brief in each language: into one Word file, or into a folder, with PDFs and what goes along."""
        if is_one_file(to):
            self.writer.write(briefs[0], order, aside, ticket)
            with_pages = aside.with_suffix(".pdf")
            try:
                self._check(briefs[0], aside, with_pages, ticket)
            finally:
                with_pages.unlink(missing_ok=True)
            return _sealed_file(aside, to, order)
        aside.mkdir()
        for brief in briefs:
            document = aside / f"{_name(replace(brief, title=briefs[0].title))}.docx"
            self.writer.write(brief, order, document, ticket)
            self._check(brief, document, document.with_suffix(".pdf"), ticket)
            if brief.form is Form.ONE_PAGER and self.write_log is not None:
                self.write_log(brief, order, aside / f"meeting-log.{brief.language}.docx")
        return _sealed_folder(aside, order)

    def _check(self, brief: Brief, document: Path, pdf: Path, ticket: Ticket) -> None:
        """Refuse a brief that is longer than its form, or that not everybody can read."""
        ticket.check()
        rules = FORMS[brief.form]
        words = self.proofreader.words(document)
        if rules.most_words and words > rules.most_words and brief.form in _COUNTED:
            raise Refused(say("It has {words} words, everything counted: {over} more than the {most} allowed.",
                              words=words, over=words - rules.most_words, most=rules.most_words),
                          hint=say("Shorten your own words, or take a quote out."))
        theirs = THEIR_OWN if brief.letterhead else ()
        faults = [one for one in self.proofreader.faults(document)
                  if one.weight is Weight.STOP and not one.place.startswith(theirs)]
        if faults:
            raise Refused(faults[0].message, hint=faults[0].hint)
        if self.pages.why_not() is not None:
            return
        pages = self.pages.pdf(document, pdf, ticket)
        if rules.most_pages and pages > rules.most_pages:
            raise Refused(_too_long(pages, rules.most_pages), hint=_what_to_cut(brief, words))


_COUNTED = frozenset({Form.TWO_PAGE, Form.SUBMISSION})
"""Forms whose readers count the words."""


def _too_long(pages: int, most: int) -> Sentence:
    if most == 1:
        return say("It fills {pages} pages, and a one-pager has one.", pages=pages)
    return say("It fills {pages} pages: {over} more than the {most} allowed.", pages=pages, over=pages - most,
               most=most)


def _what_to_cut(brief: Brief, words: int) -> Sentence:
    if brief.form is Form.ONE_PAGER:
        return say("It has {words} words and a page holds about 400: take a quote out, or shorten your own text.",
                   words=words)
    longest = max(brief.sections, key=lambda key: len(brief.sections[key].split()), default="")
    if longest not in SECTIONS:
        return say("Take a quote out.")
    return say("Take a quote out, or shorten your longest part, {section}.", section=SECTIONS[longest])


@dataclass(frozen=True, slots=True)
class KitMaking:
    """Writes kits as a folder, a zip to share or a bag to keep."""

    writer: KitWriter
    bundler: Bundler
    painter: CardPainter

    def preview(self, kit: Kit, order: Order, folder: Path, media_of: Callable[[Recording], Path],
                ticket: Ticket) -> Pages:
        """Draw the cards of a kit."""
        return Pages(folder, pictures=tuple(self.painter.paint(kit, order, folder, media_of, ticket)))

    def write(self, kit: Kit, order: Order, aside: Path, to: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket, form: str) -> Written:
        """Write a kit, and pack it where that was asked for."""
        if form == FOLDER:
            return self.writer.write(kit, order, aside, media_of, ticket)
        room = aside.with_name(f".{to.stem}.packing")
        shutil.rmtree(room, ignore_errors=True)
        try:
            room.mkdir()
            seal, files = self.writer.write(kit, order, room / "kit", media_of, ticket)
            if form == BAG:
                self.bundler.bag(room / "kit", aside, order.made_at, kit.organization, order.code, ticket)
                return seal, tuple(replace(one, path=f"data/{one.path}") for one in files)
            self.bundler.zip(room / "kit", room / to.name, ticket)
            (room / to.name).replace(aside)
            return seal, (*files, ExportedFile(to.name, sha256_of(aside), _codes(order)))
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _name(brief: Brief) -> str:
    return f"{slug(brief.title, 40)}_{brief.form}.{brief.language}"


def _codes(order: Order) -> tuple[str, ...]:
    return tuple(passage.cleared.quote.code for passage in order.passages)


def _sealed_file(aside: Path, to: Path, order: Order) -> Written:
    seal = sha256_of(aside)
    return seal, (ExportedFile(to.name, seal, _codes(order)),)


def _sealed_folder(folder: Path, order: Order) -> Written:
    files = tuple(ExportedFile(file.name, sha256_of(file), () if file.name.startswith("meeting-log") else _codes(order))
                  for file in sorted(folder.iterdir()))
    listed = "".join(f"{one.sha256}  {one.path}\n" for one in files)
    return hashlib.sha256(listed.encode()).hexdigest(), files
