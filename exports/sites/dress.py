"""Dress: an organisation's own colours on its site, by day and only where they can be read; by night it wears ours."""

from __future__ import annotations

from exports.cards.theme import HOUSE, Theme
from exports.palette import WHITE, contrast

_READABLE = 4.5


def dress(theme: Theme) -> str:
    """Return the style of a theme's colours; nothing for our own, or for a dark ground, which the night has."""
    if theme == HOUSE or contrast(theme.ground, theme.ink) < _READABLE or contrast(theme.ground, WHITE) > _READABLE:
        return ""
    colours = {"paper": theme.ground, "ink": theme.ink}
    if contrast(theme.ground, theme.soft) >= _READABLE:
        colours["soft"] = theme.soft
    if contrast(theme.ground, theme.accent) >= _READABLE:
        on_it = max(WHITE, theme.ink, key=lambda one: contrast(one, theme.accent))
        colours |= {"primary": theme.accent, "onprimary": on_it}
    colours |= {key: theme.block_colour(key) for key in HOUSE.blocks}
    inside = ";".join(f"--{name}:#{colour.lower()}" for name, colour in colours.items())
    return f"@media (prefers-color-scheme:light){{:root{{{inside}}}}}\n"
