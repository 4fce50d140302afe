"""Receipts: the answer of a command under its key, so that asked twice it is done once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select

from store.domain.errors import BadInput
from store.domain.intents import Done
from store.domain.words import N_, Word
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send
from store.persistence.tables import ReceiptRow
from store.persistence.types import from_ms, to_ms

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.domain.intents import Command

RECEIPT = table_of(ReceiptRow)
_ANSWER = (RECEIPT.c.seq, RECEIPT.c.answer)
_FOUND = select(RECEIPT.c.by, *_ANSWER).where(RECEIPT.c.key == bindparam("key"))
_LATEST = (
    select(*_ANSWER)
    .where(RECEIPT.c.by == bindparam("by"), RECEIPT.c.seq > 0, RECEIPT.c.seq < bindparam("before"))
    .order_by(RECEIPT.c.seq.desc())
    .limit(bindparam("limit"))
)
_OLD = select(RECEIPT.c.key).where(RECEIPT.c.at < bindparam("before")).limit(1000)
_FORGET = delete(RECEIPT).where(RECEIPT.c.key.in_(_OLD))
_INSTANT, _WORD = "$at", "$word"
_NEWEST = 2**62
"""Beyond every entry of the journal."""


def is_kept(conn: Connection, key: str) -> bool:
    """Whether anything was done under this key."""
    return conn.execute(_FOUND, {"key": key}).one_or_none() is not None


def find(conn: Connection, key: str, *, by: int, asked: str) -> Done | None:
    """What this operator was answered under this key; None when it was never done.

    `asked` is the command's digest. `BadInput` where the key is another command's or operator's.
    """
    found = conn.execute(_FOUND, {"key": key}).one_or_none()
    if found is None:
        return None
    if (found.by, found.answer["asked"]) != (by, asked):
        raise BadInput(
            where=N_("key"),
            wrong=N_("it was used for another command"),
            right=N_("give each command a key of its own"),
        )
    return _answered(found)


def keep(conn: Connection, key: str, done: Done, *, at: datetime, by: int, asked: str) -> None:
    """Store the answer with the effect, and with who asked for what."""
    answer = {
        "asked": asked,
        "sentence": done.sentence,
        "facts": {name: _plain(value) for name, value in done.facts.items()},
        "numbers": list(done.numbers),
        "versions": [list(pair) for pair in done.versions],
        "undo": done.undo,
        "final": done.final,
    }
    row = {"key": key, "at": at, "by": by, "seq": done.seq, "answer": answer}
    send(conn, insert_into(RECEIPT), [row])


def latest(conn: Connection, *, by: int, before: int | None, limit: int) -> list[Done]:
    """What an operator was answered last for commands that left something, newest first.

    `before` is the journal entry with which what he did next begins.
    """
    given = {"by": by, "before": _NEWEST if before is None else before, "limit": limit}
    return [_answered(row) for row in conn.execute(_LATEST, given)]


def digest(command: Command) -> str:
    """What tells one command from another that came under the same key."""
    told = [type(command).__name__, *(_told(getattr(command, f.name)) for f in fields(command))]  # type: ignore[arg-type]
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()


def forget(conn: Connection, *, before: datetime) -> int:
    """Let go of some of the answers older than that; how many."""
    return conn.execute(_FORGET, {"before": before}).rowcount


def _answered(row: Any) -> Done:
    answer = row.answer
    return Done(
        sentence=Word(answer["sentence"]),
        facts={name: _read(value) for name, value in answer["facts"].items()},
        numbers=tuple(answer["numbers"]),
        versions=tuple((before, after) for before, after in answer.get("versions", ())),
        seq=row.seq,
        undo=answer["undo"],
        final=answer.get("final", False),
    )


def _told(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((repr(name), _told(item)) for name, item in value.items())
    return hex(value) if isinstance(value, int) else value  # digits of any count


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return {_WORD: str(value)}
    return {_INSTANT: to_ms(value)} if isinstance(value, datetime) else value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _WORD in value:
        return Word(value[_WORD])
    return from_ms(value[_INSTANT]) if _INSTANT in value else value
