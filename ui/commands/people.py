"""Commands about people and their agreement: people, consent, withdraw."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Verdict
from storybank.domain.consent import Consent, ConsentState
from storybank.domain.contributor import Contributor
from storybank.errors import Refused
from storybank.services.withdrawing import Stop
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, day_of, opened, table
from ui.tongue import N_
from ui.wiring import App

VERDICTS = {Verdict.ALLOW: N_("allow"), Verdict.ASK_FIRST: N_("ask first"), Verdict.DENY: N_("deny")}


def people_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `people` takes."""
    parser.set_defaults(run=people)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("put a person on file"))
    add.add_argument("name")
    for detail in ("role", "stakeholder", "organization", "province"):
        add.add_argument(f"--{detail}", default="")
    add.add_argument("--language", default="en")
    add.set_defaults(run=add_person)
    name = doing.add_parser("name", help=tr("say who is in a story, the speaker first"))
    name.add_argument("story")
    name.add_argument("people", nargs="+")
    name.set_defaults(run=name_people)


def people(asked: argparse.Namespace, voice: Voice) -> None:
    """List everyone."""
    with opened(asked) as app:
        everyone = app.people.all()
    rows = [(p.code, p.name, p.role, p.stakeholder, p.organization, p.province) for p in everyone]
    voice.tell([_person(p) for p in everyone], table(rows))


