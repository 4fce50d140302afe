"""What the next shift takes over that has not happened yet: incidents that run, and deadlines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.json_text import json_text
from console.print_handover import html, lines, markdown, plain
from console.render_handover import counted, handover_rows
from store.commands import (
    AcceptHandover,
    DeclareIncident,
    FollowOrder,
    PromiseFollowUp,
    PutUnder,
    StandDown,
    TellFamily,
    TickRisks,
)
from store.domain.errors import RisksNew, RisksOpen
from store.domain.handover import Part
from store.domain.lifecycle import Move
from store.persistence import handover_promises
from store.queries.doctor import ExamineDesk
from store.queries.handover import ListHandovers, ShowHandover
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, BO, do, minutes, move, stored, written
from tests.store.handover_desk import accepted, offered, shown_to, told_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.targets import ClockKind
    from store.queries.handover import Handover, HandoverLine
    from store.records import Records

IN_TIME = minutes(2)
"""Before anything of an order of nine o'clock is late, or nobody's for too long."""


def incident(records: Records, children: int = 2) -> int:
    """A parent with cases under it, declared a minute after nine: word every half hour."""
    parent, *cases = (written(records, level="critical") for _ in range(children + 1))
    for case in cases:
        do(records, PutUnder(number=case, parent=parent))
    do(records, DeclareIncident(number=parent), at=minutes(1))
    return parent


def of(shown: Handover, part: Part) -> list[HandoverLine]:
    return [line for line in shown.lines if line.part is part]


def due(records: Records, number: int) -> list[tuple[datetime, ClockKind]]:
    """The deadlines of an order, the soonest first."""
    clocks = stored(records, number).clocks
    return sorted((c.due_at, c.kind) for c in clocks if c.running and c.due_at is not None)


def test_a_running_incident_stands_first_with_its_cases_its_owner_and_its_next_word(
    records: Records,
) -> None:
    """Nobody takes a desk over without the one thing that everybody waits for."""
    parent = incident(records, children=3)
    (line,) = of(shown_to(records, ANA, IN_TIME), Part.INCIDENT)
    assert (line.number, line.title, line.times, line.owner) == (parent, "lift stuck", 3, "")
    assert line.at == minutes(31)
    do(records, FollowOrder(number=parent), who=BO, at=IN_TIME)
    shown = shown_to(records, ANA, IN_TIME)
    assert shown.lines[0].number == parent
    assert shown.lines[0].owner == "Bo"
    late = shown_to(records, ANA, minutes(40))
    assert parent not in {line.number for line in of(late, Part.RISK)}, "told once, as the worst"


def test_whoever_has_the_job_owns_an_incident_that_no_operator_follows(records: Records) -> None:
    """A technician is an owner, too."""
    parent = incident(records)
    move(records, parent, Move.ASSIGN, minutes(1), technician="T1")
    assert of(shown_to(records, ANA, IN_TIME), Part.INCIDENT)[0].owner == "李强"


def test_an_incident_is_ticked_before_the_desk_is_taken_over(records: Records) -> None:
    """And what became of it since it was offered is told: another word, another owner, its end."""
    parent = incident(records)
    handover = offered(records, at=IN_TIME)
    with pytest.raises(RisksOpen, match="not ticked by you yet: 1"):
        do(records, AcceptHandover(handover=handover), who=BO, at=minutes(3))
    do(records, TellFamily(number=parent, text="two men on site"), at=minutes(5))
    do(records, FollowOrder(number=parent), at=minutes(5))
    (line,) = of(shown_to(records, BO, minutes(6)), Part.INCIDENT)
    assert (line.at, line.owner, line.now, line.new) == (minutes(35), "Ana", "incident", False)
    do(records, TickRisks(handover=handover, numbers=(parent,)), who=BO, at=minutes(6))
    do(records, AcceptHandover(handover=handover), who=BO, at=minutes(7))
    over = records.ask(ShowHandover(handover=handover), who=BO, at=minutes(8))
    (kept,) = of(over, Part.INCIDENT)
    assert (kept.at, kept.times, kept.ticked_by) == (minutes(31), 2, "Bo")
    do(records, StandDown(number=parent), at=minutes(9))
    shown = shown_to(records, BO, minutes(10))
    assert (of(shown, Part.INCIDENT), told_of(shown, Part.EXCEPTION)) == (
        [], [(parent, "stood_down")],
    )  # fmt: skip
    assert records.ask(ExamineDesk(), who=ANA, at=minutes(10)) == ()


def test_an_incident_that_is_over_since_the_offer_asks_for_no_tick(records: Records) -> None:
    """What is gone holds nobody up."""
    parent = incident(records)
    handover = offered(records, at=IN_TIME)
    do(records, StandDown(number=parent), at=minutes(3))
    (line,) = of(shown_to(records, BO, minutes(4)), Part.INCIDENT)
    assert line.now is None
    do(records, AcceptHandover(handover=handover), who=BO, at=minutes(4))


def test_what_became_an_incident_since_the_offer_is_new_though_it_was_a_risk(
    records: Records,
) -> None:
    """Whoever ticked a late order has not read that a whole house waits for word."""
    number = written(records)
    handover = offered(records)
    do(records, TickRisks(handover=handover, numbers=(number,)), who=BO, at=minutes(61))
    do(records, DeclareIncident(number=number), at=minutes(62))
    shown = shown_to(records, BO, minutes(63))
    assert [(line.number, line.new) for line in of(shown, Part.INCIDENT)] == [(number, True)]
    accept = AcceptHandover(handover=handover)
    with pytest.raises(RisksNew):
        do(records, accept, who=BO, at=minutes(63))
    do(records, TickRisks(handover=handover, numbers=(number,)), who=BO, at=minutes(64))
    assert [line.mine for line in of(shown_to(records, BO, minutes(64)), Part.INCIDENT)] == [True]
    do(records, accept, who=BO, at=minutes(64))


def test_a_risk_that_became_an_incident_is_one_order_to_tick(records: Records) -> None:
    """Told twice, and counted once: when it is refused, ticked, and in the list."""
    number = written(records)
    handover = offered(records)
    do(records, DeclareIncident(number=number), at=minutes(62))
    with pytest.raises(RisksNew, match="not ticked by you yet: 1,"):
        do(records, AcceptHandover(handover=handover), who=BO, at=minutes(63))
    tick = TickRisks(handover=handover, numbers=(number,))
    for ticked, left in ((True, 0), (False, 1), (True, 0)):
        done = do(records, replace(tick, ticked=ticked), who=BO, at=minutes(64))
        assert (done.facts["count"], done.facts["left"]) == (1, left)
    do(records, AcceptHandover(handover=handover), who=BO, at=minutes(65))
    (past,) = records.ask(ListHandovers(), who=BO, at=minutes(66))
    assert past.risks == 1


def test_sites_take_over_their_own_incidents_and_deadlines(records: Records) -> None:
    """An office sees nothing of another's."""
    parent = incident(records)
    assert of(shown_to(records, AT_SOUTH, IN_TIME), Part.INCIDENT) == []
    assert of(shown_to(records, AT_SOUTH, IN_TIME), Part.PROMISE) == []
    assert [line.number for line in of(shown_to(records, AT_NORTH, IN_TIME), Part.INCIDENT)] == [
        parent
    ]


