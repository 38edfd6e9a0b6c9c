"""Command about this computer: whether it is ready to transcribe, and how long the work would take."""

from __future__ import annotations

import argparse

from storybank.domain.amount import Lasting, Size
from storybank.domain.readiness import Estimate, Finding, Readiness
from storybank.words import Words, say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened, table


def preflight_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `preflight` takes."""
    parser.add_argument("stories", nargs="*", help=tr("stories by code or name; none means all that wait"))
    parser.add_argument("--model", help=tr("a speech model's name"))
    parser.set_defaults(run=preflight)


def preflight(asked: argparse.Namespace, voice: Voice) -> None:
    """Look at everything, try ffmpeg and the engine, and say how long each model would take."""
    with opened(asked) as app:
        chosen = [recording for story in asked.stories for recording in app.browsing.story(story).recordings]
        ready = app.preflight.check(ConsoleTicket(voice.words("Checking")), chosen if asked.stories else None,
                                    model=asked.model)
    voice.tell(_value(ready, voice.words), _text(ready, voice.words))


def _text(ready: Readiness, words: Words) -> str:
    said = words.sentence
    lines = [table([(said(found.sign.word), said(found.aspect.word), _found(found, words))
                    for found in ready.findings]), ""]
    lines.append(said(say("For {time} of sound that waits, each model would take about:",
                          time=Lasting(ready.sound_ms)) if ready.recordings else
                      say("No recording waits for a transcript. The models:")))
    lines.append(table([_row(told, ready, words) for told in ready.estimates]))
    return "\n".join(lines)


def _found(found: Finding, words: Words) -> str:
    return " ".join(words.sentence(sentence) for sentence in (found.what, found.to_do) if sentence)


def _row(told: Estimate, ready: Readiness, words: Words) -> tuple[str, ...]:
    known = told.needs_ms is not None and bool(ready.recordings)
    return (words.sentence(told.sign.word), told.model.name,
            Lasting(told.needs_ms or 0).said_in(words.language) if known else "",
            Size(told.model.memory).said_in(words.language), words.sentence(told.remark or ""))


def _value(ready: Readiness, words: Words) -> dict[str, object]:
    return {
        "sign": ready.sign,
        "findings": [{"aspect": found.aspect, "sign": found.sign, "what": words.sentence(found.what),
                      "to_do": words.sentence(found.to_do or "")} for found in ready.findings],
        "recordings": ready.recordings, "sound_ms": ready.sound_ms,
        "models": [{"name": told.model.name, "sign": told.sign, "needs_ms": told.needs_ms,
                    "memory": told.model.memory, "bytes": told.model.bytes,
                    "remark": words.sentence(told.remark or "")} for told in ready.estimates],
    }


ARGUMENTS: dict[str, Arguments] = {"preflight": preflight_arguments}
