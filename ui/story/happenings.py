"""Happenings: the history of a story in plain words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from storybank.domain.lists import HistoryLine
from storybank.domain.quote import Quote
from storybank.words import Words

SAID = {
    "StoryCollected": "The recording came into the library",
    "StoryDescribed": "Title, date, language or people changed",
    "TranscriptStarted": "An engine began to listen",
    "TranscriptGrew": "The transcript grew",
    "TranscriptEnded": "The engine stopped listening",
    "LineCorrected": "A line was corrected or reviewed",
    "QuoteMade": "Quote made",
    "QuoteRetagged": "Quote tagged or marked",
    "QuoteRemoved": "Quote removed",
    "ConsentRecorded": "Consent was put on file",
    "ConsentWithdrawn": "Consent was withdrawn",
    "ContributorSaved": "A person's details changed",
    "ExportMade": "Something was exported",
}
ENDED = {
    "done": "The transcript was finished",
    "cancelled": "The transcript was stopped on request",
    "interrupted": "The transcript was interrupted",
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
    return f"{said}: {code}" if code else said
