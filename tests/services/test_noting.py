"""Memos, and quotes that are moved and merged, in a real library; every change has its way back."""

from __future__ import annotations

import pytest

from storybank.domain.coding import Subject
from storybank.domain.events import MemoChanged
from storybank.domain.quote import Anchor
from storybank.errors import Invalid, NotFound, Refused
from tests.ui.story_library import add_quotes, build_library


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    made = build_library(tmp_path / "library")
    made.author = "Ana"
    yield made
    made.close()


@pytest.fixture
def lines(app):
    return app.browsing.story("S-0001").lines


def pick(app, lines, line, first, last, *codes):
    recording = app.browsing.story("S-0001").recordings[0].id
    new = app.quoting.pick(recording, Anchor(lines[line].id, first, lines[line].id, last), codes)
    new.edit.do()
    return app.quoting.get(new.quote.id)


def state(app):
    """Everything that undoing has to bring back."""
    with app._open_work() as work:
        quotes = work.quotes.all()
        return quotes, [work.codings.of_quote(one.id) for one in quotes], work.memos.all()


def test_one_changes_ones_own_memo_and_keeps_what_others_wrote(app):
    add_quotes(app, app.browsing.story("S-0001").story, {1: ("bridges",)})
    quote = app.quoting.get("Q-0001")
    app.noting.write(Subject.QUOTE, "Q-0001", "Begin with this.\nIt is short.").do()
    app.author = "Ben"
    app.noting.write(Subject.QUOTE, quote.id, "I would not.").do()
    app.author = "Ana"
    app.noting.write(Subject.QUOTE, quote.id, "Begin with this one.").do()
    memos = sorted(app.noting.about(Subject.QUOTE, quote.id), key=lambda one: one.author)
    assert [(one.author, one.memo.text, one.own) for one in memos] == [
        ("Ana", "Begin with this one.", True), ("Ben", "I would not.", False)]
    with pytest.raises(Refused, match="Ben"):
        app.noting.change(memos[1].memo.id, "So would I.")
    with pytest.raises(Refused, match="Ben"):
        app.noting.remove(memos[1].memo.id)


def test_writing_changing_and_removing_a_memo_are_told_and_undone(app):
    told = []
    app.hub.subscribe(lambda event: told.append(event) if isinstance(event, MemoChanged) else None)
    first = app.noting.write(Subject.LIBRARY, "", "What we look for.")
    first.do()
    (memo,) = app.noting.all()
    change = app.noting.change(memo.memo.id, "What we found.")
    change.do()
    remove = app.noting.remove(memo.memo.id)
    remove.do()
    assert app.noting.all() == []
    remove.undo()
    change.undo()
    assert [one.memo for one in app.noting.all()] == [memo.memo]
    first.undo()
    assert app.noting.all() == []
    assert {(one.subject, one.about_id) for one in told} == {("library", "")}
    assert len(told) == 6


@pytest.mark.parametrize(("subject", "about"), [
    (Subject.STORY, "S-0001"), (Subject.CODE, "bridges"), (Subject.PERSON, "Amina Diallo"), (Subject.LIBRARY, "")])
def test_a_memo_is_about_a_story_a_code_a_person_or_the_library_as_people_name_them(app, subject, about):
    app.noting.write(subject, about, "A thought.").do()
    found = app.noting.about(subject, app.noting.named(subject, about))
    assert [one.memo.text for one in found] == ["A thought."]


def test_a_memo_about_nothing_without_words_or_too_long_is_refused(app):
    with pytest.raises(NotFound):
        app.noting.write(Subject.QUOTE, "Q-0099", "Lost.")
    with pytest.raises(Invalid, match="needs words"):
        app.noting.write(Subject.LIBRARY, "", " \u202e ")
    with pytest.raises(Invalid, match="at most"):
        app.noting.write(Subject.LIBRARY, "", "x" * 20_001)


def test_a_quote_that_is_moved_says_what_is_said_there_and_keeps_its_tags_and_memos(app, lines):
    quote = pick(app, lines, 1, 2, 6, "bridges")
    app.noting.write(Subject.QUOTE, quote.id, "Good.").do()
    before = state(app)
    edit = app.shaping.move(quote.id, Anchor(lines[1].id, 0, lines[2].id, 1))
    edit.do()
    moved = app.quoting.get(quote.id)
    said = [word.text for word in lines[1].words] + [word.text for word in lines[2].words[:2]]
    assert moved.text == " ".join(said)
    assert (moved.start_ms, moved.end_ms) == (lines[1].words[0].start_ms, lines[2].words[1].end_ms)
    assert (moved.code, moved.codes) == (quote.code, quote.codes)
    assert moved.after.startswith(lines[2].words[2].text)
    edit.undo()
    assert state(app) == before


def test_a_start_is_moved_by_words_and_never_beyond_the_end_or_the_transcript(app, lines):
    quote = pick(app, lines, 1, 2, 6)
    assert app.shaping.stepped(quote.id, -2, 1) == Anchor(lines[1].id, 0, lines[1].id, 7)
    assert app.shaping.stepped(quote.id, -3, 0).first_line_id == lines[0].id
    for start, end in ((5, 0), (-999, 0), (0, 9999)):
        with pytest.raises(Invalid):
            app.shaping.stepped(quote.id, start, end)


@pytest.mark.parametrize(("place", "offered"), [((4, 9), True), ((7, 9), True), ((8, 10), False)])
def test_overlapping_or_touching_quotes_with_the_same_tag_are_offered_to_become_one(app, lines, place, offered):
    first = pick(app, lines, 1, 2, 6, "bridges")
    second = pick(app, lines, 1, *place, "bridges", "measure")
    found = app.shaping.touching(second.id)
    assert bool(found) == offered
    if found:
        assert (found.kept.id, found.other.id, found.code) == (first.id, second.id, "bridges")


def test_another_persons_tag_or_only_the_speakers_own_group_is_no_reason_to_merge(app, lines):
    pick(app, lines, 1, 2, 6, "bridges")
    other = pick(app, lines, 1, 4, 9, "measure")
    assert app.shaping.touching(other.id) is None
    app.author = "Ben"
    bens = pick(app, lines, 1, 5, 10, "bridges")
    assert app.shaping.touching(bens.id) is None


def test_two_quotes_that_become_one_lose_nothing_and_undo_brings_both_back(app, lines):
    first = pick(app, lines, 1, 2, 6, "bridges")
    second = pick(app, lines, 1, 4, 9, "bridges", "measure")
    app.quoting.mark_important(second.id, True).do()
    app.noting.write(Subject.QUOTE, second.id, "The better half.").do()
    before = state(app)
    edit = app.shaping.merge(first.id, second.id)
    edit.do()
    (whole,) = app.quoting.all()
    assert whole.text == " ".join(word.text for word in lines[1].words[2:10])
    assert (whole.code, whole.important) == ("Q-0001", True)
    assert whole.codes == {"bridges", "measure", "link_worker"}
    assert [one.memo.text for one in app.noting.about(Subject.QUOTE, whole.id)] == ["The better half."]
    edit.undo()
    assert state(app) == before
    edit.do()
    assert [one.code for one in app.quoting.all()] == ["Q-0001"]


def test_the_codes_used_last_are_those_of_whoever_sits_here(app, lines):
    pick(app, lines, 1, 0, 3, "measure")
    app.author = "Ben"
    pick(app, lines, 1, 0, 4, "policy")
    assert set(app.shaping.recent()) == {"policy", "link_worker"}
    app.author = "Nobody yet"
    assert app.shaping.recent() == []
