"""Projects taken in: beside what is here, never over it; two coders on two machines; nothing on any refusal."""

from __future__ import annotations

import shutil

import pytest

from storybank.domain.codebook import path_of
from storybank.domain.coding import UNKNOWN_CODER, Subject
from storybank.domain.project import MediaManner, ProjectManner
from storybank.domain.restriction import Treatment
from storybank.errors import Refused, StorybankError
from storybank.services.housekeeping import Housekeeping
from storybank.services.projects import Wanted
from storybank.services.relinking import Relinking
from storybank.services.withdrawing import Stop
from tests.exports.quirky import (
    C1,
    C2,
    S1,
    TEXT,
    codes,
    coding,
    g,
    moment,
    package,
    plain,
    project,
    text_source,
    video,
)
from tests.services.conftest import Calm, House, StandInMedia
from tests.services.exchange import another, coded, everything, pick, projects_of


@pytest.fixture
def theirs(empty_library, tmp_path):
    made = another(empty_library, tmp_path / "theirs")
    yield made
    made.library.close()


def sent_from(house, tmp_path, name="p", **how):
    file = tmp_path / f"{name}.qdpx"
    projects_of(house).take_out(file, Calm(), **how)
    return file


def of_another(tmp_path, xml, name="q", **how):
    return package(tmp_path / f"{name}.qdpx", xml, **how)


