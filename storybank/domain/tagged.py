"""Tagged: the quotes that have codes already, and which of them are most like a passage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

from storybank.domain.lexicon import Said

_GROWN = 1.1
"""How much larger the collection may grow before its words are weighed anew."""


_FEW, _COMMON = 500, 20
"""In a large collection, a word in more than a twentieth of the quotes makes none of them alike."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """One quote's place and codes: what suggestions know of it."""

    quote_id: str
    recording_id: str
    start_ms: int
    end_ms: int
    codes: tuple[tuple[str, str, str], ...]
    """Key, identifier of the coder, and when."""

    def codes_for(self, viewer: str) -> frozenset[str]:
        """Return its codes as somebody sees them: all, or for a blind `viewer` only those they gave."""
        return frozenset(key for key, coder, _at in self.codes if viewer in ("", coder))


class TaggedQuotes:
    """Quotes by the stems of their words; TF-IDF and the cosine between them tell which are alike."""

    def __init__(self) -> None:
        self.quotes: dict[str, Tagging] = {}
        self._stems: dict[str, Counter[str]] = {}
        self._holding: dict[str, set[str]] = defaultdict(set)
        self._in_recording: dict[str, set[str]] = defaultdict(set)
        self._weighed = 0
        self._lengths: dict[str, float] = {}

    def put(self, quote: Tagging, words: Iterable[Said]) -> None:
        """Add a quote, or read it anew."""
        self.remove(quote.quote_id)
        stems = Counter(word.stem for word in words if word.counts)
        self.quotes[quote.quote_id], self._stems[quote.quote_id] = quote, stems
        self._in_recording[quote.recording_id].add(quote.quote_id)
        for one in stems:
            self._holding[one].add(quote.quote_id)

    def remove(self, quote_id: str) -> None:
        """Forget a quote; one that is not known is no mistake."""
        known = self.quotes.pop(quote_id, None)
        if known is None:
            return
        self._in_recording[known.recording_id].discard(quote_id)
        self._lengths.pop(quote_id, None)
        for one in self._stems.pop(quote_id):
            self._holding[one].discard(quote_id)

    def of_recording(self, recording_id: str) -> list[Tagging]:
        """Return the quotes of a recording."""
        return [self.quotes[one] for one in sorted(self._in_recording.get(recording_id, ()))]

    def rarity(self, stem: str) -> float:
        """Return how seldom a stem is said in quotes: 1 for never, towards 0 for everywhere."""
        among = len(self.quotes)
        return self._idf(stem) / log(2 + among) if among else 1.0

    def nearest(self, words: Sequence[Said], most: int, but: str = "") -> list[tuple[Tagging, float]]:
        """Return the quotes most like a passage, with the cosine between them, the most alike first."""
        self._weigh()
        own = Counter(word.stem for word in words if word.counts)
        weights = {one: _often(count) * self._idf(one) for one, count in own.items()}
        length = sqrt(sum(weight**2 for weight in weights.values()))
        dots: dict[str, float] = defaultdict(float)
        common = max(_FEW, len(self.quotes) // _COMMON)
        for one, weight in weights.items():
            holding, worth = self._holding.get(one, ()), weight * self._idf(one)
            for quote_id in holding if len(holding) <= common else ():
                dots[quote_id] += worth * _often(self._stems[quote_id][one])
        dots.pop(but, None)
        likely = ((dot / (length * self._length(quote_id)), quote_id) for quote_id, dot in dots.items())
        return [(self.quotes[quote_id], cosine) for cosine, quote_id in nlargest(most, likely)]

    def _idf(self, stem: str) -> float:
        return log((2 + len(self.quotes)) / (1 + len(self._holding.get(stem, ()))))

    def _length(self, quote_id: str) -> float:
        if quote_id not in self._lengths:
            stems = self._stems[quote_id]
            squares = ((_often(count) * self._idf(one)) ** 2 for one, count in stems.items())
            self._lengths[quote_id] = sqrt(sum(squares)) or 1.0
        return self._lengths[quote_id]

    def _weigh(self) -> None:
        """Forget the lengths of quotes when there are so many more, or less, that their words weigh otherwise."""
        if not self._weighed / _GROWN <= len(self.quotes) <= self._weighed * _GROWN:
            self._lengths.clear()
            self._weighed = len(self.quotes)


def _often(count: int) -> float:
    return 1 + log(count) if count > 1 else 1.0
