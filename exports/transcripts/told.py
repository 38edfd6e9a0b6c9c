"""What every transcript file tells besides the words: where they come from, and how far they can be trusted."""

from __future__ import annotations

from exports.typography import day
from storybank.domain.sheet import Sheet
from storybank.domain.transcript import WRITTEN
from storybank.words import Words


def provenance(sheet: Sheet, language: str) -> list[str]:
    """Return sentences about a transcript: recording, engine, model, date, how much was read, and whom it is for."""
    words = Words(language)
    return [said for said in (_of(sheet, words), *_made(sheet, words), *_kept_back(sheet, words)) if said]


def share_reviewed(sheet: Sheet) -> int | None:
    """Return how many of a hundred words somebody read against the recording; None where nobody counted."""
    if sheet.quality is None:
        return None
    whole = sheet.quality.whole
    return 100 * whole.reviewed // whole.words if whole.words else 0


def _of(sheet: Sheet, words: Words) -> str:
    if sheet.recording and sheet.recorded_on:
        return words("Recording {code}, recorded on {day}.", code=sheet.recording,
                     day=day(sheet.recorded_on, words.language))
    return words("Recording {code}.", code=sheet.recording) if sheet.recording else ""


def _made(sheet: Sheet, words: Words) -> list[str]:
    quality = sheet.quality
    if quality is None:
        return []
    on = day(quality.heard_on, words.language)
    said = words("Written by people, and brought in on {day} from {file}.", day=on, file=quality.model)
    if not quality.engine.startswith(WRITTEN):
        said = words("Heard by {engine} with the model {model} on {day}.", engine=quality.engine, model=quality.model,
                     day=on)
    percent = share_reviewed(sheet)
    read = words("Of its {n} words, {percent} % were read against the recording by a person, {changed} were changed.",
                 percent=percent, n=quality.whole.words, changed=quality.whole.changed)
    estimated = words("The times of {n} words were worked out, not heard.", n=quality.estimated)
    return [said, read, estimated if quality.estimated else ""]


def _kept_back(sheet: Sheet, words: Words) -> list[str]:
    withheld = words("Words were left out at somebody's wish where […] stands.")
    return [withheld if sheet.restricted else "",
            words("For internal use. Quotes leave the house through briefs and kits.")]
