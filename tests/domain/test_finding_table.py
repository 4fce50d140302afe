"""Queries as operators write them, in both languages: what each means, and why some are refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from store.domain.finding.complete import offers
from store.domain.finding.fields import FIELD_NAMES, FLAG_NAMES, OPERATORS, STATE_OF
from store.domain.finding.parser import parse
from store.domain.finding.printer import written
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import Here, stretch
from store.domain.finding.tree import Sign
from store.domain.finding.values import read_time_value

READ = {
    "": "",
    "漏水": "漏水",
    "漏水 site:北楼 due<2h": "漏水 site:北楼 due<2h",
    "漏水 and site:北楼": "漏水 site:北楼",
    "站点：北楼 且 截止＜2小时": "site:北楼 due<2h",
    "工程师:王伟 或 客户:华润 非 超时": "tech:王伟 or customer:华润 not overdue",
    "状态:等待中,在途": "state:waiting,en_route",
    "a or b c": "a or b c",
    "(a or b) c": "(a or b) c",
    "a (b c)": "a b c",
    "not (a b)": "not (a b)",
    "-漏水 -(a or b)": "not 漏水 not (a or b)",
    "a & b | c": "a b or c",
    "#12": "number:12",
    "12-15": "number:12-15",
    "#15-12,20": "number:12-15,20",
    "1042": "1042",
    "138-0013 12-5 12,14": "138-0013 12-5 number:12,14",
    "p<=2": "p<=2",
    "p=1,2": "p:1,2",
    "site=HQ 站点＝北楼": "site=HQ site=北楼",
    "tech!=wang kind=lift": "not tech=wang kind:lift",
    "state:全部": "state:all",
    "P:1..2": "p:1-2",
    "p!=4": "not p:4",
    '"fire panel" lift': '"fire panel" lift',
    "“消防 泵”": '"消防 泵"',
    '"overdue"': '"overdue"',
    "site:none follower:me": "site:none follower:me",
    'site:"none"': 'site:"none"',
    'site:"South Tower",N1': 'site:"South Tower",N1',
    "opened>-1d": "opened>-1d",
    "opened<90m closed:1.5h": "opened<90m closed:90m",
    "due<明天9点": "due<tomorrow@09:00",
    "due<=2026-11-25T18:30": "due<=2026-11-25@18:30",
    "opened:11-01..11-30": "opened:11-01..11-30",
    "call<now": "call<now",
    "水泵（2号） (pump(2) or x)": "水泵（2号） (pump(2) or x)",
    "pump(2 or x)": "pump (2 or x)",
    "http://x.y/z 9:00 AC-0042": "http://x.y/z 9:00 AC-0042",
    "At_Risk NOT Waiting": "risk not waiting",
}

REFUSED = {
    "stie:北楼": (1, "no field is called “stie”", "did you mean site: ... or put it in quotes"),
    "漏水 站店:北楼": (
        4,
        "no field is called “站店”",
        "did you mean 站点: ... or put it in quotes",
    ),
    "site:": (6, "nothing stands behind “site:”", "write a value right behind it"),
    "site:a,": (8, "nothing stands behind “,”", "write a value right behind it"),
    "site:a, b": (8, "nothing stands behind “,”", "write a value right behind it"),
    "a and": (6, "nothing stands after “and”", "write a word or a field"),
    "a or or b": (6, "nothing stands after “or”", "write a word or a field"),
    "or a": (1, "nothing stands before it", "write a word or a field"),
    "非": (2, "nothing stands after “非”", "write a word or a field"),
    "(a": (1, "a bracket is opened and not closed", "end it with )"),
    "a ) b": (3, "a bracket closes that was not opened", "take it away"),
    "()": (2, "nothing stands after “(”", "write a word or a field"),
    '漏水 "abc': (4, "a quote is opened and not closed", 'end it with "'),
    "p:9": (3, "priority is never 9", "write 1 to 4"),
    "p:high": (3, "“high” is not a number", "write 12, 12-15 or 12,14"),
    "p<1,2": (5, "“<” takes one value", "write p: for several"),
    "p>1-2": (3, "“>” takes one value", "write p: for several"),
    "site<3": (1, "site has no more or less", "write site: instead"),
    "state:wating": (7, "no state is called “wating”", "did you mean waiting"),
    "due<soon": (5, "“soon” is not a time", "write 2h, -1d, today"),
    "due:today..yesterday": (5, "“today..yesterday” ends before it begins", "write the earlier"),
    "due:2026-12-31..2026-01-01": (
        *(5, "“2026-12-31..2026-01-01” ends before it begins", "write the earlier time first"),
    ),
    "due:next-mon..this-mon": (
        5,
        "“next-mon..this-mon” ends before it begins",
        "write the earlier",
    ),
    "opened:2026-03-05..03-01": (
        *(8, "“2026-03-05..03-01” ends before it begins"),
        "write the earlier time first, or both with their years",
    ),
    "closed:03-05..2026-03-01": (
        *(8, "“03-05..2026-03-01” ends before it begins"),
        "write the earlier time first, or both with their years",
    ),
    "due<25:00": (5, "“25:00” is not a time", "write 2h, -1d, today"),
    "due<2026-02-30": (5, "“2026-02-30” is not a time", "write 2h, -1d, today"),
    "due<none": (5, "“<” takes one value", "write due: for several"),
    "***": (1, "nothing in “***” can be found", "write letters, digits or characters"),
    "#abc": (2, "“abc” is not a number", "write 12, 12-15 or 12,14"),
    "(" * 25 + "a": (21, "too many brackets", "write it more simply"),
    " ".join("a" * 61): (121, "more than 60 words and fields", "ask for less at once"),
}


@pytest.mark.parametrize(("text", "means"), READ.items())
def test_a_query_means(text: str, means: str) -> None:
    """Written in English names, without what need not be there."""
    assert written(parse(text)) == means


@pytest.mark.parametrize("text", REFUSED)
def test_a_query_is_refused_in_one_sentence(text: str) -> None:
    """Where, what is wrong, what would be right."""
    column, wrong, right = REFUSED[text]
    with pytest.raises(QueryUnclear) as refused:
        parse(text)
    assert refused.value.column == column
    said = str(refused.value)
    assert said.startswith(f"column {column}: {wrong}; {right}"), said


@pytest.mark.parametrize("text", ["site:", "a and", "(a", 'x "ab', "site:a,", "not", "(a or (b c)"])
def test_what_is_only_not_finished_is_told_apart(text: str) -> None:
    """While somebody types, that is no reason to scold."""
    with pytest.raises(QueryUnclear) as refused:
        parse(text)
    assert refused.value.unfinished


def test_no_name_means_two_things() -> None:
    """Fields, flags and operators share one line."""
    names = [*FIELD_NAMES, *FLAG_NAMES, *OPERATORS]
    assert sorted(names) == sorted(set(names))
    assert len(STATE_OF) == len(set(STATE_OF))


NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""12:00 on a Wednesday in Shanghai."""
DAY = "2026-11-25"
TIMES = {
    # sign and value: ahead, of a field that tells what is to come; back, of one that tells the past
    "<2h": ("... 14:00", "10:00 ..."),
    ">2h": ("14:00 ...", "... 10:00"),
    "<-2h": ("... 10:00", "... 10:00"),
    ">+2h": ("14:00 ...", "14:00 ..."),
    ":2h": ("12:00 14:00", "10:00 12:00"),
    ":today": ("25 00:00 26 00:00", "25 00:00 26 00:00"),
    "<today": ("... 25 00:00", "... 25 00:00"),
    "<=today": ("... 26 00:00", "... 26 00:00"),
    ">今天": ("26 00:00 ...", "26 00:00 ..."),
    ">=昨天": ("24 00:00 ...", "24 00:00 ..."),
    "<9:00": ("... 26 09:00", "... 25 09:00"),
    "<15:00": ("... 25 15:00", "... 24 15:00"),
    ":11-20": ("20 00:00 21 00:00", "20 00:00 21 00:00"),
    "<明天9点半": ("... 26 09:30", "... 26 09:30"),
    "<晚上12点": ("... 26 00:00", "... 25 00:00"),
    "<24:00": ("... 26 00:00", "... 25 00:00"),
    "<今天24点": ("... 26 00:00", "... 26 00:00"),
    "<3点": ("... 15:00", "... 03:00"),
    "<今天3点": ("... 15:00", "... 03:00"),
    "<今天11点": ("... 23:00", "... 11:00"),
    ":3pm": ("15:00 15:01", "15:00 15:01"),
    ":今晚": ("25 18:00 26 06:00", "25 18:00 26 06:00"),
    ":tonight": ("25 18:00 26 06:00", "25 18:00 26 06:00"),
    "<今晚": ("... 18:00", "... 18:00"),
    "<=tonight": ("... 26 06:00", "... 26 06:00"),
    ">tonight": ("26 06:00 ...", "26 06:00 ..."),
    ":下午": ("12:00 18:00", "12:00 18:00"),
    ":上午": ("26 06:00 26 12:00", "25 06:00 25 12:00"),
    ":昨晚": ("24 18:00 25 06:00", "24 18:00 25 06:00"),
    ":昨天夜里": ("24 22:00 25 06:00", "24 22:00 25 06:00"),
    ":tomorrow@morning": ("26 06:00 26 12:00", "26 06:00 26 12:00"),
    ":周五": ("27 00:00 28 00:00", "20 00:00 21 00:00"),
    ":friday": ("27 00:00 28 00:00", "20 00:00 21 00:00"),
    ":wed": ("25 00:00 26 00:00", "25 00:00 26 00:00"),
    "<wed@9:00": ("... 02 09:00", "... 25 09:00"),
    ":下周一": ("30 00:00 01 00:00", "30 00:00 01 00:00"),
    ":周五晚上": ("27 18:00 28 00:00", "20 18:00 21 00:00"),
    ":1号": ("01 00:00 02 00:00", "01 00:00 02 00:00"),
    ":25th": ("25 00:00 26 00:00", "25 00:00 26 00:00"),
    ":本周": ("23 00:00 30 00:00", "23 00:00 30 00:00"),
    ":last-week": ("16 00:00 23 00:00", "16 00:00 23 00:00"),
    ":周一..周五": ("23 00:00 28 00:00", "23 00:00 28 00:00"),
    ":11-01..11-30": ("01 00:00 01 00:00", "01 00:00 01 00:00"),
    ":9:00..17:00": ("25 09:00 25 17:01", "25 09:00 25 17:01"),
    ":12-31@22:00..6:00": ("31 22:00 01 06:01", "31 22:00 01 06:01"),
    ":12-31@22:00..3点": ("31 22:00 01 03:01", "31 22:00 01 03:01"),
    ":tonight..3:00": ("25 18:00 26 03:01", "25 18:00 26 03:01"),
    ":tomorrow@9:00..17:00": ("26 09:00 26 17:01", "26 09:00 26 17:01"),
    ":night": ("25 22:00 26 06:00", "24 22:00 25 06:00"),
    "<晚上3点": None,
    "<24:30": None,
    "<32号": None,
    "<soon": None,
    "<明天9点30分": ("... 26 09:30", "... 26 09:30"),
    ":yesterday..today": ("24 00:00 26 00:00", "24 00:00 26 00:00"),
}


