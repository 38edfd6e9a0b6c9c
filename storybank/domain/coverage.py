"""Coverage: which themes are spoken to by whom, counted by what may be used; and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storybank.domain.names import in_line
from storybank.domain.permission import Permission, Verdict
from storybank.domain.quote import Quote
from storybank.domain.use import Use
from storybank.words import Sentence, say

STALE_AFTER = 3
"""Years after which a recording is told to be old."""
OFTEN = 3
"""So many exports with one quote in them are told."""
_FEWEST_TO_CONCENTRATE = 3
_NOT_KNOWN = ""
ANY = "*"
"""Stands for every row, or every column."""


class By(StrEnum):
    """What the columns are."""

    STAKEHOLDER = "stakeholder"
    PROVINCE = "province"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a row or a column stands for; without a key, what nobody knows."""

    key: str
    label_en: str
    label_fr: str
    short_en: str = ""
    short_fr: str = ""

    def label(self, language: str) -> str:
        """Return what it is called."""
        return (self.label_fr or self.label_en) if language == "fr" else self.label_en

    def short(self, language: str) -> str:
        """Return what it is called where room is short."""
        return (self.short_fr if language == "fr" else self.short_en) or self.label(language)

    def said_in(self, language: str) -> str:
        """Return what it is called where a sentence names it."""
        return self.label(language)


@dataclass(frozen=True, slots=True)
class InLine:
    """A heading within a sentence: without its capital, unless that is part of its name."""

    heading: Heading

    def said_in(self, language: str) -> str:
        """Return it with a small first letter."""
        return in_line(self.heading.label(language))


@dataclass(frozen=True, slots=True)
class Used:
    """An export that a quote was in."""

    code: str
    title: str
    on: date
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote as it is counted: whose it is, what the gate says today, how old it is and where it was used."""

    quote: Quote
    answer: Permission
    speaker_id: str
    speaker: str
    """As those in the house call them."""
    named: str
    """As they may be named for this use; empty where nothing may go."""
    story_code: str
    story_title: str
    recorded_on: date | None
    rows: frozenset[str]
    columns: frozenset[str]
    used: tuple[Used, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Tell whether it may be used today without asking anybody."""
        return self.answer.allowed

    @property
    def is_bound(self) -> bool:
        """Tell whether it may be used on a condition."""
        return self.answer.verdict is Verdict.ALLOW_WITH_CONDITIONS

    @property
    def is_overused(self) -> bool:
        """Tell whether it left so often that others should speak."""
        return len(self.used) >= OFTEN

    def most_used_for(self) -> str:
        """Return the key of the use it left for most often; empty where it never left."""
        counted = Counter(use for one in self.used for use in one.uses)
        return max(counted, key=lambda use: (counted[use], use)) if counted else ""

    def years(self, today: date) -> int | None:
        """Return how many whole years ago it was recorded; None where nobody knows."""
        if self.recorded_on is None:
            return None
        then = self.recorded_on
        return max(0, today.year - then.year - ((today.month, today.day) < (then.month, then.day)))

    def is_stale(self, today: date) -> bool:
        """Tell whether it was recorded long ago."""
        years = self.years(today)
        return years is not None and years >= STALE_AFTER


