"""Blinding: what a coder who works blind may see: their own quotes and codings, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storybank.domain.coding import Coder, Coding
from storybank.domain.quote import Quote
from storybank.ports import UnitOfWork


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
    own = frozenset(one.code for one in codings if one.coder_id == coder.id)
    return replace(quote, codes=own) if own or quote.made_by == coder.id else None
