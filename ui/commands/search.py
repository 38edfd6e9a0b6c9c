"""Commands about finding passages: search, with its facets, its concordance and the searches that were saved."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from storybank.domain.codebook import CodeKind
from storybank.domain.found import Beside
from storybank.domain.query import Kind, Query, Sort, understood
from storybank.domain.terms import folded
from storybank.domain.vocabulary import province_code
from storybank.errors import Invalid, NotFound
from storybank.services.searching import MOST
from storybank.words import say
from ui.commands import search_answers
from ui.commands.doors import Arguments, Tr, Voice, chosen, opened
from ui.wiring import App

MOST_AT_ONCE = 100_000


def search_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `search` takes."""
    parser.add_argument("words", nargs="*", help=tr('words, "phrases", beginnings*, -without, field:value'))
    for name, what in (
        ("block", tr("a building block")), ("stakeholder", tr("a stakeholder group")),
        ("code", tr("a stage or a code of your own")), ("province", tr("a province or territory, by code or name")),
        ("language", tr("a language, as en or fr")), ("year", tr("a year of recording")),
        ("speaker", tr("who says it, by code or name")), ("coder", tr("who tagged it")),
        ("kind", tr("passage, quote, memo or story")),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", action="append", default=[], help=what)
    parser.add_argument("--usable-for", default="", metavar="USE", help=tr("only what may be used so today"))
    parser.add_argument("--sort", default="", help=tr("best, newest or story"))
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--offset", type=int, default=0, help=tr("how many of the first to pass over"))
    parser.add_argument("--facets", action="store_true", help=tr("count what was found by block, speaker, year…"))
    parser.add_argument("--concordance", action="store_true", help=tr("line the found words up with those beside them"))
    parser.add_argument("--beside", metavar="WORD", choices=[one.value for one in Beside],
                        help=tr("the word that the concordance is sorted by: so many left or right, or the story"))
    parser.add_argument("--csv", metavar="FILE", type=Path, help=tr("write the concordance as a table"))
    parser.add_argument("--use", default="research", help=tr("with --csv: what the table is for; each place is asked"))
    parser.add_argument("--recipient", default="", help=tr("who is given it, to be told if somebody withdraws"))
    _saved_arguments(parser, tr)
    parser.set_defaults(run=search)


def _saved_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    parser.add_argument("--saved", metavar="NAME", help=tr("ask what was saved under this name"))
    parser.add_argument("--seen", action="store_true", help=tr("with --saved: count all of it as seen from now on"))
    parser.add_argument("--save", metavar="NAME", help=tr("save the search under this name"))
    parser.add_argument("--list-saved", action="store_true", help=tr("list the saved searches and what is new"))
    parser.add_argument("--forget", metavar="NAME", help=tr("forget a saved search"))


def search(asked: argparse.Namespace, voice: Voice) -> None:
    """Find passages, quotes, memos and stories, or do what was asked about a saved search."""
    if "" in [name.strip() for name in (asked.save, asked.saved, asked.forget) if name is not None]:
        raise Invalid(say("A saved search needs a name."))
    with opened(asked, for_writing=bool(asked.save or asked.forget or asked.seen or asked.csv)) as app:
        if asked.list_saved:
            search_answers.tell_saved(app, voice)
        elif asked.forget:
            saved = app.searches.find(asked.forget)
            app.searches.remove(saved.id).do()
            voice.tell({"forgotten": saved.name}, say("The search “{name}” is forgotten.", name=saved.name))
        else:
            _answer(app, asked, voice)


def _answer(app: App, asked: argparse.Namespace, voice: Voice) -> None:
    query = query_of(app, asked)
    if asked.save:
        app.searches.save(asked.save, query).do()
    most, offset = min(max(asked.most, 1), MOST_AT_ONCE), min(max(asked.offset, 0), MOST_AT_ONCE)
    if asked.facets:
        search_answers.tell_facets(app, query, voice)
    elif asked.concordance or asked.beside or asked.csv:
        search_answers.tell_concordance(app, query, asked, voice)
    else:
        search_answers.tell_hits(app, query, most, offset, voice)
    if asked.saved and asked.seen:
        app.searches.look(app.searches.find(asked.saved).id)


def query_of(app: App, asked: argparse.Namespace) -> Query:
    """Return what was asked; a name that is not known is refused, a word never is."""
    typed = " ".join(asked.words).strip().encode("utf-8", "replace").decode("utf-8")
    query = understood(typed)
    if asked.saved:
        saved = app.searches.query(app.searches.find(asked.saved))
        both = understood(f"{saved.typed} {typed}".strip())
        query = replace(saved, typed=both.typed, terms=both.terms, root=both.root)
    chosen_ones: dict[str, Iterable[str]] = {
        "blocks": (_code(app, one, CodeKind.BLOCK) for one in asked.block),
        "stakeholders": (_code(app, one, CodeKind.STAKEHOLDER) for one in asked.stakeholder),
        "codes": (_code(app, one, CodeKind.STAGE, CodeKind.FREE) for one in asked.code),
        "provinces": map(province_code, asked.province), "languages": map(str.casefold, asked.language),
        "years": map(_year, asked.year), "speakers": (_speaker(app, one) for one in asked.speaker),
        "coders": (_coder(app, one) for one in asked.coder), "kinds": (chosen(Kind, one) for one in asked.kind),
    }  # fmt: skip
    for name, keys in chosen_ones.items():
        query = replace(query, **{name: getattr(query, name) | frozenset(keys)})
    if asked.sort:
        query = replace(query, sort=chosen(Sort, asked.sort))
    return replace(query, usable_for=asked.usable_for or query.usable_for)


def _code(app: App, typed: str, *kinds: CodeKind) -> str:
    """Return the key of a code that was typed by key, name or alias."""
    for code in app.quoting.codes():
        called = (code.key, code.label_en, code.label_fr, *code.aliases)
        if code.kind in kinds and folded(typed) in map(folded, called):
            return code.key
    return app.quoting.code(typed).key


def _year(typed: str) -> str:
    if not (len(typed.strip()) == 4 and typed.strip().isdecimal()):
        raise Invalid(say("{text} is not a year.", text=typed), hint=say("Write it as 2026."))
    return typed.strip()


def _speaker(app: App, typed: str) -> str:
    return app.people.find(typed).id


def _coder(app: App, typed: str) -> str:
    known = {folded(coder.name): coder for coder in app.completing.coders()}
    if (coder := known.get(folded(typed.strip()))) is None:
        names = ", ".join(sorted(coder.name for coder in known.values() if coder.name))
        raise NotFound(say("Nobody called {name} has coded anything.", name=typed),
                       hint=say("Coders are: {names}.", names=names))
    return coder.id


ARGUMENTS: dict[str, Arguments] = {"search": search_arguments}
