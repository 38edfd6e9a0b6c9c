"""Command `export`: projects, codebooks, quotes and stories as files of other programs."""

from __future__ import annotations

import argparse
import importlib

from ui.commands.doors import Arguments, Tr

FORMATS = {
    "qdpx": "projects", "qdc": "codebook_files", "csv": "quote_files", "xlsx": "quote_files", "json": "quote_files",
    "docx": "quote_files", "dublin-core": "story_files", "json-ld": "story_files",
}
"""The module of `ui.commands` that writes each format: its `FORMATS` says how."""


def export_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `export` takes."""
    doing = parser.add_subparsers(required=True, metavar="FORMAT")
    for name, module in FORMATS.items():
        writes: dict[str, Arguments] = importlib.import_module(f"ui.commands.{module}").FORMATS
        writes[name](doing.add_parser(name), tr)


ARGUMENTS: dict[str, Arguments] = {"export": export_arguments}
