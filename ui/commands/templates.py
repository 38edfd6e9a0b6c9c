"""Commands about the organisation's own looks: letterheads for briefs, themes for cards."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

from storybank.domain.remark import LookReport
from storybank.errors import NotFound
from storybank.words import LANGUAGES, Words, say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened

Kind = Literal["letterhead", "theme"]


def template_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `template` takes."""
    _arguments(parser, tr, "letterhead", tr("a letterhead (.docx) with a line that says [[STORYBANK]]"),
               tr("where to write a made-up brief on it: a .docx, .pdf or .png"))


def theme_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `theme` takes."""
    _arguments(parser, tr, "theme", tr("a theme (.json)"), tr("where to write a made-up card in it: a .png"))


def _arguments(parser: argparse.ArgumentParser, tr: Tr, kind: Kind, file: str, to: str) -> None:
    parser.set_defaults(run=list_looks, kind=kind)
    doing = parser.add_subparsers()
    doing.add_parser("list", help=tr("list those that are kept")).set_defaults(run=list_looks)
    check = doing.add_parser("check", help=tr("say what is wrong with one, and what it is good for; nothing is kept"))
    check.add_argument("file", type=Path, help=file)
    check.set_defaults(run=check_look)
    keep = doing.add_parser("keep", help=tr("keep one in the library"))
    keep.add_argument("file", type=Path, help=file)
    keep.add_argument("--name", default="", help=tr("what to call it"))
    keep.set_defaults(run=keep_look)
    show = doing.add_parser("show", help=tr("write something made-up with it, to be looked at"))
    show.add_argument("name", help=tr("one that is kept, or a file"))
    show.add_argument("to", type=Path, help=to)
    show.add_argument("--language", choices=LANGUAGES, default="en")
    show.set_defaults(run=show_look)
    remove = doing.add_parser("remove", help=tr("take one out of the library"))
    remove.add_argument("name")
    remove.set_defaults(run=remove_look)


def list_looks(asked: argparse.Namespace, voice: Voice) -> None:
    """List the names of those that are kept."""
    with opened(asked) as app:
        names = app.looks.themes() if asked.kind == "theme" else app.looks.letterheads()
    none = say("There is no theme of your own yet.") if asked.kind == "theme" else say("There is no letterhead yet.")
    voice.tell(list(names), "\n".join(names) or none)


def check_look(asked: argparse.Namespace, voice: Voice) -> None:
    """Say what is wrong with one, and what it is good for."""
    if not asked.file.exists():
        raise NotFound(say("There is no file {file}.", file=asked.file.name[:60]),
                       hint=say("Check its name and its folder."))
    with opened(asked) as app:
        report = app.looks.check(asked.file)
    voice.tell(_report(report, voice.words), _told(report, voice.words))


def keep_look(asked: argparse.Namespace, voice: Voice) -> None:
    """Keep one in the library, unless it may not be used."""
    with opened(asked, for_writing=True) as app:
        report = app.looks.take_in(asked.file, asked.name)
    kept = voice.words("Kept as “{name}”.", name=report.name)
    voice.tell(_report(report, voice.words), f"{kept}\n{_told(report, voice.words)}")


def show_look(asked: argparse.Namespace, voice: Voice) -> None:
    """Write something made-up with it: a name of the library, or a file anywhere."""
    with opened(asked) as app:
        ticket = ConsoleTicket(asked.to.name)
        if Path(asked.name).suffix.lower() in (".docx", ".json"):
            made = app.looks.sample_of(Path(asked.name), asked.to, asked.language, app.pages, ticket)
        else:
            made = app.looks.sample(asked.name, asked.to, asked.language, app.pages, ticket, asked.kind)
    voice.tell({"file": str(made)}, say("{file} is written.", file=made.name))


def remove_look(asked: argparse.Namespace, voice: Voice) -> None:
    """Take one out of the library."""
    with opened(asked, for_writing=True) as app:
        app.looks.remove(asked.name, asked.kind)
    voice.tell({"removed": asked.name}, say("“{name}” is not in the library any more.", name=asked.name))


def _report(report: LookReport, words: Words) -> dict[str, object]:
    remarks = [{"weight": str(one.weight), "message": words.sentence(one.message), "hint": words.sentence(one.hint),
                "place": one.place} for one in report.remarks]
    return {"name": report.name, "good": report.is_good, "level": report.level, "fields": list(report.fields),
            "facts": dict(report.facts), "remarks": remarks}


def _told(report: LookReport, words: Words) -> str:
    signs = {"stop": "✗", "warn": "!", "note": "·"}
    lines = [f"{signs[one.weight]} {words.sentence(one.message)} {words.sentence(one.hint)}".rstrip()
             for one in report.remarks]
    good = words("It may be used.") if report.is_good else words("It cannot be used like this.")
    return "\n".join([good, *lines])


ARGUMENTS: dict[str, Arguments] = {"template": template_arguments, "theme": theme_arguments}
