"""Trying: a made-up quote card, by which a theme shows how it looks."""

from __future__ import annotations

import io
import os
from pathlib import Path

from exports.cards.card import Card, draw
from exports.cards.sizes import PORTRAIT
from exports.cards.theme import read_theme
from storybank.errors import Unavailable
from storybank.words import Words, say

_DOT = " · "
_QUOTE = say("She did not need another pill. She needed somebody to walk through the door with.")


def try_card(theme_file: Path, to: Path, language: str) -> None:
    """Write a made-up card in a theme as PNG; raise `Invalid` where the theme may not be used."""
    words, theme = Words(language), read_theme(theme_file)
    card = Card(
        words.sentence(_QUOTE), language, (words("A link worker"), words("Nova Scotia")),
        words("Build bridges between sectors"), theme.block_colour("bridges"),
        _DOT.join((words("Voices of Social Prescribing"), "Q-0000", words("Used with permission"))),
    )  # fmt: skip
    made = io.BytesIO()
    draw(card, PORTRAIT, theme).save(made, "PNG")
    part = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        part.write_bytes(made.getvalue())
        part.replace(to)
    except OSError as error:
        raise Unavailable(say("{name} could not be written: {reason}.", name=to.name,
                              reason=error.strerror or str(error)),
                          hint=say("Check that the disk has room and that you may write there.")) from error
    finally:
        part.unlink(missing_ok=True)
