"""Sample: a short made-up brief, by which a letterhead shows how it looks before anything real stands on it."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document

from exports import template, word
from exports.looks.letterhead import begin, finish
from exports.palette import PRIMARY, WASH
from exports.typography import tidy
from storybank.words import Words, say

CODE, MADE_AT = "E-0000", "2026-03-14T12:00:00+00:00"
_TITLE = say("Fund link workers for five years")
_ASK = say("Fund link worker positions for five years, starting with the next budget.")
_MESSAGES = (
    say("One-year grants end before trust is built; five-year grants let programs finish what they start."),
    say("Doctors refer when somebody answers; a champion in each health authority makes sure that somebody does."),
)
_QUOTE = say("She did not need another pill. She needed somebody to walk through the door of the seniors' centre with.")
_ROWS = ((say("Loneliness falls when people are accompanied"), say("Review of nine studies"), say("Low")),
         (say("People come back to the clinic less often"), say("Program data, one region"), say("Very low")))


def write_sample(letterhead: Path, to: Path, language: str) -> None:
    """Write the made-up brief on a letterhead; raise `Invalid` where it cannot be written on."""
    document = begin(letterhead, language)
    _fill(document, Words(language), language)
    words = Words(language)
    template.describe(document, title=tidy(words.sentence(_TITLE), language), subject=words("Policy brief"),
                      author=words("A coalition of community health centres"), identifier=CODE, language=language,
                      made_at=MADE_AT)
    finish(document)
    template.save(document, to)


def _fill(document: Document, words: Words, language: str) -> None:
    def add(text: object, style: str) -> None:
        document.add_paragraph(tidy(str(text), language), style=style)

    add(words.sentence(_TITLE), "Heading 1")
    add(words("Policy brief") + f" · {CODE} · " + words("A made-up brief, to show the letterhead"), "SB Meta")
    add(words.many("Our ask", "Our asks", 1), "Heading 2")
    asked = document.add_paragraph(tidy(words.sentence(_ASK), language), style="SB Ask")
    word.box(asked, WASH, PRIMARY, 200)
    add(words("Main messages"), "Heading 2")
    for message in _MESSAGES:
        add(words.sentence(message), "List Bullet")
    add(words("In their words"), "Heading 2")
    left, right = ("« ", " »") if language == "fr" else ("“", "”")
    add(f"{left}{words.sentence(_QUOTE)}{right}", "SB Quote")
    add(words("Link worker, Nova Scotia") + " · Q-0000", "SB Attribution")
    add(words("What we know"), "Heading 2")
    for number in (1, 2):
        add(words("First things first") if number == 1 else words("Then the next"), "Heading 3")
        add(words.sentence(_MESSAGES[number - 1]), "List Number")
    caption = words("Claims, what each rests on, and how sure it is")
    add(caption, "Caption")
    header = (words("Claim"), words("Evidence"), words("Certainty and limits"))
    rows = [[tidy(words.sentence(cell), language) for cell in row] for row in _ROWS]
    word.table(document, caption, header, rows, (4200, 3200, 2300))
    add(words("Everything on this page is made up."), "SB Small")
