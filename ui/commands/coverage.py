"""The command about coverage: what may be used, theme by theme, and what is missing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from textwrap import wrap

from storybank.domain.coverage import By, Entry, Matrix, gap_said, gaps_said
from storybank.words import Words, say
from ui.commands.doors import Arguments, Tr, Voice, chosen, opened, table
from ui.quotes.coverage_said import age_said, as_rows, concentrated, missing_said, used_said

USUAL = "website"
NARROWEST = 24
"""Letters of a group's name that a line has room for at least."""


def coverage_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `coverage` takes."""
    parser.add_argument("--use", default=USUAL, help=tr("what the quotes would be used for"))
    parser.add_argument("--by", default=By.STAKEHOLDER.value, help=tr("stakeholder, province or language"))
    parser.add_argument("--csv", type=Path, metavar="FILE", help=tr("write the table to a file as well"))
    parser.set_defaults(run=coverage)


def coverage(asked: argparse.Namespace, voice: Voice) -> None:
    """Count what may be used, and name what is missing."""
    with opened(asked) as app:
        matrix = app.covering.matrix(asked.use, chosen(By, asked.by))
        if asked.csv:
            app.write_table(asked.csv, as_rows(matrix, voice.words))
    voice.tell(value_of(matrix, voice.words), text_of(matrix, voice.words))


def value_of(matrix: Matrix, words: Words) -> dict[str, object]:
    """Return a matrix as JSON."""
    return {
        "use": matrix.use.key, "by": matrix.by.value, "on": matrix.on.isoformat(),
        "rows": [{"key": one.key, "label": one.label(words.language)} for one in matrix.rows],
        "columns": [{"key": one.key, "label": one.label(words.language)} for one in matrix.columns],
        "cells": [
            {"row": row.key, "column": column.key, "usable": cell.usable, "conditional": cell.bound,
             "ask_first": cell.ask_first, "all": cell.all,
             "quotes": [one.quote.code for one in matrix.quotes(row.key, column.key) if one.is_usable],
             "concentration": concentrated(matrix, row.key, column.key, words)}
            for row in matrix.rows for column in matrix.columns
            if (cell := matrix.cell(row.key, column.key)) is not None
        ],
        "empty": [{"row": row.key, "column": column.key,
                   "said": words.sentence(gap_said(row, column, matrix.by))} for row, column in matrix.empty()],
        "missing": [{"key": one.key, "label": one.label(words.language)} for one in matrix.missing],
        "over_used": [_used(one, words) for one in matrix.overused()],
        "stale": [{"quote": one.quote.code, "recorded_on": str(one.recorded_on), "said": age_said(one, matrix, words)}
                  for one in matrix.entries if one.is_usable and one.is_stale(matrix.on)],
    }  # fmt: skip


def text_of(matrix: Matrix, words: Words) -> str:
    """Return a matrix as a table, groups down and themes across, with what is missing and over-used under it."""
    parts = [_grid(matrix, words)]
    if gaps := gaps_said(matrix):
        parts.append("\n".join(map(words.sentence, gaps)))
    if missing := missing_said(matrix, words):
        parts.append(missing)
    if often := matrix.overused():
        parts.append("\n".join(f"{one.quote.code}  {used_said(one, matrix, words)}" for one in often))
    parts.append(words.sentence(say("Counted are quotes that may be used today for {use}; of all in brackets.",
                                    use=matrix.use)))
    return "\n\n".join(parts)


def _grid(matrix: Matrix, words: Words) -> str:
    """Return the counts no wider than a terminal: a long name of a group goes on in the next line."""
    head, *rows = zip(*as_rows(matrix, words), strict=True)
    heads = ("", *(one.short(words.language) for one in matrix.rows), head[-1])
    groups = (*(one.label(words.language) for one in matrix.columns), words("All"))
    room = max(NARROWEST, _columns() - sum(2 + max(map(len, cells)) for cells in zip(heads, *rows, strict=True)))
    lines = [heads]
    for group, (_name, *counts) in zip(groups, rows, strict=True):
        first, *more = wrap(group, room) or [""]
        lines += [(first, *counts), *((f"  {one}", *("" for _count in counts)) for one in more)]
    return table(lines)


def _columns() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 80


def _used(entry: Entry, words: Words) -> dict[str, object]:
    return {"quote": entry.quote.code, "times": len(entry.used), "most_for": entry.most_used_for(),
            "exports": [one.code for one in entry.used], "text": words("Used {n} times", n=len(entry.used))}


ARGUMENTS: dict[str, Arguments] = {"coverage": coverage_arguments}
