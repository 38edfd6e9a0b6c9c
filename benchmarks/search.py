"""Search: in a thousand hours of speech, beside the bare index, beside reading everything, and after a correction."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import quantiles

from sqlalchemy import text

from benchmarks.corpus import SEED, corpus, tongues
from benchmarks.figures import Figure, ratio, seconds, speed
from storybank.domain.change import ChangeKind
from storybank.domain.query import Query, understood
from storybank.persistence import indexing
from storybank.persistence.library import Library
from storybank.persistence.matching import match_expression
from storybank.persistence.resolving import resolved
from storybank.persistence.work import SqlWork
from ui.wiring import now

ROUNDS, TOP, CORRECTED = 3, 50, 10
FREQUENT, MEDIUM, RARE = (4, 30), (90, 130, 400), (3_000, 9_000, 20_000)
"""Places in the list of words by how often they come: every other passage, every thirtieth, a few."""

_EMPTIED = (
    "DROP TRIGGER passages_removed", "DELETE FROM passages",
    "INSERT INTO passages_fts(passages_fts) VALUES('delete-all')",
)  # fmt: skip
"""Taking everything out row by row would take longer than building it: the index anew begins from nothing."""

_BARE = text("SELECT rowid, x FROM passages_fts WHERE passages_fts MATCH :match"
             " ORDER BY bm25(passages_fts, 1.0, 0.6) LIMIT :most")


def search_in_a_thousand_hours(folder: Path) -> Iterator[Figure]:
    """Measure in one run: the first fifty with their snippets, facets, and the index after a correction."""
    del folder  # the corpus takes minutes to make, and is kept for the next time
    with corpus(Path(tempfile.gettempdir())) as library, SqlWork(library, print, now) as work:
        queries = [understood(typed) for typed in _mix()]
        matches = [match_expression(resolved(work._transaction, query)) for query in queries]  # noqa: SLF001

        def search(query: Query) -> None:
            work.index.search(query, None, TOP)

        def count(query: Query) -> None:
            work.facets.count(query, None)

        def bare(match: str) -> None:
            work._transaction.rows(_BARE, {"match": match, "most": TOP})  # noqa: SLF001

        whole = [_round(search, queries, bare, matches) for _ in range(ROUNDS)]
        yield _tail("search", f"top {TOP} with snippets / the bare index, 95th of 100", whole, 1.5)
        yield _middle("search median", "  the same, the query in the middle", whole)
        counted = [_round(count, queries, bare, matches) for _ in range(ROUNDS)]
        yield _tail("facets", "eight facets / the bare index, 95th of 100", counted, 10)
        yield _middle("facets median", "  the same, the query in the middle", counted)
        yield _beside_reading(work, search)
    with corpus(Path(tempfile.gettempdir())) as library:
        yield _after_a_correction(library)


def _mix() -> list[str]:
    """Return what people type, in both languages: words of every frequency, phrases, alternatives, beginnings."""
    typed: list[str] = []
    for tongue in tongues(random.Random(SEED)).values():
        words = tongue.words
        typed += [words[at] for at in (*FREQUENT, *MEDIUM, *RARE)]
        typed += [f'"{words[1]} {words[4]}"', f'"{words[90]} {words[2]}"']
        typed += [" OR ".join(words[at : at + 3]) for at in (95, 5_000)]
        typed += [f"{words[at][:4]}*" for at in (92, 2_000)]
        typed += [f"{words[91]} {words[20]}", f"{words[93]} -{words[5]}"]
    return typed


_Round = tuple[list[float], list[float]]


def _round(ours: Callable[[Query], None], queries: Sequence[Query], bare: Callable[[str], None],
           matches: Sequence[str]) -> _Round:
    """Return the seconds of both, query by query; who begins changes from query to query."""
    mine: list[float] = []
    theirs: list[float] = []
    for number, (query, match) in enumerate(zip(queries, matches, strict=True)):
        turns = [(lambda query=query: ours(query), mine), (lambda match=match: bare(match), theirs)]
        for work, kept in turns if number % 2 else reversed(turns):
            kept.append(seconds(work))
    return mine, theirs


def _tail(name: str, what: str, rounds: Sequence[_Round], limit: float) -> Figure:
    ours, bare = ([quantiles(one[side], n=20)[-1] for one in rounds] for side in (0, 1))
    return ratio(name, what, ours, bare, limit)


def _middle(name: str, what: str, rounds: Sequence[_Round]) -> Figure:
    """Return the ratio of the query in the middle of the mix, which nothing is held to."""
    values = tuple(sorted(a / b for a, b in zip(*one, strict=True))[len(one[0]) // 2] for one in rounds)
    return Figure(name, what, values, 1000)


def _beside_reading(work: SqlWork, search: Callable[[Query], None]) -> Figure:
    """Return how much faster the mix is than a regular expression over every text, as if all lay in memory."""
    texts = [row[0] for row in work._transaction.rows(text("SELECT text FROM passages"))]  # noqa: SLF001
    english = tongues(random.Random(SEED))["en"].words
    words = [english[at] for at in (30, 90, 400, 9_000)]

    def read() -> None:
        for word in words:
            pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
            assert [said for said in texts if pattern.search(said)]

    def ask() -> None:
        for word in words:
            search(understood(word))

    ours, theirs = [seconds(ask) for _ in range(2)], [seconds(read) for _ in range(2)]
    return speed("search beside reading", "  of four words, rare to frequent / regular expressions", ours, theirs, 50)


def _after_a_correction(library: Library) -> Figure:
    """Correct lines of a transcript, one after the other, then build the whole index anew; neither is kept."""
    ours = []
    with SqlWork(library, print, now) as work:
        recording = work.recordings.all()[500]
        run = work.transcripts.shown(recording.id)
        assert run is not None
        for line in work.transcripts.lines(recording.id)[100 : 100 + CORRECTED]:
            after = replace(line, text=f"{line.text} This was corrected.")
            ours.append(seconds(partial(work.transcripts.revise, run.id, [after], "Measured", ChangeKind.REWORDED)))
    with library.engine.connect() as connection:
        connection.begin()
        for statement in _EMPTIED:
            connection.exec_driver_sql(statement)
        rebuilt = seconds(partial(indexing.reindex, connection))
        connection.rollback()
    return ratio("index after a correction", "a line corrected and findable again / the whole index anew", ours,
                 [rebuilt] * CORRECTED, 0.01)  # fmt: skip
