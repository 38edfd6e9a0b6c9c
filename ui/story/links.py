"""Links: who on the page of a story listens to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.parts.bridge import Bridge

if TYPE_CHECKING:
    from ui.story.page import StoryPage


def connect(page: StoryPage, bridge: Bridge) -> None:
    """Let the parts of a page hear each other."""
    _player_and_words(page)
    page.quotes.played.connect(page.play_quote)
    page.quotes.tagged.connect(page.tag_quote)
    page.quotes.removed.connect(page.hands.remove)
    page.quotes.starred.connect(page.hands.star)
    page.quotes.answered.connect(page.asked_first.ask)
    page.rename.renamed.connect(page.give_title)
    page.peaks.ready.connect(page.player.waveform.set_peaks)
    page.listening.changed.connect(page.show_words)
    page.listening.failed.connect(page.explain)
    page.clip_bar.made.connect(
        lambda file: page.toast.say(page.tr_("The clip is ready: {file}", file=str(file)), "good"))
    page.soon.timeout.connect(page.refresh)
    bridge.happened.connect(page.on_happened)


def _player_and_words(page: StoryPage) -> None:
    page.player.moved.connect(page.on_moved)
    page.player.playing_changed.connect(page.view.set_running)
    page.view.sought.connect(page.player.seek)
    page.view.play_toggled.connect(page.player.toggle)
    page.view.leapt.connect(page.player.leap)
    page.view.tags_wanted.connect(page.tagging.tag_here)
    page.view.quote_wanted.connect(page.tagging.keep_quote)
    page.view.reworded.connect(page.hands.reword)
    page.view.reviewed.connect(page.hands.review)
    page.view.moved.connect(page.on_reader_moved)
