"""Bringing recordings in: good ones go in once, bad ones say why, and consent is never implied."""

from __future__ import annotations

import pytest

from storybank.errors import Cancelled, Invalid
from tests.services.conftest import Calm


def a_file(folder, name, content=b"good"):
    file = folder / name
    file.write_bytes(content)
    return file


def test_good_files_go_in_and_bad_ones_say_why(house, tmp_path):
    files = [a_file(tmp_path, "a.mp4"), a_file(tmp_path, "b.mp4", b"bad"), a_file(tmp_path, "c.mp4", b"good too")]
    report = house.collecting.bring_in(files, Calm())
    assert [o.became for o in report.outcomes] == ["added", "refused", "added"]
    assert str(report.that("refused")[0].reason) == "This is not a video or sound file."
    assert [card.line.slug for card in house.browsing.cards()] == ["a", "c"]
    assert len([p for p in (house.library.folder / "media").rglob("*") if p.is_file()]) == 2


def test_the_same_recording_twice_is_recognised(house, tmp_path):
    house.collecting.bring_in([a_file(tmp_path, "a.mp4")], Calm())
    report = house.collecting.bring_in([a_file(tmp_path, "copy of a.mp4")], Calm())
    assert report.outcomes[0].became == "known"
    assert "S-0001" in str(report.outcomes[0].reason)
    assert len(house.browsing.cards()) == 1


def test_importing_never_implies_consent(house, tmp_path):
    house.collecting.bring_in([a_file(tmp_path, "a.mp4")], Calm())
    badge = house.browsing.cards()[0].badge
    assert (badge.state, badge.uses) == (None, ())


def test_details_name_the_person_and_what_is_known(house, tmp_path):
    a_file(tmp_path, "été.mp4")
    details = tmp_path / "details.csv"
    details.write_text("file;person;role;province\nété.mp4;Marie Gagnon;Intervenante;qc\n", encoding="utf-8-sig")
    house.collecting.bring_in([], Calm(), details=details)
    line = house.browsing.cards()[0].line
    assert (line.people, line.role, line.province, line.slug) == (("Marie Gagnon",), "Intervenante", "QC", "ete")


def test_a_person_named_twice_is_one_person(house, tmp_path):
    for name in ("a.mp4", "b.mp4"):
        a_file(tmp_path, name, b"good" + name.encode())
    details = tmp_path / "details.csv"
    details.write_text("file,person\na.mp4,Amina Diallo\nb.mp4,amina diallo\n")
    house.collecting.bring_in([], Calm(), details=details)
    assert [p.name for p in house.consenting.people()] == ["Amina Diallo"]


def test_a_details_file_without_a_file_column_is_explained(house, tmp_path):
    details = tmp_path / "details.csv"
    details.write_text("name,person\na.mp4,Amina\n")
    with pytest.raises(Invalid, match="no column named"):
        house.collecting.bring_in([], Calm(), details=details)


def test_a_folder_gives_its_media_files_only(house, tmp_path):
    folder = tmp_path / "card"
    (folder / "DCIM").mkdir(parents=True)
    a_file(folder, "notes.txt")
    a_file(folder / "DCIM", "a.MOV")
    report = house.collecting.bring_in([folder], Calm())
    assert [o.file.name for o in report.outcomes] == ["a.MOV"]


def test_files_may_stay_where_they_are(house, tmp_path):
    file = a_file(tmp_path, "a.mp4")
    house.collecting.bring_in([file], Calm(), leave_in_place=True)
    view = house.browsing.story("a")
    assert view.files == (file,) and view.recordings[0].left_in_place


def test_a_cancelled_import_keeps_what_was_complete(house, tmp_path):
    class StopsAtTheSecond(Calm):
        def check(self):
            if house.browsing.cards():
                raise Cancelled("Stopped.")

    files = [a_file(tmp_path, "a.mp4"), a_file(tmp_path, "b.mp4", b"good b")]
    with pytest.raises(Cancelled):
        house.collecting.bring_in(files, StopsAtTheSecond())
    assert [card.line.slug for card in house.browsing.cards()] == ["a"]
    assert house.collecting.tidy() == []
