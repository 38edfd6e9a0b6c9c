"""Proof: what must be true of every kit, looked up in the folder itself before it leaves, and by tests."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from exports.kits.assets import Parcel, files_under
from exports.kits.rights import MANIFEST, MANIFEST_TABLE
from storybank.checksum import sha256_of
from storybank.domain.export import Order
from storybank.domain.withholding import as_said, names_kept
from storybank.errors import Damaged, Refused
from storybank.words import Sentence, say

LIST = "_manifest/manifest-sha256.txt"
LONGEST_NAME, LONGEST_PATH = 80, 180
_NAME = re.compile(r"[a-z0-9._\-]+")
_READ_FIRST = frozenset({"README.html", "README.txt"})
_ENDS = re.compile(r"</(?:w|a):p>|<w:(?:br|tab|cr)\b[^>]*>|<a:br\b[^>]*>")
"""What parts words from one another in a Word file or a deck; all else may stand in the middle of one."""
_TEXTS = frozenset({".txt", ".csv", ".json", ".html", ".srt", ".vtt", ".ics", ".js", ".svg", ".xml"})
_OFFICE = frozenset({".docx", ".pptx"})
_OWN = frozenset({f"_rights/{MANIFEST}", f"_rights/{MANIFEST_TABLE}"})
"""What cannot say its own checksum: these two are in the list of checksums only."""


def check(folder: Path, parcel: Parcel) -> None:
    """Raise `Damaged` where something is not as it must be, `Refused` where somebody is named who may not be."""
    found = named(folder, secrets(parcel.order, [one.name for one in parcel.kit.spokespeople]))
    if found:
        raise Refused(say("A name that may not be told stands in {file}. No kit was made.", file=found[0]),
                      hint=say("Take the name out of your own words, and try again."))
    faults = list(faults_in(folder))
    if faults:
        raise Damaged(say("The kit is not as it must be, so it was removed: {fault}", fault=faults[0]),
                      hint=say("Please tell those who look after Storybank."))


def faults_in(folder: Path) -> Iterator[Sentence]:
    """Yield what is wrong with a finished kit: names, checksums, and whether everything rests on a consent."""
    files = files_under(folder)
    yield from _names(files)
    yield from _checksums(folder, files)
    manifest = json.loads((folder / "_rights" / MANIFEST).read_text(encoding="utf-8"))
    yield from _assets(folder, files, manifest)
    yield from _consents(manifest)


def check_names(place: Path, order: Order, speak_for_us: Sequence[str] = ()) -> None:
    """Refuse a file or folder in which somebody is named who may not be: its author's own words are read as well."""
    if named(place, secrets(order, speak_for_us)):
        raise Refused(say("Your own words name somebody who may not be named. Nothing was made."),
                      hint=say("Take the name out of your own words, and try again."))


def secrets(order: Order, speak_for_us: Sequence[str] = ()) -> list[str]:
    """Return the full names that may stand nowhere in what is made: of unnamed speakers, guardians and witnesses, and
    of everybody who took their consent back.

    Whoever may be named elsewhere in it, or speaks for the house, is none of them.
    """
    told = {name.casefold() for name in speak_for_us}
    hidden = {form for name in order.withdrawn for form in (name, _without_initials(name)) if " " in form.strip()}
    for passage in order.passages:
        person, kept = passage.cleared.speaker, names_kept(passage.cleared)
        if any(as_said(name).search(person.name) for name in kept):
            hidden |= {person.name, _without_initials(person.name)}
        else:
            told |= {person.name.casefold(), _without_initials(person.name).casefold()}
        hidden |= {person.guardian.name} if person.guardian else set()
        hidden |= {name for one in passage.consents for name in (one.taken.witness, one.taken.interpreter)}
        hidden |= {proof.original_name for one in passage.consents for proof in one.evidence}
    return sorted(name for name in hidden if len(name.strip()) > 5 and name.casefold() not in told)


def _without_initials(name: str) -> str:
    """Return `George Campbell` of `Dr. George A. Campbell`, as an author would write it."""
    parts = [part for part in name.split() if not part.endswith(".")]
    return " ".join(parts) if len(parts) > 1 else name


