"""Trailer: what a format with one name and one description cannot hold, written under the description and read back."""

from __future__ import annotations

import re

from storybank.domain.codebook import Code

_MARK = "[Storybank]"
_FOUND = re.compile(r"(?:\A|\n)[ \t]*\[Storybank\][ \t]*(?=\n|\Z)")
_LINE = re.compile(r"([a-z_]+):(.*)")
_TEXTS = ("label_en", "label_fr", "short_en", "short_fr")


def written(code: Code, language: str) -> str:
    """Return the description in `language`, and beneath it the rest of the code, a line each."""
    other = "gist_en" if language == "fr" else "gist_fr"
    rest = {"key": code.key, "language": language, **{name: getattr(code, name) for name in _TEXTS},
            other: getattr(code, other), "aliases": "; ".join(code.aliases), "colour": code.colour}
    lines = [f"{name}: {_flat(text)}" for name, text in rest.items() if text]
    return "\n".join([*((code.gist(language), "") if code.gist(language) else ()), _MARK, *lines])


def told(name: str, text: str, language: str) -> dict[str, object]:
    """Return what a name and a description say: all of a code that we wrote, or these two in `language`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = list(_FOUND.finditer(text))
    if not marks:
        said = {f"label_{language}": name, f"gist_{language}": text.strip()}
        return {field: value for field, value in said.items() if value}
    rest = {found[1]: _unflat(found[2].strip()) for line in text[marks[-1].end():].split("\n")
            if (found := _LINE.fullmatch(line.strip()))}
    own = "fr" if rest.pop("language", language) == "fr" else "en"
    known = {field: rest.get(field, "") for field in (*_TEXTS, "gist_en", "gist_fr", "key", "colour")}
    known[f"gist_{own}"] = text[: marks[-1].start()].strip()
    in_both = (known["label_fr"] or known["label_en"], known["label_en"] or known["label_fr"])
    if name != in_both[own == "en"]:
        known[f"label_{own}"] = name
    return {**known, "aliases": tuple(one.strip() for one in rest.get("aliases", "").split(";") if one.strip())}


def _flat(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unflat(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
