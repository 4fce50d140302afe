"""Rows as a journal tells of them: what a step changed, and the values again; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.replay import epoch_ms, from_epoch_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def changed(
    before: Any,
    after: Any,
    names: Iterable[str],
    *,
    words: Collection[str],
    instants: Collection[str],
) -> tuple[dict[str, Any], dict[str, str]]:
    """What became of some fields since `before`, or all of them where that is None; text apart."""
    became: dict[str, Any] = {}
    said: dict[str, str] = {}
    for name in names:
        value = getattr(after, name)
        if name == "id" or (before is not None and value == getattr(before, name)):
            continue
        if name in words:
            said[name], became[name] = value, None
        else:
            became[name] = epoch_ms(value) if name in instants and value is not None else value
    return became, said


def read_again(
    name: str, value: Any, word: str, *, words: Collection[str], instants: Collection[str]
) -> Any:
    """A field as `changed` told it; `word` where it is text."""
    if name in words:
        return word
    return from_epoch_ms(value) if name in instants and value is not None else value
