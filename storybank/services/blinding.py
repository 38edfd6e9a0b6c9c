"""Blinding: what a coder who works blind may see: their own quotes and codings, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storybank.domain.coding import Coder, Coding
from storybank.domain.query import Hit, Kind
from storybank.domain.quote import Anchor, Quote
from storybank.errors import Refused
from storybank.ports import UnitOfWork
from storybank.words import say


def blind_coder(work: UnitOfWork, name: str) -> Coder | None:
    """Return the coder of that name if they work blind; whoever never coded is not blind."""
    return next((one for one in work.codings.coders() if one.name == name and one.blind), None)


def visible(work: UnitOfWork, quotes: Sequence[Quote], name: str) -> list[Quote]:
    """Return the quotes that somebody may see, with the codes they may see: for the blind, their own alone."""
    coder = blind_coder(work, name)
    if coder is None or not quotes:
        return list(quotes)
    stories = {quote.story_id for quote in quotes}
    codings = work.codings.of_story(stories.pop()) if len(stories) == 1 else work.codings.all()
    return [own for quote, given in _with_codings(quotes, codings) if (own := _as_seen(quote, given, coder))]


def seen(work: UnitOfWork, quote: Quote, name: str) -> Quote:
    """Return a quote as somebody may see it; refuse where it is not theirs and they work blind."""
    for own in visible(work, [quote], name):
        return own
    raise Refused(say("Quote {code} is somebody else's, and you code blind.", code=quote.code),
                  hint=say("Say that you see all codings again, and it is shown."))


def hits_seen(work: UnitOfWork, hits: Sequence[Hit], name: str) -> Sequence[Hit]:
    """Return what a search found as somebody may see it: the blind find no quotes and no codes but their own."""
    if blind_coder(work, name) is None:
        return hits
    stories = {hit.story_id: visible(work, work.quotes.of_story(hit.story_id), name) for hit in hits}
    found = []
    for hit in hits:
        own = [quote for quote in stories[hit.story_id] if quote.code == hit.quote_code or (
            hit.kind == Kind.PASSAGE and quote.recording_id == hit.recording_id
            and quote.start_ms < hit.end_ms and hit.start_ms < quote.end_ms)]
        if own or hit.kind != Kind.QUOTE:
            codes = tuple(sorted({code for quote in own for code in quote.codes}))
            found.append(replace(hit, codes=codes, quote_code=own[0].code if own else ""))
    return found


def of_another(work: UnitOfWork, anchor: Anchor, coder: Coder) -> Quote | None:
    """Return the quote of exactly these words that somebody else made, if there is one."""
    return next((quote for quote in work.quotes.at(anchor) if quote.made_by != coder.id), None)


def given_by_others(codings: Iterable[Coding], coder: Coder) -> list[Coding]:
    """Return the codings that a blind coder neither sees nor touches; whoever sees all touches all."""
    return [one for one in codings if coder.blind and one.coder_id != coder.id]


def own_codings(work: UnitOfWork, codings: Iterable[Coding], name: str) -> list[Coding]:
    """Return the codings that somebody may see: all, or for the blind their own."""
    coder = blind_coder(work, name)
    return [one for one in codings if coder is None or one.coder_id == coder.id]


def _with_codings(quotes: Sequence[Quote], codings: Iterable[Coding]) -> list[tuple[Quote, list[Coding]]]:
    given: dict[str, list[Coding]] = {quote.id: [] for quote in quotes}
    for one in codings:
        if one.quote_id in given:
            given[one.quote_id].append(one)
    return [(quote, given[quote.id]) for quote in quotes]


def _as_seen(quote: Quote, codings: Iterable[Coding], coder: Coder) -> Quote | None:
    """Return a quote with a coder's own codes; None where they neither made nor coded it."""
    codings = list(codings)
    own = frozenset(one.code for one in codings if one.coder_id == coder.id)
    theirs = quote.made_by == coder.id and not codings
    return replace(quote, codes=own) if own or theirs else None
