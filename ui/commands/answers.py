"""The command that puts a person's answer on file: what was said, how it was taken, and what proves it."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from itertools import product

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.consent import PERMITTING, Consent, ConsentState, Decision, Method, Provision, Role, Stage, Taken
from storybank.domain.contributor import Contributor
from storybank.domain.use import Act, Material
from storybank.domain.vocabulary import language_code
from storybank.errors import Invalid
from storybank.words import Sentence, say
from ui.commands.agreements import consent_told
from ui.commands.called import STATES
from ui.commands.doors import ConsoleTicket, Tr, Voice, chosen, day_of, opened
from ui.commands.proofs import evidence_arguments, proofs_typed
from ui.wiring import App

_SAID = {"yes": Decision.PERMIT, "no": Decision.DENY, "ask": Decision.ASK_FIRST}
_ACTS = {"edit": Act.EDIT, "translate": Act.TRANSLATE, "advertise": Act.ADVERTISE, "ai_transcribe": Act.TRANSCRIBE,
         "ai_analyse": Act.ANALYSE, "ai_train": Act.TRAIN}
_WISHES = {"face": "face", "voice": "voice", "name_organization": "organization", "name_place": "place"}
_STATES = (ConsentState.GIVEN, ConsentState.RENEWED, ConsentState.REQUESTED, ConsentState.DEFERRED,
           ConsentState.REFUSED)
_KEYS = ("decision", "act", "use", "purpose", "channel", "audience", "territory", "material", "attribution", "from",
         "until", "condition", "quote")
_KEY = re.compile(r"(?:^|\s)(\w+)=")


def record_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `consent record` takes."""
    record = doing.add_parser("record", help=tr("put a person's answer on file"), description=tr(
        "Puts a person's answer on file. What was not said is no. --material and --territory narrow what --use and"
        " --condition permit; --purpose, --channel and --audience make one decision about every use of that kind,"
        " as --decision says; --provision says anything else, part by part."))
    record.add_argument("person", help=tr("a person's code or name"))
    _what(record, tr)
    _besides(record, tr)
    _how(record, tr)
    evidence_arguments(record, tr, "--evidence")
    record.set_defaults(run=record_consent)


def _what(record: argparse.ArgumentParser, tr: Tr) -> None:
    record.add_argument("--use", action="append", default=[], help=tr("what was agreed to; may be repeated"))
    record.add_argument("--deny", action="append", default=[], metavar="USE", help=tr("what was refused"))
    record.add_argument("--ask", action="append", default=[], metavar="USE", help=tr("what needs a question first"))
    record.add_argument("--condition", action="append", default=[], metavar="USE=TEXT",
                        help=tr("what was agreed to on a condition, in the person's words"))
    record.add_argument("--material", action="append", default=[], choices=[str(one) for one in Material],
                        help=tr("only this of it; may be repeated"))
    record.add_argument("--territory", help=tr("only there, as CA-QC"))
    for name in ("purpose", "channel", "audience"):
        record.add_argument(f"--{name}", help=tr("every use of that kind"))
    record.add_argument("--decision", choices=[str(one) for one in Decision])
    record.add_argument("--provision", action="append", default=[], metavar="KEY=VALUE…", help=tr(
        "a decision part by part, as \"decision=permit use=website material=quote until=2027-03-31\"; keys: {keys}"
    ).format(keys=", ".join(_KEYS)))
    record.add_argument("--for-quote", metavar="QUOTE", help=tr("this answer is about that quote alone"))
    record.add_argument("--story", action="append", default=[], help=tr("only for these stories"))
    record.add_argument("--state", choices=[str(state) for state in _STATES], help=tr("else given"))
    record.add_argument("--renews", metavar="C-0001", help=tr("the consent it renews; what is not said stays"))
    record.add_argument("--given", metavar="YYYY-MM-DD", help=tr("the day on the form; else today"))
    record.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it holds"))


def _besides(record: argparse.ArgumentParser, tr: Tr) -> None:
    record.add_argument("--attribution", choices=[str(level) for level in Attribution],
                        help=tr("how the person may be named; else anonymous"))
    for name in _WISHES:
        record.add_argument(f"--{name.replace('_', '-')}", choices=["yes", "no"])
    for name in _ACTS:
        record.add_argument(f"--{name.replace('_', '-')}", choices=list(_SAID))


