"""Captions: words on the picture, as an ASS script that libass draws with the bundled font."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from storybank.domain.clip import Cue, Cut
from storybank.domain.transcript import Span

FONT = "Inter Semi Bold"
FONT_FILE = Path(__file__).parent / "fonts" / "Inter-SemiBold.otf"
_EM = 0.826
"""How large the type is that libass draws for a size of 1: a size is the height of a line there."""
_SURE = 0.97
_TITLE_FROM_MS, _TITLE_MS = 400, 6000
_TITLE_LINES, _TITLE_CHARACTERS, _TITLE_UPRIGHT = 4, 40, 30
_SMALLER = 0.82

# ASS writes colours as alpha, blue, green, red; alpha 00 is opaque.
_WHITE, _INK, _PRIMARY, _NONE = "&H00FFFFFF", "&H2025261E", "&H005A5A0E", "&HFF000000"
_LIT, _AT_REST = r"{\1c&H5BD7FF&}", r"{\1c&HFFFFFF&}"
"""A warm yellow: 7 to 1 on the box over a white picture, where white has 10 to 1."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in a frame, in pixels from its lower edge and its sides."""

    caption_size: int
    caption_bottom: int
    title_size: int
    title_bottom: int
    left: int
    right: int
    title: tuple[str, ...]
    """The lower third, in the lines it is shown in."""
    words_from: int
    """How far down from the upper edge words may begin: what stands above is clear of them."""


def places(cut: Cut) -> Places:
    """Return where the words of a clip go: inside what no player or phone covers.

    Upright they keep clear of the buttons at the right and the texts below that apps lay over a film.
    """
    width, height = cut.shape.width, cut.shape.height
    upright = height > width
    usual = round(0.052 * (height if width > height else width) * (1.2 if upright else 1.0))
    left, right = (round(width / 15), round(width / 6)) if upright else (round(0.06 * width),) * 2
    size = min(usual, _fitting([line for cue in cut.captions for line in cue.text.split("\n")], width - left - right))
    bottom = round(height * (0.245 if upright else 0.065))
    title = _title_lines(cut.title, _TITLE_UPRIGHT if upright else _TITLE_CHARACTERS)
    title_size = min(round(usual * 0.78), _fitting(title, width - left - max(right, 2 * left)))
    title_bottom = bottom + round(size * 3.3)
    high = title_bottom + round(title_size * (len(title) + 0.5)) if cut.title else bottom + round(size * 2.4)
    return Places(size, bottom, title_size, title_bottom, left, right, title,
                  height - high if cut.title or cut.captions else height)


def script(cut: Cut, *, boxed: bool = True) -> str:
    """Return the ASS script of a clip's captions and its lower third.

    On a plain ground captions need no box, and the name stands above the voice from beginning to end.
    """
    where = places(cut)
    upright = cut.shape.height > cut.shape.width
    styles = [_caption_style(where, _INK if boxed else _NONE, 1 if upright and boxed else 2),
              _title_style(where) if boxed else _name_style(cut, where)]
    events = list(_lighting_up(cut) if _can_light_up(cut) else _at_rest(cut.captions))
    if cut.title:
        events.append(_title(cut, where) if boxed else _name(cut, where))
    return "\n".join([*_head(cut), *styles, *_EVENTS_HEAD, *events, ""])


