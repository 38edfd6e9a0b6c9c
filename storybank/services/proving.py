"""Proving: the files and moments that prove an agreement, kept beside it and shown only on purpose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from storybank.checksum import sha256_of
from storybank.domain.consent import Consent, Evidence, EvidenceKind
from storybank.domain.events import EvidenceAdded, EvidenceViewed
from storybank.errors import Damaged, Invalid, NotFound, Unavailable
from storybank.ports import Clock, OpenWork, Store, Ticket
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that is about to be put beside a consent; or, without a file, a moment of a recording of the library."""

    file: Path | None = None
    kind: EvidenceKind = EvidenceKind.SIGNED_FORM
    recording_id: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    received_on: date | None = None
    language: str = ""


class Proving:
    """Everything one can do with proofs."""

    def __init__(self, open_work: OpenWork, store: Store, clock: Clock) -> None:
        self._open_work = open_work
        self._store = store
        self._clock = clock

    def add(self, consent_id: str, proof: Proof, ticket: Ticket) -> Consent:
        """Put one more proof beside a consent."""
        evidence = take_evidence(self._open_work, self._store, proof, self._clock().date(), ticket)
        with self._open_work() as work:
            consent = work.consents.get(consent_id)
            saved = work.consents.save(replace(consent, evidence=(*consent.evidence, evidence)))
            work.record(EvidenceAdded(saved.id))
            work.commit()
        return saved

    def view(self, consent_id: str, number: int) -> Path:
        """Return where a proof lies, 1 being the first, after checking it; that it was looked at stays on record.

        Raises `Unavailable` when the file is gone and `Damaged` when it has changed; the consent is untouched.
        """
        with self._open_work() as work:
            consent = work.consents.get(consent_id)
            if not 1 <= number <= len(consent.evidence):
                raise NotFound(say("Consent {code} has no proof number {number}.", code=consent.code, number=number))
            proof = consent.evidence[number - 1]
            work.record(EvidenceViewed(consent.id, number))
            work.commit()
        file = self._store.path(proof.place)
        untouched = say("The consent itself is untouched. Put the file back from a backup.")
        if not file.is_file():
            raise Unavailable(say("{file} is missing from the library.", file=proof.original_name), hint=untouched)
        if sha256_of(file) != proof.sha256:
            raise Damaged(say("{file} has changed since it came in.", file=proof.original_name), hint=untouched)
        return file


def take_evidence(open_work: OpenWork, store: Store, proof: Proof, today: date, ticket: Ticket) -> Evidence:
    """Take a proof into the library, or point at the moment of a recording that is one."""
    _check(proof)
    if proof.file:
        kept = store.take_in(proof.file, ticket)
        name, place, sha256 = proof.file.name, kept.place, kept.sha256
    else:
        with open_work() as work:
            recording = work.recordings.get(proof.recording_id)
        name, place, sha256 = recording.original_name, recording.place, recording.sha256
        if (proof.end_ms or 0) > recording.facts.duration_ms:
            raise Invalid(say("{file} is shorter than that.", file=recording.original_name))
    return Evidence(name, place, sha256, proof.kind, proof.start_ms, proof.end_ms, proof.received_on or today,
                    proof.language)


def _check(proof: Proof) -> None:
    if proof.file and proof.file.is_file() and not proof.file.stat().st_size:
        raise Invalid(say("{file} is empty: it proves nothing.", file=proof.file.name))
    if proof.start_ms is not None and proof.end_ms is not None and proof.end_ms <= proof.start_ms:
        raise Invalid(say("The spoken consent would end before it begins."))
    if proof.file is None and not proof.recording_id:
        raise Invalid(say("A proof needs a file, or a recording of the library."))
