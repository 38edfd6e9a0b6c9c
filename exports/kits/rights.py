"""Rights: the papers of a kit that say who agreed to what, until when, on which conditions, and what was left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exports import spreadsheets
from exports.attribution import teaching
from exports.kits import consents
from exports.kits.assets import Asset, Parcel
from exports.obligations import citation, conditions_of, label_names, labels, listed_codes, plainly
from storybank.checksum import sha256_of
from storybank.domain.contributor import Label
from storybank.domain.export import Passage
from storybank.domain.permission import most_restrictive
from storybank.domain.withholding import says_too_much
from storybank.words import LANGUAGES, Words

SCHEMA = "storybank.consent-manifest/1"
LABELS = "community-labels.txt"
MANIFEST, MANIFEST_TABLE = "consent-manifest.json", "consent-manifest.csv"
_MANIFEST = ("path", "sha256", "bytes", "quote_ids", "consent_ids", "lang", "alt", "credit", "use_until")
_CREDITS = (
    "quote_id", "credit_line_en", "credit_line_fr", "shows_face", "carries_voice", "use_until", "conditions",
    "community_labels", "teaching_en", "teaching_fr",
)


def write_credits(parcel: Parcel, to: Path) -> None:
    """Write the credit of every quote in both languages, and what goes with it."""
    spreadsheets.write_csv(to, _CREDITS, ([
        p.cleared.quote.code, parcel.credit_line(p, "en"), parcel.credit_line(p, "fr"), _yes(p.cleared.shows_face),
        _yes(has_clip(p)), p.cleared.permission.until or "", "; ".join(_asked_anywhere(parcel, p)),
        "; ".join(label_names(p.cleared)), *(_teaching(parcel, p, language) for language in LANGUAGES),
    ] for p in parcel.passages))  # fmt: skip


def write_left_out(parcel: Parcel, to: Path) -> None:
    """List what was left out, without a name and without the person's own reason: that stays in the library."""
    words = Words("fr")
    reason = "Consent does not cover this use"
    rows = sorted((one.quote.code, one.story.code) for one in parcel.order.left_out)
    spreadsheets.write_csv(to, ["quote_id", "story_id", "reason_en", "reason_fr"],
                 ([*row, reason, words("Consent does not cover this use")] for row in rows))


def write_labels(parcel: Parcel, to: Path) -> None:
    """Write the labels and notices of the communities, exactly as they were written; without any, no file."""
    pages = [f"{listed_codes(one.quotes)}\n\n{plainly(one.label)}\n" for one in labels(parcel.passages)]
    if pages:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text("\n\n".join(pages), encoding="utf-8", newline="\n")


def write_consent_manifest(parcel: Parcel, assets: Sequence[Asset], folder: Path, into: Path) -> None:
    """Write what each file rests on, for programs and as a table; people appear only as a reference of this kit."""
    manifest = consent_manifest(parcel, assets, folder)
    write_json(manifest, into / MANIFEST)
    spreadsheets.write_csv(into / MANIFEST_TABLE, _MANIFEST, ([
        " ".join(cell) if isinstance(cell, list) else "" if cell is None else cell
        for cell in (one[column] for column in _MANIFEST)
    ] for one in manifest["assets"]))  # fmt: skip


def consent_manifest(parcel: Parcel, assets: Sequence[Asset], folder: Path) -> dict[str, Any]:
    """Return what each file rests on."""
    limit, (place, seal) = parcel.use_until, parcel.order.head
    return {
        "schema": SCHEMA,
        "kit_id": f"kit:{parcel.order.code}",
        "exported_at": parcel.order.made_at,
        "kit_use_until": _day(limit),
        "limiting_consents": sorted({
            code for p in parcel.cleared_for_parts if limit and p.cleared.permission.until == limit
            for code in p.cleared.permission.consents
        }),
        "stop_use_contact": parcel.kit.contact,
        "chain_head": {"seq": place, "sha256": seal} if place else None,
        "uses": [{"key": use.key, "purpose": use.purpose, "channel": use.channel, "audience": use.audience,
                  "territory": use.territory} for use in parcel.order.uses],
        "consents": consents.records(parcel),
        "quotes": [_quote(parcel, passage) for passage in parcel.passages],
        "community_labels": [{**_label(one.label), "quote_ids": list(one.quotes)} for one in labels(parcel.passages)],
        "assets": [_asset(parcel, asset, folder) for asset in sorted(assets, key=lambda asset: asset.path)],
    }


