"""What `codebook` can do to one code: rename, describe, alias, colour, order, move, merge, split, remove, heading."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from storybank.domain.codebook_changes import sounds
from storybank.errors import Invalid, Refused
from storybank.services.codebooks import Plan
from storybank.services.edits import Edit
from storybank.words import say
from ui.commands.doors import Tr, Voice
from ui.wiring import App

Doing = Callable[[argparse.Namespace, App], Edit | Plan]
Changing = Callable[[Doing], Callable[[argparse.Namespace, Voice], None]]


def add_changes(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr, changing: Changing) -> None:
    """Say what each change takes."""
    made: dict[str, tuple[Doing, str]] = {
        "rename": (_rename, tr("name a code otherwise, in English, French or short")),
        "describe": (_describe, tr("say what a code stands for")),
        "alias": (_alias, tr("add other words for a code, or take them away")),
        "colour": (_colour, tr("give a code a colour of its own")),
        "order": (_order, tr("put a code in another place among those beside it")),
        "move": (_move, tr("put a code under another, or at the top")),
        "merge": (_merge, tr("give all quotes of a code to another")),
        "split": (_split, tr("give some quotes of a code to another, or to a new one")),
        "remove": (_remove, tr("take a code out")),
        "heading": (_heading, tr("let a code only gather others, or be given to quotes again")),
    }
    parsers = {}
    for name, (does, purpose) in made.items():
        parser = parsers[name] = doing.add_parser(name, help=purpose)
        parser.add_argument("code", help=tr("its key or name") if name in ("merge", "remove")
                            else tr("its key, name or alias"))
        parser.add_argument("--preview", action="store_true", help=tr("only tell what it would reach"))
        parser.set_defaults(run=changing(does))
    _add_texts(parsers, tr)
    _add_places(parsers, tr)
    _add_targets(parsers, tr)


def _add_texts(parsers: dict[str, argparse.ArgumentParser], tr: Tr) -> None:
    rename, describe, alias = parsers["rename"], parsers["describe"], parsers["alias"]
    rename.add_argument("label", nargs="?", help=tr("its label in English"))
    rename.add_argument("--french", help=tr("its label in French"))
    rename.add_argument("--short", help=tr("its short label in English"))
    rename.add_argument("--short-french", help=tr("its short label in French"))
    describe.add_argument("text", nargs="?", help=tr("in English"))
    describe.add_argument("--french", help=tr("in French"))
    alias.add_argument("words", nargs="+")
    alias.add_argument("--remove", action="store_true", help=tr("take these away"))
    parsers["colour"].add_argument("colour", nargs="?", default="", help=tr("as #0c6e63; none for the theme's own"))


def _add_places(parsers: dict[str, argparse.ArgumentParser], tr: Tr) -> None:
    where = parsers["order"].add_mutually_exclusive_group(required=True)
    where.add_argument("--up", action="store_true")
    where.add_argument("--down", action="store_true")
    where.add_argument("--to", type=int, help=tr("1 is the first place"))
    above = parsers["move"].add_mutually_exclusive_group(required=True)
    above.add_argument("--under", metavar="CODE")
    above.add_argument("--top", action="store_true")
    parsers["move"].add_argument("--place", type=int, help=tr("1 is the first place"))


def _add_targets(parsers: dict[str, argparse.ArgumentParser], tr: Tr) -> None:
    parsers["merge"].add_argument("into")
    split, remove, heading = parsers["split"], parsers["remove"], parsers["heading"]
    split.add_argument("quotes", nargs="+", help=tr("short codes of quotes, as Q-0012"))
    target = split.add_mutually_exclusive_group(required=True)
    target.add_argument("--into", metavar="CODE")
    target.add_argument("--new", metavar="LABEL", help=tr("the label of a new code"))
    split.add_argument("--french", default="", help=tr("its label in French"))
    for parser in (remove, heading):
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--to", metavar="CODE", help=tr("the code that its quotes are given"))
        where.add_argument("--uncoded", action="store_true", help=tr("its quotes stay without"))
    remove.add_argument("--with-those-under", action="store_true", help=tr("the codes under it go as well"))
    heading.add_argument("--off", action="store_true", help=tr("it may be given to quotes again"))
    for parser in (parsers["merge"], remove, heading):
        parser.add_argument("--yes", action="store_true", help=tr("also where it is a building block"))


def _key(app: App, typed: str | None) -> str:
    return app.codebooks.find(typed).key if typed else ""


def _rename(asked: argparse.Namespace, app: App) -> Plan:
    if asked.label is asked.french is asked.short is asked.short_french is None:
        raise Invalid(say("Say the new name: a label, --french, --short or --short-french."))
    return app.codebooks.rename(_key(app, asked.code), label_en=asked.label, label_fr=asked.french,
                                short_en=asked.short, short_fr=asked.short_french)


def _describe(asked: argparse.Namespace, app: App) -> Edit:
    return app.codebooks.describe(_key(app, asked.code), gist_en=asked.text, gist_fr=asked.french)


def _alias(asked: argparse.Namespace, app: App) -> Edit:
    code = app.codebooks.find(asked.code)
    return app.codebooks.call_not(code.key, asked.words) if asked.remove else app.codebooks.call(
        code.key, [*code.aliases, *asked.words])


def _colour(asked: argparse.Namespace, app: App) -> Edit:
    return app.codebooks.colour(_key(app, asked.code), asked.colour)


def _order(asked: argparse.Namespace, app: App) -> Edit:
    key = _key(app, asked.code)
    return app.codebooks.order(key, asked.to) if asked.to else app.codebooks.step(key, -1 if asked.up else 1)


def _move(asked: argparse.Namespace, app: App) -> Plan:
    return app.codebooks.move(_key(app, asked.code), _key(app, asked.under), asked.place)


def _meant(app: App, typed: str) -> str:
    """Return the key of a code that will be gone: one that only another word stands for is not meant."""
    code = app.codebooks.find(typed)
    if sounds(typed) not in {sounds(one) for one in (code.key, code.label_en, code.label_fr)}:
        raise Refused(say("“{word}” is only another word for {code}. Nothing was changed.", word=typed, code=code),
                      hint=say("If you mean it, name it by its key: {key}.", key=code.key))
    return code.key


def _merge(asked: argparse.Namespace, app: App) -> Plan:
    return app.codebooks.merge(_meant(app, asked.code), _key(app, asked.into), sure=asked.yes)


def _split(asked: argparse.Namespace, app: App) -> Plan:
    return app.codebooks.split(_key(app, asked.code), asked.quotes, into=_key(app, asked.into),
                               label_en=asked.new or "", label_fr=asked.french)


def _remove(asked: argparse.Namespace, app: App) -> Plan:
    return app.codebooks.remove(
        _meant(app, asked.code), to=_key(app, asked.to), uncoded=asked.uncoded or (asked.preview and not asked.to),
        with_those_under=asked.with_those_under, sure=asked.yes)  # fmt: skip


def _heading(asked: argparse.Namespace, app: App) -> Plan:
    return app.codebooks.make_heading(
        _key(app, asked.code), not asked.off, to=_key(app, asked.to),
        uncoded=asked.uncoded or (asked.preview and not asked.to), sure=asked.yes)  # fmt: skip
