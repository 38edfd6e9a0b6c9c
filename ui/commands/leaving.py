"""Commands about what leaves the house: brief, kit, clip, ledger."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from storybank.domain.clip import SQUARE, UPRIGHT, WIDE
from storybank.domain.commission import Brief, Kit
from storybank.domain.draft import DraftKind, Form, Part
from storybank.domain.names import slug
from storybank.errors import Invalid, Refused
from storybank.services.making import FOLDER, ZIP
from storybank.words import say
from ui.commands.called import STATUSES
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, day_of, opened, table
from ui.commands.making import KIND_NAMES, add_kit_looks, add_packing, make_draft, tell_export
from ui.commands.values import export_value
from ui.wiring import App

SHAPES = {shape.name: shape for shape in (WIDE, SQUARE, UPRIGHT)}


def brief_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `brief` takes."""
    parser.add_argument("file", type=Path, help=tr("where it goes, as brief.docx"))
    parser.add_argument("--draft", default="", help=tr("the draft it is made from, instead of a title and asks"))
    parser.add_argument("--title", default="", help=tr("the title, shaped as the ask"))
    parser.add_argument("--ask", action="append", default=[], help=tr("what is asked: one to three"))
    parser.add_argument("--form", default=Form.ONE_THREE.value, choices=[one.value for one in Form])
    parser.add_argument("--audience", default="", help=tr("for whom"))
    parser.add_argument("--message", action="append", default=[], help=tr("a main message; may be repeated"))
    for name in ("issue", "author", "contact"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--language", default="en", choices=["en", "fr"])
    _choosing(parser, tr, "government_brief")
    parser.set_defaults(run=brief)


def brief(asked: argparse.Namespace, voice: Voice) -> None:
    """Write a policy brief."""
    if asked.draft:
        _from_draft(asked, asked.file, DraftKind.BRIEF, voice)
        return
    asks = tuple(filter(str.strip, asked.ask))
    if not 1 <= len(asks) <= 3:
        raise Invalid(say("A brief makes one to three asks; you gave {count}.", count=len(asks)))
    _check(asked.title, asked.file, ".docx")
    if asked.file.exists():
        raise Refused(say("{name} exists already.", name=asked.file.name), hint=say("Choose another name."))
    ordered = Brief(asked.title, asked.audience, asks, tuple(asked.message), asked.issue, asked.author,
                    asked.contact, asked.language, form=Form(asked.form))
    with opened(asked, for_writing=True) as app:
        warnings = _warned(app, asked, asked.quote or None, voice)
        made = app.exporting.make_brief(ordered, asked.quote or None, _uses(asked), asked.file, ConsoleTicket(),
                                        until=day_of(asked.until), recipient=asked.recipient)
        today = app.consenting.today()
    tell_export(made, warnings, today, voice)


def kit_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `kit` takes."""
    parser.add_argument("folder", type=Path, help=tr("a folder that does not exist yet"))
    parser.add_argument("--title", default="")
    parser.add_argument("--draft", default="", help=tr("the draft it is made from, instead of a title"))
    add_kit_looks(parser, tr)
    add_packing(parser, tr)
    for name in ("organization", "contact", "link"):
        parser.add_argument(f"--{name}", default="Voices of Social Prescribing" if name == "organization" else "")
    parser.add_argument("--language", action="append", default=[], choices=["en", "fr"])
    _choosing(parser, tr, "social_media")
    parser.set_defaults(run=kit)


def kit(asked: argparse.Namespace, voice: Voice) -> None:
    """Make a campaign kit."""
    if asked.draft:
        _from_draft(asked, asked.folder, DraftKind.KIT, voice)
        return
    _check(asked.title, asked.folder, ".zip" if asked.packed == ZIP else "")
    ordered = Kit(asked.title, slug(asked.title, 40), asked.organization, asked.contact, asked.link,
                  tuple(asked.language or ["en"]), highlight=asked.highlight,
                  parts=tuple(dict.fromkeys(map(Part, asked.part))) or (Part.ONLINE,))
    with opened(asked, for_writing=True) as app:
        warnings = _warned(app, asked, asked.quote or None, voice)
        ordered = replace(ordered, theme=app.looks.path(asked.theme, "theme") if asked.theme else None)
        made = app.issuing.issue_kit(ordered, asked.quote or None, _uses(asked), asked.folder,
                                     ConsoleTicket(asked.title), until=day_of(asked.until), recipient=asked.recipient,
                                     form=asked.packed or FOLDER)
        today = app.consenting.today()
    tell_export(made, warnings, today, voice)


def clip_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `clip` takes."""
    parser.add_argument("quote_code", metavar="QUOTE")
    parser.add_argument("file", type=Path, help=tr("where it goes, as clip.mp4"))
    parser.add_argument("--shape", default=WIDE.name, choices=sorted(SHAPES))
    parser.add_argument("--no-captions", action="store_true", help=tr("leave the picture clean"))
    _choosing(parser, tr, "website")
    parser.set_defaults(run=clip)


def clip(asked: argparse.Namespace, voice: Voice) -> None:
    """Cut a clip."""
    _check(asked.quote_code, asked.file, ".mp4")
    with opened(asked, for_writing=True) as app:
        warnings = _warned(app, asked, [asked.quote_code], voice)
        made = app.exporting.make_clip(asked.quote_code, _uses(asked), asked.file, ConsoleTicket(asked.quote_code),
                                       shape=SHAPES[asked.shape], captioned=not asked.no_captions,
                                       until=day_of(asked.until), recipient=asked.recipient)
        today = app.consenting.today()
    tell_export(made, warnings, today, voice)


def ledger_arguments(parser: argparse.ArgumentParser, _tr: Tr) -> None:
    """Say what `ledger` takes."""
    parser.set_defaults(run=ledger)


def ledger(asked: argparse.Namespace, voice: Voice) -> None:
    """List everything that ever left."""
    with opened(asked) as app:
        exports = app.exporting.exports()
        today = app.consenting.today()
    rows = [(e.code, e.made_at[:10], str(e.kind), voice.words(STATUSES[e.status(today)]), e.title, e.recipient,
             ", ".join(e.uses), str(len(e.items)), e.place) for e in exports]
    voice.tell([export_value(e, today, voice.words) for e in exports],
               table(rows) or say("Nothing has left the house yet."))


def _from_draft(asked: argparse.Namespace, to: Path, kind: DraftKind, voice: Voice) -> None:
    """Make what a draft orders, where it is of that kind."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft)
        if draft.kind is not kind:
            raise Invalid(say("{code} is a {kind}.", code=draft.code, kind=KIND_NAMES[draft.kind]),
                          hint=say("Make it with `storybank draft make`."))
        make_draft(app, draft, to, asked, voice)


def _choosing(parser: argparse.ArgumentParser, tr: Tr, use: str) -> None:
    parser.add_argument("--use", action="append", help=tr("what it is for; each quote must allow every one"))
    parser.add_argument("--quote", action="append", default=[], help=tr("only these quotes; else all that may"))
    parser.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it will be used"))
    parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
    parser.set_defaults(usual_use=use)


def _check(title: str, to: Path, ending: str) -> None:
    """Refuse what nobody means: a thing without a title, and a file whose name promises another kind."""
    if not title.strip():
        raise Invalid(say("A title is needed."))
    if ending and to.suffix.lower() != ending:
        raise Invalid(say("The name of this file must end in {ending}.", ending=ending))


def _uses(asked: argparse.Namespace) -> list[str]:
    """Return the uses asked for, or the usual one of the command."""
    return asked.use or [asked.usual_use]


def _warned(app: App, asked: argparse.Namespace, quotes: Sequence[str] | None, voice: Voice) -> list[str]:
    """Say what to think of before these quotes leave, and return it."""
    selection = app.exporting.select(quotes, _uses(asked), day_of(asked.until))
    told = [voice.words("{title}: {message}", title=code, message=voice.words.sentence(warning))
            for code, warning in selection.warnings]
    for one in told:
        voice.aside(one)
    return told


ARGUMENTS: dict[str, Arguments] = {
    "brief": brief_arguments, "kit": kit_arguments, "clip": clip_arguments, "ledger": ledger_arguments,
}
