"""The fields of a query as a table: what each is called, and what may stand behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from store.domain.finding.grams import folded
from store.domain.lifecycle import STATES, State
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kind(Enum):
    """What the values of a field are."""

    NAME = "something in a register, by code, name or a part of its name; behind = by all of it"
    TEXT = "a word that the order carries itself"
    WHOLE = "whole numbers and ranges of them"
    STATE = "a state, or one of the names for several"
    TIME = "a time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that an order can be asked for by."""

    name: str
    names: tuple[str, ...]
    """Whatever else it is called, in both languages."""
    kind: Kind
    label: str
    ahead: bool = False
    """Of a time: whether it tells what is still to come."""
    least: int = 0
    most: int = 2**62
    """Of whole numbers: which there are."""


_TABLE = (
    Field(name="site", names=("站点", "项目部"), kind=Kind.NAME, label=N_("site")),
    Field(
        name="tech",
        names=("technician", "工程师", "师傅"),
        kind=Kind.NAME,
        label=N_("who has the order, or did it"),
    ),
    Field(name="customer", names=("cust", "客户"), kind=Kind.NAME, label=N_("customer")),
    Field(
        name="caller",
        names=("phone", "来电", "来电人", "电话"),
        kind=Kind.TEXT,
        label=N_("who called, by name or number"),
    ),
    Field(
        name="p",
        names=("priority", "prio", "优先级", "优先"),
        kind=Kind.WHOLE,
        label=N_("priority"),
        least=1,
        most=4,
    ),
    Field(name="state", names=("状态",), kind=Kind.STATE, label=N_("state")),
    Field(
        name="due",
        names=("截止",),
        kind=Kind.TIME,
        label=N_("what is due next: a deadline, the end of a wait, a promised call"),
        ahead=True,
    ),
    Field(
        name="opened",
        names=("asked", "报修", "开单"),
        kind=Kind.TIME,
        label=N_("when it was asked for"),
    ),
    Field(name="closed", names=("关闭", "结单"), kind=Kind.TIME, label=N_("when it was closed")),
    Field(name="since", names=("停留",), kind=Kind.TIME, label=N_("since when it is in its state")),
    Field(
        name="auto",
        names=("automatic", "自动派单", "自动"),
        kind=Kind.TIME,
        label=N_("when the desk sent somebody by itself"),
    ),
    Field(name="wake", names=("唤醒",), kind=Kind.TIME, label=N_("when it is to wake"), ahead=True),
    Field(
        name="appointment",
        names=("appt", "预约"),
        kind=Kind.TIME,
        label=N_("when the customer awaits somebody"),
        ahead=True,
    ),
    Field(name="call", names=("回访",), kind=Kind.TIME, label=N_("next follow-up"), ahead=True),
    Field(name="kind", names=("类别", "类型"), kind=Kind.TEXT, label=N_("kind of work")),
    Field(name="needs", names=("需要",), kind=Kind.TEXT, label=N_("tool or part that it takes")),
    Field(
        name="crew",
        names=("people", "人手"),
        kind=Kind.WHOLE,
        label=N_("how many people it takes"),
        least=1,
        most=9,
    ),
    Field(
        name="missing",
        names=("lacks", "缺人"),
        kind=Kind.WHOLE,
        label=N_("how many of its crew are still to be found"),
        most=9,
    ),
    Field(
        name="sop",
        names=("steps", "步骤", "标准流程"),
        kind=Kind.TEXT,
        label=N_("its procedure: missing, done, or the code of a step still to be done"),
    ),
    Field(
        name="project",
        names=("proj", "项目"),
        kind=Kind.WHOLE,
        label=N_("the project that it is a part of"),
        least=1,
    ),
    Field(name="tag", names=("标签",), kind=Kind.TEXT, label=N_("tag of the customer")),
    Field(name="asset", names=("设备",), kind=Kind.NAME, label=N_("asset")),
    Field(name="source", names=("来源",), kind=Kind.TEXT, label=N_("where it came from")),
    Field(name="id", names=("external", "外部单号"), kind=Kind.TEXT, label=N_("its id there")),
    Field(name="level", names=("服务级别",), kind=Kind.NAME, label=N_("service level")),
    Field(name="region", names=("区域",), kind=Kind.NAME, label=N_("region of the site")),
    Field(
        name="follower",
        names=("跟进人", "跟进"),
        kind=Kind.NAME,
        label=N_("the operator who follows it"),
    ),
    Field(name="number", names=("no", "工单", "单号"), kind=Kind.WHOLE, label=N_("its number")),
)

FIELDS: Mapping[str, Field] = {field.name: field for field in _TABLE}

FLAGS: Mapping[str, tuple[str, ...]] = {
    "overdue": ("超时",),
    "risk": ("at_risk", "临期"),
    "waiting": ("等待中", "等待"),
    "unassigned": ("待派单", "待派", "未派", "未派单"),
    "all_open": ("全部未结", "未结"),
    "not_accepted": ("unaccepted", "未接单", "未接"),
    "in_progress": ("进行中",),
    "waiting_expired": ("等待到期",),
    "follow_ups_due": ("待回访",),
    "nobody_following": ("无人跟进",),
    "to_close": ("待关闭",),
    "incident": ("incidents", "重大故障", "重大事件"),
}
"""Conditions without a value, each that of a queue or `INCIDENT`, and what else they are called."""

INCIDENT = "incident"
"""The flag that is no queue: major incidents, and the orders in one."""

QUEUE_OF: Mapping[str, str] = {"risk": "at_risk"}
"""Queues that are not called like their flag."""

SEVERAL: Mapping[str, frozenset[State]] = {
    "live": frozenset(state for state in State if not STATES[state].final),
    "over": frozenset(state for state in State if STATES[state].final),
    "held": frozenset({State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE, State.ON_SITE}),
    "all": frozenset(State),
}
"""Names for several states at once."""

STATE_NAMES: Mapping[str, tuple[str, ...]] = {
    "new": ("新建", "新单", "新"),
    "assigned": ("已派", "已派单"),
    "accepted": ("已接", "已接单"),
    "en_route": ("在途", "途中"),
    "on_site": ("到场", "在场"),
    "done": ("已完工", "完工", "已完成"),
    "verified": ("已验收", "验收"),
    "closed": ("已关闭", "关闭"),
    "waiting": ("等待中", "等待"),
    "declined": ("已退单", "退单", "已拒单", "拒单"),
    "reopened": ("重开", "已重开"),
    "cancelled": ("取消", "已取消"),
    "duplicate": ("重复",),
    "live": ("在办",),
    "over": ("已结",),
    "held": ("在手",),
    "all": ("全部", "所有"),
}
"""What states are called besides their own name."""


def bare(name: str) -> str:
    """A name without differences of case, width, hyphens and underscores."""
    return folded(name).replace("-", "_").replace(" ", "_")


def _by_name(table: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    return {bare(said): name for name, names in table for said in (name, *names)}


FIELD_NAMES = _by_name((field.name, field.names) for field in _TABLE)
"""Every name of a field, to the one that it goes by."""

FLAG_NAMES = _by_name(FLAGS.items())
STATE_OF = _by_name(STATE_NAMES.items())
AND, OR, NOT = "and", "or", "not"
OPERATORS = _by_name(
    (
        (AND, ("&", "&&", "且", "并且")),
        (OR, ("|", "||", "或", "或者")),
        (NOT, ("!", "非", "不")),
    )
)
SPECIALS = _by_name((("none", ("无", "没有")), ("any", ("有", "任意")), ("me", ("我",))))
