"""A desk at nine on a Monday with something in every queue: for pictures of every screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from console.i18n import tell
from console.waiting import Waiting
from scheduler.runner import fire_due
from store.commands.alarms import Acknowledge
from store.commands.contact import NoteOrder, UpdateCustomer
from store.commands.follow_ups import PromiseFollowUp
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.commands.plans import SavePlan
from store.domain.errors import OrderUnknown
from store.domain.lifecycle import Move
from store.records import open_records
from tests.journeys.desk import MONDAY
from tests.journeys.stories import LONG_AGO, do

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.records import Records

SITES = (
    ("S1", "望江花园", "杭州市上城区望江路 88 号"),
    ("S2", "North Mill", "7 Canal Street"),
    ("S3", "北京市第一人民医院住院部东区", "西直门南大街 11 号"),
    ("S4", "Nord-Süd Tower 三期", ""),
)
PEOPLE: tuple[tuple[str, str, dict[str, int]], ...] = (
    ("L1", "Li Wei", {"lift": 4, "electric": 2}),
    ("L2", "王芳", {"水泵": 3, "lift": 2}),
    ("L3", "Zhao Min", {"boiler": 5}),
    ("L4", "欧阳建国（夜班组长）", {"electric": 5, "制冷": 4}),
    ("L5", "Maximilian Featherstonehaugh", {}),
)
ASKED = (
    (170, "Lift stuck with people", 1, "S1", "critical"),
    (150, "三号楼水泵漏水，地下室积水约十厘米", 2, "S3", "critical"),
    (140, "Lamp out in hall B", 3, "S2", "standard"),
    (130, "Door closes too hard", 4, "S1", "standard"),
    (120, "Boiler pressure low", 2, "S2", "critical"),
    (
        100,
        "制冷机组 chiller 2 高压报警 restarts every ten minutes, the tenant is very unhappy",
        2,
        "S4",
        "critical",
    ),
    (90, "Smell of gas near the kitchen", 1, "S2", "critical"),
    (75, "电梯门异响", 3, "S3", "standard"),
    (60, "No hot water on floors 9 to 12", 2, "S1", "standard"),
    (45, "Intercom silent", 4, "S4", "standard"),
    (30, "消防栓压力不足", 1, "S3", "critical"),
    (25, "Gate does not open", 3, "S2", "standard"),
    (20, "空调不制冷", 3, "S4", "standard"),
    (12, "Toilet overflows", 2, "S1", "standard"),
    (6, "Escalator makes noise", 3, "S4", "standard"),
    (2, "停电", 1, "S3", "critical"),
)
GO = (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH)
LIVES = ((2, "L2", 4), (3, "L1", 5), (5, "L3", 3), (6, "L4", 2), (8, "L5", 1), (9, "L1", 2))
"""Order, technician, and how many steps it has gone."""

_LONG = timedelta(days=9)


def busy_desk(url: str) -> Records:
    """A store in which every screen has something to tell."""
    records = open_records(url, feed=False, zone="Asia/Shanghai")
    for command in _people():
        do(records, command, at=LONG_AGO)
    for minutes, title, priority, site, level in ASKED:
        at = MONDAY - timedelta(minutes=minutes)
        asked = NewOrder(
            title=title, priority=priority, site=site, customer=f"C{site[1]}", level=level
        )
        do(records, asked, at=at)
    for number, technician, steps in LIVES:
        began = min(70, ASKED[number - 1][0] - 5)
        for place, step in enumerate(GO[:steps]):
            at = MONDAY - timedelta(minutes=began - 9 * place)
            who = technician if step is Move.ASSIGN else None
            do(records, MoveOrder(number=number, move=step, technician=who), at=at)
    for command in _since():
        do(records, command, at=MONDAY - timedelta(minutes=8))
    fire_due(records, at=MONDAY)
    do(records, Acknowledge(numbers=(2,)), at=MONDAY)
    return records


def _people() -> list[Command]:
    tags = ("VIP", "不要敲门")
    return [
        *(SaveSite(code=c, name=n, zone="Asia/Shanghai", address=a) for c, n, a in SITES),
        SaveCustomer(code="C1", name="Golden Lake Ltd", phone="010-8888 6666", tags=tags),
        SaveCustomer(code="C2", name="North Mill Cooperative", phone="139 1234 5678"),
        SaveCustomer(code="C3", name="国贸物业管理有限公司", phone="021-5555 1234", tier="A"),
        SaveCustomer(code="C4", name="Süd-Immobilien 三期业委会"),
        *(SaveTechnician(code=c, name=n, skills=s) for c, n, s in PEOPLE),
        SaveOperator(code="bo", name="Bo 博"),
        SavePlan(
            title="Lift inspection", rule="monthly", start="2026-09-25", time="10:00", site="S1"
        ),
        SavePlan(title="水泵房巡检", rule="weekly", start="2026-09-22", time="08:30", site="S3"),
    ]


def _since() -> list[Command]:
    parts = MoveOrder(
        number=6, move=Move.WAIT, reason="等配件 parts", wake_at=MONDAY + timedelta(hours=3)
    )
    soon = MONDAY - timedelta(minutes=1)
    later = MONDAY + timedelta(hours=1)
    return [
        parts,
        NoteOrder(number=1, text="two people inside, calm; 物业已到场"),
        UpdateCustomer(number=1, text="help is coming"),
        PromiseFollowUp(number=9, due_at=soon, note="报价 quote"),
        PromiseFollowUp(number=12, due_at=later, note="ask whether the gate opens"),
    ]


def left_waiting() -> tuple[Waiting, ...]:
    """What an earlier console had not sent: a note, one that was refused, and one long ago."""
    at = MONDAY - timedelta(minutes=20)
    done = MoveOrder(number=5, move=Move.FINISH)
    return (
        _waits("note", {"text": "业主在家 the owner is in"}, NoteOrder(number=3, text="x"), at),
        replace(_waits("finish", {}, done, at), why=tell(OrderUnknown(number=5))),
        _waits("note", {"text": "钥匙 keys"}, NoteOrder(number=8, text="x"), MONDAY - _LONG),
    )


def _waits(action: str, texts: dict[str, str], command: Command, at: datetime) -> Waiting:
    return Waiting(action=action, texts=texts, command=command, at=at)
