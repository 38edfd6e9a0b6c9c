"""Links: who on the page of a story listens to whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.parts.bridge import Bridge
from ui.story.hold_signs import settle

if TYPE_CHECKING:
    from ui.story.page import StoryPage


def connect(page: StoryPage, bridge: Bridge) -> None:
    """Let the parts of a page hear each other."""
    _player_and_words(page)
    _writing_and_hands(page)
    page.quotes.played.connect(page.chosen.play)
    page.quotes.tagged.connect(page.chosen.tag)
    page.quotes.noted.connect(page.at_quote.write_memo_of)
    page.quotes.wordings.make = page.hands.make
    page.quotes.removed.connect(page.hands.remove)
    page.quotes.starred.connect(page.hands.star)
    page.quotes.answered.connect(page.asked_first.ask)
    page.quotes.settled.connect(partial(settle, page))
    page.rename.renamed.connect(page.give_title)
    page.peaks.ready.connect(page.player.waveform.set_peaks)
    page.listening.changed.connect(page.show_words)
    page.listening.failed.connect(page.explain)
    page.words.listening.pause.clicked.connect(page.listening.pause)
    page.clip_bar.made.connect(
        lambda file: page.toast.say(page.tr_("The clip is ready: {file}", file=str(file)), "good"))
    bridge.happened.connect(page.freshness.on_happened)


def _player_and_words(page: StoryPage) -> None:
    page.player.moved.connect(page.on_moved)
    page.player.playing_changed.connect(page.view.set_running)
    page.view.sought.connect(page.player.seek)
    page.view.wanted.connect(page.doing.do)
    page.view.moved.connect(page.chosen.read)


def _writing_and_hands(page: StoryPage) -> None:
    writing, hands = page.view.writing, page.hands
    hands.before = writing.save
    writing.drafted.connect(hands.draft)
    writing.accepted.connect(hands.accept_line)
    writing.given_up.connect(hands.give_up)
    writing.ended.connect(hands.leave)
    writing.rested.connect(hands.saving.settle)
    writing.rested.connect(page.freshness.catch_up)
    hands.unsaved.connect(writing.bring_back)
    hands.made.connect(page.freshness.catch_up)
    page.view.typed.connect(page.freshness.wait_for_calm)
