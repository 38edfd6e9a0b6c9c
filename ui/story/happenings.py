"""Happenings: the history of a story in plain words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from storybank.domain.lists import HistoryLine
from storybank.domain.quote import Quote
from storybank.words import Words
from ui.parts.said import N_

SAID = {
    "StoryCollected": N_("The recording came into the library"),
    "StoryDescribed": N_("Title, date, language or people changed"),
    "TranscriptStarted": N_("An engine began to listen"),
    "TranscriptGrew": N_("The transcript grew"),
    "TranscriptEnded": N_("The engine stopped listening"),
    "TranscriptChanged": N_("A line was corrected or reviewed"),
    "RecordingFound": N_("The recording was found again"),
    "TranscriptShown": N_("Another transcript is shown now"),
    "VoicesChanged": N_("A voice was named or linked"),
    "QuoteMade": N_("Quote made"),
    "QuoteRetagged": N_("Quote tagged or marked"),
    "QuoteReworded": N_("Quote worded or placed anew"),
    "QuoteRemoved": N_("Quote removed"),
    "MemoChanged": N_("A memo was written"),
    "ConsentRecorded": N_("Consent was put on file"),
    "ConsentWithdrawn": N_("Consent was withdrawn"),
    "ContributorSaved": N_("A person's details changed"),
    "ExportMade": N_("Something was exported"),
}
ENDED = {
    "done": N_("The transcript was finished"),
    "cancelled": N_("The transcript was stopped on request"),
    "interrupted": N_("The transcript was interrupted"),
}


def happenings(history: Sequence[HistoryLine], quotes: Sequence[Quote], tr: Words) -> list[tuple[str, str]]:
    """Return when and what, latest first; the same thing many times in a row is told once, with its number."""
    codes = {quote.id: quote.code for quote in quotes}
    told: list[tuple[str, str, int]] = []
    for line in history:
        said = _said(line, codes, tr)
        if told and told[-1][1] == said:
            told[-1] = (told[-1][0], said, told[-1][2] + 1)
        else:
            told.append((line.at, said, 1))
    return [(at, f"{said} ({count}×)" if count > 1 else said) for at, said, count in told]


def _said(line: HistoryLine, codes: Mapping[str, str], tr: Words) -> str:
    details = json.loads(line.details or "{}")
    if line.event == "TranscriptEnded":
        return tr(ENDED.get(details.get("state", ""), SAID[line.event]))
    said = tr(SAID.get(line.event, line.event))
    code = codes.get(details.get("quote_id", ""), "")
    return tr("{what}: {code}", what=said, code=code) if code else said
