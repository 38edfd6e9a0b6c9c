"""Standing: how a draft stands today, in each of its languages: what is missing, what it measures, who is not heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storybank.domain.brief_forms import ACTION, FINDING, FORMS, SECTIONS, WITH_CHAPTERS
from storybank.domain.draft import Draft, DraftKind
from storybank.domain.twin import Twin
from storybank.words import Sentence, say

_LANGUAGES = {"en": say("English"), "fr": say("French")}


def texts_of(draft: Draft, language: str) -> dict[str, str]:
    """Return everything its author wrote in one language, by its place: `title`, `asks.1`, `sections.issue`…"""
    found: dict[str, str] = {}
    for place, twin in places_of(draft):
        if said := twin.said(language):
            found[place] = f"{found[place]}\n{said}" if place in found else said
    return found


def places_of(draft: Draft) -> Iterator[tuple[str, Twin]]:
    """Yield every text that will be printed, with its place, in the order of reading."""
    yield "title", draft.title
    yield from ((f"asks.{n}", ask) for n, ask in enumerate(draft.asks, 1))
    yield from ((f"messages.{n}", message) for n, message in enumerate(draft.messages, 1))
    yield from ((f"sections.{key}", text) for key, text in draft.sections.items() if _is_printed(draft, key))
    yield from ((f"quotes.{one.quote}", one.note) for one in draft.quotes)
    if draft.kind is DraftKind.BRIEF:
        for row in draft.evidence:
            yield from ((f"evidence.{row.id}", text) for text in (row.claim, row.finding, row.limits))
        for option in draft.options:
            parts = (option.title, option.elements, option.benefits, option.harms, option.costs, option.uncertainty)
            yield from ((f"options.{option.id}", text) for text in parts)


def _is_printed(draft: Draft, key: str) -> bool:
    if draft.kind is not DraftKind.BRIEF:
        return True
    about_blocks = draft.form in WITH_CHAPTERS and key.startswith((FINDING, ACTION))
    return about_blocks or any(key == one.key for one in FORMS[draft.form].sections)


def missing_in(draft: Draft, language: str) -> tuple[Sentence, ...]:
    """Return which texts are written in the other language alone, so that this one cannot be made."""
    told = _LANGUAGES[language]
    found: dict[str, Sentence] = {}
    if not draft.title.said(language):
        found["title"] = say("The title is missing in {language}.", language=told)
    for place, twin in places_of(draft):
        if twin.is_missing_in(language) and place not in found:
            found[place] = say("{place} is missing in {language}.", place=name_of(place, draft), language=told)
    if draft.audience.is_missing_in(language):
        found["audience"] = say("Who it is for is missing in {language}.", language=told)
    return tuple(found.values())


def name_of(place: str, draft: Draft) -> Sentence | str:
    """Return what a place of a draft is called where a sentence names it."""
    kind, _dot, rest = place.partition(".")
    if kind == "title":
        return say("The title")
    if kind == "sections":
        return SECTIONS.get(rest) or rest.replace("_", " ").capitalize()
    if kind == "evidence":
        return say("Row {number} of the evidence", number=_place_among(rest, [one.id for one in draft.evidence]))
    if kind == "options":
        return say("Option {number}", number=_place_among(rest, [one.id for one in draft.options]))
    named = {"asks": say("Ask {number}", number=rest), "messages": say("Message {number}", number=rest),
             "sources": say("Source {number}", number=rest)}
    return named.get(kind) or say("The note beside {quote}", quote=rest)


def _place_among(identifier: str, identifiers: Sequence[str]) -> int:
    return identifiers.index(identifier) + 1 if identifier in identifiers else 0


def gaps_in(heard: Mapping[str, set[str]], blocks: Sequence[str],
            stakeholders: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the building blocks on which a group of stakeholders is not heard, in the order of the lists."""
    return tuple((block, group) for block in blocks for group in stakeholders if group not in heard.get(block, set()))
