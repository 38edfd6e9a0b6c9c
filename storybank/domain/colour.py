"""Colour: which ones can be read as a stripe and as a chip's text, and the nearest that can."""

from __future__ import annotations

import colorsys
import re

LIGHT_GROUNDS = ("#ffffff", "#f6f4f0")
"""What a code's colour stands on in the light theme: surface and paper."""
DARK_GROUNDS = ("#1c2322", "#141918")
AS_TEXT = 4.5
"""The least contrast of a chip's text, and of a stripe (WCAG 2.2, 1.4.3 and 1.4.11); a code's colour is both."""
OFFERED = ("#b8431f", "#a32a2a", "#8b2f5d", "#7a3e8e", "#3f51a3", "#1f6aa5", "#0c6e63", "#256b3a", "#5b5f1a", "#8a6100",
           "#6b4a2b", "#4a4f57")
"""Colours that can be read, to choose from."""
_STEPS = 512
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def as_hex(untrusted_text: str) -> str:
    """Return a colour as `#rrggbb`; nothing where it is none."""
    found = _HEX.fullmatch(untrusted_text.strip())
    if found is None:
        return ""
    digits = found[1].lower()
    return f"#{digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)}"


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 to 21, as WCAG measures it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def contrast_told(colour: str) -> float:
    """Return the least contrast that a code's colour has on the light grounds; in the dark it is lit up as needed."""
    return min(contrast(colour, ground) for ground in LIGHT_GROUNDS)


def is_legible(colour: str) -> bool:
    """Tell whether a colour can be read as a chip's text, and so as a stripe."""
    return contrast_told(colour) >= AS_TEXT


def nearest_legible(colour: str) -> str:
    """Return the colour itself where it can be read, else the same hue as much darker as it takes."""
    return _shaded(colour, LIGHT_GROUNDS, darker=True)


def on_dark(colour: str) -> str:
    """Return the shade of a colour for the dark theme: the same hue, as much lighter as it takes."""
    return _shaded(colour, DARK_GROUNDS, darker=False)


def _shaded(colour: str, grounds: tuple[str, ...], *, darker: bool) -> str:
    """Return the first shade, from the colour itself on, that stands off from every ground."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    end = 0.0 if darker else 1.0
    shade = colour
    for step in range(_STEPS + 1):
        if all(contrast(shade, ground) >= AS_TEXT for ground in grounds):
            break
        nearer = lightness + (end - lightness) * step / _STEPS
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, nearer, saturation))
    return shade


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