@pytest.mark.parametrize("said", TIMES)
def test_a_time_means(said: str) -> None:
    """At noon, in Shanghai."""
    sign = next(s for s in ("<=", ">=", "<", ">", ":") if said.startswith(s))
    value = read_time_value(said.removeprefix(sign))
    wanted = TIMES[said]
    if wanted is None:
        assert value is None
        return
    assert value is not None
    here = Here(at=NOON, zone=ZoneInfo("Asia/Shanghai"))
    for ahead, ends in zip((True, False), wanted, strict=True):
        found = stretch(Sign(sign), value, here, ahead=ahead)
        assert _said(found.start, found.end, ends) == ends


def _said(start: datetime | None, end: datetime | None, like: str) -> str:
    """The two ends as the table writes them: days where it does, moments cut to their minute."""
    style = "%d %H:%M" if re.search(r"(?:^|\s)\d\d \d", like) else "%H:%M"
    ends = (
        "..." if at is None else at.astimezone(ZoneInfo("Asia/Shanghai")).strftime(style)
        for at in (start, end)
    )
    return " ".join(ends)


OFFERED = {
    "si|": ("site:", "since:"),
    "漏水 s|": ("site:", "state:", "since:"),
    "站|": ("站点:",),
    "p:|": ("1", "2", "3", "4"),
    "state:wai|": ("waiting",),
    "state:new,wai|": ("waiting",),
    "due<t|": ("today", "tonight", "tomorrow", "this-week"),
    "due<f|": ("friday",),
    "(ov|": ("overdue",),
    "-ov|": ("overdue",),
    "not|": ("not_accepted", "not"),
    "site:no|": ("none",),
    "不|": (),
}


