"""Rights: the papers of a kit that say who agreed to what, until when, and what was left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exports import sheets
from exports.assets import Asset, Parcel
from exports.attribution import says_too_much
from storybank.checksum import sha256_of
from storybank.domain.clearance import ClearedQuote
from storybank.domain.export import Passage
from storybank.words import LANGUAGES, Words

SCHEMA = "storybank.consent-manifest/1"


def write_credits(parcel: Parcel, to: Path) -> None:
    """Write the credit of every quote, in both languages."""
    header = ["quote_id", "credit_line_en", "credit_line_fr", "shows_face", "carries_voice", "use_until"]
    sheets.write(to, header, (
        [p.cleared.quote.code, parcel.credit_line(p, "en"), parcel.credit_line(p, "fr"),
         _yes(p.cleared.shows_face), _yes(p.cleared.carries_voice), p.cleared.permission.until or ""]
        for p in parcel.passages
    ))


def write_left_out(parcel: Parcel, to: Path) -> None:
    """List what was left out, without a name and without the person's own reason: that stays in the library."""
    words = Words("fr")
    reason = "Consent does not cover this use"
    rows = sorted((one.quote.code, one.story.code) for one in parcel.order.left_out)
    sheets.write(to, ["quote_id", "story_id", "reason_en", "reason_fr"],
                 ([*row, reason, words("Consent does not cover this use")] for row in rows))


def write_consent_manifest(parcel: Parcel, assets: Sequence[Asset], folder: Path, to: Path) -> None:
    """Write what each file rests on; people appear only as a reference that means nothing elsewhere."""
    limit = parcel.use_until
    manifest = {
        "schema": SCHEMA,
        "kit_id": f"kit:{parcel.order.code}",
        "exported_at": parcel.order.made_at,
        "kit_use_until": _day(limit),
        "limiting_consents": sorted({
            code for p in parcel.passages if limit and p.cleared.permission.until == limit
            for code in p.cleared.permission.consents
        }),
        "stop_use_contact": parcel.kit.contact,
        "uses": [{"key": use.key, "purpose": use.purpose, "channel": use.channel, "audience": use.audience,
                  "territory": use.territory} for use in parcel.order.uses],
        "consents": _consents(parcel),
        "quotes": [_quote(parcel, passage) for passage in parcel.passages],
        "assets": [_asset(parcel, asset, folder) for asset in sorted(assets, key=lambda asset: asset.path)],
    }
    write_json(manifest, to)


def write_json(content: Any, to: Path) -> None:  # noqa: ANN401 - JSON holds anything
    """Write JSON that people can read too."""
    to.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def person_ref(cleared: ClearedQuote, kit_code: str) -> str:
    """Return a reference to a person that tells nothing, and differs from kit to kit."""
    return "P-" + hashlib.sha256(f"{kit_code}/{cleared.speaker.id}".encode()).hexdigest()[:10]


def has_clip(passage: Passage) -> bool:
    """Tell whether the voice may be heard: it is permitted, and gives nothing away that is not."""
    return passage.cleared.carries_voice and not says_too_much(passage.cleared)


def _consents(parcel: Parcel) -> list[dict[str, Any]]:
    codes = sorted({code for p in parcel.passages for code in p.cleared.permission.consents})
    found = []
    for code in codes:
        resting = [p for p in parcel.passages if code in p.cleared.permission.consents]
        found.append({
            "consent_id": code,
            "status_at_export": "active",
            "use_until": _day(min((p.cleared.permission.until for p in resting if p.cleared.permission.until),
                                  default=None)),
            "quote_ids": [p.cleared.quote.code for p in resting],
        })
    return found


def _quote(parcel: Parcel, passage: Passage) -> dict[str, Any]:
    cleared = passage.cleared
    return {
        "quote_id": cleared.quote.code,
        "story_id": cleared.story.code,
        "person_ref": person_ref(cleared, parcel.order.code),
        "consent_ids": list(cleared.permission.consents),
        "evidence_sha256": sorted(passage.consent_evidence),
        "language": f"{cleared.quote.language}-CA",
        "attribution": {"level": cleared.attribution.rank, "key": cleared.attribution.value,
                        **{language: parcel.credit(passage, language) for language in LANGUAGES}},
        "media": {"text": True, "voice": has_clip(passage), "face": cleared.shows_face},
        "text_sha256": hashlib.sha256(cleared.quote.text.encode()).hexdigest(),
        "use_until": _day(cleared.permission.until),
    }


def _asset(parcel: Parcel, asset: Asset, folder: Path) -> dict[str, Any]:
    quote, file = asset.passage.cleared.quote, folder / asset.path
    return {
        "path": asset.path,
        "sha256": sha256_of(file),
        "bytes": file.stat().st_size,
        "quote_ids": [quote.code],
        "consent_ids": list(asset.passage.cleared.permission.consents),
        "lang": f"{asset.language}-CA",
        "alt": asset.alt,
        "credit": parcel.credit_line(asset.passage, asset.language),
        "use_until": _day(asset.passage.cleared.permission.until),
        "made_from": {"recording": asset.passage.cleared.recording.code,
                      "in": _clock(quote.start_ms), "out": _clock(quote.end_ms)},
    }


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _day(day: object) -> str | None:
    return str(day) if day else None


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
