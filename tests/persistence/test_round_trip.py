"""Whatever a value holds, it comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybank.domain import names
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.chain import broken_at
from storybank.domain.change import ChangeKind
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.consent import (
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    EvidenceKind,
    Method,
    Provision,
    Role,
    Stage,
    Taken,
)
from storybank.domain.contributor import Assent, Citation, Contributor, ContributorKind, Guardian, Label
from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind, ExportStatus
from storybank.domain.notice import Notice
from storybank.domain.receipt import Organization, Receipt
from storybank.domain.recording import AudioFacts, MediaFacts, VideoFacts
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing, Story
from storybank.domain.transcript import Chunk, Segment, Span, TranscriptRun, Word
from storybank.domain.use import Act, Material, Term, TermKind, Use
from storybank.domain.withdrawal import Choice, Task, TaskKind, TaskState, Wish, WithdrawalCase
from storybank.persistence.wishes import FileWishes
from storybank.words import say
from tests.persistence.shelf import a_take

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MS = st.integers(0, 2**31 - 1)
REAL = st.floats(allow_nan=False, allow_infinity=False)
SOME = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

FACTS = st.builds(
    MediaFacts, TEXT, MS,
    st.none() | st.builds(VideoFacts, TEXT, MS, MS, REAL, st.booleans(), st.sampled_from([0, 90, 180, 270])),
    st.none() | st.builds(AudioFacts, TEXT, MS, MS),
)  # fmt: skip
WORDS = st.lists(st.builds(Word, TEXT, MS, MS, st.none() | REAL), max_size=4).map(tuple)
SEGMENTS = st.lists(st.builds(Segment, MS, MS, TEXT, WORDS, REAL, REAL, REAL, REAL), max_size=4).map(tuple)
DAY, UUID = st.dates(), st.uuids().map(str)
SOME_DAY, SOME_TEXT, SOME_MS = st.none() | DAY, st.none() | TEXT, st.none() | MS
ANSWER, YES_NO = st.sampled_from([None, True, False]), st.booleans()


def one_of(kind):
    return st.sampled_from(kind)


def few(values, most=3):
    return st.lists(values, max_size=most).map(tuple)


PROVISIONS = few(st.builds(
    Provision, one_of(Decision), SOME_TEXT.filter(lambda use: use != ""), SOME_TEXT, st.none() | one_of(Material),
    st.none() | one_of(Attribution), SOME_DAY, SOME_DAY, TEXT, SOME_TEXT, SOME_TEXT, SOME_TEXT, one_of(Act), SOME_TEXT,
))  # fmt: skip
EVENTS = few(st.builds(ConsentEvent, one_of(ConsentState), TEXT, TEXT, TEXT, one_of(Role)))
PROOFS = few(st.builds(Evidence, TEXT, TEXT, TEXT, one_of(EvidenceKind), SOME_MS, SOME_MS, SOME_DAY, TEXT), 2)
TAKEN = st.builds(Taken, TEXT, st.none() | one_of(Method), TEXT, TEXT, TEXT, TEXT, TEXT)
WISHES = st.builds(Wishes, ANSWER, ANSWER, ANSWER, ANSWER)
CALLED = st.builds(Use, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)
PLAIN = st.builds(lambda said: say("He said {what}.", what=said), TEXT | st.integers() | DAY)
SENTENCES = st.builds(lambda inner, use, n: say("{inner} ({n}, {use})", inner=inner, use=use, n=n), PLAIN, CALLED, MS)
ITEMS = few(st.builds(
    ExportedItem, TEXT, TEXT, TEXT, few(TEXT, 2), TEXT, TEXT, TEXT, few(SENTENCES, 2), few(TEXT, 2),
    few(st.tuples(TEXT, MS), 2), SOME_DAY,
))  # fmt: skip
FILES = few(st.builds(ExportedFile, TEXT, TEXT, few(TEXT, 2)), 2)
GUARDIANS = st.builds(Guardian, TEXT, TEXT, TEXT, one_of(Assent), SOME_DAY)
LABELS = few(st.builds(Label, TEXT, TEXT, TEXT, TEXT, st.booleans()), 2)
CITATIONS = st.builds(Citation, TEXT, TEXT, TEXT, TEXT, TEXT)
SPANS = few(st.builds(Span, MS, MS), 2)
TASKS = few(st.builds(Task, one_of(TaskKind), TEXT, TEXT, one_of(TaskState), TEXT, TEXT))


@pytest.fixture
def work(shelf):
    with shelf.work() as work:
        yield work


@pytest.fixture
def amina(work):
    """Put somebody on file that things can be about."""
    person = Contributor("amina", "P-0001", "Amina")
    work.contributors.save(person)
    return person


@SOME
@given(st.builds(Contributor, UUID, UUID, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, one_of(ContributorKind), SOME_DAY,
                 st.none() | GUARDIANS, LABELS, st.none() | CITATIONS))  # fmt: skip
def test_a_person(work, person):
    work.contributors.save(person)
    assert work.contributors.get(person.id) == person


@SOME
@given(few(st.tuples(YES_NO, YES_NO, YES_NO, TEXT, SPANS)), one_of(Sharing), YES_NO, TEXT, TEXT)
def test_a_story_and_who_is_in_it(work, amina, parts, sharing, shared, sealed_on, erased_on):
    takes = {part[3]: part for part in parts}.values()
    people = tuple(Participant(amina.id, *part) for part in takes)
    story = Story(names.new_id(), names.new_id(), "T", names.new_id(), "en", people,
                  communities=(amina.id,) if shared else (), sharing=sharing, sealed_on=sealed_on, erased_on=erased_on)
    work.stories.save(story)
    assert work.stories.get(story.id) == story
    work.stories.save(replace(story, participants=people[::-1], communities=()))
    assert work.stories.get(story.id) == replace(story, participants=people[::-1], communities=())


@SOME
@given(FACTS, TEXT, st.integers(0, 2**60))
def test_a_recording(work, facts, name, size):
    story = Story(names.new_id(), names.new_id(), name, names.new_id(), "en", (), name, name)
    recording = a_take(names.new_id(), names.new_id(), story.id, facts=facts, original_name=name, bytes=size)
    work.stories.save(story)
    work.recordings.save(recording)
    assert work.stories.get(story.id) == story
    assert work.recordings.get(recording.id) == recording


@SOME
@given(one_of(Attribution), PROVISIONS, EVENTS, SOME_DAY, SOME_DAY, PROOFS, one_of(Stage), WISHES, TAKEN, TEXT, EVENTS)
def test_a_consent(work, amina, level, provisions, events, given_on, until, proofs, stage, wishes, taken, old, later):
    consent = Consent(names.new_id(), names.new_id(), amina.id, level, provisions, events, given_on, until,
                      evidence=proofs, stage=stage, wishes=wishes, taken=taken, supersedes_id=old)
    saved = work.consents.save(consent)
    assert work.consents.get(consent.id) == saved
    assert unlinked(saved) == consent
    grown = work.consents.save(replace(saved, events=saved.events + later, evidence=proofs + proofs))
    assert work.consents.get(consent.id) == grown
    assert unlinked(grown) == replace(consent, events=events + later, evidence=proofs + proofs)
    assert broken_at(work.consents.chain(), {one.id: one for one in work.consents.all()}) is None


def unlinked(consent):
    """Return a consent as it was before it had a place in the chain."""
    return replace(consent, events=tuple(replace(event, seq=0, hash="") for event in consent.events))


@SOME
@given(PROVISIONS, EVENTS.filter(bool), WISHES, TAKEN, TEXT, SOME_DAY)
def test_a_receipt_stays_as_it_was_given(work, amina, provisions, events, wishes, taken, at, day):
    consent = Consent(names.new_id(), names.new_id(), amina.id, Attribution.FULL, provisions, events, day,
                      wishes=wishes, taken=taken)
    saved = work.consents.save(consent)
    receipt = Receipt(names.new_id(), at, saved, amina, Organization(), (), head=work.consents.head())
    record = receipt.record(date(2026, 3, 1))
    work.consents.keep_receipt(receipt, record)
    (kept,) = work.consents.receipts_of(saved.id)
    assert kept == json.loads(json.dumps(record))
    assert kept["chain_head"] == {"seq": saved.events[-1].seq, "hash": saved.events[-1].hash}


@SOME
@given(st.builds(Notice, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, few(TEXT), few(TEXT), SOME_DAY, st.booleans()))
def test_a_notice_and_its_hash(work, notice):
    notice = replace(notice, id=names.new_id(), key=names.new_id())
    work.notices.add(notice)
    assert work.notices.get(notice.id) == work.notices.get(notice.name) == notice
    assert work.notices.get(notice.id).sha256 == notice.sha256


@SOME
@given(MS, MS, one_of(Treatment), TEXT)
def test_a_restriction(work, start_ms, end_ms, treatment, reason):
    recording = a_take(names.new_id(), names.new_id(), names.new_id())
    work.stories.save(Story(recording.story_id, names.new_id(), "T", names.new_id(), "en"))
    work.recordings.save(recording)
    restriction = Restriction(names.new_id(), recording.id, start_ms, end_ms, treatment, reason)
    work.restrictions.save(restriction)
    assert work.restrictions.of_recordings([recording.id]) == [restriction]
    work.restrictions.remove(restriction.id)
    assert work.restrictions.of_recordings([recording.id]) == []


@SOME
@given(TEXT, TEXT, TEXT, TEXT, few(TEXT), one_of(Choice), SOME_DAY, TASKS, TEXT, TASKS)
def test_a_withdrawal_and_what_is_to_be_done(work, amina, at, via, sure, why, several, choice, day, tasks, end, later):
    case = WithdrawalCase(names.new_id(), names.new_id().upper(), amina.id, at, via, sure, why, several, several[::-1],
                          choice, day, tasks, end, end)
    work.cases.save(case)
    assert work.cases.get(case.id) == work.cases.get(case.code) == case
    work.cases.save(replace(case, tasks=later))
    assert work.cases.get(case.id) == replace(case, tasks=later)


@SOME
@given(st.builds(Organization, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT),
       st.builds(Term, one_of(TermKind), UUID, TEXT, TEXT, MS),
       st.builds(Use, UUID, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT))  # fmt: skip
def test_who_keeps_the_library_and_its_lists(work, organization, term, use):
    work.house.save_organization(organization)
    work.house.save_term(term)
    work.house.save_use(use)
    assert work.house.organization() == organization
    assert term in work.house.terms(term.kind)
    assert work.codebook.use(use.key) == use


@SOME
@given(SEGMENTS, st.sampled_from(["en", "fr", "xx"]), WORDS, TEXT)
def test_a_transcript(work, segments, language, said, text):
    story = Story(names.new_id(), names.new_id(), "T", names.new_id(), "en")
    recording = a_take(names.new_id(), names.new_id(), story.id)
    run = TranscriptRun(names.new_id(), recording.id, text, text, text, None, "running", options=text)
    work.stories.save(story)
    work.recordings.save(recording)
    work.transcripts.save_run(run)
    work.transcripts.journal(run.id, Chunk(0, 0, 1, segments, language))
    assert work.transcripts.run(run.id) == run
    assert work.transcripts.segments(run.id) == list(segments)
    lines = work.transcripts.lines(recording.id)
    assert [line.words for line in lines] == [segment.words for segment in segments]
    for line in lines:
        corrected = replace(line, text=text, words=said, revision=1, reviewed=True)
        work.transcripts.revise(run.id, [corrected], "Jo", ChangeKind.REWORDED)
        assert work.transcripts.line(line.id) == corrected
    assert all(line.words == said and line.text == text for line in work.transcripts.lines(recording.id))


@SOME
@given(one_of(ExportKind), TEXT, few(TEXT), SOME_DAY, ITEMS, few(st.tuples(TEXT, few(SENTENCES, 2)), 2), FILES,
       one_of(ExportStatus), MS)  # fmt: skip
def test_an_export(work, kind, text, several, until, items, left_out, files, status, seq):
    export = Export(names.new_id(), names.new_id(), kind, text, text, several, text, text, until, items, left_out,
                    text, files, text, status, (seq, text))
    work.ledger.save(export)
    kept = work.ledger.get(export.id)
    assert wordless(kept) == wordless(export)
    for language in ("en", "fr"):
        assert reasons_in(kept, language) == reasons_in(export, language)
    again = replace(kept, id=names.new_id(), code=names.new_id())
    work.ledger.save(again)
    assert reasons_in(work.ledger.get(again.id), "fr") == reasons_in(export, "fr")


def wordless(export):
    """Return an export without sentences, which are the same when they say the same."""
    return replace(export, items=tuple(replace(item, reasons=()) for item in export.items), left_out=())


def reasons_in(export, language):
    told = [(item.quote_code, item.reasons) for item in export.items] + list(export.left_out)
    return [(code, [reason.said_in(language) for reason in reasons]) for code, reasons in told]


@SOME
@given(few(st.builds(Wish, TEXT, TEXT, st.booleans(), few(TEXT), few(TEXT), few(TEXT))))
def test_wishes_outside_the_database(tmp_path_factory, wishes):
    folder = tmp_path_factory.mktemp("wishes")
    for wish in wishes:
        FileWishes(folder, folder / "home", "library").add(wish)
    assert set(FileWishes(folder, folder / "home", "library").all()) == set(wishes)
    assert set(FileWishes(folder, folder / "elsewhere", "library").all()) == set(wishes)
    assert set(FileWishes(folder / "empty", folder / "home", "library").all()) == set(wishes)


@SOME
@given(st.builds(Code, st.uuids().map(str), st.sampled_from(CodeKind), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, MS,
                 few(TEXT), TEXT, st.just(""), st.booleans(), st.uuids().map(str)))
def test_a_code(work, code):
    work.codebook.save(code)
    assert work.codebook.code(code.key) == code
