"""Columns: what a table of quotes tells of each, cell by cell; the same facts stand in the JSON."""

from __future__ import annotations

from exports.attribution import credit, withheld, words_of
from storybank.domain.codebook import CodeKind
from storybank.domain.dossier import Dossier, Entry
from storybank.domain.use import Material
from storybank.domain.vocabulary import province
from storybank.domain.withholding import tells_place

Fact = str | int | bool | list[str] | dict[str, str]

COLUMNS = (
    "quote", "id", "story", "recording", "in", "out", "start_ms", "end_ms", "words", "language", "shortened",
    "translation_en", "translation_fr", "attribution_en", "attribution_fr", "stakeholders", "building_blocks", "stages",
    "own_tags", "codes", "important", "recorded_on", "place", "before", "after", "consents", "uses", "use_until",
    "conditions", "media", "standing", "used_in", "coders", "notes",
)  # fmt: skip
"""`codes` holds keys, and with `important` is what can be changed and taken back in; the rest is for reading."""

_SEPARATOR = "; "


def clock(ms: int) -> str:
    """Return a moment as `hh:mm:ss.mmm`."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def facts(entry: Entry, dossier: Dossier) -> dict[str, Fact]:
    """Return what is told of a quote, by column; lists stay lists."""
    cleared, language = entry.passage.cleared, dossier.language
    quote, order = cleared.quote, dossier.order
    told: dict[str, Fact] = {
        "quote": quote.code, "id": quote.id, "story": cleared.story.code, "recording": cleared.recording.code,
        "in": clock(quote.start_ms), "out": clock(quote.end_ms), "start_ms": quote.start_ms, "end_ms": quote.end_ms,
        "words": words_of(cleared), "language": quote.language, **_versions(entry),
        "attribution_en": credit(cleared, "en", order.codebook).text,
        "attribution_fr": credit(cleared, "fr", order.codebook).text,
        "stakeholders": _named(entry, CodeKind.STAKEHOLDER, language),
        "building_blocks": _named(entry, CodeKind.BLOCK, language),
        "stages": _named(entry, CodeKind.STAGE, language), "own_tags": _named(entry, CodeKind.FREE, language),
        "codes": sorted(code.key for code in entry.codes), "important": quote.important,
        "recorded_on": cleared.story.recorded_on,
        "place": province(cleared.speaker.province, language) if tells_place(cleared) else "",
        "before": _beside(entry.before, entry), "after": _beside(entry.after, entry),
        "consents": list(cleared.permission.consents), "uses": [use.label(language) for use in order.uses],
        "use_until": cleared.permission.until.isoformat() if cleared.permission.until else "",
        "conditions": list(cleared.permission.conditions), "media": _media(entry), "standing": str(entry.hold),
        "used_in": [f"{code} ({day})" for code, day in entry.used], "coders": list(entry.coders),
        "notes": list(entry.notes),
    }  # fmt: skip
    return told


def cells(entry: Entry, dossier: Dossier) -> list[str | int]:
    """Return the same as the cells of a row."""
    return [_cell(fact) for fact in facts(entry, dossier).values()]


def _cell(fact: Fact) -> str | int:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return _SEPARATOR.join(fact) if isinstance(fact, list) else fact if isinstance(fact, int) else str(fact)


def _named(entry: Entry, kind: CodeKind, language: str) -> list[str]:
    return [code.label(language) for code in entry.codes if code.kind is kind]


def _versions(entry: Entry) -> dict[str, Fact]:
    """Return the shortened wording and translations, where they may leave and no word had to be taken out."""
    cleared = entry.passage.cleared
    said = {one.language: one.text for one in cleared.translations}
    return {"shortened": cleared.wording, "translation_en": said.get("en", ""), "translation_fr": said.get("fr", "")}


def _beside(text: str, entry: Entry) -> str:
    return withheld(text, entry.passage.cleared, entry.passage.cleared.quote.language)


def _media(entry: Entry) -> list[str]:
    cleared = entry.passage.cleared
    told = [Material.QUOTE.value]
    if cleared.may_be_clip and cleared.carries_voice:
        told.append(Material.CLIP.value)
    if cleared.carries_voice:
        told.append(Material.AUDIO.value)
    return [*told, *([Material.STILL.value] if cleared.may_be_still else [])]
