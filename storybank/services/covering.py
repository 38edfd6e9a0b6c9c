"""Covering: counting what may be used, theme by theme and group by group, with one reading of every table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Circle, Gate
from storybank.domain.codebook import Code, CodeKind, by_key, path_of
from storybank.domain.contributor import Contributor
from storybank.domain.coverage import By, Entry, Heading, Matrix, Used, counted
from storybank.domain.permission import Permission, no
from storybank.domain.quote import Quote
from storybank.domain.use import Asked, Use
from storybank.domain.vocabulary import PROVINCES
from storybank.errors import Refused
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.blinding import visible
from storybank.services.circles import circles_of
from storybank.services.stepping import Author
from storybank.words import say

_UNKNOWN = Heading("", "Not known", "Inconnu")
_LANGUAGES = {"en": ("English", "anglais"), "fr": ("French", "français")}
_IN_SENTENCES = {Attribution.FULL, Attribution.FULL_NAME}


class Covering:
    """Counts. Changes nothing."""

    def __init__(self, open_work: OpenWork, today: Today, author: Author = str) -> None:
        """`author` tells who sits here: who codes blind counts their own quotes and codes alone."""
        self._open_work = open_work
        self._today = today
        self._author = author
        self._known: tuple[object, _Reading] | None = None

    def uses(self) -> list[Use]:
        """Return the uses that can be asked about."""
        with self._open_work() as work:
            return work.codebook.uses()

    def matrix(self, use: str, by: By = By.STAKEHOLDER) -> Matrix:
        """Return building blocks by stakeholders, provinces or languages, with what the gate allows today for a use."""
        with self._open_work() as work:
            today, asked = self._today(), work.codebook.use(use)
            reading = self._reading(work, today)
        codes, entries = reading.codes, reading.entries(asked, by)
        rows = tuple(_heading(code) for code in codes if code.kind is CodeKind.BLOCK and not code.parent)
        columns, missing = _columns(by, codes, entries)
        return Matrix(asked, by, today, rows, columns, counted(entries, rows, columns), tuple(entries), missing)

    def _reading(self, work: UnitOfWork, today: date) -> _Reading:
        """Return what there is to count, read anew as soon as anything in the library has changed, or the day."""
        author = self._author()
        state = (work.index.state(), today, author)
        if self._known is None or self._known[0] != state:
            self._known = None  # two at a time would be much to hold
            self._known = state, _Reading(work, today, author)
        return self._known[1]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A quote with what the gate says for one use."""

    circle: Circle
    quote: Quote
    answer: Permission
    speaker: Contributor | None


class _Reading:
    """Everything that is counted, each table read once, and the gate asked once for each use."""

    def __init__(self, work: UnitOfWork, today: date, author: str) -> None:
        self.codes = work.codebook.codes()
        self._today = today
        known = by_key(self.codes)
        self._tops = {code.key: path_of(code, known)[0] for code in self.codes}
        self._quotes = visible(work, work.quotes.all(), author)
        self._circles = {circle.story.id: circle for circle in circles_of(work) if not circle.story.sealed_on}
        self._unknown = work.quotes.in_unknown_voices()
        self._used = _used(work)
        self._judged: dict[Use, list[_Judged]] = {}

    def entries(self, use: Use, by: By) -> list[Entry]:
        """Return every quote of every story that is not put away."""
        judged = self._judged.get(use)
        if judged is None:
            gate = Gate(Asked((use,), self._today))
            judged = [self._judge(gate, self._circles[quote.story_id], quote) for quote in self._quotes
                      if quote.story_id in self._circles]
            self._judged[use] = judged
        return [self._entry(one, by) for one in judged]

    def _judge(self, gate: Gate, circle: Circle, quote: Quote) -> _Judged:
        answer = gate.of_quote(circle, quote)
        try:
            if quote.id in self._unknown:
                raise Refused(say("Nobody has said whose voice quote {code} is.", code=quote.code))
            return _Judged(circle, quote, answer, circle.speaker(quote))
        except Refused as refusal:
            return _Judged(circle, quote, no(say("{why}", why=refusal.message)) if answer.allowed else answer, None)

    def _entry(self, one: _Judged, by: By) -> Entry:
        story, quote, speaker = one.circle.story, one.quote, one.speaker
        return Entry(
            quote, one.answer, speaker.id if speaker else "", speaker.name if speaker else "",
            _named(speaker, one.answer), story.code, story.title, _day(story.recorded_on),
            self._tops_of(quote, CodeKind.BLOCK), self._columns_of(quote, speaker, by), self._used.get(quote.id, ()),
        )  # fmt: skip

    def _tops_of(self, quote: Quote, kind: CodeKind) -> frozenset[str]:
        """Return the codes at the top of a list that a quote is tagged with, itself or further down."""
        tops = (self._tops[key] for key in quote.codes if key in self._tops)
        return frozenset(code.key for code in tops if code.kind is kind)

    def _columns_of(self, quote: Quote, speaker: Contributor | None, by: By) -> frozenset[str]:
        if by is By.LANGUAGE:
            return frozenset({quote.language})
        if by is By.PROVINCE:
            return frozenset({speaker.province if speaker else ""})
        own = self._tops_of(quote, CodeKind.STAKEHOLDER)
        told = self._tops.get(speaker.stakeholder) if speaker else None
        return own or frozenset({told.key if told else ""})


