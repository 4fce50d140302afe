"""One notice to the customers of a parent and of all under it: each is told, or none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from console.i18n import fill
from store.commands import MoveOrder, PutUnder, TellFamily
from store.commands.families import put_order_under
from store.commands.incidents import DeclareIncident
from store.domain.errors import BadInput, Stale
from store.domain.families import ELSEWHERE, ChildrenOpen, NobodyAsked, NoChildren
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.domain.undo_refusals import OthersToo
from store.persistence.journal import JOURNAL
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.scheduler.faults import until
from tests.store.desk import (
    ANA,
    AT_SOUTH,
    do,
    furnish,
    minutes,
    promises_kept,
    rows,
    stored,
    written,
)
from tests.store.test_families import under
from tests.store.test_handover_races import waiters
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

NEWS = "水泵房停电，预计 15:00 恢复\x1b[2J"


def _promised(records: Records, number: int) -> list[tuple[int, datetime | None]]:
    """The runs of the next-update clock, and when each was kept."""
    clocks = stored(records, number).clocks
    return [(c.run, c.met_at) for c in clocks if c.kind is ClockKind.NEXT_UPDATE]


def _family(records: Records) -> list[int]:
    """A parent of the level that promises news, two children at the desk, one that has left it."""
    top, *children = (written(records, customer="C2", priority=1) for _ in range(4))
    for child in children:
        under(records, child, top)
    gone = MoveOrder(number=children[2], move=Move.CANCEL, reason="no need")
    do(records, gone, at=minutes(2))
    return [top, *children]


def test_every_customer_is_told_in_one_transaction(records: Records) -> None:
    """Each journal has the words, safe to show, and each clock of the next word runs anew."""
    top, one, two, gone = _family(records)
    before = {n: len(_promised(records, n)) for n in (top, one, two)}
    assert min(before.values()) > 0
    done = do(records, TellFamily(number=top, text=NEWS), at=minutes(5))
    assert (done.numbers, done.facts["count"]) == ((top, one, two), 2)
    for number in (top, one, two):
        told = records.ask(Trace(number=number), who=ANA, at=minutes(6))[-1]
        assert told.fact == "updated_customer"
        assert told.words["note"].startswith("水泵房停电，预计 15:00 恢复")
        assert "\x1b" not in told.words["note"]
        runs = _promised(records, number)
        assert len(runs) == before[number] + 1
        assert (runs[-2][1], runs[-1][1]) == (minutes(5), None)
    assert records.ask(Trace(number=gone), who=ANA, at=minutes(6))[-1].fact == "cancelled"
    deeds = {row["deed"] or row["seq"] for row in rows(records, JOURNAL, fact="updated_customer")}
    assert len(deeds) == 1
    promises_kept(records, [top, one, two])


def test_it_is_taken_back_as_one(records: Records) -> None:
    """Each promise of the next word as it was before."""
    family = _family(records)
    before = [stored(records, number).clocks for number in family]
    done = do(records, TellFamily(number=family[0], text=NEWS), at=minutes(5))
    undo(records, entry=done.seq, at=6)
    assert [stored(records, number).clocks for number in family] == before


def test_who_sees_some_sites_hears_of_no_other_order(records: Records) -> None:
    """His notice goes to his own customers; no sentence names an order that he does not see."""
    top, child, near = (written(records, site=site) for site in ("S1", "N1", "S1"))
    for number in (child, near):
        under(records, number, top)
    done = do(records, TellFamily(number=top, text="soon"), who=AT_SOUTH, at=minutes(5))
    assert (done.numbers, done.facts) == ((top, near), {"number": top, "count": 1})
    assert "at your sites" in done.sentence
    assert [stored(records, n).told_at for n in (top, child, near)] == [
        minutes(5), None, minutes(5),
    ]  # fmt: skip
    undo(records, entry=done.seq, at=6)
    assert stored(records, near).told_at is None
    cancel = MoveOrder(number=top, move=Move.CANCEL, reason="no more")
    for who, named in ((AT_SOUTH, f"#{near}"), (ANA, f"#{child}, #{near}")):
        with pytest.raises(ChildrenOpen) as refused:
            do(records, cancel, who=who, at=minutes(7))
        assert refused.value.facts["children"] == named
    do(records, MoveOrder(number=near, move=Move.CANCEL, reason="no more"), at=minutes(8))
    with pytest.raises(ChildrenOpen) as refused:
        do(records, cancel, who=AT_SOUTH, at=minutes(9))
    assert refused.value.facts["children"] == ELSEWHERE
    both = do(records, TellFamily(number=top, text="at last"), at=minutes(10)).seq
    with pytest.raises(OthersToo) as kept:
        undo(records, entry=both, at=11, who=AT_SOUTH)
    assert f"#{child}" not in str(kept.value)
    undo(records, entry=both, at=12, partly=True, who=AT_SOUTH)
    assert [stored(records, n).told_at for n in (top, child)] == [None, minutes(10)]


def test_who_comes_under_it_meanwhile_is_told_too(postgres_url: str) -> None:
    """He is not taken for one of another site's because his order was not locked at first."""
    records = open_records(postgres_url, feed=False)
    furnish(records)
    top, late = written(records), written(records)
    notice = TellFamily(number=top, text="soon")
    with ThreadPoolExecutor(1) as other:
        with records.work(who=ANA, at=minutes(1)) as work:
            put_order_under(work, PutUnder(number=late, parent=top))
            telling = other.submit(do, records, notice, at=minutes(2))
            until(lambda: waiters(records) == 1)
        done = telling.result(60)
    assert (done.numbers, stored(records, late).told_at) == ((top, late), minutes(2))
    records.close()


