"""Projects of other programs: every habit that was seen in the wild is read, and what cannot be kept is told."""

from __future__ import annotations

import pytest

from exports.refi.files import RefiProjects
from tests.exports.quirky import (
    C1,
    C2,
    S1,
    T1,
    TEXT,
    U1,
    codes,
    coding,
    g,
    moment,
    package,
    passage,
    plain,
    project,
    text_source,
    transcript,
    video,
)


class Calm:
    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


@pytest.fixture
def read(tmp_path):
    """Write a project file and read it."""
    def written(xml, **how):
        return RefiProjects().read(package(tmp_path / "p.qdpx", xml, **how), Calm())

    return written


def lost(found):
    return {loss.element: loss.total for loss in found.losses}


def passages(found):
    """Return the text of each passage of the first transcript."""
    text = found.sources[0].transcripts[0]
    return [text.text[one.start:one.end] for one in text.selections]


GARDEN = TEXT.index("The garden")
SAVED = TEXT.index("saved")


def test_places_count_code_points(read):
    found = read(project(text_source(plain(1, SAVED, SAVED + 8, "saved me"))), files={"t.txt": TEXT})
    assert passages(found) == ["saved me"]
    one = found.sources[0].transcripts[0].selections[0].codings[0]
    assert (one.code, one.user, one.at) == (C1, U1, "2024-05-01T10:00:00Z")


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_windows_line_ends_are_counted_as_the_names_tell(read, shift):
    """0: a line end counts one although it is two bytes; 1: it counts two; 2: the byte order mark counts besides."""
    crlf = TEXT.replace("\n", "\r\n")
    where = {0: TEXT, 1: crlf, 2: "\ufeff" + crlf}[shift]
    content = ("\ufeff" if shift == 2 else "") + crlf
    selections = "".join(plain(n, where.index(word), where.index(word) + len(word), word)
                         for n, word in enumerate(("Bonjour", "saved me", "Fin."), 1))
    found = read(project(text_source(selections)), files={"t.txt": content.encode()})
    assert passages(found) == ["Bonjour", "saved me", "Fin."]
    assert "\r" not in found.sources[0].transcripts[0].text


def test_a_byte_order_mark_is_not_text_and_may_be_counted(read):
    for counted in (0, 1):
        start = SAVED + counted
        found = read(project(text_source(plain(1, start, start + 8, "saved me"))),
                     files={"t.txt": ("\ufeff" + TEXT).encode()})
        assert passages(found) == ["saved me"]


def test_places_in_utf_16_are_found_by_their_names(read):
    start = len(TEXT[:SAVED].encode("utf-16-le")) // 2
    assert start != SAVED
    found = read(project(text_source(plain(1, start, start + 8, "saved me"))), files={"t.txt": TEXT})
    assert passages(found) == ["saved me"]


def test_names_that_were_cut_are_names_all_the_same(read):
    crlf = TEXT.replace("\n", "\r\n")
    start = crlf.index("The garden")
    found = read(project(text_source(plain(1, start, start + 22, "The garden 🌱 sav..."))),
                 files={"t.txt": crlf.encode()})
    assert passages(found) == ["The garden 🌱 saved me."]


def test_names_that_fit_nowhere_are_told(read):
    selections = "".join(plain(n, n, n + 4, "something else") for n in range(1, 4)) + plain(9, 0, 7, "Bonjour")
    assert lost(read(project(text_source(selections)), files={"t.txt": TEXT}))["Selection"] == 3


def test_a_passage_behind_the_end_ends_with_the_text(read):
    found = read(project(text_source(plain(1, SAVED, 9999))), files={"t.txt": TEXT})
    assert passages(found) == [TEXT[SAVED:]]
    assert lost(found)["Selection"] == 1


# ---- recordings with transcripts -----------------------------------------------------------------------------------

POINTS = ((1, 0, 0), (2, 3000, GARDEN), (3, 4000, SAVED), (4, 8000, len(TEXT)))


def test_the_standards_own_way_knows_places_and_moments(read):
    found = read(project(video(transcript(POINTS, passage(1, 2, 3, "The garden")))), files={"t.txt": TEXT})
    one = found.sources[0].transcripts[0].selections[0]
    assert (one.start, one.end, one.start_ms, one.end_ms) == (GARDEN, SAVED, 3000, 4000)


def test_atlas_ti_8_says_a_transcript_twice_and_it_is_one(read):
    sources = text_source(plain(1, GARDEN, SAVED + 5), guid=g(70)) + video(transcript(POINTS[:3]))
    found = read(project(sources), files={"t.txt": TEXT})
    assert [source.id for source in found.sources] == [S1]
    assert found.sources[0].aliases == (g(70),)
    one = found.sources[0].transcripts[0].selections[0]
    assert (one.start_ms, one.end_ms) == (3000, 4000), "past the last sync point it ends with that"