def test_deadlines_of_the_next_shift_are_promises(records: Records) -> None:
    """Respond, arrive and resolve, of each open order, the soonest first among all promises."""
    one = written(records, level="critical")
    two = written(records, level="critical", at=minutes(1))
    over = written(records, level="critical")
    move(records, over, Move.CANCEL, minutes(1), reason="x")
    call = PromiseFollowUp(number=two, due_at=minutes(20), note="rings back")
    do(records, call, at=minutes(1))
    shown = shown_to(records, ANA, IN_TIME)
    until = IN_TIME + timedelta(hours=12)
    assert shown.until_at == until
    wanted = [
        (at, number, kind.value)
        for number in (one, two)
        for at, kind in due(records, number)
        if IN_TIME < at <= until
    ]
    assert {what for _, _, what in wanted} >= {"respond", "arrive", "resolve"}
    told = [(line.at, line.number, line.what) for line in of(shown, Part.PROMISE)]
    assert told == sorted([*wanted, (minutes(20), two, "follow_up")])


def test_deadlines_of_an_incident_are_told_but_its_word_only_once(records: Records) -> None:
    """The next word stands with the incident."""
    parent = incident(records)
    told = told_of(shown_to(records, ANA, IN_TIME), Part.PROMISE)
    assert (parent, "resolve") in told
    assert (parent, "next_update") not in told


