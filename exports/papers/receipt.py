"""Receipt: what a person keeps of their consent: each yes and each no, until when, and how to change their mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docx.shared import Pt

from exports.papers.answers import Answer, Answers, agreed_on, as_agreed
from exports.papers.stationery import WIDTH, Card, Paper
from exports.papers.wording import BY_WHOM, HAPPENED, METHODS, NAMING, ways_to_reach
from exports.typography import NBSP, clean, day
from storybank.domain.answer import Verdict
from storybank.domain.consent import PERMITTING, Consent, ConsentState, Stage
from storybank.domain.receipt import Receipt
from storybank.words import Sentence, Words, say

_LABEL = 2500
_SIDES = (_LABEL, WIDTH - _LABEL)
_FEWEST_CONTACTS = 2
_MOST_STORIES = 12

_VERDICTS = {
    Verdict.ALLOW: say("Yes"), Verdict.ALLOW_WITH_CONDITIONS: say("Yes, on a condition"),
    Verdict.ASK_FIRST: say("Ask me first"), Verdict.DENY: say("No"),
}  # fmt: skip
_MAY = {
    Verdict.ALLOW: say("We may also"), Verdict.ALLOW_WITH_CONDITIONS: say("We may also, on a condition"),
    Verdict.ASK_FIRST: say("Only after asking you"), Verdict.DENY: say("We may not"),
}  # fmt: skip
_FEATURES = (("face", say("your face")), ("voice", say("your voice")), ("organization", say("your organization")),
             ("place", say("your province or place")))  # fmt: skip


def lay_out(receipt: Receipt, on: date) -> Paper:
    """Return a receipt as a paper in the person's language."""
    words, consent = Words(receipt.language), receipt.consent
    card = Card(words("Receipt of consent {code}", code=consent.code), words("Receipt of consent"),
                clean(receipt.organization.name), consent.code, receipt.created_at)
    page = _Page(Paper.blank(receipt.language, card), receipt, on)
    page.fill()
    return page.paper


