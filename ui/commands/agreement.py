"""Command `agreement`: how far coders agree, where they differ, and settling that."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storybank.domain.coding import Coder
from storybank.domain.transcript import Span
from storybank.domain.unitizing import Unit
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.compared import Differing, Options
from storybank.words import Sentence, Words, say
from ui.commands.coder import add_coder, sit_down
from ui.commands.doors import Arguments, Tr, Voice, clock, moment_of, opened, table
from ui.quotes import agreement_table
from ui.quotes.agreement_table import coder_name
from ui.wiring import App


def agreement_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `agreement` takes."""
    _add_options(parser, tr, by_itself=True)
    parser.add_argument("--csv", type=Path, metavar=tr("FILE"), help=tr("write the table as a CSV file"))
    parser.set_defaults(run=measure)
    doing = parser.add_subparsers()
    listed = doing.add_parser("disagreements", help=tr("list where coders differ and nobody has decided yet"))
    _add_options(listed, tr)
    listed.set_defaults(run=list_disagreements)
    settle = doing.add_parser("settle", help=tr("decide a disagreement: by its number in the list, or its name"))
    settle.add_argument("which")
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--keep", nargs="?", const="", metavar=tr("NAME"), help=tr("keep the code, as this coder gave it"))
    how.add_argument("--drop", action="store_true", help=tr("leave the code out"))
    how.add_argument("--span", nargs=2, metavar=(tr("FROM"), tr("TO")), help=tr("keep the code between two moments"))
    _add_options(settle, tr)
    settle.set_defaults(run=settle_one)
    _add_standing(doing, tr)