def named(folder: Path, names: Sequence[str]) -> list[str]:
    """Return the files in which one of the names can be read, be it in a text, a Word file or a file's own name."""
    patterns = [as_said(name) for name in names]
    if not patterns:
        return []
    files = {folder.name: folder} if folder.is_file() else {path: folder / path for path in files_under(folder)}
    return [path for path, file in files.items()
            if any(pattern.search(text) for text in (path, *_texts(file)) for pattern in patterns)]


def _texts(file: Path) -> Iterator[str]:
    if file.suffix in _TEXTS:
        yield file.read_text(encoding="utf-8-sig")
    elif file.suffix in _OFFICE:
        with zipfile.ZipFile(file) as package:
            for part in package.namelist():
                if part.endswith((".xml", ".rels")):
                    apart = _ENDS.sub("\n", package.read(part).decode("utf-8"))
                    yield unescape(re.sub(r"<[^>]+>", "", apart))


def _names(files: Sequence[str]) -> Iterator[Sentence]:
    for path in files:
        parts = path.split("/")
        wrong = [part for part in parts if not _NAME.fullmatch(part) or len(part) > LONGEST_NAME]
        if len(path) > LONGEST_PATH or (wrong and path not in _READ_FIRST):
            yield say("the name {path} would not work everywhere.", path=path)


def _checksums(folder: Path, files: Sequence[str]) -> Iterator[Sentence]:
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    listed = [(path, digest) for digest, _, path in (line.partition("  ") for line in lines)]
    times = Counter(path for path, _ in listed)
    for path in files:
        if path != LIST and times[path] != 1:
            yield say("{path} is listed {n} times.", path=path, n=times[path])
    for path, digest in listed:
        if path not in files or sha256_of(folder / path) != digest:
            yield say("{path} is not what the list of checksums says.", path=path)


def _assets(folder: Path, files: Sequence[str], manifest: Mapping[str, Any]) -> Iterator[Sentence]:
    """Every file outside `_manifest` is listed exactly once, as it is, with every quote in it resting on a consent."""
    quotes = {one["quote_id"]: one for one in manifest["quotes"]}
    times = Counter(asset["path"] for asset in manifest["assets"])
    for path in files:
        expected = 0 if path.startswith("_manifest/") or path in _OWN else 1
        if times[path] != expected:
            yield say("{path} stands {n} times in the list of consents.", path=path, n=times[path])
    for asset in manifest["assets"]:
        file = folder / asset["path"]
        if not file.is_file() or sha256_of(file) != asset["sha256"] or file.stat().st_size != asset["bytes"]:
            yield say("{path} is not what the list of consents says.", path=asset["path"])
        of_its = [quotes[code] for code in asset["quote_ids"] if code in quotes]
        if len(of_its) != len(asset["quote_ids"]):
            yield say("{path} shows a quote that is not in the kit.", path=asset["path"])
        if set(asset["consent_ids"]) != {code for one in of_its for code in one["consent_ids"]}:
            yield say("{path} does not name the consents it rests on.", path=asset["path"])
        if asset["use_until"] != _first([one["use_until"] for one in of_its]):
            yield say("{path} may not be used as long as it says.", path=asset["path"])


def _consents(manifest: Mapping[str, Any]) -> Iterator[Sentence]:
    """Every quote rests on a consent and ends with the first of them; the kit ends with the first of all."""
    consents = {one["consent_id"]: one for one in manifest["consents"]}
    for quote in manifest["quotes"]:
        code, resting = quote["quote_id"], [consents.get(one) for one in quote["consent_ids"]]
        if not resting or None in resting:
            yield say("{code} rests on no consent.", code=code)
            continue
        valid = _first([one["valid_until"] for one in resting if one and one.get("valid_until")])
        if valid and (quote["use_until"] is None or quote["use_until"] > valid):
            yield say("{code} may not be used as long as it says.", code=code)
    first = _first([quote["use_until"] for quote in manifest["quotes"]])
    if first and (manifest["kit_use_until"] is None or manifest["kit_use_until"] > first):
        yield say("the kit may not be used as long as it says.")


def _first(days: Sequence[str | None]) -> str | None:
    return min((day for day in days if day), default=None)
