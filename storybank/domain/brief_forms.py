"""Brief forms: what each form of brief asks for, in which order, and how long it may be.

After the anchors: CHSRF's 1:3:25, IDRC's two pages, the House of Commons' Finance committee, SUPPORT tool 13.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.draft import Form
from storybank.words import Sentence, say

MOST_ASKS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief that its author writes."""

    key: str
    heading: Sentence
    most_words: int = 0
    """0 for no limit."""
    needed: bool = False
    hint: Sentence | str = ""


@dataclass(frozen=True, slots=True)
class FormRules:
    """What a form asks for."""

    form: Form
    name: Sentence
    about: Sentence
    sections: tuple[Section, ...]
    most_pages: int = 0
    """After rendering; 0 for no limit."""
    most_words: int = 0
    """0 for no limit; the House's rules change every year, so this can be set anew."""
    all_in: bool = True
    """Whether quotes, notes, tables and captions count as words too."""
    most_quotes: int = 0
    longest_quote: int = 0
    """Words; 0 for no limit."""
    title_words: int = 15
    ask_words: int = 30
    message_words: int = 35
    messages: tuple[int, int] = (0, 7)
    """The fewest and the most."""


def _section(key: str, most_words: int = 0, *, needed: bool = False) -> Section:
    return Section(key, SECTIONS[key], most_words, needed)


SECTIONS: Mapping[str, Sentence] = {
    "why_now": say("Why now"),
    "region": say("In your region"),
    "cost": say("Cost and return"),
    "next_step": say("Next step"),
    "issue": say("The issue, and why now"),
    "known": say("What we know"),
    "told": say("What people told us"),
    "options": say("Options"),
    "recommendation": say("Recommendation and cost"),
    "implementation": say("Implementation and risks"),
    "unknown": say("What we do not know"),
    "method": say("How voices were gathered"),
    "summary": say("Executive summary"),
    "introduction": say("Introduction"),
    "approach": say("Approach and results"),
    "conclusion": say("Conclusion"),
    "implications": say("Implications and recommendations"),
    "context": say("Context"),
    "problem": say("The problem"),
    "equity": say("Equity"),
    "monitoring": say("Monitoring and evaluation"),
    "about": say("Who we are"),
}
"""What an author's sections are headed with."""

_PAGES_2_TO_4 = (
    _section("issue", 150, needed=True), _section("known", 250), _section("told", 120), _section("options"),
    _section("recommendation", 150), _section("implementation", 120), _section("unknown", 80), _section("method", 80),
)  # fmt: skip

FORMS: Mapping[Form, FormRules] = {rules.form: rules for rules in (
    FormRules(
        Form.ONE_PAGER, say("One-pager"), say("One page to leave behind after a meeting."),
        (_section("why_now", 75, needed=True), _section("region", 30), _section("cost", 35),
         _section("next_step", 40, needed=True)),
        most_pages=1, most_words=420, most_quotes=2, longest_quote=35, title_words=12, messages=(0, 3),
        message_words=25,
    ),
    FormRules(
        Form.ONE_THREE, say("One page and three"),
        say("A page of main messages, then three pages for a busy reader."), _PAGES_2_TO_4, most_pages=4,
        messages=(0, 7), most_quotes=8,
    ),
    FormRules(
        Form.ONE_THREE_TWENTY_FIVE, say("1:3:25"),
        say("A page of main messages, a summary of three, a report of up to 25."),
        (*_PAGES_2_TO_4, _section("context"), _section("problem"), _section("equity"), _section("monitoring")),
        most_pages=29, messages=(0, 7),
    ),
    FormRules(
        Form.TWO_PAGE, say("Two pages"), say("At most 1,500 words on two pages, as IDRC asks."),
        (_section("summary", 150, needed=True), _section("introduction", 250), _section("approach", 350),
         _section("conclusion", 150), _section("implications", 300, needed=True)),
        most_pages=2, most_words=1500, most_quotes=4, longest_quote=45, messages=(0, 7),
    ),
    FormRules(
        Form.SUBMISSION, say("Submission to a committee"),
        say("At most 2,000 words, everything counted, as the House of Commons' Finance committee asks."),
        (_section("summary", 200), _section("about", 120), _section("issue", needed=True), _section("known"),
         _section("recommendation", needed=True), _section("unknown")),
        most_words=2000, messages=(0, 7),
    ),
)}  # fmt: skip
"""The rules by form."""


FINDING, ACTION = "finding_", "action_"
"""Before a building block's key: what an author found about it, and what should be done about it."""


WITH_CHAPTERS = frozenset({Form.ONE_THREE, Form.ONE_THREE_TWENTY_FIVE})
"""The forms that have a chapter for each building block."""


def block_sections(codebook: Sequence[Code]) -> tuple[Section, ...]:
    """Return what an author may write about each building block: one finding and one recommendation."""
    blocks = sorted((code for code in codebook if code.kind is CodeKind.BLOCK), key=lambda code: code.position)
    found: list[Section] = []
    for block in blocks:
        found.append(Section(FINDING + block.key, say("{block}: what we found", block=block), 40))
        found.append(Section(ACTION + block.key, say("{block}: what we recommend", block=block), 40))
    return tuple(found)
