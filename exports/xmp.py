"""XMP: what a picture or a film says of itself inside its file: title, rights, alt text, the consents behind it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from exports.typography import clean
from storybank.errors import Invalid
from storybank.words import say

KEYWORD = "XML:com.adobe.xmp"
"""The name under which a PNG holds XMP."""
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RELEASE = "http://ns.useplus.org/ldf/vocab/"
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told inside a file; of people nothing but how they are credited and the numbers of their consents."""

    title: str
    """The number of what it shows, such as `Q-0123`."""
    description: str
    creator: str
    """The organisation."""
    rights: str
    credit: str
    terms: str
    """How it may be used, and until when."""
    alt: Mapping[str, str] = field(default_factory=dict)
    """What there is to see, by language; the first is the one for everybody."""
    consents: tuple[str, ...] = ()
    unlimited: bool = False
    """The people in it agreed to any use, for ever; hardly anybody does."""


def packet(facts: Facts) -> str:
    """Return the facts as an XMP packet, the same text for the same facts."""
    release = "MR-UMR" if facts.unlimited else "MR-LMR"
    properties = [
        _alternatives("dc:title", {"": facts.title}),
        _alternatives("dc:description", {"": facts.description}),
        _several("dc:creator", "Seq", [facts.creator]),
        _alternatives("dc:rights", {"": facts.rights}),
        f"<photoshop:Credit>{_said(facts.credit)}</photoshop:Credit>" if facts.credit else "",
        _alternatives("xmpRights:UsageTerms", {"": facts.terms}),
        _alternatives("Iptc4xmpCore:AltTextAccessibility", facts.alt),
        f'<plus:ModelReleaseStatus rdf:resource="{_RELEASE}{release}"/>' if facts.consents else "",
        _several("plus:ModelReleaseID", "Bag", facts.consents),
    ]
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""{spaces}>{"".join(properties)}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def save_png(picture: Image.Image, to: Path, facts: Facts) -> None:
    """Save a picture as PNG with its facts inside and nothing else, the same bytes for the same picture."""
    info = PngInfo()
    info.add_itxt(KEYWORD, packet(facts))
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(to, "PNG", pnginfo=info, compress_level=6)


def read_png(path: Path) -> dict[str, str]:
    """Return what a PNG says of itself, by names like `dc:title`; several values are joined by `; `.

    A text in a language of its own stands under `name[fr-CA]` besides; raise `Invalid` where nothing can be read.
    """
    try:
        with Image.open(path, formats=("PNG",)) as picture:
            picture.load()
            untrusted = picture.info.get(KEYWORD, "")
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid(say("{name} cannot be read as a PNG picture.", name=path.name)) from error
    return _read(untrusted, path.name) if untrusted else {}


def _read(untrusted_packet: str, name: str) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    raw = untrusted_packet.encode()
    refused = Invalid(say("What {name} says of itself cannot be read.", name=name))
    if len(raw) > _MOST_BYTES or b"<!DOCTYPE" in raw:
        raise refused
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise refused from error
    found: dict[str, str] = {}
    for described in root.iter(f"{{{_RDF}}}Description"):
        for element in described:
            with contextlib.suppress(KeyError):
                _take(found, _prefixed(element), element)
    return found


def _take(found: dict[str, str], name: str, element: Any) -> None:  # noqa: ANN401 - lxml has no types here
    items = list(element.iter(f"{{{_RDF}}}li"))
    spoken = {item.get(_LANG, ""): item.text or "" for item in items}
    if "x-default" in spoken:
        found[name] = spoken["x-default"]
        found.update({f"{name}[{language}]": text for language, text in spoken.items() if language != "x-default"})
    elif items:
        found[name] = "; ".join(item.text or "" for item in items)
    else:
        found[name] = element.get(f"{{{_RDF}}}resource") or element.text or ""


def _prefixed(element: Any) -> str:  # noqa: ANN401 - lxml has no types here
    name = etree.QName(element)
    prefixes = {address: prefix for prefix, address in _SPACES.items()}
    return f"{prefixes[name.namespace]}:{name.localname}"


def _alternatives(name: str, texts: Mapping[str, str]) -> str:
    """Return a text in its languages; the first is the one that programs show to everybody."""
    told = {language: text for language, text in texts.items() if text}
    if not told:
        return ""
    first = next(iter(told.values()))
    lines = [("x-default", first), *((_tag(language), text) for language, text in told.items() if language)]
    inside = "".join(f"<rdf:li xml:lang={quoteattr(tag)}>{_said(text)}</rdf:li>" for tag, text in lines)
    return f"<{name}><rdf:Alt>{inside}</rdf:Alt></{name}>"


def _several(name: str, kind: str, texts: tuple[str, ...] | list[str]) -> str:
    inside = "".join(f"<rdf:li>{_said(text)}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{inside}</rdf:{kind}></{name}>" if inside else ""


def _tag(language: str) -> str:
    return f"{language}-CA" if language in ("en", "fr") else language


def _said(text: str) -> str:
    return escape(clean(text))
