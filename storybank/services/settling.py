"""Settling: a decision about a disagreement, made and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.coding import CONSENSUS, Coding, Settled
from storybank.domain.events import DisagreementSettled, QuoteMade, QuoteRemoved, QuoteRetagged
from storybank.domain.quote import Quote
from storybank.ports import OpenWork, UnitOfWork


@dataclass(frozen=True, slots=True)
class Settling:
    """A decision, the codings that the consensus gives by it, and the quote that is made for them if none fits."""

    open_work: OpenWork
    story_id: str
    decision: Settled
    given: tuple[Coding, ...]
    new: Quote | None

    def do(self) -> None:
        """Keep the decision, and give what was kept as consensus."""
        with self.open_work() as work:
            if self.new:
                work.quotes.save(self.new)
                work.codings.put(self.new.id, self.given)
                work.record(QuoteMade(self.new.id, self.story_id))
            else:
                known = {(one.quote_id, one.code) for one in work.codings.of_story(self.story_id)
                         if one.coder_id == CONSENSUS.id}
                work.codings.exchange([], [one for one in self.given if (one.quote_id, one.code) not in known])
            work.codings.settle(self.decision)
            self._tell(work)

    def undo(self) -> None:
        """Take the decision back."""
        with self.open_work() as work:
            if self.new:
                work.quotes.remove(self.new.id)
                work.record(QuoteRemoved(self.new.id, self.story_id))
            else:
                work.codings.exchange(self.given, [])
            work.codings.unsettle(self.decision.id)
            self._tell(work)

    def _tell(self, work: UnitOfWork) -> None:
        for one in self.given if not self.new else ():
            work.record(QuoteRetagged(one.quote_id, self.story_id))
        work.record(DisagreementSettled(self.decision.recording_id, self.story_id))
        work.commit()
