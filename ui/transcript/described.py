"""Described: what rests under the pointer in a transcript, and what a screen reader is told of the place one is at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from storybank.domain.flag import flag_reasons
from storybank.words import Words
from ui.parts.said import timecode
from ui.transcript.script import Script, flagged
from ui.transcript.spans import Place, Stripe


def stripes_of(stripes: Sequence[Stripe], labels: Mapping[str, str], who: Callable[[str], Mapping[str, str]],
               tr: Words) -> str:
    """Return the codes of stripes, with their quotes and who gave them."""
    return "\n".join(_stripe(one, labels, who(one.quote.id), tr) for one in stripes)


def _stripe(one: Stripe, labels: Mapping[str, str], who: Mapping[str, str], tr: Words) -> str:
    named = labels.get(one.code, one.code) if one.code else tr("No tag")
    return " · ".join(part for part in (named, one.quote.code, who.get(one.code, "")) if part)


def flags_of(script: Script, line: int, tr: Words) -> str:
    """Return why a line may never have been said; empty where nobody doubts it, or somebody has read it."""
    if not flagged(script.lines[line]):
        return ""
    reasons = flag_reasons()
    return "\n".join(tr.sentence(reasons[flag]) for flag in script.lines[line].flags)


def doubt_of(script: Script, place: Place, tr: Words) -> str:
    """Return how sure the engine was of a word, where it was not."""
    if not script.doubtful(place):
        return ""
    sure = round(100 * (script.word(place).probability or 0))
    return tr("The engine was {sure} % sure of this word.", sure=sure)


def said_of(script: Script, place: Place, tr: Words) -> str:
    """Return a line and the word one is at in it, with all that is painted as a sign."""
    line = script.lines[place.line]
    told = [tr("{time}: {text} Word: {word}", time=timecode(line.start_ms), text=line.text,
               word=script.word(place).text)]
    if line.voice_id and (name := script.voices.get(line.voice_id, "")):
        told.insert(0, tr("{name} speaks.", name=name))
    if line.reviewed:
        told.append(tr("Reviewed."))
    return " ".join(part for part in (*told, flags_of(script, place.line, tr), doubt_of(script, place, tr)) if part)
