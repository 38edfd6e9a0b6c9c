"""The house rules: who may know whom, how long things may be, and that every word has its translation."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("storybank", "media", "exports", "ui")
LOCALE = ROOT / "storybank" / "locale"
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# Longer than the rule, by name, each with its reason. Keep this short.
LONG_FILES = {"storybank/ports.py": "one file to read for every socket of the house"}
LONG_FUNCTIONS: dict[str, str] = {}
# The one road to the internet: a person asks for a speech model.
MAY_DOWNLOAD = {"media/download.py"}
NETWORK = {"http", "urllib.request", "requests", "httpx", "httpx2", "huggingface_hub", "aiohttp", "urllib3"}
# Qt's setters of words that people read.
SHOWN_BY = {
    *("setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "setTitle", "setStatusTip"),
    *("QLabel", "QPushButton", "QAction", "QCheckBox", "QRadioButton", "QGroupBox", "addAction", "addMenu"),
}
# Names that are the same in every language: ours, and keys.
NAMES = re.compile(r"Storybank|((Ctrl|Alt|Shift)\+)+\w+")


def files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms or ROOMS for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def is_content(*command: str | Path) -> None:
    """Let a checker look at the house, and fail with its own words if it complains."""
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if checked.returncode:
        pytest.fail(f"{checked.stdout}\n{checked.stderr}".strip(), pytrace=False)


# ---- who may know whom ----------------------------------------------------------------------------------------------


def test_no_room_imports_what_it_may_not():
    is_content(sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")


def test_no_two_files_import_each_other_in_a_circle():
    house = grimp.build_graph(*ROOMS, exclude_type_checking_imports=True, cache_dir=None)
    TopologicalSorter({name: house.find_modules_directly_imported_by(name) for name in house.modules}).prepare()


def test_only_the_download_of_speech_models_knows_the_network():
    assert [f"{name_of(path)} imports {name}" for path in files() for name in imported_by(path)
            if name_of(path) not in MAY_DOWNLOAD and is_network(name)] == []  # fmt: skip


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_network(name: str) -> bool:
    return name in NETWORK or name.split(".")[0] in NETWORK


# ---- how the code reads ---------------------------------------------------------------------------------------------


def test_every_type_is_right():
    is_content(sys.executable, "-m", "mypy")


def test_ruff_has_nothing_to_say():
    from dev import OUR_CODE

    is_content(sys.executable, "-m", "ruff", "check", "--output-format=concise", *OUR_CODE)


def test_every_file_says_in_its_first_line_what_it_is_for():
    code = [*files(*ROOMS, "tests", "benchmarks"), ROOT / "dev.py"]
    assert [name_of(path) for path in code if not says_what_for(path)] == []


def says_what_for(path: Path) -> bool:
    tree = tree_of(path)
    said = ast.get_docstring(tree) or ""
    return not tree.body or said.split("\n")[0].rstrip().endswith((".", "?", "!", ".)"))


def test_no_file_is_too_long_to_read():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in files()}
    assert {name for name, lines in lengths.items() if lines > LONGEST_FILE} == set(LONG_FILES)


def test_no_function_is_too_long_to_read():
    lengths = {
        f"{name_of(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == set(LONG_FUNCTIONS)


# ---- the words people read ------------------------------------------------------------------------------------------


def test_nothing_is_shown_that_could_not_be_translated():
    assert [f"{name_of(path)}:{line} {said!r}" for path in files("ui") for line, said in shown_raw(tree_of(path))] == []


def shown_raw(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the literal sentences that are handed to Qt without passing through the catalogue."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node) not in SHOWN_BY:
            continue
        for given in node.args:
            said = given.value if isinstance(given, ast.Constant) else None
            if isinstance(said, str) and re.search(r"[^\W\d_]{2}", said) and not NAMES.fullmatch(said):
                yield node.lineno, said


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.fixture(scope="module")
def french() -> Catalog:
    with (LOCALE / "fr" / "LC_MESSAGES" / "storybank.po").open("rb") as file:
        return read_po(file, "fr")


def test_the_catalogue_holds_every_word_in_the_code():
    with (LOCALE / "storybank.pot").open("rb") as file:
        gathered = {message.id for message in read_po(file) if message.id}
    assert words_in_code() ^ gathered == set(), "python3 dev.py words gathers them"


def words_in_code() -> set[object]:
    from dev import KEYWORDS

    keywords = {name: (1, 2) if name == "many" else None for name in (key.split(":")[0] for key in KEYWORDS)}
    found: set[object] = set()
    for room in ROOMS:
        found |= {message for _file, _line, message, *_ in extract_from_dir(str(ROOT / room), keywords=keywords)}
    return {message for message in found if message}


def test_the_catalogue_has_the_commands_and_what_they_are_for(french: Catalog):
    from ui.cli import COMMANDS

    assert [purpose for _module, purpose in COMMANDS.values() if not french.get(purpose)] == []


def test_the_catalogue_is_wholly_in_french(french: Catalog):
    assert [message.id for message in french if message.id and (message.fuzzy or not all(said_by(message)))] == []


def test_the_catalogue_keeps_every_value_of_a_sentence(french: Catalog):
    assert [message.id for message in french if message.id and not keeps_values(message)] == []


def test_the_compiled_catalogue_is_the_written_one(french: Catalog):
    with (LOCALE / "fr" / "LC_MESSAGES" / "storybank.mo").open("rb") as file:
        compiled = read_mo(file)
    both = (french, compiled)
    written, carried = ({forms(one.id): said_by(one) for one in catalogue if one.id} for catalogue in both)
    assert carried == {asked: said for asked, said in written.items() if all(said)}, "python3 dev.py words compiles it"


def keeps_values(message: Message) -> bool:
    """Tell whether every form of a translation has the values of its source; one thing need not be counted."""
    asked, said = forms(message.id), said_by(message)
    if not all(said):
        return True  # not translated, which is another test's to say
    return all(values_in(one) <= values_in(asked[-1]) for one in said) and values_in(said[-1]) == values_in(asked[-1])


def said_by(message: Message) -> tuple[str, ...]:
    return forms(message.string)


def forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def values_in(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


# ---- the papers beside the code -------------------------------------------------------------------------------------


def papers() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_link_in_the_papers_leads_somewhere():
    dead = [f"{name_of(paper)} → {link}" for paper in papers()
            for link in re.findall(r"\]\(([^)#:\s]+)\)|src(?:set)?=\"([^\":]+)\"", paper.read_text("utf-8"))
            if not (paper.parent / "".join(link)).exists()]  # fmt: skip
    assert dead == []


def test_the_lock_names_no_index_and_checks_every_package():
    for level in ("app", "test"):
        lock = (ROOT / "lock" / f"{level}.txt").read_text("utf-8")
        assert not re.search(r"https?://|^-|--find-links|--index", lock, re.MULTILINE)
        pins = re.findall(r"^[\w.-]+==.*(?:\n    .*)*", lock, re.MULTILINE)
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
