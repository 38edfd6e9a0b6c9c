"""Captions: words on the picture, as an ASS script that libass draws with the bundled font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storybank.domain.clip import Cut

FONT = "Inter Semi Bold"
FONT_FILE = Path(__file__).parent / "fonts" / "Inter-SemiBold.otf"
_LETTER = 0.56
"""How wide an average letter is, as a share of the type size."""
_TITLE_FROM_MS, _TITLE_MS = 400, 6000

# ASS writes colours as alpha, blue, green, red; alpha 00 is opaque.
_WHITE, _INK, _PRIMARY, _NONE = "&H00FFFFFF", "&H3025261E", "&H005A5A0E", "&HFF000000"


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in a frame, in pixels from its lower edge."""

    caption_size: int
    caption_bottom: int
    title_size: int
    title_bottom: int
    side: int


def places(cut: Cut) -> Places:
    """Return where the words of a clip go: inside what no player or phone covers."""
    width, height = cut.shape.width, cut.shape.height
    upright = height > width
    usual = round(0.052 * (height if width > height else width) * (1.2 if upright else 1.0))
    side = round(0.06 * width)
    size = min(usual, _fitting([line for cue in cut.captions for line in cue.text.split("\n")], width - 2 * side))
    bottom = round(height * (0.2 if upright else 0.065))
    title = min(round(usual * 0.78), _fitting(cut.title.split("\n"), width - 3 * side))
    return Places(size, bottom, title, bottom + round(size * 3.5), side)


def script(cut: Cut, *, boxed: bool = True) -> str:
    """Return the ASS script of a clip's captions and its lower third; on a plain ground captions need no box."""
    where = places(cut)
    styles = [_caption_style(where, _INK if boxed else _NONE), _title_style(where)]
    events = [_event("Caption", cue.start_ms, cue.end_ms, _shown(cue.text)) for cue in cut.captions]
    if cut.title:
        length = cut.end_ms - cut.start_ms
        start = min(_TITLE_FROM_MS, length // 4)
        text = r"{\fad(250,250)}" + _shown(cut.title)
        events.append(_event("Title", start, min(length, start + _TITLE_MS), text))
    return "\n".join([*_head(cut), *styles, *_EVENTS_HEAD, *events, ""])


def _fitting(lines: Sequence[str], room: int) -> int:
    """Return the type size at which the longest of `lines` fills the room."""
    return int(room / (_LETTER * max([1, *map(len, lines)])))


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


def _caption_style(where: Places, ground: str) -> str:
    # Border style 4 is one box around all lines; its padding is the shadow's depth.
    pad = round(where.caption_size * 0.32)
    box = f"{_WHITE},{ground},{ground},0,4,0,{pad}"
    return f"Style: Caption,{FONT},{where.caption_size},{box},2,{where.side},{where.side},{where.caption_bottom},1"


def _title_style(where: Places) -> str:
    pad = round(where.title_size * 0.42)
    box = f"{_WHITE},{_PRIMARY},{_PRIMARY},0,4,0,{pad}"
    return f"Style: Title,{FONT},{where.title_size},{box},1,{where.side},{where.side},{where.title_bottom},1"


def _event(style: str, start_ms: int, end_ms: int, text: str) -> str:
    return f"Dialogue: 0,{_clock(start_ms)},{_clock(end_ms)},{style},{text}"


def _clock(ms: int) -> str:
    hundredths = round(max(0, ms) / 10)
    seconds, hundredths = divmod(hundredths, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{hundredths:02}"


def _shown(text: str) -> str:
    """Return `text` so that libass shows each character and obeys none."""
    plain = text.replace("\\", "\\\u2060").replace("{", r"\{").replace("}", r"\}")
    return r"\N".join(" ".join(line.split()) for line in plain.split("\n"))
