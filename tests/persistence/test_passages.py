"""Passages: consecutive lines of one voice, some sixty to ninety words; a change writes only what differs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select

from storybank.domain import editing, names
from storybank.domain.change import ChangeKind
from storybank.domain.query import understood
from storybank.persistence.indexing import reindex, show_run
from storybank.persistence.partition import moments_in
from storybank.persistence.tables import passages
from tests.persistence.shelf import a_stretch

TWELVE = "one two three four five six seven eight nine ten eleven twelve"


def passages_of(shelf, recording_id="r-amina"):
    own = select(passages).where(passages.c.kind == "passage", passages.c.recording_id == recording_id)
    with shelf.library.engine.connect() as connection:
        return connection.execute(own.order_by(passages.c.start_ms)).all()


def as_read(shelf, recording_id="r-amina"):
    """Return everything of the passages but their numbers."""
    return [row[1:] for row in passages_of(shelf, recording_id)]


def revise(shelf, *after, kind=ChangeKind.REWORDED, run="t-amina"):
    with shelf.work() as work:
        work.transcripts.revise(run, after, "Jo", kind)
        work.commit()


def written(shelf, act):
    """Return which passages are written while something is done."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith(("INSERT INTO passages", "UPDATE passages", "DELETE FROM passages")):
            seen.append(statement.split()[0])

    event.listen(shelf.library.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(shelf.library.engine, "before_cursor_execute", note)
    return seen


def test_lines_are_gathered_to_sixty_words_or_more(shelf):
    shelf.story(*[TWELVE] * 12)
    assert [len(row.x.split()) for row in passages_of(shelf)] == [60, 60, 24]


def test_a_long_line_begins_a_passage_rather_than_making_one_too_long(shelf):
    shelf.story(*[TWELVE] * 4, " ".join([TWELVE] * 5), TWELVE)
    assert [len(row.x.split()) for row in passages_of(shelf)] == [48, 60, 12]


def test_a_pause_a_speaker_and_a_language_begin_a_passage(shelf):
    shelf.story(chunk=a_stretch(0, TWELVE, TWELVE))
    with shelf.work() as work:
        work.transcripts.journal("t-amina", a_stretch(1, TWELVE, begin=60_000))
        work.transcripts.journal("t-amina", a_stretch(2, TWELVE, language="fr", begin=62_000))
        work.commit()
    assert [len(row.x.split()) for row in passages_of(shelf)] == [24, 12, 12]
    line = shelf.lines("r-amina")[1]
    revise(shelf, replace(line, speaker_id="p-amina"), kind=ChangeKind.VOICED)
    assert [len(row.x.split()) for row in passages_of(shelf)] == [12, 12, 12, 12]


def test_a_passage_goes_on_in_the_next_stretch_that_is_heard(shelf):
    shelf.story(chunk=a_stretch(0, "We sing", "and"))
    with shelf.work() as work:
        work.transcripts.journal("t-amina", a_stretch(1, "dance", begin=2500))
        work.commit()
    (row,) = passages_of(shelf)
    assert row.text == "We sing and dance"
    assert [(line[0], line[1]) for line in row.lines] == list(
        zip([line.id for line in shelf.lines("r-amina")], (0, 8, 12), strict=True))


def test_each_word_keeps_the_moment_it_was_said(shelf):
    shelf.story("We sing", "my link-worker's song")
    (row,) = passages_of(shelf)
    first, second = shelf.lines("r-amina")
    said = list(moments_in(row.starts))
    assert len(said) == len(row.x.split()) == 7
    assert said[:3] == [first.words[0].start_ms, first.words[1].start_ms, second.words[0].start_ms]
    compound = second.words[1]
    assert compound.start_ms == said[3] < said[4] < said[5] < compound.end_ms
    with shelf.work() as work:
        (hit,) = work.index.search(understood("song"), None, 5)
    assert (hit.moment_ms, hit.start_ms) == (second.words[2].start_ms, second.start_ms)


def test_a_corrected_word_keeps_its_moment_too(shelf):
    shelf.story("We sing a song", "and dance")
    revise(shelf, shelf.lines("r-amina")[0].reworded("We sang a long song"))
    (row,) = passages_of(shelf)
    words = [word for line in shelf.lines("r-amina") for word in line.words]
    assert list(moments_in(row.starts)) == [word.start_ms for word in words]


def test_a_correction_writes_one_passage_and_a_review_none(shelf):
    shelf.story(*[TWELVE] * 60)
    before = passages_of(shelf)
    line = shelf.lines("r-amina")[30]
    assert written(shelf, lambda: revise(shelf, line.reworded(TWELVE.replace("six", "sixty")))) == ["UPDATE"]
    after = passages_of(shelf)
    assert [row.id for row in after] == [row.id for row in before]
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    line = shelf.lines("r-amina")[31]
    assert written(shelf, lambda: revise(shelf, replace(line, reviewed=True), kind=ChangeKind.REVIEWED)) == []


def test_a_line_that_grows_moves_few_passages(shelf):
    shelf.story(*[TWELVE] * 300)
    line = shelf.lines("r-amina")[100]
    assert len(written(shelf, lambda: revise(shelf, line.reworded(" ".join([TWELVE] * 6))))) < 8
    before = as_read(shelf)
    with shelf.library.engine.begin() as connection:
        reindex(connection)
    assert as_read(shelf) == before


CHANGES = st.lists(
    st.tuples(st.integers(0, 39), st.sampled_from(["reword", "grow", "empty", "speak", "split", "language"])),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=CHANGES, lengths=st.lists(st.integers(1, 35), min_size=40, max_size=40))
def test_whatever_changes_the_passages_are_those_of_an_index_built_anew(shelf, changed, lengths):
    slug = names.new_id()
    recording, run = shelf.story(*("word " * many for many in lengths), slug=slug), f"t-{slug}"
    for number, how in changed:
        lines = shelf.lines(recording)
        line = lines[min(number, len(lines) - 1)]
        if how == "split" and len(line.words) > 1:
            revise(shelf, *editing.split(line, 1, names.new_id(), line.position + 0.01), kind=ChangeKind.SPLIT, run=run)
        elif how == "speak":
            revise(shelf, replace(line, speaker_id=f"p-{slug}"), kind=ChangeKind.VOICED, run=run)
        elif how == "language":
            revise(shelf, replace(line, language="fr"), run=run)
        else:
            said = {"reword": "Something else.", "empty": "…"}.get(how, line.text + " more" * 50)
            revise(shelf, line.reworded(said), run=run)
    before = as_read(shelf, recording)
    with shelf.library.engine.begin() as connection:
        connection.execute(delete(passages).where(passages.c.recording_id == recording))
        show_run(connection, recording, run)
    assert as_read(shelf, recording) == before