def _add_standing(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    finish = doing.add_parser("finish", help=tr("say that you are done coding a story"))
    finish.add_argument("story")
    finish.add_argument("--not-yet", action="store_true", help=tr("say that you are not done after all"))
    add_coder(finish, tr)
    finish.set_defaults(run=finish_story)
    blind = doing.add_parser("blind", help=tr("see nobody else's codes, or see them all again"))
    blind.add_argument("switch", choices=["on", "off"])
    add_coder(blind, tr)
    blind.set_defaults(run=set_blind)
    coders = doing.add_parser("coders", help=tr("list who codes"))
    coders.set_defaults(run=list_coders)
    rename = doing.add_parser("rename", help=tr("give a coder another name"))
    rename.add_argument("coder")
    rename.add_argument("name")
    rename.set_defaults(run=rename_coder)


def _add_options(parser: argparse.ArgumentParser, tr: Tr, *, by_itself: bool = False) -> None:
    """Add what is compared; beneath another parser only what is typed counts, and overrules nothing."""
    none: dict[str, Any] = {} if by_itself else {"default": argparse.SUPPRESS}
    parser.add_argument("--coder", action="append", metavar=tr("NAME"), **none,
                        help=tr("a coder to compare; say it twice or more; else everybody"))
    parser.add_argument("--unit", choices=[str(unit) for unit in Unit], **{"default": str(Unit.TIME), **none},
                        help=tr("count time, lines of the transcript, or only what anybody coded"))
    parser.add_argument("--code", action="append", **none, help=tr("only this code"))
    parser.add_argument("--story", action="append", **none, help=tr("only this story"))
    for name, meaning in (("--no-suggested", tr("leave out codes that were suggested")),
                          ("--silence", tr("count time in which nobody speaks, too")),
                          ("--children", tr("let a code count those under it"))):
        parser.add_argument(name, action="store_true", **none, help=meaning)


def measure(asked: argparse.Namespace, voice: Voice) -> None:
    """Tell how far coders agree."""
    tr = voice.words
    with opened(asked) as app:
        found = app.agreeing.measure(_options(app, asked))
        if asked.csv and found.recordings:
            app.write_table(asked.csv, agreement_table.table(found, tr, app.codebook_carrying.that_stay()))
    value = {"coders": [coder.name for coder in found.coders], "unit": str(found.unit),
             "recordings": list(found.recordings), "waiting": found.waiting,
             "codes": [agreement_table.told(row, found.coders) for row in found.rows],
             "overall": agreement_table.told(found.overall, found.coders)}
    if not found.recordings:
        nobody = say("No story has two coders who are done with it.")
        if asked.csv:
            raise Refused(nobody, hint=say("Each says so with: storybank agreement finish STORY"))
        voice.tell(value, nobody)
        voice.aside(say("Each says so with: storybank agreement finish STORY"))
        return
    voice.tell(value, table([tuple(row) for row in agreement_table.table(found, tr)]))


def list_disagreements(asked: argparse.Namespace, voice: Voice) -> None:
    """List where coders differ."""
    with opened(asked) as app:
        found = app.agreeing.disagreements(_options(app, asked))
    rows = [(str(number), one.id, one.story_code, clock(one.disagreement.span.start_ms), one.code.label(
        voice.words.language), _who(one, voice.words), one.words) for number, one in enumerate(found, 1)]
    voice.tell([_told(one) for one in found], table(rows) or say("Nobody differs, or all of it is settled."))


def settle_one(asked: argparse.Namespace, voice: Voice) -> None:
    """Decide a disagreement."""
    with opened(asked, for_writing=True) as app:
        found = app.agreeing.disagreements(_options(app, asked))
        one = _named(found, asked.which)
        app.agreeing.adjudicate(one.disagreement, _kept(one, asked)).do()
        left = len(app.agreeing.disagreements(_options(app, asked)))
    said = say("Settled: {code} is left out. {left} to go.", code=one.code, left=left) if asked.drop else say(
        "Settled: {code} is kept. {left} to go.", code=one.code, left=left)
    voice.tell({"settled": one.id, "kept": not asked.drop, "left": left}, said)


def finish_story(asked: argparse.Namespace, voice: Voice) -> None:
    """Say that somebody is done with a story, or not."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        view = app.browsing.story(asked.story)
        for recording in view.recordings:
            app.agreeing.finish(recording.id, finished=not asked.not_yet).do()
        name = app.author
    said = (say("{name} is not done with {story}.", name=name, story=view.story.code) if asked.not_yet
            else say("{name} is done with {story}.", name=name, story=view.story.code))
    voice.tell({"coder": name, "story": view.story.code, "finished": not asked.not_yet}, said)


def set_blind(asked: argparse.Namespace, voice: Voice) -> None:
    """Let somebody code blind, or see everything again."""
    with opened(asked, for_writing=True) as app:
        sit_down(app, asked.coder)
        (app.agreeing.begin_blind if asked.switch == "on" else app.agreeing.end_blind)()
        name = app.author
    said = (say("{name} codes blind: nobody else's codes are shown.", name=name) if asked.switch == "on"
            else say("{name} sees all codes.", name=name))
    voice.tell({"coder": name, "blind": asked.switch == "on"}, said)


def list_coders(asked: argparse.Namespace, voice: Voice) -> None:
    """List who codes."""
    with opened(asked) as app:
        found = app.agreeing.coders()
    tr = voice.words
    voice.tell([{"id": one.coder.id, "name": one.coder.name, "codings": one.codings, "blind": one.coder.blind,
                 "finished": sorted(one.finished)} for one in found],
               table([(coder_name(one.coder, tr), str(one.codings), tr("done with {n}", n=len(one.finished)),
                       tr("blind") if one.coder.blind else "") for one in found]) or say("Nobody has coded yet."))


def rename_coder(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a coder another name."""
    with opened(asked, for_writing=True) as app:
        coder = _coders(app, [asked.coder])[0]
        renamed = app.agreeing.rename(coder.id, asked.name)
    voice.tell({"id": renamed.id, "name": renamed.name}, renamed.name)


def _options(app: App, asked: argparse.Namespace) -> Options:
    codes = frozenset(app.quoting.code(key).key for key in asked.code or ())
    recordings = frozenset(r.id for story in asked.story or () for r in app.browsing.story(story).recordings)
    coders = tuple(coder.id for coder in _coders(app, asked.coder or ()))
    if len(set(coders)) == 1:
        raise Invalid(say("It takes two coders to compare."), hint=say("Say --coder twice."))
    return Options(coders, Unit(asked.unit), not asked.silence, not asked.no_suggested, codes, recordings,
                   asked.children)


def _coders(app: App, wanted: Sequence[str]) -> list[Coder]:
    known = {one.coder.name.casefold(): one.coder for one in app.agreeing.coders()}
    for name in wanted:
        if name.strip().casefold() not in known:
            raise NotFound(say("Nobody called {name} codes here.", name=name),
                           hint=say("`storybank agreement coders` lists who does."))
    return [known[name.strip().casefold()] for name in wanted]


def _named(found: Sequence[Differing], which: str) -> Differing:
    for number, one in enumerate(found, 1):
        if which in (str(number), one.id):
            return one
    raise NotFound(say("There is no disagreement {which}.", which=which),
                   hint=say("`storybank agreement disagreements` lists them."))


def _kept(one: Differing, asked: argparse.Namespace) -> bool | Span:
    if asked.span:
        start, end = (moment_of(text) or 0 for text in asked.span)
        if end <= start:
            raise Invalid(say("The second moment must be after the first."))
        return Span(start, end)
    if asked.drop or not asked.keep:
        return not asked.drop
    for coder, span in one.gave:
        if coder.name.casefold() == asked.keep.strip().casefold():
            return span
    raise NotFound(say("{name} did not give {code} there.", name=asked.keep, code=one.code))


def _who(one: Differing, tr: Words) -> str:
    gave = ", ".join(dict.fromkeys(coder_name(coder, tr) for coder, _span in one.gave))
    if not one.gave_not:
        return tr.sentence(_other_borders(gave))
    return tr("{some}, not {others}", some=gave, others=", ".join(coder_name(coder, tr) for coder in one.gave_not))


def _other_borders(gave: str) -> Sentence:
    return say("{some}, other borders", some=gave)


def _told(one: Differing) -> dict[str, object]:
    span = one.disagreement.span
    return {"id": one.id, "story": one.story_code, "recording": one.disagreement.recording_id, "code": one.code.key,
            "start_ms": span.start_ms, "end_ms": span.end_ms, "words": one.words, "kind": str(one.disagreement.kind),
            "gave": [{"coder": who.name, "start_ms": s.start_ms, "end_ms": s.end_ms} for who, s in one.gave],
            "gave_not": [who.name for who in one.gave_not]}


ARGUMENTS: dict[str, Arguments] = {"agreement": agreement_arguments}
