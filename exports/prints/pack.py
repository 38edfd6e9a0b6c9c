"""Print: the part of a kit for paper: cards for a printer, and a handout for a table or a meeting."""

from __future__ import annotations

from exports.kits.assets import folder_name
from exports.kits.packing import Packing
from exports.obligations import conditions, listed_codes
from exports.prints.handout import quotes_for, write_document, write_pages
from exports.prints.sheets import printed_theme, write_cards
from exports.typography import tidy
from storybank.domain.draft import Part
from storybank.words import Words, say

FOLDER = "08_print"


def pack(packing: Packing) -> None:
    """Fill the folder; where nothing may be printed, a page says so."""
    passages = packing.parcel.ordered(packing.passages_for(Part.PRINT))
    theme = printed_theme(packing.theme)
    for number, passage in enumerate(passages):
        packing.report(number / (len(passages) + 1), say("Pages of {code}", code=passage.cleared.quote.code))
        name = folder_name(passage)
        for language in packing.parcel.languages:
            to = packing.room(FOLDER, "cards") / f"{packing.parcel.series}_{name}_{language}_print.pdf"
            write_cards(packing.parcel, passage, language, to, face=packing.face(passage), theme=theme)
            packing.keep(to, [passage], language)
    for language in packing.parcel.languages:
        packing.ticket.check()
        _papers(packing, language)


def _papers(packing: Packing, language: str) -> None:
    into, words = packing.room(FOLDER), Words(language)
    ordered = packing.parcel.ordered(packing.passages_for(Part.PRINT))
    passages = quotes_for(packing.parcel, ordered, language)
    if not passages:
        nothing = words("Nobody in this kit agreed to be printed, so there is nothing to print.")
        packing.write(into / f"nothing-to-print.{language}.txt", tidy(nothing, language) + "\n", (), language)
        return
    write_document(packing, passages, language, into / f"handout.{language}.docx")
    pages = into / f"handout.{language}.pdf"
    write_pages(packing.parcel, passages, language, pages)
    packing.keep(pages, passages, language)
    asked = [f"{listed_codes(one.quotes)}: {one.text}" for one in conditions(ordered)]
    told = _told(words) + ("\n" + "\n".join([words("CONDITIONS"), *asked]) + "\n" if asked else "")
    packing.write(into / f"for-the-printer.{language}.txt", told, ordered if asked else (), language)


def _told(words: Words) -> str:
    """Return what a printer must know, and what these pages are not."""
    lines = [
        words("FOR THE PRINTER"),
        words("Each file of cards has two pages: a postcard (A6, 105 × 148 mm) and a poster (Letter, 216 × 279 mm)."),
        words("Every page has 3 mm of bleed and crop marks; TrimBox and BleedBox are set. Pictures are at 300 dpi."),
        words("All letters are real letters in embedded fonts. Colours are RGB (sRGB), not CMYK: convert them as usual"
              " for your press."),
        words("Do not cut off, cover or change the credit, the number or the words “Used with permission”."),
        "",
        words("FOR READERS"),
        words("The PDF pages are for paper and are not tagged for screen readers (no PDF/UA). The Word file of the"
              " handout says the same and is made for everybody: send that one by e-mail."),
    ]
    return "\n".join(tidy(line, words.language) for line in lines) + "\n"
