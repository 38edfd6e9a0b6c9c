"""The chain: every event sealed with the record it speaks of, so that whatever was changed afterwards shows."""

from __future__ import annotations

from dataclasses import dataclass, fields, make_dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.chain import START, broken_at, linked
from storybank.domain.consent import (
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Method,
    Provision,
    Role,
    Stage,
    Taken,
)
from storybank.domain.use import Act, Material

FORM = Evidence("form.pdf", "evidence/1.pdf", "ab" * 32)
MAIL = Evidence("mail.eml", "evidence/2.eml", "cd" * 32)


def a_record(code="C-0001", **about):
    provisions = (Provision(Decision.PERMIT, "website"), Provision(Decision.CONDITIONAL, "print", condition="Ask me."))
    plain = Consent(code, code, "amina", Attribution.FIRST_NAME, provisions, (), date(2026, 1, 1), date(2027, 1, 1),
                    evidence=(FORM, MAIL))
    return replace(plain, **about)


@dataclass
class Book:
    """A library's chain in memory: what was written, as it lies there."""

    links: list
    consents: dict

    @property
    def broken_at(self):
        return broken_at(self.links, self.consents)

    def happen(self, consent, state, at="2026-01-01T10:00:00+00:00", **about):
        before = self.links[-1].event.hash if self.links else START
        link = linked(consent, ConsentEvent(state, at, **about), before, len(self.links) + 1)
        self.links.append(link)
        self.consents[consent.id] = replace(consent, events=(*consent.events, link.event))
        return self.consents[consent.id]

    def lie(self, place, **about):
        """Change an event where it lies, in the chain and in its record."""
        link = self.links[place - 1]
        told = replace(link.event, **about)
        consent = self.consents[link.consent_id]
        events = tuple(told if event is link.event else event for event in consent.events)
        self.links[place - 1] = replace(link, event=told)
        self.consents[consent.id] = replace(consent, events=events)

    def rewrite(self, code, /, **about):
        self.consents[code] = replace(self.consents[code], **about)


@pytest.fixture
def book():
    """Two people's records: 1 given, 2 given, 3 the first is renewed, 4 the second is withdrawn."""
    book = Book([], {})
    first = book.happen(a_record(), ConsentState.GIVEN, by="Nadia", reason="at the clinic")
    second = book.happen(a_record("C-0002", contributor_id="george"), ConsentState.GIVEN)
    book.happen(first, ConsentState.RENEWED, "2026-02-01T10:00:00+00:00")
    book.happen(second, ConsentState.WITHDRAWN, "2026-03-01T10:00:00+00:00", reason="I moved.")
    return book


def test_a_chain_that_nobody_touched_is_whole(book):
    assert book.broken_at is None
    assert broken_at([], {}) is None


@pytest.mark.parametrize("place", [1, 2, 3, 4])
@pytest.mark.parametrize("lie", [
    {"state": ConsentState.GIVEN}, {"state": ConsentState.REFUSED}, {"at": "2020-01-01T10:00:00+00:00"},
    {"by": "somebody"}, {"reason": "because"}, {"role": Role.GUARDIAN}, {"seq": 9}, {"hash": "0" * 64},
])
def test_an_event_that_was_changed_shows_where_it_lies(book, place, lie):
    before = book.links[place - 1]
    book.lie(place, **lie)
    assert book.broken_at == (None if before == book.links[place - 1] else place)


def test_every_field_of_an_event_is_tried():
    assert {f.name for f in fields(ConsentEvent)} == {"state", "at", "by", "reason", "role", "seq", "hash"}


OTHERWISE = {
    "code": "C-0009", "contributor_id": "george", "attribution": Attribution.FULL, "given_on": None,
    "valid_until": None, "story_ids": frozenset({"story-1"}), "stage": Stage.RECORD, "wishes": Wishes(face=True),
    "taken": Taken(method=Method.PHONE), "supersedes_id": "C-0000", "provisions": (), "evidence": (), "id": "C-0009",
    "events": (),
}


@pytest.mark.parametrize("field", sorted({f.name for f in fields(Consent)}))
def test_a_record_that_was_changed_shows_at_its_first_event(book, field):
    book.rewrite("C-0001", **{field: OTHERWISE[field]})
    assert book.broken_at == (3 if field == "events" else 1)


DECIDED_OTHERWISE = {
    "decision": Decision.DENY, "use": None, "territory": "CA", "material": Material.QUOTE,
    "attribution": Attribution.FULL, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 1), "condition": "None.",
    "purpose": "campaign", "channel": "print", "audience": "public", "act": Act.EDIT, "quote_id": "q1",
}


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("field", sorted({f.name for f in fields(Provision)}))
def test_a_decision_that_was_changed_shows(book, field, n):
    provisions = list(book.consents["C-0001"].provisions)
    provisions[n] = replace(provisions[n], **{field: DECIDED_OTHERWISE[field]})
    book.rewrite("C-0001", provisions=tuple(provisions))
    assert book.broken_at == 1


