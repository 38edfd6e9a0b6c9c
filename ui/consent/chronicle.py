"""Chronicle: an agreement in plain words: what was said, how it was given, and everything that happened to it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storybank.domain.attribution import UNSAID, Features
from storybank.domain.consent import PERMITTING, Consent, ConsentEvent, ConsentState, Decision, Role, Stage
from storybank.domain.notice import Notice
from storybank.domain.use import Act, Use
from storybank.words import Words
from ui.consent.proof_turn import KINDS
from ui.consent.said import attribution_said
from ui.consent.taken_turns import METHODS
from ui.consent.use_turns import ACTS, MACHINES, MATERIALS
from ui.parts.said import N_, day, timecode

HAPPENED = {
    ConsentState.REQUESTED: N_("Asked on {day}"), ConsentState.DEFERRED: N_("Wanted time to think on {day}"),
    ConsentState.REFUSED: N_("Said no on {day}"), ConsentState.GIVEN: N_("Given on {day}"),
    ConsentState.RENEWED: N_("Renewed on {day}"), ConsentState.NARROWED: N_("Replaced by less on {day}"),
    ConsentState.WITHDRAWN: N_("Taken back on {day}"), ConsentState.REVOKED: N_("Ended by the organization on {day}"),
    ConsentState.INVALIDATED: N_("Found void on {day}"), ConsentState.SUPERSEDED: N_("Replaced on {day}"),
    ConsentState.ENTERED_IN_ERROR: N_("Marked as entered by mistake on {day}"),
}
"""Each event, as people tell it."""

ROLES = {
    Role.GUARDIAN: N_("by their guardian"), Role.COMMUNITY: N_("by their community"),
    Role.ORGANIZATION: N_("by us"), Role.AUTHORITY: N_("by an authority"),
}
DECIDED = {
    Decision.PERMIT: N_("Yes: {what}"), Decision.CONDITIONAL: N_("Yes, on a condition: {what} ({condition})"),
    Decision.ASK_FIRST: N_("Ask first: {what}"), Decision.DENY: N_("No: {what}"),
}
_FEATURES = {"face": N_("face"), "voice": N_("voice"), "organization": N_("workplace"), "place": N_("place")}

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Tells about the agreements of one library in one language."""

    tr: Words
    uses: Sequence[Use]
    titles: Mapping[str, str]
    """What the stories are called, by their identifiers."""
    notices: Mapping[str, Notice]

    def facts(self, consent: Consent, *, of_community: bool = False) -> list[Fact]:
        """Return questions with their answers: what it is about, what was decided, until when, and what proves it."""
        tr = self.tr
        found = [*self._about(consent)]
        if consent.last_state in PERMITTING and consent.stage is Stage.RELEASE and not of_community:
            found.append((tr("How may they be named?"), attribution_said(consent.attribution, tr)))
            if consent.wishes != UNSAID:
                found.append((tr("What may be known of them?"), self._features(consent.wishes.at(consent.attribution))))
        besides = ((tr("What else may be done?"), self._decided(consent, machines=False)),
                   (tr("What may a computer do?"), self._decided(consent, machines=True)))
        found += [(question, answer) for question, answer in besides if answer]
        found.append((tr("Until when?"), self._until(consent)))
        found.append((tr("What proves it?"), self._proofs(consent)))
        return found

    def happened(self, consent: Consent) -> Iterator[str]:
        """Yield everything that happened to it, the latest first."""
        for event in reversed(consent.events):
            yield self._event(consent, event)

    def uses_said(self, consent: Consent) -> str:
        """Return what was said about each use, in the order people are asked."""
        lines = []
        for decision, words in DECIDED.items():
            for condition in dict.fromkeys(p.condition for p in consent.provisions if p.decision is decision):
                keys = {p.use for p in consent.provisions if p.act is Act.USE and p.decision is decision
                        and p.condition == condition}
                if names := self._names(keys):
                    lines.append(self.tr(words, what=names, condition=condition))
        return "\n".join(lines)

    def _names(self, keys: set[str | None]) -> str:
        if None in keys:
            return self.tr("every use")
        return ", ".join(use.label(self.tr.language) for use in self.uses if use.key in keys)

    def _about(self, consent: Consent) -> Iterator[Fact]:
        tr = self.tr
        if consent.stage is Stage.RECORD:
            yield tr("What were they asked?"), tr("Whether they may be recorded; the use is asked about later")
        if consent.story_ids:
            known = [self.titles[one] for one in sorted(consent.story_ids) if one in self.titles]
            yield tr("For which stories?"), ", ".join(known) or tr("Stories that are no longer here")
        if uses := self.uses_said(consent):
            yield tr("What may it be used for?"), uses
        only = [one for one in MATERIALS if one in {p.material for p in consent.provisions if p.act is Act.USE}]
        if only and None not in {p.material for p in consent.provisions if p.decision is not Decision.DENY}:
            yield tr("What of it?"), ", ".join(tr(MATERIALS[one]) for one in only)

    def _decided(self, consent: Consent, *, machines: bool) -> str:
        tr, names = self.tr, MACHINES if machines else ACTS
        return "\n".join(tr(DECIDED[p.decision], what=tr(names[p.act]), condition=p.condition)
                         for p in consent.provisions if p.act in names)

    def _features(self, features: Features) -> str:
        tr = self.tr
        told = [tr(words) for name, words in _FEATURES.items() if getattr(features, name)]
        hidden = [tr(words) for name, words in _FEATURES.items() if not getattr(features, name)]
        parts = [tr("Yes: {what}", what=", ".join(told))] if told else []
        return "\n".join(parts + ([tr("No: {what}", what=", ".join(hidden))] if hidden else []))

    def _until(self, consent: Consent) -> str:
        if consent.valid_until:
            return day(consent.valid_until, self.tr.language)
        return self.tr("No end was agreed")

    def _proofs(self, consent: Consent) -> str:
        named = []
        for proof in consent.evidence:
            said = f"{proof.original_name} ({self.tr(KINDS[proof.kind])})"
            if proof.start_ms is not None and proof.end_ms is not None:
                said += f", {timecode(proof.start_ms)}–{timecode(proof.end_ms)}"
            named.append(said)
        return "\n".join(named) or self.tr("Nothing on file; every answer says so")

    def _event(self, consent: Consent, event: ConsentEvent) -> str:
        tr, given = self.tr, event.state in PERMITTING
        when = consent.given_on if given and consent.given_on else event.at
        parts = [tr(HAPPENED[event.state], day=day(when, tr.language))]
        if given:
            parts += self._taken(consent)
        if event.role in ROLES:
            parts.append(tr(ROLES[event.role]) + (f" ({event.by})" if event.by else ""))
        if event.state is ConsentState.SUPERSEDED and event.reason:
            return ", ".join([*parts[:1], tr("by {code}", code=event.reason)])
        return ", ".join(parts) + (f": {event.reason}" if event.reason else "")

    def _taken(self, consent: Consent) -> Iterator[str]:
        tr, taken = self.tr, consent.taken
        if taken.method:
            yield tr(METHODS[taken.method])
        if taken.notice_id in self.notices:
            yield tr("form {name}", name=self.notices[taken.notice_id].name)
        if taken.captured_by:
            yield tr("taken by {name}", name=taken.captured_by)
        if taken.witness:
            yield tr("with a witness ({name})", name=taken.witness)
        if taken.interpreter:
            yield tr("with an interpreter ({name})", name=taken.interpreter)
        if taken.copy_given:
            yield tr("a copy was given ({how})", how=taken.copy_given)
