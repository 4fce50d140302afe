"""An operator's own choice of who goes: the order of the choices, and what is said against one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions import ACTIONS
from console.choices import is_free, technician_choice, who_fits
from console.errand import Errand
from console.grammar.offers import offers
from console.grammar.understand import understand
from console.heeding import broken, marked, rules_said, shortly, warning_rows
from console.panes.offer import Offer
from console.preview import PreviewRow
from console.render_command import meaning
from console.render_trace import trace_lines
from console.render_who import who_rows
from store.domain.dispatch.crew import Stop, Wanted, Worker
from store.domain.dispatch.rules import Barred, Rule, bars, bars_at
from store.domain.errors import StoreTrouble
from store.queries.card import TraceEntry
from store.queries.heeds import Heeded
from store.queries.named import Candidate
from store.queries.people import TechnicianLine
from tests.console.fake_desk import FakeDesk
from tests.console.lines import MONDAY, line

if TYPE_CHECKING:
    from typing import Any

SKILL = Barred(rule=Rule.SKILL, facts={"skill": "lift"})
LATER = Barred(rule=Rule.OFF_SHIFT, facts={"until": MONDAY + timedelta(hours=2)})
FREE = TechnicianLine(
    id=1, code="L1", name="Li", phone="", state="available", state_since=None, jobs=0,
    number=None, title=None, site_name=None, on_shift=True, absent=False, away_until=None,
)  # fmt: skip

states = st.sampled_from(["available", "on_site", "break", "off"])
people = st.lists(
    st.builds(
        replace, st.just(FREE), state=states, jobs=st.integers(0, 2), on_shift=st.booleans(),
        absent=st.booleans(),
    ),
    max_size=12,
).map(lambda some: [replace(one, id=n, code=f"L{n}") for n, one in enumerate(some)])  # fmt: skip
numbers = st.sets(st.integers(0, 11))
fars = st.dictionaries(st.integers(0, 11), st.floats(0, 50))


def said(told: Any) -> str:
    """Rows as text."""
    return "\n".join("".join(text for text, _tone in row) for row in told)


def in_minutes(minutes: float) -> datetime:
    """An instant so far ahead."""
    return MONDAY + timedelta(minutes=minutes)


@given(people, numbers, fars)
def test_who_may_go_stands_before_who_may_not(
    some: list[TechnicianLine], barred: set[int], far: dict[int, float]
) -> None:
    """Nobody is lost; of equals the nearest first, who is nowhere known last."""
    heeded = Heeded(against=dict.fromkeys(barred, (SKILL,)), far=far)
    found = who_fits(some, "", heeded)
    assert sorted(one.code for one in found) == sorted(one.code for one in some)
    assert [one.id in barred for one in found] == sorted(one.id in barred for one in found)
    free = [far.get(one.id, 99.0) for one in found if is_free(one) and one.id not in barred]
    assert free == sorted(free)


@given(people, numbers, fars)
def test_enter_alone_sends_the_nearest_of_the_free_whom_nothing_keeps_away(
    some: list[TechnicianLine], barred: set[int], far: dict[int, float]
) -> None:
    """And nobody before that is known."""
    heeded = Heeded(against=dict.fromkeys(barred, (SKILL,)), far=far)
    may = [one for one in some if is_free(one) and one.id not in barred]
    offer, errand = Offer(), Errand.begin(ACTIONS["assign"], line(7), {}, None)
    offer.fit(errand, "", some, None)
    assert offer.answer("") == ("", ())
    offer.fit(errand, "", some, heeded)
    sent = offer.answer("")[0]
    assert sent in ([one.code for one in may] or [""])
    assert all(far.get(one.id, 99) >= far.get(int(sent[1:]), 99) for one in may)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900)), max_size=3),
    st.integers(0, 900),
    st.integers(0, 300),
    st.booleans(),
    st.none() | st.integers(-900, 900),
)
def test_later_is_what_at_once_would_be_then(
    spans: list[tuple[int, int]], start: int, lasts: int, rostered: bool, paper: int | None
) -> None:
    """Whatever is told of him from the beginning on; a window asks for him at its end at most."""
    then = tuple((start + begins, start + begins + length) for begins, length in spans)
    wanted = Wanted(stop=Stop(number=1, at=None, takes=0, due=0, weight=1), paper="ticket")
    ends = None if paper is None else paper - start
    now = Worker(
        id=1, spans=tuple((a - start, b - start) for a, b in then), papers={"ticket": ends}
    )
    later = Worker(id=1, spans=then, papers={"ticket": paper})
    said = [
        bars_at(him, wanted, rostered=rostered, when=in_minutes, start=begins, lasts=lasts)
        for him, begins in ((now, 0), (later, start))
    ]
    assert [one.rule for one in said[0]] == [one.rule for one in said[1]]
    there = bool(spans) and spans[0][0] <= lasts
    assert there == (not {Rule.AWAY_NOW, Rule.OFF_SHIFT, Rule.NO_SHIFT} & {r.rule for r in said[1]})


@given(
    st.lists(st.tuples(st.floats(0, 900), st.floats(1, 900)), max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_at_once_adds_only_that_he_is_not_there_yet(
    spans: list[tuple[float, float]], rostered_now: bool, off: bool
) -> None:
    """And when he will be; who is there breaks nothing more than in a recommendation."""
    worker = Worker(id=1, spans=tuple((begins, begins + lasts) for begins, lasts in spans), off=off)
    wanted = Wanted(stop=Stop(number=1, at=None, takes=0, due=0, weight=1), skill=3)
    usual = bars(worker, wanted)
    now = bars_at(
        worker,
        wanted,
        rostered=rostered_now,
        when=in_minutes,
    )
    assert now[: len(usual)] == usual
    more = now[len(usual) :]
    assert bool(more) == (bool(spans) and not off and spans[0][0] > 0)
    for one in more:
        assert one.rule is (Rule.AWAY_NOW if rostered_now else Rule.OFF_SHIFT)
        assert one.facts == {"until": MONDAY + timedelta(minutes=spans[0][0])}


def test_the_reason_stands_beside_the_name() -> None:
    """In a word or two where there is little room, whole where there is more."""
    brief = shortly((SKILL, LATER), at=MONDAY, zone=UTC)
    assert brief == "skill missing, off shift until 03:00"
    assert technician_choice(FREE, brief).shown.endswith(f"✗ {brief}")
    assert technician_choice(FREE).shown == "L1 Li + available"
    whole = rules_said((SKILL, LATER), at=MONDAY, zone=None)
    assert whole.startswith("does not have the skill lift; is off shift until ")


def test_a_typed_line_tells_what_speaks_against_him() -> None:
    """Below what it means, and it is done all the same; what it offers has those last."""
    desk = FakeDesk(barred={1: (SKILL,)})
    told = understand("as 12 T27", desk)
    assert told.why_not is None
    assert told.warnings == {12: "Wang Wei (T27): does not have the skill lift"}
    assert told.plain_warnings == {"warnings": ["Wang Wei (T27): does not have the skill lift"]}
    shown = said(meaning(told, unfinished=False))
    assert shown == " → dispatch #12 lift 12 to Wang Wei (T27)\n ! " + told.warnings[12]
    found = offers("as 12 ", 6, desk)
    assert [offer.text for offer in found.offers if not offer.text.startswith("/")][-1] == "T27"
    assert {offer.label for offer in found.offers if offer.text == "T27"} == {
        "Wang Wei ✗ skill missing"
    }
    alone = offers("as ", 3, desk)
    assert "Wang Wei ✗ skill missing" in {offer.label for offer in alone.offers}


@pytest.mark.parametrize(
    "text", ["as 12 T28", "c 12", "p 12 1", "w T27 parts until 15:00", "who 12"]
)
def test_nothing_is_said_where_nothing_is_broken(text: str) -> None:
    """Nor of what sends nobody."""
    desk = FakeDesk(barred={1: (SKILL,)}, jobs={1: (13,)})
    told = understand(text, desk)
    assert (told.warnings, told.plain_warnings) == ({}, {})


def test_a_set_is_warned_of_as_a_whole_and_marked_one_by_one() -> None:
    """A refusal says enough."""
    told = understand("as 12-15 T27", FakeDesk(barred={1: (SKILL,)}))
    assert list(told.warnings) == [12, 13, 14, 15]
    assert "rules speak against it at 4 orders" in said(meaning(told, unfinished=False))
    rows = (PreviewRow(number=12, title="a"), PreviewRow(number=13, title="b", refused="no"))
    assert [row.warning for row in marked(rows, told.warnings)] == [told.warnings[12], ""]
    assert warning_rows(()) == ()


def test_what_cannot_be_asked_keeps_nobody() -> None:
    """The command itself tells of the store."""

    def away(_query: object) -> object:
        raise StoreTrouble(why="away")

    assert broken(7, {"technician": "L1"}, away) == ()
    heeded = {7: Heeded(against={1: (SKILL, LATER)})}
    assert broken(7, {"technician": "L1"}, lambda _query: heeded) == (Rule.SKILL, Rule.OFF_SHIFT)
    assert broken(8, {"technician": "L1", "heeded": heeded}, away) == ()


def test_who_works_past_his_shift_is_told_where_he_is_put_last() -> None:
    """Of the free and of those off duty the state says it already."""
    busy = replace(FREE, state="en_route", jobs=1)
    off = replace(busy, on_shift=False)
    free, away = replace(FREE, on_shift=False), replace(FREE, state="off", on_shift=False)
    people = (busy, off, replace(busy, absent=True), free, away)
    found = [Candidate(who=one, level=1, distance_km=None, seen_at=None) for one in people]
    assert [row[2] for row in who_rows(found, at=MONDAY)] == [
        "E en route", "E en route, off shift", "E en route, absent", "- off shift", "- off duty",
    ]  # fmt: skip


def test_the_trace_tells_what_was_known() -> None:
    """A rule of later programs by its code."""
    entry = TraceEntry(
        seq=1, at=MONDAY, by=2, by_name="Ana", via="console", fact="assigned",
        body={"technician": 1, "against": ["skill", "stars"]}, words={},
    )  # fmt: skip
    shown = said(trace_lines([entry], {}, at=MONDAY, zone=None))
    assert "(although: skill missing, stars)" in shown
