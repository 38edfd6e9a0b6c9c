"""Page: the frame of every web page that leaves the house: accessible, asking nobody for anything, alone on a disk."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from exports.web.elements import esc, locale_of
from storybank.words import Words

_WEB = resources.files("exports") / "web"
_FACES = (("EB Garamond", 500, "EBGaramond-Medium"), ("Inter", 400, "Inter-Regular"), ("Inter", 600, "Inter-SemiBold"))
_HERE = "'self' file:"
"""What a page may load: what lies beside it, on a server or on a disk; never another host."""
_ICON = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#0e5a5a"/>'
    b'<path d="M14 9c-4 2-6 5-6 9 0 3 2 5 4 5s4-2 4-4-2-4-4-4c0-2 1-3 3-4zm10 0c-4 2-6 5-6 9 0 3 2 5 4 5s4-2 4-4'
    b'-2-4-4-4c0-2 1-3 3-4z" fill="#fff"/></svg>'
).decode()
_OTHER = {"en": ("fr", "Français"), "fr": ("en", "English")}


def document(title: str, language: str, body: str, *, style: str = "", script: str = "", other_language_href: str = "",
             style_href: str = "", script_hrefs: Sequence[str] = (), header: str = "", footer: str = "",
             look: str = "", description: str = "") -> str:
    """Return a whole page; `style` and `script` stand in it, those with an address lie beside it.

    `body` is what is inside `main`, with the one `h1`; `header` and `footer` are HTML too. A link to the twin in the
    other language stands in the header where `other_language_href` names it.
    """
    skip = Words(language)("Skip to the content")
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{esc(_policy(style, script))}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f'<link rel="icon" href="data:image/svg+xml;base64,{_ICON}">',
        f"<title>{esc(title)}</title>",
        *([f'<meta name="description" content="{esc(description)}">'] if description else []),
        *([f'<link rel="alternate" hreflang="{locale_of(_OTHER[language][0])}" href="{esc(other_language_href)}">']
          if other_language_href else []),
        *([f'<link rel="stylesheet" href="{esc(style_href)}">'] if style_href else []),
        *([f"<style>{style}</style>"] if style else []),
        *(f'<script src="{esc(href)}" defer></script>' for href in script_hrefs),
    ]
    return "\n".join([
        "<!doctype html>", f'<html lang="{esc(locale_of(language))}">', "<head>", *head, "</head>",
        f'<body class="{esc(look)}">' if look else "<body>",
        f'<a class="skip" href="#main">{esc(skip)}</a>',
        *_header(header, language, other_language_href),
        f'<main id="main" tabindex="-1">\n{body}</main>',
        *([f"<footer>\n{footer}</footer>"] if footer else []),
        *([f"<script>{script}</script>"] if script else []),
        "</body>", "</html>", "",
    ])  # fmt: skip


@cache
def stylesheet(fonts_at: str = "") -> str:
    """Return the house's style; `fonts_at` is the folder of the typefaces, relative to where the style stands.

    Without one the page carries none and shows itself in what the reader's machine has.
    """
    faces = "".join(
        f'@font-face{{font-family:"{name}";font-weight:{weight};font-display:swap;'
        f'src:url("{fonts_at}/{file.lower()}.woff2") format("woff2")}}\n'
        for name, weight, file in _FACES
    )
    return (faces if fonts_at else "") + (_WEB / "style.css").read_text(encoding="utf-8")


@cache
def faces_within() -> str:
    """Return the typefaces as style that carries them inside, for a picture that travels alone."""
    return "".join(
        f'@font-face{{font-family:"{name}";font-weight:{weight};src:url("data:font/woff2;base64,'
        f'{base64.b64encode((_WEB / "fonts" / f"{file}.woff2").read_bytes()).decode()}") format("woff2")}}'
        for name, weight, file in _FACES
    )


def write_fonts(folder: Path) -> list[Path]:
    """Write the typefaces and their licences to a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for _, _, file in _FACES:
        written.append(folder / f"{file.lower()}.woff2")
        written[-1].write_bytes((_WEB / "fonts" / f"{file}.woff2").read_bytes())
    for licence in ("OFL-EBGaramond.txt", "OFL-Inter.txt"):
        written.append(folder / licence.lower())
        written[-1].write_bytes((resources.files("exports") / "fonts" / licence).read_bytes())
    return written


def _header(header: str, language: str, other_language_href: str) -> list[str]:
    """Return the header, with the way to the other language."""
    if not header and not other_language_href:
        return []
    code, name = _OTHER[language]
    tongue = f'lang="{locale_of(code)}" hreflang="{locale_of(code)}"'
    there = f'<a class="other" href="{esc(other_language_href)}" {tongue}>{name}</a>' if other_language_href else ""
    return [f'<header class="top">\n{header}{there}\n</header>']


def _policy(style: str, script: str) -> str:
    """Return what the page may load and run: nothing from elsewhere, and of what stands in it only what we wrote."""
    return "; ".join([
        "default-src 'none'", f"img-src {_HERE} data:", f"media-src {_HERE}", f"font-src {_HERE} data:",
        f"style-src {_HERE}{_hashed(style)}", f"script-src {_HERE}{_hashed(script)}", f"form-action {_HERE}",
        "base-uri 'none'",
    ])  # fmt: skip


def _hashed(inside: str) -> str:
    return f" 'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'" if inside else ""
