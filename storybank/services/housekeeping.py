"""Housekeeping: checking that the library and every file in it is as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from storybank.checksum import sha256_of
from storybank.ports import OpenWork, Store, Ticket
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
