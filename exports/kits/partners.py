"""Partners: words for a newsletter and an e-mail, and quotes to set into a website."""

from __future__ import annotations

from exports.kits.assets import quotation
from exports.kits.packing import Packing
from exports.kits.prose import Block, blocks, pointing
from exports.obligations import conditions_of, label_names
from exports.typography import clean, day, tidy
from exports.web.elements import esc, heading, locale_of, paragraphs, spoken_in
from exports.web.page import document, stylesheet
from storybank.domain.export import Passage
from storybank.words import Words

_FOLDER = "06_partners"
_BOX = "textarea{box-sizing:border-box;width:100%;max-width:44rem}\n"


def pack(packing: Packing) -> None:
    """Write what partners send in their own name, where the author wrote it, and what their websites can show."""
    for language in packing.parcel.languages:
        packing.ticket.check()
        for key in ("newsletter", "email"):
            text = packing.parcel.section(key, language)
            if text:
                to = packing.room(_FOLDER) / f"{key}.{language}.txt"
                shown = packing.parcel.may_go_to("newsletter", "partner", "website")[:2]
                packing.write(to, _letter(packing, text, shown, language), shown, language)
    _embed(packing)


def _letter(packing: Packing, text: str, shown: tuple[Passage, ...], language: str) -> str:
    """Return the author's words, the first voices with their credit, the link, and the last day."""
    parcel, words = packing.parcel, Words(language)
    codes = {passage.cleared.quote.code for passage in parcel.passages}
    lines = [tidy(parcel.kit.titled(language), language), ""]
    for block in blocks(text):
        lines += [_line(block, codes, language), *([] if block.is_item else [""])]
    for passage in shown:
        lines += ["", quotation(passage, language)[0], parcel.credit_line(passage, language)]
        lines += [words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
        if names := label_names(passage.cleared):
            lines.append("; ".join(names))
    if parcel.kit.link:
        lines += ["", clean(parcel.kit.link)]
    if parcel.use_until:
        until = words("Please do not send this after {day}.", day=day(parcel.use_until, language))
        lines += ["", tidy(until, language)]
    if parcel.kit.contact:
        lines += ["", tidy(words("Contact: {contact}", contact=clean(parcel.kit.contact)), language)]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _line(block: Block, codes: set[str], language: str) -> str:
    said = tidy(pointing(block.text, codes), language)
    return f"- {said}" if block.is_item else said


def _embed(packing: Packing) -> None:
    """Write a page with a piece of HTML for each quote, and how it looks: no script, nothing fetched, no tracking."""
    parcel, language = packing.parcel, packing.parcel.languages[0]
    shown = parcel.may_go_to("website")
    if not shown:
        return
    words, body = Words(language), []
    for around in parcel.languages:
        said = Words(around)
        inside = [heading(2, said("Quotes for your website"))]
        inside.append(paragraphs([said("Copy the lines in a box into your page. They fetch nothing and follow nobody;"
                                       " the credit stays with the quote.")]))
        for passage in shown:
            code, piece = passage.cleared.quote.code, _piece(packing, passage, around)
            name = said("HTML of {code}", code=code)
            inside.append(f'{heading(3, code)}{piece}<p><label>{esc(name)}<br><textarea readonly rows="6" cols="60">'
                          f"{esc_lines(piece)}</textarea></label></p>\n")
        body.append(f"<section{spoken_in(around, language)}>\n{''.join(inside)}</section>\n")
    title = words("Quotes for your website")
    page = document(f"{title} — {parcel.kit.titled(language)}", language,
                    heading(1, parcel.kit.titled(language)) + "".join(body), style=stylesheet() + _BOX)
    packing.write(packing.room(_FOLDER) / "web-embed.html", page, shown, language)


def _piece(packing: Packing, passage: Passage, around: str) -> str:
    """Return a quote as HTML that stands in any page."""
    said, spoken = quotation(passage, around)
    asked = [Words(around)("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
    besides = "".join(f"<br>{esc(text)}" for text in (*asked, *label_names(passage.cleared)))
    return (
        f'<figure lang="{esc(locale_of(around))}">\n<blockquote lang="{esc(locale_of(spoken))}">'
        f"<p>{esc(said)}</p></blockquote>\n"
        f"<figcaption>{esc(packing.parcel.credit_line(passage, around))}{besides}</figcaption>\n</figure>\n"
    )


def esc_lines(markup: str) -> str:
    """Return HTML as text that shows its lines."""
    return markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").rstrip("\n")
