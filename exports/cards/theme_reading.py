"""Reading of a theme's file, which is not trusted: what it may say, within limits, and what is wrong with it."""

from __future__ import annotations

import difflib
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageFont

from exports.palette import BLOCKS, INK, PAPER, PRIMARY, SOFT, contrast
from exports.typefaces import Face, OwnFont, Typeface, holds
from exports.typography import clean
from storybank.domain.remark import Remark, Weight
from storybank.domain.twin import Twin
from storybank.words import Sentence, say

VERSION = 1
MOST_TEXT, MOST_PICTURE, MOST_FONT = 64_000, 5_000_000, 8_000_000
"""In bytes."""
MOST_PIXELS = 16_000_000
READABLE = 4.5
"""The contrast that letters need (WCAG 2.2 AA)."""

COLOURS = {"ground": PAPER, "ink": INK, "soft": SOFT, "accent": PRIMARY, **BLOCKS}
FONTS: Mapping[str, Typeface] = {"quote": Typeface.QUOTE, "plain": Typeface.PLAIN, "strong": Typeface.STRONG}
BUNDLED: Mapping[str, Typeface] = {
    "EB Garamond": Typeface.QUOTE, "Inter": Typeface.PLAIN, "Inter SemiBold": Typeface.STRONG,
}
LAYOUT: Mapping[str, tuple[str, ...]] = {
    "band": ("top", "left", "none"), "align": ("left", "centre"), "label": ("capitals", "plain", "none"),
    "logo": ("foot", "top"),
}
"""What may be chosen; the first is what stands where nothing is said."""
_PARTS = ("storybank_theme", "name", "colours", "fonts", "layout", "logo")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
_LETTERS = "AEHabegnprstyàâçéèêëîïôùûüœÀÇÉÈÊŒ0123456789.,;:!?’“”«»()&–—"
_SFNT = (b"\x00\x01\x00\x00", b"OTTO", b"true")


