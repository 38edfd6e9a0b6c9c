"""Brief: a policy brief as a Word file, in the form its reader asks for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from docx.document import Document

from exports import template
from exports.briefs import contents, fitting
from exports.briefs.forms import compose
from exports.briefs.paper import Heading, Paper, Thrift, title_of
from exports.briefs.selection import planned, told_in
from exports.kits import proof
from exports.obligations import length_of
from exports.typography import clean
from storybank.domain.commission import Brief
from storybank.domain.draft import Form
from storybank.domain.export import Order
from storybank.errors import Refused, StorybankError
from storybank.ports import PageMaker, Ticket
from storybank.words import Words, say

_SMALL_PRINT, _LEAST_ROOM = 3000, 0.4
"""Characters of conditions and labels that would leave no room for quotes, and the share that quotes have at least."""
_SHORT_ROOM = 0.5
_PARTS = 4


class WordBrief:
    """Writes a policy brief as a Word file (`ports.BriefWriter`).

    Handed a maker of pages, it learns from a rendering on which page each heading stands; without one the contents
    stand without numbers.
    """

    def __init__(self, pages: PageMaker | None = None) -> None:
        self._pages = pages

    def told_in(self, brief: Brief, order: Order) -> Order:
        """Return the order with the quotes that the brief prints or names: no others leave the house in it."""
        return told_in(brief, order)

    def write(self, brief: Brief, order: Order, to: Path, ticket: Ticket) -> None:
        """Write the brief to `to`, replacing what is there; the same order makes the same bytes."""
        if not order.passages:
            raise Refused(
                say("There is no quote that may be used in this brief."),
                hint=say("Choose quotes whose consent covers it, or ask for that consent first."),
            )
        ticket.check()
        making = _Making(brief, order, ticket)
        document = making.fitting()
        if self._pages is not None and brief.form is Form.ONE_THREE_TWENTY_FIVE and self._pages.why_not() is None:
            found = self._found(making.described(document), making.headings, ticket)
            document = making.document(pages=found)
        ticket.check()
        template.save(making.described(document), to)
        _check_names(to, brief, order)
        ticket.report(1.0, str(say("The brief is written")))

    def _found(self, document: Document, headings: Sequence[Heading], ticket: Ticket) -> Sequence[int]:
        """Return on which page each heading stands; nothing where no pages could be made."""
        assert self._pages is not None
        with tempfile.TemporaryDirectory(prefix="storybank-") as folder:
            word_file, pdf = Path(folder) / "brief.docx", Path(folder) / "brief.pdf"
            template.save(document, word_file)
            try:
                self._pages.pdf(word_file, pdf, ticket)
            except StorybankError:
                ticket.check()
                return ()
            return contents.pages_of(pdf, headings)


@dataclass(slots=True)
class _Making:
    """A brief that can be set more than once."""

    brief: Brief
    order: Order
    ticket: Ticket
    headings: Sequence[Heading] = ()
    """Of what was set last."""
    _done: int = field(default=0)

    def fitting(self) -> Document:
        """Set the brief as loosely as its pages allow; what stands behind it gives way first, then white space."""
        for thrift in Thrift if self.brief.form is Form.ONE_THREE else (Thrift.FULL,):
            document = self.document(thrift)
            if fitting.fit(document, self.brief.form, thrift, may_tighten=self.brief.letterhead is None):
                break
        return document

    def document(self, thrift: Thrift = Thrift.FULL, pages: Sequence[int] = ()) -> Document:
        """Set the brief on paper."""
        room = max(_LEAST_ROOM, 1 - length_of(self.order.passages) / _SMALL_PRINT)
        plan = planned(self.brief, self.order, room * (_SHORT_ROOM if thrift is Thrift.SHORT else 1))
        self._done = 0
        paper = Paper(self.brief, self.order, _begun(self.brief), plan, pages, thrift)
        compose(paper, self._step)
        self.headings = paper.headings
        return paper.document

    def described(self, document: Document) -> Document:
        """Fill in the document's own card, and close the letterhead it stands on."""
        brief, words = self.brief, Words(self.brief.language)
        template.describe(
            document, title=title_of(brief), subject=words("Policy brief"),
            author=clean(brief.author or brief.organization), identifier=self.order.code, language=brief.language,
            made_at=self.order.made_at,
        )  # fmt: skip
        if brief.letterhead is not None:
            import_module("exports.looks.letterhead").finish(document)
        return document

    def _step(self) -> None:
        self._done += 1
        self.ticket.report(min(0.9, self._done / _PARTS), str(say("Setting the brief")))
        self.ticket.check()


def _check_names(to: Path, brief: Brief, order: Order) -> None:
    """Refuse a brief whose author names somebody who may not be named, and leave nothing of it."""
    try:
        proof.check_names(to, order, [brief.author])
    except Refused:
        to.unlink()
        raise


def _begun(brief: Brief) -> Document:
    """Return the document to begin with: the organisation's own letterhead, or ours."""
    if brief.letterhead is None:
        return template.empty_document(brief.language)
    begun: Document = import_module("exports.looks.letterhead").begin(brief)
    return begun
