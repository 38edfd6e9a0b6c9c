"""Accessible: what would keep somebody from reading a finished Word file or deck, found before it leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from exports.pages.legible import legibility
from exports.pages.opened import Opened, W, at, is_on, opened, text_of, value
from exports.pages.slides import remarks_on_slides
from storybank.domain.remark import Remark, Weight
from storybank.errors import StorybankError
from storybank.words import Sentence, say

_PROPS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_VAGUE = frozenset({
    "here", "click here", "link", "this link", "this", "more", "read more", "learn more", "see more", "website",
    "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "suite", "lire la suite", "en savoir plus", "plus",
    "voir plus", "site web",
})  # fmt: skip
_BARE = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_PRINTED = ("small", "source", "footnote", "endnote", "bibliography", "reference")
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "sectPrChange")
_FORMS = ("ffData", "dropDownList", "comboBox")
_TYPED_BULLET = re.compile(r"\s*[•‣▪◦·●–—*-]\s")


def remarks_on(file: Path) -> tuple[Remark, ...]:
    """Return what is to be mended in a Word file or a deck; what weighs `stop` must not leave."""
    try:
        if file.suffix.lower() == ".pptx":
            return remarks_on_slides(file)
        word = opened(file)
        if "word/document.xml" not in word.parts or "word/styles.xml" not in word.parts:
            return (_stop(say("{file} is no whole Word file.", file=file.name), say("Make it again.")),)
    except StorybankError as error:
        return (Remark(Weight.STOP, say("{file} cannot be opened.", file=file.name), error.hint),)
    return tuple(remark for rule in _RULES for remark in rule(word))


def _stop(message: Sentence, hint: Sentence, place: str = "") -> Remark:
    return Remark(Weight.STOP, message, hint, place)


def _warn(message: Sentence, hint: Sentence, place: str = "") -> Remark:
    return Remark(Weight.WARN, message, hint, place)


def _card(word: Opened) -> Iterator[Remark]:
    """A title, a language, and the code on the page for those who do not hear footers."""
    if not word.core("title"):
        yield _stop(say("The document has no title of its own."), say("Give it a title in its properties."), "title")
    code = word.core("identifier")
    if code and code not in " ".join(text_of(word.body).split()):
        yield _warn(say("Its code {code} stands in its properties only.", code=code),
                    say("Print it in the body as well: screen readers skip headers and footers."), "identifier")


def _languages(word: Opened) -> Iterator[Remark]:
    sheet = word.parts["word/styles.xml"]
    told = [mark.get(f"{W}val", "") for where in word.defaults() if (mark := where.find(f".//{W}lang")) is not None]
    if not any(told):
        yield _stop(say("The document does not say in which language it is written."),
                    say("Set the language of its default style."), "language")
    parts = (sheet, *(part for _, part in word.telling()))
    said = {mark.get(f"{W}val", "") for part in parts for mark in part.iter(f"{W}lang")}
    for wrong in sorted(code for code in said if code and not _LANGUAGE.fullmatch(code)):
        yield _stop(say("“{language}” is no language that a screen reader knows.", language=wrong),
                    say("Use a code such as en-CA or fr-CA."), "language")


def _headings(word: Opened) -> Iterator[Remark]:
    found = [(word.level_of(one), text_of(one).strip()) for one in word.body.iter(f"{W}p") if word.level_of(one)]
    first = [text for level, text in found if level == 1]
    if len(first) != 1:
        yield _stop(say("There must be one heading of the first level, the title; there are {n}.", n=len(first)),
                    say("Set the title in Heading 1 and everything else below it."), "headings")
    elif word.core("title") and _alike(first[0]) != _alike(word.core("title")):
        yield _warn(say("The heading “{heading}” is not the title in the properties.", heading=first[0][:60]),
                    say("Let both say the same."), "title")
    before = 0
    for level, text in found:
        if not text:
            yield _stop(say("A heading is empty."), say("Write something in it, or remove it."), "headings")
        if level > before + 1 and before:
            yield _stop(say("“{heading}” is a heading of level {level} right under one of level {before}.",
                            heading=text[:60], level=level, before=before),
                        say("Do not skip a level of headings."), "headings")
        before = level
    for one in word.body.iter(f"{W}p"):
        if word.name_of(word.style_of(one)).lower() == "title" and text_of(one).strip():
            yield _warn(say("The style “Title” is no heading for a screen reader."), say("Use Heading 1."), "headings")


def _alike(text: str) -> str:
    return " ".join(text.split()).casefold()[:250]


def _pictures(word: Opened) -> Iterator[Remark]:
    for name, part in word.telling():
        for picture in part.iter(_PROPS):
            if not picture.get("descr", "").strip() and not _is_decorative(picture):
                in_body = name == "word/document.xml"
                yield (_stop if in_body else _warn)(
                    say("A picture has no alternative text: {name}.", name=picture.get("name", "")[:60]),
                    say("Say in a sentence what it shows."), "pictures")
    if next(word.body.iter(_ANCHOR), None) is not None or next(word.body.iter(f"{W}txbxContent"), None) is not None:
        yield _warn(say("Something floats over the page: a picture or a text box."),
                    say("Set it in line with the text, or screen readers may pass over it."), "pictures")


def _is_decorative(picture: etree._Element) -> bool:
    return any(etree.QName(mark).localname == "decorative" and mark.get("val") == "1" for mark in picture.iter()
               if isinstance(mark.tag, str))


def _tables(word: Opened) -> Iterator[Remark]:
    for number, table in enumerate(word.body.iter(f"{W}tbl"), 1):
        place = f"tables.{number}"
        rows = table.findall(f"{W}tr")
        is_layout = len(rows) < 2 or max((len(row.findall(f"{W}tc")) for row in rows), default=0) < 2
        if is_layout:
            yield _warn(say("Table {n} only arranges things on the page.", n=number),
                        say("Use paragraphs: a table is read out cell by cell."), place)
        elif not is_on(at(rows[0], "trPr/tblHeader")):
            yield _stop(say("Table {n} has no header row.", n=number), say("Mark its first row as a header."), place)
        if any(value(cell, "tcPr/gridSpan") not in ("", "1") or at(cell, "tcPr/vMerge") is not None
               for cell in table.iter(f"{W}tc")):
            yield _warn(say("Table {n} has merged cells.", n=number), say("Give every cell its own place."), place)
        if next((inner for inner in table.iter(f"{W}tbl") if inner is not table), None) is not None:
            yield _warn(say("Table {n} has a table inside.", n=number), say("Set them one after the other."), place)


def _links(word: Opened) -> Iterator[Remark]:
    marks = {mark.get(f"{W}name", "") for _, part in word.telling() for mark in part.iter(f"{W}bookmarkStart")}
    for name, part in word.telling():
        for link in part.iter(f"{W}hyperlink"):
            text = " ".join(text_of(link).split())
            if text.casefold().strip(" .…»«“”>→") in _VAGUE or not text:
                yield _warn(say("A link says “{text}”, which does not tell where it leads.", text=text),
                            say("Let the link's words name what is behind it."), "links")
            elif _BARE.fullmatch(text) and not _is_printed(word, name, link):
                yield _warn(say("A link is a bare address: {address}", address=text[:80]),
                            say("Let the link's words name what is behind it."), "links")
            anchor = link.get(f"{W}anchor", "")
            if anchor and anchor not in marks:
                yield _stop(say("The link “{text}” leads nowhere in this document.", text=text[:60]),
                            say("Make the document again."), "links")


def _is_printed(word: Opened, part: str, link: etree._Element) -> bool:
    """Tell whether an address stands among sources, where readers on paper need it."""
    above = next(link.iterancestors(f"{W}p"), None)
    style = "" if above is None else word.name_of(word.style_of(above)).lower()
    return "notes" in part or any(kind in style for kind in _PRINTED)


def _leftovers(word: Opened) -> Iterator[Remark]:
    """What belongs to the writing of a document, not to the document."""
    for name, part in word.telling():
        if any(next(part.iter(f"{W}{change}"), None) is not None for change in _CHANGES):
            yield _stop(say("Tracked changes are left in it."),
                        say("Accept or reject them in Word, under Review."), name)
        if any(next(part.iter(f"{W}{mark}"), None) is not None for mark in ("commentRangeStart", "commentReference")):
            yield _stop(say("Comments are left in it."), say("Delete them in Word, under Review."), name)
        if next(part.iter(f"{W}highlight"), None) is not None:
            yield _warn(say("Words are marked with a highlighter."), say("Use bold, or a style."), name)
        if any(next(part.iter(f"{W}{mark}"), None) is not None for mark in _FORMS):
            yield _warn(say("It holds a form to fill in."), say("Put plain words there."), name)


def _fields(word: Opened) -> Iterator[Remark]:
    for _name, part in word.telling():
        depth = worst = 0
        for mark in part.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            worst = min(worst, depth)
        if depth or worst:
            yield _stop(say("A field, such as a page number, is not closed: Word may refuse the document."),
                        say("Make the document again."), "fields")


def _paragraphs(word: Opened) -> Iterator[Remark]:
    alone = [one for one in word.body.findall(f"{W}p") if _is_empty(one)]
    if alone and alone[-1].getnext() is not None and alone[-1].getnext().tag == f"{W}sectPr":
        alone = alone[:-1]
    if alone:
        yield _warn(say("Empty paragraphs make room between others: {n}.", n=len(alone)),
                    say("Use the spacing of styles; a screen reader says “blank” at each."), "paragraphs")
    typed = [one for one in word.body.iter(f"{W}p")
             if _TYPED_BULLET.match(text_of(one)[:4]) and not _is_listed(word, one)]
    if len(typed) > 1:
        yield _warn(say("A list is typed by hand: “{text}”", text=text_of(typed[0])[:50]),
                    say("Use the style List Bullet."), "paragraphs")


def _is_empty(paragraph: etree._Element) -> bool:
    kept = ("drawing", "pict", "object", "br", "fldChar", "sectPr", "lastRenderedPageBreak", "sdt", "fldSimple")
    return not text_of(paragraph).strip() and not any(
        next(paragraph.iter(f"{W}{kind}"), None) is not None for kind in kept)


def _is_listed(word: Opened, paragraph: etree._Element) -> bool:
    return word.said(paragraph, "pPr/numPr") is not None or "attribution" in word.style_of(paragraph).lower()


_RULES: tuple[Callable[[Opened], Iterator[Remark]], ...] = (
    _card, _languages, _headings, _pictures, _tables, _links, _leftovers, _fields, _paragraphs, legibility,
)  # fmt: skip
