"""Word times: a transcript as JSON, each word with its time; ours, Whisper's, and what others made of that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from exports.transcripts.incoming import CHECK_FILE, check_words, in_time, milliseconds, seconds_ms
from exports.transcripts.told import provenance, share_reviewed
from storybank.domain.sheet import Manner, Sheet, SheetLine
from storybank.domain.transcript import Span, Word
from storybank.errors import Invalid
from storybank.words import say

FORMAT, SCHEMA = "storybank-transcript", 1
_TEXTS = ("text", "body", "content", "transcript")
_LISTS = ("segments", "transcription", "lines", "utterances", "cues", "results")


def write(sheet: Sheet, manner: Manner) -> str:
    """Return a transcript as JSON, with everything that is known of it."""
    value = {
        "format": FORMAT, "schema": SCHEMA, "title": sheet.title, "recording": sheet.recording,
        "recorded_on": sheet.recorded_on, "language": sheet.language, "duration_ms": sheet.duration_ms,
        "note": provenance(sheet, manner.language), "made": _made(sheet), "speakers": list(sheet.speakers),
        "restricted": [[one.start_ms, one.end_ms] for one in sheet.restricted],
        "lines": [_told(line) for line in sheet.lines],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _made(sheet: Sheet) -> dict[str, object] | None:
    if sheet.quality is None:
        return None
    whole = sheet.quality.whole
    return {
        "engine": sheet.quality.engine, "model": sheet.quality.model, "heard_on": sheet.quality.heard_on,
        "words": whole.words, "reviewed": whole.reviewed, "reviewed_percent": share_reviewed(sheet),
        "changed": whole.changed, "word_error_rate": whole.word_error_rate, "estimated": sheet.quality.estimated,
    }  # fmt: skip


def _told(line: SheetLine) -> dict[str, object]:
    return {
        "start_ms": line.start_ms, "end_ms": line.end_ms, "speaker": line.speaker, "language": line.language,
        "reviewed": line.reviewed, "opens_paragraph": line.opens_paragraph, "text": line.text,
        "words": [{"text": word.text, "start_ms": word.start_ms, "end_ms": word.end_ms,
                   "probability": word.probability, "estimated": word.estimated} for word in line.words],
    }  # fmt: skip


def read(text: str, name: str) -> Sheet:
    """Return what a JSON transcript says."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except Invalid:
        raise
    except (ValueError, RecursionError) as error:
        raise Invalid(say("{file} is not whole, or no JSON.", file=name), hint=CHECK_FILE) from error
    return _ours(found, name) if _is_ours(found) else _others(found, name)


def _no_number(constant: str) -> NoReturn:
    raise Invalid(say("There is a number in it that is none: {number}.", number=constant), hint=CHECK_FILE)


def _is_ours(found: object) -> bool:
    return isinstance(found, dict) and found.get("format") == FORMAT


def _ours(found: dict[str, Any], name: str) -> Sheet:
    if found.get("schema") != SCHEMA:
        raise Invalid(say("{file} was written by a newer Storybank.", file=name),
                      hint=say("Update Storybank, or ask for it as VTT."))
    lines = tuple(_own_line(one, name) for one in _mappings(found.get("lines")))
    check_words(lines, name)
    ordered, mended = in_time(lines, name) if all(line.timed for line in lines) else (lines, ())
    return Sheet(
        ordered, _text(found.get("title")), _text(found.get("recording")), _text(found.get("language")),
        milliseconds(found.get("duration_ms") or 0, name), _text(found.get("recorded_on")),
        restricted=tuple(Span(milliseconds(a, name), milliseconds(b, name)) for a, b in _pairs(found)),
        notes=tuple(map(_text, _listed(found.get("note")))), mended=mended,
    )  # fmt: skip


def _own_line(one: Mapping[str, Any], name: str) -> SheetLine:
    words = tuple(
        Word(_text(word.get("text")), milliseconds(word.get("start_ms"), name), milliseconds(word.get("end_ms"), name),
             _probability(word), word.get("estimated") is True)
        for word in _mappings(one.get("words"))
    )
    start, end = (None if one.get(key) is None else milliseconds(one[key], name) for key in ("start_ms", "end_ms"))
    return SheetLine(_text(one.get("text")), start, end, _text(one.get("speaker")), _text(one.get("language")), words,
                     one.get("opens_paragraph") is True, one.get("reviewed") is True)


def _others(found: object, name: str) -> Sheet:
    """Return what another program's JSON says: segments with text and times, and words where it has them."""
    about = found if isinstance(found, dict) else {}
    segments = found if isinstance(found, list) else next((about[key] for key in _LISTS if about.get(key)), None)
    lines = [line for one in _mappings(segments) if (line := _segment(one, name)).text]
    if not lines and _text(about.get("text")):
        lines = [SheetLine(_text(about["text"]))]
    if not lines:
        raise Invalid(say("There is no transcript in {file} that Storybank knows.", file=name),
                      hint=say("It reads its own JSON and that of Whisper."))
    check_words(lines, name)
    ordered, mended = in_time(lines, name) if all(line.timed for line in lines) else (tuple(lines), ())
    return Sheet(ordered, language=_text(about.get("language"))[:2].lower(), mended=mended)


def _segment(one: Mapping[str, Any], name: str) -> SheetLine:
    start, end = _times(one, name)
    words = tuple(word for said in _mappings(one.get("words")) if (word := _word(said, name)))
    text = next((_text(one[key]) for key in _TEXTS if one.get(key)), "") or " ".join(word.text for word in words)
    whole = words if [word.text for word in words] == text.split() and len(words) == len(one.get("words", ())) else ()
    return SheetLine(" ".join(text.split()), start, end, _text(one.get("speaker") or one.get("speaker_name")),
                     _text(one.get("language")), whole)


def _word(said: Mapping[str, Any], name: str) -> Word | None:
    start, end = _times(said, name)
    if start is None or end is None:
        return None
    return Word(_text(said.get("word") or said.get("text")), start, max(start, end), _probability(said))


def _times(one: Mapping[str, Any], name: str) -> tuple[int | None, int | None]:
    if isinstance(one.get("offsets"), dict):
        return milliseconds(one["offsets"].get("from"), name), milliseconds(one["offsets"].get("to"), name)
    begin = next((one[key] for key in ("start", "startTime", "start_time", "begin") if key in one), None)
    end = next((one[key] for key in ("end", "endTime", "end_time") if key in one), None)
    return seconds_ms(begin, name), seconds_ms(end, name)


def _probability(word: Mapping[str, Any]) -> float | None:
    value = word.get("probability", word.get("score", word.get("confidence")))
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if known and value is not None else None


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in _listed(value) if isinstance(one, dict))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(found: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    return ((one[0], one[1]) for one in _listed(found.get("restricted")) if isinstance(one, list) and len(one) == 2)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