def _named(speaker: Contributor | None, answer: Permission) -> str:
    """Return how a speaker may be named for this use, as far as a word will do; empty for the list's own word."""
    if speaker is None or not answer.allowed:
        return ""
    if answer.attribution in _IN_SENTENCES:
        return speaker.name
    return speaker.first_name if answer.attribution is Attribution.FIRST_NAME else ""


def _used(work: UnitOfWork) -> dict[str, tuple[Used, ...]]:
    found: dict[str, list[Used]] = {}
    for export in work.ledger.all():
        one = Used(export.code, export.title, date.fromisoformat(export.made_at[:10]), export.uses)
        for quote_id in {item.quote_id for item in export.items}:
            found.setdefault(quote_id, []).append(one)
    return {quote_id: tuple(own) for quote_id, own in found.items()}


def _columns(by: By, codes: Sequence[Code],
             entries: Sequence[Entry]) -> tuple[tuple[Heading, ...], tuple[Heading, ...]]:
    """Return what the columns are, and which groups have none: provinces of which nobody is quoted."""
    there = {key for entry in entries for key in entry.columns}
    every = _HEADINGS[by](codes, there)
    kept = tuple(one for one in every if by is not By.PROVINCE or one.key in there)
    missing = tuple(one for one in every if one not in kept)
    return (*kept, *([_UNKNOWN] if "" in there else [])), missing


def _stakeholders(codes: Sequence[Code], _there: set[str]) -> list[Heading]:
    return [_heading(code) for code in codes if code.kind is CodeKind.STAKEHOLDER and not code.parent]


def _provinces(_codes: Sequence[Code], there: set[str]) -> list[Heading]:
    others = sorted(there - set(PROVINCES) - {""})
    return [*(Heading(key, *names, key, key) for key, names in PROVINCES.items()),
            *(Heading(key, key, key) for key in others)]


def _languages(_codes: Sequence[Code], there: set[str]) -> list[Heading]:
    others = sorted(there - set(_LANGUAGES) - {""})
    return [*(Heading(key, *names) for key, names in _LANGUAGES.items()), *(Heading(key, key, key) for key in others)]


_HEADINGS: Mapping[By, Callable[[Sequence[Code], set[str]], list[Heading]]] = {
    By.STAKEHOLDER: _stakeholders, By.PROVINCE: _provinces, By.LANGUAGE: _languages,
}  # fmt: skip


def _heading(code: Code) -> Heading:
    return Heading(code.key, code.label("en"), code.label("fr"), code.short("en"), code.short("fr"))


@lru_cache
def _day(text: str) -> date | None:
    """Return the day of a recording; one of which only the year or the month is known counts from its start."""
    for ending in ("", "-01", "-01-01"):
        try:
            return date.fromisoformat(f"{text}{ending}")
        except ValueError:
            continue
    return None