def write_kit_card(parcel: Parcel, to: Path) -> None:
    """Write what the kit is."""
    order, kit = parcel.order, parcel.kit
    write_json({
        "schema": "storybank.kit/1", "kit_id": f"kit:{order.code}", "title": kit.title, "made_at": order.made_at,
        "organization": kit.organization, "contact": kit.contact, "recipient": order.recipient,
        "languages": list(parcel.languages), "parts": [str(part) for part in kit.parts], "draft": kit.reference,
        "uses": [use.key for use in order.uses], "use_until": _day(parcel.use_until),
        "quotes": [passage.cleared.quote.code for passage in parcel.passages],
        "without_clip": [p.cleared.quote.code for p in parcel.passages if not has_clip(p)],
        "left_out": len(order.left_out), "storybank_version": order.storybank_version,
    }, to)  # fmt: skip


def write_json(content: Any, to: Path) -> None:  # noqa: ANN401 - JSON holds anything
    """Write JSON that people can read too."""
    to.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def has_clip(passage: Passage) -> bool:
    """Tell whether it goes out as a film: that and the voice are permitted, and give nothing away that is not."""
    cleared = passage.cleared
    return cleared.may_be_clip and cleared.carries_voice and not says_too_much(cleared)


def _quote(parcel: Parcel, passage: Passage) -> dict[str, Any]:
    cleared = passage.cleared
    every = parcel.order.everywhere(cleared.quote.code)
    answer = most_restrictive([one.cleared.permission for one in every])
    return {
        "quote_id": cleared.quote.code,
        "story_id": cleared.story.code,
        "person_ref": consents.person_ref(cleared.speaker.id, parcel.order.code),
        "consent_ids": list(answer.consents),
        "consent_events": dict(answer.events),
        "evidence_sha256": sorted({proof for one in every for proof in one.consent_evidence}),
        "language": f"{cleared.quote.language}-CA",
        "attribution": {"level": cleared.attribution.rank, "key": cleared.attribution.value,
                        **{language: parcel.credit(passage, language) for language in LANGUAGES}},
        "media": {"text": True, "voice": has_clip(passage), "face": cleared.shows_face},
        "muted_or_cut": any(one.silences for one in cleared.restrictions),
        "blurred": any(one.hides for one in cleared.restrictions),
        "conditions": _asked_anywhere(parcel, passage),
        "community_labels": [_label(label) for label in dict.fromkeys(cleared.labels)],
        "teaching": {language: said for language in LANGUAGES if (said := _teaching(parcel, passage, language))},
        "text_sha256": hashlib.sha256(cleared.quote.text.encode()).hexdigest(),
        "use_until": _day(answer.until),
    }


def _asset(parcel: Parcel, asset: Asset, folder: Path) -> dict[str, Any]:
    file = folder / asset.path
    return {
        "path": asset.path,
        "sha256": sha256_of(file),
        "bytes": file.stat().st_size,
        "quote_ids": list(asset.quotes),
        "consent_ids": sorted({code for p in asset.passages for code in p.cleared.permission.consents}),
        "lang": f"{asset.language}-CA",
        "alt": asset.alt,
        "credit": [parcel.credit_line(p, asset.language) for p in asset.passages],
        "use_until": _day(min((p.cleared.permission.until for p in asset.passages if p.cleared.permission.until),
                              default=None)),
        "made_from": [{"recording": p.cleared.recording.code, "in": _clock(p.cleared.quote.start_ms),
                       "out": _clock(p.cleared.quote.end_ms)} for p in asset.passages],
    }


def _label(label: Label) -> dict[str, Any]:
    return {"name": label.name, "text": label.text, "uri": label.uri, "language": label.language,
            "kind": "notice" if label.is_notice else "label"}


def _teaching(parcel: Parcel, passage: Passage, language: str) -> str:
    return citation(passage.cleared, language, parcel.order.codebook) if teaching(passage.cleared) else ""


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _day(day: object) -> str | None:
    return str(day) if day else None


def _asked_anywhere(parcel: Parcel, passage: Passage) -> list[str]:
    """Return the conditions on a quote, those of every part that it is in among them."""
    every = parcel.order.everywhere(passage.cleared.quote.code)
    return list(dict.fromkeys(asked for one in every for asked in conditions_of(one.cleared)))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
