"""Radio: the part of a kit for podcasts and radio: levelled excerpts, a cue sheet, and what to say round them."""

from __future__ import annotations

from collections.abc import Sequence

from exports import spreadsheets, xmp
from exports.kits.packing import Packing, Stretch
from exports.kits.rights import has_clip
from exports.radio.cues import Cue, cue_of, length_of
from exports.radio.script import introduction, sign_off, write_script
from exports.typography import tidy
from storybank.domain.clip import SQUARE
from storybank.domain.draft import Part
from storybank.domain.export import Passage
from storybank.words import LANGUAGES, Words, say

FOLDER = "09_radio"
_COLUMNS = ("number", "quote_id", "file_wav", "file_mp3", "length", "language", "first_words", "last_words",
            "speaker_en", "speaker_fr", "credit_line", "use_until", "conditions", "community_labels")


def pack(packing: Packing) -> None:
    """Fill the folder; where nobody may be heard, a page says so."""
    passages = [passage for passage in packing.passages_for(Part.PODCAST) if has_clip(passage)]
    for place, passage in enumerate(passages):
        share = 1 / max(1, len(passages))
        told = say("The sound of {code}", code=passage.cleared.quote.code)
        _excerpt(packing, passage, Stretch(packing.ticket, place * share, share, str(told)))
    for language in packing.parcel.kit.languages:
        _papers(packing, passages, language)
    if passages:
        _cue_sheet(packing, passages)


def _excerpt(packing: Packing, passage: Passage, ticket: Stretch) -> None:
    """Write the excerpt twice: WAV for studios, MP3 for everybody; the same silences as in its clip."""
    cut = passage.cut(SQUARE, captioned=False)
    language = packing.parcel.language_of(passage)
    name = cue_of(passage, 0, language, packing.parcel.order.codebook).name
    into, line = packing.room(FOLDER, name), packing.parcel.credit_line(passage, language)
    for ending in ("wav", "mp3"):
        packing.ticket.check()
        file = into / f"{name}.{ending}"
        packing.media.sound(packing.media_of(passage.cleared.recording), cut, file, ticket)
        packing.media.describe(file, passage.cleared.quote.code, line, xmp.packet(_facts(packing, passage, language)))
        packing.keep(file, [passage], language)


def _facts(packing: Packing, passage: Passage, language: str) -> xmp.Facts:
    line = packing.parcel.credit_line(passage, language)
    return xmp.Facts(
        title=passage.cleared.quote.code, description="", creator=packing.parcel.kit.signed(language),
        rights=line, credit=line, terms=line, alt={}, consents=tuple(passage.cleared.permission.consents),
    )  # fmt: skip


def _papers(packing: Packing, passages: Sequence[Passage], language: str) -> None:
    into, words = packing.room(FOLDER), Words(language)
    if not passages:
        nobody = words("Nobody in this kit agreed to be heard in podcasts or on radio, so there is nothing to play.")
        packing.write(into / f"nothing-to-play.{language}.txt", tidy(nobody, language) + "\n", (), language)
        return
    cues = _cues(packing, passages, language)
    script = into / f"script.{language}.docx"
    write_script(packing.parcel, cues, language, script)
    packing.keep(script, passages, language)
    said = "\n\n".join([words("INTRODUCTION"), introduction(packing.parcel, language), words("SIGN-OFF"),
                        sign_off(packing.parcel, language)])
    packing.write(into / f"introduction-and-sign-off.{language}.txt", tidy_lines(said, language), (), language)


def tidy_lines(text: str, language: str) -> str:
    """Return text set as its language asks for, line by line, with a line end at its end."""
    return "\n".join(tidy(line, language) for line in text.split("\n")) + "\n"


def _cues(packing: Packing, passages: Sequence[Passage], language: str) -> list[Cue]:
    book = packing.parcel.order.codebook
    return [cue_of(passage, number, language, book) for number, passage in enumerate(passages, 1)]


def _cue_sheet(packing: Packing, passages: Sequence[Passage]) -> None:
    """Write the cue sheet as a table, for studios' own programs."""
    said = {language: _cues(packing, passages, language) for language in LANGUAGES}
    rows = ([
        cue.number, cue.quote, f"{cue.name}/{cue.name}.wav", f"{cue.name}/{cue.name}.mp3", length_of(cue.seconds),
        f"{cue.language}-CA", cue.first_words, cue.last_words, said["en"][place].speaker, said["fr"][place].speaker,
        packing.parcel.credit_line(passages[place], packing.parcel.language_of(passages[place])), cue.until,
        "; ".join(cue.conditions), "; ".join(cue.labels),
    ] for place, cue in enumerate(said["en"]))  # fmt: skip
    to = packing.room(FOLDER) / "cue-sheet.csv"
    spreadsheets.write_csv(to, _COLUMNS, rows)
    packing.keep(to, passages, next(iter(packing.parcel.kit.languages), "en"))