@dataclass(frozen=True, slots=True)
class _Page:
    """A receipt on its way to paper."""

    paper: Paper
    receipt: Receipt
    on: date

    @property
    def words(self) -> Words:
        return self.paper.words

    @property
    def _stands(self) -> bool:
        return self.consent.state(self.on) in PERMITTING

    @property
    def consent(self) -> Consent:
        return self.receipt.consent

    def fill(self) -> None:
        """Set every part, the standing first."""
        receipt, words = self.receipt, self.words
        self.paper.set_margins(0.6, 0.7)
        self.paper.title(words("What you agreed to") if self._stands else words("Your consent, as it stands"))
        self.paper.meta(words("Receipt of consent {code}", code=self.consent.code), receipt.person.name,
                        receipt.organization.name, day(receipt.created_at, receipt.language))
        self.paper.box(self._standing())
        self._answers()
        self._named()
        self._about()
        self._change()
        self._history()
        self.paper.foot(words("Receipt {code}", code=self.consent.code) + f"  ·  {receipt.id}")

    def _standing(self) -> str:
        words, consent, state = self.words, self.consent, self.consent.state(self.on)
        when = day(consent.events[-1].at, self.paper.language) if consent.events else ""
        if state is ConsentState.EXPIRED:
            return words("Your consent ended on {day}. We start no new use unless you say yes again.",
                         day=day(consent.valid_until or self.on, self.paper.language))
        if state is ConsentState.WITHDRAWN:
            return words("You took your consent back on {day}. We start no new use of what you said.", day=when)
        if state not in PERMITTING:
            return words("{what} ({day}). Nothing may be used under this agreement.",
                         what=words.sentence(HAPPENED[state]), day=when) if when else words(
                         "Nothing may be used under this agreement.")  # fmt: skip
        if consent.stage is Stage.RECORD:
            return words("You agreed to be recorded. We will ask you before anything is used.")
        if consent.given_on and consent.given_on > self.on:
            return words("Your consent begins on {day}.", day=day(consent.given_on, self.paper.language))
        return self._holds()

    def _holds(self) -> str:
        if self.consent.valid_until is None:
            return self.words("Your consent holds until you take it back.")
        return self.words("Your consent holds through {day}, or until you take it back.",
                          day=day(self.consent.valid_until, self.paper.language))

    # ---- answers ----------------------------------------------------------------------------------------------

    def _answers(self) -> None:
        words, consent = self.words, self.consent
        today = self._read(consent).to_uses(self.receipt.uses)
        rows = self._by_verdict(today, _VERDICTS)
        before = as_agreed(consent)
        if not self._stands and before is not None:
            past = self._read(before, agreed_on(before)).to_uses(self.receipt.uses)
            then = [answer for answer in past if answer.verdict is not Verdict.DENY]
            rows += [[words("Before: {answer}", answer=answer), told]
                     for answer, told in self._by_verdict(then, _VERDICTS)]  # fmt: skip
        singly = sum(1 for p in consent.provisions if p.quote_id)
        self._part(words("Your answer to each use"))
        self.paper.table(words("Your answer to each use"), [words("Your answer"), words("Use")], rows, _SIDES)
        if singly:
            self.paper.say(words.many("You also answered about {n} passage on its own.",
                                      "You also answered about {n} passages one by one.", singly), "SB Small")

    def _read(self, consent: Consent, on: date | None = None) -> Answers:
        return Answers(self.receipt.person, consent, on or self.on, self.paper.language)

    def _by_verdict(self, answers: Sequence[Answer], called: Mapping[Verdict, Sentence]) -> list[list[str]]:
        """Return a row for each answer that was given, its plain ones on one line and the limited ones below."""
        rows = []
        for verdict, said in called.items():
            these = [answer for answer in answers if answer.verdict is verdict]
            plain = ", ".join(answer.what for answer in these if not answer.limits)
            limited = [self.words("{what} ({limits})", what=answer.what, limits="; ".join(answer.limits))
                       for answer in these if answer.limits]  # fmt: skip
            if these:
                rows.append([self.words.sentence(said), "\n".join(filter(None, [plain, *limited]))])
        return rows

    def _named(self) -> None:
        words, consent = self.words, self.consent
        shown = consent.wishes.at(consent.attribution)
        seen: dict[bool, list[str]] = {True: [], False: []}
        for name, said in _FEATURES:
            seen[getattr(shown, name)].append(words.sentence(said))
        rows = [[words("You are named by"), words.sentence(NAMING[consent.attribution])],
                [words("We may show or tell"), ", ".join(seen[True])],
                [words("We never show or tell"), ", ".join(seen[False])]]  # fmt: skip
        if not self._stands:
            rows = []
        rows += self._by_verdict(self._read(consent).to_acts(self.receipt.uses), _MAY)
        self._part(words("How you are shown, and what we do with the recording"))
        self.paper.table(words("How you are shown"), [words("What"), words("As you decided")],
                         [row for row in rows if row[1]], _SIDES)

    # ---- about the agreement ----------------------------------------------------------------------------------

    def _about(self) -> None:
        words, consent, notice = self.words, self.consent, self.receipt.notice
        taken = consent.taken
        facts = [
            (words("Stories"), self._stories()),
            (words("Text you were given"),
             words("{title}: {name}, mark {mark}", title=notice.title, name=notice.name, mark=notice.sha256[:16])
             if notice else words("We have no record of which text you were given. Ask us for it.")),
            (words("Given"), ", ".join(filter(None, [
                day(consent.given_on, self.paper.language) if consent.given_on else "",
                words.sentence(METHODS[taken.method]) if taken.method else "",
                words("{name} (witness)", name=taken.witness) if taken.witness else "",
                words("{name} (interpreter)", name=taken.interpreter) if taken.interpreter else ""]))),
        ]  # fmt: skip
        for name, told in facts:
            if told:
                self._fact(name, told)

    def _stories(self) -> str:
        words, stories = self.words, self.receipt.stories
        named = [f"{story.code}{NBSP}{clean(story.title)}" for story in stories[:_MOST_STORIES]]
        if len(stories) > _MOST_STORIES:
            named.append(words("and {n} more", n=len(stories) - _MOST_STORIES))
        if not self.consent.story_ids:
            return words("all that you record with us")
        return "; ".join(named) or words("not named in this receipt")

    def _change(self) -> None:
        words, receipt = self.words, self.receipt
        told = [clean(one) for one in (receipt.notice.contacts if receipt.notice else ()) if clean(one)]
        if len(told) < _FEWEST_CONTACTS:
            house = receipt.organization
            own = ", ".join(filter(None, [clean(house.privacy_officer), *map(clean, ways_to_reach(house))]))
            told += [own] if own else []
        self._part(words("How to change your mind"))
        whom = "; ".join(told) or words("whoever gave you this receipt")
        self.paper.say(words("Tell any of these, at any time and without a reason: {whom}.", whom=whom.rstrip(".")),
                       "SB Small")
        self.paper.say(words("We then start nothing new, and call back what we can. What is in print, was on the air or"
                             " was tabled in a legislature cannot be called back."), "SB Small")

    def _history(self) -> None:
        words, (seq, mark) = self.words, self.receipt.head
        self._part(words("What happened so far"))
        for event in self.consent.events:
            happened = words.sentence(HAPPENED[event.state])
            if event.role in BY_WHOM:
                happened = words("{what} ({who})", what=happened, who=words.sentence(BY_WHOM[event.role]))
            self._fact(day(event.at, self.paper.language), happened)
        witness = words("Witness: event {n}, mark {mark}. If it is ever changed, this receipt shows it.",
                        n=seq, mark=mark[:16])  # fmt: skip
        self.paper.say(witness if mark else words("This receipt was made before anything was on file."), "SB Small")

    def _part(self, text: str) -> None:
        self.paper.part(text, before=8)

    def _fact(self, name: str, told: str) -> None:
        nothing_yet = ""
        paragraph = self.paper.say(nothing_yet, "SB Small")
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(2), 1.15
        paragraph.add_run(self.paper.said(name) + NBSP + " ").bold = True
        paragraph.add_run(self.paper.said(told))


