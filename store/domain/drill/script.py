"""What shall go wrong in a drill that somebody plays, read from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """One thing that goes wrong."""

    at: float
    """After which part of the play, 0 to 1."""
    what: str
    """One of `SHOCKS`."""
    calls: int = 8
    minutes: float = 30.0
    """Of life: how long the storm or the standstill lasts."""
    people: int = 1
    times: float = 3.0
    """How many times longer the work takes."""
    department: str = ""
    """Who has to be asked: what `department` leaves empty is the usual one, elsewhere nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A bad day."""

    name: str
    calls_an_hour: float = 8.0
    """Of life; what comes anyway."""
    answer_min: float = 45.0
    """Minutes of life within which a customer is told, and what he said is written down."""
    shocks: tuple[Shock, ...] = field(default=())


SHOCKS: Final[Mapping[str, tuple[str, ...]]] = {
    "storm": ("calls", "minutes"),
    "ill": ("people",),
    "overrun": ("times", "department"),
    "claim": ("department",),
    "department": ("department",),
    "no_access": (),
    "return": (),
    "down": ("minutes",),
}
"""What can go wrong, and what may be told of it besides its time."""

_NUMBERS: Final[Mapping[str, tuple[float, float, bool]]] = {
    "at": (0, 1, False),
    "calls": (1, 200, True),
    "minutes": (1, 600, False),
    "people": (1, 100, True),
    "times": (1, 20, False),
    "calls_an_hour": (0, 600, False),
    "answer_min": (1, 600, False),
}
"""The least, the most, and whether it is a whole number."""
_MOST_SHOCKS: Final = 100
_LONGEST: Final = 60
"""Characters of a name or a department."""


def read_script(told: Mapping[str, Any], *, name: str) -> Script:
    """The script that a table tells; `name` where it has none of its own.

    Raises `BadInput` for whatever is not understood: a drill that left it out would be another.
    """
    _known(told, ("name", "calls_an_hour", "answer_min", "shock"), "")
    shocks = told.get("shock", [])
    if not isinstance(shocks, Sequence) or isinstance(shocks, str):
        raise _wrong("shock", shocks, N_("write each one below [[shock]]"))
    if len(shocks) > _MOST_SHOCKS:
        raise _wrong("shock", len(shocks), N_("give up to {most}").format(most=_MOST_SHOCKS))
    usual = Script(name=name)
    return Script(
        name=_text(told, "name", "") or name,
        calls_an_hour=_number(told, "calls_an_hour", usual.calls_an_hour, ""),
        answer_min=_number(told, "answer_min", usual.answer_min, ""),
        shocks=tuple(
            sorted(
                (_shock(one, f"shock {place}") for place, one in enumerate(shocks, 1)),
                key=lambda shock: shock.at,
            )
        ),
    )


def plain_script(script: Script) -> dict[str, Any]:
    """A table that `read_script` reads as this very script."""
    return {
        "name": script.name,
        "calls_an_hour": script.calls_an_hour,
        "answer_min": script.answer_min,
        "shock": [
            {name: getattr(shock, name) for name in ("at", "what", *SHOCKS[shock.what])}
            for shock in script.shocks
        ],
    }


def _shock(told: Any, where: str) -> Shock:
    if not isinstance(told, Mapping):
        raise _wrong(where, told, N_("write each one below [[shock]]"))
    what = told.get("what")
    if not isinstance(what, str) or what not in SHOCKS:
        raise _wrong(f"{where}, what", what, ", ".join(SHOCKS))
    _known(told, ("at", "what", *SHOCKS[what]), where)
    if "at" not in told:
        raise _wrong(f"{where}, at", None, N_("give the part of the play, 0 to 1"))
    chosen: dict[str, Any] = {
        name: _text(told, name, where) if name == "department" else _number(told, name, 0, where)
        for name in SHOCKS[what]
        if name in told
    }
    return Shock(at=_number(told, "at", 0, where), what=what, **chosen)


def _known(told: Mapping[str, Any], names: tuple[str, ...], where: str) -> None:
    strange = sorted(set(map(str, told)) - set(names))
    if strange:
        right = N_("there are {known}").format(known=", ".join(names))
        raise _wrong(where or N_("script"), strange[0], right)


def _number(told: Mapping[str, Any], name: str, usual: float, where: str) -> Any:
    value = told.get(name, usual)
    least, most, whole = _NUMBERS[name]
    fits = isinstance(value, int) if whole else isinstance(value, (int, float))
    # A text that is no number, a truth, and what is not a number at all fall out here.
    if not fits or isinstance(value, bool) or not least <= value <= most:
        right = N_("give a number from {least} to {most}").format(least=least, most=most)
        if whole:
            right = N_("give a whole number from {least} to {most}").format(least=least, most=most)
        raise _wrong(f"{where}, {name}" if where else name, value, right)
    return value


def _text(told: Mapping[str, Any], name: str, where: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST:
        right = N_("give a text of up to {most} characters").format(most=_LONGEST)
        raise _wrong(f"{where}, {name}" if where else name, value, right)
    return safe(value).strip()


def _wrong(where: str, value: Any, right: str) -> BadInput:
    wrong = (
        N_("nothing is given")
        if value is None
        else N_("{value} will not do").format(value=safe(repr(value), limit=40))
    )
    return BadInput(where=where, wrong=wrong, right=right)
