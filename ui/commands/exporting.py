"""Command `export`: projects, codebooks, quotes and stories as files of other programs."""

from __future__ import annotations

import argparse
import importlib

from ui.commands.doors import Arguments, Tr
from ui.tongue import N_

FORMATS = {
    "qdpx": ("projects", N_("a project for NVivo, ATLAS.ti or MAXQDA (REFI-QDA)")),
    "qdc": ("codebook_files", N_("the codebook for other programs (REFI-QDA)")),
    "csv": ("quote_files", N_("quotes as a table, for any program")),
    "xlsx": ("quote_files", N_("quotes as a spreadsheet")),
    "json": ("quote_files", N_("quotes as data")),
    "docx": ("quote_files", N_("a Word dossier of quotes, for use inside")),
    "dublin-core": ("story_files", N_("stories for a catalogue, as CSV")),
    "json-ld": ("story_files", N_("stories for a catalogue, as linked data")),
}  # fmt: skip
"""What can be written: the module of `ui.commands` whose `FORMATS` says how, and what it is for."""


def export_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `export` takes."""
    doing = parser.add_subparsers(required=True, metavar="FORMAT")
    for name, (module, does) in FORMATS.items():
        writes: dict[str, Arguments] = importlib.import_module(f"ui.commands.{module}").FORMATS
        writes[name](doing.add_parser(name, help=tr(does)), tr)


ARGUMENTS: dict[str, Arguments] = {"export": export_arguments}
