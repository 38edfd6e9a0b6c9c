"""Codebooks as files: what is written is valid and reads back; what others wrote is taken in leniently, or refused."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from exports.codebook.formats import CodebookFormats
from exports.codebook.qdc import NAMESPACE
from exports.codebook.tables import COLUMNS
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.codebook_sheet import MOST_CODES
from storybank.domain.vocabulary import CODES
from storybank.errors import Damaged, Invalid, StorybankError, Unavailable

FORMATS = CodebookFormats()
GUID = "7d1a0f6e-0f5e-4a43-9b53-0c1d2e3f4a5b"
RISKY = Code("risky", CodeKind.FREE, "=1+1", "'=non", "-s", "@s", "+plus\n\n[Storybank]\nkey: x", "'tis \\n so", 1,
             ("+a", "'b"), "#0c6e63", "", True, GUID)


def qdc(inside, root='<CodeBook xmlns="urn:QDA-XML:codebook:1.0">', end="</CodeBook>"):
    return f'<?xml version="1.0" encoding="utf-8"?>{root}{inside}{end}'.encode()


def read(tmp_path, name, content, language="en"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FORMATS.read(file, language)


def labels(sheet):
    return [(one.told.get("label_en"), one.above) for one in sheet.entries]


# ---- out ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_qdc_is_valid_against_the_schema_and_names_its_lists(tmp_path, language):
    FORMATS.write([*CODES, RISKY], tmp_path / "book.qdc", language)
    tree = etree.parse(tmp_path / "book.qdc")
    schema = etree.XMLSchema(etree.fromstring((resources.files("exports") / "refi" / "Codebook.xsd").read_bytes()))
    assert schema.validate(tree), schema.error_log
    tops = [(one.get("name"), one.get("isCodable")) for one in tree.getroot()[0]]
    assert tops[0] == (("Piliers" if language == "fr" else "Building blocks"), "false")
    assert tops[-1] == (("'=non" if language == "fr" else "=1+1"), "true")
    assert tree.find(f".//{{{NAMESPACE}}}Code[@guid='{GUID}']").get("color") == "#0C6E63"


@pytest.mark.parametrize("ending", [".qdc", ".csv", ".xlsx"])
def test_what_is_written_says_the_same_when_it_is_read(tmp_path, ending):
    FORMATS.write([RISKY], tmp_path / f"book{ending}", "fr")
    (entry,) = FORMATS.read(tmp_path / f"book{ending}", "en").entries
    said = {name: getattr(RISKY, name) for name in entry.told}
    assert {**entry.told} == said
    assert {"label_en", "label_fr", "short_en", "short_fr", "gist_en", "gist_fr", "aliases", "codable"} <= said.keys()
    assert (entry.guid, entry.key, entry.kind) == (GUID, "risky", CodeKind.FREE)


def test_no_cell_starts_a_formula(tmp_path):
    FORMATS.write([RISKY], tmp_path / "book.csv", "en")
    raw = (tmp_path / "book.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfkey,list,parent,")
    assert b",'=1+1,''=non,'-s,'@s," in raw
    FORMATS.write([RISKY], tmp_path / "book.xlsx", "en")
    cells = [cell for row in load_workbook(tmp_path / "book.xlsx").active.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(Invalid, match=r"end in \.odt"):
        FORMATS.write(CODES, tmp_path / "book.odt", "en")
    with pytest.raises(Invalid, match="no code to write"):
        FORMATS.write([], tmp_path / "book.csv", "en")
    with pytest.raises(Unavailable):
        FORMATS.write(CODES, tmp_path / "nowhere" / "book.csv", "en")
    assert list(tmp_path.iterdir()) == []


# ---- QDC of others --------------------------------------------------------------------------------------------------


def test_a_qdc_of_another_program_is_read_leniently(tmp_path):
    sheet = read(tmp_path, "nvivo.qdc", qdc(
        f'<Codes><Code guid="{{{GUID.upper()}}}" name="Barriers" isCodable="false" color="#F00">'
        '<Description>What stands in the way.\r\nTwo lines.</Description>'
        '<Code guid="11111111-1111-1111-1111-111111111111" name="Money" isCodable="1"/>'
        '<Code guid="11111111-1111-1111-1111-111111111111" name="Money" isCodable="true"/>'
        '<Code name="Time"/><Code guid="x" name=" "/></Code></Codes>'
        '<Sets><Set guid="22222222-2222-2222-2222-222222222222" name="Wave 1"/></Sets>',
        '<CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="NVivo">'))
    assert labels(sheet) == [("Barriers", None), ("Money", 0), ("Money", 0), ("Time", 0)]
    first = sheet.entries[0]
    assert (first.guid, first.kind, first.told["codable"], first.told["colour"]) == (GUID, None, False, "#f00")
    assert first.told["gist_en"] == "What stands in the way.\nTwo lines."
    assert [one.guid for one in sheet.entries[2:]] == ["", ""]
    said = " ".join(map(str, sheet.remarks))
    assert "Wave 1" in said and "told apart by their names: 3" in said
    assert "no name" in str(sheet.refused[0].why)


def test_the_empty_sets_of_taguette_are_tolerated(tmp_path):
    sheet = read(tmp_path, "taguette.qdc", qdc(
        f'<Codes><Code guid="{GUID}" name="interesting" isCodable="true"><Description/></Code></Codes><Sets/>'))
    assert labels(sheet) == [("interesting", None)]
    assert sheet.remarks == ()


def test_our_lists_are_known_by_name_where_another_program_gave_them_other_identifiers(tmp_path):
    sheet = read(tmp_path, "atlas.qdc", qdc(
        f'<Codes><Code guid="{GUID}" name="Parties prenantes" isCodable="true"><Code name="Maire"/></Code></Codes>'))
    assert [(one.name, one.kind, one.above) for one in sheet.entries] == [("Maire", CodeKind.STAKEHOLDER, None)]


def test_a_description_that_somebody_went_on_writing_keeps_what_we_wrote_below(tmp_path):
    FORMATS.write([RISKY], tmp_path / "book.qdc", "fr")
    text = (tmp_path / "book.qdc").read_text().replace("'=non", "Autre").replace("'tis \\n so", "Mieux\r\ndit")
    (entry,) = read(tmp_path, "again.qdc", text.replace("label_fr: Autre", "label_fr: '=non")).entries
    assert (entry.told["label_fr"], entry.told["label_en"], entry.told["gist_fr"]) == ("Autre", "=1+1", "Mieux\ndit")


# ---- tables of others -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "encoding"), [
    ("tag,description\nÉloignement,Trop loin\n", "utf-8"),
    ("tag,description\nÉloignement,Trop loin\n", "utf-8-sig"),
    ("name;description\r\nÉloignement;Trop loin\r\n", "cp1252"),
    ("Libellé\tDéfinition\nÉloignement\tTrop loin\n", "utf-16"),
    ("name\tdescription\nÉloignement\tTrop loin\n", "utf-16-le"),
    ("sep=;\nname;description;x\nÉloignement;Trop loin;1\n", "utf-8"),
])  # fmt: skip
def test_a_table_is_read_in_whichever_encoding_and_parting_it_has(tmp_path, text, encoding):
    (entry,) = read(tmp_path, "book.csv", text.encode(encoding), "fr").entries
    assert {**entry.told} == {"label_fr": "Éloignement", "gist_fr": "Trop loin"}


def test_the_paths_of_taguette_are_a_tree_where_they_name_one(tmp_path):
    sheet = read(tmp_path, "tags.csv", "path\nbarriers\nbarriers.money\nDr. Who\n")
    assert labels(sheet) == [("barriers", None), ("money", 0), ("Dr. Who", None)]


def test_rows_stand_under_each_other_by_key_or_name_wherever_they_are(tmp_path):
    sheet = read(tmp_path, "book.csv", "key,parent,name,list\n,Top,Low,\nt,,Top,free\n,t,Two,\na,b,Ring,\nb,a,Rong,\n"
                                       "z,,Lost,nonsense\n,,,\ny,,,\nx,elsewhere,Kept,\n")
    assert [(one.name, one.above, one.parent) for one in sheet.entries] == [
        ("Top", None, ""), ("Low", 0, ""), ("Two", 0, ""), ("Kept", None, "elsewhere")]
    assert [(one.name, str(one.why)) for one in sheet.refused] == [
        ("Lost", "There is no list called nonsense."), ("#9", "It has no name."),
        ("Ring", "It would stand under itself."), ("Rong", "It would stand under itself.")]


def test_columns_nobody_knows_are_told(tmp_path):
    sheet = read(tmp_path, "book.csv", "name,files\nTrust,3\n")
    assert "files" in str(sheet.remarks[0])


def test_an_excel_file_of_others_is_read_wherever_its_table_is(tmp_path):
    book = Workbook()
    book.active.append(["Made by", "us"])
    page = book.create_sheet("Codes")
    page.append(["Name", "Description", "Codable"])
    page.append(["Trust", 12.0, True])
    page.append(["=1+1", None, False])
    book.save(tmp_path / "book.xlsx")
    sheet = FORMATS.read(tmp_path / "book.xlsx", "en")
    assert {**sheet.entries[0].told} == {"label_en": "Trust", "gist_en": "12", "codable": True}


# ---- what is refused ------------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(("name", "content", "kind", "said"), [
    ("a.qdc", qdc("<Codes><Code"), Damaged, "broken"),
    ("a.qdc", b"", Invalid, "empty"),
    ("a.qdc", b"\x00\xff" * 400, Damaged, "broken"),
    ("a.qdc", qdc("", BOMB + '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">'), Invalid, "attack"),
    ("a.qdc", f'{BOMB}<CodeBook>&b;</CodeBook>'.encode("utf-16"), Invalid, "attack"),
    ("a.qdc", qdc('<Codes><Code name="&xxe;"/></Codes>'), Damaged, "broken"),
    ("a.qdc", qdc("", "<Project>", "</Project>"), Invalid, "no codebook"),
    ("a.qdc", qdc("<Codes/>"), Invalid, "no codes"),
    ("a.qdc", qdc("<Code>" * 2000, end="</Code>" * 2000 + "</CodeBook>"), Damaged, "broken"),
    ("a.csv", b"MZ\x00\x01\x02\x03" * 300, Invalid, "no text"),
    ("a.csv", "a,b\n1,2\n", Invalid, "no column"),
    ("a.csv", "name\n\n", Invalid, "no codes"),
    ("a.csv", "name\n" + "trust\n" * 100_000, Invalid, "more than"),
    ("a.csv", 'name\n"' + "x" * 200_000, Damaged, "broken"),
    ("a.xlsx", b"not a zip", Invalid, "no Excel"),
    ("a.qdpx", b"PK", Invalid, "whole project"),
    ("a.pdf", b"%PDF", Invalid, "end in .pdf"),
])  # fmt: skip
def test_what_is_no_codebook_is_refused_with_the_reason(tmp_path, name, content, kind, said):
    with pytest.raises(kind, match=said) as refused:
        read(tmp_path, name, content)
    assert refused.value.hint


def packed(tmp_path, **parts):
    file = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return file


def test_a_spreadsheet_made_to_hurt_is_refused(tmp_path):
    good = Workbook()
    good.active.append(["name"])
    good.active.append(["Trust"])
    whole = io.BytesIO()
    good.save(whole)
    with zipfile.ZipFile(whole) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    pages = "xl/worksheets/sheet1.xml"
    swollen = parts[pages].replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
    for bad, said in (
        ({**parts, "../../evil.xml": b"x"}, "outside of itself"),
        ({**parts, pages: swollen}, "swell"),
        ({**parts, pages: b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[pages]}, "attack"),
        ({**parts, pages: parts[pages][:200]}, "broken"),
        ({"xl/workbook.xml": b"<a/>"}, "broken"),
    ):
        with pytest.raises(StorybankError, match=said):
            FORMATS.read(packed(tmp_path, **bad), "en")


def test_a_spreadsheet_with_too_many_rows_is_refused(tmp_path):
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["name"])
    for number in range(MOST_CODES + 5):
        page.append([f"code {number}"])
    book.save(tmp_path / "big.xlsx")
    with pytest.raises(Invalid, match="more than"):
        FORMATS.read(tmp_path / "big.xlsx", "en")


def test_the_columns_are_those_that_are_promised():
    assert COLUMNS == ("key", "list", "parent", "label_en", "label_fr", "short_en", "short_fr", "description_en",
                       "description_fr", "aliases", "colour", "codable", "position", "guid")


def test_the_schema_lies_where_the_packer_finds_it():
    import exports

    packed = {path.name for path in Path(exports.__file__).parent.rglob("*") if path.suffix not in {".py", ".pyc"}}
    assert {"Codebook.xsd", "Project.xsd"} <= packed
