"""Fills a store with orders whose words can be looked for: rows and index, the same each time.

Words come as they do in real requests: a few in every tenth order, most in very few. Everything
else is as in `queues_fill`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from console.demo.words import FAULTS, FIRMS, GIVEN, PLACES, SURNAMES, TRADES
from store.domain.lifecycle import STATES, State
from store.persistence.bulk import insert_raw
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER, VISIT
from store.persistence.search_bulk import add_rows
from store.persistence.tables import metadata
from store.persistence.types import to_ms
from tests.bench.queues_fill import CUSTOMERS, SITES, TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.database import Database

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CHUNK = 20_000

_NOW, _HOUR = to_ms(AT), 3_600_000
_FAR = to_ms(datetime(9999, 1, 1, tzinfo=UTC))
_OPEN = (
    *([State.NEW] * 20 + [State.ASSIGNED] * 15 + [State.ACCEPTED] * 20 + [State.EN_ROUTE] * 8),
    *([State.ON_SITE] * 12 + [State.WAITING] * 15 + [State.DONE] * 8 + [State.DECLINED] * 2),
)
_HELD = {State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE, State.ON_SITE}
_COLUMNS: dict[Any, tuple[str, ...]] = {
    ORDER: (
        *("number", "version", "external_id", "source", "title", "description", "kind"),
        *("priority", "state", "category", "live", "state_since", "site_id", "customer_id"),
        *("asset_id", "technician_id", "opened_at", "created_at", "progress_at", "closed_at"),
        *("reopened", "reassigned", "reason", "wake_at", "chain", "next_deadline", "next_clock"),
        *("risk_at", "orphan_at", "follow_at", "rank_at"),
    ),
    VISIT: ("number", "place", "technician_id", "state", "assigned_at"),
    JOURNAL: ("number", "fact", "words"),
}
_PARTS = (
    "门厅",
    "机房",
    "走廊",
    "楼顶",
    "地下室",
    "车库",
    "北侧",
    "大堂",
    "配电间",
    "会议室",
    "管井",
)
_SIGNS = (
    "异响",
    "渗水",
    "跳闸",
    "冒烟",
    "松动",
    "卡住",
    "发热",
    "结冰",
    "锈蚀",
    "抖动",
    "短路",
    "变形",
)
_ASKED = ("请尽快安排", "下午有人", "需带梯子", "联系门卫", "已断电", "客户在场", "上次没修好")
_SAID = ("tenant waiting", "second call today", "bring a ladder", "ask at the gate", "no power")
_RARE = (
    "锅炉",
    "喷淋",
    "冷却塔",
    "变压器",
    "钢丝绳",
    "曳引机",
    "膨胀节",
    "除湿机",
    "光缆",
    "卷帘门",
)


def fill(database: Database, *, orders: int) -> None:
    """All tables, then so many orders, one in twenty-five of them at the desk, with their index."""
    dice = Random(11)
    with database.writing() as conn:
        metadata.create_all(conn)
        for register, entries in _registers(dice).items():
            conn.execute(metadata.tables[register].insert(), entries)
    for first in range(1, orders + 1, CHUNK):
        rows: dict[str, list[Any]] = {table.name: [] for table in _COLUMNS}
        for number in range(first, min(first + CHUNK, orders + 1)):
            for name, made in _order(number, number / orders, dice):
                rows[name].append(made)
        with database.writing() as conn:
            for table in (ORDER, VISIT):
                insert_raw(conn, database.kind, table, _COLUMNS[table], rows[table.name])
            add_rows(conn, database.kind, _COLUMNS, rows)


def _registers(dice: Random) -> dict[str, list[dict[str, Any]]]:
    def name(n: int, kinds: tuple[str, ...]) -> str:
        return kinds[n % len(kinds)].format(n=n // len(kinds) + 1)

    def person(n: int) -> str:
        return f"{SURNAMES[n % len(SURNAMES)][0]}{GIVEN[n // 3 % len(GIVEN)][0]}"

    return {
        "region": [{"id": n, "code": f"R{n}", "name": f"区 {n}"} for n in range(1, 7)],
        "site": [
            {"id": n, "code": f"S{n:04}", "name": name(n, PLACES), "zone": "UTC"}
            | {"region_id": 1 + n % 6}
            for n in range(1, SITES + 1)
        ],
        "customer": [
            {"id": n, "code": f"C{n:04}", "name": name(n, FIRMS)}
            | {"phone": f"1{dice.randrange(10**10):010}"}
            for n in range(1, CUSTOMERS + 1)
        ],
        "technician": [
            {"id": n, "code": f"T{n:03}", "name": person(n)} for n in range(1, TECHNICIANS + 1)
        ],
    }


def _order(number: int, share: float, dice: Random) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows of one order, each with its table's name; `share` of all were written before it.

    Numbers grow with time over a year, but for days by which what came from elsewhere is late.
    """
    state = dice.choice(_OPEN) if number % 25 == 0 else State.CLOSED
    spec, kind = STATES[state], dice.choice(TRADES)
    ago = int((1 - share) * 24 * 365) + dice.choice((0, 0, 0, dice.randrange(72)))
    opened = _NOW - max(1, ago) * _HOUR
    due = None
    if not spec.final and state not in {State.WAITING, State.DONE}:
        due = _NOW + dice.randrange(-6 * _HOUR, 60 * _HOUR)
    wake = _NOW + dice.randrange(-2 * _HOUR, 40 * _HOUR) if state is State.WAITING else None
    who = None if spec.orphan else dice.randrange(1, TECHNICIANS + 1)
    site = 1 + int(SITES * dice.random() ** 2)
    customer = 1 + int(CUSTOMERS * dice.random() ** 2)
    yield (
        ORDER.name,
        (
            *(
                number,
                1,
                f"{kind}-{number * 7919 % 1_000_003:07}",
                "crm",
                *_words(kind, dice),
                kind,
            ),
            *(dice.choices((1, 2, 3, 4), (4, 16, 58, 22))[0], state.value, spec.category.value),
            *(int(not spec.final), opened, site, customer, None, who if state in _HELD else None),
            *(opened, opened, opened, opened + _HOUR if spec.final else None, 0, 0, "", wake, ""),
            *(due, "resolve" if due else None, due - 2 * _HOUR if due else None),
            *(opened + _HOUR // 4 if spec.orphan else None, None, due or wake or _FAR),
        ),
    )
    if who is not None and state is not State.WAITING:
        visit = state.value if state in _HELD else "done"
        yield VISIT.name, (number, 1, who, visit, opened)


def _words(kind: str, dice: Random) -> tuple[str, str]:
    """A title and a description of some fifty characters."""
    title = f"{dice.randrange(1, 40)}层{dice.choice(_PARTS)}{dice.choice(FAULTS[kind])}"
    told = f"{dice.choice(_PARTS)}{dice.choice(_SIGNS)}，{dice.choice(_ASKED)}"
    rare = dice.choice(_RARE) + dice.choice(_SIGNS) if dice.random() < 0.004 else ""
    device = f"{kind[:3].upper()}-{dice.randrange(100_000):05}"
    return title, f"{told}，{dice.choice(_SAID)} {device} {rare}"
