"""Leaflets: the pages of a kit that people read first, English and French in one file."""

from __future__ import annotations

from pathlib import Path

from exports.kits.assets import Parcel
from exports.obligations import conditions, labels, listed_codes, plainly
from exports.typography import clean, day, marks, tidy
from storybank.words import LANGUAGES, Words

_RULE = "=" * 72


def write_readme(parcel: Parcel, to: Path) -> None:
    """Write what this is, until when it may be used, how to credit and how to stop."""
    _write(to, [_readme(parcel, language) for language in LANGUAGES])


def write_terms(parcel: Parcel, to: Path) -> None:
    """Write the terms of use, plainly."""
    _write(to, [_terms(parcel, language) for language in LANGUAGES])


def _write(to: Path, pages: list[list[str]]) -> None:
    to.write_text(f"\n\n{_RULE}\n\n".join("\n".join(page) for page in pages) + "\n", encoding="utf-8", newline="\n")


def _readme(parcel: Parcel, language: str) -> list[str]:
    words, kit, passages = Words(language), parcel.kit, parcel.passages
    inside = {
        "02_posts": words("Ready posts for each platform, with alt text and credit"),
        "03_quote-cards": words("Quote cards in three sizes, with their alt text"),
        "04_clips": words("Clips with captions burned in, the same without (clean), and the captions as files"),
        "_rights": words("Credits, terms of use, and what each file rests on"),
        "_manifest": words("Checksums: check them with sha256sum -c _manifest/manifest-sha256.txt in this folder"),
    }
    page = [
        clean(kit.title),
        words("A campaign kit of {organization}, number {code}, made on {day}", organization=kit.organization,
              code=parcel.order.code, day=day(parcel.order.made_at, language)),
        *([words("Made for {recipient}", recipient=clean(parcel.order.recipient))] if parcel.order.recipient else []),
        "",
        words.many("{n} quote from a person who agreed to this use.", "{n} quotes from people who agreed to this use.",
                   len(passages)),
        "",
        words("WHAT IS INSIDE"),
        *(f"{folder:16} {what}" for folder, what in inside.items()),
        "",
        words("UNTIL WHEN"),
        _until(parcel, words),
        "",
        words("HOW TO CREDIT"),
        words("Keep the line beside each quote as it is. Do not add a name, a place or a picture to it. For example:"),
        parcel.credit_line(passages[0], language),
        "",
        words("HOW TO STOP"),
        words("A person may take their consent back at any time. We then write to you; please take the files down"
              " within five working days, and delete your copies."),
        words("Write to us too when you see a use that should not be: {contact}", contact=kit.contact or "—"),
    ]
    return [tidy(line, language) if line else "" for line in page]


def _terms(parcel: Parcel, language: str) -> list[str]:
    words = Words(language)
    page = [
        words("Terms of use"),
        "",
        _until(parcel, words),
        words("You may use what is in this kit as it is, with its credit line, for: {uses}.",
              uses=", ".join(use.label(language) for use in parcel.order.uses)),
        words("Do not change a quote, and do not crop the credit off a picture."),
        words("Do not use it in paid advertising, for or against a party or a candidate, or to train software."),
        words("Do not try to find out who an unnamed person is."),
        words("Stop within five working days when we write that consent was taken back."),
        words("Contact: {contact}", contact=parcel.kit.contact or "—"),
        words("Kit {code} · © {year} {organization}", code=parcel.order.code, year=parcel.year,
              organization=parcel.kit.organization),
    ]
    return [*(tidy(line, language) if line else "" for line in page), *_conditions(parcel, language),
            *_labels(parcel, language)]


def _conditions(parcel: Parcel, language: str) -> list[str]:
    """Return what people asked for in return, in their own words, by quote."""
    words, (opening, closing) = Words(language), marks(language)
    kept = [f"{listed_codes(one.quotes)}: {opening}{one.text}{closing}" for one in conditions(parcel.passages)]
    lead = words("These conditions go with the quotes wherever they are used; they are in the persons' own words.")
    return ["", words("CONDITIONS"), tidy(lead, language), *kept] if kept else []


def _labels(parcel: Parcel, language: str) -> list[str]:
    """Return the labels and notices of the communities, exactly as they were written, by quote."""
    words = Words(language)
    kept = [line for one in labels(parcel.passages)
            for line in ("", f"{listed_codes(one.quotes)}:", *plainly(one.label).split("\n"))]
    lead = words("Keep these beside the quotes as their communities wrote them; do not translate or shorten them.")
    return ["", words("COMMUNITY LABELS AND NOTICES"), tidy(lead, language), *kept] if kept else []


def _until(parcel: Parcel, words: Words) -> str:
    if parcel.use_until is None:
        return words("Everything here may be used until we write that it may not.")
    return words("Everything here may be used up to and including {day}; some files longer, see _rights.",
                 day=day(parcel.use_until, words.language))
