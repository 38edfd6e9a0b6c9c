"""The repositories: what goes in comes out, in the order people expect, and wrong things are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.change import ChangeKind
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.consent import ConsentEvent, ConsentState, Decision, Evidence, Provision
from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind
from storybank.domain.quote import Anchor
from storybank.domain.story import Participant, Story
from storybank.domain.use import Material
from storybank.domain.vocabulary import CODES, USES
from storybank.errors import Invalid, NotFound, Refused
from storybank.words import say
from tests.build import PRINT, WEBSITE, a_consent, a_person, a_quote
from tests.persistence.shelf import a_take

AN_EXPORT = Export(
    "e1", "E-0001", ExportKind.KIT, "Spring", "2026-03-01T12:00:00+00:00", ("website", "print"), "/tmp/kit", "ab" * 32,
    date(2027, 1, 1), (ExportedItem("q1", "Q-0001", "s-amina", ("C-0001",), "full_name", "cd" * 32),),
    (("Q-0002", (say("{person} said no.", person="Amina"),)),), "minister",
    (ExportedFile("card.png", "ef" * 32, ("Q-0001",)),), "The minister's office", head=(3, "ab" * 32),
)  # fmt: skip


@pytest.fixture
def work(shelf):
    with shelf.work() as work:
        yield work


def test_a_person_is_found_by_id_code_or_name_whatever_the_case_and_accents(work):
    work.contributors.save(a_person("zoe", "Zoé  Gagnon", code="P-0007"))
    for asked in ("zoe", "p-0007", "ZOE GAGNON", " zoé gagnon "):
        assert work.contributors.find(asked).id == "zoe"
    assert work.contributors.find("Zo") is None


def test_people_come_in_the_order_of_their_codes(work):
    for number in (10_000, 2, 9_999):
        work.contributors.save(a_person(f"p{number}", code=f"P-{number:04d}"))
    assert [person.code for person in work.contributors.all()] == ["P-0002", "P-9999", "P-10000"]


def test_saving_a_person_again_changes_them_and_nothing_that_hangs_on_them(work):
    work.contributors.save(a_person())
    work.consents.save(a_consent(WEBSITE))
    work.contributors.save(a_person(name="Amina D."))
    assert work.contributors.get("amina").name == "Amina D."
    assert len(work.consents.of("amina")) == 1


@pytest.mark.parametrize("shelf_name", ["contributors", "stories", "recordings", "consents", "quotes", "ledger"])
def test_what_is_not_there_is_named(work, shelf_name):
    with pytest.raises(NotFound, match="no-such"):
        getattr(work, shelf_name).get("no-such")


def test_a_story_is_found_by_id_code_or_slug(work):
    work.stories.save(Story("s1", "S-0001", "Trust", "trust", "en"))
    assert {work.stories.find(asked).id for asked in ("s1", "s-0001", "S-0001", "trust", " Trust")} == {"s1"}
    with pytest.raises(NotFound, match="no-such"):
        work.stories.find("no-such")


def test_two_stories_cannot_share_a_slug(work):
    work.stories.save(Story("s1", "S-0001", "Trust", "trust", "en"))
    with pytest.raises(Invalid, match="S-0001"):
        work.stories.save(Story("s2", "S-0002", "Trust", "trust", "en"))


def test_people_in_a_story_keep_their_order_and_can_change(work):
    for name in ("amina", "george"):
        work.contributors.save(a_person(name, name.title(), code=f"P-{name}"))
    story = Story("s1", "S-0001", "Trust", "trust", "en", (Participant("george", visible=False), Participant("amina")))
    work.stories.save(story)
    assert work.stories.get("s1") == story
    assert work.stories.of_contributor("amina") == [story]
    work.stories.save(replace(story, participants=(Participant("amina"),)))
    assert work.stories.of_contributor("george") == []


def test_a_story_line_tells_what_a_card_shows(shelf):
    recording_id = shelf.story("We sing.", "We dance.", stakeholder="link_worker", province="ON", role="Link worker")
    shelf.quote(recording_id, 0, "amplify")
    line = shelf.lines(recording_id)[0]
    with shelf.work() as work:
        work.transcripts.revise("t-amina", [replace(line, reviewed=True)], "Jo", ChangeKind.REVIEWED)
        work.stories.save(Story("s-empty", "S-0009", "Empty", "empty", ""))
        work.commit()
    with shelf.work() as work:
        full, empty = work.stories.lines()
    assert (full.people, full.role, full.province, full.transcript) == (("Amina Diallo",), "Link worker", "ON", "done")
    assert (full.lines, full.reviewed, full.quotes, full.duration_ms, full.has_picture) == (2, 1, 1, 60_000, True)
    assert (empty.recording_id, empty.transcript, empty.people, empty.lines) == ("", "none", (), 0)


def test_a_recording_is_found_by_its_content(work):
    work.stories.save(Story("s1", "S-0001", "Trust", "trust", "en"))
    work.recordings.save(a_take())
    assert work.recordings.with_hash(a_take().sha256) == a_take()
    assert work.recordings.with_hash("0") is None
    assert work.recordings.of_story("s1") == work.recordings.all() == [a_take()]


def test_a_consent_keeps_everything_that_was_decided(work):
    work.contributors.save(a_person())
    work.stories.save(Story("s1", "S-0001", "Trust", "trust", "en"))
    consent = replace(
        a_consent(WEBSITE, PRINT, given_on=date(2026, 1, 1), valid_until=date(2027, 1, 1)),
        story_ids=frozenset({"s1"}),
        evidence=(Evidence("form.pdf", "media/aa/form.pdf", "aa"),),
        provisions=(
            Provision(Decision.DENY, "media", "CA-QC", Material.STILL, Attribution.ROLE_ONLY, date(2026, 1, 1),
                      date(2026, 2, 1), "Ask my sister first."),
            Provision(Decision.PERMIT),
        ),
    )  # fmt: skip
    saved = work.consents.save(consent)
    assert work.consents.get(consent.id) == saved == replace(consent, events=saved.events)
    assert work.consents.all() == work.consents.of("amina") == [saved]


def test_a_consent_grows_by_events(work):
    work.contributors.save(a_person())
    given = work.consents.save(a_consent(WEBSITE))
    stop = ConsentEvent(ConsentState.WITHDRAWN, "2026-02-01", "Jo")
    withdrawn = work.consents.save(replace(given, events=(*given.events, stop)))
    assert work.consents.get(given.id) == withdrawn
    assert [event.state for event in withdrawn.events] == ["given", "withdrawn"]
    assert withdrawn.events[0] == given.events[0]
    assert [event.seq for event in withdrawn.events] == [1, 2]
    assert work.consents.head() == (2, withdrawn.events[1].hash)




def test_a_new_library_knows_the_vocabulary(work):
    assert [replace(code, guid="") for code in work.codebook.codes()] == list(CODES)
    assert len({code.guid for code in work.codebook.codes()}) == len(CODES)
    assert work.codebook.uses() == list(USES)
    assert [code.key for code in work.codebook.codes(CodeKind.BLOCK)] == [
        "amplify", "training", "policy", "bridges", "measure",
    ]  # fmt: skip


def test_a_code_can_be_added_and_renamed(work):
    work.codebook.save(Code("housing", CodeKind.FREE, "Housing", "Logement"))
    work.codebook.save(replace(work.codebook.code("housing"), label_en="Homes"))
    assert work.codebook.code("housing").label_en == "Homes"
    assert work.codebook.codes()[-1].key == "housing"


def test_an_unknown_use_names_those_there_are(work):
    with pytest.raises(Invalid, match="government_brief"):
        work.codebook.use("billboard")


def test_quotes_come_in_the_order_they_are_said(shelf):
    recording_id = shelf.story("One two three.", "Four five six.")
    late, early = shelf.quote(recording_id, 1, "amplify"), shelf.quote(recording_id, 0, "policy", "physician")
    with shelf.work() as work:
        assert work.quotes.of_story("s-amina") == [early, late] == work.quotes.all()
        assert work.quotes.find(late.code.lower()) == work.quotes.get(late.id) == late


def test_a_quote_of_unknown_words_or_codes_is_refused(shelf):
    recording_id = shelf.story("One two three.")
    quote = shelf.quote(recording_id, 0)
    with shelf.work() as work:
        with pytest.raises(Invalid, match="no-such-code"):
            work.quotes.save(replace(quote, codes=frozenset({"no-such-code"})))
        with pytest.raises(Invalid, match="not in the library"):
            work.quotes.save(replace(quote, anchor=Anchor("nowhere", 0, "nowhere", 1)))


def test_a_removed_quote_can_come_back(shelf):
    quote = shelf.quote(shelf.story("One two three."), 0, "amplify")
    with shelf.work() as work:
        work.quotes.remove(quote.id)
        with pytest.raises(NotFound):
            work.quotes.find(quote.code)
        work.quotes.save(quote)
        assert work.quotes.get(quote.id) == quote


def test_the_ledger_tells_what_left_and_never_changes(work):
    work.ledger.save(AN_EXPORT)
    assert work.ledger.get("e1") == work.ledger.get("E-0001") == AN_EXPORT
    assert work.ledger.all() == [AN_EXPORT]
    with pytest.raises(Refused, match="E-0001"):
        work.ledger.save(replace(AN_EXPORT, title="Another"))


def test_the_ledgers_list_comes_latest_first(work):
    work.ledger.save(AN_EXPORT)
    work.ledger.save(replace(AN_EXPORT, id="e2", code="E-0002", use_until=None))
    latest, first = work.ledger.lines()
    assert (latest.code, first.code) == ("E-0002", "E-0001")
    assert (first.items, first.left_out, first.uses, first.use_until) == (
        1, 1, ("website", "print"), date(2027, 1, 1),
    )  # fmt: skip


def test_an_export_outlives_the_quote_it_carried(shelf):
    quote = shelf.quote(shelf.story("One two three."), 0)
    with shelf.work() as work:
        work.ledger.save(replace(AN_EXPORT, items=(replace(AN_EXPORT.items[0], quote_id=quote.id),)))
        work.quotes.remove(quote.id)
        work.commit()
    with shelf.work() as work:
        assert work.ledger.all()[0].items[0].quote_id == quote.id


def test_a_quote_of_nothing_in_the_library_is_refused_not_crashed(work):
    with pytest.raises(Invalid):
        work.quotes.save(a_quote())
