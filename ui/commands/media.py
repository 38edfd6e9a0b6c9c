"""Commands about recordings' files: say where one went, and make a light copy for playing."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.recording import Recording
from storybank.errors import NotFound
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened, table
from ui.wiring import App


def locate_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `locate` takes."""
    parser.add_argument("recording", help=tr("a recording's code"))
    parser.add_argument("file", type=Path,
                        help=tr("its file, or a folder: that is searched for every recording that is missing"))
    parser.set_defaults(run=locate)


def locate(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a recording its place again, or every missing one that lies in a folder."""
    with opened(asked, for_writing=True) as app:
        wanted = app.browsing.recording(asked.recording)
        ticket = ConsoleTicket(wanted.original_name)
        if asked.file.is_dir():
            found = _look_in(app, wanted, asked.file, ticket)
        else:
            found = [app.relinking.locate(wanted.id, asked.file.absolute(), ticket)]
        places = [(r.code, r.original_name, str(app.store.path(r.place))) for r in found]
    value = [{"recording": code, "file": name, "place": place} for code, name, place in places]
    voice.tell(value, table(places))


def _look_in(app: App, wanted: Recording, folder: Path, ticket: ConsoleTicket) -> list[Recording]:
    found = app.relinking.look_in(folder.absolute(), ticket)
    if app.relinking.is_missing(app.browsing.recording(wanted.id)):
        raise NotFound(say("{name} is not in that folder.", name=wanted.original_name),
                       hint=say("Look in another folder, or on the drive it came from."))
    return found


def proxy_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `proxy` takes."""
    parser.add_argument("story", help=tr("a story's code or name"))
    parser.set_defaults(run=proxy)


def proxy(asked: argparse.Namespace, voice: Voice) -> None:
    """Make the light copies that the player shows; a copy that is there is kept."""
    with opened(asked, for_writing=True) as app:
        recordings = app.browsing.story(asked.story).recordings
        copies = [(r.code, str(app.playing.copy(r.id, ConsoleTicket(r.original_name)))) for r in recordings]
    voice.tell([{"recording": code, "copy": file} for code, file in copies], table(copies))


ARGUMENTS: dict[str, Arguments] = {"locate": locate_arguments, "proxy": proxy_arguments}
