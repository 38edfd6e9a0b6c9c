"""Script: what a host reads before, between and after the excerpts, as a Word file in one language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document

from exports import template, word
from exports.kits.assets import Parcel
from exports.palette import PRIMARY
from exports.radio.cues import Cue, length_of
from exports.typography import clean, day, quoted, tidy
from storybank.domain.draft import Chosen
from storybank.words import Words

_WIDTHS = (600, 1150, 850, 3686, 3686)
"""Of the columns of the cue sheet, in twentieths of a point."""


def write_script(parcel: Parcel, cues: Sequence[Cue], language: str, to: Path) -> None:
    """Write introduction, cue sheet, the words between, and sign-off."""
    words, order = Words(language), parcel.order
    document = template.empty_document(language)
    title = tidy(words("Podcast and radio: {title}", title=clean(parcel.kit.titled(language))), language)
    document.add_paragraph(title, style="Heading 1")
    document.add_paragraph(_meta(parcel, cues, words), style="SB Meta")
    _paragraphs(document, words("Introduction"), introduction(parcel, language), language)
    _cue_sheet(document, cues, words)
    _between(document, parcel, cues, language)
    _paragraphs(document, words("Sign-off"), sign_off(parcel, language), language)
    template.describe(
        document, title=title, subject=words("Script and cue sheet"), author=clean(parcel.kit.signed(language)),
        identifier=order.code, language=language, made_at=order.made_at,
    )
    template.save(document, to)


def introduction(parcel: Parcel, language: str) -> str:
    """Return what is said first: the author's words, else what the excerpts are, and no more."""
    own = parcel.kit.sections.get("introduction")
    if own is not None and own.said(language):
        return own.said(language)
    words = Words(language)
    return words.many(
        "You are about to hear a person who practises or receives social prescribing in Canada, in their own words."
        " They agreed to be heard here.",
        "You are about to hear {n} people who practise or receive social prescribing in Canada, in their own words."
        " They agreed to be heard here.",
        len({passage.cleared.speaker.id for passage in parcel.passages}),
    )


def sign_off(parcel: Parcel, language: str) -> str:
    """Return what is said last: the author's words, else whose recordings these were and where there are more."""
    own = parcel.kit.sections.get("sign_off")
    if own is not None and own.said(language):
        return own.said(language)
    words = Words(language)
    said = words("These reflections come from Voices of Social Prescribing, recorded and shared by {organization}, with"
                 " the permission of the people you heard.", organization=clean(parcel.kit.signed(language)))
    if not parcel.kit.link:
        return said
    more = words("More at {link}.", link=parcel.kit.link)
    return f"{said} {more}"


def _meta(parcel: Parcel, cues: Sequence[Cue], words: Words) -> str:
    language = words.language
    total = length_of(sum(cue.seconds for cue in cues))
    told = [parcel.order.code, day(parcel.order.made_at, language),
            words.many("{n} excerpt", "{n} excerpts", len(cues)), words("{length} in all", length=total)]
    if parcel.use_until:
        told.append(words("may be used up to and including {day}", day=day(parcel.use_until, language)))
    return tidy("  ·  ".join(told), language)


def _cue_sheet(document: Document, cues: Sequence[Cue], words: Words) -> None:
    language = words.language
    title = words("Cue sheet")
    document.add_paragraph(title, style="Heading 2")
    rows = [[str(cue.number), cue.quote, length_of(cue.seconds), quoted(cue.first_words, cue.language),
             quoted(cue.last_words, cue.language)] for cue in cues]
    header = [words("No."), words("Quote"), words("Length"), words("First words"), words("Last words")]
    word.table(document, tidy(title, language), header, rows, _WIDTHS)


def _between(document: Document, parcel: Parcel, cues: Sequence[Cue], language: str) -> None:
    """Set each excerpt with what is said before it and after it."""
    words, placing = Words(language), {one.quote: one for one in parcel.kit.placing}
    document.add_paragraph(words("Between the excerpts"), style="Heading 2")
    for cue in cues:
        heading = document.add_paragraph(style="Heading 3")
        word.coloured(heading.add_run(f"{cue.number}. {cue.quote} · {length_of(cue.seconds)}"), PRIMARY)
        note = placing.get(cue.quote, Chosen(cue.quote)).note.said(language)
        if note:
            document.add_paragraph(tidy(note, language))
        played = document.add_paragraph(style="SB Meta")
        played.add_run(words("Play {file}", file=f"{cue.name}.wav")).bold = True
        said = words("That was {speaker}.", speaker=_in_sentence(cue))
        document.add_paragraph(tidy(said, language))
        for condition in cue.conditions:
            asked = document.add_paragraph(style="SB Meta")
            asked.add_run(tidy(words("Condition: {condition}", condition=condition), language))
        for line in (*cue.labels, *filter(None, [cue.teaching])):
            document.add_paragraph(line, style="SB Meta")


def _in_sentence(cue: Cue) -> str:
    """Return who spoke as it stands inside a sentence: `a family physician`, but `Margaret`."""
    first = cue.speaker[:1] if cue.is_named else cue.speaker[:1].lower()
    return first + cue.speaker[1:]


def _paragraphs(document: Document, heading: str, text: str, language: str) -> None:
    document.add_paragraph(heading, style="Heading 2")
    for part in filter(str.strip, text.split("\n")):
        document.add_paragraph(tidy(part, language))
