"""Every text is a query: a hundred thousand of the worst are put to the index, and it never minds."""

from __future__ import annotations

import random
import sqlite3

import pytest
from sqlalchemy import create_engine

from storybank.domain.query import understood
from storybank.domain.query_chips import chips
from storybank.persistence import tables
from storybank.persistence.fulltext import FULLTEXT
from storybank.persistence.index import hits_statement
from storybank.persistence.matching import match_expression
from storybank.persistence.wording import shadows

MANY, ALL_OF_IT = 100_000, 50
"""Texts, and how many of them there are to one that is put into a whole statement and said back."""

BAITS = [
    *"abAéœß\0\"'*()[]{}:^-+=%_/\\|~<>,.;!?#@&$`\n\t«»“”‘’İ½中文日😀\u0301\u0345\u200d\ufeff١२ªº﷽ǆŉ–−…٠\ud800\x1a\x7f",
    *" " * 20, "AND", "OR", "OU", "NOT", "SAUF", "ET", "NEAR", "NEAR(", "~5", '"x y"~', '"a b"~99999', "x:", "s :",
    "rowid", "rank", "passages_fts", "--", "/*", "';", "*foo", "garden", "social", "isol*", "=exact", "e-mail",
    "COVID-19", "l’isolement", "speaker:", "-block:", "has:memo", "is:lost", "is:", "year:2020..", "year:..2021",
    "before:2020", "after:2021-05", "kind:", "kind:quote", "usable:website", "coder:jo", "story:s-1", "province:",
    "pays:canada", "a:note", "est:relu", "locuteur:", ",",
]  # fmt: skip
"""Operators, quotes, brackets, colons, NUL, lone surrogates, emoji, scripts, and whatever FTS5 gives a meaning."""


@pytest.fixture
def index():
    """Return an index like the library's, in memory, with a few passages in it."""
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine)
    connection = engine.raw_connection().driver_connection
    for statement in FULLTEXT:
        if "secure-delete" not in statement:
            connection.execute(statement)
    said = {"We planted gardens together.": "en", "La prescription sociale brise l'isolement.": "fr", "中文 a b": "zh"}
    for number, (text, language) in enumerate(said.items(), 1 << 24):
        connection.execute(
            "INSERT INTO passages (id, kind, owner_id, story_id, start_ms, end_ms, language, text, x, s)"
            " VALUES (?, 'passage', ?, 's', 0, 1, ?, ?, ?, ?)",
            (number, str(number), language, text, *shadows(text, language)))
    return connection


def test_a_hundred_thousand_random_texts_are_queries(index):
    chance = random.Random(5)
    asked = 0
    for number in range(MANY):
        typed = "".join(chance.choices(BAITS, k=chance.randint(1, 12)))
        query = understood(typed)
        if match := match_expression(query):
            index.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", (match,)).fetchone()
            asked += 1
        if number % ALL_OF_IT == 0 and query.root:
            statement, values = hits_statement(query, None, "\nSELECT count(*) FROM hits")
            index.execute(statement.text, values).fetchone()
            assert all(understood(chip.without) for chip in chips(query, {}))
    assert asked > MANY / 2


def test_it_is_the_quoting_that_keeps_them_harmless(index):
    for typed in ("social-prescribing", "*foo", "NEAR(a, b, 2)", "garden -space", "'", "AND", "x : y : z"):
        with pytest.raises(sqlite3.OperationalError):
            index.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", (typed,)).fetchone()
