"""Answering: how a draft stands today: the gate's answer for each quote, what it measures, what is to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from storybank.domain.brief_forms import FORMS
from storybank.domain.clearance import ClearedQuote, Gate, LeftOut
from storybank.domain.codebook import Code, CodeKind, by_key, path_of
from storybank.domain.commission import brief_of
from storybank.domain.draft import Draft, DraftKind
from storybank.domain.export import Order
from storybank.domain.lints import Heard, remarks_on
from storybank.domain.permission import Verdict
from storybank.domain.quote import Quote
from storybank.domain.reasons import put_away
from storybank.domain.reckoning import Count, counted, words_in
from storybank.domain.remark import Remark, Weight
from storybank.domain.standing import gaps_in, missing_in, texts_of
from storybank.domain.use import Act, Asked, Material
from storybank.errors import Invalid, NotFound, Refused, Unavailable
from storybank.ports import BriefWriter, OpenWork, Proofreader, UnitOfWork
from storybank.services.building import USUAL_USES, QuoteAnswer
from storybank.services.circles import circle_of
from storybank.services.exporting import Exporting
from storybank.words import Sentence, say

_LANGUAGES = {"en": say("English"), "fr": say("French")}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands today."""

    answers: tuple[QuoteAnswer, ...]
    remarks: tuple[Remark, ...]
    counts: Mapping[str, Count]
    """By language."""
    gaps: tuple[tuple[str, str], ...] = ()
    """Building block and stakeholder of whom no quote in it speaks to that block."""
    blocked: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """Why a language cannot be made; languages that can are not in it."""

    def languages(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return the languages that are whole."""
        return tuple(one for one in wanted if one not in self.blocked)

    def held_by(self, wanted: Sequence[str]) -> tuple[Remark, ...]:
        """Return what keeps the languages that are whole from leaving; a quote that may not stays behind by itself."""
        there = ("", *self.languages(wanted))
        return tuple(one for one in self.remarks if one.weight is Weight.STOP and one.language in there
                     and not one.place.startswith("quotes."))


class Answering:
    """Asks the gate about every quote of a draft, and reads the rest as its readers will. Changes nothing."""

    def __init__(self, open_work: OpenWork, exporting: Exporting, briefs: BriefWriter | None = None,
                 proofreader: Proofreader | None = None) -> None:
        """Without a writer and a proofreader, words are counted as they go in and credits stay empty."""
        self._open_work = open_work
        self._exporting = exporting
        self._briefs = briefs
        self._proofreader = proofreader

    def answers(self, draft: Draft) -> tuple[QuoteAnswer, ...]:
        """Return what the gate says today of every quote of a draft, in the draft's order."""
        return self._asked(draft)[0]

    def standing(self, draft: Draft) -> Standing:
        """Return how a draft stands today."""
        answers, order = self._asked(draft)
        with self._open_work() as work:
            codes = work.codebook.codes()
            untranslated = _untranslated(work, draft, self._exporting.today())
        heard = tuple(self._heard(one.cleared, codes) for one in order.passages) if order else ()
        blocked = {language: told for language in draft.languages
                   if (told := (*missing_in(draft, language), *untranslated.get(language, ())))}
        counts = {language: self._count(draft, language, order) for language in draft.languages}
        remarks = remarks_on(draft, [one for one in draft.languages if one not in blocked], answers, heard, counts,
                             self._exporting.today())
        return Standing(answers, remarks, counts, _gaps(heard, codes), blocked)

    def _asked(self, draft: Draft) -> tuple[tuple[QuoteAnswer, ...], Order | None]:
        """Return the answers, and what would leave; None where nothing can be asked."""
        there = self._there(draft.codes)
        try:
            order = self._exporting.preview([one.code for one in there.values()], uses_of(draft), draft.until)
        except (Invalid, NotFound, Refused) as refusal:
            return tuple(_unanswered(code, there.get(code), refusal.message) for code in draft.codes), None
        cleared = {one.cleared.quote.code: one.cleared for one in order.passages}
        left_out = {one.quote.code: one for one in order.left_out}
        return tuple(self._answer(code, there.get(code), cleared.get(code), left_out.get(code), order)
                     for code in draft.codes), order

    def _there(self, codes: Sequence[str]) -> dict[str, Quote]:
        """Return the quotes that are there; of a story that was put away, without its words: it is shown nowhere."""
        found: dict[str, Quote] = {}
        with self._open_work() as work:
            for code in codes:
                try:
                    quote = work.quotes.find(code)
                    away = put_away(work.stories.get(quote.story_id))
                    found[code] = replace(quote, text="") if away else quote
                except NotFound:
                    continue
        return found

    def _answer(self, code: str, quote: Quote | None, cleared: ClearedQuote | None, left_out: LeftOut | None,
                order: Order) -> QuoteAnswer:
        if quote is not None and cleared is not None:
            reads = self._proofreader
            text = reads.quote(cleared) if reads else cleared.wording or cleared.quote.text
            credit = reads.credit(cleared, cleared.quote.language, order.codebook) if reads else ""
            told = cleared.permission
            return QuoteAnswer(code, True, told.verdict, told.reasons, text, quote.language, credit, told.until)
        if quote is not None and left_out is not None:
            told = left_out.permission
            return QuoteAnswer(code, False, told.verdict, told.reasons, quote.text, quote.language, "")
        return _unanswered(code, quote, say("{code} is not in the library any more.", code=code))

    def _heard(self, cleared: ClearedQuote, codes: Sequence[Code]) -> Heard:
        return Heard(cleared.quote.code, cleared.speaker.id, _groups(cleared, codes), _blocks(cleared, codes),
                     words_in(cleared.wording or cleared.quote.text), cleared.quote.language,
                     tuple(one.language for one in cleared.translations))

    def _count(self, draft: Draft, language: str, order: Order | None) -> Count:
        own = list(texts_of(draft, language).values())
        rules = FORMS[draft.form]
        printed = self._printed(draft, language, order) if draft.kind is DraftKind.BRIEF else None
        if printed is None:
            passages = order.passages if order else ()
            quoted = sum(words_in(one.cleared.wording or one.cleared.quote.text) for one in passages)
            printed = sum(map(words_in, own)) + quoted
        return counted(own, language, printed, rules.most_words if draft.kind is DraftKind.BRIEF else 0)

    def _printed(self, draft: Draft, language: str, order: Order | None) -> int | None:
        """Return how many words the document really has; None where it cannot be written yet."""
        if self._briefs is None or self._proofreader is None or order is None or not order.passages:
            return None
        with TemporaryDirectory(prefix="storybank-") as folder:
            document = Path(folder) / "brief.docx"
            try:
                self._briefs.write(brief_of(draft, language), order, document, NEVER_STOPPED)
            except (Invalid, Refused, Unavailable, OSError):
                return None
            return self._proofreader.words(document)


class _NeverStopped:
    """A ticket nobody stops."""

    def report(self, fraction: float, note: str = "") -> None:
        """Tell nobody."""

    def check(self) -> None:
        """Go on."""


NEVER_STOPPED = _NeverStopped()


def uses_of(draft: Draft) -> tuple[str, ...]:
    """Return what a draft is for, or what its kind usually is."""
    return draft.uses or USUAL_USES[draft.kind]


def _unanswered(code: str, quote: Quote | None, why: Sentence | str) -> QuoteAnswer:
    gone = quote is None
    told = say("{code} is not in the library any more.", code=code) if gone else say("{why}", why=why)
    return QuoteAnswer(code, False, None if gone else Verdict.DENY, (told,), quote.text if quote else "",
                       quote.language if quote else "", "")


def _untranslated(work: UnitOfWork, draft: Draft, today: date) -> dict[str, list[Sentence]]:
    """Return which quotes of a brief should be read in its language, may be, and were translated by nobody yet."""
    found: dict[str, list[Sentence]] = {}
    if draft.kind is not DraftKind.BRIEF:
        return found
    try:
        uses = tuple(work.codebook.use(key) for key in uses_of(draft))
    except (Invalid, NotFound):
        return found
    plain = Gate(Asked(uses, today, draft.until))
    gate = Gate(Asked(uses, today, draft.until, materials=(Material.TRANSLATION,), acts=(Act.TRANSLATE,)))
    for code in draft.codes:
        try:
            quote = work.quotes.find(code)
        except NotFound:
            continue
        there = {quote.language, *(one.language for one in quote.translations)}
        wanted = [language for language in draft.languages if language not in there]
        circle = circle_of(work, quote.story_id) if wanted else None
        if circle and plain.of_quote(circle, quote).allowed and gate.of_quote(circle, quote).allowed:
            for language in wanted:
                told = say("{quote} is not translated into {language}.", quote=code, language=_LANGUAGES[language])
                found.setdefault(language, []).append(told)
    return found


def _tops(keys: Sequence[str], kind: CodeKind, codes: Sequence[Code]) -> frozenset[str]:
    known = by_key(codes)
    tops = (path_of(known[key], known)[0] for key in keys if key in known)
    return frozenset(code.key for code in tops if code.kind is kind)


def _groups(cleared: ClearedQuote, codes: Sequence[Code]) -> frozenset[str]:
    own = _tops(sorted(cleared.quote.codes), CodeKind.STAKEHOLDER, codes)
    return own or _tops([cleared.speaker.stakeholder], CodeKind.STAKEHOLDER, codes)


def _blocks(cleared: ClearedQuote, codes: Sequence[Code]) -> frozenset[str]:
    return _tops(sorted(cleared.quote.codes), CodeKind.BLOCK, codes)


def _gaps(heard: Sequence[Heard], codes: Sequence[Code]) -> tuple[tuple[str, str], ...]:
    spoken: dict[str, set[str]] = {}
    for one in heard:
        for block in one.blocks:
            spoken.setdefault(block, set()).update(one.groups)
    lists = {kind: [code.key for code in codes if code.kind is kind and not code.parent and code.codable]
             for kind in (CodeKind.BLOCK, CodeKind.STAKEHOLDER)}
    return gaps_in(spoken, lists[CodeKind.BLOCK], lists[CodeKind.STAKEHOLDER])
