"""A board to be planned, read from JSON: whatever is wrong is said with its place."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.intake.board_keys import BOARD, BREAK, ORDER, TECHNICIAN, TRAVEL, Said, check_keys
from console.intake.board_links import linked
from store.domain.calendar_spec import shown
from store.domain.dispatch.board import Board, Break, Job, Person, Travel
from store.domain.dispatch.timed import can_take_breaks
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.domain.distance import Position

_MOST = 1e9
"""No minute, weight or cost is greater."""

_BREAKS = 8
"""In one shift, at most: each of them doubles the ways to lay the others."""

_LONGEST = 32 << 20
"""Bytes of a board; tens of thousands of orders take less."""

_AT = N_("give [latitude, longitude] in degrees")
_TEXT = N_("give a text that is not empty")
_MOST_DIGITS = 300
"""Of a whole number; Python refuses to read some thousands, and no number is that great."""


def read_board(path: str) -> Board:
    """The board in a file, or on standard input for `-`."""
    right = N_("give a file with a JSON object of technicians and orders")
    try:
        if path == "-":
            read = sys.stdin.buffer.read(_LONGEST + 1)
        else:
            with Path(path).open("rb") as stream:
                read = stream.read(_LONGEST + 1)
        if len(read) > _LONGEST:
            wrong = N_("it is longer than {n} MiB").format(n=_LONGEST >> 20)
            raise BadInput(where=path, wrong=wrong, right=right)
        data = json.loads(
            read.decode("utf-8-sig"), parse_constant=str, parse_int=_whole, object_pairs_hook=Said
        )
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(where=path, wrong=why(error), right=right) from error
    if not isinstance(data, Mapping):
        raise BadInput(where=path, wrong=N_("this is JSON, but not an object"), right=right)
    return board_of(data)


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _MOST_DIGITS else text


def board_of(data: Mapping[str, Any]) -> Board:
    """The board that plain values tell."""
    check_keys(data, N_("the board"), BOARD)
    people = tuple(_each(data, "technicians", _person))
    jobs = tuple(_each(data, "orders", _job))
    known = _no_doubles("technicians", [one.id for one in people])
    _no_doubles("orders", [job.id for job in jobs])
    for place, job in enumerate(jobs, start=1):
        if job.locked_to is not None and job.locked_to not in known:
            raise BadInput(
                where=f"orders {place} locked_to",
                wrong=N_("{name} is no technician of this board").format(name=shown(job.locked_to)),
                right=N_("give the id of one of them, or leave it out"),
            )
    jobs = linked(jobs, data["orders"])
    travel = _object(data.get("travel", {}), "travel")
    check_keys(travel, "travel", TRAVEL)
    share = data.get("overload_share", 0.85)
    return Board(
        people=people,
        jobs=jobs,
        travel=Travel(
            speed_kmh=_number(travel.get("speed_kmh", 24), "travel speed_kmh", above=0),
            road_factor=_number(travel.get("road_factor", 1.35), "travel road_factor"),
            fixed_min=_number(travel.get("fixed_min", 3), "travel fixed_min"),
        ),
        overload_share=_number(share, "overload_share"),
    )


def _each(data: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str], Any]) -> Any:
    given = data.get(name)
    if not isinstance(given, list):
        raise _wrong(name, given, N_("give a list"))
    for place, one in enumerate(given, start=1):
        where = f"{name} {place}"
        yield read(_object(one, where), where)


def _person(one: Mapping[str, Any], where: str) -> Person:
    check_keys(one, where, TECHNICIAN)
    skills = one.get("skills", [])
    if not isinstance(skills, list) or not all(isinstance(skill, str) for skill in skills):
        raise _wrong(f"{where} skills", skills, N_("give a list of texts"))
    shifts = tuple(_shifts(one, where))
    begins, ends = (
        (shifts[0][0], shifts[-1][1]) if shifts else _span(one.get("shift"), f"{where} shift")
    )
    person = Person(
        id=_name(one.get("id"), f"{where} id"),
        skills=frozenset(skills),
        at=_position(one.get("at"), f"{where} at"),
        begins=begins,
        ends=ends,
        breaks=tuple(_breaks(one.get("breaks", []), f"{where} breaks")),
        shifts=shifts if len(shifts) > 1 else (),
    )
    if person.shifts and person.breaks:
        raise BadInput(
            where=f"{where} breaks",
            wrong=N_("of several shifts it is not known yet which one has them"),
            right=N_("leave the breaks out, or give one shift"),
        )
    if not can_take_breaks(person):
        raise BadInput(
            where=f"{where} breaks",
            wrong=N_("they do not fit into the shift one after another"),
            right=N_("give them in their order, with windows within the shift"),
        )
    return person


def _shifts(one: Mapping[str, Any], where: str) -> Iterator[tuple[float, float]]:
    """Several shifts, one after another; none where just one is told."""
    given = one.get("shifts")
    if given is None:
        return
    if not isinstance(given, list) or not given or one.get("shift", given[0]) != given[0]:
        raise _wrong(f"{where} shifts", given, N_("give a list of [from, to], or leave it out"))
    before = -inf
    for place, span in enumerate(given, start=1):
        begins, ends = _span(span, f"{where} shifts {place}")
        if begins < before:
            raise _wrong(f"{where} shifts {place}", span, N_("give them one after another"))
        yield begins, ends
        before = ends


def _breaks(given: object, where: str) -> Iterator[Break]:
    if not isinstance(given, list):
        raise _wrong(where, given, N_("give a list"))
    if len(given) > _BREAKS:
        raise BadInput(
            where=where,
            wrong=N_("{n} are too many for one shift").format(n=len(given)),
            right=N_("give at most {n}").format(n=_BREAKS),
        )
    for place, one in enumerate(given, start=1):
        here = f"{where} {place}"
        values = _object(one, here)
        check_keys(values, here, BREAK)
        opens, closes = _span(values.get("window"), f"{here} window")
        length = _number(values.get("length_min"), f"{here} length_min", above=0)
        yield Break(opens=opens, closes=closes, length=length)


def _job(one: Mapping[str, Any], where: str) -> Job:
    check_keys(one, where, ORDER)
    skill, locked, fixed = one.get("skill"), one.get("locked_to"), one.get("appointment")
    opens, closes = (-inf, inf) if fixed is None else _span(fixed, f"{where} appointment")
    split = one.get("splittable", False)
    if not isinstance(split, bool):
        raise _wrong(f"{where} splittable", split, N_("give true or false"))
    split_cost = _number(one.get("split_cost", 0), f"{where} split_cost")
    if split_cost and not split:
        raise BadInput(
            where=f"{where} split_cost",
            wrong=N_("it says nothing without {key}").format(key="splittable"),
            right=N_("give that too, or leave this out"),
        )
    ready = _number(one.get("ready", 0), f"{where} ready", least=-_MOST)
    if ready > closes:
        raise BadInput(
            where=f"{where} appointment",
            wrong=N_("it ends before the order is ready"),
            right=N_("give a later end, or an earlier ready"),
        )
    return Job(
        id=_name(one.get("id"), f"{where} id"),
        skill=None if skill is None else _name(skill, f"{where} skill"),
        at=_position(one.get("at"), f"{where} at"),
        duration=_number(one.get("duration_min"), f"{where} duration_min"),
        ready=max(ready, opens),
        begin_by=closes,
        apart=_number(one.get("other_technician_cost", 0), f"{where} other_technician_cost"),
        gap=_number(one.get("gap_min", 0), f"{where} gap_min"),
        due=_number(one.get("due"), f"{where} due", least=-_MOST),
        weight=_number(one.get("weight", 1), f"{where} weight"),
        not_served=_number(one.get("not_served_cost"), f"{where} not_served_cost"),
        splittable=split,
        split_cost=split_cost,
        locked_to=None if locked is None else _name(locked, f"{where} locked_to"),
    )


def _span(value: object, where: str) -> tuple[float, float]:
    right = N_("give [from, to] in minutes, the end after the beginning")
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong(where, value, right)
    begins, ends = (_number(one, where, least=-_MOST) for one in value)
    if ends < begins:
        raise _wrong(where, value, right)
    return begins, ends


def _position(value: object, where: str) -> Position:
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong(where, value, _AT)
    for one, most in zip(value, (90, 180), strict=True):
        if isinstance(one, bool) or not isinstance(one, int | float) or not abs(one) <= most:
            raise _wrong(where, value, _AT)
    return float(value[0]), float(value[1])


def _name(value: object, where: str) -> str:
    """A name; numbers are names too, as many tools write them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise _wrong(where, value, _TEXT)
    return value


def _number(value: object, where: str, *, least: float = 0.0, above: float | None = None) -> float:
    right = N_("give a number from {least} to {most}").format(least=_said(least), most=_said(_MOST))
    if above is not None:
        right = N_("give a number above {least}, up to {most}").format(
            least=_said(above), most=_said(_MOST)
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(where, value, right)
    if not least <= value <= _MOST or (above is not None and value <= above):
        raise _wrong(where, value, right)
    return float(value)


def _said(number: float) -> str:
    return f"{number:,.0f}"


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(where, value, N_("give an object"))
    return value


def _no_doubles(name: str, ids: list[str]) -> set[str]:
    seen: set[str] = set()
    for place, one in enumerate(ids, start=1):
        if one in seen:
            raise BadInput(
                where=f"{name} {place} id",
                wrong=N_("{name} is there twice").format(name=shown(one)),
                right=N_("give each an id of its own"),
            )
        seen.add(one)
    return seen


def _wrong(where: str, value: object, right: str) -> BadInput:
    said = N_("{value} will not do").format(value=shown(value))
    wrong = N_("nothing is given") if value is None else said
    return BadInput(where=where, wrong=wrong, right=right)