def _title(cut: Cut, where: Places) -> str:
    length = cut.end_ms - cut.start_ms
    start = min(_TITLE_FROM_MS, length // 4)
    text = r"{\fad(250,250)}" + _large_then_smaller(where.title, where.title_size)
    return _event("Title", start, min(length, start + _TITLE_MS), text)


def _name(cut: Cut, where: Places) -> str:
    return _event("Title", 0, cut.end_ms - cut.start_ms, _large_then_smaller(where.title, _name_size(where)))


def _name_size(where: Places) -> int:
    return round(where.title_size * 1.25)


def _large_then_smaller(lines: Sequence[str], size: int) -> str:
    first, *others = map(_shown, lines)
    return r"\N".join([first, *(rf"{{\fs{round(size * _SMALLER)}\1c&HE1E4D7&}}" + line for line in others)])


def _at_rest(cues: Sequence[Cue]) -> Iterator[str]:
    for cue in cues:
        yield _event("Caption", cue.start_ms, cue.end_ms, _shown(cue.text))


def _can_light_up(cut: Cut) -> bool:
    return bool(cut.lit) and len(cut.lit) == sum(len(cue.text.split()) for cue in cut.captions)


def _lighting_up(cut: Cut) -> Iterator[str]:
    """Yield each caption once for every word in it, that word lit from when it is said until the next one is."""
    begin = 0
    for cue in cut.captions:
        lines = [line.split() for line in cue.text.split("\n")]
        count = sum(map(len, lines))
        for number, (start, end) in enumerate(_turns(cue, cut.lit[begin:begin + count])):
            if start < end:
                yield _event("Caption", start, end, _with_lit(lines, number))
        begin += count


def _turns(cue: Cue, said: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield from when until when each word of a caption is lit: one after the other, without a gap."""
    starts = [cue.start_ms, *(_tenth(min(max(span.start_ms, cue.start_ms), cue.end_ms)) for span in said[1:])]
    for number, start in enumerate(starts):
        start = max(starts[:number + 1])
        yield start, max([start, starts[number + 1]]) if number + 1 < len(starts) else cue.end_ms


def _tenth(ms: int) -> int:
    """Return a time as an ASS script can hold it, so that two captions never stand there together."""
    return round(ms / 10) * 10


def _with_lit(lines: Sequence[Sequence[str]], lit: int) -> str:
    shown, number = [], 0
    for line in lines:
        words = []
        for word in line:
            words.append(_LIT + _shown(word) + _AT_REST if number == lit else _shown(word))
            number += 1
        shown.append(" ".join(words))
    return r"\N".join(shown)


def _title_lines(title: str, most: int) -> tuple[str, ...]:
    """Return a lower third broken where it would be too long to be set large enough to read."""
    lines = [part for line in title.split("\n") for part in textwrap.wrap(" ".join(line.split()), most)]
    return tuple(lines[:_TITLE_LINES]) or ("",)


def _fitting(lines: Sequence[str], room: int) -> int:
    """Return the type size at which the longest of `lines` fills the room."""
    widest = max([1.0, *(_font().getlength(line) / 1000 for line in lines)])
    return int(room * _SURE / (widest * _EM))


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), 1000, layout_engine=ImageFont.Layout.BASIC)


def _head(cut: Cut) -> list[str]:
    fields = (
        "Name,Fontname,Fontsize,PrimaryColour,OutlineColour,BackColour,Bold,BorderStyle,Outline,Shadow,"
        "Alignment,MarginL,MarginR,MarginV,Encoding"
    )
    return [
        "[Script Info]",
        "ScriptType: v4.00+",
        f"PlayResX: {cut.shape.width}",
        f"PlayResY: {cut.shape.height}",
        "WrapStyle: 0",
        "ScaledBorderAndShadow: yes",
        "YCbCr Matrix: TV.709",
        "",
        "[V4+ Styles]",
        f"Format: {fields}",
    ]


_EVENTS_HEAD = ["", "[Events]", "Format: Layer,Start,End,Style,Text"]


def _caption_style(where: Places, ground: str, alignment: int) -> str:
    # Border style 4 is one box around all lines; its padding is the shadow's depth.
    pad = round(where.caption_size * 0.32)
    right = where.right if alignment == 1 else where.left
    box = f"{_WHITE},{ground},{ground},0,4,0,{pad}"
    return f"Style: Caption,{FONT},{where.caption_size},{box},{alignment},{where.left},{right},{where.caption_bottom},1"


def _title_style(where: Places) -> str:
    pad = round(where.title_size * 0.42)
    box = f"{_WHITE},{_PRIMARY},{_PRIMARY},0,4,0,{pad}"
    return f"Style: Title,{FONT},{where.title_size},{box},1,{where.left},{where.right},{where.title_bottom},1"


def _name_style(cut: Cut, where: Places) -> str:
    """Return how a name stands on a plain ground: at the top left, clear of what an app lays over a film."""
    top = round(cut.shape.height * (0.16 if cut.shape.height > cut.shape.width else 0.1))
    box = f"{_WHITE},{_NONE},{_NONE},0,1,0,0"
    return f"Style: Title,{FONT},{_name_size(where)},{box},7,{where.left},{where.right},{top},1"


def _event(style: str, start_ms: int, end_ms: int, text: str) -> str:
    return f"Dialogue: 0,{_clock(start_ms)},{_clock(end_ms)},{style},{text}"


def _clock(ms: int) -> str:
    hundredths = round(max(0, ms) / 10)
    seconds, hundredths = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{hundredths:02}"


def _shown(text: str) -> str:
    """Return `text` so that libass shows each character and obeys none."""
    plain = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc" or c.isspace())
    plain = plain.replace("\\", "\\\u2060").replace("{", r"\{").replace("}", r"\}")
    return r"\N".join(" ".join(line.split()) for line in plain.split("\n"))
