"""Documents from outside, as tests need them: real Word files, plain PDFs, pictures and films of a few bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

WORD_NS = nsdecls("w")


class Calm:
    """A ticket nobody stops."""

    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


def word_file(to, *paragraphs, change=lambda document: None):
    """Write a Word file with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    change(document)
    document.save(to)
    return to


def with_part(file, name, content):
    """Put another part into a package, or another content in place of one."""
    kept = {}
    with zipfile.ZipFile(file) as package:
        kept = {info.filename: package.read(info) for info in package.infolist()}
    kept[name] = content
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for path, held in kept.items():
            package.writestr(path, held)
    return file


def add_xml(document, xml):
    """Put raw WordprocessingML at the end of a document's body."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def a_pdf(to, *pages, title=""):
    """Write a PDF with these pages, each a list of lines; encoded as simple PDFs of the nineties were."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
               " /Encoding /WinAnsiEncoding >>", f"<< /Title ({title}) >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
                       " /Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    out += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1}"
            f" /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n")
    Path(to).write_bytes(out.encode("cp1252"))
    return Path(to)


def a_png(**texts):
    """Return a PNG of one pixel that says something about itself."""
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    said = b"".join(chunk(b"iTXt", f"{key}\0\1\0\0\0".encode() + zlib.compress(text.encode()))
                    for key, text in texts.items())
    head = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + head + said + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def a_box(kind, body):
    """Return a box of an MP4."""
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def a_film(title, sound=b"\0" * 5000):
    """Return an MP4 that has a title and nothing to see."""
    told = a_box(b"ilst", a_box(b"\xa9nam", a_box(b"data", b"\0\0\0\1\0\0\0\0" + title.encode())))
    meta = a_box(b"udta", a_box(b"meta", b"\0\0\0\0" + told))
    return a_box(b"ftyp", b"isom\0\0\2\0isom") + a_box(b"mdat", sound) + a_box(b"moov", meta)


def a_zip(to, **files):
    """Write a zip; names with a double underscore get a slash."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return to


def packed(files):
    """Return a zip as bytes."""
    raw = io.BytesIO()
    a_zip(raw, **files)
    return raw.getvalue()
