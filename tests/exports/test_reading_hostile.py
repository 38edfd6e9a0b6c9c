"""Files that are broken, locked or made to harm are refused, each with its own plain reason and a way on."""

from __future__ import annotations

import io
import os
import stat
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from exports.reading import archives, gathering
from exports.reading.outside import OutsideReader
from storybank.errors import Damaged, Invalid, Unavailable
from tests.exports.outside import Calm, a_film, a_pdf, a_png, a_zip, packed, with_part, word_file

SAID = "Trust is the first prescription we write."


def read(file):
    return OutsideReader().read(file, Calm())


def refusal(file, kind=Invalid):
    with pytest.raises(kind) as refused:
        read(file)
    assert type(refused.value) is kind and str(refused.value.hint)
    return str(refused.value.message)


def unread(document):
    return {one.file: str(one.reason) for one in document.unread}


def written(to, content):
    to.write_bytes(content)
    return to


def test_a_file_that_is_gone_empty_or_no_file(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "gone.docx", Unavailable)
    assert "is empty" in refusal(written(tmp_path / "nil.pdf", b""))
    os.mkfifo(tmp_path / "pipe.docx")
    assert "neither a file nor a folder" in refusal(tmp_path / "pipe.docx")
    (tmp_path / "kit").mkdir()
    assert "nothing in kit" in refusal(tmp_path / "kit")


def test_a_wrong_ending(tmp_path):
    assert "it is no PDF" in refusal(written(tmp_path / "a.pdf", packed({"a": "b"})))
    assert "it is no Word file" in refusal(a_pdf(tmp_path / "a.docx", [SAID]))
    assert "no Word file" in refusal(a_zip(tmp_path / "kit.docx", **{"README.txt": SAID}))
    assert "it is no picture" in refusal(written(tmp_path / "a.png", b"GIF89a" * 9))
    assert "it is no film" in refusal(written(tmp_path / "a.mp4", b"RIFF" * 90))
    assert "it is no text" in refusal(written(tmp_path / "a.txt", b"\x7fELF\0\0\0"))
    assert "cannot read" in refusal(written(tmp_path / "a.doc", b"\xd0\xcf\x11\xe0" * 9))


