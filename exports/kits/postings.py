"""Postings: the posts of a kit as a table for whoever schedules them, and as a document for whoever reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports import spreadsheets
from exports.attribution import label
from exports.cards.composing import alt_of, said_in
from exports.kits import rights
from exports.kits.assets import folder_name
from exports.kits.packing import Packing
from exports.kits.papers import Sheet
from exports.kits.posts import Platform, Post, compose, platforms
from exports.obligations import conditions_of, label_names
from exports.typography import clean, day
from storybank.domain.export import Passage
from storybank.domain.withholding import tells_role
from storybank.words import Words

_FOLDER = "02_posts"
_COLUMNS = (
    "post_id", "platform", "lang", "text", "counted_length", "limit", "link", "asset", "alt_text", "credit_line",
    "quote_id", "consent_id", "building_block", "stakeholder", "use_from", "use_until", "note",
)


@dataclass(frozen=True, slots=True)
class Posting:
    """A post for a platform in a language, with the card that goes with it."""

    passage: Passage
    language: str
    platform: Platform
    post: Post
    card: str
    """Its path in the kit."""
    alt: str


def pack(packing: Packing) -> None:
    """Write the table of all posts, and a document of them in each language."""
    made = [one for passage in packing.parcel.in_order for one in postings(packing, passage)]
    to = packing.room(_FOLDER) / "posts.csv"
    spreadsheets.write_csv(to, _COLUMNS, [_row(packing, one) for one in made])
    packing.keep(to, packing.parcel.passages, packing.parcel.languages[0])
    for language in packing.parcel.languages:
        packing.ticket.check()
        _document(packing, [one for one in made if one.language == language], language)


def postings(packing: Packing, passage: Passage) -> Iterator[Posting]:
    """Yield the posts of a quote: for each language of the kit, each platform."""
    for language in packing.parcel.languages:
        text, spoken, sign = said_in(passage, language)
        alt = alt_of(passage, language, packing.parcel.order.codebook)
        cards = [asset.path for asset in packing.assets
                 if asset.passages == (passage,) and asset.language == language and asset.ending == ".png"]
        for platform in platforms():
            post = compose(text, spoken, packing.parcel.credit(passage, language), clean(packing.parcel.kit.link),
                           language, platform, sign)
            fitting = [path for path in cards if path.endswith(f"_{platform.card}.png")]
            yield Posting(passage, language, platform, post, next(iter([*fitting, *cards]), ""), alt)


def _row(packing: Packing, one: Posting) -> list[object]:
    parcel, cleared, language = packing.parcel, one.passage.cleared, one.language
    group = cleared.speaker.stakeholder if tells_role(cleared) else ""
    return [
        f"{folder_name(one.passage)}_{one.platform.key}_{language}", one.platform.name, f"{language}-CA",
        one.post.text, one.post.length, one.platform.limit, clean(parcel.kit.link), one.card, one.alt,
        parcel.credit_line(one.passage, language), cleared.quote.code, " ".join(cleared.permission.consents),
        "; ".join(block.label(language) for block in one.passage.blocks),
        label(group, parcel.order.codebook, language) if group else "", parcel.order.made_at[:10],
        cleared.permission.until or "", _note(one),
    ]


def _note(one: Posting) -> str:
    """Return what whoever posts must know: that the quote is cut, the conditions, the labels to stand beside it."""
    cleared, words = one.passage.cleared, Words(one.language)
    asked = [words("Condition: {condition}", condition=text) for text in conditions_of(cleared)]
    names = label_names(cleared)
    beside = words("Keep beside it, see _rights/{file}: {labels}.", file=rights.LABELS, labels="; ".join(names))
    cut = words("The quote is cut; […] shows where.")
    return " ".join([*([cut] if one.post.is_cut else []), *asked, *([beside] if names else [])])


def _document(packing: Packing, made: list[Posting], language: str) -> None:
    """Write the posts to be read: quote by quote, each platform with its own count."""
    words = Words(language)
    sheet = Sheet.blank(packing, language, words("Posts"))
    sheet.paper.say(words("Each post is within what its platform counts. Paste it with its card and its alt text."))
    checked = min(one.checked_on for one in platforms())
    sheet.paper.say(words("The platforms' rules were last looked up on {day}.", day=day(checked, language)),
                    "SB Small")
    for passage in packing.parcel.in_order:
        own = [one for one in made if one.passage is passage]
        code = passage.cleared.quote.code
        sheet.paper.part(f"{code} — {packing.parcel.credit(passage, language)}")
        for one in own:
            name = words("{platform}: {length} of {limit}", platform=one.platform.name, length=one.post.length,
                         limit=one.platform.limit)
            sheet.paper.part(name, level=3)
            for line in filter(None, one.post.text.split("\n")):
                sheet.verbatim(line)
        sheet.paper.say(words("Alt text: {alt}", alt=own[0].alt), "SB Small")
        if note := _note(own[0]):
            sheet.paper.say(note, "SB Small")
        sheet.passages.append(passage)
    sheet.put(packing.room(_FOLDER) / f"posts.{language}.docx")
