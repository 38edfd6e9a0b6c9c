"""Making on the command line: what a draft orders, with a word on what stays behind."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from storybank.domain.draft import Draft, DraftKind, Part
from storybank.domain.export import Export
from storybank.services.making import BAG, FOLDER, ZIP
from storybank.words import say
from ui.commands.doors import ConsoleTicket, Tr, Voice, day_of
from ui.commands.values import export_value, said
from ui.wiring import App

KIND_NAMES = {DraftKind.BRIEF: say("brief"), DraftKind.KIT: say("kit"), DraftKind.SITE: say("site")}


def add_making(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say how what is made may be packed and given away."""
    add_packing(parser, tr)
    parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
    parser.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it will be used"))


def add_packing(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say how a kit may be packed."""
    packing = parser.add_mutually_exclusive_group()
    packing.add_argument("--zip", dest="packed", action="store_const", const=ZIP, help=tr("a kit as a zip to share"))
    packing.add_argument("--bag", dest="packed", action="store_const", const=BAG, help=tr("a kit as a BagIt bag"))


def add_kit_looks(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what a kit may hold and how it looks."""
    parser.add_argument("--part", action="append", default=[], choices=[one.value for one in Part],
                        help=tr("what it holds; may be repeated"))
    parser.add_argument("--theme", default="", help=tr("a theme of cards kept in the library"))
    parser.add_argument("--highlight", action="store_true", help=tr("let words light up as they are said"))


def make_draft(app: App, draft: Draft, to: Path, asked: argparse.Namespace, voice: Voice) -> None:
    """Make what a draft orders, and say what stays behind and why."""
    until = day_of(asked.until)
    draft = replace(draft, recipient=asked.recipient or draft.recipient, until=until or draft.until)
    if draft.kind is DraftKind.KIT:
        parts = tuple(dict.fromkeys(map(Part, getattr(asked, "part", []))))
        draft = replace(draft, parts=parts or draft.parts, theme=getattr(asked, "theme", "") or draft.theme,
                        highlight=draft.highlight or getattr(asked, "highlight", False))
    standing = app.answering.standing(draft)
    warnings = [f"{one.place}: {voice.words.sentence(one.message)}" for one in standing.remarks
                if not one.place.startswith("quotes.")]
    gone = [voice.words.sentence(one.reasons[0]) for one in standing.answers if one.verdict is None]
    made = app.issuing.issue(draft, to, ConsoleTicket(draft.code), form=getattr(asked, "packed", None) or FOLDER)
    blocked = {language: said(told, voice.words) for language, told in standing.blocked.items()}
    for language, told in blocked.items():
        voice.aside(say("Not made in {language}: {why}", language=language, why=" ".join(told)))
    for sentence in gone:
        voice.aside(sentence)
    tell_export(made, [*gone, *warnings], app.consenting.today(), voice, blocked)


def tell_export(made: Export, warnings: list[str], today: date, voice: Voice,
                blocked: dict[str, list[str]] | None = None) -> None:
    """Say what left, what was left out, and what to think of."""
    lines = [voice.words("{code} is in {place}: {quotes}.", code=made.code, place=made.place,
                         quotes=voice.words.many("{n} quote", "{n} quotes", len(made.items)))]
    lines += [voice.words("Left out:")] if made.left_out else []
    lines += [f"  {code}  {' '.join(said(reasons, voice.words))}" for code, reasons in made.left_out]
    value = {**export_value(made, today, voice.words), "warnings": warnings}
    voice.tell(value if blocked is None else {**value, "draft": made.draft, "blocked": blocked}, "\n".join(lines))
