"""Places: a concordance as a table, of what may be shown for a use; from the window and from the command line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.attribution import credit, withheld
from exports.quotes.columns import clock
from exports.spreadsheets import write_csv
from exports.typography import clean
from storybank.domain.clearance import LeftOut
from storybank.domain.found import InContext
from storybank.services.citing import Citing
from storybank.words import Words


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes out, and how much of it and why the rest does not."""

    text: str
    count: int
    left_out: tuple[str, ...]
    """Reasons, each once."""
    code: str = ""
    """Of the export, where it is in the ledger."""


def save_places(citing: Citing, rows: Sequence[InContext], use: str, to: Path, tr: Words,
                recipient: str = "") -> Copied:
    """Write the places of a concordance as a table; one whose company says what may not be told is left out.

    Where none may be shown, nothing is written.
    """
    cited = citing.places(rows, use)
    kept = []
    for row, one in cited.cleared:
        whole = f"{row.left} {row.node} {row.right}"
        if withheld(whole, one, one.quote.language) == _untouched(whole):
            kept.append((row, one))
    reasons = reasons_of(cited.left_out, tr)
    if len(kept) < len(cited.cleared):
        reasons += (tr("A name or a place that may not be told is said near it."),)
    if not kept:
        return Copied("", 0, reasons)
    header = (tr("Story"), tr("Time"), tr("Speaker"), tr("before"), tr("found"), tr("after"))
    table = [(row.story_code, clock(row.moment_ms), credit(one, tr.language, cited.codes).text, row.left, row.node,
              row.right) for row, one in kept]
    made = citing.take_out(kept, use, tr("Concordance"), to, lambda aside: write_csv(aside, header, table), recipient)
    return Copied("", len(kept), reasons, made.code)


def reasons_of(left_out: Sequence[LeftOut], tr: Words) -> tuple[str, ...]:
    """Return why things were left out, each reason once."""
    return tuple(dict.fromkeys(tr.sentence(reason) for one in left_out for reason in one.reasons[:1]))


def _untouched(text: str) -> str:
    """Return a text as `withheld` leaves one in which nothing has to be withheld."""
    return unicodedata.normalize("NFC", clean(text))
