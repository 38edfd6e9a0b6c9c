"""Everything that ever left the house, on disk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import ColumnElement, func, select

from storybank.domain.export import Export, ExportedItem, ExportKind
from storybank.domain.lists import ExportLine
from storybank.errors import NotFound, Refused
from storybank.persistence.lists import export_lines
from storybank.persistence.tables import export_items, exports
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

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
        row = asdict(export)
        items = row.pop("items")
        row["files"] = list(export.files)
        self._transaction.add(exports, [row])
        self._transaction.add(
            export_items, ({"export_id": export.id, "position": n, **item} for n, item in enumerate(items))
        )

    def with_story(self, story_id: str) -> list[Export]:
        """Return the exports that carried something of a story, oldest first."""
        carriers = select(export_items.c.export_id).where(export_items.c.story_id == story_id)
        return self._those(exports.c.id.in_(carriers))

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
        row.manifest_sha256, row.use_until, tuple(items), tuple((code, why) for code, why in row.left_out),
        row.audience, tuple(row.files),
    )  # fmt: skip


def _item(row: AnyRow) -> ExportedItem:
    return ExportedItem(
        row.quote_id, row.quote_code, row.story_id, tuple(row.consents), row.attribution, row.text_sha256
    )
