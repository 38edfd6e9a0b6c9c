"""The agreements of a library, on disk: only ever added to, every event linked to the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Table, func, insert, select, update

from storybank.domain.attribution import UNSAID, Attribution, Wishes
from storybank.domain.chain import START, Link, linked
from storybank.domain.consent import (
    UNRECORDED,
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
from storybank.domain.receipt import Receipt
from storybank.domain.use import Act, Material
from storybank.errors import Damaged, NotFound, Refused
from storybank.persistence.consent_tables import (
    consent_events,
    consent_stories,
    consents,
    evidence,
    provisions,
    receipts,
)
from storybank.persistence.tables import library
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

HEAD = "chain"
"""Where the place and hash of the newest event are noted, beside the chain itself."""

_FROM_OUTSIDE = say("Somebody changed it from outside. Compare with a backup and with the receipts people hold.")

_HEADER = ("id", "code", "contributor_id", "attribution", "given_on", "valid_until", "stage", "supersedes_id")


class StoredConsents:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, consent_id: str) -> Consent:
        """Return the agreement of that identifier or short code."""
        wanted = consent_id.strip()
        for consent in self._those((consents.c.id == wanted) | (consents.c.code == wanted.upper())):
            return consent
        raise NotFound(say("There is no consent {id} in this library.", id=consent_id))

    def of(self, contributor_id: str) -> list[Consent]:
        """Return a person's consents, oldest first."""
        return self._those(consents.c.contributor_id == contributor_id)

    def all(self) -> list[Consent]:
        """Return every agreement on file, oldest first."""
        return self._those()

    def save(self, consent: Consent) -> Consent:
        """Write an agreement; its provisions, events and evidence may grow, and nothing on file may change."""
        known = next(iter(self._those(consents.c.id == consent.id)), None)
        if known is None:
            self._begin(consent)
        elif _sealed(known) != _sealed(consent):
            raise _not_on_file(consent)
        self._grow(provisions, consent, known.provisions if known else (), consent.provisions)
        self._grow(evidence, consent, known.evidence if known else (), consent.evidence)
        return self._link(consent, known.events if known else ())

    def chain(self) -> list[Link]:
        """Return every event of every consent, in the order they happened."""
        in_order = select(consent_events).order_by(consent_events.c.seq, consent_events.c.consent_id)
        with _as_written():
            return [
                Link(row.consent_id, _event(row), row.provisions, row.evidence)
                for row in self._transaction.rows(in_order)
            ]

    def head(self) -> tuple[int, str]:
        """Return place and hash of the newest event, as noted beside the chain."""
        row = self._transaction.row(select(library.c.value).where(library.c.key == HEAD))
        if row is None:
            return 0, START
        seq, _, its_hash = row.value.partition(":")
        with _as_written():
            return int(seq), its_hash

    def keep_receipt(self, receipt: Receipt, record: Mapping[str, object]) -> None:
        """Keep a receipt exactly as it was given."""
        row = {"id": receipt.id, "consent_id": receipt.consent.id, "seq": receipt.consent.events[-1].seq}
        self._transaction.add(receipts, [row | {"made_at": receipt.created_at, "record": record}])

    def receipts_of(self, consent_id: str) -> list[Mapping[str, object]]:
        """Return the receipts given for an agreement, oldest first."""
        own = select(receipts.c.record).where(receipts.c.consent_id == consent_id).order_by(receipts.c.seq)
        return [row.record for row in self._transaction.rows(own)]

    def _begin(self, consent: Consent) -> None:
        row = {name: getattr(consent, name) for name in _HEADER}
        row |= {"wishes": _plain(consent.wishes), "taken": _plain(consent.taken)}
        self._transaction.add(consents, [row])
        self._transaction.add(
            consent_stories,
            ({"consent_id": consent.id, "story_id": story_id} for story_id in sorted(consent.story_ids)),
        )

    def _grow(self, table: Table, consent: Consent, before: Sequence[Any], after: Sequence[Any]) -> None:
        if tuple(after[: len(before)]) != tuple(before):
            raise _not_on_file(consent)
        new = enumerate(after[len(before) :], len(before))
        self._transaction.add(table, ({"consent_id": consent.id, "position": n, **asdict(part)} for n, part in new))

    def _link(self, consent: Consent, before: Sequence[ConsentEvent]) -> Consent:
        """Link the new events of an agreement to the chain, and return it with them as they now lie there."""
        if tuple(consent.events[: len(before)]) != tuple(before):
            raise _not_on_file(consent)
        seq, head = self.head()
        events = list(before)
        for event in consent.events[len(before) :]:
            seq += 1
            link = linked(consent, event, head, seq)
            head = link.event.hash
            self._transaction.add(consent_events, [event_row(link, len(events))])
            events.append(link.event)
        if len(events) > len(before):
            self._note_head(f"{seq}:{head}")
        return replace(consent, events=tuple(events))

    def _note_head(self, head: str) -> None:
        noted = update(library).where(library.c.key == HEAD).values(value=head)
        if not self._transaction.execute(noted).rowcount:
            self._transaction.execute(insert(library).values(key=HEAD, value=head))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Consent]:
        chosen = select(consents).where(*conditions).order_by(func.length(consents.c.code), consents.c.code)
        with _as_written():
            rows = self._transaction.rows(chosen)
            if not rows:
                return []
            parts = {table: self._parts(table, conditions) for table in (provisions, consent_events, evidence)}
            stories = self._parts(consent_stories, conditions)
            return [
                _consent(row, {table: own[row.id] for table, own in parts.items()}, stories[row.id]) for row in rows
            ]

    def _parts(self, table: Table, conditions: Sequence[ColumnElement[bool]]) -> dict[str, list[AnyRow]]:
        statement = select(table).order_by(*table.primary_key.columns)
        if conditions:
            statement = statement.where(table.c.consent_id.in_(select(consents.c.id).where(*conditions)))
        parts = defaultdict(list)
        for row in self._transaction.rows(statement):
            parts[row.consent_id].append(row)
        return parts


