"""Accessibility: the report that goes along with a kit: what was checked in its files, what was found, and what not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath

from exports.kits import gallery, rights
from exports.kits.assets import Asset, folder_name
from exports.kits.packing import Packing
from exports.pages.accessible import remarks_on
from exports.palette import contrast
from exports.typography import clean, day, tidy
from exports.web.elements import esc, heading, listed, paragraphs, spoken_in
from exports.web.page import document
from storybank.domain.captioning import check as caption_faults
from storybank.domain.remark import Weight
from storybank.words import Sentence, Words, say

LONGEST_ALT = 250
_LEAST_CONTRAST = 4.5
_PICTURES = (".png", ".jpg")
_PAPERS = (".docx", ".pptx")


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at in every file of a kind, and what was found."""

    what: Sentence
    files: int
    faults: tuple[Sentence, ...] = ()


def checks(packing: Packing) -> tuple[Check, ...]:
    """Look at the files of a kit, and return what was found; a kind of file that is not there is not named."""
    made = (_pictures(packing), _described(packing), _captions(packing), _transcripts(packing), _papers(packing),
            _pages(packing), _colours(packing))
    return tuple(check for check in made if check.files)


def report(packing: Packing) -> str:
    """Return the report as a page in every language of the kit."""
    parcel, found = packing.parcel, checks(packing)
    first = parcel.languages[0]
    title = Words(first)("Accessibility report")
    body = heading(1, tidy(f"{title} — {clean(parcel.kit.titled(first))}", first))
    for language in parcel.languages:
        body += _told(packing, found, language, first)
    return document(f"{title} — {parcel.order.code}", first, body, style=gallery.style())


def _told(packing: Packing, found: Sequence[Check], language: str, around: str) -> str:
    words, parcel = Words(language), packing.parcel

    def set_in(text: str) -> str:
        return tidy(text, language)

    lead = words("Made with kit {code} on {day}, by looking at every file in it.", code=parcel.order.code,
                 day=day(parcel.order.made_at, language))
    rows = "".join(
        f'<tr><th scope="row">{esc(set_in(words.sentence(check.what)))}</th><td>{check.files}</td>'
        f"<td>{esc(set_in(_outcome(check, words)))}</td></tr>\n" for check in found
    )  # fmt: skip
    faults = [esc(set_in(words.sentence(fault))) for check in found for fault in check.faults]
    unchecked = [
        words("Nobody listened to it with a screen reader, and nobody tried it without a mouse."),
        words("Whether alt texts and captions say the right thing is for people to judge: read them before you post."),
        words("Sounds that matter besides words are not described in the captions."),
        *([words("The PDF files were not checked.")] if any(one.ending == ".pdf" for one in packing.assets) else []),
    ]
    checked, files, outcome = words("Checked"), words("Files"), words("Found")
    return "".join([
        f"<section{spoken_in(language, around)}>\n", heading(2, words("What was checked")),
        paragraphs([set_in(lead)]),
        '<div class="scroll" tabindex="0" role="group" aria-label="', esc(words("What was checked")), '">',
        f'<table><thead><tr><th scope="col">{esc(checked)}</th>'
        f'<th scope="col">{esc(files)}</th><th scope="col">{esc(outcome)}</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>\n",
        heading(3, words("To be mended")) + listed(faults) if faults else "",
        heading(3, words("What was not checked")), listed(esc(set_in(line)) for line in unchecked), "</section>\n",
    ])  # fmt: skip


def _outcome(check: Check, words: Words) -> str:
    if not check.faults:
        return words("All as they should be.")
    return words.many("{n} thing to mend, see below.", "{n} things to mend, see below.", len(check.faults))


def _pictures(packing: Packing) -> Check:
    shown = [one for one in packing.assets if one.ending in _PICTURES]
    faults = [say("{path} has no alt text.", path=one.path) for one in shown if not one.alt.strip()]
    faults += [say("The alt text of {path} is longer than {most} characters.", path=one.path, most=LONGEST_ALT)
               for one in shown if len(one.alt) > LONGEST_ALT]
    return Check(say("Pictures: each has an alt text of at most 250 characters"), len(shown), tuple(faults))


def _described(packing: Packing) -> Check:
    cards = [one for one in packing.assets if one.ending == ".png" and one.path.startswith("03_")]
    here = {one.path for one in packing.assets}
    faults = [say("{path} has no text file beside it.", path=one.path) for one in cards
              if one.path.removesuffix(".png") + ".alt.txt" not in here]
    return Check(say("Quote cards: each has a text file with all that it says"), len(cards), tuple(faults))


def _captions(packing: Packing) -> Check:
    filmed = [passage for passage in packing.parcel.passages if _films_of(packing, folder_name(passage))]
    faults = [say("{code}, caption {number}: {why}", code=passage.cleared.quote.code, number=fault.cue,
                  why=fault.reason) for passage in filmed for fault in caption_faults(passage.captions)]
    return Check(say("Captions: two lines at most, long enough on screen to be read, one after the other"), len(filmed),
                 tuple(faults))


