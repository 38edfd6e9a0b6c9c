"""Coder: the option that lets two people code on one machine, each under their own name."""

from __future__ import annotations

import argparse

from storybank.domain.names import plain
from storybank.errors import Invalid
from storybank.words import say
from ui.commands.doors import Tr
from ui.wiring import App


def add_coder(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Let a command be done as somebody."""
    parser.add_argument("--coder", metavar=tr("NAME"), help=tr("code as this person; else as whoever sits here"))


def sit_down(app: App, name: str | None) -> None:
    """Let somebody be who sits here, for as long as the command runs; None leaves whoever does."""
    if name is None:
        return
    if not plain(name):
        raise Invalid(say("A coder needs a name."))
    app.author = plain(name)