@dataclass(frozen=True, slots=True)
class Cell:
    """What is there on a theme from a group."""

    usable: int = 0
    """May be used today, those on a condition among them."""
    bound: int = 0
    ask_first: int = 0
    """Somebody wants to be asked first; not among the usable."""
    all: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Themes by groups, for one use on one day."""

    use: Use
    by: By
    on: date
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[tuple[str, str], Cell]
    entries: tuple[Entry, ...]
    """Every quote, in the order they are said."""
    missing: tuple[Heading, ...] = ()
    """Groups that stand in no column: nobody of them is quoted."""

    def cell(self, row: str, column: str) -> Cell:
        """Return the counts of a cell."""
        return self.cells.get((row, column), Cell())

    def row_total(self, row: str) -> Cell:
        """Return the counts of a theme, each quote once."""
        return self.cell(row, ANY)

    def column_total(self, column: str) -> Cell:
        """Return the counts of a group over all themes, each quote once."""
        return self.cell(ANY, column)

    def quotes(self, row: str, column: str) -> list[Entry]:
        """Return a cell's quotes: what may be used first, the important ones first, and the least used first."""
        own = [one for one in self.entries if row in one.rows and column in one.columns]
        return sorted(own, key=lambda one: (one.answer.verdict.strictness, not one.quote.important, len(one.used)))

    def empty(self) -> list[tuple[Heading, Heading]]:
        """Return theme and group of every cell in which nothing may be used."""
        return [(row, column) for row in self.rows for column in self.columns
                if column.key != _NOT_KNOWN and not self.cell(row.key, column.key).usable]

    def overused(self) -> list[Entry]:
        """Return the quotes that left so often that others should speak, the most used first."""
        return sorted((one for one in self.entries if one.is_overused), key=lambda one: -len(one.used))

    def concentration(self, row: str, column: str) -> tuple[str, int, int] | None:
        """Return whose most of a cell's usable quotes are, how many, and of how many; None where no one stands out."""
        counted = Counter(one.speaker_id for one in self.quotes(row, column) if one.is_usable)
        total = counted.total()
        if total < _FEWEST_TO_CONCENTRATE:
            return None
        most, count = max(counted.items(), key=lambda one: one[1])
        if 2 * count <= total:
            return None
        return next(one.speaker for one in self.entries if one.speaker_id == most), count, total


def gap_said(row: Heading, column: Heading, by: By) -> Sentence:
    """Return which voice is missing where, as a sentence."""
    if by is By.STAKEHOLDER:
        return say("No {group} on {theme}.", group=InLine(column), theme=row)
    if by is By.PROVINCE:
        return say("Nobody from {province} on {theme}.", province=column, theme=row)
    return say("Nothing in {language} on {theme}.", language=column, theme=row)


def gaps_said(matrix: Matrix) -> list[Sentence]:
    """Return what is missing, in as few sentences as say it: whole themes, whole groups, then cell by cell."""
    known = [column for column in matrix.columns if column.key != _NOT_KNOWN]
    empty = {(row.key, column.key) for row, column in matrix.empty()}
    bare_rows = [row for row in matrix.rows if all((row.key, one.key) in empty for one in known)]
    bare_columns = [one for one in known if all((row.key, one.key) in empty for row in matrix.rows)]
    said = [say("Nobody on {theme}.", theme=row) for row in bare_rows]
    if len(bare_rows) < len(matrix.rows):
        said += [_nobody_at_all(one, matrix.by) for one in bare_columns]
    said += [gap_said(row, one, matrix.by) for row, one in matrix.empty()
             if row not in bare_rows and one not in bare_columns]
    return said


def counted(entries: Sequence[Entry], rows: Sequence[Heading],
            columns: Sequence[Heading]) -> dict[tuple[str, str], Cell]:
    """Return every cell with its counts, and the totals; a quote that speaks to several themes counts in each, once.

    Those that speak to none are in no total.
    """
    wanted_rows, wanted_columns = {one.key for one in rows}, {one.key for one in columns}
    inside: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        own_rows, own_columns = entry.rows & wanted_rows, entry.columns & wanted_columns
        for row in (*own_rows, *([ANY] if own_rows else [])):
            for column in (*own_columns, ANY):
                inside.setdefault((row, column), []).append(entry)
    return {place: _counted(own) for place, own in inside.items()}


def _nobody_at_all(column: Heading, by: By) -> Sentence:
    if by is By.STAKEHOLDER:
        return say("No {group} on any theme.", group=InLine(column))
    if by is By.PROVINCE:
        return say("Nobody from {province} on any theme.", province=column)
    return say("Nothing in {language} on any theme.", language=column)


def _counted(entries: Iterable[Entry]) -> Cell:
    usable = bound = ask_first = every = 0
    for entry in entries:
        every += 1
        usable += entry.is_usable
        bound += entry.is_bound
        ask_first += entry.answer.verdict is Verdict.ASK_FIRST
    return Cell(usable, bound, ask_first, every)
