"""Catalogue: stories as Dublin Core in CSV and as JSON-LD, for libraries, archives and search engines; and read back.

DCMI Metadata Terms (dublincore.org/specifications/dublin-core/dcmi-terms); schema.org VideoObject and AudioObject.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exports import spreadsheets
from exports.attribution import credit, withheld
from exports.transcripts.incoming import CHECK_FILE
from storybank.domain.catalogue import Card, CardRow, Catalogue
from storybank.domain.vocabulary import province
from storybank.domain.withholding import tells_place
from storybank.errors import Invalid
from storybank.words import Words, say

COLUMNS = (
    "dcterms:identifier", "dcterms:title", "dcterms:alternative", "dcterms:creator", "dcterms:date",
    "dcterms:language", "dcterms:type", "dcterms:format", "dcterms:extent", "dcterms:spatial", "dcterms:subject",
    "dcterms:isPartOf", "dcterms:rights", "dcterms:valid", "id",
)  # fmt: skip
_ENDINGS = (".csv", ".jsonld", ".json")
_SCHEMA = "https://schema.org/"
_TERMS = "http://purl.org/dc/terms/"


class CatalogueFormats:
    """Writes what is known about stories, and reads it back (`ports.CatalogueFiles`)."""

    def check(self, to: Path) -> None:
        """Raise `Invalid` naming the formats there are, where the file's ending names none."""
        if to.suffix.lower() not in _ENDINGS:
            raise Invalid(say("Storybank does not know catalogues that end in {ending}.",
                              ending=to.suffix or to.name),
                          hint=say("Choose one of: {endings}.", endings=", ".join(_ENDINGS)))

    def write(self, catalogue: Catalogue, to: Path) -> None:
        """Write in the format that the file's ending names."""
        self.check(to)
        if to.suffix.lower() == ".csv":
            spreadsheets.write_csv(to, COLUMNS, (_cells(card, catalogue) for card in catalogue.cards))
            return
        graph = [_linked(card, catalogue) for card in catalogue.cards]
        told = {"@context": {"@vocab": _SCHEMA, "dcterms": _TERMS}, "@type": "Dataset", "name": catalogue.title,
                "identifier": catalogue.order.code, "dateCreated": catalogue.order.made_at, "hasPart": graph}
        to.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")

    def read(self, untrusted_file: Path) -> list[CardRow]:
        """Return the rows of such a file; raise `Invalid` or `Damaged` with the reason."""
        self.check(untrusted_file)
        if untrusted_file.suffix.lower() != ".csv":
            return _from_json(untrusted_file)
        rows = spreadsheets.read_table(untrusted_file)
        found = [CardRow(int(row[""]), row.get("id", "").strip() or _term(row, "identifier"), _known(row))
                 for row in rows]
        if found and not any(one.story for one in found):
            raise Invalid(say("{file} has no column named “{column}”.", file=untrusted_file.name,
                              column="dcterms:identifier"), hint=CHECK_FILE)
        return found


def _facts(card: Card, catalogue: Catalogue) -> dict[str, Any]:
    cleared, language = card.cleared, catalogue.language
    story, facts, words = cleared.story, cleared.recording.facts, Words(language)
    uses = ", ".join(use.label(language) for use in catalogue.order.uses)
    until = cleared.permission.until
    speaker = credit(cleared, language, catalogue.order.codebook).text
    rights = words("Cleared for: {uses}", uses=uses)
    return {
        "identifier": story.code, "title": words("Reflection: {speaker}", speaker=speaker),
        "alternative": withheld(story.title, cleared, story.language) if catalogue.with_titles else "",
        "creator": speaker,
        "date": story.recorded_on, "language": story.language,
        "type": "MovingImage" if facts.video else "Sound", "format": f"{'video' if facts.video else 'audio'}",
        "extent": _duration(facts.duration_ms),
        "spatial": province(cleared.speaker.province, language) if tells_place(cleared) else "",
        "subject": [code.label(language) for code in card.subjects],
        "part_of": "Voices of Social Prescribing", "rights": rights, "valid": until.isoformat() if until else "",
    }  # fmt: skip


def _cells(card: Card, catalogue: Catalogue) -> list[str]:
    told = _facts(card, catalogue)
    return [told["identifier"], told["title"], told["alternative"], told["creator"], told["date"], told["language"],
            told["type"], told["format"], told["extent"], told["spatial"], "; ".join(told["subject"]), told["part_of"],
            told["rights"], told["valid"], card.cleared.story.id]


def _linked(card: Card, catalogue: Catalogue) -> dict[str, Any]:
    told = _facts(card, catalogue)
    linked = {
        "@type": "VideoObject" if told["type"] == "MovingImage" else "AudioObject",
        "@id": f"urn:uuid:{card.cleared.story.id}", "identifier": told["identifier"], "name": told["title"],
        "alternateName": told["alternative"],
        "creator": {"@type": "Person", "name": told["creator"]}, "dateCreated": told["date"],
        "inLanguage": told["language"], "duration": told["extent"], "spatial": told["spatial"],
        "keywords": told["subject"], "isPartOf": told["part_of"], "usageInfo": told["rights"],
        "expires": told["valid"], "dcterms:type": told["type"],
    }  # fmt: skip
    return {name: value for name, value in linked.items() if value}


def _duration(ms: int) -> str:
    """Return a length as ISO 8601: `PT1H2M3S`."""
    seconds = round(ms / 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{seconds % 60}S"


def _term(row: Mapping[str, str], name: str) -> str:
    """Return a cell by its term, with either prefix or none."""
    return next((row[column].strip() for column in (f"dcterms:{name}", f"dc:{name}", name) if row.get(column)), "")


def _known(row: Mapping[str, str]) -> dict[str, str]:
    return {"title": _term(row, "alternative"), "date": _term(row, "date"), "language": _term(row, "language")}


def _from_json(file: Path) -> list[CardRow]:
    problem = say("{file} holds no stories as Storybank writes them.", file=file.name)
    return [
        CardRow(number, str(one.get("@id") or one.get("identifier", "")).removeprefix("urn:uuid:"), {
            "title": str(one.get("alternateName", "")), "date": str(one.get("dateCreated", "")),
            "language": str(one.get("inLanguage", "")),
        })
        for number, one in enumerate(spreadsheets.listed(file, "hasPart", problem), 1)
    ]  # fmt: skip
