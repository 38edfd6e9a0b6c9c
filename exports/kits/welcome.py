"""Welcome: README.html, the page of a kit that people open first, English and French on one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from exports.kits import contents, gallery
from exports.kits.assets import Parcel
from exports.kits.prose import blocks, pointing
from exports.typography import clean, tidy
from exports.web.elements import esc, heading, link, listed, paragraphs, spoken_in
from exports.web.page import document
from storybank.words import LANGUAGES, Words

_NAMES = {"en": "English", "fr": "Français"}


def page(parcel: Parcel, folders: Sequence[str]) -> str:
    """Return the page: what, who, until when, how to credit, how to stop."""
    first = parcel.languages[0]
    order = [first, *(language for language in LANGUAGES if language != first)]
    title = clean(parcel.kit.titled(first))
    jump = " ".join(link(f"#{language}", _NAMES[language], "other") for language in order)
    body = heading(1, title) + "".join(_part(parcel, folders, language, first) for language in order)
    return document(title, first, body, style=gallery.style(), header=f"<nav>{jump}</nav>")


def _part(parcel: Parcel, folders: Sequence[str], language: str, around: str) -> str:
    words = Words(language)

    def set_in(text: str) -> str:
        return tidy(text, language)

    facts = [contents.made_by(parcel, words),
             *([contents.made_for(parcel, words)] if parcel.order.recipient else []), contents.voices(parcel, words)]
    inside = "".join(f"<dt>{_named(folder)}</dt><dd>{esc(set_in(what))}</dd>\n"
                     for folder, what in contents.inside(folders, words))
    missing = contents.missing(parcel, language)
    stop = [contents.stopping(words), words("Write to us too when you see a use that should not be: {contact}",
                                            contact=clean(parcel.kit.contact) or "—")]
    credit = words("Keep the line beside each quote as it is. Do not add a name, a place or a picture to it."
                   " For example:")
    return "".join([
        f'<section id="{language}"{spoken_in(language, around)}>\n', heading(2, _heading(parcel, language)),
        paragraphs(map(set_in, facts)), _purpose(parcel, language),
        heading(3, words("What is inside")), f"<dl>{inside}</dl>\n",
        heading(3, words("What is not inside")) + listed(esc(set_in(line)) for line in missing) if missing else "",
        heading(3, words("Until when")), paragraphs([set_in(contents.until(parcel, words))]),
        heading(3, words("How to credit")), paragraphs([set_in(credit)]),
        f'<div class="bound-box">{paragraphs([parcel.credit_line(parcel.in_order[0], language)])}</div>\n',
        heading(3, words("Terms of use")), paragraphs(map(set_in, contents.terms(parcel, words)[1:-1])),
        heading(3, words("How to stop")), paragraphs(map(set_in, stop)), "</section>\n",
    ])  # fmt: skip


def _heading(parcel: Parcel, language: str) -> str:
    words, title = Words(language), clean(parcel.kit.titles.said(language))
    return tidy(words("Start here: {title}", title=title), language) if title else words("Start here")


def _purpose(parcel: Parcel, language: str) -> str:
    """Return what the author says the campaign is for."""
    codes = {passage.cleared.quote.code for passage in parcel.passages}
    inside = ""
    for is_item, group in groupby(blocks(parcel.section("purpose", language)), lambda block: block.is_item):
        said = [tidy(pointing(block.text, codes), language) for block in group]
        inside += f"<ul>{''.join(f'<li>{esc(text)}</li>' for text in said)}</ul>\n" if is_item else paragraphs(said)
    return f'<div class="prose">{inside}</div>\n' if inside else ""


def _named(folder: str) -> str:
    """Return a folder's name, as a way to it where it has a page of its own."""
    return link(f"{folder}/index.html", folder) if folder == gallery.FOLDER else f"<code>{esc(folder)}</code>"
