"""Issuing: making of a draft what leaves the house, and pages of it to be looked at before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from storybank.domain.commission import Kit, brief_of, kit_of, site_of
from storybank.domain.draft import PART_USES, Draft, DraftKind
from storybank.domain.export import Export, ExportKind, Order
from storybank.domain.recording import Recording
from storybank.domain.standing import missing_in
from storybank.errors import Invalid, NotFound, Refused, StorybankError
from storybank.ports import OpenWork, SiteWriter, Store, Ticket
from storybank.services.answering import Answering, Standing, uses_of
from storybank.services.building import Building
from storybank.services.exporting import Exporting, Written
from storybank.services.making import BAG, FOLDER, ZIP, BriefMaking, KitMaking, LookPath, Pages, is_one_file
from storybank.services.originals import unchanged
from storybank.services.refreshing import Refreshed, failed, met_by_a_stop, settle, stale
from storybank.words import Sentence, say

_KINDS = {DraftKind.BRIEF: ExportKind.BRIEF, DraftKind.KIT: ExportKind.KIT, DraftKind.SITE: ExportKind.SITE}


class Issuing:
    """Makes briefs, kits and sites of drafts; what leaves is entered in the ledger, what is looked at is not."""

    def __init__(self, open_work: OpenWork, exporting: Exporting, building: Building, answering: Answering,
                 briefs: BriefMaking, kits: KitMaking, sites: SiteWriter, look: LookPath, store: Store) -> None:
        self._open_work = open_work
        self._exporting = exporting
        self._building = building
        self._answering = answering
        self._briefs = briefs
        self._kits = kits
        self._sites = sites
        self._look = look
        self._store = store

    def preview(self, draft: Draft, language: str, folder: Path, ticket: Ticket) -> Pages:
        """Make pages of a draft in a folder of the house, as they would leave today."""
        order = self._exporting.preview(self._there(draft), uses_of(draft), draft.until)
        ticket.check()
        folder.mkdir(parents=True, exist_ok=True)
        if draft.kind is DraftKind.BRIEF:
            return self._briefs.preview(brief_of(draft, language, self._letterhead(draft)), order, folder, ticket)
        if draft.kind is DraftKind.KIT:
            kit = replace(kit_of(draft, self._theme(draft)), languages=(language,))
            return self._kits.preview(kit, order, folder, self._file_of, ticket)
        shutil.rmtree(folder / "site", ignore_errors=True)
        self._sites.write(site_of(draft, self._theme(draft)), order, folder / "site", self._file_of, ticket)
        return Pages(folder / "site" / "index.html")

    def issue(self, draft: Draft, to: Path, ticket: Ticket, *, form: str = FOLDER) -> Export:
        """Make what a draft orders at `to`, keep this version of it, and enter what left in the ledger.

        A language in which something is missing stays behind; `Answering.standing` tells which, and why.
        """
        leaving = self._leaving(draft, self._answering.standing(draft))
        _check_name(leaving, to, form)
        saved = self._as_saved(draft)
        return self._issue(saved, leaving.languages, to, ticket, form)

    def issue_kit(self, kit: Kit, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket, *,
                  form: str = FOLDER, until: date | None = None, recipient: str = "") -> Export:
        """Make a kit that was ordered without a draft, and enter it in the ledger."""
        def write(order: Order, aside: Path, media_of: Callable[[Recording], Path]) -> Written:
            return self._kits.write(kit, order, aside, to, media_of, ticket, form)

        parts = {str(part): PART_USES[part] for part in kit.parts if part in PART_USES}
        return self._exporting.make_folder(ExportKind.KIT, kit.title, quotes, uses, to, write, until=until,
                                           recipient=recipient, parts=parts)

    def refresh_sites(self, ticket: Ticket) -> list[Refreshed]:
        """Make every site again that somebody said stop to, without them, where it still lies on this machine.

        What was given to a web host stays there until somebody puts the new one in its place: that is told.
        """
        done = []
        for site in met_by_a_stop(self._open_work):
            ticket.check()
            found = stale(site, self._building)
            if isinstance(found, Refreshed):
                done.append(found)
                continue
            try:
                draft = replace(found.draft, until=None if self._is_over(found.draft) else found.draft.until)
                whole = tuple(one for one in draft.languages if not missing_in(draft, one)) or draft.languages
                new = self._issue(draft, whole, Path(site.place), ticket, FOLDER, replacing=True)
            except StorybankError as error:
                done.append(failed(site, error))
            else:
                done.append(settle(self._open_work, site, new))
        return done

    def _is_over(self, draft: Draft) -> bool:
        return draft.until is not None and draft.until < self._exporting.today()

    def _issue(self, saved: Draft, languages: tuple[str, ...], to: Path, ticket: Ticket, form: str, *,
               replacing: bool = False) -> Export:
        ordered = replace(saved, languages=languages)

        def write(order: Order, aside: Path, media_of: Callable[[Recording], Path]) -> Written:
            written = self._write(ordered, order, aside, to, media_of, ticket, form)
            if not replacing:
                self._building.keep(saved.id)
            return written

        title = ordered.title.said(ordered.languages[0])
        parts = {str(part): PART_USES[part] for part in saved.parts if part in PART_USES}
        return self._exporting.make_folder(
            _KINDS[saved.kind], title, self._there(saved), uses_of(saved), to, write, until=saved.until,
            recipient=saved.recipient, audience=saved.audience.said(ordered.languages[0]), draft=saved.reference,
            parts=parts if saved.kind is DraftKind.KIT else None, replacing=replacing)

    def _write(self, draft: Draft, order: Order, aside: Path, to: Path, media_of: Callable[[Recording], Path],
               ticket: Ticket, form: str) -> Written:
        if draft.kind is DraftKind.BRIEF:
            briefs = [brief_of(draft, language, self._letterhead(draft)) for language in draft.languages]
            return self._briefs.write(briefs, order, aside, to, ticket)
        if draft.kind is DraftKind.KIT:
            return self._kits.write(kit_of(draft, self._theme(draft)), order, aside, to, media_of, ticket, form)
        return self._sites.write(site_of(draft, self._theme(draft)), order, aside, media_of, ticket)

    def _leaving(self, draft: Draft, standing: Standing) -> Draft:
        """Return the draft with the languages that can leave; refuse with everything that stops it."""
        languages, stops = standing.languages(draft.languages), standing.held_by(draft.languages)
        if not languages:
            told = [sentence for sentences in standing.blocked.values() for sentence in sentences]
            raise Refused(_listed(told) if told else say("It has no language to be made in."),
                          hint=say("Write what is missing, or take the language off."))
        if stops:
            raise Refused(_listed([one.message for one in stops]), hint=stops[0].hint)
        return replace(draft, languages=languages)

    def _there(self, draft: Draft) -> list[str]:
        """Return the quotes of a draft that are in the library still."""
        with self._open_work() as work:
            found = []
            for code in draft.codes:
                try:
                    found.append(work.quotes.find(code).code)
                except NotFound:
                    continue
        return found

    def _as_saved(self, draft: Draft) -> Draft:
        """Return a draft as the library has it, saved first where it says something new."""
        with self._open_work() as work:
            kept = work.drafts.get(draft.id)
        same = replace(draft, version=kept.version, saved_at=kept.saved_at, saved_by=kept.saved_by) == kept
        return kept if same else self._building.save(draft)

    def _letterhead(self, draft: Draft) -> Path | None:
        return self._look(draft.template, "letterhead") if draft.template else None

    def _theme(self, draft: Draft) -> Path | None:
        return self._look(draft.theme, "theme") if draft.theme else None

    def _file_of(self, recording: Recording) -> Path:
        return unchanged(self._store, recording)


def _check_name(draft: Draft, to: Path, form: str) -> None:
    if form not in (FOLDER, ZIP, BAG):
        raise Invalid(say("{text} is none of these: {known}.", text=form, known=", ".join((FOLDER, ZIP, BAG))))
    if form != FOLDER and draft.kind is not DraftKind.KIT:
        raise Invalid(say("Only a kit can be made as a zip or a bag."))
    if form == ZIP and to.suffix.lower() != ".zip":
        raise Invalid(say("The name of this file must end in {ending}.", ending=".zip"))
    if is_one_file(to) and (draft.kind is not DraftKind.BRIEF or len(draft.languages) > 1):
        raise Invalid(say("This makes several files, so it needs a folder."), hint=say("Leave the ending away."))


def _listed(sentences: Sequence[Sentence | str]) -> Sentence:
    """Return sentences one after the other, each once."""
    first, *others = dict.fromkeys(sentences)
    told = say("{one}", one=first)
    for one in others:
        told = say("{one} {other}", one=told, other=one)
    return told
