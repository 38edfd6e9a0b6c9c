"""Lints of texts: what one text of a draft says that it should not, or leaves out that it should say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storybank.domain.asks import parts_of
from storybank.domain.brief_forms import FORMS, FormRules
from storybank.domain.claims import asserts, calls_for_research, causal_verb, told_as_cause
from storybank.domain.draft import Certainty, Draft, DraftKind, EvidenceKind
from storybank.domain.figures import sentences_with_marks, sources_named, unsourced
from storybank.domain.partisan import partisan_in
from storybank.domain.reckoning import bare, words_in
from storybank.domain.remark import Remark, Weight
from storybank.domain.standing import name_of, texts_of
from storybank.words import say

_OWN_FIGURES = frozenset({"method", "about", "next_step"})
"""Sections whose figures are the house's own: how voices were gathered, who it is, when one can meet."""
_ASKING = frozenset({"recommendation", "implications", "implementation"})
_NAMED = re.compile(r"\[(Q-\d+)\]", re.IGNORECASE)
_HARD = re.compile(r"%|per ?cent|pour cent|\b(?:in|sur|out of)\b|fois|times|moitié|half|third|tiers|quart")
_SHOULD = re.compile(
    r"\b(?:should|must|we (?:ask|recommend|propose|call)|recommend|would cost|devrait|devraient|doit|doivent|"
                     r"nous (?:demandons|recommandons|proposons)|recommand\w+)\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"^\W*(?:\w+ly )?([^\W\d_]+)")


def text_remarks(draft: Draft, language: str) -> Iterator[Remark]:
    """Yield what is to be said of each text of a draft in one language."""
    for place, text in texts_of(draft, language).items():
        if found := partisan_in(text):
            yield Remark(Weight.STOP, say("“{words}” takes sides between parties: a charity may not.",
                                          words=found),
                         say("Say what should be done, and name the office rather than the party."), place, language)
        if found := calls_for_research(text):
            yield Remark(Weight.WARN, say("“{words}” tells a reader nothing to do.", words=found),
                         say("Say which question is open."), place, language)
        yield from _figures(draft, place, text, language)
        yield from _references(draft, place, text, language)
        if draft.kind is DraftKind.BRIEF:
            yield from _lengths(FORMS[draft.form], draft, place, text, language)
            yield from _causes(draft, place, text, language)
            yield from _caution(draft, place, text, language)
    if draft.kind is DraftKind.BRIEF:
        yield from _vague_asks(draft, language)


def _figures(draft: Draft, place: str, text: str, language: str) -> Iterator[Remark]:
    kind, _dot, rest = place.partition(".")
    if kind not in ("sections", "messages", "evidence") or rest in _OWN_FIGURES or _row_has_source(draft, place):
        return
    weight = Weight.STOP if draft.kind is DraftKind.BRIEF else Weight.WARN
    asking = kind == "messages" or rest in _ASKING
    told = dict.fromkeys(figure for figure, sentence in unsourced(text) if not (asking and _is_asked(figure, sentence)))
    for figure in told:
        yield Remark(weight, say("The figure {figure} has no source.", figure=figure),
                     say("Write the number of its source behind it, as [1]."), place, language)


def _row_has_source(draft: Draft, place: str) -> bool:
    """Tell whether a text is in a row of the evidence, or an option, that names its sources in a column of its own."""
    kind, _dot, rest = place.partition(".")
    return kind == "evidence" and any(row.id == rest and row.sources for row in draft.evidence)


def _is_asked(figure: str, sentence: str) -> bool:
    """Tell whether a figure is what somebody should do, and no finding."""
    if _HARD.search(figure):
        return False
    first = _FIRST_WORD.match(bare(sentence))
    return bool(_SHOULD.search(sentence)) or bool(first and parts_of(first[1]).verb)


def _references(draft: Draft, place: str, text: str, language: str) -> Iterator[Remark]:
    for number in dict.fromkeys(sources_named(text)):
        if not 1 <= number <= len(draft.sources):
            yield Remark(Weight.STOP, say("There is no source {number}.", number=number),
                         say("Add it to the sources, or write another number."), place, language)
    for quote in dict.fromkeys(one.upper() for one in _NAMED.findall(text)):
        if quote not in draft.codes:
            yield Remark(Weight.WARN, say("{quote} is named here and is not among the quotes.", quote=quote),
                         say("Choose it, or take its name out."), place, language)


def _lengths(rules: FormRules, draft: Draft, place: str, text: str, language: str) -> Iterator[Remark]:
    kind, _dot, rest = place.partition(".")
    most = {"title": rules.title_words, "asks": rules.ask_words, "messages": rules.message_words}.get(kind, 0)
    if kind == "sections":
        most = next((one.most_words for one in rules.sections if one.key == rest), 0)
    words = words_in(bare(text))
    if most and words > most:
        yield Remark(Weight.WARN, say("{place} has {words} words; up to {most} are read.", place=name_of(place, draft),
                                      words=words, most=most), say("Shorten it."), place, language)


def _causes(draft: Draft, place: str, text: str, language: str) -> Iterator[Remark]:
    kind, _dot, rest = place.partition(".")
    rows = {row.id for row in draft.evidence if row.kind is EvidenceKind.LIVED_EXPERIENCE}
    if kind == "evidence" and rest in rows:
        for sentence in sentences_with_marks(text):
            if verb := causal_verb(sentence, language):
                yield Remark(Weight.STOP, say("What people lived through cannot show that something “{verb}”.",
                                              verb=verb),
                             say("Say what they told, or rest the claim on a study."), place, language)
            elif verb := told_as_cause(sentence, language):
                yield Remark(Weight.WARN, say("“{verb}” may read as proof, though people only tell it.", verb=verb),
                             say("Say what they noticed."), place, language)
    introduces = kind == "quotes" or (kind == "sections" and (rest == "told" or _NAMED.search(text)))
    for sentence in sentences_with_marks(text) if introduces else ():
        verb = causal_verb(sentence, language)
        if verb and not sources_named(sentence) and (rest == "told" or kind == "quotes" or _NAMED.search(sentence)):
            yield Remark(Weight.WARN, say("A quote cannot show that something “{verb}”.", verb=verb),
                         say("Say that the person tells it, or name a source."), place, language)


def _caution(draft: Draft, place: str, text: str, language: str) -> Iterator[Remark]:
    """Yield where a text states as certain what its source only holds likely."""
    unsure = {source for row in draft.evidence if _is_unsure(row.kind, row.certainty) for source in row.sources}
    unsure -= {source for row in draft.evidence if not _is_unsure(row.kind, row.certainty) for source in row.sources}
    numbers = {number for number, one in enumerate(draft.sources, 1) if one.id in unsure}
    kind, _dot, rest = place.partition(".")
    row = next((one for one in draft.evidence if kind == "evidence" and one.id == rest), None)
    for sentence in sentences_with_marks(text):
        is_unsure = _is_unsure(row.kind, row.certainty) if row else bool(numbers & set(sources_named(sentence)))
        if is_unsure and (verb := asserts(sentence, language)):
            yield Remark(Weight.WARN, say("“{verb}” is surer than its source.", verb=verb),
                         say("Keep its cautious word, as “may”."), place, language)


def _is_unsure(kind: EvidenceKind, certainty: Certainty) -> bool:
    if kind is EvidenceKind.LIVED_EXPERIENCE:
        return False
    return certainty in (Certainty.LOW, Certainty.VERY_LOW) or (
        kind is EvidenceKind.MODEL and certainty is not Certainty.HIGH)


def _vague_asks(draft: Draft, language: str) -> Iterator[Remark]:
    for number, ask in enumerate(draft.asks, 1):
        said = ask.said(language)
        parts = parts_of(said)
        hints = [hint for missing, hint in (
            (not parts.actor and not draft.audience, say("Say who should do it.")),
            (not parts.verb, say("Say what they should do.")), (not parts.when, say("Say by when.")),
        ) if missing]  # fmt: skip
        if said and hints:
            yield Remark(Weight.WARN, say("Ask {number} leaves open what to do with it.", number=number), hints[0],
                         f"asks.{number}", language)
