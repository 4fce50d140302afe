"""A file of travel times: from which site to which, and minutes; taken whole or not at all.

A first line may name the columns, in any order; without one they are from, to, minutes. What is
more than these is left alone, and so is the way from a site to itself.
"""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, Final

from console.intake.reader import Row, examine
from console.intake.troubles import FileRefused
from store.domain.dispatch.travel_table import MOST_MINUTES, MOST_PAIRS
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from console.intake.reader import Table

Pair = tuple[str, str, int]

_NAMES: Final = (
    frozenset({"from", "from_site", "from site", "origin", "start", "起点", "出发", "出发站点"}),
    frozenset({"to", "to_site", "to site", "destination", "end", "终点", "到达", "到达站点"}),
    frozenset({"minutes", "min", "travel_min", "duration_min", "分钟", "分钟数", "时长"}),
)
"""What the three columns may be called."""
_PLAIN: Final = (0, 1, 2)
_COMMA: Final = re.compile(r"[0-9]+,(?:[0-9]{1,2}|[0-9]{4,9})")
_SHOWN: Final = 40


def read_travel(path: Path, *, member: str = "") -> tuple[Pair, ...]:
    """Every pair with its minutes, whole ones upwards; FileRefused with the line that is wrong."""
    table = examine(path, member=member)
    columns = _columns(table)
    first = () if columns else (Row(line=1, cells=list(table.header)),)
    found: dict[tuple[str, str], int] = {}
    for row in chain(first, table.rows()):
        one, other, minutes = _pair(table, row, columns or _PLAIN)
        if one == other:
            continue
        if found.setdefault((one, other), minutes) != minutes:
            raise _refused(table, row, N_("says another time for the same two sites"))
        if len(found) > MOST_PAIRS:
            wrong = N_("has more than {most} pairs of sites").format(most=MOST_PAIRS)
            raise FileRefused(file=table.packed.name, wrong=wrong)
    if not found:
        raise FileRefused(file=table.packed.name, wrong=N_("has no pair of sites"))
    return tuple((one, other, minutes) for (one, other), minutes in found.items())


def _columns(table: Table) -> tuple[int, ...] | None:
    """Where from, to and minutes stand; None where the first line is a row itself."""
    heads = [name.strip().casefold() for name in table.header]
    found = [next((at for at, h in enumerate(heads) if h in names), None) for names in _NAMES]
    places = tuple(at for at in found if at is not None)
    if len(places) == len(_NAMES):
        return places
    if table.kind == "csv" and not places and _is_row(table):
        return None
    wrong = N_("names no columns from, to and minutes in its first line")
    raise FileRefused(file=table.packed.name, wrong=wrong)


def _is_row(table: Table) -> bool:
    return len(table.header) >= len(_NAMES) and _minutes(table.header[_PLAIN[-1]]) is not None


def _pair(table: Table, row: Row, columns: Sequence[int]) -> Pair:
    if row.wrong is not None:
        raise _refused(table, row, str(row.wrong.facts["wrong"]))
    one, other, said = (row.cells[at].strip() for at in columns)
    if not one or not other:
        raise _refused(table, row, N_("names no site"))
    minutes = _minutes(said)
    if minutes is None:
        wrong = N_("“{text}” is no number of minutes from 0 to {most}")
        raise _refused(table, row, wrong.format(text=safe(said, limit=_SHOWN), most=MOST_MINUTES))
    return one, other, minutes


def _minutes(said: str) -> int | None:
    """Whole minutes, parts of one counted whole; None for what are none.

    A comma is that of many countries, unless it may part thousands.
    """
    bare = said.strip()
    if _COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    try:
        number = Decimal(bare)
    except DecimalException:
        return None
    if not number.is_finite() or not 0 <= number <= MOST_MINUTES:
        return None
    return ceil(number)


def _refused(table: Table, row: Row, wrong: str) -> FileRefused:
    said = N_("line {line}: {wrong}").format(line=row.line, wrong=wrong)
    return FileRefused(file=table.packed.name, wrong=said)
