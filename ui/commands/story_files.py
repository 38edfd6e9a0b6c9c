"""Commands about stories as a catalogue: `export dublin-core|json-ld`, and taking a corrected one back in."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.errors import Invalid
from storybank.services.cataloguing import take_in_all
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, day_of, opened
from ui.commands.quote_files import tell_made
from ui.commands.values import export_value

_ENDINGS = {"dublin-core": (".csv",), "json-ld": (".jsonld", ".json")}


def _arguments_for(form: str) -> Arguments:
    def arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
        parser.add_argument("file", type=Path, help=tr("where it goes; with --take-in the file that came back"))
        parser.add_argument("--title", default="")
        parser.add_argument("--use", action="append", help=tr("what it is for; each story must allow every one"))
        parser.add_argument("--language", default="en", choices=["en", "fr"])
        parser.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it will be used"))
        parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
        parser.add_argument("--titles", action="store_true",
                            help=tr("take the titles along that staff gave; names are withheld in them"))
        parser.add_argument("--take-in", action="store_true",
                            help=tr("take corrected titles, dates and languages back in"))
        parser.add_argument("--preview", action="store_true", help=tr("only say what would change"))
        parser.set_defaults(run=export_stories, form=form)

    return arguments


FORMATS: dict[str, Arguments] = {form: _arguments_for(form) for form in _ENDINGS}
"""What `storybank export` writes of stories."""


def export_stories(asked: argparse.Namespace, voice: Voice) -> None:
    """Write the catalogue, or take one back in."""
    if asked.file.suffix.lower() not in _ENDINGS[asked.form]:
        raise Invalid(say("The name of this file must end in {ending}.", ending=_ENDINGS[asked.form][0]))
    if asked.take_in:
        _take_in(asked, voice)
        return
    with opened(asked, for_writing=True) as app:
        made = app.cataloguing.make(asked.title or voice.words("Stories"), asked.use or ["research"], asked.file,
                                    ConsoleTicket(), language=asked.language, titles=asked.titles,
                                    until=day_of(asked.until), recipient=asked.recipient)
        today = app.consenting.today()
    tell_made(made, voice, voice.words.many("{n} story", "{n} stories", len(made.items)),
              export_value(made, today, voice.words))


def _take_in(asked: argparse.Namespace, voice: Voice) -> None:
    with opened(asked, for_writing=True) as app:
        told, edits = app.cataloguing.plan(asked.file)
        if edits and not asked.preview:
            take_in_all(edits).do()
    words = voice.words
    done = words.many("{n} story would change.", "{n} stories would change.", len(told.changed)) if asked.preview \
        else words.many("{n} story was changed.", "{n} stories were changed.", len(told.changed))
    lines = [done, words.many("{n} stays as it is.", "{n} stay as they are.", told.same)]
    lines += [words("Row {row}: {why}", row=row, why=words.sentence(why)) for row, why in told.refused]
    voice.tell({"changed": list(told.changed), "same": told.same, "preview": asked.preview,
                "refused": [{"row": row, "reason": words.sentence(why)} for row, why in told.refused]},
               "\n".join(lines))