def _transcripts(packing: Packing) -> Check:
    here = {one.path for one in packing.assets}
    films, faults = 0, []
    for passage in packing.parcel.passages:
        name, spoken = folder_name(passage), passage.cleared.quote.language
        own = _films_of(packing, name)
        films += len(own)
        wanted = (f"{name}.{spoken}.srt", f"{name}.{spoken}.vtt", f"{name}.transcript.{spoken}.txt")
        if own and rights.has_clip(passage):
            faults += [say("{path} is missing.", path=path) for path in (f"04_clips/{name}/{one}" for one in wanted)
                       if path not in here]
    return Check(say("Clips: each has captions as files and a transcript"), films, tuple(faults))


def _films_of(packing: Packing, name: str) -> list[Asset]:
    return [one for one in packing.assets if one.ending == ".mp4" and one.path.startswith(f"04_clips/{name}/")]


def _papers(packing: Packing) -> Check:
    papers = [one for one in packing.assets if one.ending in _PAPERS]
    faults = [say("{path}: {why}", path=one.path, why=remark.message) for one in papers
              for remark in remarks_on(packing.folder / one.path) if remark.weight is not Weight.NOTE]
    return Check(say("Word files and slides: title, language, headings in order, no picture without alt text"),
                 len(papers), tuple(faults))


def _pages(packing: Packing) -> Check:
    pages = [one for one in packing.assets if one.ending == ".html"]
    faults = [say("{path}: {why}", path=one.path, why=why) for one in pages
              for why in _faults_of((packing.folder / one.path).read_text(encoding="utf-8"))]
    return Check(say("Web pages: language, one main heading, alt texts, captions, labels; nothing fetched from"
                     " elsewhere"), len(pages), tuple(faults))


def _colours(packing: Packing) -> Check:
    look = packing.theme
    cards = [one for one in packing.assets if one.ending == ".png" and one.path.startswith("03_")]
    weak = [colour for colour in (look.ink, look.soft) if contrast(colour, look.ground) < _LEAST_CONTRAST]
    faults = tuple(say("The colour {colour} on {ground} is too weak to be read by everybody.", colour=colour,
                       ground=look.ground) for colour in weak)
    return Check(say("Colours of the cards: letters against their ground at least 4.5 to 1"), len(cards), faults)


def _faults_of(page: str) -> Iterator[Sentence]:
    look = _Look()
    look.feed(page)
    yield from look.faults()


class _Look(HTMLParser):
    """A look at a page's own code."""

    def __init__(self) -> None:
        super().__init__()
        self._language, self._headings, self._labels = "", [], set()  # type: ignore[var-annotated]
        self._found: list[Sentence] = []
        self._fields: list[str] = []
        self._within_label = 0
        self._films, self._tracks = 0, 0
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "html": self._html, "img": self._img, "label": self._label, "input": self._field, "select": self._field,
            "textarea": self._field, "video": self._video, "track": self._track,
        }  # fmt: skip

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        told = {name: value or "" for name, value in attrs}
        if tag[0] == "h" and tag[1:].isdigit():
            self._headings.append(int(tag[1:]))
        if told.get("src", "").startswith(("http:", "https:", "//")):
            self._found.append(say("it fetches something from elsewhere."))
        if tag in self._starts:
            self._starts[tag](told)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "label":
            self._within_label -= 1

    def faults(self) -> Iterator[Sentence]:
        """Yield what is wrong with the page."""
        yield from self._found
        if not self._language:
            yield say("its language is not said.")
        if self._headings.count(1) != 1:
            yield say("it has {n} main headings.", n=self._headings.count(1))
        if any(after > before + 1 for before, after in zip(self._headings, self._headings[1:], strict=False)):
            yield say("a level of headings is left out.")
        if self._tracks < self._films:
            yield say("a film has no captions.")
        for field in self._fields:
            if field not in self._labels:
                yield say("a field has no label.")

    def _html(self, told: dict[str, str]) -> None:
        self._language = told.get("lang", "")

    def _img(self, told: dict[str, str]) -> None:
        if "alt" not in told:
            self._found.append(say("{path} has no alt text.", path=PurePosixPath(told.get("src", "")).name))

    def _label(self, told: dict[str, str]) -> None:
        self._within_label += 1
        self._labels.add(told.get("for", ""))

    def _field(self, told: dict[str, str]) -> None:
        if not self._within_label and "aria-label" not in told:
            self._fields.append(told.get("id", "?"))

    def _video(self, told: dict[str, str]) -> None:  # noqa: ARG002
        self._films += 1

    def _track(self, told: dict[str, str]) -> None:
        self._tracks += told.get("kind") == "captions"