def _consent(row: AnyRow, parts: Mapping[Table, Sequence[AnyRow]], stories: Sequence[AnyRow]) -> Consent:
    return Consent(
        row.id, row.code, row.contributor_id, Attribution(row.attribution),
        tuple(map(_provision, parts[provisions])), tuple(map(_event, parts[consent_events])),
        row.given_on, row.valid_until, frozenset(story.story_id for story in stories),
        tuple(map(_proof, parts[evidence])), Stage(row.stage), Wishes(**row.wishes) if row.wishes else UNSAID,
        _taken(row.taken), row.supersedes_id,
    )  # fmt: skip


@contextmanager
def _as_written() -> Iterator[None]:
    """Say so where a record holds what Storybank cannot have written: then somebody changed it from outside."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(
            say("The record of consent holds something that Storybank never writes: {what}.", what=error),
            hint=_FROM_OUTSIDE,
        ) from error


def event_row(link: Link, position: int) -> dict[str, Any]:
    """Return an event of the chain as a row."""
    counts = {"provisions": link.provisions, "evidence": link.evidence}
    return {"consent_id": link.consent_id, "position": position, **asdict(link.event), **counts}


def _sealed(consent: Consent) -> Consent:
    """Return an agreement without what may grow."""
    return replace(consent, provisions=(), events=(), evidence=())


def _not_on_file(consent: Consent) -> Refused:
    return Refused(
        say("What is on file in consent {code} cannot be changed or taken away.", code=consent.code),
        hint=say("Add to it instead: a mistake is corrected by a later entry, and both stay."),
    )


def _plain(part: Wishes | Taken) -> dict[str, Any] | None:
    """Return the fields that say something, for JSON; None where none does."""
    said = {f.name: getattr(part, f.name) for f in fields(part)}
    return {name: value for name, value in said.items() if value is not None and value != ""} or None


def _taken(kept: Mapping[str, Any] | None) -> Taken:
    if not kept:
        return UNRECORDED
    taken = Taken(**kept)
    return replace(taken, method=Method(taken.method)) if taken.method else taken


def _provision(row: AnyRow) -> Provision:
    return Provision(
        Decision(row.decision), row.use, row.territory, Material(row.material) if row.material else None,
        Attribution(row.attribution) if row.attribution else None, row.starts_on, row.ends_on,
        row.condition, row.purpose, row.channel, row.audience, Act(row.act), row.quote_id,
    )  # fmt: skip


def _event(row: AnyRow) -> ConsentEvent:
    try:
        return ConsentEvent(ConsentState(row.state), row.at, row.by, row.reason, Role(row.role), row.seq, row.hash)
    except ValueError as error:
        raise Damaged(
            say("The record of consent was changed at event {number}: {what}.", number=row.seq, what=error),
            hint=_FROM_OUTSIDE,
        ) from error


def _proof(row: AnyRow) -> Evidence:
    return Evidence(
        row.original_name, row.place, row.sha256, EvidenceKind(row.kind), row.start_ms, row.end_ms,
        row.received_on, row.language,
    )  # fmt: skip

