"""Papers: what can be said of a letterhead by looking at it: page, type, language, logo, what Word left behind."""

from __future__ import annotations

from collections.abc import Iterator

from exports.pages.opened import Opened, W, at
from storybank.domain.remark import Remark, Weight
from storybank.words import say

_LETTER, _A4 = (12240, 15840), (11906, 16838)
_NEAR = 60
_BODY = 22
"""Half points that running text has at least."""
_WANTED = ("heading 1", "heading 2", "heading 3", "list bullet", "list number", "quote", "caption")


def facts_of(word: Opened) -> dict[str, str]:
    """Return what is known of a letterhead: `page`, `font`, `size`, `language`, `styles`, `pictures`."""
    width, height = _page(word)
    page = {_LETTER: "Letter", _A4: "A4"}.get((width, height)) or f"{width / 567:.1f} × {height / 567:.1f} cm"
    names = {word.name_of(style).lower() for style in word.styles}
    pictures = sum(1 for name in word.parts if name.endswith(".rels") for rel in word.parts[name]
                   if rel.get("Type", "").endswith("/image"))
    return {"page": page, "font": _told(word, "rFonts", "ascii"), "size": f"{_size(word) / 2:g}",
            "language": _told(word, "lang", "val"), "pictures": str(pictures),
            "styles": ", ".join(name for name in _WANTED if name in names)}


def paper_remarks(word: Opened) -> Iterator[Remark]:
    """Yield what should be thought about before a letterhead is used."""
    width, height = _page(word)
    if not any(abs(width - w) <= _NEAR and abs(height - h) <= _NEAR for w, h in (_LETTER, _LETTER[::-1])):
        yield Remark(Weight.WARN, say("The page is not Letter size."),
                     say("In Word: Layout, Size, Letter. Offices in Canada print on it."), "page")
    if _size(word) < _BODY:
        yield Remark(Weight.WARN, say("Running text has {size} points.", size=f"{_size(word) / 2:g}"),
                     say("Set the style Normal to 11 points or more."), "Normal")
    language = _told(word, "lang", "val")
    if language and language[:2].lower() not in ("en", "fr"):
        yield Remark(Weight.WARN, say("It is written in “{language}”, neither English nor French.", language=language),
                     say("Set its language in Word, under Review, Language."), "language")
    yield from _settings(word)
    lacking = [name for name in _WANTED if name not in {word.name_of(style).lower() for style in word.styles}]
    if lacking:
        yield Remark(Weight.NOTE, say("It has no style of its own for: {styles}.", styles=", ".join(lacking)),
                     say("Storybank lends its own. To have yours, set them in Word under Styles."), "styles")


def _settings(word: Opened) -> Iterator[Remark]:
    settings = word.parts.get("word/settings.xml")
    if settings is None:
        return
    if at(settings, "documentProtection") is not None:
        yield Remark(Weight.STOP, say("It is protected against changes."),
                     say("In Word: Review, Restrict Editing, Stop Protection. Then save it again."), "settings")
    if at(settings, "trackRevisions") is not None:
        yield Remark(Weight.WARN, say("It keeps track of changes: whoever gets a brief will see that switched on."),
                     say("In Word: Review, Track Changes, off. Then save it again."), "settings")


def _page(word: Opened) -> tuple[int, int]:
    found = next(iter(word.body.iter(f"{W}pgSz")), None)
    if found is None:
        return _LETTER
    return int(found.get(f"{W}w", "0")), int(found.get(f"{W}h", "0"))


def _size(word: Opened) -> int:
    said = _told(word, "sz", "val")
    return int(said) if said.isdigit() else 20


def _told(word: Opened, name: str, attribute: str) -> str:
    """Return what the default style, or else the document's defaults, say of letters."""
    for where in word.defaults():
        found = at(where, f"rPr/{name}")
        if found is not None and found.get(f"{W}{attribute}"):
            return str(found.get(f"{W}{attribute}", ""))
    return ""

