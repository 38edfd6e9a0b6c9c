"""Everything that ever left the house, on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind, ExportStatus
from storybank.domain.lists import ExportLine
from storybank.errors import NotFound, Refused
from storybank.persistence.lists import export_lines
from storybank.persistence.sentences import packed, unpacked
from storybank.persistence.tables import export_items, exports
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import Sentence, say

_IN_ORDER = (func.length(exports.c.code), exports.c.code)


class StoredLedger:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, export_id: str) -> Export:
        """Return the export of that identifier or short code."""
        for export in self._those((exports.c.id == export_id) | (exports.c.code == export_id.upper())):
            return export
        raise NotFound(say("There is no export {export} in the ledger.", export=export_id))

    def all(self) -> list[Export]:
        """Return every export, oldest first."""
        return self._those()

    def lines(self) -> list[ExportLine]:
        """Return what the ledger's list shows, latest first."""
        return export_lines(self._transaction)

    def save(self, export: Export) -> None:
        """Enter an export; what is in the ledger stays as it is."""
        if self._transaction.row(select(exports.c.id).where(exports.c.id == export.id)):
            raise Refused(say("Export {code} is in the ledger already.", code=export.code))
        plain = ("id", "code", "kind", "title", "made_at", "place", "manifest_sha256", "use_until", "audience",
                 "recipient", "draft")  # fmt: skip
        row = {name: getattr(export, name) for name in plain}
        row |= {
            "uses": list(export.uses), "status": export.stored_status, "files": [asdict(f) for f in export.files],
            "left_out": [[code, [packed(reason) for reason in reasons]] for code, reasons in export.left_out],
            "head_seq": export.head[0], "head_hash": export.head[1],
        }  # fmt: skip
        self._transaction.add(exports, [row])
        self._transaction.add(
            export_items, ({"export_id": export.id, "position": n, **_row(i)} for n, i in enumerate(export.items))
        )

    def set_status(self, export_id: str, status: ExportStatus) -> None:
        """Note what became of an export."""
        self._transaction.execute(update(exports).where(exports.c.id == export_id).values(status=status))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Export]:
        chosen = select(exports).where(*conditions)
        inside = select(export_items).order_by(export_items.c.export_id, export_items.c.position)
        if conditions:
            inside = inside.where(export_items.c.export_id.in_(chosen.with_only_columns(exports.c.id)))
        items = defaultdict(list)
        for row in self._transaction.rows(inside):
            items[row.export_id].append(_item(row))
        return [_export(row, items[row.id]) for row in self._transaction.rows(chosen.order_by(*_IN_ORDER))]


def _export(row: AnyRow, items: list[ExportedItem]) -> Export:
    return Export(
        row.id, row.code, ExportKind(row.kind), row.title, row.made_at, tuple(row.uses), row.place,
        row.manifest_sha256, row.use_until, tuple(items), tuple((code, _reasons(why)) for code, why in row.left_out),
        row.audience, tuple(map(_file, row.files)), row.recipient, ExportStatus(row.status),
        (row.head_seq, row.head_hash), row.draft,
    )  # fmt: skip


def _reasons(kept: str | list[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return (unpacked(kept),) if isinstance(kept, str) else tuple(map(unpacked, kept))


def _file(kept: str | Mapping[str, Any]) -> ExportedFile:
    """Return a file as it left; older libraries kept only its name."""
    if isinstance(kept, str):
        return ExportedFile(kept, "")
    return ExportedFile(kept["path"], kept["sha256"], tuple(kept["quotes"]))


def _item(row: AnyRow) -> ExportedItem:
    told = row.answer or {}
    return ExportedItem(
        row.quote_id, row.quote_code, row.story_id, tuple(row.consents), row.attribution, row.text_sha256,
        told.get("verdict", "allow"), tuple(map(unpacked, told.get("reasons", ()))), tuple(told.get("conditions", ())),
        tuple((code, seq) for code, seq in told.get("events", ())), row.use_until,
    )  # fmt: skip


def _row(item: ExportedItem) -> dict[str, Any]:
    plain = ("quote_id", "quote_code", "story_id", "attribution", "text_sha256", "use_until")
    told = {
        "verdict": item.verdict, "reasons": [packed(reason) for reason in item.reasons],
        "conditions": list(item.conditions), "events": [list(event) for event in item.events],
    }  # fmt: skip
    return {name: getattr(item, name) for name in plain} | {"consents": list(item.consents), "answer": told}
