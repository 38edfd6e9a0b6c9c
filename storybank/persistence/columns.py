"""Columns: what the tables are made of, and the one list of tables they all go on."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identifier() -> Column[str]:
    """Return the key of things with a UUID."""
    return Column("id", Text, primary_key=True)


def code() -> Column[str]:
    """Return the short code that people use."""
    return Column("code", Text, nullable=False, unique=True)


def text(name: str, nullable: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Text, nullable=nullable)


def number(name: str) -> Column[int]:
    """Return a column of whole numbers."""
    return Column(name, Integer, nullable=False)


def part_of(name: str, target: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    """Return a column that points at another table; nothing cascades along it."""
    return Column(name, ForeignKey(target, ondelete="RESTRICT"), primary_key=key, nullable=nullable)


def position(name: str = "position") -> Column[int]:
    """Return the place among the parts of one owner."""
    return Column(name, Integer, primary_key=True, autoincrement=False)
