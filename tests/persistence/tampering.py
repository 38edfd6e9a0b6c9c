"""Somebody who has the keys of a library and changes it behind Storybank's back."""

from __future__ import annotations

from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher

from storybank.persistence.keys import read_keys


@contextmanager
def from_outside(folder):
    """Open a closed library's database without Storybank, guards and promises left out."""
    connection = sqlcipher.connect(str(folder / "library.db"), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key=\"x'{read_keys(folder).hex()}'\"")
        yield connection
    finally:
        connection.close()


def tamper(folder, *statements):
    """Take the guards away and change what must not be changed; every statement must hit something."""
    with from_outside(folder) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'")
        guards = guards.fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        for _name, sql in guards:
            connection.execute(sql)
