"""The table [keys] of the config file: a style, and an action's id with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STYLES: Final = ("usual", "vim", "arrows")
"""What `style` may say."""


def chosen_keys(table: Mapping[str, Any], path: Path) -> Mapping[str, tuple[str, ...]]:
    """Keys by action, as they are written; BadInput for what is no text."""
    chosen: dict[str, tuple[str, ...]] = {}
    for action, keys in table.items():
        if action == "style":
            continue
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            raise BadInput(
                where=f"{path} [keys] {action}",
                wrong=N_("“{value}” is not a key").format(value=safe(str(keys))),
                right=N_('write "d" or ["d", "f5"]'),
            )
        chosen[action] = tuple(listed)
    return chosen


def chosen_style(table: Mapping[str, Any], path: Path) -> str:
    """What the keys are like where the file names none of their own."""
    style = table.get("style", STYLES[0])
    if style not in STYLES:
        raise BadInput(
            where=f"{path} [keys] style",
            wrong=N_("“{value}” is not known").format(value=safe(str(style))),
            right=N_("choose among {choices}").format(choices=", ".join(STYLES)),
        )
    return str(style)
