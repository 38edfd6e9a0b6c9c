"""QDC: the codebook of REFI-QDA 1.0, as NVivo, ATLAS.ti and MAXQDA exchange it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from functools import cache
from importlib import resources

from lxml import etree

from exports.codebook import trailer
from exports.codebook.incoming import CHECK_FILE, attack, refuse_instructions, too_many
from storybank import __version__
from storybank.domain.codebook import Code, CodeKind, shipped_guid, under
from storybank.domain.codebook_changes import sounds
from storybank.domain.codebook_sheet import LIST_NAMES, MOST_CODES, CodebookSheet, Entry, Left
from storybank.errors import Damaged, Invalid
from storybank.words import Sentence, say

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_ORIGIN = "Storybank"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADED = (CodeKind.BLOCK, CodeKind.STAKEHOLDER, CodeKind.STAGE)
"""Lists that stand under a heading of their own; free codes stand at the top, as in other programs."""


def list_guid(kind: CodeKind) -> str:
    """Return the UUID of a list's heading: the same in every file."""
    return shipped_guid(f"list:{kind}")


def written(codes: Sequence[Code], language: str) -> bytes:
    """Return codes as a QDC file, valid against the schema; names are in `language`."""
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE})
    root.set("origin", f"{_ORIGIN} {__version__}")
    add_codes(etree.SubElement(root, f"{{{NAMESPACE}}}Codes"), codes, language)
    if not _schema().validate(root):
        raise Damaged(say("The codebook could not be written as REFI-QDA: {reason}.",
                          reason=str(_schema().error_log.last_error)))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def add_codes(into: etree._Element, codes: Sequence[Code], language: str) -> None:
    """Add codes as a tree of `Code` elements, of the namespace of the element they are put into."""
    for kind in CodeKind:
        own = under("", kind, codes)
        if not own:
            continue
        above = into
        if kind in _HEADED:
            name = LIST_NAMES[kind][language == "fr"]
            above = etree.SubElement(into, _beside(into, "Code"), guid=list_guid(kind), name=name, isCodable="false")
        for code in own:
            _add(above, code, codes, language)


def _add(above: etree._Element, code: Code, codes: Sequence[Code], language: str) -> None:
    made = etree.SubElement(above, _beside(above, "Code"), guid=code.guid or str(uuid.uuid4()),
                            name=_legal(code.label(language)), isCodable="true" if code.codable else "false")
    if code.colour:
        made.set("color", code.colour.upper())
    etree.SubElement(made, _beside(above, "Description")).text = _legal(trailer.written(code, language))
    for child in under(code.key, code.kind, codes):
        _add(made, child, codes, language)


def _beside(element: etree._Element, name: str) -> str:
    return f"{{{etree.QName(element).namespace}}}{name}"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring((resources.files("exports") / "refi" / "Codebook.xsd").read_bytes()))


# ---- reading --------------------------------------------------------------------------------------------------------


def read(raw: bytes, name: str, language: str) -> CodebookSheet:
    """Return what a QDC file says; leniently, since every program writes it a little differently."""
    refuse_instructions(raw, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Damaged(say("{file} is broken, and cannot be read to its end.", file=name), hint=CHECK_FILE) from error
    if root.getroottree().docinfo.doctype:
        raise attack(name)
    if _local(root) != "CodeBook":
        raise Invalid(say("{file} is no codebook of REFI-QDA.", file=name), hint=CHECK_FILE)
    return _Reading(name, language, ours=(root.get("origin") or "").startswith(_ORIGIN)).sheet(root)


class _Reading:
    """One file, while it is read."""

    def __init__(self, name: str, language: str, *, ours: bool) -> None:
        self._name, self._language, self._ours = name, language, ours
        self._entries: list[Entry] = []
        self._refused: list[Left] = []
        self._guids: set[str] = set()
        self._wrong_guids = 0

    def sheet(self, root: etree._Element) -> CodebookSheet:
        """Return all that it says."""
        for codes in root:
            if _local(codes) == "Codes":
                self._read_all([(child, None, None) for child in codes if _local(child) == "Code"])
        if not self._entries and not self._refused:
            raise Invalid(say("There are no codes in {file}.", file=self._name), hint=CHECK_FILE)
        return CodebookSheet(tuple(self._entries), tuple(self._refused), tuple(self._remarks(root)))

    def _read_all(self, top: list[tuple[etree._Element, int | None, CodeKind | None]]) -> None:
        waiting = list(reversed(top))
        while waiting:
            element, above, kind = waiting.pop()
            below, kind = self._take(element, above, kind)
            waiting += [(child, below, kind) for child in reversed(element) if _local(child) == "Code"]
            if len(self._entries) > MOST_CODES:
                raise too_many(self._name)

    def _take(self, element: etree._Element, above: int | None,
              kind: CodeKind | None) -> tuple[int | None, CodeKind | None]:
        """Note a code; return under what, and in which list, the codes in it stand."""
        guid, name = self._guid(element), (element.get("name") or "").strip()
        if above is None and (own := self._list_of(guid, name)):
            return None, own
        if not name:
            self._refused.append(Left(guid or "?", say("It has no name.")))
            return above, kind
        text = "".join(next((child for child in element if _local(child) == "Description"), etree.Element("x"))
                       .itertext())
        told = trailer.told(name, text, self._language)
        key = str(told.pop("key", ""))
        told["codable"] = (element.get("isCodable") or "true").strip().lower() not in ("false", "0")
        if colour := (element.get("color") or "").strip():
            told["colour"] = colour.lower()
        self._entries.append(Entry(name, told, key, guid, kind or (CodeKind.FREE if self._ours else None), above))
        return len(self._entries) - 1, kind

    def _guid(self, element: etree._Element) -> str:
        """Return its UUID without braces and capitals; none where it is no UUID, or somebody else's in this file."""
        try:
            written = (element.get("guid") or "").strip().strip("{}")
            guid = str(uuid.UUID(written)) if len(written) == 36 else ""
        except ValueError:
            guid = ""
        if not guid or guid in self._guids:
            self._wrong_guids += 1
            return ""
        self._guids.add(guid)
        return guid

    def _list_of(self, guid: str, name: str) -> CodeKind | None:
        """Return the list that a heading at the top stands for; by its name only where other programs wrote it."""
        for kind, called in LIST_NAMES.items():
            if guid == list_guid(kind) or (not self._ours and sounds(name) in map(sounds, called)):
                return kind
        return None

    def _remarks(self, root: etree._Element) -> list[Sentence]:
        told = []
        sets = [one.get("name") or "?" for part in root if _local(part) == "Sets" for one in part]
        if sets:
            told.append(say("Sets are not taken in: {n} ({names}).", n=len(sets), names=", ".join(sets[:5])))
        if self._wrong_guids:
            told.append(say("Codes without an identifier of their own are told apart by their names: {n}.",
                            n=self._wrong_guids))
        return told


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
