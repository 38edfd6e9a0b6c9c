"""The agreements of a library, on disk: what is on file is only ever added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from storybank.domain.consent import (
    Attribution,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Provision,
)
from storybank.errors import NotFound, Refused
from storybank.persistence.tables import consent_events, consent_stories, consents, evidence, provisions
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredConsents:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, consent_id: str) -> Consent:
        """Return the agreement of that identifier."""
        for consent in self._those(consents.c.id == consent_id):
            return consent
        raise NotFound(say("There is no consent {id} in this library.", id=consent_id))

    def of(self, contributor_id: str) -> list[Consent]:
        """Return a person's consents, oldest first."""
        return self._those(consents.c.contributor_id == contributor_id)

    def all(self) -> list[Consent]:
        """Return every agreement on file, oldest first."""
        return self._those()

    def save(self, consent: Consent) -> None:
        """Write an agreement; its provisions, events and evidence may grow, and nothing on file may change."""
        known = next(iter(self._those(consents.c.id == consent.id)), None)
        if known is not None and known.contributor_id != consent.contributor_id:
            raise _not_on_file(consent)
        header = ("id", "code", "contributor_id", "attribution", "given_on", "valid_until")
        self._transaction.put(consents, {name: getattr(consent, name) for name in header})
        self._transaction.put_parts(
            consent_stories, "consent_id", consent.id,
            ({"consent_id": consent.id, "story_id": story_id} for story_id in sorted(consent.story_ids)),
        )  # fmt: skip
        self._grow(provisions, consent, known.provisions if known else (), consent.provisions)
        self._grow(consent_events, consent, known.events if known else (), consent.events)
        self._grow(evidence, consent, known.evidence if known else (), consent.evidence)

    def _grow(self, table: Table, consent: Consent, before: Sequence[Any], after: Sequence[Any]) -> None:
        if tuple(after[: len(before)]) != tuple(before):
            raise _not_on_file(consent)
        new = enumerate(after[len(before) :], len(before))
        self._transaction.add(table, ({"consent_id": consent.id, "position": n, **asdict(part)} for n, part in new))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Consent]:
        chosen = select(consents).where(*conditions).order_by(func.length(consents.c.code), consents.c.code)
        rows = self._transaction.rows(chosen)
        if not rows:
            return []
        parts = {table: self._parts(table, conditions) for table in (provisions, consent_events, evidence)}
        stories = self._parts(consent_stories, conditions)
        return [
            Consent(
                row.id, row.code, row.contributor_id, Attribution(row.attribution),
                tuple(map(_provision, parts[provisions][row.id])),
                tuple(map(_event, parts[consent_events][row.id])),
                row.given_on, row.valid_until,
                frozenset(story.story_id for story in stories[row.id]),
                tuple(map(_proof, parts[evidence][row.id])),
            )
            for row in rows
        ]  # fmt: skip

    def _parts(self, table: Table, conditions: Sequence[ColumnElement[bool]]) -> dict[str, list[AnyRow]]:
        statement = select(table).order_by(*table.primary_key.columns)
        if conditions:
            statement = statement.where(table.c.consent_id.in_(select(consents.c.id).where(*conditions)))
        parts = defaultdict(list)
        for row in self._transaction.rows(statement):
            parts[row.consent_id].append(row)
        return parts


def _not_on_file(consent: Consent) -> Refused:
    return Refused(
        say("What is on file in consent {code} cannot be changed or taken away.", code=consent.code),
        hint=say("Add to it instead: a mistake is corrected by a later entry, and both stay."),
    )


def _provision(row: AnyRow) -> Provision:
    level = Attribution(row.attribution) if row.attribution else None
    return Provision(
        Decision(row.decision), row.use, row.territory, row.material, level, row.starts_on, row.ends_on, row.condition
    )


def _event(row: AnyRow) -> ConsentEvent:
    return ConsentEvent(ConsentState(row.state), row.at, row.by, row.reason)


def _proof(row: AnyRow) -> Evidence:
    return Evidence(row.original_name, row.place, row.sha256)
