"""Sealing: linking the events of a library that was made before there was a chain."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from storybank.domain.chain import START, linked
from storybank.persistence.consent_tables import consent_events
from storybank.persistence.consents import HEAD, StoredConsents, event_row
from storybank.persistence.tables import library
from storybank.persistence.transaction import Transaction


def seal(connection: Connection) -> None:
    """Link every event in the order they happened, and note the head."""
    kept = {consent.id: consent for consent in StoredConsents(Transaction.on(connection)).all()}
    own = consent_events.c
    in_order = connection.execute(select(own.consent_id, own.position).order_by(own.at, own.consent_id, own.position))
    head, seq = START, 0
    for seq, row in enumerate(in_order.all(), 1):
        consent = kept[row.consent_id]
        link = linked(consent, consent.events[row.position], head, seq)
        its = (own.consent_id == row.consent_id) & (own.position == row.position)
        connection.execute(update(consent_events).where(its).values(event_row(link, row.position)))
        head = link.event.hash
    connection.execute(insert(library).values(key=HEAD, value=f"{seq}:{head}"))
