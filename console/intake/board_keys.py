"""What a board may say, key by key; another key, or one that is there twice, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.cli_help import wrapped
from console.i18n import _
from store.domain.calendar_spec import shown
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BOARD, TRAVEL, TECHNICIAN, BREAK, ORDER = "board", "travel", "technician", "break", "order"

KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    BOARD: {
        "technicians": N_("a list, see below"),
        "orders": N_("a list, see below"),
        "travel": N_("how long ways take, see below"),
        "overload_share": N_(
            "the part of a shift above which each minute of work and travel costs one (0.85)"
        ),
    },
    TRAVEL: {
        "speed_kmh": N_("km/h on the road (24)"),
        "road_factor": N_("how long roads are by the straight line (1.35)"),
        "fixed_min": N_("minutes of each way besides (3)"),
    },
    TECHNICIAN: {
        "id": N_("a text or a whole number of its own"),
        "at": N_("[latitude, longitude] in degrees"),
        "shift": N_("[from, to]"),
        "shifts": N_("[[from, to], ...] instead, one after another"),
        "skills": N_("a list of texts (none)"),
        "breaks": N_("a list, see below (none)"),
    },
    BREAK: {
        "window": N_("[from, to]: it begins within it"),
        "length_min": N_("how long it is"),
    },
    ORDER: {
        "id": N_("a text or a whole number of its own"),
        "at": N_("[latitude, longitude] in degrees"),
        "duration_min": N_("how long the work takes"),
        "due": N_("by when it is to be done"),
        "not_served_cost": N_("what it costs if nobody goes"),
        "skill": N_("what whoever goes must be able to do (nothing)"),
        "ready": N_("work begins no earlier (0)"),
        "weight": N_("what each minute costs by which it is done late (1)"),
        "locked_to": N_("the id of the only technician who may go"),
        "appointment": N_("[from, to]: work begins within it, or nobody goes"),
        "crew": N_("1, or 2 who begin at the same time (1)"),
        "after": N_("the id of the order that must be done before"),
        "gap_min": N_("how long after that it begins at the earliest (0)"),
        "same_technician": N_("true: only for whoever does that one (false)"),
        "other_technician_cost": N_("what it costs if another does it (0)"),
        "splittable": N_("true: it may go on in the next shift (false)"),
        "split_cost": N_("what each interruption costs (0)"),
    },
}
"""By what it is a key of, each with what it means; in brackets what counts where it is missing."""

HEADS: Final[Mapping[str, str]] = {
    BOARD: N_("keys of the board:"),
    TRAVEL: N_("keys of travel:"),
    TECHNICIAN: N_("keys of a technician:"),
    BREAK: N_("keys of a break:"),
    ORDER: N_("keys of an order:"),
}


_LONGEST: Final = 60
"""Characters of a key that may be meant for another one."""
_WIDE, _NAME = 78, 24


class Said(dict[str, Any]):
    """An object of a JSON text; it knows whether a key was there twice."""

    __slots__ = ("twice",)

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        told = list(pairs)
        super().__init__(told)
        self.twice: str | None = None
        if len(self) < len(told):
            seen: set[str] = set()
            for key, _value in told:
                if key in seen:
                    self.twice = key
                    break
                seen.add(key)


def check_keys(one: Mapping[str, Any], where: str, what: str) -> None:
    """Refuse a key that is none of these, or that was there twice, by its name and place."""
    known = KEYS[what]
    twice = getattr(one, "twice", None)
    if twice is not None:
        raise BadInput(
            where=where,
            wrong=N_("the key {key} is there twice").format(key=shown(twice)),
            right=N_("leave one of them out"),
        )
    strange = next((key for key in one if key not in known), None)
    if strange is None:
        return
    from difflib import get_close_matches

    said = str(strange).casefold().replace("-", "_").replace(" ", "_")
    near = get_close_matches(said, known, n=1) if len(said) < _LONGEST else []
    meant = N_("did you mean {key}?").format(key=near[0]) if near else None
    raise BadInput(
        where=where,
        wrong=N_("no key {key} is known here").format(key=shown(strange)),
        right=meant or N_("the keys are {keys}").format(keys=", ".join(known)),
    )


def keys_told() -> str:
    """Every key with what it means, in lines for the help."""
    lines = [
        _(
            "What a board may say, with what counts where it is not said; other keys are refused,"
            " and numbers beyond 1,000,000,000:"
        )
    ]
    for what, keys in KEYS.items():
        lines += ["", _(HEADS[what])]
        for key, means in keys.items():
            parts = list(wrapped(_(means), _WIDE - _NAME))
            lines += [f"  {key:{_NAME - 2}}{parts[0]}", *(" " * _NAME + more for more in parts[1:])]
    return "\n".join(lines)
