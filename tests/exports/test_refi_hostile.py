"""Hostile projects: zips and XML that ask for what no project needs are refused, and nothing is written."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.refi.files import RefiProjects
from storybank.errors import Damaged, Invalid, StorybankError
from tests.exports.quirky import TEXT, package, plain, project, text_source
from tests.exports.test_refi_reading import Calm

GOOD = project(text_source(plain(1, 0, 7)))


def read(file):
    return RefiProjects().read(file, Calm())


@pytest.mark.parametrize("name", ["../evil.txt", "sources/../../evil.txt", "/etc/evil.txt", "C:\\evil.txt",
                                  "sources\\..\\..\\evil.txt"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(tmp_path, name):
    file = package(tmp_path / "in" / "p.qdpx" if (tmp_path / "in").mkdir() is None else None, GOOD)
    with zipfile.ZipFile(file, "a") as made:
        made.writestr(name, "evil")
    with pytest.raises(Invalid, match="outside of itself"):
        read(file)
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_is_refused(tmp_path):
    file = package(tmp_path / "p.qdpx", GOOD)
    with zipfile.ZipFile(file, "a") as made:
        entry = zipfile.ZipInfo("sources/t.txt")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    with pytest.raises(Invalid, match="link"):
        read(file)


def test_what_swells_is_refused_before_it_does(tmp_path):
    file = package(tmp_path / "p.qdpx", GOOD, files={"t.txt": b"a" * 60_000_000})
    tracemalloc.start()
    with pytest.raises(Invalid, match="swell"):
        read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_password_is_told(tmp_path):
    file = package(tmp_path / "p.qdpx", GOOD)
    raw = bytearray(file.read_bytes())
    at = raw.index(b"PK\x01\x02")
    struct.pack_into("<H", raw, at + 8, 1)
    file.write_bytes(bytes(raw))
    with pytest.raises(Invalid, match="password"):
        read(file)


@pytest.mark.parametrize("before", [
    '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE Project SYSTEM "http://localhost:9/x.dtd">', "<!DOCTYPE Project>",
])
def test_instructions_are_refused(tmp_path, before):
    with pytest.raises(Invalid, match="instructions"):
        read(package(tmp_path / "p.qdpx", GOOD.replace("<Project", f"{before}<Project", 1)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp037"])
def test_instructions_are_refused_in_whatever_encoding(tmp_path, encoding):
    xml = GOOD.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    xml = xml.replace("<Project", '<!DOCTYPE Project [<!ENTITY x "y">]><Project', 1)
    with pytest.raises((Invalid, Damaged)):
        read(package(tmp_path / "p.qdpx", xml.encode(encoding)))


def test_utf_16_without_instructions_is_read(tmp_path):
    xml = GOOD.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert read(package(tmp_path / "p.qdpx", xml.encode("utf-16"), files={"t.txt": TEXT})).name == "Quirks"


def test_an_entity_that_nobody_defined_is_damage(tmp_path):
    with pytest.raises(Damaged, match="damaged"):
        read(package(tmp_path / "p.qdpx", GOOD.replace("Quirks", "&x;")))


@pytest.mark.parametrize("xml", ["", "<", "<Project", GOOD[:-20], "no xml", "\0" * 100])
def test_half_a_project_is_damaged(tmp_path, xml):
    with pytest.raises(Damaged, match="damaged"):
        read(package(tmp_path / "p.qdpx", xml))


def test_something_else_is_no_project(tmp_path):
    with pytest.raises(Invalid, match="no project"):
        read(package(tmp_path / "p.qdpx", "<html/>"))
    with pytest.raises(Invalid, match="no project"):
        read(package(tmp_path / "p.qdpx", '<Project xmlns="urn:other"/>'))


def test_no_project_two_projects_and_no_zip_are_each_told(tmp_path):
    with pytest.raises(Invalid, match=r"no file ending in \.qde"):
        read(package(tmp_path / "p.qdpx", GOOD, inner="inside/project.qde"))
    two = package(tmp_path / "two.qdpx", GOOD)
    with zipfile.ZipFile(two, "a") as made:
        made.writestr("other.qde", GOOD)
    with pytest.raises(Invalid, match="2 projects"):
        read(two)
    (tmp_path / "text.qdpx").write_text("hello")
    with pytest.raises(Invalid, match="not even a zip"):
        read(tmp_path / "text.qdpx")
    (tmp_path / "empty.qdpx").write_bytes(b"")
    with pytest.raises(Invalid, match="empty"):
        read(tmp_path / "empty.qdpx")
    with pytest.raises(StorybankError):
        read(tmp_path / "none.qdpx")
    with pytest.raises(StorybankError):
        read(tmp_path)


def test_what_is_nested_without_end_is_refused(tmp_path):
    deep = '<Code guid="x" name="n" isCodable="true">' * 300
    with pytest.raises((Invalid, Damaged)):
        read(package(tmp_path / "p.qdpx", project(codebook=f"<CodeBook><Codes>{deep}")))


@pytest.mark.parametrize("number", ["-5", "1e999", "nan", "99999999999999999999999", "one", "", "0x10", "1.5"])
def test_numbers_that_are_none_break_nothing(tmp_path, number):
    file = package(tmp_path / "p.qdpx", project(text_source(plain(1, number, number))), files={"t.txt": TEXT})
    for source in read(file).sources:
        for text in source.transcripts:
            assert all(0 <= (one.start or 0) <= (one.end or 0) <= len(text.text) for one in text.selections)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_that_was_damaged_anywhere_is_read_or_refused(tmp_path, data):
    file = package(tmp_path / "p.qdpx", GOOD, files={"t.txt": TEXT})
    raw = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    try:
        read(file)
    except StorybankError as error:
        assert error.message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_xml_that_was_shuffled_anywhere_is_read_or_refused(tmp_path, data):
    parts = GOOD.split(">")
    for _ in range(data.draw(st.integers(1, 5))):
        first, second = (data.draw(st.integers(0, len(parts) - 1)) for _ in range(2))
        parts[first] = data.draw(st.sampled_from([parts[second], "", parts[first] + data.draw(st.text(max_size=5))]))
    try:
        read(package(tmp_path / "p.qdpx", ">".join(parts).encode("utf-8", "replace"), files={"t.txt": TEXT}))
    except StorybankError as error:
        assert error.message
