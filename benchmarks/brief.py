"""The brief: a long brief of fifty quotes, beside python-docx writing the same paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from benchmarks.figures import Figure, ratio, seconds, take_turns
from exports.briefs.brief import WordBrief
from storybank.domain.draft import Form
from storybank.domain.export import Order
from tests.exports import drafted, library

QUOTES, ROUNDS = 50, 9
_STYLES = {"heading 1": "Heading 1", "heading 2": "Heading 2", "heading 3": "Heading 3", "List Bullet": "List Bullet",
           "List Number": "List Number", "SB Source": "List Number", "SB Quote": "Quote"}

Line = tuple[str, str]
Block = Line | list[list[str]]


def brief_beside_python_docx(folder: Path) -> Iterator[Figure]:
    """Write the same words with styles of python-docx's own, without marks, links, notes or languages."""
    order = _fifty(library.order())
    brief = drafted.brief(Form.ONE_THREE_TWENTY_FIVE, placing=())
    to = folder / "brief.docx"

    def write() -> None:
        WordBrief().write(brief, order, to, library.Quiet())

    write()
    blocks = _told(to)

    def write_barely() -> None:
        document = docx.Document()
        for block in blocks:
            if isinstance(block, tuple):
                document.add_paragraph(block[0], style=block[1])
            else:
                _add_table(document.add_table(len(block), len(block[0])), block)
        document.save(str(folder / "bare.docx"))

    ours, bare = take_turns(partial(seconds, write), partial(seconds, write_barely), ROUNDS)
    yield ratio("brief", f"a 1:3:25 brief of {QUOTES} quotes / python-docx alone", ours, bare, 2.0)


def _fifty(order: Order) -> Order:
    passages = [order.passages[n % len(order.passages)] for n in range(QUOTES)]
    return replace(order, passages=tuple(
        replace(p, cleared=replace(p.cleared, quote=replace(p.cleared.quote, id=f"q{n}", code=f"Q-{n + 1000}")))
        for n, p in enumerate(passages)
    ))


def _told(file: Path) -> list[Block]:
    found: list[Block] = []
    for one in docx.Document(str(file)).iter_inner_content():
        if isinstance(one, Paragraph):
            name = one.style.name if one.style is not None else ""
            found.append((one.text, _STYLES.get(name or "", _STYLES.get((name or "").lower(), "Normal"))))
        else:
            found.append([[cell.text for cell in row.cells] for row in one.rows])
    return found


def _add_table(table: Table, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
