"""Commands about the Voices microsite: make it, and make it again after somebody said stop."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from storybank.domain.draft import Chosen, Draft, DraftKind
from storybank.domain.twin import Twin
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.refreshing import Refreshed
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, opened
from ui.commands.making import add_making, make_draft
from ui.commands.values import Value
from ui.wiring import App


def site_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `site` takes."""
    doing = parser.add_subparsers(required=True, dest="act")
    make = doing.add_parser("make", help=tr("make the site as a folder that any web host, or none, can serve"))
    make.add_argument("folder", type=Path, help=tr("a folder that does not exist yet"))
    make.add_argument("--draft", default="", help=tr("the draft it is made from"))
    make.add_argument("--title", default="", help=tr("without a draft: its title; the other language with --title-fr"))
    make.add_argument("--title-fr", default="")
    make.add_argument("--quote", action="append", default=[], help=tr("only these quotes; else all that may"))
    add_making(make, tr)
    make.set_defaults(run=make_site)
    again = doing.add_parser("refresh", help=tr("make sites again that somebody said stop to, without them"))
    again.set_defaults(run=refresh)


def make_site(asked: argparse.Namespace, voice: Voice) -> None:
    """Make the site."""
    with opened(asked, for_writing=True) as app:
        draft = app.building.find(asked.draft) if asked.draft else _begun(app, asked)
        if draft.kind is not DraftKind.SITE:
            raise Invalid(say("{code} is no site.", code=draft.code))
        make_draft(app, draft, asked.folder, asked, voice)


def _begun(app: App, asked: argparse.Namespace) -> Draft:
    """Begin a draft of a site, so that it can be made again without whoever says stop."""
    if not asked.title.strip():
        raise Invalid(say("A title is needed."), hint=say("Name a draft with --draft, or a title with --title."))
    chosen = asked.quote or [one.code for one in app.quoting.all()]
    if not chosen:
        raise Refused(say("There are no quotes in the library."), hint=say("Pick quotes from a transcript first."))
    known = {one.code for one in app.quoting.all()}
    for code in chosen:
        if code not in known:
            raise NotFound(say("There is no quote {name}.", name=code[:40]))
    draft = app.building.begin(DraftKind.SITE, asked.title)
    languages = ("en", "fr") if asked.title_fr.strip() else ("en",)
    return app.building.save(replace(
        draft, title=Twin(asked.title.strip(), asked.title_fr.strip()), languages=languages,
        quotes=tuple(map(Chosen, dict.fromkeys(chosen)))))


def refresh(asked: argparse.Namespace, voice: Voice) -> None:
    """Make sites again that somebody said stop to."""
    with opened(asked, for_writing=True) as app:
        done = app.issuing.refresh_sites(ConsoleTicket())
    voice.tell([refreshed_value(one, voice) for one in done],
               "\n".join(voice.words.sentence(one.told) for one in done) or say("No site has to be made again."))


def refreshed_value(one: Refreshed, voice: Voice) -> Value:
    """Return what became of a site."""
    return {"old": one.old.code, "new": one.new.code if one.new else None, "place": one.old.place,
            "told": voice.words.sentence(one.told)}


ARGUMENTS: dict[str, Arguments] = {"site": site_arguments}
