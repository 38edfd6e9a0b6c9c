"""Commands about quotes as files: `export csv|xlsx|json|docx`, and `quote import`."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.export import Export
from storybank.errors import Invalid
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, day_of, opened
from ui.commands.values import export_value, said

_USUAL_USE = {"docx": "government_brief"}
"""A dossier prepares a brief; data is for research."""


def _arguments_for(ending: str) -> Arguments:
    def arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
        parser.add_argument("file", type=Path, help=tr("where it goes"))
        parser.add_argument("--title", default="")
        parser.add_argument("--use", action="append", help=tr("what it is for; each quote must allow every one"))
        parser.add_argument("--quote", action="append", default=[], help=tr("only these quotes; else all that may"))
        parser.add_argument("--code", action="append", default=[], help=tr("only quotes with one of these codes"))
        parser.add_argument("--important", action="store_true", help=tr("only those that are marked as important"))
        parser.add_argument("--notes", action="store_true", help=tr("take memos along, which stay inside otherwise"))
        parser.add_argument("--context", action="store_true",
                            help=tr("take along what the same person says just before and after"))
        parser.add_argument("--language", default="en", choices=["en", "fr"])
        parser.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it will be used"))
        parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
        parser.set_defaults(run=export_quotes, ending=ending)

    return arguments


FORMATS: dict[str, Arguments] = {ending: _arguments_for(ending) for ending in ("csv", "xlsx", "json", "docx")}
"""What `storybank export` writes of quotes."""


def export_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """Write the cleared quotes."""
    if asked.file.suffix.lower() != f".{asked.ending}":
        raise Invalid(say("The name of this file must end in {ending}.", ending=f".{asked.ending}"))
    uses = asked.use or [_USUAL_USE.get(asked.ending, "research")]
    title = asked.title or voice.words("Quotes")
    with opened(asked, for_writing=True) as app:
        wanted = {app.quoting.code(key).key for key in asked.code}
        quotes = asked.quote or None
        if wanted or asked.important:
            chosen = [app.quoting.get(one) for one in asked.quote] if asked.quote else app.quoting.all()
            quotes = [q.code for q in chosen
                      if (not wanted or wanted & q.codes) and (q.important or not asked.important)]
        made = app.dossiers.make(title, quotes, uses, asked.file, ConsoleTicket(), language=asked.language,
                                 notes=asked.notes, context=asked.context, until=day_of(asked.until),
                                 recipient=asked.recipient)
        today = app.consenting.today()
    tell_made(made, voice, voice.words.many("{n} quote", "{n} quotes", len(made.items)), export_value(
        made, today, voice.words))


def tell_made(made: Export, voice: Voice, amount: str, value: object) -> None:
    """Say what was written, how much, and what was left out and why."""
    lines = [voice.words("{code} is in {place}: {quotes}.", code=made.code, place=made.place, quotes=amount)]
    lines += [f"{code}: {' '.join(said(reasons, voice.words))}" for code, reasons in made.left_out]
    voice.tell(value, "\n".join(lines))


def import_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `quote import` takes."""
    parser.add_argument("file", type=Path, help=tr("a CSV, XLSX or JSON of quotes with their codes"))
    parser.add_argument("--preview", action="store_true", help=tr("only say what would change"))
    parser.set_defaults(run=import_quotes)


def import_quotes(asked: argparse.Namespace, voice: Voice) -> None:
    """Take codes and importance back in from a table."""
    with opened(asked, for_writing=True) as app:
        taken = app.dossiers.plan(asked.file)
        if taken.edit and not asked.preview:
            taken.edit.do()
    told, words = taken.retagging, voice.words
    done = words.many("{n} quote would change.", "{n} quotes would change.", len(told.changed)) if asked.preview else \
        words.many("{n} quote was changed.", "{n} quotes were changed.", len(told.changed))
    lines = [done, words.many("{n} stays as it is.", "{n} stay as they are.", told.same)]
    lines += [words("Row {row}: {why}", row=row, why=words.sentence(why)) for row, why in told.refused]
    voice.tell({"changed": list(told.changed), "same": told.same, "preview": asked.preview,
                "refused": [{"row": row, "reason": words.sentence(why)} for row, why in told.refused]},
               "\n".join(lines))
