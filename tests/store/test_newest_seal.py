"""The newest seal cannot be taken away or made again unseen, not even by sealing once more."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select, text, update

from store.commands import NoteOrder
from store.domain.who import THE_DESK
from store.persistence import marks, migrate, migrations
from store.persistence.marks import META
from store.persistence.seals import SEAL
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, Finding
from store.records import open_records
from tests.budget import tries
from tests.prepared import KINDS
from tests.store.desk import do, furnish, minutes, rows, written
from tests.store.desks import a_desk
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from store.records import Records

GONE = "DELETE FROM seal WHERE id = (SELECT max(id) FROM seal)"
REPLACED = "UPDATE seal SET hash = 'redone' WHERE id = (SELECT max(id) FROM seal)"
UNMARKED = "DELETE FROM store_meta WHERE name = 'newest_seal'"
ALL = "DELETE FROM seal"
BEFORE = 10
"""The release whose programs sealed without a mark."""


def _sealed(records: Records) -> None:
    number = written(records)
    seal(records, 10)
    do(records, NoteOrder(number=number, text="later"))
    seal(records, 20)
    assert len(rows(records, SEAL)) == 2


sealed = a_desk(_sealed)
"""A desk whose journal was sealed twice."""


def seal(records: Records, minute: int) -> int:
    """Seal the journal; how many entries that were."""
    with records.work(who=THE_DESK, at=minutes(minute)) as work:
        return work.seal()


def harm(records: Records, *statements: str) -> None:
    """Change the store behind the desk's back."""
    with records.database.writing() as conn:
        for statement in statements:
            conn.execute(text(statement))


def found(records: Records) -> list[Finding]:
    """What is told of seals made last."""
    told = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(99))
    return [f for f in told if f.check.startswith("seal_")]


def lost(records: Records) -> str | None:
    """What is kept of a seal that was lost."""
    with records.database.reading() as conn:
        return marks.find(conn, marks.SEAL_LOST)


def test_honest_seals_are_never_missed(records: Records) -> None:
    """Before the first, after each, and where there was nothing to seal."""
    for minute in range(3):
        assert found(records) == []
        seal(records, minute)
        seal(records, minute)
        written(records)
    assert found(records) == []
    assert lost(records) is None


@pytest.mark.parametrize(
    ("harms", "at_once", "kept"),
    [
        ((GONE,), Check.SEAL_GONE, Check.SEAL_LOST),
        ((ALL,), Check.SEAL_GONE, Check.SEAL_LOST),
        ((REPLACED,), Check.SEAL_GONE, Check.SEAL_LOST),
        ((GONE, UNMARKED), Check.SEAL_UNKNOWN, Check.SEAL_MARK_LOST),
        ((ALL, UNMARKED), Check.SEAL_UNKNOWN, Check.SEAL_MARK_LOST),
        ((UNMARKED,), Check.SEAL_UNKNOWN, Check.SEAL_MARK_LOST),
    ],
)
def test_a_newest_seal_deleted_or_replaced_is_told_for_good(
    sealed: Records, harms: tuple[str, ...], at_once: Check, kept: Check
) -> None:
    """At once, and still when paidan has sealed the same entries and others again."""
    harm(sealed, *harms)
    assert [f.check for f in found(sealed)] == [at_once]
    seal(sealed, 30)
    written(sealed)
    seal(sealed, 40)
    (finding,) = found(sealed)
    assert finding.check is kept
    assert finding.facts["at"] == minutes(30)
    assert not CHECKS[kept].mendable


def test_what_was_lost_is_named(sealed: Records) -> None:
    """Which seal, and how far it reached: so far a backup can be compared."""
    second = rows(sealed, SEAL)[1]
    harm(sealed, GONE)
    told = {"seal": second["id"], "seq": second["last_seq"]}
    assert [f.facts for f in found(sealed)] == [told]
    seal(sealed, 30)
    assert [f.facts for f in found(sealed)] == [{**told, "at": minutes(30)}]


def test_sealing_nothing_looks_too(sealed: Records) -> None:
    """A quiet night must not hide what was changed in it."""
    while seal(sealed, 25):
        pass
    harm(sealed, REPLACED)
    assert seal(sealed, 30) == 0
    assert Check.SEAL_LOST in [f.check for f in found(sealed)]


def test_the_first_loss_stays_the_one_that_is_kept(sealed: Records) -> None:
    """A second one cannot paint it over; until more is sealed both are told."""
    harm(sealed, GONE)
    seal(sealed, 30)
    first = lost(sealed)
    harm(sealed, REPLACED)
    assert [f.check for f in found(sealed)] == [Check.SEAL_LOST, Check.SEAL_GONE]
    seal(sealed, 40)
    harm(sealed, GONE, UNMARKED)
    seal(sealed, 50)
    assert lost(sealed) == first


@pytest.mark.parametrize("sealed", KINDS[: tries(1, 2)], indirect=True)  # no database reads it
@pytest.mark.parametrize("mark", ["", "x", "1:", "1:2:3:4", "9" * 40, "１:２:"])
def test_a_mark_that_says_nothing_stops_neither_sealing_nor_the_doctor(
    sealed: Records, mark: str
) -> None:
    """Whoever can write the store can write anything there."""
    for name in (marks.NEWEST_SEAL, marks.SEAL_LOST):
        with sealed.database.writing() as conn:
            conn.execute(delete(META).where(META.c.name == marks.SEAL_LOST))
            marks.keep(conn, name, mark)
        assert found(sealed) != []
        written(sealed)
        seal(sealed, 30)
        assert found(sealed) != []


def test_a_seal_and_its_mark_stand_or_fall_together(records: Records) -> None:
    """Else a crash between them would look like a deed."""
    written(records)
    with suppress(ZeroDivisionError), records.work(who=THE_DESK, at=minutes(1)) as work:
        assert work.seal() > 0 or records.database.kind == "postgresql"
        raise ZeroDivisionError
    assert rows(records, SEAL) == []
    assert found(records) == []


@pytest.mark.parametrize("filled", [True, False])
def test_a_store_of_the_release_before_gets_its_mark(store_url: str, filled: bool) -> None:
    """Its newest seal is taken for the last one made; nothing is found, and more is sealed."""
    records = open_records(store_url, feed=False)
    furnish(records)
    if filled:
        seal(records, 1)
    with records.database.writing() as conn:
        wind_back(conn, to=BEFORE)
        conn.execute(update(META).where(META.c.name == "min_writer").values(value=str(BEFORE)))
    records.close()
    records = open_records(store_url, feed=False)
    # An older program would seal and leave the mark behind, and the next look would cry wolf.
    assert migrate.standing_of(records.database).min_writer == migrations.MIN_WRITER > BEFORE
    assert found(records) == []
    written(records)
    seal(records, 2)
    seal(records, 3)
    assert found(records) == []
    with records.database.writing() as conn:
        conn.execute(update(SEAL).values(hash="redone"))
        assert conn.execute(select(SEAL.c.id)).first() is not None
    assert [f.check for f in found(records)] == [Check.SEAL_GONE]
    records.close()