@pytest.mark.parametrize("part", [Wishes, Taken])
def test_every_answer_and_every_circumstance_is_sealed(book, part):
    for field in fields(part):
        value = True if part is Wishes else Method.EMAIL if field.name == "method" else "otherwise"
        tampered = Book(book.links, dict(book.consents))
        tampered.rewrite("C-0002", **{part.__name__.lower(): part(**{field.name: value})})
        assert tampered.broken_at == 2


def test_a_proof_that_was_exchanged_or_taken_away_shows(book):
    for evidence in ((replace(FORM, sha256="ef" * 32), MAIL), (MAIL, FORM), (FORM,)):
        book.rewrite("C-0002", evidence=evidence)
        assert book.broken_at == 2


def test_decisions_that_were_swapped_taken_away_or_slipped_in_show(book):
    one, two = book.consents["C-0001"].provisions
    for provisions, place in [((two, one), 1), ((one,), 1), ((one, two, Provision(Decision.PERMIT)), 3)]:
        book.rewrite("C-0001", provisions=provisions)
        assert book.broken_at == place


def test_a_decision_that_was_added_with_an_event_of_its_own_is_sealed_by_it(book):
    grown = replace(book.consents["C-0001"], provisions=(*a_record().provisions, Provision(Decision.DENY, "brief")))
    book.happen(grown, ConsentState.RENEWED)
    assert book.broken_at is None
    book.rewrite("C-0001", provisions=(*a_record().provisions, Provision(Decision.PERMIT, "brief")))
    assert book.broken_at == 5


def test_a_proof_that_came_later_leaves_what_was_sealed_as_it_was(book):
    book.rewrite("C-0001", evidence=(FORM, MAIL, replace(FORM, sha256="99" * 32)))
    assert book.broken_at is None


@pytest.mark.parametrize("place", [1, 2, 3])
def test_an_event_that_is_missing_in_the_middle_shows(book, place):
    del book.links[place - 1]
    assert book.broken_at == place


def test_a_missing_event_shows_even_when_those_after_it_are_numbered_anew(book):
    del book.links[1]
    book.links[1:] = [replace(link, event=replace(link.event, seq=n)) for n, link in enumerate(book.links[1:], 2)]
    assert book.broken_at == 2


def test_the_newest_event_cannot_be_dropped_from_the_chain_alone(book):
    del book.links[3]
    assert book.broken_at == 2


@pytest.mark.parametrize("pair", [(1, 2), (2, 3), (3, 4), (1, 4)])
def test_two_events_that_were_swapped_show(book, pair):
    one, other = pair
    links = book.links
    links[one - 1], links[other - 1] = links[other - 1], links[one - 1]
    assert book.broken_at == one


def test_events_that_a_record_tells_in_another_order_show(book):
    withdrawn = book.consents["C-0002"]
    book.rewrite("C-0002", events=tuple(reversed(withdrawn.events)))
    assert book.broken_at == 4


def test_an_event_that_only_the_record_tells_shows(book):
    new = a_record("C-0003", events=(ConsentEvent(ConsentState.GIVEN, "2026-01-01T10:00:00+00:00"),))
    book.consents["C-0003"] = new
    assert book.broken_at == 5


def test_a_record_that_is_gone_shows_at_its_first_event(book):
    del book.consents["C-0002"]
    assert book.broken_at == 2


def test_an_event_moved_to_another_record_shows(book):
    book.links[2] = replace(book.links[2], consent_id="C-0002")
    assert book.broken_at == 3


def test_how_much_an_event_sealed_cannot_be_changed(book):
    for counts in ({"provisions": 1}, {"evidence": 1}):
        assert broken_at([replace(book.links[0], **counts), *book.links[1:]], book.consents) == 1


def test_a_field_added_later_with_a_default_changes_no_hash(book):
    def grown(part):
        wider = make_dataclass("Wider", [("note", str, ""), ("mood", int, 7), ("also", object, None)],
                               bases=(type(part),), frozen=True)
        return wider(**{f.name: getattr(part, f.name) for f in fields(part)})

    for code, consent in book.consents.items():
        book.consents[code] = replace(consent, provisions=tuple(map(grown, consent.provisions)),
                                      wishes=grown(consent.wishes), taken=grown(consent.taken))
    assert book.broken_at is None
    odd = replace(book.consents["C-0001"].provisions[0], mood=8)
    book.rewrite("C-0001", provisions=(odd, *book.consents["C-0001"].provisions[1:]))
    assert book.broken_at == 1


def test_the_hash_of_a_plain_event_stays_what_it_was_in_the_first_release():
    link = linked(a_record(), ConsentEvent(ConsentState.GIVEN, "2026-01-01T10:00:00+00:00", "Nadia"), START, 1)
    assert link.event.hash == "af1ff82f435e701d2414c7459df92ce2e1d6cf9c87a4886bbb598f8ad80bf4b5"


@given(st.text(max_size=8), st.text(max_size=8))
def test_two_texts_never_run_into_each_other(by, reason):
    one = linked(a_record(), ConsentEvent(ConsentState.GIVEN, "", by, reason), START, 1)
    other = linked(a_record(), ConsentEvent(ConsentState.GIVEN, "", by + reason, ""), START, 1)
    assert (one.event.hash == other.event.hash) is (reason == "")
