"""Selection: which quotes a brief prints, and under which building block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storybank.domain.brief_forms import FORMS, WITH_CHAPTERS
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.commission import Brief
from storybank.domain.draft import Chosen, Form
from storybank.domain.export import Order, Passage

PER_BLOCK = 3
MOST_QUOTES = 12
MOST_CHARACTERS = 1700
"""All quotes together: what still leaves the brief within four pages."""
_CLEAR_FROM = 60
"""A quote shorter than this says too little on its own."""
_LONGEST_LEAD = 140
_ROOM_FOR_A_VOICE = 900
"""Characters of asks and messages up to which page 1 has room for a quote."""
_MOST_IN_SUBMISSION, _LONGEST_WORDS = 6, 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A building block and the quotes printed under it; no block where the quotes speak to none."""

    block: Code | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where every quote of a brief stands; each stands once."""

    leads: tuple[Passage, ...] = ()
    """On page 1."""
    sections: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    """After the author's section of that key."""
    chapters: tuple[Chapter, ...] = ()
    """The others, by building block."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What introduces a quote, by its short code."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return everything that is printed, as it is met."""
        placed = [p for some in self.sections.values() for p in some]
        return (*self.leads, *placed, *(p for chapter in self.chapters for p in chapter.passages))

    def of_block(self, key: str) -> list[Passage]:
        """Return the printed quotes that speak to a building block, those under its own heading first."""
        own = [p for chapter in self.chapters if chapter.block and chapter.block.key == key for p in chapter.passages]
        return [*own, *(p for p in self.passages if p not in own and key in keys_of(p))]


def planned(brief: Brief, order: Order, room: float = 1.0) -> Plan:
    """Return where quotes stand: as their author placed them, else chosen by the rules of the form."""
    named = {one.quote for one in brief.placing}
    if named & {p.cleared.quote.code for p in order.passages}:
        return _as_placed(brief, order)
    rules, passages = FORMS[brief.form], order.passages
    if brief.form is Form.ONE_THREE:
        chosen = chapters(passages, order.codebook, room)
        first = lead(passages, chosen, brief.language)
        return Plan((first,) if first and _page_one_has_room(brief) else (), {}, tuple(chosen))
    if brief.form is not Form.ONE_THREE_TWENTY_FIVE:
        most = rules.most_quotes or _MOST_IN_SUBMISSION
        passages = _from_several(passages, most, rules.longest_quote or _LONGEST_WORDS, brief.language)
        return Plan((), {}, _chaptered({p.cleared.quote.code: "" for p in passages}, passages, order.codebook))
    first = lead(passages, (), brief.language)
    rest = tuple(sorted((p for p in passages if p is not first), key=strength))
    where = {p.cleared.quote.code: "" for p in rest}
    return Plan((first,) if first else (), {}, _chaptered(where, rest, order.codebook))


def told_in(brief: Brief, order: Order) -> Order:
    """Return the order with the quotes that a brief prints or names; the long forms name those they do not print."""
    if brief.form in WITH_CHAPTERS:
        return order
    printed, said = planned(brief, order).passages, _own_words(brief)
    passages = tuple(one for one in order.passages if one in printed or one.cleared.quote.code in said)
    ends = [one.cleared.permission.until for one in passages]
    return replace(order, passages=passages, use_until=min((day for day in ends if day), default=None))


def _own_words(brief: Brief) -> str:
    """Return what the author wrote, where quotes may be named without being printed."""
    named = [code for row in brief.evidence for code in row.quotes]
    named += [code for option in brief.options for code in option.views]
    return " ".join((*brief.ask, *brief.messages, brief.issue, *brief.sections.values(), *named))


def _as_placed(brief: Brief, order: Order) -> Plan:
    known = {p.cleared.quote.code: p for p in order.passages}
    placing = list({one.quote: one for one in reversed(brief.placing)}.values())[::-1]
    chosen = [(known[one.quote], one) for one in placing if one.quote in known]
    rules = FORMS[brief.form]
    if brief.form is Form.ONE_PAGER:
        chosen = sorted(chosen, key=lambda pair: not pair[1].lead)[: rules.most_quotes]
        return Plan((), {}, (Chapter(None, tuple(p for p, _ in chosen)),), _notes(chosen, brief.language))
    leads = tuple(p for p, one in chosen if one.lead)
    keys = {section.key for section in rules.sections}
    sections: dict[str, tuple[Passage, ...]] = {}
    for passage, one in chosen:
        if not one.lead and one.place in keys:
            sections[one.place] = (*sections.get(one.place, ()), passage)
    taken = {id(p) for p in (*leads, *(p for some in sections.values() for p in some))}
    named = [p for p, _ in chosen]
    rest = [p for p in (*named, *(p for p in order.passages if p not in named)) if id(p) not in taken]
    where = {one.quote: one.place for one in placing}
    return Plan(leads, sections, _chaptered(where, rest, order.codebook), _notes(chosen, brief.language))


def _notes(chosen: Iterable[tuple[Passage, Chosen]], language: str) -> dict[str, str]:
    return {one.quote: one.note.said(language) for _, one in chosen if one.note.said(language)}


