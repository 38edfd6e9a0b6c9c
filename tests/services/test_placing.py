"""Placing: a thing gets its name last, and nothing of it is left where that fails."""

from __future__ import annotations

import pytest

from storybank.errors import Invalid, Refused, Unavailable
from storybank.services.placing import check_folder, check_free, put_in_place_last


def test_a_file_gets_its_name_when_it_is_whole(tmp_path):
    with put_in_place_last(tmp_path / "brief.docx") as aside:
        aside.write_text("whole")
        assert not (tmp_path / "brief.docx").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["brief.docx"]


def test_a_folder_that_fails_halfway_leaves_nothing(tmp_path):
    with pytest.raises(Refused), put_in_place_last(tmp_path / "kit") as aside:
        aside.mkdir()
        (aside / "card.png").write_text("half")
        raise Refused("Consent changed.")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_is_named_in_plain_words(tmp_path):
    (tmp_path / "mine.docx").write_text("mine")
    why = pytest.raises(Unavailable, match=r"clip\.mp4 could not be put in its place: Not a directory")
    with why, put_in_place_last(tmp_path / "mine.docx" / "clip.mp4") as aside:
        aside.write_text("a clip")
    assert (tmp_path / "mine.docx").read_text() == "mine"


def test_what_a_killed_run_left_is_written_over(tmp_path):
    with put_in_place_last(tmp_path / "kit") as aside:
        left = aside
        aside.mkdir()
    (tmp_path / "kit").rename(left)
    with put_in_place_last(tmp_path / "kit") as aside:
        aside.mkdir()
        (aside / "new").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["kit"] and (tmp_path / "kit" / "new").exists()


def test_a_name_that_is_taken_is_refused(tmp_path):
    (tmp_path / "kit").mkdir()
    with pytest.raises(Refused, match="kit exists already"):
        check_free(tmp_path / "kit")


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    for name in ("n" * 300, "n" * 5000):
        with pytest.raises(Invalid, match="No file can have this name"):
            check_free(tmp_path / name)


def test_a_folder_that_is_not_there_is_told_before_anything_is_made(tmp_path):
    with pytest.raises(Unavailable, match="is not there"):
        check_folder(tmp_path / "none" / "report.txt")
    with pytest.raises(Unavailable, match=r"x\.docx could not be put"), put_in_place_last(tmp_path / "none" / "x.docx"):
        pytest.fail("nothing is made there")
