"""Letters: which typefaces LibreOffice takes for a document that brings its own along."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_BROUGHT = re.compile(r'<w:font [^>]*w:name="([^"<>&]{1,80})"(?:(?!</w:font>).){0,4000}?<w:embed', re.DOTALL)
_MOST = 2_000_000


def font_settings(document: Path, folder: Path) -> dict[str, str]:
    """Return the surroundings in which a document's own typefaces come before the machine's of the same name.

    Between two of one name LibreOffice chooses by chance, so that the same document would not be the same pages.
    """
    families = _brought_along(document)
    if not families:
        return {}
    usual = os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    rejected = "".join(f'<pattern><patelt name="family"><string>{escape(name)}</string></patelt></pattern>'
                       for name in families)
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>'
        f'<include ignore_missing="yes">{escape(usual)}</include>'
        f"<selectfont><rejectfont>{rejected}</rejectfont></selectfont></fontconfig>\n", encoding="utf-8")
    return {"FONTCONFIG_FILE": str(settings)}


def _brought_along(document: Path) -> list[str]:
    try:
        with zipfile.ZipFile(document) as package:
            info = package.getinfo("word/fontTable.xml")
            if info.file_size > _MOST:
                return []
            table = package.read(info).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, OSError):
        return []
    return list(dict.fromkeys(_BROUGHT.findall(table)))
