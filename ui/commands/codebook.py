"""Commands about the codebook: codebook."""

from __future__ import annotations

import argparse

from storybank.domain.codebook import Code, CodeKind
from ui.commands.doors import Arguments, Tr, Voice, opened, table


def codebook_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `codebook` takes."""
    parser.set_defaults(run=list_codes)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("add a free code"))
    add.add_argument("label")
    add.add_argument("--french", default="", help=tr("its label in French"))
    add.set_defaults(run=add_code)


def list_codes(asked: argparse.Namespace, voice: Voice) -> None:
    """List the codes."""
    with opened(asked) as app:
        codes = app.quoting.codes()
    voice.tell([_code(c) for c in codes],
               table([(str(c.kind), c.key, c.label(voice.words.language)) for c in codes]))


def add_code(asked: argparse.Namespace, voice: Voice) -> None:
    """Add a free code."""
    with opened(asked, for_writing=True) as app:
        code = app.quoting.add_code(asked.label, asked.french)
    voice.tell(_code(code), f"{code.key}  {code.label(voice.words.language)}")


def _code(c: Code) -> dict[str, object]:
    return {"key": c.key, "kind": c.kind, "label_en": c.label_en, "label_fr": c.label_fr, "gist_en": c.gist_en,
            "gist_fr": c.gist_fr, "block": c.kind is CodeKind.BLOCK}


ARGUMENTS: dict[str, Arguments] = {"codebook": codebook_arguments}