def test_the_same_transcript_in_another_file_is_one_too(read):
    sources = video(transcript(POINTS)) + text_source(plain(1, GARDEN, SAVED), path="internal://u.txt", guid=g(70))
    found = read(project(sources), files={"t.txt": TEXT, "u.txt": ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()})
    assert len(found.sources) == 1 and passages(found) == ["The garden 🌱 "]


def test_a_passage_that_is_marked_in_the_recording_too_is_one(read):
    inside = transcript(POINTS, passage(1, 2, 3)) + moment(2, 3040, 3960, inside=coding(2) + coding(3, C2))
    found = read(project(video(inside)), files={"t.txt": TEXT})
    source = found.sources[0]
    assert source.selections == () and len(source.transcripts[0].selections) == 1
    assert [one.code for one in source.transcripts[0].selections[0].codings] == [C1, C2]


def test_a_recording_without_transcript_keeps_its_passages_also_those_of_no_length(read):
    found = read(project(video(moment(1, 21477, 21477, "Zero") + moment(2, 0, 900))))
    assert [(one.start_ms, one.end_ms) for one in found.sources[0].selections] == [(21477, 21477), (0, 900)]


def test_sync_points_that_repeat_or_run_backwards_are_left_out(read):
    points = ((1, 0, 0), (2, 3000, GARDEN), (3, 3100, GARDEN), (4, 2000, SAVED), (5, 8000, len(TEXT)))
    found = read(project(video(transcript(points))), files={"t.txt": TEXT})
    assert [(p.position, p.ms) for p in found.sources[0].transcripts[0].points] == [
        (0, 0), (GARDEN, 3000), (len(TEXT), 8000)]


def test_a_sync_point_that_is_not_there_is_told(read):
    found = read(project(video(transcript(POINTS, passage(1, 2, 99)))), files={"t.txt": TEXT})
    assert lost(found)["SyncPoint"] == 1


@pytest.mark.parametrize("ns", ["urn:QDA-XML:project:0:10", "urn:QDA-XML:project:0:4", ""])
def test_older_namespaces_are_read(read, ns):
    found = read(project(text_source(plain(1, 0, 7)), ns=ns), files={"t.txt": TEXT})
    assert passages(found) == ["Bonjour"]


def test_annex_a_3_is_read_with_all_its_liberties(read):
    note = g(60)
    inside = (f'<Transcript guid="{T1}" plainTextPath="internal://t.txt"><NoteRef targetGUID="{note}"/>'
              f'<TranscriptSelection guid="{g(1)}" fromSyncPoint="{{{g(1, "b").upper()}}}" toSyncPoint="{g(2, "b")}"/>'
              f'<SyncPoint guid="{g(1, "b")}" timeStamp="0.0" position="0"/>'
              f'<SyncPoint guid="{g(2, "b")}" timeStamp="3600000" position="{len(TEXT)}"/></Transcript>')
    path = 'path="absolute://E:/Films/talk.mp4" creationDateTime="2019-01-01 10:00:00"'
    notes = f'<Notes><Note guid="{note}"><PlainTextContent>因为 é</PlainTextContent></Note></Notes>'
    found = read(project(video(inside, path=path), rest=notes), files={"t.txt": TEXT})
    source = found.sources[0]
    assert (source.media, source.inside, source.at) == ("talk.mp4", False, "2019-01-01T10:00:00+00:00")
    assert passages(found) == [TEXT] and found.notes[0].about == (T1,)


# ---- containers and names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inner", ["Trial.qde", "Project.QDE", "project.qde"])
@pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES"])
def test_the_project_and_its_folder_may_be_called_otherwise(read, inner, folder):
    found = read(project(text_source(plain(1, 0, 7), path="internal://sources/T.TXT")), inner=inner, folder=folder,
                 files={"t.txt": TEXT, ".root": ""})
    assert passages(found) == ["Bonjour"]
    assert ("project.qde" in lost(found)) == (inner != "project.qde")


def test_a_rich_text_that_is_plain_is_read(read):
    source = text_source(plain(1, 0, 7)).replace("plainTextPath", "richTextPath")
    assert passages(read(project(source), files={"t.txt": TEXT})) == ["Bonjour"]


def test_a_text_that_is_missing_keeps_its_passages(read):
    found = read(project(text_source(plain(1, 0, 7, "Bonjour"))))
    assert [one.name for one in found.sources[0].selections] == ["Bonjour"]
    assert lost(found)["Transcript"] == 1


