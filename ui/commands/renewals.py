"""Commands about what runs out: the board of all agreements, what lapses soon, and asking again."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date

from storybank.domain.consent import CLOSED, Consent, ConsentState
from storybank.services.renewing import WARNINGS, Lapsing
from storybank.words import say
from ui.commands.agreements import consent_told
from ui.commands.called import STATES
from ui.commands.doors import ConsoleTicket, Tr, Voice, opened, table
from ui.commands.values import Value, day


def renewal_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what `consent renewals`, `renew` and `board` take."""
    renewals = doing.add_parser("renewals", help=tr("list what has run out or soon will, and what rests on it"))
    renewals.add_argument("--within", type=int, default=WARNINGS[-1], metavar="DAYS", help=tr("else 90 days"))
    renewals.set_defaults(run=list_renewals)
    renew = doing.add_parser("renew", help=tr("note that a person is asked again; the old answer stands until then"))
    renew.add_argument("consent", help=tr("a consent's code"))
    renew.add_argument("--by", default="", help=tr("who asks"))
    renew.set_defaults(run=renew_consent)
    board = doing.add_parser("board", help=tr("show every agreement by its state and its end, with counts"))
    board.add_argument("--state", choices=[str(state) for state in ConsentState], help=tr("only this state"))
    board.set_defaults(run=show_board)


def list_renewals(asked: argparse.Namespace, voice: Voice) -> None:
    """List what has run out or soon will."""
    with opened(asked) as app:
        found = app.renewing.board(asked.within)
    rows = [(one.consent.code, one.person.name, one.ends_on.isoformat(), _left(one.days, voice),
             ", ".join(e.code for e in one.live), one.renewal.code if one.renewal else "") for one in found]
    voice.tell([_lapsing(one) for one in found],
               table(rows) or say("Nothing runs out within {days} days.", days=asked.within))


def renew_consent(asked: argparse.Namespace, voice: Voice) -> None:
    """Begin a renewal."""
    with opened(asked, for_writing=True) as app:
        old = app.consenting.consent(asked.consent)
        question = app.renewing.ask(old.id, ConsoleTicket(), asked.by)
        value = consent_told(app, question)
    voice.tell(value, say("{question} asks to renew {consent}, which stands until there is an answer.",
                          question=question.code, consent=old.code))
    voice.aside(say("Record the answer with `storybank consent record {person} --renews {consent}`.",
                    person=str(value["person"]), consent=old.code))


def show_board(asked: argparse.Namespace, voice: Voice) -> None:
    """Show every agreement by its state and its end."""
    with opened(asked) as app:
        today, people = app.consenting.today(), {person.id: person for person in app.people.all()}
        consents = [c for c in app.consenting.all() if c.last_state not in CLOSED]
        lapsing = app.renewing.board()
    silent = [p for p in people.values() if p.id not in {c.contributor_id for c in consents}]
    states = Counter(c.state(today) for c in consents)
    ending = {str(days): sum(0 <= one.days <= days for one in lapsing) for days in WARNINGS}
    chosen = sorted((c for c in consents if asked.state in (None, c.state(today))), key=lambda c: _order(c, today))
    value = {"counts": {str(state): states[state] for state in ConsentState if states[state]}, "ending_within": ending,
             "consents": [{"code": c.code, "person": people[c.contributor_id].code, "state": c.state(today),
                           "stage": c.stage, "until": day(c.valid_until), "evidence": len(c.evidence)} for c in chosen],
             "without_consent": [p.code for p in silent]}
    rows = [(voice.words(STATES[c.state(today)]), c.code, people[c.contributor_id].name, str(c.valid_until or ""),
             "" if c.evidence else voice.words("no evidence")) for c in chosen]
    counts = [voice.words("{title}: {message}", title=voice.words(STATES[state]), message=states[state])
              for state in ConsentState if states[state]]
    soon = [voice.words("ending within {days} days: {count}", days=days, count=ending[str(days)]) for days in WARNINGS
            if ending[str(days)]]
    named = ", ".join(person.name for person in silent)
    nobody = [voice.words("No answer that counts: {people}", people=named)] if silent else []
    voice.tell(value, "\n".join(filter(None, [table(rows), "; ".join([*counts, *soon]), *nobody]))
               or say("There is no consent on file yet."))


def _order(c: Consent, today: date) -> tuple[int, date, str]:
    return list(ConsentState).index(c.state(today)), c.valid_until or date.max, c.code


def _left(days: int, voice: Voice) -> str:
    return voice.words("over") if days < 0 else voice.words.many("{n} day left", "{n} days left", days)


def _lapsing(one: Lapsing) -> Value:
    return {"consent": one.consent.code, "person": one.person.code, "name": one.person.name,
            "ends_on": day(one.ends_on), "days": one.days, "within": one.within,
            "exports": [{"code": e.code, "title": e.title, "place": e.place} for e in one.live],
            "renewal": one.renewal.code if one.renewal else None}
