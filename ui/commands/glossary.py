"""Commands about the glossary: the terms, and where they were probably meant in a transcript."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.glossary import GlossaryEntry, Suggestion
from storybank.domain.transcript import Line
from storybank.words import say
from ui.commands.doors import Arguments, Tr, Voice, opened, table


def glossary_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `glossary` takes."""
    parser.set_defaults(run=list_terms)
    doing = parser.add_subparsers()
    doing.add_parser("list", help=tr("list the terms")).set_defaults(run=list_terms)
    add = doing.add_parser("add", help=tr("add a term, or other spellings of one"))
    add.add_argument("term")
    add.add_argument("--heard-as", action="append", default=[], metavar=tr("SPELLING"))
    add.add_argument("--language", default="")
    add.set_defaults(run=add_term)
    remove = doing.add_parser("remove", help=tr("take a term out"))
    remove.add_argument("term")
    remove.set_defaults(run=remove_term)
    bring = doing.add_parser("import", help=tr("add the terms of a list or a CSV"))
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=import_terms)
    suggest = doing.add_parser("suggest", help=tr("show where terms were probably meant"))
    suggest.add_argument("story")
    suggest.set_defaults(run=suggest_terms)
    apply = doing.add_parser("apply", help=tr("write terms as they must be written"))
    apply.add_argument("story")
    apply.add_argument("--all", action="store_true", help=tr("also those that are not certain"))
    apply.set_defaults(run=apply_terms)


def list_terms(asked: argparse.Namespace, voice: Voice) -> None:
    """List the terms in the order of the alphabet."""
    with opened(asked) as app:
        entries = app.glossing.all()
    voice.tell([_term(entry) for entry in entries], _listed(entries) or say("The glossary is empty."))


def add_term(asked: argparse.Namespace, voice: Voice) -> None:
    """Add a term, or other spellings of one."""
    with opened(asked, for_writing=True) as app:
        entry = app.glossing.add(asked.term, asked.heard_as, asked.language)
    voice.tell(_term(entry), _listed([entry]))


def remove_term(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a term out."""
    with opened(asked, for_writing=True) as app:
        entry = app.glossing.remove(asked.term)
    voice.tell({"removed": entry.term}, say("“{term}” is not in the glossary any more.", term=entry.term))


def import_terms(asked: argparse.Namespace, voice: Voice) -> None:
    """Add the terms of a file."""
    with opened(asked, for_writing=True) as app:
        entries = app.glossing.bring_in(asked.file)
    voice.tell([_term(entry) for entry in entries], _listed(entries))


def suggest_terms(asked: argparse.Namespace, voice: Voice) -> None:
    """Show where terms were probably meant; nothing is changed."""
    with opened(asked) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        lines = app.correcting.lines(recording.id)
        found = app.glossing.suggestions(recording.id)
    _tell(found, lines, voice)


def apply_terms(asked: argparse.Namespace, voice: Voice) -> None:
    """Write the terms that the glossary is certain of, or all, as one change."""
    with opened(asked, for_writing=True) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        lines = app.correcting.lines(recording.id)
        found = [one for one in app.glossing.suggestions(recording.id) if one.certain or asked.all]
        if found:
            app.glossing.apply(found).do()
    _tell(found, lines, voice)


def _tell(found: list[Suggestion], lines: list[Line], voice: Voice) -> None:
    numbers = {line.id: number for number, line in enumerate(lines, 1)}
    rows = [(str(numbers[one.line_id]), "✓" if one.certain else "?", one.found, "→", one.replacement) for one in found]
    value = [{"line": numbers[one.line_id], "first_word": one.first_word + 1, "last_word": one.last_word + 1,
              "found": one.found, "replacement": one.replacement, "certain": one.certain} for one in found]
    voice.tell(value, table(rows) or say("The glossary has nothing to suggest."))


def _listed(entries: list[GlossaryEntry]) -> str:
    return table([(entry.language or "–", entry.term, ", ".join(entry.heard_as)) for entry in entries])


def _term(entry: GlossaryEntry) -> dict[str, object]:
    return {"id": entry.id, "term": entry.term, "heard_as": list(entry.heard_as), "language": entry.language}


ARGUMENTS: dict[str, Arguments] = {"glossary": glossary_arguments}
