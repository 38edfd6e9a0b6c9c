"""Forms: what stands in each form of brief, in the order in which its reader needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docx.text.paragraph import Paragraph

from exports import word
from exports.briefs import annex, contents, evidence, front, review, sources, told
from exports.briefs.paper import DOT, Paper, Thrift
from exports.briefs.quoting import set_quotes
from storybank.domain.brief_forms import SECTIONS
from storybank.domain.draft import Form

Step = Callable[[], None]
"""Told between the parts, so that whoever waits can see how far it is, and stop it."""


def compose(paper: Paper, step: Step) -> None:
    """Set every part of the brief in the order of its form."""
    _FORMS[paper.brief.form](paper, step)
    front.foot(paper)


def section(paper: Paper, key: str, level: int = 2, *, heading: str = "", new_page: bool = False) -> bool:
    """Set an author's section with the quotes placed in it; tell whether there was anything to set."""
    text, placed = paper.section(key), paper.plan.sections.get(key, ())
    if not text and not placed:
        return False
    paper.heading(heading or paper.words.sentence(SECTIONS[key]), level, new_page=new_page)
    paper.text(text)
    set_quotes(paper, placed)
    return True


def _one_pager(paper: Paper, step: Step) -> None:
    front.head(paper)
    front.ask(paper)
    words = paper.words
    why = paper.section("why_now") or paper.section("issue")
    said = [one for one in paper.brief.messages if one.strip()]
    if why or said:
        paper.heading(words.sentence(SECTIONS["why_now"]))
        for message in said:
            paper.fill(paper.document.add_paragraph(style="List Bullet"), message)
        paper.text(why)
    step()
    told.quotes_alone(paper)
    section(paper, "region")
    section(paper, "cost")
    _next_step(paper)
    step()
    annex.obliged(paper)
    sources.in_short(paper)


def _next_step(paper: Paper) -> None:
    words = paper.words
    contact, link = paper.brief.contact.strip(), paper.brief.link.strip()
    if not section(paper, "next_step", heading=words("Next step and contact")) and (contact or link):
        paper.heading(words("Next step and contact"))
    _contact(paper)


def _contact(paper: Paper) -> None:
    known = [one.strip() for one in (paper.brief.contact, paper.brief.link) if one.strip()]
    if not known:
        return
    paragraph = paper.document.add_paragraph()
    paragraph.add_run(f"{paper.said(paper.words('Contact'))}{DOT}").bold = True
    for place, one in enumerate(known):
        paragraph.add_run(DOT if place else "")
        _address(paper, paragraph, paper.said(one))


def _address(paper: Paper, paragraph: Paragraph, said: str) -> None:
    if word.web_address(said):
        word.web_link(paragraph, said, paper.document.part)
    else:
        paragraph.add_run(said)


def _one_three(paper: Paper, step: Step) -> None:
    _page_one(paper)
    step()
    first = not section(paper, "issue", new_page=True)
    known = section(paper, "known", new_page=first)
    first = first and not known
    evidence.evidence_table(paper, 3 if known else 2)
    told.what_people_told_us(paper, new_page=first)
    step()
    _options(paper)
    for key in ("recommendation", "implementation", "unknown"):
        section(paper, key)
    _close(paper, step)


def _close(paper: Paper, step: Step) -> None:
    """Set who spoke, the method and the sources, as long as there is room for."""
    annex.who_spoke(paper)
    had = section(paper, "method")
    if paper.thrift < Thrift.SHORT:
        if not had:
            paper.heading(paper.words("Method"))
        annex.method(paper)
    else:
        annex.method_in_short(paper)
    step()
    if paper.thrift is Thrift.FULL:
        sources.published(paper)
        sources.of_quotes(paper)
    else:
        sources.in_short(paper)


def _page_one(paper: Paper) -> None:
    front.head(paper)
    front.ask(paper)
    front.messages(paper)
    front.leads(paper)


def _options(paper: Paper) -> None:
    if not section(paper, "options") and evidence.has_options(paper):
        paper.heading(paper.words.sentence(SECTIONS["options"]))
    evidence.options_in_short(paper)


def _one_three_twenty_five(paper: Paper, step: Step) -> None:
    words = paper.words
    _page_one(paper)
    step()
    after_contents = paper.heading(words("Executive summary"), new_page=True)
    _summary(paper)
    step()
    fresh = not section(paper, "context", new_page=True)
    fresh = not section(paper, "problem", new_page=fresh) and fresh
    evidence.evidence_table(paper)
    told.what_people_told_us(paper, heading=words("What people told us, in full"), new_page=fresh)
    step()
    if evidence.has_options(paper):
        paper.heading(words("The options in detail"))
        evidence.option_tables(paper)
    for key in ("equity", "monitoring"):
        section(paper, key)
    paper.heading(words("How voices were gathered, in figures"))
    annex.method(paper)
    annex.who_spoke(paper)
    step()
    sources.published(paper)
    sources.of_quotes(paper)
    review.self_review(paper)
    _contents(paper, after_contents)


def _summary(paper: Paper) -> None:
    """Set the three pages for a busy reader, the building blocks at a glance among them."""
    section(paper, "issue", 3)
    section(paper, "known", 3)
    if own := paper.section("told"):
        paper.heading(paper.words.sentence(SECTIONS["told"]), 3)
        paper.text(own)
    told.strip(paper)
    if not section(paper, "options", 3) and evidence.has_options(paper):
        paper.heading(paper.words.sentence(SECTIONS["options"]), 3)
    evidence.options_in_short(paper)
    for key in ("recommendation", "implementation", "unknown", "method"):
        section(paper, key, 3)


def _contents(paper: Paper, before: Paragraph) -> None:
    """Set the contents on a page of their own, between page 1 and the summary."""
    heading = before.insert_paragraph_before(paper.said(paper.words("Contents")), style="Heading 2")
    heading.paragraph_format.page_break_before = True
    contents.contents(paper, before)


def _two_page(paper: Paper, step: Step) -> None:
    front.head(paper)
    section(paper, "summary")
    front.ask(paper)
    if any(one.strip() for one in paper.brief.messages):
        front.messages(paper)
    front.leads(paper)
    step()
    for key in ("introduction", "approach"):
        section(paper, key)
    evidence.evidence_table(paper)
    told.quotes_alone(paper)
    step()
    for key in ("conclusion", "implications"):
        section(paper, key)
    annex.method_in_short(paper)
    sources.in_short(paper)


def _submission(paper: Paper, step: Step) -> None:
    front.head(paper)
    front.ask(paper)
    if any(one.strip() for one in paper.brief.messages):
        front.messages(paper)
    front.leads(paper)
    step()
    for key in ("summary", "about", "issue", "known"):
        section(paper, key)
    evidence.evidence_table(paper)
    told.quotes_alone(paper)
    step()
    _options(paper)
    for key in ("recommendation", "unknown"):
        section(paper, key)
    annex.method_in_short(paper)
    sources.in_short(paper)


_FORMS: Mapping[Form, Callable[[Paper, Step], None]] = {
    Form.ONE_PAGER: _one_pager,
    Form.ONE_THREE: _one_three,
    Form.ONE_THREE_TWENTY_FIVE: _one_three_twenty_five,
    Form.TWO_PAGE: _two_page,
    Form.SUBMISSION: _submission,
}
