"""Checking: what a letterhead or a theme is good for, said in plain words to the person who brings it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from rapidfuzz import process

from exports.cards import theme
from exports.looks import fields
from exports.looks.guards import admit
from exports.looks.lending import missing_styles
from exports.looks.marker import MARKER, Found, markers
from exports.looks.papers import facts_of, paper_remarks
from exports.looks.sample import write_sample
from exports.looks.trying import try_card
from exports.pages.accessible import remarks_on
from exports.pages.opened import Opened, opened, unreadable
from storybank.domain.remark import THEIR_OWN, LookReport, Remark, Weight
from storybank.errors import StorybankError
from storybank.ports import PageMaker
from storybank.words import Sentence, say

_ALIKE = 60
"""How alike two names must be, of 100, for one to be taken for the other misspelt."""


class LookFormats:
    """Checks letterheads and themes, and shows them with something made-up (`ports.LookFiles`)."""

    def __init__(self, pages: PageMaker) -> None:
        self._pages = pages

    def check_letterhead(self, untrusted_file: Path) -> LookReport:
        """Return what a letterhead holds and what is wrong with it; it is written on once, to see that it works."""
        try:
            admit(untrusted_file)
            return _looked_at(untrusted_file, opened(untrusted_file))
        except StorybankError as error:
            return LookReport(untrusted_file.stem, remarks=(_refusal(error),))
        except (AttributeError, LookupError, TypeError, ValueError):  # how python-docx meets parts of another shape
            return LookReport(untrusted_file.stem, remarks=(_refusal(unreadable(untrusted_file)),))

    def check_theme(self, untrusted_file: Path) -> LookReport:
        """Return what a theme holds and what is wrong with it."""
        return LookReport(untrusted_file.stem, remarks=theme.remarks_on(untrusted_file))

    def companions(self, theme_file: Path) -> tuple[Path, ...]:
        """Return the files beside a theme that it needs: its logo and its typefaces."""
        return theme.files_of(theme_file)

    def sample(self, letterhead: Path, to: Path, language: str) -> None:
        """Write a short made-up brief on a letterhead, to be looked at."""
        write_sample(letterhead, to, language)

    def sample_card(self, theme: Path, to: Path, language: str) -> None:
        """Write a made-up quote card in a theme as PNG, to be looked at."""
        try_card(theme, to, language)


def _looked_at(file: Path, word: Opened) -> LookReport:
    """Return what a letterhead that may be opened is good for."""
    found, broken = fields.fields_in(file)
    spots = [spot for _, part in word.telling() for spot in markers(part)]
    remarks = [*_about_marker(word, spots), *_about_fields(found, broken), *paper_remarks(word)]
    named = tuple(dict.fromkeys(one.name for one in found if one.is_known))
    if not any(one.weight is Weight.STOP for one in remarks):
        remarks += _tried(file, "fr" if facts_of(word).get("language", "")[:2] == "fr" else "en")
    level = (2 if any(one.is_known and one.name != fields.BODY for one in found) else 1) if spots else 0
    lent = missing_styles(docx.Document(str(file)))
    facts = {**facts_of(word), "styles_lent": ", ".join(lent)}
    return LookReport(file.stem, level, named, _once(remarks), facts)


def _refusal(error: StorybankError) -> Remark:
    message = error.message if isinstance(error.message, Sentence) else Sentence(error.message)
    return Remark(Weight.STOP, message, error.hint)


def _about_marker(word: Opened, spots: list[Found]) -> Iterator[Remark]:
    if not spots:
        yield Remark(Weight.STOP, say("Nothing says where the brief is to stand."),
                     say("Type {marker} on a line of its own where it is to begin.", marker=MARKER), "marker")
        return
    body = {id(one.paragraph) for one in markers(word.body)}
    for spot in spots:
        if id(spot.paragraph) not in body:
            yield Remark(Weight.STOP, say("{marker} stands in a header, a footer or a note.", marker=MARKER),
                         say("Put it on a line of its own in the body of the page."), "marker")
        elif spot.within:
            yield Remark(Weight.STOP, _within(spot), say("Put it on a line of its own in the body of the page."),
                         "marker")
        elif not spot.alone:
            yield Remark(Weight.STOP, say("{marker} shares its line with other words.", marker=MARKER),
                         say("Press Enter before and after it, so that it stands alone."), "marker")
    if len(spots) > 1:
        yield Remark(Weight.STOP, say("There are {n} places for the brief.", n=len(spots)),
                     say("Leave one {marker} and remove the others.", marker=MARKER), "marker")


def _within(spot: Found) -> Sentence:
    told = {"table": say("{marker} stands in a table.", marker=MARKER),
            "text box": say("{marker} stands in a text box.", marker=MARKER)}
    return told.get(spot.within, say("{marker} stands in a content control.", marker=MARKER))


def _about_fields(found: list[fields.Field], broken: list[str]) -> Iterator[Remark]:
    for text in broken:
        yield Remark(Weight.STOP, say("Braces are not closed: “{text}”", text=text),
                     say("Write each field in one piece, as {example}.", example="{{ brief.title }}"), "fields")
    for one in found:
        if one.is_known:
            continue
        if not one.name:
            yield Remark(Weight.STOP, say("“{field}” is no plain field: Storybank fills in words, it runs nothing.",
                                          field=one.typed),
                         say("Use only the fields of the list, as {example}.", example="{{ brief.title }}"), one.typed)
            continue
        near = process.extractOne(one.name, [*fields.KNOWN, fields.BODY], score_cutoff=_ALIKE)
        hint = say("Did you mean {field}?", field="{{ " + near[0] + " }}") if near else say(
            "These are known: {fields}.", fields=", ".join(fields.KNOWN))
        yield Remark(Weight.STOP, say("There is no field “{field}”.", field=one.name[:60]), hint, one.name[:60])
    asked = {one.name for one in found} - {fields.BODY}
    if asked and "brief.title" not in asked and "brief.code" not in asked:
        yield Remark(Weight.NOTE, say("Neither the title nor the code of a brief is among its fields."),
                     say("The brief itself says both."), "fields")


def _tried(file: Path, language: str) -> Iterator[Remark]:
    """Write on a letterhead, and look at the result as at anything that leaves the house.

    How pale its headings are, and what tables it has, is said and does not stop it: that is the organisation's own.
    """
    try:
        with TemporaryDirectory(prefix="storybank-look-") as aside:
            sample = Path(aside) / "sample.docx"
            write_sample(file, sample, language)
            for remark in remarks_on(sample):
                yield replace(remark, weight=Weight.WARN) if remark.place.startswith(THEIR_OWN) else remark
    except StorybankError as error:
        yield _refusal(error)


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    """Return remarks without those that say the same, what weighs most first."""
    order = list(Weight)
    kept = {(str(one.message), one.place): one for one in remarks}
    return tuple(sorted(kept.values(), key=lambda one: order.index(one.weight)))