def _chaptered(where: Mapping[str, str], passages: Iterable[Passage], codebook: Sequence[Code]) -> tuple[Chapter, ...]:
    """Return passages under the block they were placed in, else under their own first, in the codebook's order."""
    blocks = in_order(codebook, CodeKind.BLOCK)
    known = {block.key for block in blocks}
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        place = where.get(passage.cleared.quote.code, "")
        own = next((key for key in keys_of(passage) if key in known), "")
        found.setdefault(place if place in known else own, []).append(passage)
    ordered: list[Code | None] = [*blocks, None]
    return tuple(Chapter(block, tuple(some)) for block in ordered if (some := found.get(block.key if block else "")))


def _from_several(passages: Sequence[Passage], most: int, longest: int, language: str) -> tuple[Passage, ...]:
    """Return a few quotes of as many groups as there are: the important first, none too long if it can be helped."""
    chosen: list[Passage] = []
    free = list(passages)
    while free and len(chosen) < most:
        groups = [p.cleared.speaker.stakeholder for p in chosen]
        best = min(free, key=lambda p: (
            len(p.cleared.quote.text.split()) > longest, groups.count(p.cleared.speaker.stakeholder),
            *_heard(p, chosen), p.cleared.quote.language != language, *strength(p)))
        chosen.append(best)
        free.remove(best)
    return tuple(chosen)


def _page_one_has_room(brief: Brief) -> bool:
    """Let one more voice speak on page 1 where there is room: a page that asks should not ask in figures only."""
    return sum(map(len, (*brief.ask, *brief.messages))) < _ROOM_FOR_A_VOICE


def chapters(passages: Sequence[Passage], codebook: Sequence[Code], room: float = 1.0) -> list[Chapter]:
    """Return the strongest quotes by block, in the codebook's order; each stands once. Less `room` holds fewer.

    The block with the fewest quotes chooses first, so that a quote speaking to several goes where it is needed.
    """
    blocks = in_order(codebook, CodeKind.BLOCK)
    wanted = {block.key: [p for p in passages if block.key in keys_of(p)] for block in blocks}
    known = {block.key for block in blocks}
    wanted[""] = [p for p in passages if not known & set(keys_of(p))]
    taken: list[Passage] = []
    chosen: dict[str, list[Passage]] = {}
    for key in sorted(wanted, key=lambda key: len(wanted[key])):
        chosen[key] = _choose(wanted[key], taken)
        taken += chosen[key]
    _trim(chosen, room)
    ordered: list[Code | None] = [*blocks, None]
    return [Chapter(block, tuple(chosen[block.key if block else ""])) for block in ordered
            if chosen[block.key if block else ""]]


def lead(passages: Sequence[Passage], printed: Sequence[Chapter], language: str) -> Passage | None:
    """Return a quote for page 1 that stands nowhere else, in the brief's language if there is one."""
    taken = [passage for chapter in printed for passage in chapter.passages]
    free = [p for p in passages if p not in taken and len(p.cleared.quote.text) <= _LONGEST_LEAD]
    return min(free, key=lambda p: (p.cleared.quote.language != language, *_heard(p, taken), *strength(p)),
               default=None)


def _choose(wanted: Sequence[Passage], taken: Sequence[Passage]) -> list[Passage]:
    """Return up to three: the important ones first, then whoever was heard least so far, then the short and clear."""
    chosen: list[Passage] = []
    free = [passage for passage in wanted if passage not in taken]
    while free and len(chosen) < PER_BLOCK:
        best = min(free, key=lambda p: (not p.cleared.quote.important, *_heard(p, chosen), *_heard(p, taken),
                                        *strength(p)))
        chosen.append(best)
        free.remove(best)
    return sorted(chosen, key=strength)


def _heard(passage: Passage, among: Sequence[Passage]) -> tuple[int]:
    """Return how often the speaker of a passage is among others."""
    return (sum(other.cleared.speaker.id == passage.cleared.speaker.id for other in among),)


def strength(passage: Passage) -> tuple[bool, bool, int, str]:
    """Return a sort key, strongest first: marked important, long enough to be clear, then short."""
    quote = passage.cleared.quote
    return not quote.important, len(quote.text) < _CLEAR_FROM, len(quote.text), quote.code


def keys_of(passage: Passage) -> tuple[str, ...]:
    """Return the keys of the building blocks that a passage speaks to."""
    return tuple(block.key for block in passage.blocks)


def in_order(codebook: Sequence[Code], kind: CodeKind) -> list[Code]:
    """Return the codes of a kind in the codebook's order."""
    return sorted((code for code in codebook if code.kind is kind), key=lambda code: (code.position, code.key))


def _trim(chosen: dict[str, list[Passage]], room: float) -> None:
    """Take away the weakest quote of the fullest block until the rest fits the page; one quote always stays."""

    def length(passages: list[Passage]) -> int:
        return sum(len(passage.cleared.quote.text) for passage in passages)

    while True:
        everything = [passage for passages in chosen.values() for passage in passages]
        fits = len(everything) <= MOST_QUOTES * room and length(everything) <= MOST_CHARACTERS * room
        if fits or len(everything) < 2:
            return
        fullest = max(chosen, key=lambda key: (len(chosen[key]), length(chosen[key])))
        chosen[fullest].pop()
