"""Press: drafts for the media out of the author's words: a release, a backgrounder, who we are and whom to call."""

from __future__ import annotations

from exports import spreadsheets
from exports.kits.packing import Packing
from exports.kits.papers import Sheet
from exports.kits.prose import blocks
from exports.typography import clean, day, tidy
from storybank.domain.export import Passage
from storybank.words import LANGUAGES, Words

_FOLDER = "05_media"
_END = "-30-"
"""How a release ends in Canada."""
_NAMES = {"en": "English", "fr": "Français"}


def pack(packing: Packing) -> None:
    """Write what there is text for; nothing is made up."""
    for language in packing.parcel.languages:
        packing.ticket.check()
        _release(packing, language)
        _backgrounder(packing, language)
    _boilerplate(packing)
    _spokespeople(packing)


def _release(packing: Packing, language: str) -> None:
    """Write a release: embargo, headline, place and day, lead, body, one lived voice, who we are, contact, -30-."""
    text, words = packing.parcel.section("release", language), Words(language)
    if not text:
        return
    headline = packing.parcel.section("release_headline", language) or packing.parcel.kit.titled(language)
    sheet = Sheet.blank(packing, language, headline)
    sheet.paper.box(words("FOR IMMEDIATE RELEASE"))
    lead, *body = blocks(text)
    place = clean(packing.parcel.section("release_place", language))
    dateline = ", ".join(part for part in (place, day(packing.parcel.order.made_at, language)) if part)
    first = sheet.paper.document.add_paragraph()
    first.add_run(f"{tidy(dateline, language)} — ").bold = True
    first.add_run(tidy(lead.text, language))
    sheet.texts.append(lead.text)
    sheet.set(body[:1])
    for voice in lived_voices(packing)[:1]:
        sheet.quote(voice)
    sheet.set(body[1:])
    if about := packing.parcel.section("boilerplate", language):
        sheet.paper.part(words("About {organization}", organization=clean(packing.parcel.kit.signed(language))))
        sheet.say(about)
    _contact(sheet)
    sheet.sources()
    sheet.paper.say(_END)
    sheet.put(packing.room(_FOLDER) / f"media-release.{language}.docx")


def _backgrounder(packing: Packing, language: str) -> None:
    text, words = packing.parcel.section("backgrounder", language), Words(language)
    if not text:
        return
    sheet = Sheet.blank(packing, language, words("Backgrounder"))
    sheet.say(text)
    if voices := lived_voices(packing)[1:4]:
        sheet.paper.part(words("In their words"))
        for passage in voices:
            sheet.quote(passage)
    _contact(sheet)
    sheet.sources()
    sheet.put(packing.room(_FOLDER) / f"backgrounder.{language}.docx")


def lived_voices(packing: Packing) -> tuple[Passage, ...]:
    """Return the quotes that may stand in papers for the media, the one that its author put first at the head."""
    return packing.parcel.may_go_to("news media")


def _contact(sheet: Sheet) -> None:
    kit, words = sheet.packing.parcel.kit, sheet.words
    people = [
        ", ".join(clean(part) for part in (one.name, one.role.said(sheet.language), one.languages, one.contact)
                  if part.strip())
        for one in kit.spokespeople if one.name.strip()
    ]  # fmt: skip
    lines = [*people, *([clean(kit.contact)] if kit.contact.strip() else [])]
    if lines:
        sheet.paper.part(words("Media contact"))
        sheet.paper.items(lines)


def _boilerplate(packing: Packing) -> None:
    """Write who we are, each language under its own name."""
    said = {language: packing.parcel.section("boilerplate", language) for language in packing.parcel.languages}
    pages = ["\n".join([f"{_NAMES[language]}", "", *(tidy(block.text, language) for block in blocks(text))])
             for language, text in said.items() if text]
    if pages:
        to = packing.room(_FOLDER) / "boilerplate.txt"
        packing.write(to, "\n\n".join(pages) + "\n", [], packing.parcel.languages[0])


def _spokespeople(packing: Packing) -> None:
    people = [one for one in packing.parcel.kit.spokespeople if one.name.strip()]
    if people:
        to = packing.room(_FOLDER) / "spokespeople.csv"
        rows = [[clean(one.name), *(clean(one.role.said(language)) for language in LANGUAGES), clean(one.languages),
                 clean(one.contact)] for one in people]
        spreadsheets.write_csv(to, ("name", "role_en", "role_fr", "languages", "contact"), rows)
        packing.keep(to, [], packing.parcel.languages[0])

