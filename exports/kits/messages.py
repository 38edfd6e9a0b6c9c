"""Messages: what partners may say in their own voice: the author's words only, and the quotes that carry them."""

from __future__ import annotations

from collections.abc import Sequence

from exports.kits.packing import Packing
from exports.kits.papers import Sheet
from exports.kits.prose import Block, pointing, questions
from exports.typography import clean
from storybank.domain.twin import Twin
from storybank.words import Words

_FOLDER = "01_messages"


def pack(packing: Packing) -> None:
    """Write key messages, talking points, and questions with answers, each where the author wrote some."""
    for language in packing.parcel.languages:
        packing.ticket.check()
        _key_messages(packing, language)
        _talking_points(packing, language)
        _questions(packing, language)


def _key_messages(packing: Packing, language: str) -> None:
    kit, words = packing.parcel.kit, Words(language)
    messages, purpose = _said(kit.messages, language), packing.parcel.section("purpose", language)
    if not messages and not purpose:
        return
    sheet = Sheet.blank(packing, language, words("Key messages"))
    if audience := clean(kit.audience.said(language)):
        sheet.paper.say(words("For: {audience}", audience=audience), "SB Meta")
    if purpose:
        sheet.paper.part(words("What this campaign is for"))
        sheet.say(purpose)
    if messages:
        sheet.paper.part(words("What to say"))
        sheet.set([Block(text, is_item=True) for text in messages])
    _asks(sheet)
    sheet.sources()
    sheet.put(packing.room(_FOLDER) / f"key-messages.{language}.docx")


def _talking_points(packing: Packing, language: str) -> None:
    kit, words, parcel = packing.parcel.kit, Words(language), packing.parcel
    messages, asks = _said(kit.messages, language), _said(kit.asks, language)
    helping = packing.parcel.section("how_to_help", language)
    if not messages and not asks and not helping:
        return
    sheet = Sheet.blank(packing, language, words("Talking points"))
    _asks(sheet)
    codes = {passage.cleared.quote.code for passage in parcel.passages}
    for number, text in enumerate(messages, 1):
        sheet.paper.part(words("Point {number}", number=number))
        sheet.set([Block(pointing(text, codes))])
    if helping:
        sheet.paper.part(words("How to help"))
        sheet.say(helping)
    sheet.paper.part(words("Voices to bring in"))
    notes = {one.quote: one.note.said(language) for one in kit.placing}
    for passage in parcel.in_order:
        sheet.quote(passage, clean(notes.get(passage.cleared.quote.code, "")))
    sheet.sources()
    sheet.put(packing.room(_FOLDER) / f"talking-points.{language}.docx")


def _questions(packing: Packing, language: str) -> None:
    text, words = packing.parcel.section("questions", language), Words(language)
    if not text:
        return
    sheet = Sheet.blank(packing, language, words("Questions and answers"))
    for question, answer in questions(text):
        if question:
            sheet.paper.part(question)
        sheet.set(answer)
    sheet.sources()
    sheet.put(packing.room(_FOLDER) / f"questions-answers.{language}.docx")


def _asks(sheet: Sheet) -> None:
    asks = _said(sheet.packing.parcel.kit.asks, sheet.language)
    if asks:
        sheet.paper.part(sheet.words.many("Our ask", "Our asks", len(asks)))
        sheet.set([Block(text, is_item=len(asks) > 1) for text in asks])


def _said(twins: Sequence[Twin], language: str) -> list[str]:
    return [text for twin in twins if (text := clean(twin.said(language)))]

