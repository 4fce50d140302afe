"""Files that belong to an order: named with size and hash, and left where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store.domain.deeds import deeds_of, in_effect
from store.domain.facts import Fact
from store.domain.moves_common import Draft
from store.domain.replay import epoch_ms, from_epoch_ms, whole_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.deeds import Told
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

ATTACHED, DETACHED = "attached", "detached"
"""The facts that an order has a file, and that it has one no more."""


class FileNow(StrEnum):
    """What became of a file since it was attached."""

    SAME = "same"
    CHANGED = "changed"
    TOUCHED = "touched"
    """As long as it was, and written since; too long to be read for every look."""
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file as it was when somebody attached it."""

    path: str
    """Where it lies, from the root; empty where the words were erased."""
    name: str
    size: int
    """Bytes."""
    sha256: str
    modified_at: datetime
    note: str = ""
    """What it is."""


def attach(
    order: WorkOrder, file: Attachment, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order with one more file, whatever its state; it counts as a sign of life."""
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["progress_at"] = draft.at
    draft.body |= {
        "by": by,
        "size": file.size,
        "sha256": file.sha256,
        "modified": epoch_ms(file.modified_at),
    }
    after, facts = draft.done(ATTACHED)
    said = {"name": file.name, "path": file.path, "note": file.note}
    words = {**(facts[0].words or {}), **{name: text for name, text in said.items() if text}}
    return after, (Fact(name=ATTACHED, body=facts[0].body, words=words), *facts[1:])


def detach(
    order: WorkOrder, entry: int, name: str, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order without the file of a journal entry; what was told of it stays told."""
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set["progress_at"] = draft.at
    draft.body |= {"by": by, "entry": entry}
    after, facts = draft.done(DETACHED)
    words = {**(facts[0].words or {}), **({"name": name} if name else {})}
    return after, (Fact(name=DETACHED, body=facts[0].body, words=words), *facts[1:])


def files_in_effect(story: Iterable[Told]) -> tuple[Told, ...]:
    """The entries of files that an order has: none that was taken back, none of a file taken off.

    KeyError, TypeError or ValueError where others wrote the journal.
    """
    deeds = deeds_of(story)
    there = in_effect(deeds)
    return still_there(told for deed in deeds if deed.id in there for told in deed.told)


def still_there(story: Iterable[Told]) -> tuple[Told, ...]:
    """The same of entries that are all in effect."""
    told = tuple(story)
    off = {one.fact.body.get("entry") for one in told if one.fact.name == DETACHED}
    return tuple(one for one in told if one.fact.name == ATTACHED and one.seq not in off)


def attachment_of(body: Mapping[str, Any], words: Mapping[str, Any]) -> Attachment:
    """What such a fact tells; KeyError, TypeError or ValueError where others wrote it."""
    return Attachment(
        path=str(words.get("path", "")),
        name=str(words.get("name", "")),
        note=str(words.get("note", "")),
        size=int(body["size"]),
        sha256=str(body["sha256"]),
        modified_at=from_epoch_ms(int(body["modified"])),
    )