def _how(record: argparse.ArgumentParser, tr: Tr) -> None:
    record.add_argument("--stage", choices=[str(stage) for stage in Stage], help=tr("being recorded, or use"))
    record.add_argument("--notice", metavar="NAME", help=tr("the consent form, as `consent notices` names it"))
    record.add_argument("--method", choices=[str(method) for method in Method])
    for name in ("witness", "interpreter", "captured-by", "copy-given"):
        record.add_argument(f"--{name}", default="")
    record.add_argument("--language", default="", help=tr("the language they were asked in"))
    record.add_argument("--role", choices=[str(Role.PERSON), str(Role.GUARDIAN), str(Role.COMMUNITY)],
                        help=tr("who answered"))
    record.add_argument("--by", default="", help=tr("the name of who answered, where it was not the person"))
    record.add_argument("--reason", default="")


def record_consent(asked: argparse.Namespace, voice: Voice) -> None:
    """Put a person's answer on file, and say what in it speaks against itself."""
    with opened(asked, for_writing=True) as app:
        person = app.people.find(asked.person)
        agreement = _agreement(app, asked, person)
        proofs = proofs_typed(app, asked.evidence, asked.on_camera)
        warnings = [*app.consenting.contradictions(agreement), *_doubts(app, agreement, person)]
        consent = app.consenting.put_on_file(agreement, proofs, ConsoleTicket())
        if agreement.state in PERMITTING and not consent.evidence:
            warnings.append(say("Consent {code} has no evidence on file.", code=consent.code))
        value = consent_told(app, consent)
    told = [voice.words.sentence(warning) for warning in warnings]
    voice.tell({**value, "warnings": told},
               f"{consent.code}  {person.name}: {voice.words(STATES[consent.last_state])}")
    for warning in told:
        voice.aside(warning)


def _agreement(app: App, asked: argparse.Namespace, person: Contributor) -> Agreement:
    """Return the answer as it was typed; where it renews another, what was not said stays as it was."""
    old = _renewed(app, asked, person)
    quote = app.quoting.get(asked.for_quote) if asked.for_quote else None
    stories = frozenset(app.browsing.story(one).story.id for one in asked.story)
    if quote and stories - {quote.story_id}:
        raise Invalid(say("Quote {quote} is not in the story you named.", quote=quote.code))
    provisions = _provisions(app, asked)
    until = day_of(asked.until)
    if quote:
        if asked.state and ConsentState(asked.state) not in PERMITTING:
            raise Invalid(say("An answer about one quote is a yes or a no to uses of it: --use, or --deny."))
        provisions = tuple(replace(p, quote_id=quote.id, ends_on=p.ends_on or until) for p in provisions)
        stories, until = frozenset({quote.story_id}), None
    usual = ConsentState.RENEWED if old else ConsentState.GIVEN
    attribution = Attribution(asked.attribution) if asked.attribution else None
    wishes = Wishes(**{name: said == "yes" for option, name in _WISHES.items() if (said := getattr(asked, option))})
    earlier = old or (_standing(app, person) if quote else None)
    return Agreement(
        person.id, provisions or (old.provisions if old else ()),
        attribution or (earlier.attribution if earlier else Attribution.ANONYMOUS),
        ConsentState(asked.state) if asked.state else usual, day_of(asked.given), until,
        stories or (old.story_ids if old else frozenset()),
        Stage(asked.stage) if asked.stage else (old.stage if old else Stage.RELEASE),
        earlier.wishes if earlier and wishes == Wishes() else wishes, _taken(app, asked),
        _role(asked, person), asked.by, asked.reason, old.id if old else "",
    )  # fmt: skip


def _renewed(app: App, asked: argparse.Namespace, person: Contributor) -> Consent | None:
    if not asked.renews:
        return None
    old = app.consenting.consent(asked.renews.strip().upper())
    if old.contributor_id != person.id:
        raise Invalid(say("Consent {code} is not one of {person}.", code=old.code, person=person.name))
    return old


def _standing(app: App, person: Contributor) -> Consent | None:
    """Return the agreement on which an answer about one quote leans."""
    today = app.consenting.today()
    return next((c for c in reversed(app.consenting.consents_of(person.id)) if c.stands(today)), None)