def add_person(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a person on file."""
    with opened(asked, for_writing=True) as app:
        person = app.people.add(
            asked.name, role=asked.role, stakeholder=asked.stakeholder, organization=asked.organization,
            province=asked.province, language=asked.language)
    voice.tell(_person(person), f"{person.code}  {person.name}")


def name_people(asked: argparse.Namespace, voice: Voice) -> None:
    """Say who is in a story."""
    with opened(asked, for_writing=True) as app:
        story = app.browsing.story(asked.story).story
        named = list({p.id: p for p in map(app.people.find, asked.people)}.values())
        app.collecting.name_people(story.id, [person.id for person in named])
    voice.tell({"story": story.code, "people": [_person(p) for p in named]},
               f"{story.code}  {', '.join(p.name for p in named)}")


def consent_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `consent` takes."""
    doing = parser.add_subparsers(required=True)
    record = doing.add_parser("record", help=tr("put a person's answer on file"))
    record.add_argument("person", help=tr("a person's code or name"))
    record.add_argument("--use", action="append", default=[], help=tr("what was agreed to; may be repeated"))
    record.add_argument("--attribution", default="anonymous", choices=[str(level) for level in Attribution])
    record.add_argument("--given", metavar="YYYY-MM-DD")
    record.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it holds"))
    record.add_argument("--evidence", type=Path, help=tr("the signed form"))
    record.add_argument("--story", action="append", default=[], help=tr("only for these stories"))
    record.add_argument("--state", default="given", choices=["given", "requested", "deferred", "refused"])
    record.set_defaults(run=record_consent)
    shown = doing.add_parser("show", help=tr("show a person's consents and everything that happened to them"))
    shown.add_argument("person")
    shown.set_defaults(run=show_consent)
    may = doing.add_parser("may", help=tr("ask the gate: may this story or quote be used so?"))
    may.add_argument("story_or_quote")
    may.add_argument("use", nargs="+")
    may.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it would be used"))
    may.set_defaults(run=ask_gate)
    doing.add_parser("uses", help=tr("list the uses that people are asked about")).set_defaults(run=list_uses)


def record_consent(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a person's answer on file."""
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        consent = app.consenting.record(
            person.id, asked.use, Attribution(asked.attribution), ConsoleTicket(), given_on=day_of(asked.given),
            until=day_of(asked.until), evidence=asked.evidence, state=ConsentState(asked.state),
            story_ids=[app.browsing.story(one).story.id for one in asked.story])
    voice.tell(_consent(consent), f"{consent.code}  {person.name}: {consent.events[-1].state}")


def show_consent(asked: argparse.Namespace, voice: Voice) -> None:
    """Show a person's consents."""
    with opened(asked) as app:
        person = app.people.find(asked.person)
        consents = app.consenting.consents_of(person.id)
    rows = [(c.code, e.at[:10], str(e.state), ", ".join(_uses(c)), str(c.attribution), e.reason)
            for c in consents for e in c.events]
    voice.tell([_consent(c) for c in consents],
               table(rows) or say("There is no consent on file for {person}.", person=person.name))


def ask_gate(asked: argparse.Namespace, voice: Voice) -> None:
    """Ask the gate, and say its reasons."""
    with opened(asked) as app:
        answer = app.consenting.permission(_story_of(app, asked.story_or_quote), asked.use, day_of(asked.until))
    reasons = [voice.words.sentence(reason) for reason in answer.reasons]
    value = {"verdict": answer.verdict, "reasons": reasons, "attribution": answer.attribution,
             "until": answer.until and answer.until.isoformat(), "consents": list(answer.consents)}
    verdict = voice.words(VERDICTS[answer.verdict])
    voice.tell(value, voice.words("{title}: {message}", title=verdict, message=" ".join(reasons)))


def list_uses(asked: argparse.Namespace, voice: Voice) -> None:
    """List the uses."""
    with opened(asked) as app:
        uses = app.consenting.uses()
    voice.tell([{"key": u.key, "label": u.label(voice.words.language)} for u in uses],
               table([(u.key, u.label(voice.words.language)) for u in uses]))


def withdraw_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `withdraw` takes."""
    parser.add_argument("person", help=tr("a person's code or name"))
    parser.add_argument("--reason", default="")
    parser.add_argument("--yes", action="store_true", help=tr("do not ask again"))
    parser.set_defaults(run=withdraw)


def withdraw(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a person's consent back, and list what already left."""
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        if not asked.yes:
            _make_sure(person, voice)
        reached = app.withdrawing.withdraw(Stop(person.id, reason=asked.reason))
    exports = [{"code": e.code, "kind": e.kind, "title": e.title, "made_at": e.made_at, "place": e.place}
               for e in reached.exports]
    value = {"person": person.code, "consents": [c.code for c in reached.consents],
             "stories": [s.code for s in reached.stories], "exports": exports}
    lines = [voice.words("{person} has withdrawn. Nothing of theirs can be used from now on.", person=person.name)]
    lines += [voice.words("Already out, and to be called back:")] if exports else []
    voice.tell(value, "\n".join(lines + [f"  {e['code']}  {e['title']}  {e['place']}" for e in exports]))


def _make_sure(person: Contributor, voice: Voice) -> None:
    question = voice.words("Withdraw everything {person} agreed to? Type yes:", person=person.name)
    if not sys.stdin.isatty():
        raise Refused(say("Withdrawing needs a yes."), hint=say("Add --yes to the command."))
    print(question, end=" ", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("yes", "y", "oui", "o"):
        raise Refused(say("Nothing was withdrawn."))


def _story_of(app: App, code: str) -> str:
    if code.upper().startswith("Q-"):
        return app.quoting.get(code).story_id
    return app.browsing.story(code).story.id


def _uses(consent: Consent) -> list[str]:
    return [provision.use or "*" for provision in consent.provisions]


def _person(p: Contributor) -> dict[str, str]:
    return {"id": p.id, "code": p.code, "name": p.name, "role": p.role, "stakeholder": p.stakeholder,
            "organization": p.organization, "province": p.province, "language": p.language}


def _consent(c: Consent) -> dict[str, object]:
    return {
        "id": c.id, "code": c.code, "uses": _uses(c), "attribution": c.attribution,
        "given_on": c.given_on and c.given_on.isoformat(), "until": c.valid_until and c.valid_until.isoformat(),
        "events": [{"state": e.state, "at": e.at, "by": e.by, "reason": e.reason} for e in c.events],
        "evidence": [{"file": e.original_name, "sha256": e.sha256} for e in c.evidence],
    }


ARGUMENTS: dict[str, Arguments] = {
    "people": people_arguments, "consent": consent_arguments, "withdraw": withdraw_arguments,
}
