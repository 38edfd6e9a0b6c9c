"""Fields: the plain ones a letterhead may hold, as `{{ brief.title }}`: found, judged, and filled with plain words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from exports.looks.marker import MARKER, markers
from exports.pages.opened import W, opened, text_of
from exports.typography import clean, day, tidy
from storybank.domain.commission import SERIES, Brief
from storybank.errors import Invalid
from storybank.words import Sentence, Words, say

KNOWN = ("brief.title", "brief.date", "brief.audience", "brief.author", "brief.organization", "brief.contact",
         "brief.code", "contact.name", "contact.details")
"""What a letterhead may ask for, besides `{{p body }}`, where the brief goes."""
BODY = "body"
_LATE_DATE, _LATE_CODE = "\ue0f1", "\ue0f2"
"""Stand for what is known only when a brief is finished; no keyboard writes them."""
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}|\{#(.*?)#\}", re.DOTALL)
_OPEN = re.compile(r"\{[{%#]|[}%#]\}")
_NAME = re.compile(r"\s*(?:p\s+)?([A-Za-z_]+(?:\.[A-Za-z_]+)*)\s*")
_MOST_TAGS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """Something in braces, as it was typed."""

    typed: str
    name: str
    """Empty for what is no plain field: a loop, a filter, a call."""

    @property
    def is_known(self) -> bool:
        """Tell whether we can fill it."""
        return self.name in KNOWN or self.name == BODY


def fields_in(file: Path) -> tuple[list[Field], list[str]]:
    """Return the fields of a checked Word file in their order, and paragraphs in which a brace is not closed."""
    found: list[Field] = []
    broken: list[str] = []
    for text in _texts(file):
        if _OPEN.search(text) is None:
            continue
        for tag in _TAG.finditer(text):
            named = _NAME.fullmatch(tag[1]) if tag[1] is not None else None
            found.append(Field(tag[0][:80], named[1] if named else ""))
        if _OPEN.search(_TAG.sub("", text)):
            broken.append(text.strip()[:80])
    return found, broken


def _texts(file: Path) -> Iterator[str]:
    word = opened(file)
    for _name, part in word.telling():
        for paragraph in part.iter(f"{W}p"):
            yield text_of(paragraph)
        for element in part.iter():
            if isinstance(element.tag, str):
                yield from (str(told) for told in element.attrib.values() if "{" in str(told) or "}" in str(told))
    for name in ("title", "subject", "description", "creator", "identifier", "language"):
        yield word.core(name)


def plain_fields(file: Path) -> list[Field]:
    """Return the fields of a checked Word file; raise `Invalid` for one that is no plain one, or not closed."""
    found, broken = fields_in(file)
    for one in found:
        if not one.is_known:
            raise Invalid(say("The letterhead holds “{field}”, which Storybank does not fill.", field=one.typed),
                          hint=say("Use only the fields of the list, as {example}.", example="{{ brief.title }}"))
    if broken or len(found) > _MOST_TAGS:
        text = next(iter(broken), "{{")
        raise Invalid(say("The letterhead has braces that are not closed: “{text}”", text=text),
                      hint=say("Write each field in one piece, as {example}.", example="{{ brief.title }}"))
    return found


def filled(file: Path, said: Mapping[str, str]) -> bytes:
    """Return a Word file with its fields filled by plain words; one without fields as it is."""
    if not plain_fields(file):
        return file.read_bytes()
    template = DocxTemplate(io.BytesIO(_with_marker(file)))
    _refuse_hidden(template)
    around: dict[str, dict[str, str]] = {}
    for name in KNOWN:
        first, _, second = name.partition(".")
        around.setdefault(first, {})[second] = said.get(name, "")
    try:
        template.render(around, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined), autoescape=True)
    except (TemplateError, etree.LxmlError, TypeError) as error:
        raise Invalid(say("The letterhead's fields could not be filled."),
                      hint=say("Write each field in one piece, as {example}.", example="{{ brief.title }}")) from error
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def _with_marker(file: Path) -> bytes:
    """Return the file with our own marker where it says `{{p body }}`, which is no field to fill."""
    document: Document = docx.Document(str(file))
    for found in markers(document.element.body):
        for number, text in enumerate(found.paragraph.iter(f"{W}t")):
            text.text = MARKER if number == 0 else ""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _refuse_hidden(template: DocxTemplate) -> None:
    """Look once more at what would really be filled: Word can hide braces where no paragraph shows them."""
    template.init_docx()
    told = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        told += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    for xml in told:
        for tag in _TAG.finditer(template.patch_xml(xml)):
            named = _NAME.fullmatch(tag[1]) if tag[1] is not None else None
            if named is None or named[1] not in KNOWN:
                raise Invalid(say("The letterhead holds “{field}”, which Storybank does not fill.",
                                  field=re.sub(r"<[^>]*>", "", tag[0])[:80]),
                              hint=say("Use only the fields of the list, as {example}.", example="{{ brief.title }}"))


def values_of(brief: Brief, language: str) -> dict[str, str]:
    """Return what a brief says in each field; its day and code follow when it is finished."""
    def line(text: str) -> str:
        return tidy(clean(text.replace(_LATE_DATE, "").replace(_LATE_CODE, "")), language)

    title = brief.title or next(iter(brief.ask), "") or Words(language)("Policy brief")
    organization = brief.organization or SERIES
    said = (title, _LATE_DATE, brief.audience, brief.author or organization, organization, brief.contact, _LATE_CODE,
            brief.author or organization, brief.contact)
    late = (_LATE_DATE, _LATE_CODE)
    return {name: text if text in late else line(text) for name, text in zip(KNOWN, said, strict=True)}


def samples(language: str) -> dict[str, str]:
    """Return made-up words for every field, to try a letterhead with: with signs that break what is careless."""
    words = Words(language)
    told: tuple[Sentence | str, ...] = (
        say("Fund link workers & keep the ones we have <five years>"), _LATE_DATE, say("The Minister of Health"),
        say("A coalition of community health centres"), "Voices & Cie « Ensemble »", "stories@example.ca", _LATE_CODE,
        "Jocelyn Fraser", "stories@example.ca",
    )  # fmt: skip
    return {name: words.sentence(text) if isinstance(text, Sentence) else text
            for name, text in zip(KNOWN, told, strict=True)}


def fill_in_late(document: Document) -> None:
    """Fill in the day and the code, which a document's card tells when it is finished."""
    card = document.core_properties
    language = (card.language or "en")[:2]
    when = day(card.created.isoformat(), language) if card.created else ""
    parts = [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
    for element in (document.element, *(part.element for part in parts if hasattr(part, "element"))):
        for text in element.iter(f"{W}t"):
            if text.text and (_LATE_DATE in text.text or _LATE_CODE in text.text):
                text.text = text.text.replace(_LATE_DATE, when).replace(_LATE_CODE, card.identifier or "")