def _provisions(app: App, asked: argparse.Namespace) -> tuple[Provision, ...]:
    materials: list[Material | None] = [Material(one) for one in dict.fromkeys(asked.material)] or [None]
    yes = [Provision(Decision.PERMIT, use, asked.territory, material)
           for use, material in product(dict.fromkeys(asked.use), materials)]
    for typed in asked.condition:
        use, _, text = typed.partition("=")
        if not use.strip():
            raise Invalid(say("{text} is no use with a condition.", text=typed), hint=say("Write it as USE=TEXT."))
        yes += [Provision(Decision.CONDITIONAL, use.strip(), asked.territory, material, condition=text.strip())
                for material in materials]
    rest = [Provision(Decision.DENY, use) for use in dict.fromkeys(asked.deny)]
    rest += [Provision(Decision.ASK_FIRST, use) for use in dict.fromkeys(asked.ask)]
    if asked.purpose or asked.channel or asked.audience or asked.decision:
        rest += [Provision(Decision(asked.decision or "permit"), None, asked.territory, material, purpose=asked.purpose,
                           channel=asked.channel, audience=asked.audience) for material in materials]
    acts = [Provision(_SAID[said], act=act) for name, act in _ACTS.items() if (said := getattr(asked, name))]
    if not yes and not rest and (asked.material or asked.territory):
        raise Invalid(say("--material and --territory narrow what was agreed to: say what, with --use or --decision."))
    return (*yes, *rest, *(_provision(app, typed) for typed in asked.provision), *acts)


def _provision(app: App, typed: str) -> Provision:
    """Return a decision that was typed part by part; a value goes on to the next key."""
    said = _parts(typed)
    quote = app.quoting.get(said["quote"]).id if "quote" in said else None
    decision = chosen(Decision, said.get("decision", Decision.PERMIT))
    if decision is Decision.PERMIT and "condition" in said:
        decision = Decision.CONDITIONAL
    return Provision(
        decision, said.get("use"), said.get("territory"),
        chosen(Material, said["material"]) if "material" in said else None,
        chosen(Attribution, said["attribution"]) if "attribution" in said else None,
        day_of(said.get("from")), day_of(said.get("until")), said.get("condition", ""), said.get("purpose"),
        said.get("channel"), said.get("audience"), chosen(Act, said.get("act", Act.USE)), quote,
    )  # fmt: skip


def _parts(typed: str) -> dict[str, str]:
    found = list(_KEY.finditer(typed))
    condition = next((match.end() for match in found if match[1] == "condition"), len(typed))
    found = [match for match in found if match.end() <= condition or match[1] in _KEYS]
    unknown = [match[1] for match in found if match[1] not in _KEYS]
    if unknown or not found or typed[:found[0].start()].strip():
        raise Invalid(say("{text} is no decision.", text=typed), hint=say(
            "Write it as key=value, with these keys: {keys}.", keys=", ".join(_KEYS)))
    ends = [match.start() for match in found[1:]] + [len(typed)]
    said = {match[1]: typed[match.end():end].strip() for match, end in zip(found, ends, strict=True)}
    return {key: value for key, value in said.items() if value}


def _taken(app: App, asked: argparse.Namespace) -> Taken:
    notice = app.forms.notice(asked.notice) if asked.notice else None
    method = Method(asked.method) if asked.method else Method.ON_CAMERA if asked.on_camera else None
    language = language_code(asked.language) or (notice.language if notice else "")
    return Taken(notice.id if notice else "", method, language, asked.witness, asked.interpreter, asked.captured_by,
                 asked.copy_given)


def _role(asked: argparse.Namespace, person: Contributor) -> Role:
    if asked.role:
        return Role(asked.role)
    return Role.COMMUNITY if person.is_community else Role.PERSON


def _doubts(app: App, agreement: Agreement, person: Contributor) -> list[Sentence]:
    """Return what is odd about an answer and may still be meant."""
    today, found = app.consenting.today(), []
    if agreement.until and agreement.until < today:
        found.append(say("This consent ended on {day} already.", day=agreement.until))
    if agreement.given_on and agreement.given_on > today:
        found.append(say("This consent holds only from {day} on.", day=agreement.given_on))
    if agreement.role is Role.GUARDIAN and person.guardian is None and not person.is_minor(today):
        found.append(say("Nobody is on file who decides for {person}.", person=person.name))
    if agreement.role is Role.PERSON and person.is_minor(today):
        found.append(say("{person} is a minor: a guardian has to agree, with --role guardian.", person=person.name))
    return found
