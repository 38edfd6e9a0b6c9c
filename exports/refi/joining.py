"""Joining: what a program wrote in several places put together: a transcript with its text, a passage with its twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from exports.refi.names import inner_path
from exports.refi.opening import Texts
from exports.refi.raw import RawSelection, RawSource, RawText
from exports.refi.texts import Named, Shift, canonical, counted
from exports.refi.writing import twin_id
from storybank.domain.project import (
    ProjectTranscript,
    Selection,
    Source,
    SyncPoint,
    Tally,
    derived,
    merged_codings,
)
from storybank.domain.sounding import Sounding, in_step
from storybank.words import say

_NEAR_MS = 50
"""How far two selections may be apart that are one passage."""


class Joining:
    """Makes sources of what was read; `aliases` tells for each twin which thing it is."""

    def __init__(self, texts: Texts, tally: Tally) -> None:
        self._texts, self._tally = texts, tally
        self.aliases: dict[str, str] = {}
        self._by_path: dict[str, tuple[str, str]] = {}
        self._by_text: dict[str, tuple[str, str]] = {}
        """Source and transcript of each text."""
        self._shared: dict[str, list[tuple[RawSource, RawText]]] = defaultdict(list)
        """For each transcript, the texts that say it again."""

    def sources(self, raws: Sequence[RawSource]) -> list[Source]:
        """Return the sources, each transcript once."""
        recordings = [raw for raw in raws if raw.kind in ("VideoSource", "AudioSource")]
        for raw in recordings:
            for text in raw.texts:
                self._note_transcript(raw, text)
        alone = [raw for raw in raws if raw.kind in ("TextSource", "PDFSource") and not self._is_said_again(raw)]
        for raw in raws:
            self._tell_losses(raw)
        return [*(self._recording(raw) for raw in recordings), *(self._text_source(raw) for raw in alone
                                                                 if raw.texts)]

    def _note_transcript(self, raw: RawSource, text: RawText) -> None:
        where = raw.id, text.id
        for key in filter(None, (inner_path(text.plain), inner_path(text.rich))):
            self._by_path.setdefault(key, where)
        content = self._content(text)
        if content is not None and content.strip():
            self._by_text.setdefault(canonical(content), where)
        self._by_path.setdefault(twin_id(text.id, "text"), where)

    def _is_said_again(self, raw: RawSource) -> bool:
        """Tell whether a text is a recording's transcript, written a second time so that others can read it."""
        for text in raw.texts:
            keys = (raw.id, inner_path(text.plain), inner_path(text.rich))
            where = next((self._by_path[key] for key in keys if key in self._by_path), None)
            if where is None and (content := self._content(text)) is not None:
                where = self._by_text.get(canonical(content))
            if where is not None:
                self._shared[where[1]].append((raw, text))
                self.aliases[raw.id] = where[0]
                return True
        return False

    def _content(self, text: RawText) -> str | None:
        """Return a text as it lies there; a rich text that is plain after all is read too."""
        if text.inline is not None:
            return text.inline
        for path in (text.plain, text.rich if (text.rich or "").lower().endswith(".txt") else None):
            if path and (found := self._texts(inner_path(path))) is not None:
                return found
        return None

    def _tell_losses(self, raw: RawSource) -> None:
        for element, n in raw.unread.items():
            self._tally.add(element, say("Places on a page or picture are not kept."), raw.name, n)
        if raw.codings:
            self._tally.add("Coding", say("Codes of a whole source have no passage to stand at."), raw.name,
                            raw.codings)
        if raw.kind == "PictureSource" or (raw.kind == "PDFSource" and not raw.texts):
            self._tally.add(raw.kind, say("Only recordings and texts are taken in."), raw.name)

    def _recording(self, raw: RawSource) -> Source:
        made = [self._transcript(raw, text) for text in raw.texts]
        transcripts = [one for one in made if isinstance(one, ProjectTranscript)]
        loose = [selection for one in made if isinstance(one, list) for selection in one]
        textless = ProjectTranscript("", "", (), tuple(loose))
        joined, moments = self._with_moments([*transcripts, textless], [_moment(one) for one in raw.selections])
        *transcripts, textless = joined
        timed = any(one.points for one in transcripts) or bool(raw.selections) or bool(loose)
        return Source(raw.id, raw.name, raw.kind == "VideoSource", raw.description, tuple(transcripts),
                      (*moments, *textless.selections), raw.values, raw.user, raw.at, raw.media, raw.inside,
                      self._again(raw), timed)

    def _again(self, raw: RawSource) -> tuple[str, ...]:
        return tuple(again.id for text in raw.texts for again, _text in self._shared[text.id])

    def _text_source(self, raw: RawSource) -> Source:
        text = replace(raw.texts[0], id=derived(raw.id, "transcript"))
        made = self._transcript(raw, text)
        known, loose = ((made,), ()) if isinstance(made, ProjectTranscript) else ((), tuple(made))
        return Source(raw.id, raw.name, False, raw.description, known, loose, raw.values, raw.user, raw.at,
                      timed=False)

    def _transcript(self, raw: RawSource, text: RawText) -> ProjectTranscript | list[Selection]:
        """Return a transcript with its passages; only the passages, in time, where its text is missing."""
        again = [one for _source, other in self._shared[text.id] for one in other.selections]
        points = {identifier: (ms, place) for identifier, ms, place in text.points}
        spans = [(one, *self._span(one, points, raw.name)) for one in (*text.selections, *again)]
        known = [one for one in spans if one[1] is not None and one[2] is not None]
        content = self._content(text)
        length = max([0, *(end for _one, _start, end in known if end is not None)])
        if content is None:
            self._tally.add("Transcript", say("Its text is missing; its passages are kept by their names."), raw.name)
            sounding = Sounding(_points(points.values(), int, length), length)
            return [self._selection(one, start, end, points, sounding, keep=False) for one, start, end in spans]
        shift, fits, told = counted(content, [Named(start or 0, end or 0, one.name) for one, start, end in known])
        if told > 2 * fits and fits:
            self._tally.add("Selection", say("Their names do not read as the text at their places."), raw.name,
                            told - fits)
        plain = canonical(content)
        placed = _points(points.values(), shift, len(plain))
        sounding = Sounding(placed, len(plain))
        own: list[Selection] = []
        twins: list[Selection] = []
        said_again = {one.id for one in again}
        for one, start, end in spans:
            if start is not None and end is not None:
                if shift(max(start, end)) > len(plain):
                    self._tally.add("Selection", say("They go on behind the end of the text, and end with it."),
                                    one.name or raw.name)
                start, end = (min(max(0, shift(place)), len(plain)) for place in (start, max(start, end)))
            made = self._selection(one, start, end, points, sounding, keep=True)
            (twins if one.id in said_again else own).append(made)
        return ProjectTranscript(text.id, plain, in_step(placed), self._with_twins(own, twins), text.name)

    def _span(self, one: RawSelection, points: dict[str, tuple[int | None, int | None]],
              name: str) -> tuple[int | None, int | None]:
        """Return the places between which a selection stands, as the file counts them."""
        if one.kind != "TranscriptSelection":
            return one.start, one.end if one.end is not None else one.start
        ends = [points[key] for key in (one.first_point, one.last_point) if key in points]
        if len(ends) < 2:
            self._tally.add("SyncPoint", say("They are referred to, and are not there."), one.name or name)
        places = [place for _ms, place in ends if place is not None]
        return (places[0], places[-1]) if places else (None, None)

    @staticmethod
    def _selection(one: RawSelection, start: int | None, end: int | None,
                   points: dict[str, tuple[int | None, int | None]], sounding: Sounding, *, keep: bool) -> Selection:
        begins = points.get(one.first_point, (None, None))[0]
        ends = points.get(one.last_point, (None, None))[0]
        if begins is None:
            begins = sounding.at(start or 0)
        if ends is None:
            ends = sounding.at(end or 0)
        places = (start, end) if keep else (None, None)
        return Selection(one.id, *places, begins, max(begins, ends), one.name, one.description, tuple(one.codings),
                         one.user, one.at)

    def _with_twins(self, own: list[Selection], twins: list[Selection]) -> tuple[Selection, ...]:
        """Return the passages of a transcript, those that its text says again put to them."""
        found = {one.id: one for one in own}
        by_twin = {twin_id(one.id, "text"): one.id for one in own}
        by_place = {(one.start, one.end): one.id for one in own}
        for twin in twins:
            whose = by_twin.get(twin.id) or by_place.get((twin.start, twin.end))
            if whose is None:
                found[twin.id] = twin
            else:
                self._join(found, whose, twin)
        return tuple(found.values())

    def _with_moments(self, transcripts: list[ProjectTranscript],
                      moments: list[Selection]) -> tuple[list[ProjectTranscript], list[Selection]]:
        """Return transcripts whose passages know their exact moments, and the selections that stand in none."""
        found = {one.id: one for transcript in transcripts for one in transcript.selections}
        by_twin = {twin_id(one, "moment"): one for one in found}
        near: dict[int, list[str]] = defaultdict(list)
        for one in found.values():
            near[one.start_ms // _NEAR_MS].append(one.id)
        left = []
        for moment in moments:
            whose = by_twin.get(moment.id)
            if whose is not None:
                found[whose] = replace(found[whose], start_ms=moment.start_ms, end_ms=moment.end_ms)
            else:
                whose = _nearest(moment, found, near)
            if whose is None:
                left.append(moment)
            else:
                self._join(found, whose, moment)
        return [replace(one, selections=tuple(found[selection.id] for selection in one.selections))
                for one in transcripts], left

    def _join(self, found: dict[str, Selection], whose: str, twin: Selection) -> None:
        one = found[whose]
        self.aliases[twin.id] = whose
        found[whose] = replace(one, codings=merged_codings(one.codings, twin.codings), name=one.name or twin.name,
                               description=one.description or twin.description, user=one.user or twin.user,
                               at=one.at or twin.at)


def _nearest(moment: Selection, found: dict[str, Selection], near: dict[int, list[str]]) -> str | None:
    bucket = moment.start_ms // _NEAR_MS
    for key in (bucket, bucket - 1, bucket + 1):
        for one in near.get(key, ()):
            other = found[one]
            if abs(other.start_ms - moment.start_ms) <= _NEAR_MS and abs(other.end_ms - moment.end_ms) <= _NEAR_MS:
                return one
    return None


def _moment(one: RawSelection) -> Selection:
    begins = one.start_ms or 0
    return Selection(one.id, None, None, begins, max(begins, one.end_ms if one.end_ms is not None else begins),
                     one.name, one.description, tuple(one.codings), one.user, one.at)


def _points(points: Iterable[tuple[int | None, int | None]], shift: Shift | type[int],
            length: int) -> list[SyncPoint]:
    """Return the sync points that have both a moment and a place, as we count places."""
    return [SyncPoint(min(max(0, shift(place)), length), ms) for ms, place in points
            if ms is not None and place is not None]
