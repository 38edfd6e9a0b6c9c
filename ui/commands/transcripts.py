"""Commands about a transcript: show it and put it right."""

from __future__ import annotations

import argparse

from storybank.domain.flag import flag_reasons
from ui.commands.doors import Arguments, Tr, Voice, clock, opened
from ui.commands.editing import editing_arguments, history_arguments
from ui.commands.replacing import replace_arguments
from ui.commands.runs import run_arguments
from ui.commands.telling import lines_of, listed, told_line
from ui.commands.transcript_files import file_arguments


def transcript_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `transcript` takes."""
    doing = parser.add_subparsers(required=True)
    shown = doing.add_parser("show", help=tr("show the lines with their numbers"))
    shown.add_argument("story")
    shown.set_defaults(run=show_transcript)
    correct = doing.add_parser("correct", help=tr("give a line another text"))
    correct.add_argument("story")
    correct.add_argument("line", type=int)
    correct.add_argument("text")
    correct.set_defaults(run=correct_line)
    editing_arguments(doing, tr)
    replace_arguments(doing, tr)
    history_arguments(doing, tr)
    run_arguments(doing, tr)
    file_arguments(doing, tr)


def show_transcript(asked: argparse.Namespace, voice: Voice) -> None:
    """Show the lines with their numbers."""
    lines = lines_of(asked)
    with opened(asked) as app:
        text = listed(app, lines)
    voice.tell([told_line(line) for line in lines], text)
    for flag in dict.fromkeys(flag for line in lines for flag in line.flags):
        voice.aside(voice.words("! {reason}", reason=voice.words.sentence(flag_reasons()[flag])))


def correct_line(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a line another text; the engine's words stay underneath."""
    with opened(asked, for_writing=True) as app:
        recording = app.browsing.story(asked.story).recordings[0]
        line = app.correcting.line_at(recording.id, asked.line)
        app.correcting.reword(line.id, asked.text).do()
        after = app.correcting.line_at(recording.id, asked.line)
    voice.tell(told_line(after), f"{asked.line}  {clock(after.start_ms)}  {after.text}")


ARGUMENTS: dict[str, Arguments] = {"transcript": transcript_arguments}

