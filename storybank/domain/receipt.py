"""Receipt: what a person gets to keep about their consent, with the fields of ISO/IEC TS 27560:2023."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from storybank.domain.consent import Consent, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.notice import Notice
from storybank.domain.story import Story
from storybank.domain.use import Use

SCHEMA = "ISO/IEC TS 27560:2023"
PERSONAL = ("image", "voice", "words", "name", "role")
"""What a recording holds of a person."""
RIGHTS = ("access", "correction", "withdrawal", "complaint")


@dataclass(frozen=True, slots=True)
class Organization:
    """Whoever keeps the library and answers for it; in the words of the standard, the controller."""

    name: str = "Voices of Social Prescribing"
    privacy_officer: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    jurisdiction: str = "CA"
    storage: str = ""
    """Where the recordings are kept."""
    retention: str = ""
    """How long they are kept."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A consent as it stood after one of its events, for the person to keep."""

    id: str
    created_at: str
    """ISO 8601, UTC."""
    consent: Consent
    person: Contributor
    organization: Organization
    uses: tuple[Use, ...]
    """Every use that people are asked about, to say yes or no to each by name."""
    stories: tuple[Story, ...] = ()
    notice: Notice | None = None
    head: tuple[int, str] = (0, "")
    """Place and hash of the event in the chain, to be compared with the library later."""

    @property
    def language(self) -> str:
        """Return the language of the person."""
        return self.person.language if self.person.language in ("en", "fr") else "en"

    def record(self, on: date) -> dict[str, Any]:
        """Return the receipt as a value for JSON, each field by its name in the standard."""
        consent, last = self.consent, self.consent.events[-1] if self.consent.events else None
        return {
            "schema_version": SCHEMA, "receipt_id": self.id, "record_id": consent.id, "consent_code": consent.code,
            "created": self.created_at, "language": self.language,
            "pii_principal_id": self.person.id, "pii_principal_name": self.person.name,
            "pii_controllers": [self._party()],
            "privacy_notice": self._notice(),
            "jurisdiction": self.organization.jurisdiction,
            "storage_locations": [self.organization.storage] if self.organization.storage else [],
            "retention_period": self.organization.retention or None,
            "collection_method": consent.taken.method, "stage": consent.stage,
            "lawful_basis": "consent", "privacy_rights": list(RIGHTS),
            "pii_information": list(PERSONAL), "sensitive_pii": True,
            "purposes": [self._purpose(provision) for provision in consent.provisions],
            "uses_asked_about": [use.key for use in self.uses], "silence_means": "no",
            "attribution": consent.attribution, "may_be_told": asdict(consent.wishes.at(consent.attribution)),
            "stories": [story.code for story in self.stories] or "all",
            "recipient_third_parties": [],
            "withdrawal_method": self._ways_to_withdraw(),
            "validity_duration": {"from": _day(consent.given_on), "until": _day(consent.valid_until)},
            "event_time": last.at if last else None, "event_type": "explicit", "event_state": consent.state(on),
            "permits_anything": consent.stands(on), "entity_id": (last.by or last.role) if last else None,
            "entity_role": last.role if last else None, "supersedes": consent.supersedes_id or None,
            "witness": consent.taken.witness or None, "interpreter": consent.taken.interpreter or None,
            "evidence": [{"kind": proof.kind, "sha256": proof.sha256} for proof in consent.evidence],
            "events": [{"seq": e.seq, "state": e.state, "at": e.at, "role": e.role, "hash": e.hash}
                       for e in consent.events],
            "chain_head": {"seq": self.head[0], "hash": self.head[1]},
        }

    def _notice(self) -> dict[str, str] | None:
        """Return the very text that was agreed to; None when nobody recorded which."""
        notice = self.notice
        if notice is None:
            return None
        return {"id": notice.id, "name": notice.name, "title": notice.title, "version": notice.version,
                "language": notice.language, "sha256": notice.sha256}

    def _ways_to_withdraw(self) -> list[str]:
        """Return whom to tell: those of the notice, then the organisation itself."""
        house = self.organization
        return [way for way in (*(self.notice.contacts if self.notice else ()), house.phone, house.email, house.address)
                if way.strip()]  # fmt: skip

    def _party(self) -> dict[str, str]:
        house = self.organization
        return {"party_id": house.name, "name": house.name, "contact": house.privacy_officer, "address": house.address,
                "email": house.email, "phone": house.phone, "party_type": "controller"}

    def _purpose(self, provision: Provision) -> dict[str, Any]:
        use = next((use for use in self.uses if use.key == provision.use), None)
        return {
            "decision": provision.decision, "act": provision.act, "use": provision.use or "any",
            "purpose": provision.purpose or (use.purpose if use else "any"),
            "channel": provision.channel or (use.channel if use else "any"),
            "audience": provision.audience or (use.audience if use else "any"),
            "geographic_restrictions": provision.territory or "any", "material": provision.material or "any",
            "attribution": provision.attribution, "condition": provision.condition or None,
            "from": _day(provision.starts_on), "until": _day(provision.ends_on),
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
