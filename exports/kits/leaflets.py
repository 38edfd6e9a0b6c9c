"""Leaflets: the plain texts of a kit: what it is, its terms of use, and how to stop using it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exports.kits import contents
from exports.kits.assets import Asset, Parcel
from exports.obligations import conditions, labels, listed_codes, plainly
from exports.typography import clean, marks, tidy
from storybank.words import LANGUAGES, Words

_RULE = "=" * 72


def write_readme(parcel: Parcel, folders: Sequence[str], to: Path) -> None:
    """Write what this is, until when it may be used, how to credit and how to stop; both languages in one file."""
    _write(to, [_readme(parcel, folders, language) for language in LANGUAGES])


def write_terms(parcel: Parcel, language: str, to: Path) -> None:
    """Write the terms of use, plainly."""
    _write(to, [_terms(parcel, language)])


def write_withdrawal(parcel: Parcel, assets: Sequence[Asset], language: str, to: Path) -> None:
    """Write what to do when somebody takes their consent back, and which files are to be taken down for whom."""
    _write(to, [_withdrawal(parcel, assets, language)])


def _write(to: Path, pages: list[list[str]]) -> None:
    to.write_text(f"\n\n{_RULE}\n\n".join("\n".join(page) for page in pages) + "\n", encoding="utf-8", newline="\n")


def _readme(parcel: Parcel, folders: Sequence[str], language: str) -> list[str]:
    words = Words(language)
    missing = contents.missing(parcel, language)
    page = [
        clean(parcel.kit.titled(language)),
        contents.made_by(parcel, words),
        *([contents.made_for(parcel, words)] if parcel.order.recipient else []),
        "",
        contents.voices(parcel, words),
        *([words("Open README.html, or 07_gallery/index.html to see everything at a glance.")]),
        "",
        words("WHAT IS INSIDE"),
        *(f"{folder:16} {what}" for folder, what in contents.inside(folders, words)),
        *(["", words("WHAT IS NOT INSIDE"), *missing] if missing else []),
        "",
        words("UNTIL WHEN"),
        contents.until(parcel, words),
        "",
        words("HOW TO CREDIT"),
        words("Keep the line beside each quote as it is. Do not add a name, a place or a picture to it. For example:"),
        parcel.credit_line(parcel.in_order[0], language),
        "",
        words("HOW TO STOP"),
        contents.stopping(words),
        words("Write to us too when you see a use that should not be: {contact}", contact=parcel.kit.contact or "—"),
    ]
    return [_set(line, language) for line in page]


def _terms(parcel: Parcel, language: str) -> list[str]:
    words = Words(language)
    page = [words("Terms of use"), "", *contents.terms(parcel, words),
            words("Kit {code} · © {year} {organization}", code=parcel.order.code, year=parcel.year,
                  organization=clean(parcel.kit.signed(language)))]
    return [*(_set(line, language) for line in page), *_conditions(parcel, language), *_labels(parcel, language)]


def _withdrawal(parcel: Parcel, assets: Sequence[Asset], language: str) -> list[str]:
    words = Words(language)
    steps = [
        words("1. Take down every file that is listed below under the quote's number, wherever you put it."),
        words("2. Delete your own copies, and ask those to whom you passed them on to do the same."),
        words("3. Ask search engines to forget the page, where it was public. What others copied may still be found."),
        words("4. Write to us when it is done: {contact}", contact=clean(parcel.kit.contact) or "—"),
    ]
    page = [
        words("How to stop using a quote"), "",
        words("Everybody in this kit may take their consent back at any time, without a reason. We then send you a"
              " stop-use notice that names the quote by its number, such as {code}, never the person.",
              code=parcel.passages[0].cleared.quote.code),
        words("Please do this within five working days of the notice:"), "", *steps, "",
        words("FILES BY QUOTE"),
    ]
    return [*(_set(line, language) for line in page), *_files(parcel, assets)]


def _files(parcel: Parcel, assets: Sequence[Asset]) -> Iterator[str]:
    for passage in parcel.passages:
        code = passage.cleared.quote.code
        yield ""
        yield code
        yield from sorted(f"  {asset.path}" for asset in assets if code in asset.quotes)


def _set(line: str, language: str) -> str:
    return tidy(line, language) if line and not line[0].isdigit() and not line.startswith("_") else line


def _conditions(parcel: Parcel, language: str) -> list[str]:
    """Return what people asked for in return, in their own words, by quote."""
    words, (opening, closing) = Words(language), marks(language)
    kept = [f"{listed_codes(one.quotes)}: {opening}{one.text}{closing}" for one in conditions(parcel.cleared_for_parts)]
    lead = words("These conditions go with the quotes wherever they are used; they are in the persons' own words.")
    return ["", words("CONDITIONS"), tidy(lead, language), *kept] if kept else []


def _labels(parcel: Parcel, language: str) -> list[str]:
    """Return the labels and notices of the communities, exactly as they were written, by quote."""
    words = Words(language)
    kept = [line for one in labels(parcel.passages)
            for line in ("", f"{listed_codes(one.quotes)}:", *plainly(one.label).split("\n"))]
    lead = words("Keep these beside the quotes as their communities wrote them; do not translate or shorten them.")
    return ["", words("COMMUNITY LABELS AND NOTICES"), tidy(lead, language), *kept] if kept else []

