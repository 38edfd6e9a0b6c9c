"""Commands about the library itself: init, import, stories, show, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.errors import Damaged, Invalid
from storybank.services.browsing import Card
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, clock, folder_of, opened, table
from ui.commands.values import participant_value
from ui.tongue import N_
from ui.wiring import create_app

BECAME = {"added": N_("added"), "known": N_("known"), "refused": N_("refused")}


def init_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `init` takes."""
    parser.add_argument("folder", nargs="?", help=tr("where the library goes"))
    parser.add_argument("--title", default="Voices of Social Prescribing", help=tr("the library's own name"))
    parser.set_defaults(run=init)


def init(asked: argparse.Namespace, voice: Voice) -> None:
    """Make a new library."""
    folder = Path(asked.folder) if asked.folder else folder_of(asked)
    create_app(folder, asked.title).close()
    voice.tell({"library": str(folder.resolve()), "title": asked.title},
               say("Made the library {title} in {folder}.", title=asked.title, folder=folder))


def import_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `import` takes."""
    parser.add_argument("paths", nargs="*", type=Path, help=tr("media files, or folders of them"))
    parser.add_argument("--details", type=Path, help=tr("a CSV: file, title, person, role, stakeholder, …"))
    parser.add_argument("--leave", action="store_true", help=tr("leave the files where they are"))
    parser.set_defaults(run=bring_in)


def bring_in(asked: argparse.Namespace, voice: Voice) -> None:
    """Import, and tell truly what became of every file."""
    with opened(asked, for_writing=True) as app:
        app.collecting.tidy()
        report = app.collecting.bring_in(asked.paths, ConsoleTicket(), details=asked.details,
                                         leave_in_place=asked.leave)
    told = [
        {"file": str(o.file), "became": o.became, "story": o.story_code, "id": o.story_id,
         "reason": voice.words.sentence(o.reason), "hint": voice.words.sentence(o.hint)}
        for o in report.outcomes
    ]
    value = {became: [one for one in told if one["became"] == became] for became in ("added", "known", "refused")}
    lines = [(one["story"] or "—", voice.words(BECAME[str(one["became"])]), Path(one["file"]).name,
              f"{one['reason']} {one['hint']}".strip()) for one in told]
    voice.tell(value, table(lines))
    refused = report.that("refused")
    if len(refused) == len(report.outcomes):
        raise Invalid(say("Nothing was imported."), hint=refused[0].hint)


def stories_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `stories` takes."""
    parser.add_argument("--usable-for", metavar="USE", help=tr("only stories that may be used so today"))
    parser.set_defaults(run=stories)


def stories(asked: argparse.Namespace, voice: Voice) -> None:
    """List the stories."""
    with opened(asked) as app:
        if asked.usable_for:
            app.consenting.use(asked.usable_for)
        cards = [c for c in app.browsing.cards() if not asked.usable_for or asked.usable_for in c.badge.uses]
    rows = [(c.line.code, c.line.title, ", ".join(c.line.people), c.line.language, c.line.province,
             c.badge.state or voice.words("no consent"), c.line.transcript, str(c.line.quotes)) for c in cards]
    voice.tell([story_value(card) for card in cards], table(rows))


def story_value(card: Card) -> dict[str, object]:
    """Return a story as JSON tells it."""
    line, badge = card.line, card.badge
    return {
        "id": line.id, "code": line.code, "title": line.title, "slug": line.slug, "language": line.language,
        "people": list(line.people), "recordings": [line.recording_id] if line.recording_id else [],
        "transcript": line.transcript, "lines": line.lines, "quotes": line.quotes, "stakeholder": line.stakeholder,
        "province": line.province, "duration_ms": line.duration_ms, "consent": badge.state,
        "usable_for": list(badge.uses), "consent_until": badge.until and badge.until.isoformat(),
    }


def show_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `show` takes."""
    parser.add_argument("story", help=tr("a story's code or name"))
    parser.set_defaults(run=show)


def show(asked: argparse.Namespace, voice: Voice) -> None:
    """Show everything about a story."""
    with opened(asked) as app:
        view = app.browsing.story(asked.story)
        card = app.browsing.card(view.story.id)
    files = [{"id": r.id, "code": r.code, "file": r.original_name, "sha256": r.sha256, "bytes": r.bytes,
              "place": r.place, "duration_ms": r.facts.duration_ms} for r in view.recordings]
    people = [{"code": p.code, "name": p.name, "role": p.role, "stakeholder": p.stakeholder,
               "organization": p.organization, "province": p.province} for p in view.people]
    quotes = [{"code": q.code, "text": q.text, "start_ms": q.start_ms, "end_ms": q.end_ms,
               "codes": sorted(q.codes)} for q in view.quotes]
    runs = [{"engine": r.engine, "model": r.model, "state": r.state, "heard_ms": r.heard_ms} for r in view.runs]
    named, codes = {p.id: p for p in view.people}, {r.id: r.code for r in view.recordings}
    places = [participant_value(named[p.contributor_id], p, codes) for p in view.story.participants]
    value = {**story_value(card), "participants": places, "recordings": files,
             "people": people, "quotes": quotes, "runs": runs}
    lines = [f"{view.story.code}  {view.story.title}"]
    lines += [f"  {p['code']}  {p['name']}, {p['role']}" for p in people]
    lines += [f"  {f['code']}  {f['file']}  {clock(int(str(f['duration_ms'])))}" for f in files]
    lines += [f"  {q['code']}  {clock(int(str(q['start_ms'])))}  {q['text']}" for q in quotes]
    voice.tell(value, "\n".join(lines))


def verify_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `verify` takes."""
    parser.add_argument("--quick", action="store_true", help=tr("leave the media files out"))
    parser.set_defaults(run=verify)


def verify(asked: argparse.Namespace, voice: Voice) -> None:
    """Check the library and every file in it."""
    with opened(asked) as app:
        findings = app.housekeeping.verify(ConsoleTicket(), quick=asked.quick)
        waiting = app.housekeeping.waiting()
    said = [voice.words.sentence(finding) for finding in findings]
    told = said or [voice.words("Everything is in order.")]
    if waiting:
        told = [*told, voice.words("Recordings to look for, with `storybank locate`: {codes}.",
                                   codes=", ".join(waiting))]
    voice.tell({"ok": not said, "findings": said, **({"waiting": waiting} if waiting else {})}, "\n".join(told))
    if said:
        raise Damaged(say("The library is not in order; findings: {count}.", count=len(said)))


ARGUMENTS: dict[str, Arguments] = {
    "init": init_arguments, "import": import_arguments, "stories": stories_arguments, "show": show_arguments,
    "verify": verify_arguments,
}
