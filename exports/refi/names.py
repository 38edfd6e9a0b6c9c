"""Names of the standard: its namespace, its paths, its moments, and the signs that its files may hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath

from lxml import etree

from storybank.domain import names

NAMESPACE = "urn:QDA-XML:project:1.0"
FAMILY = "urn:QDA-XML:"
"""What the namespaces of every version begin with: 1.0, and the 0:10 and 0:4 that older programs wrote."""
LOCATION = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
PROJECT_FILE = "project.qde"
SOURCES = "sources"
LARGEST_INSIDE = 2_147_483_646
"""Bytes of a file that may lie in a project: below 2 GiB - 1, as the standard says."""

_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"(internal|relative|absolute|file):/{0,3}", re.IGNORECASE)


def legal(text: str) -> str:
    """Return a text without the signs that XML 1.0 cannot hold; its lines end as ours do."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def legal_name(text: str) -> str:
    """Return a name on one line, without signs that XML cannot hold."""
    return legal(names.plain(text))


def same_length(text: str) -> str:
    """Return a text with a blank for each sign that cannot be shown, so that every place in it stays."""
    return _ILLEGAL.sub(" ", text).replace("\ufeff", " ")


def path_of(untrusted: str | None) -> tuple[str, str]:
    """Return the scheme of a path and the bare name at its end; a path is never followed, whatever it says.

    `absolute://` is read with two slashes as with three, and backslashes as slashes.
    """
    written = (untrusted or "").strip()
    found = _SCHEME.match(written)
    rest = written[found.end() :] if found else written
    name = PurePosixPath(rest.replace("\\", "/")).name
    return (found[1].lower() if found else "", "" if name in (".", "..") else names.plain(name))


def inner_path(untrusted: str | None) -> str:
    """Return what an internal path names, in lower case and without the folder that some programs write."""
    scheme, _name = path_of(untrusted)
    written = (untrusted or "").strip()
    if scheme not in ("internal", ""):
        return ""
    rest = _SCHEME.sub("", written, count=1).replace("\\", "/").lstrip("/").casefold()
    return rest.removeprefix(f"{SOURCES}/")


@cache
def schema() -> etree.XMLSchema:
    """Return the standard's own schema of a project, which lies beside this file."""
    return etree.XMLSchema(etree.parse(str(Path(__file__).with_name("Project.xsd"))))
