"""What files call things, in English and Chinese: headers, states, priorities, unknown marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "工单号", "工单编号", "报修单号", "单号", "编号", "流水号", "case enquiry id", "ticket id",
        "order id", "work order", "case id", "incident id", "request id", "ticket number",
        "order number", "number", "external id", "ticket", "id", "key", "ref", "reference",
    ),
    "title": (
        "标题", "主题", "故障现象", "事项", "title", "summary", "short description", "subject",
        "headline",
    ),
    "description": (
        "描述", "问题描述", "故障描述", "内容", "详情", "备注", "description", "details",
        "detail", "comments",
        "notes", "text", "symptom",
    ),
    "kind": (
        "类型", "报修类型", "类别", "分类", "工单类型", "type", "kind", "category", "request type",
        "service type",
    ),
    "priority": (
        "优先级", "紧急程度", "紧急度", "级别", "priority", "severity", "urgency", "importance",
    ),
    "state": ("状态", "工单状态", "处理状态", "status", "state", "stage"),
    "reason": (
        "原因", "取消原因", "挂起原因", "处理结果", "closure reason", "close reason", "reason",
        "resolution", "outcome", "closed code",
    ),
    "site": (
        "地点", "站点", "项目部", "项目", "小区", "楼宇", "位置", "site", "location", "building",
        "branch", "store", "neighborhood", "neighbourhood", "facility", "plant", "office",
    ),
    "region": (
        "区域", "片区", "地区", "大区", "城区", "region", "district", "area", "zone", "city",
        "county", "borough",
    ),
    "address": ("地址", "详细地址", "address", "street address", "street", "location"),
    "latitude": ("纬度", "latitude", "lat"),
    "longitude": ("经度", "longitude", "lon", "lng", "long"),
    "customer": (
        "客户", "客户名称", "报修人", "报障人", "联系人", "申报人", "业主", "租户",
        "customer", "client",
        "caller", "requester", "requestor", "reporter", "reported by", "contact", "account",
        "tenant", "source",
    ),
    "customer_phone": (
        "客户电话", "客户手机", "客户联系电话", "业主电话", "租户电话", "customer phone",
        "customer phone number", "customer mobile", "client phone", "account phone",
    ),
    "contact": (
        "联系人", "报修人", "报障人", "申报人", "来电人", "联系人姓名", "contact", "contact name",
        "contact person", "caller", "caller name", "requester", "requestor", "reporter",
        "reported by",
    ),
    "contact_phone": (
        "联系电话", "联系人电话", "报修电话", "报修人电话", "来电号码", "手机号码", "手机号",
        "手机", "电话号码", "电话", "contact phone", "contact number", "caller phone",
        "callback number", "phone number", "phone", "telephone", "mobile", "tel", "cell",
    ),
    "technician": (
        "工程师", "维修人员", "维修人", "维修工", "处理人", "师傅", "负责人", "接单人", "技术员",
        "technician", "assigned to", "assignee", "engineer", "worker", "resolver", "owner",
        "queue", "team", "crew", "assignment group", "resolved by",
    ),
    "opened_at": (
        "报修时间", "创建时间", "提交时间", "登记时间", "受理时间", "申报时间", "建单时间",
        "opened at", "open dt", "open date", "opened", "created at", "created date", "created",
        "reported at",
        "reported", "received", "submitted", "requested", "date opened", "logged", "open", "date",
    ),
    "due_at": (
        "截止时间", "要求完成时间", "期限", "到期时间", "应完成时间", "承诺时间", "截止", "due at",
        "due date", "due", "target dt", "target", "deadline", "promised", "sla", "expected",
    ),
    "assigned_at": (
        "派单时间", "派工时间", "分派时间", "assigned at", "dispatched", "assigned date",
    ),
    "accepted_at": ("接单时间", "响应时间", "accepted at", "accepted", "acknowledged", "responded"),
    "departed_at": ("出发时间", "departed", "en route"),
    "arrived_at": ("到场时间", "到达时间", "签到时间", "arrived", "arrival", "on site", "onsite"),
    "done_at": (
        "完成时间", "解决时间", "修复时间", "完工时间", "resolved at", "resolved", "completed at",
        "completed", "completion", "finished", "done", "fixed",
    ),
    "verified_at": ("验收时间", "verified", "inspected"),
    "closed_at": (
        "关闭时间", "结束时间", "办结时间", "结案时间", "closed at", "closed dt", "closed date",
        "closed", "close date", "ended",
    ),
    "event_at": (
        "更新时间", "修改时间", "操作时间", "变更时间", "事件时间", "event at", "event time",
        "sys updated at", "updated at", "updated", "modified", "changed", "last update",
        "timestamp", "time",
    ),
    "sequence": ("序号", "sys mod count", "mod count", "sequence", "seq", "step", "revision"),
    "reopened": ("重开次数", "返修次数", "reopen count", "reopened", "reopen"),
}  # fmt: skip
"""By field: how headers name it, the surest name first."""

STATES: tuple[tuple[str, str], ...] = (
    ("cancelled", "cancelled canceled void withdrawn 已取消 取消 作废 撤销 已撤销 撤单"),
    ("duplicate", "duplicate 重复 重复单"),
    ("declined", "declined rejected refused 已拒绝 拒单 退单 拒绝"),
    ("reopened", "reopened 重开 返修 已重开 重新打开"),
    ("verified", "verified approved 已验收 验收通过 已核实"),
    ("closed", "closed archived 已关闭 关闭 办结 已办结 结案 已结案 已结束 归档"),
    (
        "done",
        "done resolved completed complete finished fixed solved "
        "已完成 完成 已解决 已修复 完工 已完工",
    ),
    (
        "waiting",
        "waiting pending hold held awaiting suspended paused blocked "
        "挂起 已挂起 等待 等待中 暂停 待料 等待配件 等配件 待件",
    ),
    ("on_site", "onsite arrived 已到场 到场 现场处理 维修中 现场"),
    ("en_route", "enroute travelling traveling departed 出发 已出发 在途 路上"),
    ("accepted", "accepted active started progress working wip 已接单 接单 处理中 进行中 已受理"),
    ("assigned", "assigned dispatched scheduled 已派单 已分派 已派工 已指派 待接单"),
    (
        "new",
        "new open opened unassigned created submitted received todo "
        "新建 新 待处理 待派单 未处理 待受理 已提交 未派 未派单 待分派 待派",
    ),
)
"""Our states and the words for them, those that end an order first."""

PRIORITIES: tuple[tuple[int, str], ...] = (
    (1, "critical urgent emergency highest immediate p1 紧急 特急 加急 非常紧急 最高"),
    (2, "high important major p2 高 重要 较急 较高"),
    (3, "medium moderate normal standard average regular p3 中 一般 普通 正常 中等"),
    (4, "low lowest minor trivial planning p4 p5 低 较低 不急 最低"),
)

UNKNOWN = frozenset(
    {
        "?",
        "-",
        "--",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "unknown",
        "无",
        "未知",
        "不详",
        "/",
        "#n/a",
    }
)

_Meaning = TypeVar("_Meaning", str, int)

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[\W_]+", re.ASCII)


def plain(text: str) -> str:
    """A header or value in small words with single gaps: `CASE_STATUS` and `caseStatus` alike."""
    spaced = _CAMEL.sub(" ", text)
    return "".join(_spaced(part) for part in spaced).strip().lower().replace("  ", " ")


def _spaced(character: str) -> str:
    return " " if character.isascii() and _GAPS.fullmatch(character) else character


def header_score(field: str, header: str) -> float:
    """How surely a header names a field: 0 not at all, 3 exactly by its surest name."""
    words = f" {plain(header)} "
    best = 0.0
    names = HEADERS[field]
    for place, name in enumerate(names):
        sure = 1.0 - place / (2 * len(names))
        if words.strip() == name:
            best = max(best, 2 + sure)
        elif not name.isascii():
            best = max(best, 1 + sure if name in words else 0)
        elif f" {name} " in words:
            best = max(best, 1 + sure * len(name) / len(words.strip()))
    return best


def state_of(value: str) -> str | None:
    """Our state for a word of the file, or None where no word of it is known."""
    return _by_words(value, STATES)


def priority_of(value: str) -> int | None:
    """1 to 4 for a priority in the file, by its number or by its words."""
    digits = re.search(r"(?<!\d)[1-5](?!\d)", value)
    if digits is not None:
        return min(4, int(digits.group()))
    return _by_words(value, PRIORITIES)


def _by_words(value: str, table: tuple[tuple[_Meaning, str], ...]) -> _Meaning | None:
    text = plain(value)
    joined, words = text.replace(" ", ""), set(text.split())
    best: tuple[int, _Meaning] | None = None
    for means, known in table:
        for word in known.split():
            hit = word in words or word == joined or (not word.isascii() and word in joined)
            if hit and (best is None or len(word) > best[0]):
                best = (len(word) if not word.isascii() else 1, means)
    return best[1] if best else None
