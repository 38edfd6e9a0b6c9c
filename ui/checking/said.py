"""Said: what a check found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from storybank.domain.document import Standing
from storybank.services.checking import Report
from storybank.words import Words
from ui.parts.chips import Tone
from ui.parts.said import N_

STANDINGS: dict[Standing, tuple[str, Tone]] = {
    Standing.FINE: (N_("Fine"), "good"),
    Standing.ALTERED: (N_("Altered"), "warn"),
    Standing.LAPSED: (N_("Lapsed"), "stop"),
    Standing.WITHDRAWN: (N_("Withdrawn"), "stop"),
    Standing.BEYOND_SCOPE: (N_("Never agreed to"), "stop"),
    Standing.UNKNOWN: (N_("Unknown here"), "warn"),
}
NO_LONGER = (Standing.LAPSED, Standing.WITHDRAWN, Standing.BEYOND_SCOPE)


def summary(report: Report, tr: Words) -> tuple[str, Tone]:
    """Return one sentence on the whole, and how grave it is."""
    counts, found = report.counts, len({finding.quote_code for finding in report.findings})
    bad = len({f.quote_code for f in report.findings if f.standing in NO_LONGER})
    if not found:
        return tr("None of our quotes was found in it."), "warn" if report.unread else "plain"
    if bad:
        return _of(bad, found, tr), "stop"
    if counts.get(Standing.ALTERED) or counts.get(Standing.UNKNOWN):
        altered = len({f.quote_code for f in report.findings if f.standing is Standing.ALTERED})
        if altered:
            return tr("{n} of {all} quotes do not say what was said.", n=altered, all=found), "warn"
        return tr("Some of it carries codes of ours that this library does not know."), "warn"
    return tr.many("{n} quote was found, and it may stay.", "{n} quotes were found, and all may stay.", found), "good"


def _of(bad: int, found: int, tr: Words) -> str:
    if found == 1:
        return tr("Its one quote may not be used any more.")
    if bad == 1:
        return tr("1 of {all} quotes may not be used any more.", all=found)
    return tr("{n} of {all} quotes may not be used any more.", n=bad, all=found)


def beneath(report: Report, tr: Words) -> Iterator[str]:
    """Yield what else is to be said of the whole."""
    if report.exports:
        yield tr("It is one of our exports, or made of them: {codes}", codes=", ".join(report.exports))
    yield from map(tr.sentence, report.notes)
    for one in report.unread:
        yield tr("{file} could not be looked into: {why}", file=one.file, why=tr.sentence(one.reason))
