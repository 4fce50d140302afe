"""From where and by which key somebody came is kept with all that he did; it ends with the key."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.commands import NoteOrder, SaveRegion, SetBackups, SetFigure
from store.commands.operator_keys import AddKey, RevokeKey
from store.domain.errors import OutOfReach
from store.domain.key_refusals import KeyGone
from store.domain.operator_keys import read_key
from store.domain.who import CERTIFIED, THE_DESK, Origin, Who, came_through
from store.persistence.journal import JOURNAL
from store.queries.backups import Backups
from store.queries.board import QueueCounts
from store.queries.card import Trace
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import ANA, BO, NINE, a_key, do, rows, written

if TYPE_CHECKING:
    from store.records import Records

ONE, TWO = read_key(a_key(1)).fingerprint, read_key(a_key(2)).fingerprint
FROM = Origin(key=ONE, address="203.0.113.7")
FAR = Who(operator=BO.operator, via="ssh", origin=FROM)


@pytest.fixture
def keyed(records: Records) -> Records:
    """Each has a key."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    do(records, AddKey(operator="ana", line=a_key(2)))
    return records


@pytest.mark.parametrize("origin", [FROM, Origin(), Origin(key=ONE), Origin(address="::1"), None])
def test_what_is_written_is_read_again(origin: Origin | None) -> None:
    """With a key, an address, both or neither."""
    assert came_through(replace(FAR, origin=origin).through) == ("ssh", origin)
    assert came_through("of later days, or older") == ("of later days, or older", None)
    assert came_through(Who(operator=1, via="cli").through) == ("cli", None)


def test_the_journal_keeps_key_and_address(keyed: Records) -> None:
    """Of orders and of the desk itself, under the hash; administrators read it, and oneself."""
    number = written(keyed)
    do(keyed, NoteOrder(number=number, text="x"), who=FAR)
    do(keyed, SaveRegion(code="R", name="R"), who=FAR)
    far = [row for row in rows(keyed, JOURNAL) if row["via"] == f"ssh 203.0.113.7 {ONE}"]
    assert [(row["by"], row["fact"]) for row in far] == [(4, "noted"), (4, "register_edited")]
    for who, origin in ((ANA, FROM), (FAR, FROM), (Who(operator=2), FROM)):
        entry = keyed.ask(Trace(number=number), who=who, at=NINE)[-1]
        assert (entry.via, entry.origin) == ("ssh", origin)
    do(keyed, NoteOrder(number=number, text="y"), who=replace(ANA, via="ssh", origin=Origin()))
    assert [one.origin for one in keyed.ask(Trace(number=number), who=BO, at=NINE)][-2:] == [
        FROM,
        None,
    ], "where a colleague sat is not told to everybody"
    assert keyed.ask(ExamineOrders(), who=ANA, at=NINE).findings == ()
    assert keyed.ask(ExamineDesk(), who=ANA, at=NINE) == ()
    with keyed.database.writing() as conn:
        conn.exec_driver_sql(
            f"UPDATE journal SET via = 'ssh 198.51.100.1 {ONE}' WHERE fact = 'noted' AND by = 4"
            if keyed.database.kind == "sqlite"
            else "UPDATE journal SET via = 'ssh' WHERE fact = 'noted' AND by = 4"
        )
    assert keyed.ask(ExamineOrders(), who=ANA, at=NINE).findings


def test_an_import_over_a_line_is_still_an_import(keyed: Records) -> None:
    """Whatever it came through, nobody at the desk has done it."""
    assert not replace(FAR, via="import").acts
    assert replace(FAR, via="import").through.split(" ")[0] == "import"


def test_a_session_ends_with_its_key(keyed: Records) -> None:
    """Not with another key of his, nor by one that is somebody else's."""
    keyed.ask(QueueCounts(), who=FAR, at=NINE)
    stolen = replace(FAR, origin=Origin(key=TWO))
    for who in (stolen, replace(FAR, origin=Origin(key="SHA256:none"))):
        with pytest.raises(KeyGone):
            keyed.ask(QueueCounts(), who=who, at=NINE)
    do(keyed, RevokeKey(operator="bo", fingerprint=ONE))
    number = written(keyed)
    with pytest.raises(KeyGone, match=re.escape(ONE)):
        keyed.ask(QueueCounts(), who=FAR, at=NINE)
    with pytest.raises(KeyGone):
        do(keyed, NoteOrder(number=number, text="x"), who=FAR)
    with pytest.raises(KeyGone):
        keyed.rehearse([SetFigure(figure="rest", value=9)], who=FAR, at=NINE)
    keyed.ask(QueueCounts(), who=BO, at=NINE)
    assert THE_DESK.origin is None


def test_a_key_that_a_certificate_vouches_for_need_not_be_known_but_not_revoked(
    keyed: Records,
) -> None:
    """By whomever it was revoked: it may be in any hands."""
    vouched = replace(FAR, origin=Origin(key=f"{TWO}{CERTIFIED}5"))
    keyed.ask(QueueCounts(), who=vouched, at=NINE)
    do(keyed, RevokeKey(operator="ana", fingerprint=TWO))
    with pytest.raises(KeyGone):
        keyed.ask(QueueCounts(), who=vouched, at=NINE)
    with pytest.raises(KeyGone):
        keyed.ask(QueueCounts(), who=replace(FAR, origin=Origin(key="SHA256:none")), at=NINE)


def test_over_a_line_nobody_says_where_backups_go(records: Records) -> None:
    """A folder is one of the machine that holds the store; that there be none may be said."""
    far = replace(THE_DESK, via="ssh", origin=Origin(address="203.0.113.7"))
    with pytest.raises(OutOfReach):
        do(records, SetBackups(folder="/backups"), who=far)
    do(records, SetBackups(folder="/backups"), who=THE_DESK)
    do(records, SetBackups(every_min=120), who=far)
    assert records.ask(Backups(), who=THE_DESK, at=NINE).plan.folder == "/backups"
    do(records, SetBackups(folder=""), who=far)
    assert records.ask(Backups(), who=THE_DESK, at=NINE).plan.folder == ""
