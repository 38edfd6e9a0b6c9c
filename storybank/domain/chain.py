"""Chain: every event of every consent linked to the one before it, so that a changed or missing one shows.

SHA-256 over canonical JSON. The head is written into every receipt and every export, which are witnesses outside
the database: whoever rewrites the whole chain cannot rewrite those (reliability report, section 3.11).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace

from storybank.domain.attribution import Wishes
from storybank.domain.consent import Consent, ConsentEvent, Provision, Taken

START = "0" * 64
"""What comes before the first event."""


@dataclass(frozen=True, slots=True)
class Link:
    """An event as it lies in the chain, with what of its record it sealed."""

    consent_id: str
    event: ConsentEvent
    provisions: int
    """How many provisions were on file when it happened; they are only ever added to."""
    evidence: int


def linked(consent: Consent, event: ConsentEvent, before: str, seq: int) -> Link:
    """Return a new event of `consent` put at place `seq` of the chain, after the hash `before`."""
    link = Link(consent.id, replace(event, seq=seq), len(consent.provisions), len(consent.evidence))
    return replace(link, event=replace(link.event, hash=hash_of(link, consent, before)))


def hash_of(link: Link, consent: Consent, before: str) -> str:
    """Return what the hash of an event must be, given its record as it now lies there."""
    event = link.event
    sealed = {
        "before": before, "seq": event.seq, "consent": consent.id, "state": event.state, "at": event.at,
        "by": event.by, "reason": event.reason, "role": event.role,
        "record": {
            "code": consent.code, "contributor": consent.contributor_id, "attribution": consent.attribution,
            "given_on": consent.given_on, "valid_until": consent.valid_until, "stage": consent.stage,
            "stories": sorted(consent.story_ids), "supersedes": consent.supersedes_id,
            "wishes": _said(consent.wishes), "taken": _said(consent.taken),
            "provisions": [_said(p) for p in consent.provisions[: link.provisions]],
            "evidence": [e.sha256 for e in consent.evidence[: link.evidence]],
        },
    }  # fmt: skip
    text = json.dumps(sealed, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at(links: Iterable[Link], consents: Mapping[str, Consent]) -> int | None:
    """Return the place of the first event that is not as it was written, or follows a missing one; None if whole.

    Each record must hold the events of the chain and no others, in their order, and no decision that is not sealed.
    """
    before, last, told = START, 0, defaultdict[str, list[ConsentEvent]](list)
    unsealed: dict[str, int] = {}
    for place, link in enumerate(links, 1):
        consent = consents.get(link.consent_id)
        if consent is None or link.event.seq != place or hash_of(link, consent, before) != link.event.hash:
            return place
        before, last = link.event.hash, place
        told[consent.id].append(link.event)
        unsealed[consent.id] = len(consent.provisions) - link.provisions
    odd = [
        told[c.id][-1].seq if told[c.id] else last + 1
        for c in consents.values() if unsealed.get(c.id) or list(c.events) != told[c.id]
    ]  # fmt: skip
    return min(odd, default=None)


def _said(part: Wishes | Taken | Provision) -> dict[str, object]:
    """Return the fields that say something, so that a field added later with a default changes no hash of today."""
    unsaid = {field.name: field.default for field in fields(part)}
    return {name: value for name, value in asdict(part).items() if value != unsaid[name]}
