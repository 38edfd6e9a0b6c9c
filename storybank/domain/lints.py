"""Lints: what to mend in a draft before it leaves, and what to think of, said plainly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from storybank.domain.brief_forms import FORMS, MOST_ASKS, SECTIONS, FormRules
from storybank.domain.draft import Draft, DraftKind, EvidenceKind, Form
from storybank.domain.lint_releases import release_remarks
from storybank.domain.lint_texts import text_remarks
from storybank.domain.reckoning import Count
from storybank.domain.remark import Remark, Weight
from storybank.words import Sentence, say

_SOON = timedelta(days=30)
_LONG_SENTENCE = 40
_HARD_GRADE = 14.0
_FEWEST_GROUPS = 2
_COUNTED = frozenset({Form.TWO_PAGE, Form.SUBMISSION})
"""Forms whose readers count the words."""


class Answered(Protocol):
    """A chosen quote with what the gate said of it."""

    @property
    def quote(self) -> str: ...
    @property
    def allowed(self) -> bool: ...
    @property
    def reasons(self) -> tuple[Sentence, ...]: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A cleared quote of a draft: whose it is, what it speaks to, and how long it is."""

    quote: str
    speaker: str
    groups: frozenset[str]
    """Keys of stakeholders."""
    blocks: frozenset[str]
    words: int
    language: str
    translated: tuple[str, ...] = ()


def remarks_on(draft: Draft, languages: Sequence[str], answers: Sequence[Answered], heard: Sequence[Heard],
               counts: Mapping[str, Count], today: date) -> tuple[Remark, ...]:
    """Return what is to be said about a draft in the languages in which it is whole, what stops it first."""
    found = [*_frame(draft, today), *_answers(answers, today), *_voices(draft, heard)]
    if draft.kind is DraftKind.BRIEF:
        found += [*_asks(draft), *_sections(draft), *_evidence(draft)]
    for language in languages:
        found += text_remarks(draft, language)
        if draft.kind is DraftKind.KIT:
            found += release_remarks(draft, language)
        if language in counts:
            found += _counts(draft, counts[language], language)
        found += [*_names(draft, language), *_untranslated(draft, heard, language)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: list(Weight).index(one.weight)))


def _frame(draft: Draft, today: date) -> Iterator[Remark]:
    if not draft.languages:
        yield Remark(Weight.STOP, say("It has no language to be made in."), say("Choose English, French or both."),
                     "languages")
    if draft.until is not None and draft.until < today:
        yield Remark(Weight.STOP, say("The last day of use, {day}, is over already.", day=draft.until),
                     say("Choose a later day."), "until")
    if not draft.title:
        yield Remark(Weight.STOP, say("A title is needed."), "", "title")


def _asks(draft: Draft) -> Iterator[Remark]:
    asks = sum(1 for one in draft.asks if one)
    if not asks:
        yield Remark(Weight.STOP, say("It asks for nothing."), say("Write one to three asks: who, what and by when."),
                     "asks")
    if asks > MOST_ASKS:
        yield Remark(Weight.STOP, say("A brief makes one to three asks; you gave {count}.", count=asks),
                     say("Keep those that matter most."), "asks")
    fewest, most = FORMS[draft.form].messages
    messages = sum(1 for one in draft.messages if one)
    if messages > most:
        yield Remark(Weight.WARN, say("It has {count} main messages; up to {most} are read.", count=messages,
                                      most=most), say("Keep those that matter most."), "messages")
    elif messages < fewest:
        yield Remark(Weight.WARN, say("It has {count} main messages; {fewest} are usual.", count=messages,
                                      fewest=fewest), "", "messages")


def _sections(draft: Draft) -> Iterator[Remark]:
    for section in FORMS[draft.form].sections:
        if section.needed and not draft.sections.get(section.key):
            yield Remark(Weight.STOP, say("“{section}” is empty, and this form needs it.", section=section.heading),
                         say("Write it, or choose another form."), f"sections.{section.key}")
    printed = {section.key for section in FORMS[draft.form].sections}
    for key, text in draft.sections.items():
        if text and key in SECTIONS and key not in printed:
            yield Remark(Weight.NOTE, say("“{section}” is not printed in this form.", section=SECTIONS[key]), "",
                         f"sections.{key}")


def _evidence(draft: Draft) -> Iterator[Remark]:
    known = {source.id for source in draft.sources}
    for number, row in enumerate(draft.evidence, 1):
        place = f"evidence.{row.id}"
        if not set(row.sources) <= known:
            yield Remark(Weight.STOP, say("Row {number} of the evidence names a source that is not there.",
                                          number=number), say("Choose one of the sources."), place)
        if row.kind is EvidenceKind.LIVED_EXPERIENCE and not row.quotes:
            yield Remark(Weight.STOP, say("Row {number} of the evidence names no quote.", number=number),
                         say("Choose the quotes it rests on."), place)
        if row.kind is not EvidenceKind.LIVED_EXPERIENCE and not row.sources:
            yield Remark(Weight.STOP, say("Row {number} of the evidence names no source.", number=number),
                         say("Choose the sources it rests on."), place)
        yield from _not_chosen(draft, row.quotes, place)
    for option in draft.options:
        yield from _not_chosen(draft, option.views, f"options.{option.id}")


