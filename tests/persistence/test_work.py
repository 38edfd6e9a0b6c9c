"""A unit of work: all or nothing, told once it is safe, one at a time."""

from __future__ import annotations

import json
import threading

import pytest

from storybank.domain.events import ContributorSaved, StoryDescribed
from storybank.errors import Unavailable
from storybank.persistence.work import SqlWork
from tests.build import a_person
from tests.persistence.shelf import noon


def test_leaving_without_commit_leaves_no_trace(shelf):
    with shelf.work() as work:
        work.contributors.save(a_person())
        work.record(ContributorSaved("amina"))
    with shelf.work() as work:
        assert work.contributors.all() == []
        assert work.history() == []
    assert shelf.told == []


def test_an_error_inside_leaves_no_trace(shelf):
    with pytest.raises(ZeroDivisionError), shelf.work() as work:
        work.contributors.save(a_person())
        _ = 1 / 0
    with shelf.work() as work:
        assert work.contributors.all() == []


def test_what_happened_is_written_with_the_change_and_told_after_it(shelf):
    with shelf.work() as work:
        work.contributors.save(a_person())
        work.record(ContributorSaved("amina"))
        assert shelf.told == []
        work.commit()
    assert shelf.told == [ContributorSaved("amina")]
    with shelf.work() as work:
        (line,) = work.history()
    assert (line.event, json.loads(line.details)) == ("ContributorSaved", {"contributor_id": "amina"})
    assert line.at.startswith("2026-03-01T12:00:00")


def test_history_comes_latest_first_and_narrows_to_one_identifier(shelf):
    with shelf.work() as work:
        for number in range(5):
            work.record(StoryDescribed(f"s{number}"))
        work.record(ContributorSaved("100%_s1"))
        work.commit()
    with shelf.work() as work:
        assert [line.seq for line in work.history()] == [6, 5, 4, 3, 2, 1]
        assert [line.event for line in work.history("s1")] == ["StoryDescribed"]
        assert [line.event for line in work.history("100%_s1")] == ["ContributorSaved"]
        assert work.history("%") == []
        assert len(work.history(most=2)) == 2


def test_whoever_is_told_may_open_work_of_their_own(library):
    seen = []

    def listener(event):
        with SqlWork(library, print, noon) as inner:
            seen.append(inner.contributors.get(event.contributor_id).name)

    with SqlWork(library, listener, noon) as work:
        work.contributors.save(a_person())
        work.record(ContributorSaved("amina"))
        work.commit()
    assert seen == ["Amina Diallo"]


def test_work_inside_work_fails_loudly_and_harms_nothing(shelf):
    with shelf.work() as work:
        work.contributors.save(a_person())
        with pytest.raises(RuntimeError, match="open already"), shelf.work() as inner:
            inner.contributors.all()
        work.commit()
    with shelf.work() as work:
        assert len(work.contributors.all()) == 1


def test_a_work_can_go_on_after_its_commit(shelf):
    with shelf.work() as work:
        work.contributors.save(a_person())
        work.commit()
        assert work.contributors.get("amina")
        work.contributors.save(a_person("priya", "Priya", code="P-0002"))
    with shelf.work() as work:
        assert [person.id for person in work.contributors.all()] == ["amina"]


def test_threads_take_turns_and_lose_nothing(shelf):
    def add(start):
        for number in range(start, start + 20):
            with shelf.work() as work:
                work.contributors.save(a_person(f"p{number}", f"Person {number}", code=work.next_code("person")))
                work.commit()

    threads = [threading.Thread(target=add, args=(start,)) for start in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with shelf.work() as work:
        assert len({person.code for person in work.contributors.all()}) == 80


def test_a_work_that_asks_nothing_holds_nothing(shelf):
    with shelf.work(), shelf.work() as second:
        second.contributors.save(a_person())
        second.commit()


def test_short_codes_count_up_and_are_never_used_twice(shelf):
    with shelf.work() as work:
        assert [work.next_code("story"), work.next_code("story"), work.next_code("quote")] == [
            "S-0001", "S-0002", "Q-0001",
        ]  # fmt: skip
        work.commit()
    with shelf.work() as work:
        assert work.next_code("story") == "S-0003"


def test_a_closed_library_says_so(shelf):
    shelf.library.close()
    with pytest.raises(Unavailable, match="closed"), shelf.work() as work:
        work.stories.all()
