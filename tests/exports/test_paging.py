"""Where pages would end: what is kept together goes over together, and notes take their room at the foot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exports.briefs.paging import Block, pages_of

ROOM = 100.0
LINE = Block(0, 10, 0)
blocks = st.lists(st.builds(
    Block, st.floats(0, 8), st.floats(1, 60), st.floats(0, 8), st.integers(1, 6), st.booleans(), st.booleans(),
    st.booleans(), st.sampled_from([0.0, 0.0, 12.0]),
), max_size=30)  # fmt: skip


def test_lines_fill_a_page_by_their_share():
    assert pages_of([LINE] * 5, ROOM) == 0.5
    assert pages_of([LINE] * 15, ROOM) == 1.5


def test_a_heading_goes_over_with_what_it_stands_above():
    heading, quote = Block(0, 10, 0, keeps_next=True), Block(0, 20, 0, 2, is_whole=True)
    assert pages_of([*[LINE] * 8, heading, quote], ROOM) == 1.3


def test_a_long_paragraph_is_parted_and_a_quote_is_not():
    assert pages_of([*[LINE] * 8, Block(0, 40, 0, 4)], ROOM) == 1.2
    assert pages_of([*[LINE] * 8, Block(0, 40, 0, 4, is_whole=True)], ROOM) == 1.4


def test_no_line_stands_alone_on_the_next_page():
    assert pages_of([*[LINE] * 7, Block(0, 40, 0, 4)], ROOM) == 1.2


def test_notes_take_their_room_on_the_page_that_calls_for_them():
    calling = Block(0, 10, 0, notes=20)
    assert pages_of([calling, *[LINE] * 6], ROOM) == 1.0
    assert pages_of([calling, *[LINE] * 7], ROOM) == 1.1


def test_what_begins_a_page_does_so_once():
    assert pages_of([Block(0, 10, 0, begins_page=True)], ROOM) == 0.1
    assert pages_of([LINE, Block(0, 10, 0, begins_page=True)], ROOM) == 1.1


@given(blocks)
def test_keeping_together_never_makes_less_of_it(some):
    assert pages_of(some, ROOM) * ROOM >= sum(one.height for one in some) - 0.01
