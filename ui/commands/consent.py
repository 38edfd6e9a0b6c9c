"""Commands about agreements: showing them, asking the gate, noting what happened to them."""

from __future__ import annotations

import argparse
import re

from storybank.domain.attribution import Attribution
from storybank.domain.consent import CLOSED, ConsentState, Role
from storybank.domain.permission import Permission, most_restrictive
from storybank.domain.use import AI, Act, Material
from storybank.errors import Invalid
from storybank.words import say
from ui.commands import answers, cases, forms, proofs, renewals
from ui.commands.agreements import consent_page, consent_told, shown
from ui.commands.called import LEVELS, STATES, VERDICTS
from ui.commands.doors import Arguments, Tr, Voice, day_of, opened, table
from ui.commands.values import answer_value
from ui.wiring import App

_ENTERED = {
    ConsentState.REVOKED: Role.ORGANIZATION, ConsentState.INVALIDATED: Role.AUTHORITY,
    ConsentState.DEFERRED: Role.PERSON, ConsentState.REFUSED: Role.PERSON,
    ConsentState.ENTERED_IN_ERROR: Role.ORGANIZATION, ConsentState.WITHDRAWN: Role.PERSON,
}  # fmt: skip
"""What may be noted, and whose doing it usually is."""
_CONSENT = re.compile(r"c-\d+", re.IGNORECASE)


def consent_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `consent` takes."""
    doing = parser.add_subparsers(required=True, metavar=tr("COMMAND"))
    answers.record_arguments(doing, tr)
    show = doing.add_parser("show", help=tr("show a person's consents and everything that happened to them"))
    show.add_argument("person", help=tr("a person's code or name, or a consent's code"))
    show.set_defaults(run=show_consent)
    _asking(doing, tr)
    doing.add_parser("uses", help=tr("list the uses that people are asked about")).set_defaults(run=list_uses)
    enter = doing.add_parser("enter", help=tr("note what happened to a consent; what was before stays on file"))
    enter.add_argument("consent", help=tr("a consent's code"))
    enter.add_argument("state", choices=[str(state) for state in _ENTERED])
    enter.add_argument("--reason", default="")
    enter.add_argument("--by", default="", help=tr("who said so"))
    enter.add_argument("--role", choices=[str(role) for role in Role], help=tr("in which role"))
    enter.set_defaults(run=enter_event)
    proofs.proof_arguments(doing, tr)
    renewals.renewal_arguments(doing, tr)
    forms.form_arguments(doing, tr)
    cases.case_arguments(doing, tr)


def _asking(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    may = doing.add_parser("may", help=tr("ask the gate: may this story or quote be used so?"))
    may.add_argument("story_or_quote")
    may.add_argument("use", nargs="*", help=tr("every use it is wanted for"))
    may.add_argument("--until", metavar="YYYY-MM-DD", help=tr("the last day it would be used"))
    may.add_argument("--material", action="append", default=[], choices=[str(one) for one in Material],
                     help=tr("what would go out; else a written quote"))
    may.add_argument("--act", action="append", default=[], choices=[str(one) for one in Act if one is not Act.USE],
                     help=tr("what would be done besides; machines are asked about without a use"))
    may.add_argument("--attribution", choices=[str(level) for level in Attribution],
                     help=tr("how the person would be named; else as fully as is allowed"))
    may.add_argument("--territory", help=tr("where it would be used, as CA-QC; else where the use says"))
    may.set_defaults(run=ask_gate)


def show_consent(asked: argparse.Namespace, voice: Voice) -> None:
    """Show one consent, or all of a person."""
    with opened(asked) as app:
        if _CONSENT.fullmatch(asked.person.strip()):
            found = [app.consenting.consent(asked.person.strip().upper())]
            value: object = consent_told(app, found[0])
        else:
            person = app.people.find(asked.person)
            found = app.consenting.consents_of(person.id)
            value = [consent_told(app, one) for one in found]
        pages = [consent_page(app, one, voice) for one in found]
    voice.tell(value, "\n\n".join(pages) or say("There is no consent on file for {person}.", person=person.name))


def ask_gate(asked: argparse.Namespace, voice: Voice) -> None:
    """Ask the gate, and say its reasons."""
    acts = [Act(act) for act in dict.fromkeys(asked.act)]
    machines = [act for act in acts if act in AI]
    if not asked.use and (not acts or len(machines) < len(acts)):
        raise Invalid(say("Say what it would be used for."), hint=say("`storybank consent uses` lists the uses."))
    if asked.use and machines:
        raise Invalid(say("Machines are asked about without a use."), hint=say("Ask twice: once for each."))
    with opened(asked) as app:
        story, quote = _place(app, asked.story_or_quote)
        if machines:
            answer = most_restrictive([app.consenting.may_process(story, act) for act in machines])
        else:
            answer = app.consenting.permission(
                story, asked.use, day_of(asked.until), quote=quote, acts=acts,
                materials=[Material(one) for one in asked.material] or [Material.QUOTE],
                attribution=Attribution(asked.attribution) if asked.attribution else None, territory=asked.territory)
        warnings = [voice.words.sentence(one) for one in app.consenting.warnings(story, answer)]
    value = answer_value(answer, warnings, voice.words)
    verdict = voice.words(VERDICTS[answer.verdict])
    lines = [voice.words("{title}: {message}", title=verdict,
                         message=" ".join(map(voice.words.sentence, answer.reasons)))]
    lines += _allowed(answer, voice) if answer.allowed and not machines else []
    voice.tell(value, "\n".join([*lines, *warnings]))


def list_uses(asked: argparse.Namespace, voice: Voice) -> None:
    """List the uses."""
    with opened(asked) as app:
        uses = app.consenting.uses()
    value = [{"key": u.key, "label": u.label(voice.words.language), "purpose": u.purpose, "channel": u.channel,
              "audience": u.audience, "territory": u.territory} for u in uses]
    voice.tell(value, table([(u.key, u.purpose, u.channel, u.audience, u.territory, u.label(voice.words.language))
                             for u in uses]))


def enter_event(asked: argparse.Namespace, voice: Voice) -> None:
    """Note what happened to a consent."""
    state = ConsentState(asked.state)
    with opened(asked, for_writing=True) as app:
        before = app.consenting.consent(asked.consent)
        role = Role(asked.role) if asked.role else _ENTERED[state]
        consent = app.consenting.enter(before.id, state, reason=asked.reason, by=asked.by, role=role)
        closed = [c.code for c in app.consenting.consents_of(consent.contributor_id)
                  if c.last_state in CLOSED and c.events[-1].reason == consent.code]
        value = consent_told(app, consent)
    voice.tell(value, f"{consent.code}  {voice.words(STATES[state])}")
    if state is ConsentState.ENTERED_IN_ERROR and closed:
        voice.aside(say("It had replaced {earlier}, which stays closed: record that one anew if it still holds.",
                        earlier=", ".join(closed)))


def _place(app: App, code: str) -> tuple[str, str]:
    """Return the story that is meant, and the quote if one is."""
    if code.upper().startswith("Q-"):
        quote = app.quoting.get(code)
        return quote.story_id, quote.id
    return app.browsing.story(code).story.id, ""


def _allowed(answer: Permission, voice: Voice) -> list[str]:
    words = voice.words
    lines = [words("Named as: {level}.", level=words(LEVELS[answer.attribution])), shown(answer.features, voice)]
    lines += [words.sentence(say("Until {day}.", day=answer.until))] if answer.until else []
    return [*lines, words("It rests on {consents}.", consents=", ".join(answer.consents))]


ARGUMENTS: dict[str, Arguments] = {"consent": consent_arguments}