class Reading:
    """What a theme's file says, with everything that is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._remarks: list[Remark] = []
        self._files: list[Path] = []
        self.name = Twin(clean(path.stem)[:60], clean(path.stem)[:60])
        self.colours: dict[str, str] = dict(COLOURS)
        self.fonts: dict[str, Face] = dict(FONTS)
        self.layout = {key: choices[0] for key, choices in LAYOUT.items()}
        self.logo: Image.Image | None = None
        try:
            self._take(self._content())
        except _Wrong as wrong:
            self._remarks.append(wrong.remark)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what is wrong with it."""
        return tuple(self._remarks)

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files beside it that it needs."""
        return tuple(self._files)

    # ---- the file ---------------------------------------------------------------------------------------------

    def _content(self) -> Mapping[str, Any]:
        try:
            if self._path.stat().st_size > MOST_TEXT:
                raise _wrong("", say("The theme's file is too large to be one."), _how())
            content = json.loads(self._path.read_bytes().decode("utf-8-sig"))
        except OSError as error:
            raise _wrong("", say("The theme cannot be read: {reason}.", reason=error.strerror or str(error))) from error
        except (ValueError, RecursionError) as error:
            where = say("line {n}", n=error.lineno) if isinstance(error, json.JSONDecodeError) else say("its letters")
            raise _wrong("", say("The theme is not written as JSON; look at {where}.", where=where), _how()) from error
        if not isinstance(content, dict) or content.get("storybank_theme") != VERSION:
            raise _wrong("", say("This is not a theme of cards: it does not begin with {mark}.",
                                      mark='"storybank_theme": 1'), _how())
        return content

    def _take(self, content: Mapping[str, Any]) -> None:
        self._check_names(content, _PARTS, "")
        said = content.get("name")
        if isinstance(said, dict):
            en, fr = (clean(str(said.get(language, "")))[:60] for language in ("en", "fr"))
            self.name = Twin(en or fr or self.name.en, fr or en or self.name.fr)
        elif isinstance(said, str) and clean(said):
            self.name = Twin(clean(said)[:60], clean(said)[:60])
        self._take_colours(self._part(content, "colours", COLOURS))
        self._take_fonts(self._part(content, "fonts", FONTS))
        self._take_layout(self._part(content, "layout", LAYOUT))
        if content.get("logo") is not None:
            self._take_logo(content["logo"])
        self._check_contrast()

    def _part(self, content: Mapping[str, Any], name: str, known: Mapping[str, object]) -> Mapping[str, Any]:
        part = content.get(name, {})
        if not isinstance(part, dict):
            self._stop(name, say("“{name}” must hold settings between braces.", name=name), _how())
            return {}
        self._check_names(part, tuple(known), name)
        return {key: part[key] for key in known if key in part}

    def _check_names(self, part: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
        for name in part:
            if name in known:
                continue
            near = difflib.get_close_matches(str(name), known, 1)
            hint = say("Did you mean “{name}”?", name=near[0]) if near else ""
            told = clean(str(name))[:40]
            self._warn(f"{place}.{told}".strip("."), say("No theme has a setting “{name}”; it does nothing.",
                                                         name=told), hint)

    # ---- colours and choices ----------------------------------------------------------------------------------

    def _take_colours(self, part: Mapping[str, Any]) -> None:
        for name, untrusted in part.items():
            found = _HEX.fullmatch(untrusted.strip()) if isinstance(untrusted, str) else None
            if found is None:
                self._stop(f"colours.{name}", say("The colour “{name}” is not written as #RRGGBB.", name=name),
                           say("Write six digits or letters A to F after a #, such as #0E5A5A."))
            else:
                self.colours[name] = found[1].upper()

    def _take_layout(self, part: Mapping[str, Any]) -> None:
        for name, untrusted in part.items():
            if not isinstance(untrusted, str) or untrusted not in LAYOUT[name]:
                self._stop(f"layout.{name}", say("“{name}” cannot be “{value}”.", name=name,
                                                 value=clean(str(untrusted))[:40]),
                           say("Choose one of: {choices}.", choices=", ".join(LAYOUT[name])))
            else:
                self.layout[name] = untrusted

    def _check_contrast(self) -> None:
        ground = self.colours["ground"]
        for name, colour in self.colours.items():
            measured = contrast(colour, ground)
            if name != "ground" and measured < READABLE:
                self._stop(f"colours.{name}", say(
                    "“{name}” (#{colour}) is too close to the ground (#{ground}) to be read: {measured} to 1,"
                    " and 4.5 to 1 is needed.", name=name, colour=colour, ground=ground,
                    measured=f"{int(measured * 10) / 10:.1f}"),
                    say("Choose a darker or lighter colour; every card would be hard to read for some people."))

    # ---- files beside it --------------------------------------------------------------------------------------

    def _take_fonts(self, part: Mapping[str, Any]) -> None:
        for name, untrusted in part.items():
            if isinstance(untrusted, str) and untrusted in BUNDLED:
                self.fonts[name] = BUNDLED[untrusted]
                continue
            try:
                content = self._beside(untrusted, f"fonts.{name}", MOST_FONT, (".ttf", ".otf"))
                self.fonts[name] = self._own_font(str(untrusted), content, f"fonts.{name}")
            except _Wrong as wrong:
                self._remarks.append(wrong.remark)

    def _own_font(self, file: str, untrusted: bytes, place: str) -> OwnFont:
        own = OwnFont(file, untrusted)
        try:
            if untrusted[:4] not in _SFNT:
                raise OSError
            ImageFont.truetype(io.BytesIO(untrusted), 40).getmask("Ag")
            missing = [sign for sign in _LETTERS if not holds(own, sign)]
        except (OSError, ValueError, MemoryError) as error:
            raise _wrong(place, say("{file} cannot be opened as a typeface.", file=file), say(
                "Use a file that ends in .ttf or .otf; fonts made for web pages cannot be used here.")) from error
        if untrusted[:4] == b"OTTO":
            note = say("{file} cannot be put into PDF pages; what is printed is set in our own typeface.", file=file)
            self._remarks.append(Remark(Weight.NOTE, note, say("Use a .ttf file if you have one."), place))
        if missing:
            self._warn(place, say("{file} lacks some letters of English or French: {letters}.", file=file,
                                  letters=" ".join(missing[:12])),
                       say("Words with these letters will be set in another typeface."))
        return own

    def _take_logo(self, untrusted: object) -> None:
        try:
            self.logo = _picture(self._beside(untrusted, "logo", MOST_PICTURE, (".png", ".jpg", ".jpeg")))
        except _Wrong as wrong:
            self._remarks.append(wrong.remark)

    def _beside(self, untrusted: object, place: str, most: int, endings: tuple[str, ...]) -> bytes:
        """Return a file that lies beside the theme, and nowhere else."""
        if not isinstance(untrusted, str) or not re.fullmatch(r"[\w][\w .()+-]{0,99}", untrusted):
            raise _wrong(place, say("“{name}” must be the name of a file that lies beside the theme.",
                                         name=clean(str(untrusted))[:60]),
                              say("Put the file into the folder of the theme, and write its name only."))
        file = self._path.parent / untrusted
        if file.suffix.lower() not in endings:
            raise _wrong(place, say("{file} is not of a kind that can be used here.", file=untrusted),
                              say("It must end in one of: {endings}.", endings=", ".join(endings)))
        try:
            if file.is_symlink() or not file.is_file():
                raise _wrong(place, say("{file} does not lie beside the theme.", file=untrusted),
                                  say("Put the file into the folder of the theme, and write its name only."))
            if file.stat().st_size > most:
                raise _wrong(place, say("{file} is too large; {most} MB is the most.", file=untrusted,
                                             most=most // 1_000_000))
            content = file.read_bytes()
        except OSError as error:
            raise _wrong(place, say("{file} cannot be read: {reason}.", file=untrusted,
                                         reason=error.strerror or str(error))) from error
        self._files.append(file)
        return content

    # ---- remarks ----------------------------------------------------------------------------------------------

    def _stop(self, place: str, message: Sentence, hint: Sentence | str = "") -> None:
        self._remarks.append(Remark(Weight.STOP, message, hint, place))

    def _warn(self, place: str, message: Sentence, hint: Sentence | str = "") -> None:
        self._remarks.append(Remark(Weight.WARN, message, hint, place))


class _Wrong(Exception):
    """What a file says cannot be used."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(str(remark.message))
        self.remark = remark


def _wrong(place: str, message: Sentence, hint: Sentence | str = "") -> _Wrong:
    return _Wrong(Remark(Weight.STOP, message, hint, place))


def _picture(untrusted: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(untrusted), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _wrong("logo", say("The logo has too many pixels: {width} by {height}.", width=picture.width,
                                         height=picture.height), say("Save it no larger than 4000 by 4000."))
            return picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise _wrong("logo", say("The logo cannot be opened as a picture."), say("Save it anew as PNG.")) from error


def _how() -> Sentence:
    return say("Begin from one of the themes that come with Storybank.")