def test_colours_of_three_digits_are_six_and_headings_are_told_from_codes(read):
    book = codes(f'<Code guid="{C1}" name="Group" isCodable="false"><Code guid="{C2}" name="Inner" isCodable="true"'
                 ' color="#abc"><Description>What it is</Description></Code></Code>')
    found = read(project(codebook=book))
    assert [(one.name, one.codable, one.parent, one.colour, one.description) for one in found.codes] == [
        ("Group", False, "", "", ""), ("Inner", True, C1, "#aabbcc", "What it is")]


def test_who_is_not_in_the_file_is_nobody_known_and_dates_fall_back(read):
    inside = coding(1, user=f'creatingUser="{g(88)}"', at="")
    source = text_source(plain(1, 0, 7, inside=inside, extra=f'modifyingUser="{U1}" modifiedDateTime="2024-03-03'
                               'T03:03:03"'))
    found = read(project(source), files={"t.txt": TEXT})
    one = found.sources[0].transcripts[0].selections[0]
    assert (one.codings[0].user, one.user, one.at) == ("", U1, "2024-03-03T03:03:03+00:00")
    assert lost(found)["User"] == 1


def test_what_refers_to_nothing_is_left_out_and_told(read):
    inside = coding(1, g(77)) + f'<NoteRef targetGUID="{g(66)}"/>'
    rest = f'<Cases><Case guid="{g(50)}" name="P"><SourceRef targetGUID="{g(55)}"/></Case></Cases>'
    found = read(project(text_source(plain(1, 0, 7, inside=inside)), rest=rest), files={"t.txt": TEXT})
    assert found.sources[0].transcripts[0].selections[0].codings == ()
    assert {"Coding", "NoteRef", "SourceRef"} <= set(lost(found))


def test_a_link_between_a_note_and_a_passage_is_a_note_about_it(read):
    notes = (f'<Notes><Note guid="{g(60)}"><PlainTextContent>Mind this</PlainTextContent></Note></Notes>'
             f'<Links><Link guid="{g(61)}" originGUID="{g(60)}" targetGUID="{g(1)}"/>'
             f'<Link guid="{g(62)}" name="causes" originGUID="{C1}" targetGUID="{C2}"/></Links>')
    found = read(project(text_source(plain(1, 0, 7, inside="")), rest=notes), files={"t.txt": TEXT})
    assert found.notes[0].about == (g(1),)
    assert lost(found)["Link"] == 1


def test_graphs_sets_pictures_and_pages_are_told_by_name(read):
    rest = (f'<Sets><Set guid="{g(40)}" name="Kit A"/></Sets><Graphs><Graph guid="{g(41)}" name="Map"/></Graphs>')
    sources = (f'<PictureSource guid="{g(42)}" name="Photo"><PictureSelection guid="{g(43)}" firstX="1" firstY="1" '
               f'secondX="2" secondY="2"/></PictureSource><PDFSource guid="{g(44)}" name="Paper">'
               f'<PDFSelection guid="{g(45)}" page="1" firstX="1" firstY="1" secondX="2" secondY="2"/></PDFSource>')
    found = read(project(sources, rest=rest))
    assert {loss.element: loss.names for loss in found.losses} == {
        "Graph": ("Map",), "Set": ("Kit A",), "PictureSource": ("Photo",), "PictureSelection": ("Photo",),
        "PDFSource": ("Paper",), "PDFSelection": ("Paper",)}


def test_a_page_file_with_a_text_of_its_own_is_read_as_that(read):
    told = text_source(plain(1, 0, 7), guid=g(46)).replace("TextSource", "Representation")
    sources = (f'<PDFSource guid="{g(44)}" name="Paper"><PDFSelection guid="{g(45)}" page="1" firstX="1" firstY="1" '
               f'secondX="2" secondY="2"/>{told}'
               "</PDFSource>")
    assert passages(read(project(sources), files={"t.txt": TEXT})) == ["Bonjour"]


def test_an_identifier_that_is_used_twice_is_kept_apart(read):
    found = read(project(text_source(plain(1, 0, 7) + plain(1, 8, 9))), files={"t.txt": TEXT})
    ids = [one.id for one in found.sources[0].transcripts[0].selections]
    assert len(set(ids)) == 2 and lost(found)["guid"] == 2


def test_identifiers_that_are_none_still_find_each_other(read):
    xml = project(text_source(plain(1, 0, 7))).replace(C1, "hope")
    found = read(xml, files={"t.txt": TEXT})
    assert found.sources[0].transcripts[0].selections[0].codings[0].code == found.codes[0].id
