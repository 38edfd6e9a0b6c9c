"""Annex: who spoke and who did not, and how voices were gathered: what lets a reader weigh what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from docx.shared import Pt

from exports import word
from exports.attribution import label
from exports.briefs.heard import heard
from exports.briefs.paper import WIDTH, Paper
from exports.briefs.reasons import counted
from exports.briefs.selection import in_order, keys_of
from exports.obligations import conditions, listed_codes
from exports.typography import NBSP, day, in_sentence, listed, marks
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.draft import Form
from storybank.domain.vocabulary import province
from storybank.domain.withholding import tells_place, tells_role

_FIRST_COLUMN = 3300

Counts = Counter[tuple[str, str]]


def who_spoke(paper: Paper) -> None:
    """Set the table of stakeholders and building blocks, and name what is missing."""
    paper.heading(paper.words("Who spoke"))
    blocks = in_order(paper.order.codebook, CodeKind.BLOCK)
    groups, counts = _groups(paper), _counts(paper)
    if blocks and groups:
        _coverage(paper, blocks, groups, counts)
    _name_what_is_missing(paper, blocks, groups, counts)


def _counts(paper: Paper) -> Counts:
    return Counter((passage.cleared.speaker.stakeholder, key) for passage in paper.order.passages
                   if tells_role(passage.cleared) for key in keys_of(passage))


def _groups(paper: Paper) -> list[Code]:
    spoke = {p.cleared.speaker.stakeholder for p in paper.order.passages if tells_role(p.cleared)}
    return [code for code in in_order(paper.order.codebook, CodeKind.STAKEHOLDER) if code.key in spoke]


def _coverage(paper: Paper, blocks: Sequence[Code], groups: Sequence[Code], counts: Counts) -> None:
    title = paper.words("Number of quotes by stakeholder and building block")
    width = (WIDTH - _FIRST_COLUMN) // len(blocks)
    header = [paper.said(paper.words("Stakeholder")), *(block.short(paper.language) for block in blocks)]
    rows = [[paper.said(group.label(paper.language)), *(str(counts[group.key, block.key] or "–") for block in blocks)]
            for group in groups]
    paper.caption(title)
    table = word.table(paper.document, title, header, rows, [_FIRST_COLUMN, *[width] * len(blocks)])
    word.name_rows(table)
    for cells in word.cells_of(table)[:-1]:
        word.keep_together(cells[0])


def _name_what_is_missing(paper: Paper, blocks: Sequence[Code], groups: Sequence[Code], counts: Counts) -> None:
    words, told = paper.words, []
    gaps = []
    for block in blocks:
        silent = [_in_line(paper, group) for group in groups if not counts[group.key, block.key]]
        if silent:
            gaps.append(f"{block.short(paper.language)} ({listed(silent, words)})")
    if gaps:
        told.append(words("No quote yet on: {gaps}.", gaps="; ".join(gaps)))
    elif groups:
        told.append(words("Every group that spoke is heard on every building block."))
    told.append(_absent(paper, groups))
    paragraph = paper.line("SB Small", " ".join(filter(None, told)))
    paragraph.paragraph_format.space_before = Pt(6)


def _absent(paper: Paper, groups: Sequence[Code]) -> str:
    words = paper.words
    absent = [_in_line(paper, code) for code in in_order(paper.order.codebook, CodeKind.STAKEHOLDER)
              if code not in groups]
    if not all(tells_role(passage.cleared) for passage in paper.order.passages):
        return words("Voices shared without a name are not counted here.")
    return words("Not heard in this brief: {groups}.", groups=listed(absent, words)) if absent else ""


def _in_line(paper: Paper, code: Code) -> str:
    return in_sentence(code.label(paper.language))


# ---- method -------------------------------------------------------------------------------------------------------


def method(paper: Paper) -> None:
    """Say how many voices there are, how they were heard and chosen, and what was left out."""
    words, order = paper.words, paper.order
    uses = listed([in_sentence(use.label(paper.language)) for use in order.uses], words)
    _note(paper, words("Voices"), count_voices(paper), _recorded(paper), words(
        "They recorded a reflection for Voices of Social Prescribing. This is lived experience: it shows what"
        " people saw and need, and proves no effect."))
    _note(paper, words("Words"), heard(order.heard_by, words), words(
        "Quotes are printed as they were said, in the language they were said in."), _selection(paper))
    _note(paper, words("Consent"), words(
        "On {day}, each quote was checked against the consent of everyone in its recording, for: {uses}.",
        day=day(order.made_at, paper.language), uses=uses), _witness(paper))
    obliged(paper)
    _note(paper, words("Left out"), _count_left_out(paper))


def method_in_short(paper: Paper) -> None:
    """Say in two lines what the method is, where a page has no room for more."""
    words = paper.words
    _note(paper, words("Method"), count_voices(paper), words(
        "This is lived experience: it shows what people saw and need, and proves no effect."),
        words("Each quote was checked against consent on {day}.", day=day(paper.order.made_at, paper.language)),
        _count_left_out(paper) if paper.order.left_out else "")
    obliged(paper)


def _recorded(paper: Paper) -> str:
    """Return between which days the reflections were recorded."""
    days = sorted({p.cleared.story.recorded_on for p in paper.order.passages if p.cleared.story.recorded_on})
    if not days:
        return ""
    first, last = day(days[0], paper.language), day(days[-1], paper.language)
    if first == last:
        return paper.words("Recorded on {day}.", day=first)
    return paper.words("Recorded from {first} to {last}.", first=first, last=last)


def _selection(paper: Paper) -> str:
    words = paper.words
    if paper.brief.placing:
        return words("The authors of this brief chose them and placed them.")
    if paper.brief.form is Form.ONE_THREE:
        return words("Each building block shows up to three: those marked as important, then voices not yet heard,"
                     " then the shortest clear ones.")
    if paper.brief.form is Form.ONE_THREE_TWENTY_FIVE:
        return words("All that may be used are printed.")
    return words("They were chosen to hear as many groups as there is room for: those marked as important first, then"
                 " the shortest clear ones.")


def _witness(paper: Paper) -> str:
    """Return where the record of consent stood: whoever rewrites it later cannot rewrite this paper."""
    place, seal = paper.order.head
    if not place:
        return ""
    return paper.words("The record of consent stood at entry {place}, seal {seal}.", place=place, seal=seal[:12])


def obliged(paper: Paper) -> None:
    """Print what people asked for in return, in their words, by quote."""
    kept = conditions(paper.printed)
    if not kept:
        return
    lead = paper.words("They go with the quotes wherever these are used, in the persons' words:")
    paragraph = paper.line("SB Small", lead, lead=f"{paper.words('Conditions')}.")
    opening, closing = marks(paper.language)
    for number, one in enumerate(kept):
        end = "." if number + 1 == len(kept) else ";"
        paragraph.add_run(f" {listed_codes(one.quotes)}{NBSP}– {opening}{one.text}{closing}{end}")


def _note(paper: Paper, name: str, *sentences: str) -> None:
    paper.line("SB Small", " ".join(sentence for sentence in sentences if sentence), lead=f"{name}.")


def count_voices(paper: Paper) -> str:
    """Return how many people spoke, by stakeholder, province and language."""
    people = {passage.cleared.speaker.id: passage.cleared for passage in paper.order.passages}.values()
    by_group = _tally(people, lambda one: _group(paper, one))
    by_place = _tally(people, lambda one: _place(paper, one))
    by_language = _tally(people, lambda one: _language_of(paper, one))
    voices = paper.words.many("{n} voice", "{n} voices", len(people))
    return paper.words("{voices}: by stakeholder, {groups}; by province, {places}; by language, {languages}.",
                       voices=voices, groups=by_group, places=by_place, languages=by_language)


def _tally(people: Iterable[ClearedQuote], of: Callable[[ClearedQuote], str]) -> str:
    counts = Counter(of(one) for one in people)
    return ", ".join(f"{what}{NBSP}{n}" for what, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _group(paper: Paper, cleared: ClearedQuote) -> str:
    if not tells_role(cleared):
        return paper.words("not told")
    return in_sentence(label(cleared.speaker.stakeholder, paper.order.codebook, paper.language))


def _place(paper: Paper, cleared: ClearedQuote) -> str:
    told = province(cleared.speaker.province, paper.language) if tells_place(cleared) else ""
    return told or paper.words("not told")


def _language_of(paper: Paper, cleared: ClearedQuote) -> str:
    said = paper.words("French") if cleared.quote.language == "fr" else paper.words("English")
    return said.lower() if paper.language == "fr" else said


def _count_left_out(paper: Paper) -> str:
    words, left_out = paper.words, paper.order.left_out
    if not left_out:
        return words("No quote was left out.")
    kinds = [f"{words.sentence(reason)}{NBSP}({n})" for reason, n in counted(left_out)]
    left = words.many("{n} quote was left out", "{n} quotes were left out", len(left_out))
    return words("{left}: {reasons}.", left=left, reasons="; ".join(kinds))
