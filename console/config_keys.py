"""The table [keys] of the config file: an action's id and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def chosen_keys(table: Mapping[str, Any], path: Path) -> Mapping[str, tuple[str, ...]]:
    """Keys by action; BadInput for what is no key, and for one key that two actions shall have."""
    chosen: dict[str, tuple[str, ...]] = {}
    for action, keys in table.items():
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            raise BadInput(
                where=f"{path} [keys] {action}",
                wrong=N_("“{value}” is not a key").format(value=keys),
                right=N_('write "d" or ["d", "f5"]'),
            )
        _bound_once(chosen, action, listed, path)
        chosen[action] = tuple(listed)
    return chosen


def _bound_once(
    chosen: Mapping[str, tuple[str, ...]], action: str, keys: list[str], path: Path
) -> None:
    for other, taken in chosen.items():
        for key in keys:
            if key in taken:
                wrong = N_("“{key}” is the key of {action} already").format(key=key, action=other)
                right = N_("give each action a key of its own")
                raise BadInput(where=f"{path} [keys] {action}", wrong=wrong, right=right)
