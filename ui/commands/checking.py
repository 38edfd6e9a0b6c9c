"""The command that checks a document from outside: what of ours is in it, and whether it may stay there today."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.document import Finding, Standing
from storybank.errors import NotFound, Refused, Unavailable
from storybank.services.checking import Report
from storybank.words import say
from ui.commands.called import STANDINGS
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened, table
from ui.commands.values import Value, said

MOST_PLACES = 4
"""Places of a quote that a line names; JSON names them all."""
_FINE = frozenset({Standing.FINE})


def check_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `check-document` takes."""
    parser.description = tr(
        "Looks for our quotes and codes in a Word file, a PDF, a kit folder or a zip, and says of each whether it may"
        " stay there today. Nothing is changed. The exit code is 0 when all is fine or nothing of ours is in it, 4 when"
        " anything is altered, lapsed, withdrawn, beyond what was agreed to or unknown, and 5 when parts of it could"
        " not be read.")
    parser.add_argument("path", type=Path, help=tr("the file or folder"))
    parser.add_argument("--use", action="append", default=[],
                        help=tr("what it is used for; else what it was made for"))
    parser.set_defaults(run=check_document)


def check_document(asked: argparse.Namespace, voice: Voice) -> None:
    """Check a document; the answer is given before the exit code tells what it means."""
    if not asked.path.exists():
        raise NotFound(say("There is no file {name}.", name=asked.path), hint=say("Check how it is spelled."))
    with opened(asked) as app:
        report = app.checking(voice.words).check(asked.path, ConsoleTicket(asked.path.name), asked.use)
    bad = [one for one in report.findings if one.standing not in _FINE]
    voice.tell(_value(report, voice, ok=not bad and not report.unread), "\n".join(_lines(report, voice)))
    if bad:
        raise Refused(say("{name} may not be used as it is; findings: {count}.", name=report.document, count=len(bad)))
    if report.unread:
        raise Unavailable(say("Parts of {name} could not be read, so nobody knows what is in them.",
                              name=report.document))


def _value(report: Report, voice: Voice, *, ok: bool) -> Value:
    return {
        "document": report.document, "on": report.on.isoformat(), "ok": ok, "exports": list(report.exports),
        "counts": {str(standing): n for standing in Standing if (n := report.counts.get(standing, 0))},
        "findings": [{
            "standing": one.standing, "quote": one.quote_code, "where": list(one.where),
            "reasons": said(one.reasons, voice.words), "found": one.found, "expected": one.expected,
        } for one in report.findings],
        "notes": said(report.notes, voice.words),
        "unread": [{"file": one.file, "reason": voice.words.sentence(one.reason)} for one in report.unread],
    }  # fmt: skip


def _lines(report: Report, voice: Voice) -> list[str]:
    words = voice.words
    lines = said(report.notes, words)
    lines += [line for one in report.findings for line in _finding(one, voice)]
    if report.exports:
        lines.append(words("It is, or was made from: {exports}.", exports=", ".join(report.exports)))
    if report.untouched:
        lines.append(words("Nothing of this library was found in {name}.", name=report.document))
    rows = [("", one.file, words.sentence(one.reason)) for one in report.unread]
    return [*lines, *([words("Not read:"), table(rows)] if rows else [])]


def _finding(one: Finding, voice: Voice) -> list[str]:
    words = voice.words
    more = len(one.where) - MOST_PLACES
    where = [*one.where[:MOST_PLACES], *([words.many("{n} more place", "{n} more places", more)] if more > 0 else [])]
    lines = [f"{one.quote_code}  {words(STANDINGS[one.standing])}  {'; '.join(where)}"]
    lines += [f"    {reason}" for reason in said(one.reasons, words)]
    if one.found:
        lines += ["    " + words("it says: {text}", text=one.found)]
        lines += ["    " + words("it was: {text}", text=one.expected)]
    return lines


ARGUMENTS: dict[str, Arguments] = {"check-document": check_arguments}
