"""What the coverage of themes reads like: age, use and concentration in words, and the table as rows."""

from __future__ import annotations

from storybank.domain.coverage import By, Cell, Entry, Matrix
from storybank.words import Words


def used_said(entry: Entry, matrix: Matrix, words: Words) -> str:
    """Return how often a quote left, and what for most; empty where it never did."""
    if not entry.used:
        return ""
    times = words.many("used once", "used {n} times", len(entry.used))
    most = entry.most_used_for()
    if len(entry.used) < 2 or not most:
        return times
    label = matrix.use.label(words.language) if most == matrix.use.key else most.replace("_", " ")
    return words("{times}, most for {use}", times=times, use=label)


def age_said(entry: Entry, matrix: Matrix, words: Words) -> str:
    """Return how long ago a quote was recorded; empty where nobody knows."""
    years = entry.years(matrix.on)
    if years is None:
        return ""
    if years == 0:
        return words("recorded this year")
    return words.many("recorded a year ago", "recorded {n} years ago", years)


def concentrated(matrix: Matrix, row: str, column: str, words: Words) -> str:
    """Return whose most of a cell's quotes are; empty where they are several people's."""
    found = matrix.concentration(row, column)
    if found is None:
        return ""
    person, count, total = found
    return words("{count} of {total} are said by {person}", count=count, total=total, person=person)


def counts_said(cell: Cell, words: Words) -> str:
    """Return a cell's counts in words."""
    if not cell.all:
        return words("No quote")
    parts = [words.many("{n} quote may be used", "{n} quotes may be used", cell.usable)]
    if cell.bound:
        parts.append(words.many("{n} of them on a condition", "{n} of them on a condition", cell.bound))
    if cell.ask_first:
        parts.append(words.many("{n} only after asking", "{n} only after asking", cell.ask_first))
    parts.append(words("{n} in all", n=cell.all))
    return ", ".join(parts)


def as_rows(matrix: Matrix, words: Words) -> list[list[str]]:
    """Return the matrix as a table: usable quotes, and in brackets all there are, where those are more."""
    language = words.language
    head = ["", *(one.short(language) for one in matrix.columns), words("All")]
    rows = [
        [row.label(language), *(_count(matrix.cell(row.key, one.key)) for one in matrix.columns),
         _count(matrix.row_total(row.key))]
        for row in matrix.rows
    ]
    foot = [words("All"), *(_count(matrix.column_total(one.key)) for one in matrix.columns), ""]
    return [head, *rows, foot]


def missing_said(matrix: Matrix, words: Words) -> str:
    """Return of which groups nobody is quoted at all; empty where all have a column."""
    places = ", ".join(one.label(words.language) for one in matrix.missing)
    return words("Nobody is quoted from: {places}.", places=places) if places else ""


def by_said(by: By, words: Words) -> str:
    """Return what the columns are called."""
    return {By.STAKEHOLDER: words("Stakeholders"), By.PROVINCE: words("Provinces"),
            By.LANGUAGE: words("Languages")}[by]


def _count(cell: Cell) -> str:
    return str(cell.usable) if cell.usable == cell.all else f"{cell.usable} ({cell.all})"
