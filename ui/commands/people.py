"""Commands about people and communities: who they are, who decides for them, and who is in a story."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from datetime import date

from storybank.domain.contributor import Assent, Citation, Contributor, ContributorKind, Guardian, Label
from storybank.domain.story import Participant
from storybank.errors import Invalid
from storybank.words import say
from ui.commands.called import STATES
from ui.commands.doors import Arguments, Tr, Voice, day_of, opened, table
from ui.commands.presence import presence_arguments
from ui.commands.values import person_value
from ui.tongue import N_
from ui.wiring import App

_ASSENT = {Assent.UNKNOWN: N_("not asked yet"), Assent.YES: N_("wants this"), Assent.DISSENT: N_("does not want this")}
_CITED = ("title", "nation", "treaty_territory", "community", "teaching")
_NOBODY = "none"


def people_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `people` takes."""
    parser.set_defaults(run=people)
    doing = parser.add_subparsers(metavar=tr("COMMAND"))
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
    shown = doing.add_parser("show", help=tr("show everything about a person or a community"))
    shown.add_argument("person", help=tr("a person's code or name"))
    shown.set_defaults(run=show_person)
    _those_who_decide(doing, tr)
    presence_arguments(doing, tr)


def _those_who_decide(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    under = doing.add_parser("guardian", help=tr("say who decides for a person, and what they say themselves"))
    under.add_argument("person", help=tr("a person's code or name"))
    under.add_argument("--name", help=tr("who decides"))
    under.add_argument("--relation", help=tr("as mother, or tutor"))
    under.add_argument("--basis", help=tr("by which right, as a court order"))
    under.add_argument("--assent", choices=[str(one) for one in Assent], help=tr("what the person says; a no counts"))
    under.add_argument("--majority", metavar="YYYY-MM-DD", help=tr("the day they come of age, or none"))
    under.add_argument("--none", action="store_true", help=tr("nobody decides for them any more"))
    under.set_defaults(run=put_under)
    community = doing.add_parser("community", help=tr("put a community on file, which decides beside its people"))
    community.add_argument("name")
    community.add_argument("--province", default="")
    community.add_argument("--language", default="en")
    community.set_defaults(run=add_community)
    label = doing.add_parser("label", help=tr("give a community a label or notice that stands beside what it shares"))
    label.add_argument("community")
    label.add_argument("--name", required=True)
    label.add_argument("--text", default="", help=tr("exactly as the community wrote it"))
    label.add_argument("--language", default="en")
    label.add_argument("--uri", default="")
    label.add_argument("--notice", action="store_true", help=tr("a notice, and not a label"))
    label.add_argument("--remove", action="store_true", help=tr("take the label of that name away"))
    label.set_defaults(run=label_community)
    cite = doing.add_parser("cite", help=tr("say how an Elder or Knowledge Keeper is cited"))
    cite.add_argument("person", help=tr("a person's code or name"))
    for detail in _CITED:
        cite.add_argument(f"--{detail.partition('_')[0]}", dest=detail, default="")
    cite.set_defaults(run=cite_person)


def people(_asked: argparse.Namespace, voice: Voice) -> None:
    """List everyone."""
    with opened(_asked) as app:
        everyone = app.people.all()
    rows = [(p.code, p.name, p.role, p.stakeholder, p.organization, p.province) for p in everyone]
    voice.tell([person_value(p) for p in everyone], table(rows))


def add_person(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a person on file."""
    with opened(asked, for_writing=True) as app:
        person = app.people.add(
            asked.name, role=asked.role, stakeholder=asked.stakeholder, organization=asked.organization,
            province=asked.province, language=asked.language)
    voice.tell(person_value(person), f"{person.code}  {person.name}")


def add_community(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a community on file."""
    with opened(asked, for_writing=True) as app:
        made = app.people.add(asked.name, province=asked.province, language=asked.language,
                              kind=ContributorKind.COMMUNITY)
    voice.tell(person_value(made), f"{made.code}  {made.name}")


def name_people(asked: argparse.Namespace, voice: Voice) -> None:
    """Say who is in a story; when somebody is there stays as it was said."""
    with opened(asked, for_writing=True) as app:
        story = app.browsing.story(asked.story).story
        named = list({p.id: p for p in map(app.people.find, asked.people)}.values())
        known = {person.id: [p for p in story.participants if p.contributor_id == person.id] for person in named}
        app.people.place(story.id, [part for p in named for part in known[p.id] or [Participant(p.id)]])
    voice.tell({"story": story.code, "people": [person_value(p) for p in named]},
               f"{story.code}  {', '.join(p.name for p in named)}")


def show_person(asked: argparse.Namespace, voice: Voice) -> None:
    """Show everything about a person."""
    with opened(asked) as app:
        person = app.people.find(asked.person)
        stories = [card.line for card in app.browsing.cards() if person.id in card.line.contributor_ids]
        consents, today = app.consenting.consents_of(person.id), app.consenting.today()
    value = {**person_value(person), "stories": [line.code for line in stories],
             "consents": [{"code": c.code, "state": c.state(today)} for c in consents]}
    rows = [*_details(person, voice, today), *((line.code, line.title) for line in stories),
            *((c.code, voice.words(STATES[c.state(today)])) for c in consents)]
    voice.tell(value, f"{person.code}  {person.name}\n{table([('', *row) for row in rows])}".rstrip())


def put_under(asked: argparse.Namespace, voice: Voice) -> None:
    """Say who decides for a person."""
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        if asked.none and asked.name:
            raise Invalid(say("Either somebody decides for {person}, or nobody does.", person=person.name))
        majority = _majority(asked.majority, person)
        guardian = None if asked.none else _guardian(app, asked, person)
        if guardian is None and not asked.none and asked.majority is None:
            raise Invalid(say("Say who decides for {person}: --name.", person=person.name))
        person = app.people.put_under(replace(person, majority_on=majority), guardian)
        rows = _details(person, voice, app.consenting.today())
    voice.tell(person_value(person), f"{person.code}  {person.name}\n{table([('', *row) for row in rows])}".rstrip())


def label_community(asked: argparse.Namespace, voice: Voice) -> None:
    """Give a community a label; one of the same name and language is replaced."""
    with opened(asked, for_writing=True) as app:
        community = app.people.find(asked.community)
        others = [one for one in community.labels if (one.name, one.language) != (asked.name, asked.language)]
        if asked.remove and len(others) == len(community.labels):
            raise Invalid(say("{community} has no label {name}.", community=community.name, name=asked.name))
        new = [] if asked.remove else [Label(asked.name, asked.text, asked.language, asked.uri, asked.notice)]
        community = app.people.label(community, [*others, *new])
    voice.tell(person_value(community), table([(one.name, one.language, one.text) for one in community.labels])
               or say("{name} has no labels.", name=community.name))


def cite_person(asked: argparse.Namespace, voice: Voice) -> None:
    """Say how an Elder or Knowledge Keeper is cited; without details, they are not."""
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        citation = Citation(**{detail: getattr(asked, detail) for detail in _CITED})
        person = app.people.cite(person, None if citation == Citation() else citation)
        rows = _details(person, voice, app.consenting.today())
    voice.tell(person_value(person), f"{person.code}  {person.name}\n{table([('', *row) for row in rows])}".rstrip())


def _guardian(app: App, asked: argparse.Namespace, person: Contributor) -> Guardian | None:
    """Return who decides, with what was said now in place of what was known."""
    known = person.guardian
    if asked.name is None and known is None:
        return None
    told = {part: said for part in ("name", "relation", "basis") if (said := getattr(asked, part)) is not None}
    guardian = replace(known, **told) if known else Guardian(**told)
    if asked.assent is None:
        return guardian
    assent = Assent(asked.assent)
    return replace(guardian, assent=assent, assent_on=None if assent is Assent.UNKNOWN else app.consenting.today())


def _majority(typed: str | None, person: Contributor) -> date | None:
    if typed is None:
        return person.majority_on
    return None if typed.lower() == _NOBODY else day_of(typed)


def _details(person: Contributor, voice: Voice, today: date) -> list[tuple[str, str]]:
    words, guardian = voice.words, person.guardian
    kind = words("community") if person.is_community else words("minor") if person.is_minor(today) else words("person")
    rows = [(words("kind"), kind), (words("role"), person.role), (words("stakeholder"), person.stakeholder),
            (words("organization"), person.organization), (words("province"), person.province),
            (words("language"), person.language),
            (words("comes of age"), person.majority_on.isoformat() if person.majority_on else "")]
    if guardian:
        decides = ", ".join(filter(None, (guardian.name, guardian.relation, guardian.basis)))
        rows += [(words("decides for them"), decides),
                 (words("says themselves"), words(_ASSENT[guardian.assent]))]
    if person.citation:
        rows.append((words("cited as"), ", ".join(filter(None, asdict(person.citation).values()))))
    rows += [(words("notice") if one.is_notice else words("label"), f"{one.name}: {one.text}") for one in person.labels]
    return [(name, told) for name, told in rows if told]


ARGUMENTS: dict[str, Arguments] = {"people": people_arguments}
