"""Withdrawal: the guided sequence for one person, wherever it is opened from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storybank.domain.contributor import Contributor
from storybank.domain.withdrawal import WithdrawalCase
from storybank.words import Words
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.withdrawal.sequence import Sequence, let_go
from ui.withdrawal.step import Told

if TYPE_CHECKING:
    from ui.wiring import App


class WithdrawalForm(Sequence):
    """From a person's “stop” to the closed case; without a person it asks who it is, with a case it goes on."""

    def __init__(self, app: App, tr: Words, person: Contributor | None, case: WithdrawalCase | None = None) -> None:
        self._bridge = Bridge(app.hub)
        told = Told(app, tr, Errands(app.runner, self._bridge, self._bridge), person, case=case)
        super().__init__(told)
        self._bridge.setParent(self)
        let_go(self, self._bridge.close)