def test_two_coders_on_two_machines_come_together(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    house.library.close()
    copy = House(shutil.copytree(tmp_path / "library", tmp_path / "copy"))
    house = House(tmp_path / "library")
    story = copy.browsing.story("amina")
    copy.quoting._author = lambda: "Zoé"
    quote = copy.quoting.of_story(story.story.id)[0]
    copy.quoting.retag(quote.id, {*quote.codes, "training"}).do()
    new = pick(copy, story, 1, 0, 2, "policy")
    before = everything(house)
    taken = projects_of(house).take_in(sent_from(copy, tmp_path), Calm())
    assert (taken.counts.quotes, taken.counts.codings, taken.counts.coders) == (1, 3, 1)
    after = everything(house)
    assert {one: coding for one, coding in after["codings"].items() if one in before["codings"]} == before["codings"]
    zoe = next(one for one, name in after["coders"].items() if name == "Zoé")
    assert {c.code for c in after["codings"].values() if c.coder_id == zoe} == {"training", "policy", "link_worker"}
    assert new.id in after["quotes"]
    assert projects_of(house).take_in(sent_from(copy, tmp_path, "again"), Calm()).counts.is_nothing
    copy.library.close()
    house.library.close()


def test_a_passage_that_both_picked_is_one_quote_with_both_their_codes(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    file = sent_from(house, tmp_path)
    quote = house.quoting.all()[0]
    story = house.browsing.story("amina")
    house.quoting.remove(quote.id).do()
    mine = pick(house, story, 0, 0, 3, "training")
    taken = projects_of(house).take_in(file, Calm())
    assert taken.counts.quotes == 0 and taken.counts.codings == 3
    assert house.quoting.get(mine.id).codes == {"training", "bridges", "measure", "link_worker"}


def test_a_preview_says_what_would_happen_and_changes_nothing(house, theirs, tmp_path):
    coded(house, tmp_path)
    file = sent_from(house, tmp_path)
    before = everything(theirs)
    seen = projects_of(theirs).take_in(file, Calm(), preview=True)
    assert everything(theirs) == before and seen.is_preview
    assert projects_of(theirs).take_in(file, Calm()).counts == seen.counts


def test_a_failure_in_the_middle_changes_nothing(house, theirs, tmp_path, monkeypatch):
    coded(house, tmp_path)
    file = sent_from(house, tmp_path, manner=ProjectManner(MediaManner.INSIDE))
    before = everything(theirs)
    monkeypatch.setattr("storybank.services.receiving._Merging._memos", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        projects_of(theirs).take_in(file, Calm())
    assert everything(theirs) == before
    assert [path for path in (theirs.library.folder / "media").rglob("*") if path.is_file()] == []
    assert [path for path in (theirs.library.folder / "derived").rglob("*") if path.is_file()] == []


def test_recordings_that_lie_in_it_or_beside_it_come_in_with_it(house, theirs, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    file = sent_from(house, tmp_path, manner=ProjectManner(MediaManner.INSIDE))
    assert projects_of(theirs).take_in(file, Calm()).counts.without_file == 0
    with theirs.work() as work, house.work() as ours:
        (there,), (here,) = work.recordings.all(), ours.recordings.all()
    assert (there.id, there.sha256, there.facts) == (here.id, here.sha256, here.facts)
    assert theirs.store.path(there.place).read_bytes() == house.store.path(here.place).read_bytes()


def test_recordings_go_beside_it_under_names_that_tell_nothing(house, theirs, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    (tmp_path / "out").mkdir()
    file = sent_from(house, tmp_path / "out", manner=ProjectManner(MediaManner.BESIDE))
    with house.work() as work:
        recording = work.recordings.all()[0]
    assert sorted(path.name for path in file.parent.iterdir()) == sorted([f"{recording.id}.mp4", "p.qdpx"])
    assert projects_of(theirs).take_in(file, Calm()).counts.without_file == 0


def test_a_recording_that_did_not_come_can_be_found_later(house, theirs, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    projects_of(theirs).take_in(sent_from(house, tmp_path), Calm())
    relinking = Relinking(theirs.work, theirs.store, StandInMedia())
    (missing,) = relinking.missing()
    keeping = Housekeeping(theirs.work, theirs.store, list)
    assert keeping.verify(Calm()) == [] and keeping.waiting() == [missing.code]
    quotes = theirs.quoting.all()
    found = relinking.locate(missing.id, tmp_path / "amina.mp4", Calm())
    assert relinking.missing() == [] and found.facts.duration_ms == 60_000 and found.sha256
    assert theirs.quoting.all() == quotes
    assert keeping.verify(Calm()) == [] and keeping.waiting() == []
    assert theirs.store.path(found.place).read_bytes() == (tmp_path / "amina.mp4").read_bytes()


def test_what_was_withdrawn_or_sealed_here_does_not_come_back(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    file = sent_from(house, tmp_path)
    amina = house.people.find("Amina Diallo")
    house.quoting.remove(house.quoting.all()[0].id).do()
    house.withdrawing.withdraw(Stop(amina.id))
    before = everything(house)
    taken = projects_of(house).take_in(file, Calm())
    assert [name for name, _why in taken.refused] == ["Story of amina"]
    after = everything(house)
    assert {kind: after[kind] for kind in ("quotes", "codings", "lines")} == {
        kind: before[kind] for kind in ("quotes", "codings", "lines")}


# ---- projects of other programs ------------------------------------------------------------------------------------


def test_a_text_alone_becomes_a_story_with_its_passages_and_nobody_agreed(house, tmp_path):
    start = TEXT.index("saved")
    case = f'<Cases><Case guid="{g(50)}" name="Chantal"><SourceRef targetGUID="{S1}"/></Case></Cases>'
    xml = project(text_source(plain(1, start, start + 8, "saved me")), rest=case)
    file = of_another(tmp_path, xml, files={"t.txt": TEXT})
    taken = projects_of(house).take_in(file, Calm())
    counts = taken.counts
    assert (counts.stories, counts.people, counts.quotes, counts.codings, counts.codes, counts.coders) == (
        1, 1, 1, 1, 2, 1)
    (quote,) = house.quoting.all()
    assert quote.text == "saved me." and quote.codes == {"hope"}
    with house.work() as work:
        assert work.consents.all() == []
        (one,) = work.codings.all()
        assert [c.name for c in work.codings.coders() if c.id == one.coder_id] == ["Ana"]
        assert one.at == "2024-05-01T10:00:00Z"
    before = everything(house)
    assert projects_of(house).take_in(file, Calm()).counts.is_nothing
    assert everything(house) == before


def test_a_recording_without_transcript_keeps_its_passages_by_their_names(house, tmp_path):
    xml = project(video(moment(1, 21477, 21477, "Zero") + moment(2, 0, 900, "The start")))
    projects_of(house).take_in(of_another(tmp_path, xml), Calm())
    assert [(quote.text, quote.start_ms, quote.end_ms) for quote in house.quoting.all()] == [
        ("The start", 0, 900), ("Zero", 21477, 21478)]


def test_codes_of_the_same_name_are_told_apart_by_where_they_stand_and_trees_are_three_levels_deep(house, tmp_path):
    deep = ("<Code guid='{}' name='{}' isCodable='{}'>{}</Code>".format)
    tree = deep(g(1, "d"), "Health", "false", deep(g(2, "d"), "Other", "true", deep(g(3, "d"), "Pain", "true", deep(
        g(4, "d"), "Back", "true", ""))))
    book = codes(tree, deep(g(5, "d"), "Housing", "false", deep(g(6, "d"), "Other", "true", "")))
    taken = projects_of(house).take_in(of_another(tmp_path, project(codebook=book)), Calm())
    with house.work() as work:
        ours = {code.key: code for code in work.codebook.codes()}
    paths = {tuple(one.label_en for one in path_of(code, ours)): code for code in ours.values()
             if code.guid.endswith("-00000000000d")}
    assert set(paths) == {("Health",), ("Health", "Other"), ("Health", "Other", "Pain"),
                          ("Health", "Other", "Pain / Back"), ("Housing",), ("Housing", "Other")}
    assert not paths["Health",].codable and len({code.key for code in paths.values()}) == 6
    assert [loss.names for loss in taken.losses if loss.element == "Code"] == [("Back",)]


def test_a_code_of_ours_is_known_by_its_identifier_or_by_its_name(house, tmp_path):
    with house.work() as work:
        bridges = work.codebook.code("bridges")
    book = codes(f'<Code guid="{{{bridges.guid.upper()}}}" name="Renamed there" isCodable="true"/>',
                 f'<Code guid="{C2}" name="mesurer les retombées" isCodable="true"/>')
    inside = coding(1, bridges.guid) + coding(2, C2)
    xml = project(text_source(plain(1, 0, 7, inside=inside)), codebook=book)
    assert projects_of(house).take_in(of_another(tmp_path, xml, files={"t.txt": TEXT}), Calm()).counts.codes == 0
    assert house.quoting.all()[0].codes == {"bridges", "measure"}


def test_descriptions_notes_and_links_become_memos(house, tmp_path):
    notes = (f'<Notes><Note guid="{g(60)}" creatingUser="{g(9)}">'
             f'<PlainTextContent>Of the code</PlainTextContent></Note>'
             f'<Note guid="{g(61)}"><PlainTextContent>Of nothing</PlainTextContent></Note></Notes>')
    book = codes(f'<Code guid="{C1}" name="Hope" isCodable="true"><NoteRef targetGUID="{g(60)}"/></Code>')
    source = text_source(plain(1, 0, 7, inside="<Description>An annotation</Description>"))
    projects_of(house).take_in(of_another(tmp_path, project(source, book, notes), files={"t.txt": TEXT}), Calm())
    with house.work() as work:
        memos = {memo.text: memo for memo in work.memos.all()}
    assert {text: memo.subject for text, memo in memos.items()} == {
        "Of the code": Subject.CODE, "Of nothing": Subject.LIBRARY, "An annotation": Subject.QUOTE}
    assert memos["Of the code"].coder_id == UNKNOWN_CODER.id and memos["Of the code"].about_id == "hope"


def test_a_story_of_ours_is_known_by_its_text_when_its_identifiers_were_made_anew(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    with house.work() as work:
        text = "\n".join(line.text for line in work.transcripts.lines(work.recordings.all()[0].id))
    start = text.index("walking group")
    xml = project(text_source(plain(1, start, start + 13, "walking group")))
    taken = projects_of(house).take_in(of_another(tmp_path, xml, files={"t.txt": text}), Calm())
    assert taken.counts.known_stories == 1 and taken.counts.stories == 0 and taken.counts.quotes == 1
    assert "walking group." in [quote.text for quote in house.quoting.all()]


@pytest.mark.parametrize("path", ["absolute:///etc/passwd", "relative:///../../library/library.db", "file:///x.mp4",
                                  "internal://../../x.mp4", "C:\\x.mp4"])
def test_a_path_in_a_project_is_never_followed(house, tmp_path, path):
    xml = project(video(moment(1, 0, 100, "a"), path=f'path="{path}"'))
    assert projects_of(house).take_in(of_another(tmp_path, xml), Calm()).counts.without_file == 1


def test_a_refusal_leaves_the_library_as_it_was(house, tmp_path):
    before = everything(house)
    for name, xml in (("a", "<"), ("b", "<!DOCTYPE x><Project/>"), ("c", "<html/>")):
        with pytest.raises(StorybankError):
            projects_of(house).take_in(of_another(tmp_path, xml, name), Calm())
    assert everything(house) == before


# ---- what may leave ------------------------------------------------------------------------------------------------


def test_who_said_nothing_stays_here_and_is_named_in_the_report_alone(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    house.a_story(tmp_path, "george", "George Campbell", "Secret words")
    file = tmp_path / "p.qdpx"
    sent = projects_of(house).take_out(file, Calm())
    assert [code for code, _why in sent.left_out] == ["S-0002"] and sent.stories == 1
    again = projects_of(house)._files.read(file, Calm())
    assert [source.name for source in again.sources] == ["Story of amina"]
    assert "George" not in repr(again) and "Secret" not in repr(again)


def test_nothing_cleared_makes_nothing(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    with pytest.raises(Refused, match="No story is cleared"):
        projects_of(house).take_out(tmp_path / "p.qdpx", Calm(), Wanted(("print",)))
    assert not (tmp_path / "p.qdpx").exists() and house.exporting.ledger() == []


def test_the_ledger_knows_it_and_a_withdrawal_reaches_it(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    sent = projects_of(house).take_out(tmp_path / "p.qdpx", Calm(), Wanted(recipient="A university"))
    assert (sent.export.kind, sent.export.recipient) == ("project", "A university")
    house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id))
    with house.work() as work:
        tasks = work.cases.all()[0].tasks
    assert {task.about for task in tasks if task.about} == {sent.export.code}
    assert "A university" in {task.recipient for task in tasks}


def test_restricted_words_leave_neither_in_the_text_nor_in_names(house, tmp_path):
    coded(house, tmp_path, ("amina", "Amina Diallo"))
    recording = house.browsing.story("amina").recordings[0]
    house.people.restrict(recording.id, 0, 700, Treatment.REDACT, "why")
    found = projects_of(house)._files.read(sent_from(house, tmp_path), Calm())
    text = found.sources[0].transcripts[0]
    assert text.text.startswith("[…] is what") and "Trust" not in repr(found.sources)
    assert text.selections[0].name == "[…] is what"


def test_two_exports_of_the_same_library_have_the_same_identifiers(house, tmp_path):
    coded(house, tmp_path)
    files = projects_of(house)._files
    one, two = (files.read(sent_from(house, tmp_path, name), Calm()) for name in ("one", "two"))
    assert (one.sources, one.codes, one.cases, one.notes, one.users) == (
        two.sources, two.codes, two.cases, two.notes, two.users)
