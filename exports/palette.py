"""Palette: the colours of paper, the same as the window's by day."""

from __future__ import annotations

PAPER, WHITE, INK, SOFT = "F6F4F0", "FFFFFF", "1E2625", "56605E"
LINE, WASH, PRIMARY = "DDD7CD", "E3EFEC", "0E5A5A"

BLOCKS = {
    "amplify": "B8431F",
    "training": "3F51A3",
    "policy": "7A3E8E",
    "bridges": "0C6E63",
    "measure": "8A6100",
}


def block_colour(key: str) -> str:
    """Return a building block's colour as six hex digits; a block of the organisation's own wears `primary`."""
    return BLOCKS.get(key, PRIMARY)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return a colour as three numbers, 0 to 255."""
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 measures it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
