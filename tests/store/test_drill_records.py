"""Drills that were played are kept in the journal alone, in the name of who played them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import RecordDrill
from store.domain.errors import BadInput
from store.persistence.chain import verify
from store.persistence.journal import JOURNAL
from store.queries.doctor import ExamineDesk
from store.queries.drill import DrillRecord, DrillRecords
from tests.store.desk import ANA, AT_NORTH, BO, NINE, do, minutes, rows

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records


def drill(**changes: Any) -> RecordDrill:
    """Twenty minutes of a bad day."""
    told: dict[str, Any] = {
        "script": "a bad day",
        "seed": 7,
        "speed_percent": 1250,
        "began_at": NINE,
        "ended_at": minutes(20),
        "decisions": 31,
        "rates": {"respond": (8, 10), "told": (0, 0)},
        "seconds": {"orphan": 600},
        **changes,
    }
    return RecordDrill(**told)


def _kept(records: Records, who: Who = ANA, limit: int = 100) -> tuple[DrillRecord, ...]:
    return records.ask(DrillRecords(limit=limit), who=who, at=minutes(60))


def test_a_drill_is_told_as_it_was_kept(records: Records) -> None:
    """The newest first, each in the name of who played it; the desk stays sound."""
    assert _kept(records) == ()
    do(records, drill())
    do(records, drill(script="雨天", copied=True), who=BO)
    newest, first = _kept(records)
    assert (newest.script, newest.copied) == ("雨天", True)
    assert (first.script, first.seed, first.speed, first.decisions) == ("a bad day", 7, 12.5, 31)
    assert (first.began_at, first.ended_at) == (NINE, minutes(20))
    assert (first.rates, first.seconds) == ({"respond": (8, 10), "told": (0, 0)}, {"orphan": 600})
    assert first.operator != newest.operator
    assert _kept(records, limit=1) == (newest,)
    with records.database.reading() as conn:
        assert list(verify(conn)) == []
    assert not list(records.ask(ExamineDesk(), who=ANA, at=minutes(60)))


def test_who_sees_some_sites_is_told_of_his_own_drills(records: Records) -> None:
    """Those of others are no business of his."""
    do(records, drill())
    assert _kept(records, AT_NORTH) == ()
    do(records, drill(seed=8), who=AT_NORTH)
    assert [one.seed for one in _kept(records, AT_NORTH)] == [8]


@pytest.mark.parametrize(
    "wrong",
    [
        {"script": ""},
        {"script": "s" * 61},
        {"seed": 2**70},
        {"seed": True},
        {"speed_percent": 0},
        {"decisions": -1},
        {"rates": {"luck": (1, 2)}},
        {"rates": {"respond": (3, 2)}},
        {"rates": {"respond": (1.5, 2)}},
        {"seconds": {"sleep": 3}},
        {"seconds": {"orphan": -3}},
        {"began_at": datetime(2900, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_makes_no_sense_is_refused(records: Records, wrong: dict[str, Any]) -> None:
    """Nothing of it is kept."""
    before = len(rows(records, JOURNAL))
    with pytest.raises(BadInput):
        do(records, drill(**wrong))
    assert len(rows(records, JOURNAL)) == before


def test_what_a_newer_program_wrote_is_left_out(records: Records) -> None:
    """And what a script was called is gone once its words are erased."""
    do(records, drill())
    with records.database.writing() as conn:
        conn.execute(JOURNAL.update().where(JOURNAL.c.fact == "drill_played").values(words=None))
    assert [one.script for one in _kept(records)] == [""]
    with records.database.writing() as conn:
        conn.execute(
            JOURNAL.update().where(JOURNAL.c.fact == "drill_played").values(body={"seed": "x"})
        )
    assert _kept(records) == ()