def test_what_was_kept_since_the_offer_is_settled(records: Records) -> None:
    """Accepted in time: nobody need mind that promise, and the other one stands."""
    number = written(records, level="critical")
    offered(records, at=IN_TIME)
    move(records, number, Move.ASSIGN, minutes(3), technician="T1")
    move(records, number, Move.ACCEPT, minutes(4))
    now = {line.what: line.now for line in of(shown_to(records, BO, minutes(5)), Part.PROMISE)}
    assert (now["respond"], now["resolve"]) == (None, "resolve")
    rows = handover_rows(shown_to(records, BO, minutes(5)), at=minutes(5), zone=None)
    assert any("settled: respond by" in str(cell) for row in rows for cell in row.cells)
    late = due(records, number)[0][0] + timedelta(minutes=1)
    missed = {line.what: line.now for line in of(shown_to(records, BO, late), Part.PROMISE)}
    assert missed["resolve"] == "resolve", "a miss settles nothing"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A list of deadlines that is soon full."""
    monkeypatch.setattr(handover_promises, "MOST_DEADLINES", 2)
    return 2


@pytest.fixture
def chinese() -> Iterator[None]:
    """As a Chinese desk reads it."""
    i18n.use("zh_CN")
    yield
    i18n.use("en")


def test_more_deadlines_than_one_reads_are_counted(records: Records, few: int) -> None:
    """The soonest are told one by one; no promise of a call is lost for them."""
    numbers = [written(records, level="critical") for _ in range(3)]
    do(records, PromiseFollowUp(number=numbers[2], due_at=minutes(700)), at=minutes(1))
    every = [at for number in numbers for at, _ in due(records, number)]
    until = IN_TIME + timedelta(hours=12)
    left = sum(IN_TIME < at <= until for at in every) - few
    assert left > 0
    offer = offered(records, at=IN_TIME)
    for shown in (shown_to(records, BO, IN_TIME), shown_to(records, BO, minutes(3))):
        told = of(shown, Part.PROMISE)
        assert (len(told), shown.left) == (few + 1, left)
        assert told[-1].what == "follow_up"
        assert f"promises due {few + 1 + left}" in counted(shown)
        said = f"{left} more deadline"
        assert any(said in line for line in markdown(shown, at=minutes(3), zone=None))
        assert any(said in line for line in html(shown, at=minutes(3), zone=None))
        assert any(said in line for line in lines(shown, at=minutes(3)))
        rows = handover_rows(shown, at=minutes(3), zone=None)
        assert any(said in str(cell) for row in rows for cell in row.cells)
        assert len({row.key for row in rows}) == len(rows)
        assert plain(shown)["deadlines_left"] == left
    assert offer == shown_to(records, BO, minutes(3)).id


def test_paper_and_script_tell_of_the_incident(records: Records) -> None:
    """How many stand under it, who has it, and when the next word is due."""
    parent = incident(records)
    do(records, FollowOrder(number=parent), who=BO, at=minutes(1))
    shown, at = shown_to(records, ANA, IN_TIME), IN_TIME
    for page in (markdown(shown, at=at, zone=None), html(shown, at=at, zone=None)):
        text = "\n".join(page)
        assert "major incidents (1)" in text
        assert "Bo, 2 under it, next word" in text
        assert "resolve by" in text
    assert "next word overdue, Bo, 2" in "\n".join(markdown(shown, at=minutes(32), zone=None))
    (told,) = json.loads(json_text(plain(shown), indent=2))["incident"]
    assert (told["number"], told["under"], told["owner"]) == (parent, 2, "Bo")
    accepted(records, offered(records, at=minutes(3)), at=minutes(4))
    over = records.ask(ShowHandover(handover=1), who=BO, at=minutes(9))
    paper = "\n".join(markdown(over, at=minutes(40), zone=None))
    assert "2 under it, next word" in paper
    assert "Bo, 2 under it" not in paper, "who has it today is not who had it"


@pytest.mark.usefixtures("chinese")
def test_chinese_paper_tells_the_same(records: Records, few: int) -> None:
    """In the words of the desk."""
    incident(records)
    shown = shown_to(records, ANA, IN_TIME)
    assert shown.left > few
    for page in (markdown(shown, at=IN_TIME, zone=None), html(shown, at=IN_TIME, zone=None)):
        text = "\n".join(page)
        assert "重大故障（1）" in text
        assert "无人跟进、下级 2 张、下次通报" in text
        assert "响应截止" in text
        assert f"另有 {shown.left} 项截止" in text