def test_it_needs_words_children_and_the_newest_version(records: Records) -> None:
    """Each refusal leaves everybody as he was."""
    top, child = written(records), written(records)
    with pytest.raises(NoChildren):
        do(records, TellFamily(number=top, text="soon"))
    under(records, child, top)
    with pytest.raises(BadInput):
        do(records, TellFamily(number=top, text=" \n"))
    with pytest.raises(Stale):
        do(records, TellFamily(number=top, text="soon", version=1))
    assert records.ask(OrderCard(number=child), who=ANA, at=minutes(2)).order.version == 2


def test_whom_nobody_knows_is_named_and_not_counted(records: Records) -> None:
    """He has had no word: no trace says so, and the promise of the next one runs on."""
    top, known, caller, strange = (
        written(records, customer=customer, caller=who, level="critical")
        for customer, who in (("C2", ""), ("C1", ""), (None, "老王 13800000001"), (None, ""))
    )
    for child in (known, caller, strange):
        under(records, child, top)
    running = _promised(records, strange)
    done = do(records, TellFamily(number=top, text=NEWS), at=minutes(5))
    assert done.numbers == (top, known, caller)
    assert (done.facts["count"], done.facts["untold"]) == (2, [strange])
    assert fill(done.sentence, done.facts) == (
        f"word to the customers of order {top} and of 2 under it is recorded;"
        f" nobody is known who could be told for #{strange}"
    )
    assert (stored(records, strange).told_at, _promised(records, strange)) == (None, running)
    undo(records, entry=done.seq, at=6)


def test_an_incident_that_nobody_asked_for_is_word_to_those_under_it(records: Records) -> None:
    """Its own promise is made to them all; with nobody known among them nobody was told."""
    top, child = (written(records, customer=None, level="critical") for _ in range(2))
    under(records, child, top)
    do(records, DeclareIncident(number=top, cadence_s=1800), at=minutes(2))
    with pytest.raises(NobodyAsked, match="neither customer nor caller of any is known"):
        do(records, TellFamily(number=top, text=NEWS), at=minutes(5))
    assert stored(records, top).told_at is None
    near = written(records, customer="C1")
    under(records, near, top)
    done = do(records, TellFamily(number=top, text=NEWS), at=minutes(6))
    assert (done.facts["count"], done.facts["untold"]) == (1, [top, child])
    assert "customers of 1 under order" in fill(done.sentence, done.facts)
    assert [stored(records, n).told_at for n in (top, child, near)] == [
        minutes(6), None, minutes(6),
    ]  # fmt: skip
    promises_kept(records, [top, child, near])
