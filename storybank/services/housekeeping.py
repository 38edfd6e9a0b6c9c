"""Housekeeping: checking that the library and every file in it is as it was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from storybank.checksum import sha256_of
from storybank.domain.chain import START, Link, broken_at
from storybank.domain.consent import Consent
from storybank.domain.recording import Recording
from storybank.errors import Damaged
from storybank.ports import OpenWork, Store, Ticket, UnitOfWork
from storybank.words import Sentence, say

FROM_OUTSIDE = say("Somebody changed it from outside. Compare with a backup and with the receipts people hold.")


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
            recordings, consents = work.recordings.all(), []
            try:
                consents = work.consents.all()
                findings += _wrong_with_consent(work, consents)
            except Damaged as found:
                findings.append(say("{what} {hint}", what=found.message, hint=found.hint))
        proofs = [proof for consent in consents for proof in consent.evidence]
        kept = [(r.original_name, r.place, r.sha256) for r in recordings if _was_here(r)]
        kept += [(p.original_name, p.place, p.sha256) for p in proofs]
        for number, (name, place, sha256) in enumerate(kept):
            ticket.check()
            ticket.report(number / len(kept), name)
            findings += self._wrong_with(name, self._store.path(place), sha256, quick)
        ticket.report(1.0)
        return findings

    def waiting(self) -> list[str]:
        """Return the codes of recordings that a project named and never brought: nothing is wrong with them."""
        with self._open_work() as work:
            return [one.code for one in work.recordings.all() if not _was_here(one)]

    @staticmethod
    def _wrong_with(name: str, file: Path, sha256: str, quick: bool) -> list[Sentence]:
        if not file.exists():
            return [say("{name} is missing from {place}.", name=name, place=file)]
        if not quick and sha256_of(file) != sha256:
            return [say("{name} has changed since it came in.", name=name)]
        return []


def _was_here(recording: Recording) -> bool:
    return bool(recording.sha256)


def _wrong_with_consent(work: UnitOfWork, consents: Sequence[Consent]) -> list[Sentence]:
    """Return where the record of consent is not as it was written."""
    links, on_file = work.consents.chain(), {consent.id: consent for consent in consents}
    if (place := broken_at(links, on_file)) is not None:
        return [_changed_at(place, links, on_file)]
    known = {0: START} | {link.event.seq: link.event.hash for link in links}
    if work.consents.head() != (len(links), known[len(links)]):
        return [say("The latest events of consent, after event {number}, are missing. {hint}", number=len(links),
                    hint=FROM_OUTSIDE)]
    return [*_other_than_exports_saw(work, known), *_other_than_receipts_say(work, consents, known)]


def _changed_at(place: int, links: Sequence[Link], on_file: Mapping[str, Consent]) -> Sentence:
    """Say which event is not as it was written; one that is missing or was never there belongs to no consent."""
    consent = on_file.get(links[place - 1].consent_id) if place <= len(links) else None
    if consent is None:
        return say("The record of consent was changed at event {number}: it is missing, or its consent is. {hint}",
                   number=place, hint=FROM_OUTSIDE)
    return say("The record of consent was changed at event {number}, consent {code}. {hint}", number=place,
               code=consent.code, hint=FROM_OUTSIDE)


def _other_than_exports_saw(work: UnitOfWork, known: Mapping[int, str]) -> list[Sentence]:
    return [
        say("Export {code} saw another event {number} of consent than there is now. {hint}", code=export.code,
            number=export.head[0], hint=FROM_OUTSIDE)
        for export in work.ledger.all() if export.head[0] and known.get(export.head[0]) != export.head[1]
    ]  # fmt: skip


def _other_than_receipts_say(work: UnitOfWork, consents: Sequence[Consent], known: Mapping[int, str]) -> list[Sentence]:
    """Return what people hold in their hands and does not agree with the library: events, and forms they signed."""
    forms = {notice.id: notice.sha256 for notice in work.notices.all()}
    found = []
    for code, receipt in [(c.code, receipt) for c in consents for receipt in work.consents.receipts_of(c.id)]:
        head, form = _part(receipt, "chain_head"), _part(receipt, "privacy_notice")
        if known.get(head.get("seq", -1)) != head.get("hash"):
            found.append(say("A receipt of consent {code} tells of another event {number} than there is now. {hint}",
                             code=code, number=head.get("seq", "?"), hint=FROM_OUTSIDE))
        if form and forms.get(form.get("id", "")) != form.get("sha256"):
            found.append(say("The form {name} is not the one that consent {code} was given on. {hint}",
                             name=form.get("name", "?"), code=code, hint=FROM_OUTSIDE))
    return list(dict.fromkeys(found))


def _part(receipt: Mapping[str, object], name: str) -> Mapping[str, Any]:
    part = receipt.get(name)
    return part if isinstance(part, Mapping) else {}
