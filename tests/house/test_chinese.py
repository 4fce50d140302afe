"""The Chinese of the screens is set in one way and calls one thing by one word.

The rule is told in console/README.md.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.house import catalogue
from tests.house.tree import named, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN: Final = r"[\u4e00-\u9fff]"
_LATIN: Final = r"[A-Za-z0-9]"
_FULL: Final = "，。；：！？（）、“”‘’"

FAULTS: Final = {
    "half-width beside Chinese": re.compile(rf"{_HAN}[,;:!?()]|[,;:!?()]{_HAN}"),
    "no space between Chinese and Latin": re.compile(rf"{_HAN}{_LATIN}|{_LATIN}{_HAN}"),
    "a space within Chinese": re.compile(rf"{_HAN} +{_HAN}"),
    "a space beside full-width": re.compile(rf"[{_FULL}] +\S|\S +[{_FULL}]"),
}
"""What a sentence must not hold once `_plain` has put letters in its places."""

_TYPED: Final = re.compile(
    r"(?<![^ 、，。；：（])(?:"
    r"[\u4e00-\u9fff]{2,4}(?::|[<>]=?)[^ ，；。]*"  # a field of the filter with what follows
    r"|[/;!@][\u4e00-\u9fff]+"  # an option, or a sign with what stands behind it
    r"|-?\d+(?:天|小时)前?|明天@[\d:]+|(?:明天|下午)\d+点半?"  # a time as it may be typed
    r"|设置(?: [^ 、，；：]+){2}"  # a command with its words
    r"|\[[^]]*\]"  # a list as a file has it
    r"|'[^']*'"  # a command of the shell with its words
    r")"
)
"""What an operator may type stands as he would type it."""

_SIGNS: Final = (",", ";", ":")
"""What code must not set beside a translation; brackets as well, around it."""

_PLACE: Final = re.compile(r"\{(\w*)[^}]*\}|%\(?\w*\)?[sdr]")
OURS: Final = frozenset(
    {
        "action",
        "clock",
        "move",
        "on",
        "places",
        "role",
        "shape",
        "side",
        "state",
        "parent_state",
        "stage",
    }
)
"""Places that only words of ours fill: Chinese, so no space beside them."""
OURS_HERE: Final = {
    " that is a {days}": {"days"},
    ", weeks from {day}": {"day"},
    "action {id} is at {stage}: it cannot be {step} now": {"stage", "step"},
    "action {id} cannot begin yet: it lacks {lacks}": {"lacks"},
    "action {id} closed: {standard} changed, {changed}": {"standard"},
    "exception {id} is {state}: it cannot be {step}": {"state", "step"},
    "{holder} may grant no {kind} any more": {"kind"},
    "{holder} may grant exceptions ({kind}): {bounds}": {"kind", "bounds"},
    "no {day} in {months}; “last day” comes every month": {"months"},
    "now {what}": {"what"},
    "#{number}: {what} to {to}, {way}; the incident is over": {"what", "way"},
    "#{number}: {what} to {to}, {way}; the next one within {minutes} minutes": {"what", "way"},
    "From: {what} to order {number}": {"what"},
    "complaint {id}: its root cause is {cause}": {"cause"},
    "order {number} has another {what}: leave that out, or name the other order": {"what"},
    "Within {span} of {moment}": {"moment"},
    "Within {span} of working time from {moment}": {"moment"},
    "project {id} has left {stage}: name {now}, or a stage still to come": {"now"},
    "project {id} is in {stage}: it can be put back to {choices}": {"choices"},
    "step “{step}” of project {number} wants {what}": {"what"},
    "step “{step}” of project {number}: “{value}” is not right, it wants {what}": {"what"},
    "step “{step}” of order {number} wants {what}": {"what"},
    "step “{step}” of order {number}: “{value}” is not right, it wants {what}": {"what"},
    "by {column}, {way}": {"column", "way"},
    "no {what} called “{name}”": {"what"},
    "no {what} called “{name}”; nearest is “{like}”": {"what"},
    "no {what} called “{name}” may have a mode of its own; there are {known}": {"what"},
    "the {places} of {days}": {"days"},
    (
        "service level {level} cannot be read by this paidan: "
        "its {part} means nothing to it ({what})"
    ): {"part"},
    "“{key}” would be the key of {action} and of {other}": {"other"},
}
"""The same for places that data fill elsewhere."""
THEIRS_HERE: Final = {
    "did you mean {state}",
    "the category does not belong to the state {state}",
    "inspection {id} has action {action} already",
}
"""Sentences whose state is one of a file or a filter, as it is typed there, or a number."""
AS_THEY_ARE: Final = re.compile(r"\d+月|\{day\}日|催\{count\}|(?:printf|echo|paidan) .*", re.DOTALL)
"""Months and days of a date, set tight as in 4月26日; the mark of a chase; lines of the shell."""

ONE_WORD: Final = {
    "拒单": "退单",
    "退回": "退单",
    "重新打开": "重开",
    "核验": "验收",
    "日志条目": "留痕",
    "主屏": "看板",
    "调度台": "派单台",
    "工单台": "派单台",
    "值班员": "操作员",
    "坐席": "操作员",
    "未关闭": "未结",
    "未完结": "未结",
    "工单号": "单号",
    "工单编号": "单号",
    "编码": "编号",
    "致电": "回访",
    "定时提醒": "定时器",
    "师傅": "工程师",
    "公共假日": "法定节假日",
    "公众假日": "法定节假日",
    "代码": "编号",
    "缺勤": "请假",
    "时限将至": "临期",
    "鸣响": "响铃",
    "停摆": "停机",
    "备件": "配件",
    "了结": "已结",
    "狼来了": "误报多",
    "回车": "Enter",
}
"""Words that were once used beside another one for the same thing."""
OTHERWISE_MEANT: Final = {
    "holds bytes that are not of the file's encoding",  # 编码 of a file
    "Say how it stands. Ask: is it as you need it? When may we call again?",  # said to a customer
    "no public holidays are known for {code}; give an ISO code such as DE",  # 代码 of a country
    "{code} is no country's code",
}


def test_the_chinese_is_set_in_one_way() -> None:
    """A comma of half a width, or a name that sticks to the words around it, reads badly."""
    assert list(_crooked()) == []


def test_one_thing_is_called_by_one_word() -> None:
    """Who reads two words looks for two things."""
    wrong = [
        f"{key}: {word} is {instead} here"
        for key, texts in catalogue.chinese().items()
        for word, instead in ONE_WORD.items()
        if key not in OTHERWISE_MEANT and any(word in text for text in texts)
    ]
    assert wrong == []


def test_nothing_sets_its_own_signs_between_words_of_ours() -> None:
    """A bracket or colon that is written beside a translation stays of half a width in Chinese."""
    assert list(_joined_by_hand()) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('f"{_(name)}: {n}"', True),
        ('f"{said} ({_(sign)})"', True),
        ('f" {group_said(group)}: {many}"', True),
        ('_("not understood") + f", {remark}"', True),
        ('", ".join(_(head) for head in heads)', True),
        ('f"{_(name)}"', False),
        ('f"{sign}:{count}"', False),
        ('_(", ").join(map(_, names))', False),
    ],
)
def test_signs_set_by_hand_are_found(code: str, found: bool) -> None:
    """As they were written before."""
    assert any(map(_sets_signs, ast.walk(ast.parse(code)))) is found


def _joined_by_hand() -> Iterator[str]:
    for path in sources("console"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if _sets_signs(node):
                yield f"{named(path)}: {ast.unparse(node)}"


def _sets_signs(node: ast.AST) -> bool:
    """Whether code sets a sign of half a width beside what is translated."""
    if isinstance(node, ast.JoinedStr):
        return any(_touches(node.values, place) for place in range(len(node.values)))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = node.left, node.right
        signs = right.values[0] if isinstance(right, ast.JoinedStr) else right
        return _is_ours(left) and _text(signs).startswith(_SIGNS)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        by = node.func.value
        return node.func.attr == "join" and _text(by).startswith(_SIGNS) and _is_ours(node.args[0])
    return False


def _touches(parts: list[ast.expr], place: int) -> bool:
    """Whether one part of a text is a translation, and a sign stands before or behind it."""
    if not isinstance(parts[place], ast.FormattedValue) or not _is_ours(parts[place]):
        return False
    before = _text(parts[place - 1]) if place else ""
    after = _text(parts[place + 1]) if place + 1 < len(parts) else ""
    return before.rstrip().endswith((*_SIGNS, "(")) or after.lstrip().startswith(
        (*_SIGNS, "(", ")")
    )


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _is_ours(node: ast.expr) -> bool:
    """Whether a translation is made in an expression; what is `said` is one."""
    names = (
        n.func.id
        for n in ast.walk(node)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    )
    return any(name in {"_", "_n", "coded", "tell"} or name.endswith("said") for name in names)


def _crooked() -> Iterator[str]:
    for key, texts in catalogue.chinese().items():
        for text in texts:
            if AS_THEY_ARE.fullmatch(text):
                continue
            plain = _plain(key, text)
            yield from (f"{name}: {text}" for name, fault in FAULTS.items() if fault.search(plain))


def _plain(key: str, text: str) -> str:
    """The sentence with a letter or a character in each place, and one for what is typed."""
    ours = OURS_HERE.get(key, set()) | (set() if key in THEIRS_HERE else OURS)
    filled = _PLACE.sub(lambda place: "字" if place[1] in ours else "x", text)
    return _TYPED.sub("x", filled.strip())
