"""Issuing: making of a draft what leaves the house, and pages of it to be looked at before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from storybank.domain.commission import brief_of, kit_of, site_of
from storybank.domain.draft import PART_USES, Draft, DraftKind
from storybank.domain.export import Export, ExportKind, Order
from storybank.domain.recording import Recording
from storybank.domain.remark import Remark, Weight
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import OpenWork, SiteWriter, Store, Ticket
from storybank.services.answering import Answering, Standing, uses_of
from storybank.services.building import Building
from storybank.services.exporting import Exporting, Written
from storybank.services.making import BAG, FOLDER, ZIP, BriefMaking, KitMaking, LookShelf, Pages, is_one_file
from storybank.services.originals import original
from storybank.words import Sentence, say

_KINDS = {DraftKind.BRIEF: ExportKind.BRIEF, DraftKind.KIT: ExportKind.KIT, DraftKind.SITE: ExportKind.SITE}


class Issuing:
    """Makes briefs, kits and sites of drafts; what leaves is entered in the ledger, what is looked at is not."""

    def __init__(self, open_work: OpenWork, exporting: Exporting, building: Building, answering: Answering,
                 briefs: BriefMaking, kits: KitMaking, sites: SiteWriter, looks: LookShelf, store: Store) -> None:
        self._open_work = open_work
        self._exporting = exporting
        self._building = building
        self._answering = answering
        self._briefs = briefs
        self._kits = kits
        self._sites = sites
        self._looks = looks
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
        site = site_of(draft, self._theme(draft))
        self._sites.write(site, order, folder / "site", self._file_of, ticket)
        return Pages(folder / "site" / "index.html")

    def issue(self, draft: Draft, to: Path, ticket: Ticket, *, form: str = FOLDER) -> Export:
        """Make what a draft orders at `to`, keep this version of it, and enter what left in the ledger.

        A language in which something is missing stays behind; `Answering.standing` tells which, and why.
        """
        standing = self._answering.standing(draft)
        leaving = self._leaving(draft, standing)
        _check_name(leaving, to, form)
        saved = self._as_saved(draft)
        ordered = replace(saved, languages=leaving.languages)

        def write(order: Order, aside: Path, media_of: Callable[[Recording], Path]) -> Written:
            written = self._write(ordered, order, aside, to, media_of, ticket, form)
            self._building.keep(saved.id)
            return written

        title = ordered.title.said(ordered.languages[0])
        parts = {str(part): PART_USES[part] for part in draft.parts if part in PART_USES}
        return self._exporting.make_folder(
            _KINDS[draft.kind], title, self._there(draft), uses_of(draft), to, write, until=draft.until,
            recipient=draft.recipient, audience=draft.audience.said(ordered.languages[0]), draft=saved.reference,
            parts=parts if draft.kind is DraftKind.KIT else None)

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
        languages = tuple(one for one in draft.languages if one not in standing.blocked)
        if not languages:
            told = [sentence for sentences in standing.blocked.values() for sentence in sentences]
            raise Refused(_listed(told) if told else say("It has no language to be made in."),
                          hint=say("Write what is missing, or take the language off."))
        stops = [one for one in standing.remarks if stops_it(one) and one.language in ("", *languages)]
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
        return self._looks.path(draft.template, "letterhead") if draft.template else None

    def _theme(self, draft: Draft) -> Path | None:
        return self._looks.path(draft.theme, "theme") if draft.theme else None

    def _file_of(self, recording: Recording) -> Path:
        return original(self._store, recording)


def stops_it(remark: Remark) -> bool:
    """Tell whether a remark keeps a whole draft from leaving; a quote that may not leave stays behind by itself."""
    return remark.weight is Weight.STOP and not remark.place.startswith("quotes.")


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
