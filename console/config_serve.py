"""The table [serve] of the config file: how a served desk is reached, locked and recorded."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from console.config_tables import known
from console.public_address import told
from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.who import GIVEN
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ROLES: Final = tuple(role.value for role in GIVEN)
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the file says, and what is usual otherwise."""

    address: str = ""
    """By which HOST or HOST:PORT clients reach the desk, where that is not where it listens."""
    idle: int = 720
    """Minutes without a key after which a session ends; 0 for never."""
    lock: int = 0
    """Minutes without a key after which its screen is covered; 0 for never."""
    command_seconds: int = 600
    """How long the command of a script may take; 0 for as long as it wants."""
    record: tuple[str, ...] = ()
    """Roles whose sessions are recorded."""
    record_days: int = 30
    """How long a recording is kept."""
    record_megabytes: int = 2_000
    """How much room all of them may take."""


NAMES: Final = tuple(field.name for field in fields(Serving))


def chosen_serving(table: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """What stands in the table; BadInput for what is of another kind."""
    known(table, NAMES, where=f"{path} [serve]")
    return {name: _KINDS.get(name, _number)(name, value, path) for name, value in table.items()}


def _number(name: str, value: object, path: Path) -> int:
    least = 1 if name.startswith("record_") else 0
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
        raise BadInput(
            where=f"{path} [serve] {name}",
            wrong=N_("“{value}” is not of this kind").format(value=safe(str(value))),
            right=N_("a whole number, {least} to {most}").format(least=least, most=_MOST),
        )
    return value


def _roles(_name: str, value: object, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(one in ROLES for one in value):
        raise BadInput(
            where=f"{path} [serve] record",
            wrong=N_("“{value}” is not of this kind").format(value=safe(str(value))),
            right=N_("a list of roles, among {choices}").format(choices=", ".join(ROLES)),
        )
    return tuple(value)


def _address(name: str, value: object, path: Path) -> str:
    try:
        told(str(value))
    except ValueError:
        raise BadInput(
            where=f"{path} [serve] {name}",
            wrong=N_("“{value}” is not of this kind").format(value=safe(str(value))),
            right=N_("a host, or a host and a port: desk.example:22"),
        ) from None
    return str(value)


_KINDS: Final[Mapping[str, Callable[[str, object, Path], Any]]] = {
    "record": _roles,
    "address": _address,
}
"""How what is no number is read."""
