"""The query language: every text is read, what makes no sense is passed over, and it is said back as chips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.query import Either, Every, Field, Not, Term, understood
from storybank.domain.query_chips import chips


def told(node):
    """Return a tree as a line that can be compared."""
    if node is None:
        return ""
    if isinstance(node, Term):
        ending = "*" if node.prefix else f"~{node.near}" if node.near else ""
        return f"{'=' * node.exact}{'_'.join(node.surface)}{ending}"
    if isinstance(node, Field):
        return f"{node.name}:{','.join(node.values)}"
    if isinstance(node, Not):
        return f"-{told(node.part)}"
    return f"({(' ' if isinstance(node, Every) else ' | ').join(map(told, node.parts))})"


@pytest.mark.parametrize(("typed", "read"), [
    ("garden walk", "(garden walk)"), ("garden AND walk", "(garden walk)"), ("jardin ET marche", "(jardin marche)"),
    ("garden OR walk swim", "(garden | (walk swim))"), ("garden OU walk | swim", "(garden | walk | swim)"),
    ("garden -space", "(garden -space)"), ("garden NOT space", "(garden -space)"), ("x SAUF y", "(x -y)"),
    ("-space", "-space"), ("a-b", "a_b"), ("a - b", "(a b)"), ("--x", "x"), ("-(a b) c", "(-(a b) c)"),
    ("(a OR b) -c", "((a | b) -c)"), ("((a", "a"), ("a) b", "(a b)"), ("()", ""), ("a () b", "(a b)"),
    ('"walking group"', "walking_group"), ('"walking group', "walking_group"),
    ("« santé  publique »", "santé_publique"),
    ("“walking group”~5", "walking_group~5"), ('"walking group"~', "walking_group~5"), ('"walking"~5', "walking"),
    ('"a b"~9999', "a_b~50"), ("financ*", "financ*"), ('"link work*"', "link_work*"), ("=exact", "=exact"),
    ('="two words"', "=two_words"), ("e-mail COVID-19", "(e_mail covid_19)"), ("link-worker’s", "link_worker_s"),
    ("speaker:amina", "speaker:amina"), ('locuteur:"Amina D.",Béa', "speaker:amina d.,bea"),
    ("-bloc:x y", "(-block:x y)"),
    ("annee:2020..2023", "year:2020..2023"), ("année:2020…", "year:2020.."), ("year:2020-2023", "year:2020..2023"),
    ("lang:français", "language:fr"), ("a:mémo est:relue", "(has:memo is:reviewed)"),
    ("avant:2023/05", "before:2023-05"),
    ("colour:red", "(colour red)"), ("has:bananas", "(has bananas)"), ("year:soon", "(year soon)"),
    ("speaker:", "speaker"),
    ("speaker: x", "(speaker x)"), ("http://x.ca", "http_x_ca"), ("10:30", "10_30"),
    ("AND", "and"), ("OR", "or"), ("NOT", "not"), ("garden OR", "garden"), ("NOT OR garden", "garden"),
    ("OR | garden", "garden"),
    ("* ?! -- \0 \"\" ' % 😀", ""), ("😀 garden", "garden"), ("garden\0walk", "(garden walk)"),
])  # fmt: skip
def test_what_is_typed_is_read(typed, read):
    assert told(understood(typed).root) == read


def test_what_is_left_out_is_not_to_be_found():
    assert [term.words for term in understood("a -b (c OR -d) NOT (e f)").terms] == [("a",), ("c",)]


def test_brackets_may_be_as_deep_as_anybody_likes():
    assert told(understood("(" * 5000 + "a" + ")" * 5000).root) == "a"
    assert told(understood("(" * 10 + "a").root) == "a"
    assert len(understood("a " * 5000).root.parts) == 64


@pytest.mark.parametrize(("typed", "said"), [
    ('garden -space "near words"~5 financ* speaker:amina =Exact "a b"', [
        ("garden", '-space "near words"~5 financ* speaker:amina =Exact "a b"'),
        ("without: space", 'garden "near words"~5 financ* speaker:amina =Exact "a b"'),
        ("near within 5: near words", 'garden -space financ* speaker:amina =Exact "a b"'),
        ("beginning with financ", 'garden -space "near words"~5 speaker:amina =Exact "a b"'),
        ("speaker: amina", 'garden -space "near words"~5 financ* =Exact "a b"'),
        ("exactly: exact", 'garden -space "near words"~5 financ* speaker:amina "a b"'),
        ("“a b”", 'garden -space "near words"~5 financ* speaker:amina =Exact'),
    ]),
    ("a OR b c OR d", [("a", "b c OR d"), ("or (b and c)", "a OR d"), ("or d", "a OR b c")]),
    ("block:amplify (a OR b)", [("building block: Amplify", "(a OR b)"), ("(a or b)", "block:amplify")]),
    ("", []),
])  # fmt: skip
def test_each_part_is_a_chip_that_can_be_taken_out(typed, said):
    found = chips(understood(typed), {"amplify": "Amplify"})
    assert [(str(chip.said), chip.without) for chip in found] == said


PIECES = st.sampled_from([*'ab-"()|:=*~, ', "OR", "NOT ", "is:lost", "speaker:x"])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_what_is_left_without_a_chip_reads_as_it_did(typed):
    query = understood(typed)
    parts = query.root.parts if isinstance(query.root, (Every, Either)) else (query.root,)
    shown = chips(query, {})
    if len(shown) != len(parts):  # brackets around all of it are one part
        parts = (query.root,)
    for number, chip in enumerate(shown):
        rest = [part for at, part in enumerate(parts) if at != number]
        left = understood(chip.without).root
        assert told(left) == (told(type(query.root)(tuple(rest))) if len(rest) > 1 else told(rest[0]) if rest else "")
