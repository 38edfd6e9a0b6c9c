"""Agreement: what is about to be put on file, and what in it cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storybank.domain.attribution import UNSAID, Attribution, Wishes
from storybank.domain.consent import (
    GRANTS,
    PERMITTING,
    UNRECORDED,
    ConsentState,
    Decision,
    Provision,
    Role,
    Stage,
    Taken,
)
from storybank.domain.use import lies_within
from storybank.errors import Invalid
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Agreement:
    """A person's answer, as it was just given."""

    contributor_id: str
    provisions: tuple[Provision, ...]
    attribution: Attribution = Attribution.ANONYMOUS
    state: ConsentState = ConsentState.GIVEN
    given_on: date | None = None
    until: date | None = None
    story_ids: frozenset[str] = frozenset()
    stage: Stage = Stage.RELEASE
    wishes: Wishes = UNSAID
    taken: Taken = UNRECORDED
    role: Role = Role.PERSON
    by: str = ""
    reason: str = ""
    supersedes_id: str = ""


def check(agreement: Agreement) -> None:
    """Refuse what nobody can mean: dates in the wrong order, a yes to nothing, a condition without words."""
    given, until = agreement.given_on, agreement.until
    if given and until and until < given:
        raise Invalid(say("This consent would end on {until}, before it was given on {given}.", until=until,
                          given=given))
    if agreement.state in PERMITTING and agreement.stage is Stage.RELEASE and not agreement.provisions:
        raise Invalid(say("A consent that is given needs at least one use."),
                      hint=say("Name what the person agreed to, or record that they were asked."))
    for provision in agreement.provisions:
        if provision.starts_on and provision.ends_on and provision.ends_on < provision.starts_on:
            raise Invalid(say("This decision would end on {until}, before it begins on {start}.",
                              until=provision.ends_on, start=provision.starts_on))
        if provision.decision is Decision.CONDITIONAL and not provision.condition.strip():
            raise Invalid(say("A permission with a condition needs the condition."),
                          hint=say("Write it down in the person's own words."))


def contradictions(agreement: Agreement) -> list[Sentence]:
    """Return what in an answer speaks against itself; it is kept as it is, and the stricter part counts."""
    found = []
    grants = [p for p in agreement.provisions if p.decision in GRANTS]
    for grant in grants:
        against = [p for p in agreement.provisions if p.decision not in GRANTS and _meet(grant, p)]
        found += [_CLASH[provision.decision] for provision in against]
        if grant.ends_on and agreement.until and grant.ends_on > agreement.until:
            found.append(say("A decision lasts until {end}, longer than the consent itself: {until}.",
                             end=grant.ends_on, until=agreement.until))
        if grant.attribution and grant.attribution.rank > agreement.attribution.rank:
            found.append(say("A decision names the person more fully than the consent as a whole."))
    wishes, level = agreement.wishes, agreement.attribution
    if level is Attribution.ANONYMOUS and (wishes.face or wishes.voice):
        found.append(say("The person wants no attribution, and also to be seen or heard: neither will be shown."))
    if (wishes.organization and not level.features.organization) or (wishes.place and not level.features.place):
        found.append(say("The chosen way of naming leaves out the organisation or place that was agreed to."))
    return list(dict.fromkeys(found))


_CLASH = {
    Decision.DENY: say("The same thing is both permitted and refused: the no counts."),
    Decision.ASK_FIRST: say("The same thing is both permitted and to be asked about first: it will be asked."),
}


def _meet(one: Provision, other: Provision) -> bool:
    """Tell whether two decisions can speak about the same thing on the same day."""
    fields = ("use", "purpose", "channel", "audience", "material", "quote_id")
    same = all(None in (a, b) or a == b for a, b in ((getattr(one, f), getattr(other, f)) for f in fields))
    apart = (one.ends_on and other.starts_on and one.ends_on < other.starts_on) or (
        other.ends_on and one.starts_on and other.ends_on < one.starts_on
    )
    return same and one.act is other.act and not apart and _share_ground(one.territory, other.territory)


def _share_ground(one: str | None, other: str | None) -> bool:
    return one is None or other is None or lies_within(one, other) or lies_within(other, one)
