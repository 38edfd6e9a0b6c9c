"""Answers: what a person answered to each question, told back to them; the gate decides, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from exports.papers.wording import ACTS_IN_SHORT, MATERIALS, NAMING
from exports.typography import day, listed
from storybank.domain.answer import Permission, Verdict, answer_of, least_restrictive, may_process
from storybank.domain.consent import PERMITTING, Consent, Decision
from storybank.domain.contributor import Contributor
from storybank.domain.use import INSIDE, Act, Material, Question, Use, lies_within
from storybank.domain.vocabulary import province
from storybank.words import Words

_ANYWHERE = Use("", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one question, and within which limits."""

    what: str
    verdict: Verdict
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Reads the answers out of one consent, as they stand on a day."""

    person: Contributor
    consent: Consent
    on: date
    language: str

    @property
    def words(self) -> Words:
        return Words(self.language)

    def to_uses(self, uses: Sequence[Use]) -> list[Answer]:
        """Return the answer to each use; a use that nobody spoke of is a no."""
        return [self._to_use(use) for use in uses]

    def to_acts(self, uses: Sequence[Use]) -> list[Answer]:
        """Return the answer to each thing that may be done besides."""
        return [self._to_act(act, uses) for act in ACTS_IN_SHORT]

    def _to_use(self, use: Use) -> Answer:
        answers = {material: self._ask(use, material) for material in Material}
        best = least_restrictive(list(answers.values()))
        limits = [*self._materials(answers), *self._named(best), *self._times(use, best)]
        elsewhere = list(self._elsewhere(use, best))
        verdict = best.verdict
        if not best.allowed and any(one.allowed for _, one in elsewhere):
            verdict = Verdict.ALLOW
        conditions = dict.fromkeys(text for one in answers.values() if one.allowed for text in one.conditions)
        limits += [self._place(code, one, best) for code, one in elsewhere]
        limits += [self.words("on the condition: {condition}", condition=text) for text in conditions]
        return Answer(use.label(self.language), verdict, tuple(limits))

    def _to_act(self, act: Act, uses: Sequence[Use]) -> Answer:
        what = self.words.sentence(ACTS_IN_SHORT[act])
        if act in INSIDE:
            answer = may_process(self.person, [self.consent], act, self.on)
            spoken = any(p.act is act and p.decision is Decision.PERMIT for p in self.consent.provisions)
            unsaid = answer.allowed and not spoken
            return Answer(what, answer.verdict, (self.words("you did not say no"),) if unsaid else ())
        answer = self._ask(_ANYWHERE, Material.QUOTE, act)
        some = [use.label(self.language) for use in uses if self._ask(use, Material.QUOTE, act).allowed]
        if answer.allowed or not some:
            return Answer(what, answer.verdict)
        return Answer(what, Verdict.ALLOW, (self.words("only for {uses}", uses=listed(some, self.words)),))

    def _ask(self, use: Use, material: Material = Material.QUOTE, act: Act = Act.USE,
             on: date | None = None) -> Permission:
        """Return the gate's answer on this consent alone; decisions about a smaller place are asked about apart."""
        kept = tuple(p for p in self.consent.provisions
                     if lies_within(use.territory, p.territory))  # fmt: skip
        consent = replace(self.consent, provisions=kept)
        return answer_of(self.person, [consent], Question(use, on or self.on, material, act))

    def _materials(self, answers: dict[Material, Permission]) -> Iterator[str]:
        """Say as what it may go out, where not as everything."""
        groups: dict[Verdict, list[str]] = {Verdict.ALLOW: [], Verdict.ASK_FIRST: [], Verdict.DENY: []}
        for material, answer in answers.items():
            groups[Verdict.ALLOW if answer.allowed else answer.verdict].append(
                self.words.sentence(MATERIALS[material]))  # fmt: skip
        allowed, asked, refused = groups.values()
        if allowed and asked:
            yield self.words("ask me first for {things}", things=listed(asked, self.words))
        if (allowed or asked) and refused:
            yield self.words("only as {things}", things=listed(allowed or asked, self.words))

    def _named(self, answer: Permission) -> Iterator[str]:
        if answer.allowed and answer.attribution is not self.consent.attribution and not self.person.is_community:
            naming = self.words.sentence(NAMING[answer.attribution])
            yield self.words("named by: {naming}", naming=naming[:1].lower() + naming[1:])

    def _times(self, use: Use, today: Permission) -> Iterator[str]:
        """Say from or until when an answer holds, where that is not the whole agreement's time."""
        for turn in sorted(turn for turn in self.consent.turning_days() if turn > self.on):
            then = least_restrictive([self._ask(use, material, on=turn) for material in Material])
            if then.allowed and not today.allowed:
                yield self.words("yes from {day}", day=day(turn, self.language))
                return
            if today.allowed and not then.allowed:
                last = turn - timedelta(1)
                if last != self.consent.valid_until:
                    yield self.words("until {day}", day=day(last, self.language))
                return

    def _elsewhere(self, use: Use, wide: Permission) -> Iterator[tuple[str, Permission]]:
        """Yield each smaller place that was decided about on its own, with its answer."""
        smaller = dict.fromkeys(
            p.territory for p in self.consent.provisions
            if p.territory and not lies_within(use.territory, p.territory) and p.use in (None, use.key)
        )  # fmt: skip
        for code in smaller:
            there = replace(use, territory=code)
            answer = least_restrictive([self._ask(there, material) for material in Material])
            if answer.allowed is not wide.allowed or answer.verdict.strictness > wide.verdict.strictness:
                yield code, answer

    def _place(self, code: str, answer: Permission, wide: Permission) -> str:
        place = province(code.removeprefix("CA-"), self.language)
        if answer.allowed:
            return self.words("only in {place}", place=place)
        if answer.verdict is Verdict.ASK_FIRST and wide.allowed:
            return self.words("in {place}, ask me first", place=place)
        return self.words("not in {place}", place=place)


def as_agreed(consent: Consent) -> Consent | None:
    """Return the agreement as it was when it last permitted anything; None where it never did."""
    permitting = [number for number, event in enumerate(consent.events) if event.state in PERMITTING]
    if not permitting:
        return None
    return replace(consent, events=consent.events[: permitting[-1] + 1], valid_until=None)


def agreed_on(consent: Consent) -> date:
    """Return the first day on which an agreement held as it was last given."""
    said = datetime.fromisoformat(consent.events[-1].at).date()
    return max(said, consent.given_on or said)
