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
_FOUND = select(RECEIPT.c.answer).where(RECEIPT.c.key == bindparam("key"))
_OLD = select(RECEIPT.c.key).where(RECEIPT.c.at < bindparam("before")).limit(1000)
_FORGET = delete(RECEIPT).where(RECEIPT.c.key.in_(_OLD))
_INSTANT, _WORD = "$at", "$word"


def find(conn: Connection, key: str, *, by: int, asked: str) -> Done | None:
    """What this operator was answered under this key; None when it was never done.

    `asked` is the command's digest. `BadInput` where the key is another command's or operator's.
    """
    answer = conn.execute(_FOUND, {"key": key}).scalar_one_or_none()
    if answer is None:
        return None
    if (answer["by"], answer["asked"]) != (by, asked):
        raise BadInput(
            where=N_("key"),
            wrong=N_("it was used for another command"),
            right=N_("give each command a key of its own"),
        )
    return Done(
        sentence=Word(answer["sentence"]),
        facts={name: _read(value) for name, value in answer["facts"].items()},
        numbers=tuple(answer["numbers"]),
        versions=tuple((before, after) for before, after in answer.get("versions", ())),
        seq=answer["seq"],
    )


def keep(conn: Connection, key: str, done: Done, *, at: datetime, by: int, asked: str) -> None:
    """Store the answer with the effect, and with who asked for what."""
    answer = {
        "by": by,
        "asked": asked,
        "sentence": done.sentence,
        "facts": {name: _plain(value) for name, value in done.facts.items()},
        "numbers": list(done.numbers),
        "versions": [list(pair) for pair in done.versions],
        "seq": done.seq,
    }
    send(conn, insert_into(RECEIPT), [{"key": key, "at": at, "answer": answer}])


def digest(command: Command) -> str:
    """What tells one command from another that came under the same key."""
    told = [type(command).__name__, *(_told(getattr(command, f.name)) for f in fields(command))]  # type: ignore[arg-type]
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()


def forget(conn: Connection, *, before: datetime) -> int:
    """Let go of some of the answers older than that; how many."""
    return conn.execute(_FORGET, {"before": before}).rowcount


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
