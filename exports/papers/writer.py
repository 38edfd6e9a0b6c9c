"""Papers: writes the papers of consent as Word files: what people sign, what they keep, and what they are told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from exports.papers.form import lay_out as form_of
from exports.papers.letters import letters_of
from exports.papers.receipt import lay_out as receipt_of
from exports.papers.stationery import refuse_existing
from storybank.domain.notice import Notice
from storybank.domain.recall import CaseFile
from storybank.domain.receipt import Organization, Receipt
from storybank.domain.use import Use
from storybank.errors import StorybankError, Unavailable
from storybank.ports import Clock
from storybank.words import say


def _now() -> datetime:
    return datetime.now(UTC)


class WordPapers:
    """Writes papers as Word files (`ports.PaperWriter`); what is there already is never written over."""

    def __init__(self, organization: str = Organization().name, clock: Clock = _now) -> None:
        self._organization = organization
        self._clock = clock

    def notice(self, notice: Notice, uses: Sequence[Use], to: Path) -> None:
        """Write a consent form, to be printed and signed."""
        refuse_existing(to)
        form_of(notice, uses, self._organization, self._clock()).put(to)

    def receipt(self, receipt: Receipt, on: date, to: Path) -> None:
        """Write a receipt in the language of the person."""
        refuse_existing(to)
        receipt_of(receipt, on).put(to)

    def letters(self, file: CaseFile, on: date, folder: Path) -> list[Path]:
        """Write, in English and French, the letter to the person, one to each recipient, and the stop-use notice.

        All of them or none: of a run that fails nothing stays. A closed case has one letter only, to the person.
        """
        papers = [(folder / name, paper) for name, paper in letters_of(file, on)]
        refuse_existing(*(to for to, _ in papers))
        written: list[Path] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for to, paper in papers:
                paper.put(to)
                written.append(to)
        except (OSError, StorybankError):
            for to in written:
                to.unlink(missing_ok=True)
            raise
        return written


def write_receipt_json(receipt: Receipt, on: date, to: Path) -> None:
    """Write a receipt as JSON, each field by its name in ISO/IEC TS 27560."""
    refuse_existing(to)
    part = to.with_name(to.name + ".part")
    try:
        text = json.dumps(receipt.record(on), ensure_ascii=False, indent=1)
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        part.replace(to)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(say("{name} could not be written: {reason}.", name=to.name, reason=reason),
                          hint=say("Check that the disk has room and that you may write there.")) from error
    finally:
        part.unlink(missing_ok=True)
