"""Sealing: linking the events of a library that was made before there was a chain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, update

from storybank.domain.chain import START, linked
from storybank.domain.consent import Consent
from storybank.persistence.consent_tables import consent_events
from storybank.persistence.consents import HEAD, StoredConsents, event_row
from storybank.persistence.tables import library
from storybank.persistence.transaction import JoinedTransaction


def seal(connection: Connection) -> None:
    """Link every event in the order they happened, and note the head."""
    own, head, seq = consent_events.c, START, 0
    for seq, (consent, position) in enumerate(_as_they_happened(_kept(connection)), 1):
        link = linked(consent, consent.events[position], head, seq)
        its = (own.consent_id == consent.id) & (own.position == position)
        connection.execute(update(consent_events).where(its).values(event_row(link, position)))
        head = link.event.hash
    connection.execute(insert(library).values(key=HEAD, value=f"{seq}:{head}"))


def _kept(connection: Connection) -> list[Consent]:
    return StoredConsents(JoinedTransaction(connection)).all()


def _as_they_happened(kept: Iterable[Consent]) -> list[tuple[Consent, int]]:
    """Return each event by its record and place there, oldest first; none comes before an earlier one of its record."""
    moments = []
    for consent in kept:
        latest = ""
        for position, event in enumerate(consent.events):
            latest = max(latest, _in_utc(event.at))
            moments.append((latest, consent.id, position, consent))
    return [(consent, position) for _, _, position, consent in sorted(moments, key=lambda moment: moment[:3])]


def _in_utc(at: str) -> str:
    """Return a moment so that it can be compared: people wrote it down by their own clocks."""
    try:
        return datetime.fromisoformat(at).astimezone(UTC).isoformat()
    except ValueError:
        return at
