"""The command line is read as it is meant, in both languages, and refuses in one sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.actions import ACTIONS
from console.grammar.lookup import Entry
from console.grammar.names import matching
from console.grammar.parse import Parsed, parse
from tests.console.fake_desk import FakeDesk
from tests.console.lines import MONDAY

THREE = MONDAY.replace(hour=15)

MEANT: list[tuple[str, str, tuple[int, ...], dict[str, Any], str]] = [
    ("board", "past", (), {}, ""),
    ("board at 00:15", "past", (), {"then": MONDAY.replace(hour=0, minute=15)}, ""),
    ("看板 在 昨天 17:00", "past", (), {"then": MONDAY.replace(day=MONDAY.day - 1, hour=17)}, ""),
    ("board 2h ago", "past", (), {"then": MONDAY - timedelta(hours=2)}, ""),
    ("看板 昨晚", "past", (), {"then": MONDAY.replace(day=MONDAY.day - 1, hour=19)}, ""),
    ("w 1042 parts until noon", "wait", (1042,), {
        "reason": "parts", "wake_at": MONDAY.replace(hour=12)}, ""),
    ("w 1042 parts until next friday 3pm", "wait", (1042,), {
        "reason": "parts", "wake_at": MONDAY.replace(month=10, day=2, hour=15)}, ""),
    ("等 1042 配件 到 今晚12点", "wait", (1042,), {
        "reason": "配件", "wake_at": MONDAY.replace(day=MONDAY.day + 1, hour=0)}, ""),
    ("as 1042 wang wei", "assign", (1042,), {"technician": 1}, ""),
    ("d 12-15,18 L3 ;bring ladder", "assign", (12, 13, 14, 15, 18), {"technician": 3},
        "bring ladder"),
    ("D 12, 13 T27 /also", "assign", (12, 13), {"technician": 1, "also": True}, ""),
    ("as 1042 ww", "assign", (1042,), {"technician": 1}, ""),
    ("as 1042 wang", "assign", (1042,), {"technician": 1}, ""),
    ("派 1042 王芳", "assign", (1042,), {"technician": 2}, ""),
    ("派1042王芳；带梯子", "assign", (1042,), {"technician": 2}, "带梯子"),
    ("派单 １２，１３ 曾国强", "assign", (12, 13), {"technician": 3}, ""),
    ("d wf", "assign", (12,), {"technician": 2}, ""),
    ("d . zengg", "assign", (12,), {"technician": 3}, ""),
    ("d .. cgq", "assign", (18,), {"technician": 3}, ""),
    ("d 13 27", "assign", (13,), {"technician": 5}, ""),
    ("d {lift at HQ} min", "assign", (15, 17), {"technician": 4}, ""),
    ("a overdue", "acknowledge", (13, 14), {}, ""),
    ("确认 超时", "acknowledge", (13, 14), {}, ""),
    ("ack", "acknowledge", (), {}, ""),
    ("ack office", "acknowledge", (), {"calendar": "office"}, ""),
    ("a 24X7", "acknowledge", (), {"calendar": "24x7"}, ""),
    ("确认 office", "acknowledge", (), {"calendar": "office"}, ""),
    ('ack "13"', "acknowledge", (), {"calendar": "13"}, ""),
    ("ack 13", "acknowledge", (13,), {}, ""),
    ("ack L2", "acknowledge", (13,), {}, ""),
    ("shelve office until 15:00 list comes", "shelve", (), {
        "calendar": "office", "until": THREE, "why": "list comes"}, ""),
    ("搁置 office 到 15:00 ；等名单", "shelve", (), {
        "calendar": "office", "until": THREE, "why": "等名单"}, ""),
    ("unshelve office", "unshelve", (), {"calendar": "office"}, ""),
    ("b 王芳 13 is ill", "decline", (13,), {"technician": 2, "reason": "is ill"}, ""),
    ("b L2 12 is ill", "decline", (12,), {"technician": 2, "reason": "is ill"}, ""),
    ("退单 王芳 #13 病了", "decline", (13,), {"technician": 2, "reason": "病了"}, ""),
    ("b L2 2 days ill", "decline", (13,), {"technician": 2, "reason": "2 days ill"}, ""),
    ("i 王芳 13", "arrive", (13,), {"technician": 2}, ""),
    ("note L2 13 boxes", "note", (13,), {"text": "boxes"}, ""),
    ("note L2 12 boxes", "note", (13,), {"text": "12 boxes"}, ""),
    ("p L2 1", "priority", (13,), {"priority": 1}, ""),
    ("i wf", "arrive", (13,), {"technician": 2}, ""),
    ("到场 王芳", "arrive", (13,), {"technician": 2}, ""),
    ("i wangf", "arrive", (13,), {"technician": 2}, ""),
    ("x L2", "close", (13,), {}, ""),
    ("w 1042 parts until 15:00", "wait", (1042,), {"reason": "parts", "wake_at": THREE}, ""),
    ("w 1042 parts until tomorrow 9:00", "wait", (1042,), {
        "reason": "parts", "wake_at": MONDAY.replace(hour=9) + timedelta(days=1)}, ""),
    ("w 1042 parts until tomorrow at 9:00", "wait", (1042,), {
        "reason": "parts", "wake_at": MONDAY.replace(hour=9) + timedelta(days=1)}, ""),
    ("w 1042 parts until 9:00 tomorrow", "wait", (1042,), {
        "reason": "parts", "wake_at": MONDAY.replace(hour=9) + timedelta(days=1)}, ""),
    ("等 1042 配件 到 15:00", "wait", (1042,), {"reason": "配件", "wake_at": THREE}, ""),
    ("等1042 配件 到15：00", "wait", (1042,), {"reason": "配件", "wake_at": THREE}, ""),
    ("w 1042 drive to the depot +2h", "wait", (1042,), {
        "reason": "drive to the depot", "wake_at": MONDAY + timedelta(hours=2)}, ""),
    ("w until 15:00 ;parts", "wait", (12,), {"reason": "parts", "wake_at": THREE}, ""),
    ("wait L2 key is missing until 15:00", "wait", (13,), {
        "reason": "key is missing", "wake_at": THREE}, ""),
    ("p 1042 1", "priority", (1042,), {"priority": 1}, ""),
    ("p 12..14,#14–#15,17～18 1", "priority", (12, 13, 14, 15, 17, 18), {"priority": 1}, ""),
    ("优先级 12-14 !2", "priority", (12, 13, 14), {"priority": 2}, ""),
    ("go #1042", "details", (1042,), {}, ""),
    ("x 1042 /partly", "close", (1042,), {"partly": True}, ""),
    ("f 1042 /insist", "finish", (1042,), {"insist": True}, ""),
    ("完工 1042 /强制", "finish", (1042,), {"insist": True}, ""),
    ("ca 1042 sold; told by phone", "cancel", (1042,), {"reason": "sold"}, "told by phone"),
    ("ca 1042 ;sold", "cancel", (1042,), {"reason": "sold"}, ""),
    ("dup 13 12", "duplicate", (13,), {"duplicate_of": 12}, ""),
    ("h 12 +2h ask how they are", "promise", (12,), {
        "due_at": MONDAY + timedelta(hours=2), "note": "ask how they are"}, ""),
    ("h 12 ask tomorrow at 15:00", "promise", (12,), {
        "due_at": THREE + timedelta(days=1), "note": "ask"}, ""),
    ("h 12 15:00", "promise", (12,), {"due_at": THREE, "note": ""}, ""),
    ("kept 12", "keep", (12,), {"outcome": ""}, ""),
    ("u 12 help comes", "update", (12,), {"text": "help comes"}, ""),
    ("note 12 13 boxes, wet", "note", (12,), {"text": "13 boxes, wet"}, ""),
    (";two inside", "note", (12,), {"text": "two inside"}, ""),
    ('note 12 "a;b /c"', "note", (12,), {"text": "a;b /c"}, ""),
    ("l 12,13", "follow", (12, 13), {}, ""),
    ("lock 12", "lock", (12,), {}, ""),
    ("锁定 12,13", "lock", (12, 13), {}, ""),
    ("unlock 12", "unlock", (12,), {}, ""),
    ("解锁 13", "unlock", (13,), {}, ""),
    ("undo", "undo", (), {}, ""),
    ("撤销 1042", "undo", (1042,), {}, ""),
    ("undo e417 /partly", "undo", (), {"entry": 417, "partly": True}, ""),
    ("redo", "redo", (), {}, ""),
    ("seen wang wei", "seen", (), {"technician": 1}, ""),
    ("知悉 王芳", "seen", (), {"technician": 2}, ""),
    ("here wang wei", "here", (), {"technician": 1}, ""),
    ("回岗 王芳", "here", (), {"technician": 2}, ""),
    ("absent wang wei", "absent", (), {"technician": 1}, ""),
    ("absent T27 back ache until 15:00", "absent", (), {
        "technician": 1, "until": THREE, "reason": "back ache"}, ""),
    ("ill wang wei ;fever", "absent", (), {"technician": 1, "reason": "fever"}, ""),
    ("请假 王芳 生病到15:00", "absent", (), {
        "technician": 2, "until": THREE, "reason": "生病"}, ""),
    ("seen 12", "seen", (12,), {}, ""),
    ("who lift near HQ", "who", (), {"skill": 1, "site": 1}, ""),
    ("谁 空调 附近 望江", "who", (), {"skill": 2, "site": 2}, ""),
    ("who lift near #13", "who", (13,), {"skill": 1}, ""),
    ("who lift", "who", (), {"skill": 1}, ""),
    ("who 13", "who", (13,), {}, ""),
    ("who . wang wei", "who", (12,), {"about": 1}, ""),
    ("谁 13 为何不 王芳", "who", (13,), {"about": 2}, ""),
    ("n lift stuck @HQ !2 /for golden lake ;two inside", "new", (), {
        "title": "lift stuck", "site": 1, "priority": 2, "customer": 1,
        "description": "two inside"}, ""),
    ("新建 三号楼 水泵漏水 ＠望江 ！1", "new", (), {
        "title": "三号楼 水泵漏水", "site": 2, "priority": 1}, ""),
    ("n pump @HQ /takes 20h /crew 2 /at 15:00-16:00 !2", "new", (), {
        "title": "pump", "site": 1, "takes": 72_000, "crew": 2, "priority": 2,
        "appointment": f"{THREE.isoformat()}/{THREE.replace(hour=16).isoformat()}"}, ""),
    ("新建 水泵 ／工时 20小时 ／人手 2人 ／预约 15:00", "new", (), {
        "title": "水泵", "takes": 72_000, "crew": 2, "appointment": THREE.isoformat()}, ""),
    ("takes 12 1h30", "takes", (12,), {"takes": 5_400}, ""),
    ("工时 12", "takes", (12,), {"takes": ""}, ""),
    ("crew 12,13 2", "crew", (12, 13), {"crew": 2}, ""),
    ("人手 12 2人", "crew", (12,), {"crew": 2}, ""),
    ("appt 12 15:00", "appointment", (12,), {"appointment": THREE.isoformat()}, ""),
    ("预约 12", "appointment", (12,), {"appointment": ""}, ""),
    ("n tree down @Head office !2", "new", (), {
        "title": "tree down", "site": 1, "priority": 2}, ""),
    ("n tree @North Mill broken", "new", (), {"title": "tree broken", "site": 3}, ""),
    ('n tree @"North Mill" broken', "new", (), {"title": "tree broken", "site": 3}, ""),
    ("n tree @Head broken", "new", (), {"title": "tree broken", "site": 1}, ""),
    ("n lamp out /needs Ladder, bulb E27 @S1 !4", "new", (), {
        "title": "lamp out", "needs": "Ladder, bulb E27", "site": 2, "priority": 4}, ""),
    ("n 灯不亮 /需要 梯子、灯泡 /kind lift REPAIR", "new", (), {
        "title": "灯不亮", "needs": "梯子、灯泡", "kind": "lift"}, ""),
    ("n lift stuck /kind lift REPAIR /by Tom", "new", (), {
        "title": "lift stuck", "kind": "lift", "caller": "Tom"}, ""),
    ("新建 漏水 /来电 分机 802", "new", (), {"title": "漏水", "caller": "分机 802"}, ""),
    ('n it says "!5"', "new", (), {"title": "it says !5"}, ""),
    ("w 12 parts until 1500", "wait", (12,), {"reason": "parts", "wake_at": THREE}, ""),
    ("h 12 tomorrow 1500", "promise", (12,), {
        "due_at": THREE + timedelta(days=1), "note": ""}, ""),
    ('h 12 15:00 "1204"', "promise", (12,), {"due_at": THREE, "note": "1204"}, ""),
    ("why", "explain", (12,), {}, ""),
    ("语言", "language", (), {}, ""),
    ("copy", "copy", (12,), {}, ""),
    ("复制 13", "copy", (13,), {}, ""),
    ("notice 12 /partly ;soon", "tell_all", (12,), {"partly": True, "text": "soon"}, ""),
    ("复制行", "copy_row", (), {}, ""),
    ("attach 12 /srv/my plan.pdf ;wiring", "attach", (12,), {
        "path": "/srv/my plan.pdf", "text": "wiring"}, ""),
    ('附件 12 "a;b.pdf"', "attach", (12,), {"path": "a;b.pdf", "text": ""}, ""),
    ("attach 12 /plan.pdf ;wiring", "attach", (12,), {"path": "/plan.pdf", "text": "wiring"}, ""),
    ("attach 12 /part /partly", "attach", (12,), {"partly": True, "path": "/part", "text": ""}, ""),
    ("attach 12 \"/partly\"", "attach", (12,), {"path": "/partly", "text": ""}, ""),
    ("attach /plan.pdf", "attach", (12,), {"path": "/plan.pdf", "text": ""}, ""),
    ("detach 12", "detach", (12,), {"file": ""}, ""),
    ("移除附件12 my plan.pdf", "detach", (12,), {"file": "my plan.pdf"}, ""),
    ("导览", "tour", (), {}, ""),
    ("auto", "automatic", (), {}, ""),
    ("auto propose", "automatic", (), {"mode": "propose"}, ""),
    ("auto off my lifts p4", "automatic", (), {
        "mode": "off", "queue": "my lifts", "priority": 4}, ""),
    ('auto drop "4"', "automatic", (), {"mode": "drop", "queue": "4"}, ""),
    ("自动 直派 超时 1 差距 20 限时 5", "automatic", (), {
        "mode": "act", "queue": "overdue", "priority": 1, "margin": 20, "accept_min": 5}, ""),
    ("needs 12 thermal camera, ladder", "needs", (12,), {"things": "thermal camera, ladder"}, ""),
    ("需要 12 热像仪", "needs", (12,), {"things": "热像仪"}, ""),
    ("needs 12", "needs", (12,), {"things": ""}, ""),
    ("ops", "operators", (), {}, ""),
    ("sessions", "sessions", (), {}, ""),
    ("operators add bo dispatcher", "operators", (), {
        "deed": "add", "operator": "bo", "role": "dispatcher"}, ""),
    ("操作员 新增 bo 项目部 李 波 @N1 @S1", "operators", (), {
        "deed": "add", "operator": "bo", "role": "office", "name": "李 波",
        "sites": ("N1", "S1")}, ""),
    ("operators role bo Supervisor all", "operators", (), {
        "deed": "role", "operator": "bo", "role": "supervisor", "everywhere": True}, ""),
    ("operators sites bo none", "operators", (), {
        "deed": "sites", "operator": "bo", "sites": ()}, ""),
    ("ops take bo SHA256:a+b/c=", "operators", (), {
        "deed": "take", "operator": "bo", "key": "SHA256:a+b/c="}, ""),
    ("操作员 停用 bo", "operators", (), {"deed": "revoke", "operator": "bo"}, ""),
    ("set", "settings", (), {}, ""),
    ("set rest 10h", "settings", (), {"figure": "rest", "value": 600}, ""),
    ("set rest 90 min", "settings", (), {"figure": "rest", "value": 90}, ""),
    ("set road 1.4", "settings", (), {"figure": "road", "value": 140}, ""),
    ("set fixed 0", "settings", (), {"figure": "fixed", "value": 0}, ""),
    ("设置 车速 30公里/小时", "settings", (), {"figure": "speed", "value": 30}, ""),
    ("incident 12 every 90 minutes", "incident", (12,), {"every": 90}, ""),
    ("重大 12 每 2 个小时", "incident", (12,), {"every": 120}, ""),
    ("设置 车速 35", "settings", (), {"figure": "speed", "value": 35}, ""),
    ("设置 速度 35", "settings", (), {"figure": "speed", "value": 35}, ""),
    ("设置 行车速度 35 公里/小时", "settings", (), {"figure": "speed", "value": 35}, ""),
    ("设置 定位失效 2天", "settings", (), {"figure": "forgotten", "value": 2880}, ""),
    ("set backup /b", "settings", (), {"figure": "backup", "folder": "/b"}, ""),
    (
        '设置 备份 "/srv/备 份" 每 2小时 保留 24/7/4/12',
        "settings",
        (),
        {"figure": "backup", "folder": "/srv/备 份", "every_min": 120, "keep": (24, 7, 4, 12)},
        "",
    ),
    ("set backup off", "settings", (), {"figure": "backup", "folder": ""}, ""),
    ("set backup every 30min", "settings", (), {"figure": "backup", "every_min": 30}, ""),
    ("set rest 10 hours", "settings", (), {"figure": "rest", "value": 600}, ""),
    ("set rest 1 hour 30 minutes", "settings", (), {"figure": "rest", "value": 90}, ""),
    ("set rest 1h30", "settings", (), {"figure": "rest", "value": 90}, ""),
    ("设置 休息 10小时", "settings", (), {"figure": "rest", "value": 600}, ""),
    ("设置 休息 10 小时 30 分", "settings", (), {"figure": "rest", "value": 630}, ""),
    ("设置 休息 默认", "settings", (), {"figure": "rest", "value": None}, ""),
    ("set table usual", "settings", (), {"figure": "table", "value": None}, ""),
    ("照派 13", "send_proposed", (13,), {}, ""),
]  # fmt: skip


@pytest.mark.parametrize("meant", MEANT, ids=[row[0] for row in MEANT])
def test_a_line_means_what_it_says(meant: tuple[str, str, tuple[int, ...], Any, str]) -> None:
    """Short verbs, words and Chinese alike."""
    text, action, orders, told, note = meant
    found = parse(text, FakeDesk())
    assert (found.action.id, found.orders, dict(found.told), found.note) == (
        action, orders, told, note,
    )  # fmt: skip


@pytest.mark.parametrize("verb", [verb for a in ACTIONS.values() for verb in a.verbs])
def test_every_verb_of_every_language_begins_a_line(verb: str) -> None:
    """From one table: none of them is only on paper."""
    action = next(a for a in ACTIONS.values() if verb in a.verbs)
    needs = {
        "assign": "12 T27", "wait": "12 parts +2h", "reopen": "12 again", "decline": "12 far",
        "cancel": "12 sold", "duplicate": "13 12", "note": "12 x", "priority": "12 1",
        "promise": "12 +2h", "shelve": "12 30m ;part", "outcome": "12 reached",
        "new": "lift stuck", "who": "lift", "under": "12 13", "tell_all": "12 x", "here": "T27",
        "absent": "T27", "rate": "12 5", "cause": "12 design ;sent anew",
        "exception": "12 price 5 ;dear",
        "attach": "12 /tmp/plan.pdf ;wiring",
        "link": "12 13", "unlink": "12 13", "split": "12 door", "incident": "12 every 30m",
    }  # fmt: skip
    text = f"{verb} {needs.get(action.id, '12' if action.about_order else '')}".strip()
    found = parse(text, FakeDesk())
    assert found.action is action
    assert isinstance(found, Parsed)


def test_first_letters_that_two_names_share_mean_neither() -> None:
    """Whichever script they are written in."""
    alike = (Entry(id=1, code="A", name="王五"), Entry(id=2, code="B", name="Wang Wei"))
    assert (matching(alike, "ww"), matching(alike, "wangw")) == (alike, alike)
    assert matching(alike, "wwu") == ()


@pytest.mark.parametrize(
    ("line", "order", "told"),
    [
        ("b zhao min 15 is ill", 15, {"technician": 4, "reason": "is ill"}),
        ("b zhao 12 is ill", 12, {"technician": 4, "reason": "is ill"}),
        ("i zhao min 14", 14, {"technician": 4}),
    ],
)
def test_a_number_right_behind_a_name_is_the_order(
    line: str, order: int, told: dict[str, Any]
) -> None:
    """However many words the name has."""
    meant = parse(line, FakeDesk())
    assert (meant.orders, meant.told) == ((order,), told)
