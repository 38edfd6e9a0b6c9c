"""Housekeeping: checking that the library and every file in it is as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from storybank.checksum import sha256_of
from storybank.domain.chain import START, broken_at
from storybank.ports import OpenWork, Store, Ticket, UnitOfWork
from storybank.words import Sentence, say


class Housekeeping:
    """Everything one can do to look after a library."""

    def __init__(self, open_work: OpenWork, store: Store, check_database: Callable[[], list[str]]) -> None:
        self._open_work = open_work
        self._store = store
        self._check_database = check_database

    def verify(self, ticket: Ticket, *, quick: bool = False) -> list[Sentence]:
        """Return what is wrong with the library, in plain words; nothing when all is well."""
        findings = [say("The library file is damaged: {what}.", what=what) for what in self._check_database()]
        with self._open_work() as work:
            findings += _wrong_with_consent(work)
            recordings = work.recordings.all()
            proofs = [proof for consent in work.consents.all() for proof in consent.evidence]
        kept = [(r.original_name, r.place, r.sha256) for r in recordings]
        kept += [(p.original_name, p.place, p.sha256) for p in proofs]
        for number, (name, place, sha256) in enumerate(kept):
            ticket.check()
            ticket.report(number / len(kept), name)
            findings += self._wrong_with(name, self._store.path(place), sha256, quick)
        ticket.report(1.0)
        return findings

    @staticmethod
    def _wrong_with(name: str, file: Path, sha256: str, quick: bool) -> list[Sentence]:
        if not file.exists():
            return [say("{name} is missing from {place}.", name=name, place=file)]
        if not quick and sha256_of(file) != sha256:
            return [say("{name} has changed since it came in.", name=name)]
        return []


def _wrong_with_consent(work: UnitOfWork) -> list[Sentence]:
    """Return where the record of consent is not as it was written."""
    links, consents = work.consents.chain(), {consent.id: consent for consent in work.consents.all()}
    hint = say("Somebody changed it from outside. Compare with a backup and with the receipts people hold.")
    if (place := broken_at(links, consents)) is not None:
        code = consents[links[place - 1].consent_id].code if links[place - 1].consent_id in consents else "?"
        return [say("The record of consent was changed at event {number}, consent {code}. {hint}", number=place,
                    code=code, hint=hint)]
    known = {0: START} | {link.event.seq: link.event.hash for link in links}
    if work.consents.head() != (len(links), known[len(links)]):
        return [say("The latest events of consent are missing. {hint}", hint=hint)]
    witnesses = [(export.code, export.head) for export in work.ledger.all() if export.head[0]]
    return [
        say("Export {code} saw another record of consent than there is now. {hint}", code=code, hint=hint)
        for code, (seq, seen) in witnesses if known.get(seq) != seen
    ]
