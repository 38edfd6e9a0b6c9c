"""Command that replaces a text throughout a transcript, as one change."""

from __future__ import annotations

import argparse

from storybank.domain.change import ChangeKind
from storybank.domain.finding import Searchable, Sought, replaced, seen
from storybank.words import say
from ui.commands.doors import Tr, Voice, opened, table


def replace_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `transcript replace` takes."""
    replace = doing.add_parser("replace", help=tr("replace a text wherever it stands"))
    replace.add_argument("story")
    replace.add_argument("find")
    replace.add_argument("replacement")
    replace.add_argument("--whole-word", action="store_true", help=tr("only where no letter goes on"))
    replace.add_argument("--match-case", action="store_true", help=tr("only with the same capitals and accents"))
    replace.add_argument("--dry-run", action="store_true", help=tr("only show what would change"))
    replace.set_defaults(run=replace_text)


def replace_text(asked: argparse.Namespace, voice: Voice) -> None:
    """Replace a text wherever it stands, and show the lines as they read now."""
    sought = Sought(asked.find, whole_word=asked.whole_word, match_case=asked.match_case)
    with opened(asked, for_writing=not asked.dry_run) as app:
        lines = app.correcting.lines(app.browsing.story(asked.story).recordings[0].id)
        searchable = Searchable([seen(line) for line in lines])
        places = searchable.find(sought)
        texts, stay = replaced(searchable.lines, places, asked.replacement)
        if texts and not asked.dry_run:
            now = {lines[number].id: text for number, text in texts.items()}
            app.correcting.reword_all(say("Replace"), now, ChangeKind.REPLACED).do()
    value = {"found": len(places), "stay": stay, "changed": not asked.dry_run and bool(texts),
             "lines": [{"line": number + 1, "text": text} for number, text in texts.items()]}
    rows = table([(str(number + 1), text) for number, text in texts.items()])
    voice.tell(value, rows or say("Nothing was replaced."))
    if stay:
        voice.aside(voice.words.many("{n} place stays: its line would be empty.",
                                     "{n} places stay: their lines would be empty.", stay))
