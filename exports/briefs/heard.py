"""Heard: how the transcripts behind an export were made, in sentences for whoever reads it."""

from __future__ import annotations

from collections.abc import Sequence

from exports.typography import day, listed
from storybank.domain.export import HeardBy
from storybank.domain.transcript import WRITTEN
from storybank.words import Words


def heard(transcripts: Sequence[HeardBy], words: Words) -> str:
    """Return who transcribed, when, and how much of it a person read; empty where nothing was transcribed."""
    by_engines = [_made(one, words) for one in transcripts if one.engine != WRITTEN]
    said = []
    if by_engines:
        said.append(words("Transcribed with {engines}.", engines=listed(list(dict.fromkeys(by_engines)), words)))
    if len(by_engines) < len(transcripts):
        said.append(words("Some transcripts were written by people.") if by_engines
                    else words("The transcripts were written by people."))
    total = sum(one.words for one in transcripts)
    if total:
        percent = round(100 * sum(one.reviewed for one in transcripts) / total)
        said.append(words("Of the words in these recordings, {percent} % were read against the sound by a person.",
                          percent=percent))
    return " ".join(said)


def _made(one: HeardBy, words: Words) -> str:
    if not one.on:
        return f"{one.engine}, {one.model}"
    return words("{engine}, {model} on {day}", engine=one.engine, model=one.model, day=day(one.on, words.language))
