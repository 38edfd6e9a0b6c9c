"""Hits are gathered by story: three of each, the rest folded until one asks; and nothing is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.query import Hit, Kind
from storybank.services.searching import Found
from ui.search.rows import AT_ONCE, Gathered, HitRow, MoreRow


def found(story: str, number: int = 0, kind: str = Kind.PASSAGE) -> Found:
    hit = Hit(kind, story, "r", number, number + 1, "Amina", f"{story} {number}", ())
    return Found(hit, story, story, f"Story {story}", ())


def said(gathered: Gathered) -> list[str]:
    return [row.found.hit.text if isinstance(row, HitRow) else f"+{row.hidden} {row.title}" for row in gathered.rows()]


def test_the_hits_of_a_story_stand_together_where_the_best_of_them_stands():
    gathered = Gathered()
    gathered.add([found("a", 1), found("b", 1), found("a", 2)])
    assert said(gathered) == ["a 1", "a 2", "b 1"]


def test_more_than_three_are_folded_and_unfold():
    gathered = Gathered()
    gathered.add([found("a", number) for number in range(6)])
    assert said(gathered) == ["a 0", "a 1", "a 2", "+3 Story a"]
    gathered.unfold("a")
    assert said(gathered) == [f"a {number}" for number in range(6)]


def test_one_more_than_three_is_shown_rather_than_folded():
    gathered = Gathered()
    gathered.add([found("a", number) for number in range(AT_ONCE + 1)])
    assert len(said(gathered)) == AT_ONCE + 1


def test_the_details_of_a_story_stand_behind_what_is_said_in_it():
    gathered = Gathered()
    gathered.add([found("a", 0, Kind.STORY), found("a", 1)])
    assert said(gathered) == ["a 1", "a 0"]


def test_what_comes_later_goes_behind_or_is_folded_in():
    gathered = Gathered()
    gathered.add([found("a", number) for number in range(5)])
    gathered.add([found("b", 1), found("a", 9)])
    assert said(gathered) == ["a 0", "a 1", "a 2", "+3 Story a", "b 1"]


def test_by_date_or_by_story_nothing_is_gathered():
    gathered = Gathered(by_story=False)
    gathered.add([found("a", 1), found("b", 1), *(found("a", number) for number in range(2, 9))])
    assert said(gathered)[:3] == ["a 1", "b 1", "a 2"]
    assert not any(isinstance(row, MoreRow) for row in gathered.rows())


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=12), max_size=4))
def test_nothing_is_lost_and_nothing_is_told_twice(pages):
    gathered, number = Gathered(), 0
    for stories in pages:
        page = []
        for story in stories:
            page.append(found(story, number := number + 1))
        gathered.add(page)
    rows = gathered.rows()
    assert sum(1 if isinstance(row, HitRow) else row.hidden for row in rows) == number == gathered.count
    for story in "abcd":
        gathered.unfold(story)
    shown = [row.found.hit.start_ms for row in gathered.rows() if isinstance(row, HitRow)]
    assert sorted(shown) == list(range(1, number + 1))
