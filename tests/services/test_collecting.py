"""Bringing recordings in: good ones go in once, bad ones say why, and consent is never implied."""

from __future__ import annotations

import os

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
    assert [p.name for p in house.people.all()] == ["Amina Diallo"]


def test_a_details_file_without_a_file_column_is_explained(house, tmp_path):
    details = tmp_path / "details.csv"
    details.write_text("name,person\na.mp4,Amina\n")
    with pytest.raises(Invalid, match="no column named"):
        house.collecting.bring_in([], Calm(), details=details)


def told(house, tmp_path, text, *files):
    """Import by a details file of these bytes, beside files of these names."""
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        a_file(tmp_path, name, b"good " + name.encode())
    details = tmp_path / "details.csv"
    details.write_bytes(text if isinstance(text, bytes) else text.encode())
    return house.collecting.bring_in([], Calm(), details=details)


@pytest.mark.parametrize("written", [
    "file,title\na.mp4,Été\n".encode("utf-16"), "file\ttitle\na.mp4\tÉté\n".encode(),
    "\r\n\r\nfile;title\r\na.mp4;Été\r\n".encode("cp1252"), b'"File";"notes, if any";TITLE\na.mp4;;\xc3\x89t\xc3\xa9',
    b"file,title\na.m\0p4,\xc3\x89t\xc3\xa9\n",
])
def test_details_are_read_as_spreadsheets_write_them(house, tmp_path, written):
    told(house, tmp_path, written, "a.mp4")
    assert [card.line.title for card in house.browsing.cards()] == ["Été"]


def test_two_files_of_one_name_in_two_folders_have_their_own_details(house, tmp_path):
    told(house, tmp_path, "file,title\none/a.mp4,First\ntwo\\a.mp4,Second\n", "one/a.mp4", "two/a.mp4")
    assert [card.line.title for card in house.browsing.cards()] == ["First", "Second"]


def test_details_that_name_no_file_are_not_taken_for_details_without_a_file_column(house, tmp_path):
    with pytest.raises(Invalid, match="no media file to import"):
        told(house, tmp_path, "file,title\n")


def test_details_that_are_no_table_are_explained(house, tmp_path):
    with pytest.raises(Invalid, match="is not a table"):
        told(house, tmp_path, "file,title\na.mp4," + "x" * 200_000)


@pytest.mark.parametrize(("column", "typed", "reason"), [
    ("stakeholder", "space pirate", "no stakeholder called space pirate"), ("province", "ZZ", "no province"),
    ("language", "klingon", "not the code of a language"), ("recorded_on", "yesterday", "yesterday is not a day"),
])
def test_a_detail_that_means_nothing_refuses_its_file_and_no_other(house, tmp_path, column, typed, reason):
    report = told(house, tmp_path, f"file,person,{column}\na.mp4,Pat,{typed}\nb.mp4,Ann,\n", "a.mp4", "b.mp4")
    assert [o.became for o in report.outcomes] == ["refused", "added"]
    assert reason in str(report.outcomes[0].reason)
    assert [p.name for p in house.people.all()] == ["Ann"]


def test_details_may_say_a_stakeholder_a_province_and_a_language_as_people_write_them(house, tmp_path):
    told(house, tmp_path, "file,person,stakeholder,province,language\na.mp4,Pat,médecin,québec,fr-CA\n", "a.mp4")
    person = house.people.all()[0]
    assert (person.stakeholder, person.province, person.language) == ("physician", "QC", "fr")


def test_names_that_no_page_can_show_are_tidied(house, tmp_path):
    for name in (" .mp4", "new\nline.mp4", "\u202eright to left.mp4"):
        a_file(tmp_path, name, b"good " + name.encode())
    report = house.collecting.bring_in(sorted(tmp_path.glob("*.mp4")), Calm())
    assert len(report.that("added")) == 3
    assert [card.line.title for card in house.browsing.cards()] == ["S-0001", "new line", "right to left"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_in_letters_of_another_system_goes_in(house, tmp_path):
    file = tmp_path / os.fsdecode(b"\xe9t\xe9.mp4")
    try:
        file.write_bytes(b"good")
    except OSError:
        pytest.skip("this disk has no such names")
    left = house.collecting.bring_in([file], Calm(), leave_in_place=True)
    assert "letters that cannot be read" in str(left.outcomes[0].reason)
    assert house.collecting.bring_in([file], Calm()).outcomes[0].became == "added"
    assert house.browsing.cards()[0].line.title == "\ufffdt\ufffd"


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