def test_a_cut_off_file(tmp_path):
    whole = word_file(tmp_path / "whole.docx", SAID).read_bytes()
    assert "cut off" in refusal(written(tmp_path / "a.docx", whole[: len(whole) // 2]), Damaged)
    page = a_pdf(tmp_path / "page.pdf", [SAID]).read_bytes()
    assert "cut off" in refusal(written(tmp_path / "a.pdf", page[: len(page) // 2]), Damaged)
    assert "cut off" in refusal(written(tmp_path / "a.png", a_png(Title=SAID)[:-20]), Damaged)
    assert "cut off" in refusal(written(tmp_path / "a.mp4", a_film("t")[:-20]), Damaged)
    assert "cut off" in refusal(written(tmp_path / "a.json", b'{"a": ['), Damaged)
    assert "damaged" in refusal(written(tmp_path / "junk.pdf", b"%PDF-1.4\nnothing of a pdf\n%%EOF"), Damaged)


def test_a_part_whose_checksum_is_wrong(tmp_path):
    file = word_file(tmp_path / "a.docx", SAID)
    with zipfile.ZipFile(file) as package:
        at = package.getinfo("word/document.xml").header_offset + 60
    raw = bytearray(file.read_bytes())
    raw[at : at + 40] = bytes(40)
    assert "damaged" in refusal(written(file, bytes(raw)), Damaged)


def test_a_locked_file(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(a_pdf(tmp_path / "open.pdf", [SAID])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert "password" in refusal(tmp_path / "locked.pdf")
    assert "password" in refusal(written(tmp_path / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    raw = bytearray(packed({"a.txt": SAID}))
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.find(mark) + flags] |= 1
    assert "password" in refusal(written(tmp_path / "a.zip", bytes(raw)))


def test_a_pdf_locked_against_changes_only_is_read(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(a_pdf(tmp_path / "open.pdf", [SAID])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert SAID in read(tmp_path / "a.pdf").pieces[0].text


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "kit/../../a.txt", "C:\\a.txt", "..\\a.txt", "\\\\host\\a"])
def test_a_zip_that_names_a_file_outside_of_itself(tmp_path, name):
    assert "outside of itself" in refusal(a_zip(tmp_path / "a.zip", **{name: SAID}))


def test_a_zip_with_a_link(tmp_path):
    link = zipfile.ZipInfo("kit/passwords.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link to somewhere else" in refusal(tmp_path / "a.zip")


def test_a_zip_that_swells(tmp_path):
    bomb = packed({"zeros.txt": bytes(30_000_000)})
    assert "swell to 30 MB" in refusal(written(tmp_path / "a.zip", bomb))
    file = with_part(word_file(tmp_path / "a.docx", SAID), "word/document.xml", bytes(30_000_000))
    assert "swell" in refusal(file)


def test_a_zip_whose_files_lie_over_one_another(tmp_path):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.txt", os.urandom(5000))
        first = archive.getinfo("a.txt")
        for name in ("b.txt", "c.txt", "d.txt"):
            twin = zipfile.ZipInfo(name)
            twin.header_offset, twin.CRC = first.header_offset, first.CRC
            twin.compress_size = twin.file_size = 5000
            archive.filelist.append(twin)
    assert "over one another" in refusal(written(tmp_path / "a.zip", raw.getvalue()), Damaged)


def test_a_zip_with_two_files_of_one_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", "shown")
        archive.writestr("a.txt", "hidden")
    assert "same name" in refusal(tmp_path / "a.zip")


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    names = [f"{n}.txt" for n in range(4)]
    assert "more than 3 files" in refusal(a_zip(tmp_path / "a.zip", **dict.fromkeys(names, SAID)))
    (tmp_path / "kit").mkdir()
    for name in names:
        (tmp_path / "kit" / name).write_text(SAID)
    assert "more than 3 files" in refusal(tmp_path / "kit")


def test_a_file_too_large_to_be_read_is_named_and_the_rest_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    document = read(a_zip(tmp_path / "a.zip", **{"long.txt": "x" * 101, "short.txt": SAID}))
    assert "too large" in unread(document)["long.txt"] and document.pieces[0].text == SAID
    assert len(document.files) == 3


def test_too_much_to_be_read_altogether(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_TOGETHER", 100)
    document = read(a_zip(tmp_path / "a.zip", **{"a.txt": "x" * 70, "b.txt": "x" * 70}))
    assert "too much" in unread(document)["b.txt"]


def test_more_text_than_can_be_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_SIGNS", 100)
    assert "too much text" in refusal(written(tmp_path / "a.txt", b"x" * 101))
    monkeypatch.setattr(gathering, "MOST_PIECES", 3)
    assert "too much text" in refusal(written(tmp_path / "a.csv", b"a,b,c,d,e"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("inside", ['[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]', 'SYSTEM "file:///etc/passwd"'])
def test_a_word_file_that_brings_its_own_rules(tmp_path, encoding, inside):
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d {inside}><d>ha</d>'
    file = with_part(word_file(tmp_path / "a.docx", SAID), "word/document.xml", laughs.encode(encoding))
    assert "as in an attack" in refusal(file)
    file = with_part(word_file(tmp_path / "b.docx", SAID), "docProps/custom.xml", laughs.encode(encoding))
    assert "as in an attack" in refusal(file)


def test_a_word_file_nested_without_end(tmp_path):
    deep = b"<a>" * 5000 + b"</a>" * 5000
    assert "nested too deeply" in refusal(with_part(word_file(tmp_path / "a.docx", SAID), "word/document.xml", deep),
                                          Damaged)
    assert "damaged" in refusal(written(tmp_path / "a.json", b"[" * 200_000 + b"]" * 200_000), Damaged)


def test_a_zip_in_a_zip_is_named_and_not_opened(tmp_path):
    document = read(a_zip(tmp_path / "a.zip", **{"inner.zip": packed({"a.txt": "Q-0012"}), "a.txt": SAID}))
    assert "not opened" in unread(document)["inner.zip"] and document.identifiers == frozenset()


def test_a_folder_that_leads_back_into_itself(tmp_path):
    kit = tmp_path / "kit"
    (kit / "inner").mkdir(parents=True)
    (kit / "a.txt").write_text(SAID)
    (kit / "inner" / "again").symlink_to(kit)
    (kit / "outside.txt").symlink_to("/etc/hostname")
    document = read(kit)
    assert [path for path, _ in document.files] == ["a.txt"]
    assert set(unread(document)) == {"inner/again", "outside.txt"}
    (tmp_path / "loop.docx").symlink_to(tmp_path / "loop.docx")
    assert "cannot be read" in refusal(tmp_path / "loop.docx", Unavailable)


def test_what_cannot_be_read_in_a_kit_is_named_each_with_its_reason(tmp_path):
    whole = word_file(tmp_path / "whole.docx", SAID).read_bytes()
    document = read(a_zip(tmp_path / "kit.zip", **{
        "half.docx": whole[:3000], "nil.txt": b"", "song.mp3": b"ID3", "wrong.pdf": b"plain", "good.docx": whole}))
    reasons = unread(document)
    assert set(reasons) == {"half.docx", "nil.txt", "song.mp3", "wrong.pdf"} and len(set(reasons.values())) == 4
    assert next(piece.text for piece in document.pieces if piece.file == "good.docx") == SAID


def test_nothing_is_unpacked_to_disk(tmp_path, monkeypatch):
    word_file(tmp_path / "a.docx", SAID)
    kit = a_zip(tmp_path / "kit.zip", **{"a.docx": (tmp_path / "a.docx").read_bytes(), "b.txt": SAID})
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    read(kit)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("what", ["<!--", "<a ", "<a b='", "&#", "<script>", "[", "00:00:00,", "a-\n", "…[", "1"])
def test_texts_made_to_be_slow_are_read_at_once(tmp_path, what):
    for ending in (".html", ".vtt", ".csv", ".txt"):
        read(written(tmp_path / f"a{ending}", (what * 150_000).encode()))
