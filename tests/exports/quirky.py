"""Quirky: project files as other programs write them, with their habits and faults; made by hand."""

from __future__ import annotations

import zipfile

NS = "urn:QDA-XML:project:1.0"
U1 = "11111111-1111-4111-8111-111111111111"
C1, C2 = "22222222-2222-4222-8222-222222222221", "22222222-2222-4222-8222-222222222222"
S1, T1 = "33333333-3333-4333-8333-333333333331", "44444444-4444-4444-8444-444444444441"
TEXT = "Bonjour à tous.\nThe garden 🌱 saved me.\nFin."


def g(number, kind="a"):
    """Return the identifier of a number."""
    return f"{number:08d}-0000-4000-8000-00000000000{kind}"


def coding(number, code=C1, user=f'creatingUser="{U1}"', at='creationDateTime="2024-05-01T10:00:00Z"'):
    return f'<Coding guid="{g(number, "c")}" {user} {at}><CodeRef targetGUID="{code}"/></Coding>'


def plain(number, start, end, name="", inside=None, extra=""):
    inside = coding(number) if inside is None else inside
    return (f'<PlainTextSelection guid="{g(number)}" name="{name}" startPosition="{start}" endPosition="{end}" {extra}>'
            f"{inside}</PlainTextSelection>")


def text_source(selections="", path="internal://t.txt", guid=S1, name="Talk", content=None, attributes=""):
    where = f'plainTextPath="{path}"' if content is None else ""
    inline = "" if content is None else f"<PlainTextContent>{content}</PlainTextContent>"
    return f'<TextSource guid="{guid}" name="{name}" {where} {attributes}>{inline}{selections}</TextSource>'


def codes(*lines):
    inside = "".join(lines) or (f'<Code guid="{C1}" name="Hope" isCodable="true" color="#0f0"/>'
                                f'<Code guid="{C2}" name="Doubt" isCodable="true"/>')
    return f"<CodeBook><Codes>{inside}</Codes></CodeBook>"


def project(sources="", codebook=None, rest="", users=f'<Users><User guid="{U1}" name="Ana" id="A"/></Users>',
            ns=NS, before="", origin="Tool 1"):
    book = codes() if codebook is None else codebook
    space = f' xmlns="{ns}"' if ns else ""
    inside = f"<Sources>{sources}</Sources>" if sources else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?>{before}<Project{space} name="Quirks" origin="{origin}" '
            f'creationDateTime="2024-01-01T00:00:00Z">{users}{book}{before and ""}{inside}{rest}</Project>')


def package(to, xml, inner="project.qde", files=None, folder="sources"):
    """Write a project file; `files` lie in its folder of sources."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(inner, xml if isinstance(xml, bytes) else xml.encode())
        for name, content in (files or {}).items():
            made.writestr(f"{folder}/{name}", content if isinstance(content, bytes) else content.encode())
    return to


def video(inside="", guid=S1, path='path="internal://v.mp4"', name="Film"):
    return f'<VideoSource guid="{guid}" name="{name}" {path}>{inside}</VideoSource>'


def transcript(points=(), selections="", path="internal://t.txt", guid=T1):
    """Points are (number, ms, place)."""
    synced = "".join(f'<SyncPoint guid="{g(number, "b")}" timeStamp="{ms}" position="{place}"/>'
                     for number, ms, place in points)
    return f'<Transcript guid="{guid}" name="T" plainTextPath="{path}">{synced}{selections}</Transcript>'


def passage(number, first, last, name="", inside=None):
    inside = coding(number) if inside is None else inside
    return (f'<TranscriptSelection guid="{g(number)}" name="{name}" fromSyncPoint="{g(first, "b")}" '
            f'toSyncPoint="{g(last, "b")}">{inside}</TranscriptSelection>')


def moment(number, begin, end, name="", inside=None):
    inside = coding(number) if inside is None else inside
    return f'<VideoSelection guid="{g(number)}" name="{name}" begin="{begin}" end="{end}">{inside}</VideoSelection>'
