"""Validators: what Word, PowerPoint and readers with screen readers would say of a file that leaves the house."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

import dev
from exports.pages.accessible import remarks_on
from storybank.domain.remark import Weight

WITHOUT = "Microsoft's validator of Word files is not installed: python3 dev.py test"

STANDARD = {
    *("/Document", "/Part", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/H1", "/H2", "/H3", "/H4", "/P"),
    *("/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote"),
    *("/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Figure", "/Formula", "/Form", "/TOCI"),
}
"""What PDF 1.7 knows as a tag; anything else must be explained by the document's own map of roles."""


def assert_valid(file: Path, *but: str, warnings: bool = True) -> None:
    """Fail with what both validators and our accessibility lint say of a Word file or a deck.

    `but` names words of remarks that are meant to be there; without `warnings`, only what may not leave counts.
    """
    said = [*sdk_remarks(file), *audit_remarks(file), *lint_remarks(file, warnings=warnings)]
    left = [one for one in said if not any(word in one for word in but)]
    assert left == [], f"{file.name}:\n" + "\n".join(left)


def sdk_remarks(file: Path) -> list[str]:
    """Return what Microsoft's Open XML SDK says of a file; skip with what to do where it is not installed."""
    asked = subprocess.run([*_sdk(), str(file)], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert asked.returncode in (0, 1), asked.stderr
    errors = json.loads(asked.stdout)["errors"]
    return [f"Open XML SDK: {e.get('description')} {e.get('path', '')}".strip() for e in errors]


@cache
def _sdk() -> tuple[str, ...]:
    """Return how Microsoft's validator is called, installed now where it can be."""
    tool = dev.VENV / "tools" / "node_modules" / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    if not tool.is_file():
        dev.add_office_tools()
    node = shutil.which("node")
    if not node or not tool.is_file():
        pytest.skip(WITHOUT)
    return node, str(tool)


def audit_remarks(file: Path) -> list[str]:
    """Return what openxml-audit says of a file: the schema again, and what makes Word offer to repair it."""
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(file)
    return [f"openxml-audit: {error.description} {error.path or ''}".strip() for error in result.errors]


def lint_remarks(file: Path, *, warnings: bool = True) -> list[str]:
    """Return what our own lint says of a file."""
    return [f"{one.weight}: {one.message} ({one.place})" for one in remarks_on(file)
            if warnings or one.weight is Weight.STOP]


def assert_for_everybody(pdf: Path, language: str) -> None:
    """Fail unless a PDF carries what PDF/UA asks for: language, tags, titles, alternative texts, header cells."""
    with pikepdf.open(pdf) as file:
        assert str(file.Root.Lang) == f"{language}-CA"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]).strip()
        with file.open_metadata() as told:
            assert told.get("pdfuaid:part") == "1"
        roles = {key: str(role) for key, role in file.Root.StructTreeRoot.get("/RoleMap", {}).items()}
        tags = [(roles.get(kind, kind), node) for kind, node in _tags(file.Root.StructTreeRoot)]
    kinds = [kind for kind, _ in tags]
    assert set(kinds) <= STANDARD, set(kinds) - STANDARD
    assert kinds.count("/H1") == 1, kinds
    assert [node for kind, node in tags if kind == "/Figure" and not node.get("/Alt")] == []
    assert kinds.count("/TH") or "/Table" not in kinds
    assert [node for kind, node in tags if kind == "/TH" and "Scope" not in repr(node.get("/A"))] == []


def tags_of(pdf: Path) -> list[str]:
    """Return the kinds of a PDF's tags in their order, as `/H1`, `/P`, `/L`."""
    with pikepdf.open(pdf) as file:
        return [kind for kind, _ in _tags(file.Root.StructTreeRoot)]


def _tags(node: pikepdf.Object) -> list[tuple[str, pikepdf.Object]]:
    found: list[tuple[str, pikepdf.Object]] = []
    if isinstance(node, pikepdf.Array):
        return [tag for one in node for tag in _tags(one)]
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append((str(node.S), node))
        if "/K" in node:
            found += _tags(node.K)
    return found
