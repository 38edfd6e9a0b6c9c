"""Consents: the agreements behind a kit as its receivers may know them: no names, no contacts, nothing signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from exports.kits.assets import Parcel
from exports.obligations import condition_beside
from storybank.domain.consent import Consent, Decision
from storybank.domain.export import Passage
from storybank.domain.use import Act

_ASKED_APART = {
    "translation": Act.TRANSLATE, "editing": Act.EDIT, "paid_advertising": Act.ADVERTISE, "ai_training": Act.TRAIN,
}
_NOT_SAID = "not said"


def records(parcel: Parcel) -> list[dict[str, Any]]:
    """Return every consent that something in the kit rests on, by its short code."""
    every = parcel.cleared_for_parts
    known = {consent.code: consent for passage in every for consent in passage.consents}
    codes = sorted({code for p in every for code in p.cleared.permission.consents})
    found = []
    for code in codes:
        resting = [p for p in every if code in p.cleared.permission.consents]
        ends = [p.cleared.permission.until for p in resting if p.cleared.permission.until]
        found.append({
            "consent_id": code,
            "status_at_export": "active",
            "use_until": str(min(ends)) if ends else None,
            "quote_ids": list(dict.fromkeys(p.cleared.quote.code for p in resting)),
            **(_record(known[code], resting, parcel.order.code) if code in known else {}),
        })
    return found


def person_ref(person_id: str, kit_code: str) -> str:
    """Return a reference to a person that tells nothing, and differs from kit to kit."""
    return "P-" + hashlib.sha256(f"{kit_code}/{person_id}".encode()).hexdigest()[:10]


def _record(consent: Consent, resting: Sequence[Passage], kit_code: str) -> dict[str, Any]:
    """Return what of an agreement goes along: how it was given and until when, never by whom or before whom."""
    own = {p.condition for p in consent.provisions if p.decision is Decision.CONDITIONAL}
    return {
        "person_ref": person_ref(consent.contributor_id, kit_code),
        "notice_id": consent.taken.notice_id or None,
        "method": consent.taken.method,
        "language": f"{consent.taken.language}-CA" if consent.taken.language else None,
        "given_on": str(consent.given_on) if consent.given_on else None,
        "valid_until": str(consent.valid_until) if consent.valid_until else None,
        "territories": sorted({p.territory or "any" for p in consent.provisions if p.decision is not Decision.DENY}),
        **{name: _answer(consent, act) for name, act in _ASKED_APART.items()},
        "conditions": _conditions(own, resting),
        "evidence_sha256": sorted(proof.sha256 for proof in consent.evidence),
    }


def _answer(consent: Consent, act: Act) -> str:
    """Return what was said about an act that has a question of its own: the strictest of it, silence as silence."""
    said = {provision.decision for provision in consent.provisions if provision.act is act}
    return next((decision.value.replace("_", " ") for decision in Decision if decision in said), _NOT_SAID)


def _conditions(own: set[str], resting: Sequence[Passage]) -> list[str]:
    """Return a consent's conditions on the quotes in the kit, as they stand beside these."""
    said = (
        condition_beside(condition, passage.cleared)
        for passage in resting for condition in passage.cleared.permission.conditions if condition in own
    )  # fmt: skip
    return list(dict.fromkeys(condition for condition in said if condition))
