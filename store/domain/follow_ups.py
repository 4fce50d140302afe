"""Follow-ups as an order's journal tells of them: promised, kept, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from store.domain.replay import epoch_ms, from_epoch_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.deeds import Told

USUAL = "call"
"""The kind of follow-up that a fact need not name."""

_FREE_TEXT = ("kind", "note", "outcome")
_INSTANTS = frozenset({"due_at", "made_at", "done_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise to come back to a customer, as its whole row; `place` counts within the order."""

    place: int
    kind: str = USUAL
    due_at: datetime
    note: str = ""
    made_by: int
    made_at: datetime
    done_at: datetime | None = None
    done_by: int | None = None
    outcome: str | None = None


_PLAIN = tuple(f.name for f in fields(Promise) if f.name not in {"place", *_FREE_TEXT})


def promises_told(story: Iterable[Told]) -> dict[int, Promise]:
    """The follow-ups by their places; erased words come back empty."""
    held: dict[int, Promise] = {}
    for told in story:
        body, words = told.fact.body, told.fact.words or {}
        if told.fact.name == "promised":
            held[body["place"]] = Promise(
                place=body["place"],
                kind=words.get("kind", USUAL),
                due_at=from_epoch_ms(body["due_at"]),
                note=words.get("note", ""),
                made_by=told.by,
                made_at=told.at,
            )
        elif told.fact.name == "kept" and body["place"] in held:
            held[body["place"]] = replace(
                held[body["place"]],
                done_at=told.at,
                done_by=told.by,
                outcome=words.get("outcome", ""),
            )
        for place, row in body.get("promises", ()):
            if row is None:
                held.pop(place, None)
            else:
                held[place] = _read(place, row, words)
    return held


def promise_changes(
    before: Mapping[int, Promise], again: Mapping[int, Promise | None]
) -> tuple[list[list[Any]], dict[str, str]]:
    """What a fact carries so that `promises_told` finds some places as they stand again."""
    rows: list[list[Any]] = []
    words: dict[str, str] = {}
    for place, became in sorted(again.items()):
        if became == before.get(place):
            continue
        rows.append([place, None if became is None else _plain(became, words)])
    return rows, words


def _plain(promise: Promise, words: dict[str, str]) -> dict[str, Any]:
    for name in _FREE_TEXT:
        text = getattr(promise, name)
        if text:
            words[f"promises.{promise.place}.{name}"] = text
    values = {name: getattr(promise, name) for name in _PLAIN}
    return {
        name: epoch_ms(value) if name in _INSTANTS else value
        for name, value in values.items()
        if value is not None
    }


def _read(place: int, row: Mapping[str, Any], words: Mapping[str, str]) -> Promise:
    values: dict[str, Any] = {
        name: from_epoch_ms(value) if name in _INSTANTS else value for name, value in row.items()
    }
    said = {name: words.get(f"promises.{place}.{name}") for name in _FREE_TEXT}
    done = "" if "done_at" in values else None
    return Promise(
        place=place,
        kind=said["kind"] or USUAL,
        note=said["note"] or "",
        outcome=said["outcome"] or done,
        **values,
    )