def _not_chosen(draft: Draft, quotes: Sequence[str], place: str) -> Iterator[Remark]:
    for quote in quotes:
        if quote not in draft.codes:
            yield Remark(Weight.WARN, say("{quote} is named here and is not among the quotes.", quote=quote),
                         say("Choose it, or take its name out."), place)


def _answers(answers: Sequence[Answered], today: date) -> Iterator[Remark]:
    for one in answers:
        place = f"quotes.{one.quote}"
        if not one.allowed:
            why = one.reasons[0] if one.reasons else ""
            yield Remark(Weight.STOP, say("{quote} stays behind. {why}", quote=one.quote, why=why),
                         say("Ask for the consent, or take it out."), place)
        elif one.until is not None and one.until <= today + _SOON:
            yield Remark(Weight.WARN, say("{quote} may be used until {day} only.", quote=one.quote, day=one.until),
                         say("Renew the consent, or choose another."), place)


def _voices(draft: Draft, heard: Sequence[Heard]) -> Iterator[Remark]:
    if not heard:
        yield Remark(Weight.STOP, say("No quote in it may leave."), say("Choose quotes that may be used for this."),
                     "voices")
        return
    people, groups = {one.speaker for one in heard}, {group for one in heard for group in one.groups}
    if len(heard) > 1 and len(people) == 1:
        yield Remark(Weight.WARN, say("All quotes are of one person."), say("Let somebody else speak too."), "voices")
    elif len(groups) < _FEWEST_GROUPS and (len(people) > 1 or _is(draft, Form.ONE_PAGER)):
        yield Remark(Weight.WARN, say("All quotes are of one group of people."),
                     say("Let another group speak too: participants, clinicians, managers."), "voices")
    if draft.kind is DraftKind.BRIEF:
        yield from _room(FORMS[draft.form], heard)


def _room(rules: FormRules, heard: Sequence[Heard]) -> Iterator[Remark]:
    if rules.most_quotes and len(heard) > rules.most_quotes:
        yield Remark(Weight.WARN, say("It has {count} quotes; this form has room for {most}.", count=len(heard),
                                      most=rules.most_quotes), say("Take the weakest out."), "voices")
    for one in heard:
        if rules.longest_quote and one.words > rules.longest_quote:
            yield Remark(Weight.WARN, say("{quote} has {words} words; this form has room for {most}.", quote=one.quote,
                                          words=one.words, most=rules.longest_quote),
                         say("Shorten it where that was agreed to, or choose another."), f"quotes.{one.quote}")


def _is(draft: Draft, form: Form) -> bool:
    return draft.kind is DraftKind.BRIEF and draft.form is form


def _counts(draft: Draft, count: Count, language: str) -> Iterator[Remark]:
    if count.most_words and count.words > count.most_words:
        weight = Weight.STOP if draft.form in _COUNTED else Weight.WARN
        yield Remark(weight, say("It has {words} words, everything counted: {over} more than the {most} allowed.",
                                 words=count.words, over=count.words - count.most_words, most=count.most_words),
                     say("Shorten your own words, or take a quote out."), "words", language)
    if count.longest > _LONG_SENTENCE:
        yield Remark(Weight.WARN, say("A sentence has {words} words: “{begin}…”", words=count.longest,
                                      begin=" ".join(count.longest_sentence.split()[:6])),
                     say("Make two of it."), "plain", language)
    if count.grade is not None and count.grade > _HARD_GRADE:
        yield Remark(Weight.NOTE, say("It reads like grade {grade}.", grade=round(count.grade)),
                     say("Shorter sentences and plainer words reach more people; grade 8 reaches nearly all."), "plain",
                     language)
    for short in count.acronyms:
        yield Remark(Weight.WARN, say("{short} is not spelled out where it stands first.", short=short),
                     say("Write the whole name, then the short form in brackets."), "plain", language)


def _names(draft: Draft, language: str) -> Iterator[Remark]:
    for place, twin, message in (
        ("organization", draft.organization, say("The organisation is not named in this language.")),
        ("author", draft.author, say("Who signs it is not named in this language.")),
    ):
        if twin.is_missing_in(language):
            yield Remark(Weight.WARN, message, say("Write it, also where it is the same."), place, language)


def _untranslated(draft: Draft, heard: Sequence[Heard], language: str) -> Iterator[Remark]:
    """Yield the quotes of a brief that stand in it as they were said, since nobody agreed to translate them."""
    for one in heard if draft.kind is DraftKind.BRIEF else ():
        if one.language != language and language not in one.translated:
            yield Remark(Weight.NOTE, say("{quote} stands in it as it was said, in the other language.",
                                          quote=one.quote),
                         say("Ask whether it may be translated."), f"quotes.{one.quote}", language)