@pytest.mark.parametrize("typed", OFFERED)
def test_what_is_offered_begins_as_what_is_typed(typed: str) -> None:
    """The cursor stands at the bar."""
    found = offers(typed.replace("|", ""), typed.index("|"))
    offered = tuple(offer.text for offer in found.offers)
    assert offered[: len(OFFERED[typed]) or None] == OFFERED[typed]
    assert all(o.startswith(found.typed) for o in offered)


def test_a_value_that_the_store_knows_is_asked_for_by_its_field() -> None:
    """And takes the place of what is typed of it."""
    found = offers("漏水 site:北,Sou x", 13)
    assert (found.field, found.typed, found.start, found.end) == ("site", "Sou", 10, 13)


def test_chinese_is_offered_to_those_who_read_it() -> None:
    """Nothing typed yet says which language it will be."""
    assert [o.text for o in offers("", 0, chinese=True).offers[:3]] == ["站点:", "工程师:", "客户:"]
    assert offers("状态:", 3, chinese=True).offers[0].text == "新建"


def test_a_state_that_is_none_is_told_all_there_are_once() -> None:
    """Those that mean several states, too."""
    with pytest.raises(QueryUnclear) as refused:
        parse("state:qq")
    offered = str(refused.value).partition("; ")[2].split(", ")
    assert (offered[0], offered[-1], len(offered)) == ("new", "all", len(set(offered)))
