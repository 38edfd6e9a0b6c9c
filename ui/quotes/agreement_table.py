"""Agreement as a table: the same columns and figures in the window, the command line and a CSV file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from exports.spreadsheets import write_csv
from storybank.domain.coding import Coder
from storybank.domain.reliability import RELIABLE, TENTATIVE, Measure
from storybank.domain.unitizing import Unit
from storybank.services.compared import Comparison, Row
from storybank.words import Words

NOTHING = "–"


def coder_name(coder: Coder, tr: Words) -> str:
    """Return what a coder is called; who tagged before anybody was asked has no name."""
    return coder.name or tr("unknown")


def amount(weight: float, unit: Unit) -> str:
    """Return how much was given a code: lines, or minutes and seconds."""
    if unit is Unit.LINES:
        return str(round(weight))
    seconds = round(weight / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def figure(value: float | None, tr: Words, places: int = 3) -> str:
    """Return a number as it is written in a language."""
    if value is None:
        return NOTHING
    told = f"{value:.{places}f}"
    told = told.removeprefix("-") if float(told) == 0 else told
    return told.replace(".", ",") if tr.language == "fr" else told


def chance(value: float | None, measure: Measure, tr: Words) -> str:
    """Return kappa or alpha; where all gave the code everywhere or nowhere there is none, and it says why."""
    if value is None and measure.percent is not None:
        return tr("no variance")
    return figure(value, tr)


def share(value: float | None) -> str:
    """Return a share in hundredths."""
    return NOTHING if value is None else f"{100 * value:.0f} %"


def verdict(measure: Measure, tr: Words) -> str:
    """Return in plain words what alpha lets one do, by the thresholds that Krippendorff gives."""
    if measure.percent is None:
        return tr("nothing to compare")
    if measure.alpha is None:
        return tr("all the same: nothing to measure")
    if measure.alpha >= RELIABLE:
        return tr("reliable")
    return tr("for tentative conclusions") if measure.alpha >= TENTATIVE else tr("too low to rely on")


def header(one: Comparison, tr: Words) -> list[str]:
    """Return the names of the columns."""
    return [tr("Code"), "κ", "α", "F1", tr("Jaccard"), tr("Same"), *(coder_name(who, tr) for who in one.coders),
            tr("What α allows")]


def cells(row: Row, one: Comparison, tr: Words) -> list[str]:
    """Return a row of the table."""
    m = row.measure
    name = row.code.label(tr.language) if row.code else tr("All codes together")
    return [name, chance(m.kappa, m, tr), chance(m.alpha, m, tr), figure(m.f1, tr), figure(m.jaccard, tr),
            share(m.percent), *(amount(weight, one.unit) for weight in m.given), verdict(m, tr)]


def table(one: Comparison, tr: Words, unnamed: Collection[str] = ()) -> list[list[str]]:
    """Return the whole table, all codes together last; `unnamed` are codes that may not be named outside."""
    rows = [cells(row, one, tr) for row in (*one.rows, one.overall)]
    for row, told in zip(one.rows, rows, strict=False):
        if row.code and row.code.key in unnamed:
            told[0] = tr("A tag in somebody's own words")
    return [header(one, tr), *rows]


def write(one: Comparison, tr: Words, to: Path, unnamed: Collection[str]) -> None:
    """Write the table as a CSV file, without naming codes that may not be named outside."""
    head, *rows = table(one, tr, unnamed)
    write_csv(to, head, rows)


def told(row: Row, coders: Sequence[Coder]) -> dict[str, object]:
    """Return a row for JSON."""
    m = row.measure
    return {"code": row.code.key if row.code else None, "kappa": m.kappa, "alpha": m.alpha, "f1": m.f1,
            "jaccard": m.jaccard, "percent": m.percent, "weight": m.weight,
            "given": {coder.name: weight for coder, weight in zip(coders, m.given, strict=True)}}
