"""The command line: the same services as the window, and no Qt.

Nothing heavy is loaded before it is known which command was asked for: `storybank --help` must answer at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from storybank import __version__
from ui.tongue import N_, language

TYPE_CHECKING = False  # as the type checker reads it, without the time that `typing` takes to load
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "init": ("library", N_("Make a new library.")),
    "import": ("library", N_("Bring recordings in: files, folders, or a CSV of details.")),
    "stories": ("library", N_("List the stories.")),
    "show": ("library", N_("Show everything about a story.")),
    "verify": ("library", N_("Check the library and every file in it.")),
    "people": ("people", N_("List people, add them, and say who is in a story.")),
    "consent": ("consent", N_("Record consent, and ask what may be used.")),
    "withdraw": ("withdrawal", N_("Take a person's consent back, at once and everywhere.")),
    "check-document": ("checking", N_("Check whether what is in a document or kit may still be used.")),
    "transcribe": ("listening", N_("Transcribe recordings; goes on where it was stopped.")),
    "transcript": ("transcripts", N_("Show, correct and export a transcript.")),
    "glossary": ("glossary", N_("Keep the names and terms that must be written right, and put them right.")),
    "jobs": ("listening", N_("List recordings that wait for a transcript.")),
    "locate": ("media", N_("Say where a recording is that was moved.")),
    "proxy": ("media", N_("Make a light copy of a story's recording, for playing.")),
    "models": ("models", N_("List, import, download and remove speech models.")),
    "preflight": ("preflight", N_("Check whether this computer is ready to transcribe, and how long it would take.")),
    "quote": ("quotes", N_("Pick, list and remove quotes.")),
    "tag": ("quotes", N_("Give a quote these codes and no others.")),
    "codebook": ("codebook", N_("List the codes, and change them.")),
    "search": ("search", N_("Find passages, quotes, memos and stories.")),
    "synonyms": ("synonyms", N_("Keep the words that mean the same to search.")),
    "memo": ("memos", N_("Write notes about quotes, codes, stories and people.")),
    "suggest": ("suggestions", N_("Suggest codes for a passage, with the reasons.")),
    "coverage": ("coverage", N_("Count what may be used, by building block and stakeholder.")),
    "agreement": ("agreement", N_("Measure how far coders agree, and settle where they do not.")),
    "project": ("projects", N_("Take in a project of NVivo, ATLAS.ti or MAXQDA (QDPX).")),
    "export": ("exporting", N_("Write projects, codebooks, quotes and stories for other programs.")),
    "draft": ("drafts", N_("Write briefs, kits and sites: they are kept in the library until they are made.")),
    "site": ("sites", N_("Make the Voices microsite, and make it again without whoever said stop.")),
    "brief": ("leaving", N_("Write a policy brief (Word) of cleared quotes.")),
    "kit": ("leaving", N_("Make a campaign kit of cleared quotes.")),
    "clip": ("leaving", N_("Cut the captioned clip of a cleared quote.")),
    "template": ("templates", N_("Check and keep letterheads that briefs stand on.")),
    "theme": ("templates", N_("Check and keep themes of quote cards.")),
    "ledger": ("leaving", N_("List everything that ever left the house.")),
    "organization": ("forms", N_("Say who keeps the library, for receipts and letters.")),
    "demo": ("demo", N_("Do the main job on the eight demo interviews.")),
}
"""Every command: the module of `ui.commands` that does it, and what it is for."""
THE_PARSERS_OWN = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"), N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"), N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"), N_("expected one argument"), N_("expected at least one argument"),
)
"""What argparse says by itself."""
_STOPPED = 130
"""The exit code of whatever was ended by Ctrl+C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without a command, open the window."""
    given = _fronted(sys.argv[1:] if arguments is None else arguments)
    chosen = _chosen(given)
    if chosen == "search":
        given = _without_refused_words(given)
    if chosen is None and not {"-h", "--help", "--version"} & set(given):
        return importlib.import_module("ui.app").main(given)  # type: ignore[no-any-return]
    try:
        return _done(chosen, given)
    except KeyboardInterrupt:
        return _stopped(as_json="--json" in given)


def _done(chosen: str | None, given: Sequence[str]) -> int:
    """Do what was typed, or say how it is typed, and return the exit code."""
    try:
        asked = _parser(chosen).parse_args(given)
    except _Misused as wrong:
        return importlib.import_module("ui.commands.doors").correct(  # type: ignore[no-any-return]
            wrong.parser, wrong.message, as_json="--json" in given)
    return importlib.import_module("ui.commands.doors").run(asked)  # type: ignore[no-any-return]


def _stopped(*, as_json: bool) -> int:
    """Say that somebody pressed Ctrl+C before the work had begun, while its parts were still being loaded."""
    told = _translator()("Stopped on request.")
    if as_json:
        value = {"error": {"title": told, "message": told, "hint": "", "exit_code": _STOPPED}}
        sys.stdout.write(importlib.import_module("json").dumps(value, ensure_ascii=False, indent=1) + "\n")
    sys.stderr.write(f"{told}\n")
    return _STOPPED


class _Misused(Exception):
    """What was typed is no command: the parser whose usage helps, and what is wrong."""

    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser = parser
        self.message = message


class _Page(argparse.HelpFormatter):
    """Help as wide as the terminal, asked of the system itself: argparse would load a library for it."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = 80
        super().__init__(prog, width=width - 2)


class _Parser(argparse.ArgumentParser):
    """A parser that leaves it to the caller how a mistake is told."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing and ending the program."""
        raise _Misused(self, message)


def _fronted(given: Sequence[str]) -> list[str]:
    """Return the words with what may stand anywhere moved to the front: `--json`, and `--library` with its folder."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(given)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--library":
            folder = next(words, None)
            front += [] if folder is None else [word, folder]
            rest += [word] if folder is None else []
        elif word == "--json" or word.startswith("--library="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _without_refused_words(given: Sequence[str]) -> list[str]:
    """Return the words with a space before those that a search leaves out, `-word`, which are no options."""
    return [f" {word}" if len(word) > 2 and word[0] == "-" != word[1] else word for word in given]


def _chosen(given: Sequence[str]) -> str | None:
    """Return the command among the words typed: the first that is no option and no option's value."""
    words = iter(given)
    for word in words:
        if word == "--library":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows every command's name, and the arguments of the chosen one only."""
    tr = _translator()
    parser = _Parser(
        prog="storybank", formatter_class=_Page,
        description=tr("Looks after video reflections, and the consent each may be used under."))
    parser.add_argument("--version", action="version", version=f"storybank {__version__}",
                        help=tr("show program's version number and exit"))
    parser.add_argument("--library", metavar=tr("DIR"), help=tr("the library's folder"))
    parser.add_argument("--json", action="store_true", help=tr("one JSON value on standard output"))
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"), required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=tr(purpose), description=tr(purpose), formatter_class=_Page)
        if name == chosen:
            importlib.import_module(f"ui.commands.{module}").ARGUMENTS[name](command, tr)
    return parser


def _translator() -> Callable[[str], str]:
    """Return how to say things; English needs no catalogue, and no time to load one."""
    if language() == "en":
        return str
    words: Callable[[str], str] = importlib.import_module("storybank.words").Words(language())
    setattr(argparse, "_", words)  # noqa: B010 - argparse says its own words through this name
    return words
