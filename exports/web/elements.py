"""Elements: the parts of a page, escaped and accessible: links, quotes, films with captions and transcript, figures."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exports.typography import clean, marks, tidy
from storybank.domain.clip import Cue
from storybank.words import Words


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote as a page shows it, already permitted."""

    text: str
    language: str
    credit: tuple[str, ...]
    anchor: str = ""
    """Where links lead, as `q-0123`."""
    look: str = ""
    """Classes that give it a colour."""
    besides: tuple[str, ...] = ()
    """HTML that must stand beside it: translation, conditions, labels."""


@dataclass(frozen=True, slots=True)
class Film:
    """A clip on a page; captions are burned in, the track is for those who set their own."""

    source: str
    poster: str
    track: str
    language: str
    label: str
    """What a screen reader calls it."""
    cues: tuple[Cue, ...]
    anchor: str = ""


def esc(text: object) -> str:
    """Return `text` as it stands in HTML, in an element or between quotes."""
    return html.escape(clean(str(text)), quote=True)


def locale_of(language: str) -> str:
    """Return a language as pages name it: `en-CA`, `fr-CA`, others as they are."""
    return f"{language}-CA" if language in ("en", "fr") else clean(language) or "und"


def spoken_in(language: str, around: str) -> str:
    """Return the attribute that says in which language something is, where that is not the page's."""
    return "" if language == around else f' lang="{esc(locale_of(language))}"'


def link(to: str, text: str, look: str = "", more: str = "") -> str:
    """Return a link; `text` is plain."""
    return f'<a href="{esc(to)}"{_class(look)}{more}>{esc(text)}</a>'


def heading(level: int, text: str, anchor: str = "", look: str = "") -> str:
    """Return a heading."""
    return f"<h{level}{_id(anchor)}{_class(look)}>{esc(text)}</h{level}>"


def listed(items: Iterable[str], look: str = "", *, numbered: bool = False) -> str:
    """Return HTML items as a list; nothing where there are none."""
    inside = "".join(f"<li>{item}</li>\n" for item in items)
    tag = "ol" if numbered else "ul"
    return f"<{tag}{_class(look)} role=\"list\">\n{inside}</{tag}>\n" if inside else ""


def paragraphs(texts: Iterable[str], look: str = "") -> str:
    """Return plain texts as paragraphs."""
    return "".join(f"<p{_class(look)}>{esc(text)}</p>\n" for text in texts if text.strip())


def quotation(said: Spoken, around: str) -> str:
    """Return a quote with who says it; `around` is the language of the page."""
    opening, closing = marks(said.language)
    words = f"{opening}{tidy(said.text, said.language)}{closing}"
    who, *more = said.credit or ("",)
    details = "".join(f'<span class="detail">{esc(line)}</span>' for line in more)
    return (
        f'<figure class="quote {esc(said.look)}"{_id(said.anchor)}>\n'
        f"<blockquote{spoken_in(said.language, around)}><p>{esc(words)}</p></blockquote>\n"
        f'<figcaption><span class="who">{esc(who)}</span>{details}</figcaption>\n'
        f"{''.join(said.besides)}</figure>\n"
    )


def film(shown: Film, around: str) -> str:
    """Return a clip that starts only when asked to, with its captions as a track and its transcript below."""
    words = Words(around)
    captions, download, transcript = words("Captions"), words("Download the clip"), words("Transcript of the clip")
    shot = f' poster="{esc(shown.poster)}"' if shown.poster else ""
    return (
        f'<div class="film"{_id(shown.anchor)}>\n'
        f'<video controls preload="none" playsinline width="1920" height="1080"{shot}'
        f' aria-label="{esc(shown.label)}">\n'
        f'<source src="{esc(shown.source)}" type="video/mp4">\n'
        f'<track kind="captions" src="{esc(shown.track)}" srclang="{esc(locale_of(shown.language))}"'
        f' label="{esc(captions)}">\n'
        f'<p>{link(shown.source, download)}</p>\n</video>\n'
        f'<details class="transcript"><summary>{esc(transcript)}</summary>\n'
        f"{_transcript(shown.cues, shown.language, around)}</details>\n</div>\n"
    )


def figure(source: str, alt: str, size: tuple[int, int], look: str = "", caption: str = "") -> str:
    """Return a picture with what there is to see; an empty `alt` says that it only adorns."""
    below = f"<figcaption>{esc(caption)}</figcaption>" if caption else ""
    picture = (f'<img src="{esc(source)}" alt="{esc(alt)}" width="{size[0]}" height="{size[1]}"'
               ' loading="lazy" decoding="async">')
    return f"<figure{_class(look)}>{picture}{below}</figure>\n" if below or look else f"{picture}\n"


def clock(ms: int) -> str:
    """Return a moment of a clip as `1:05`."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _transcript(cues: Sequence[Cue], language: str, around: str) -> str:
    lines = (
        f'<li data-at="{cue.start_ms / 1000:g}" data-until="{cue.end_ms / 1000:g}"><span class="at">'
        f"{clock(cue.start_ms)}</span> <span class=\"said\"{spoken_in(language, around)}>"
        f"{esc(cue.text.replace(chr(10), ' '))}</span></li>\n"
        for cue in cues
    )
    jump = Words(around)("Play from {at}", at="{at}")
    return f'<ol class="cues" role="list" data-jump="{esc(jump)}">\n{"".join(lines)}</ol>\n'


def _id(anchor: str) -> str:
    return f' id="{esc(anchor)}"' if anchor else ""


def _class(look: str) -> str:
    return f' class="{esc(look)}"' if look else ""
