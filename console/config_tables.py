"""Tables of the config file: which there may be, and what may stand in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def known(table: Mapping[str, Any], names: Collection[str], *, where: str) -> None:
    """BadInput for a name that is none of these, with the nearest that is."""
    for name in table:
        if name in names:
            continue
        from difflib import get_close_matches  # kept off the way to the first paint

        near = get_close_matches(name, names, n=1)
        right = N_("did you mean “{near}”?").format(near=near[0]) if near else _choose(names)
        raise BadInput(
            where=where,
            wrong=N_("there is no setting “{name}”").format(name=safe(name)),
            right=right,
        )


def _choose(names: Collection[str]) -> str:
    return N_("choose among {choices}").format(choices=", ".join(names))


def table_of(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    """One of them; empty where it is not there, BadInput where it is no table."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise BadInput(
            where=str(path),
            wrong=N_("“{name}” is not a table").format(name=name),
            right=N_("begin it with [{name}]").format(name=name),
        )
    return table
