"""Who sits at a console is who the account says, or who was named; never a stranger."""

from __future__ import annotations

import contextlib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.demo.build import make_desk
from console.demo.seats import NEXT, SEAT, name_operators, second_console
from console.sitting import full_name, sit_down
from store.commands.handover import AcceptHandover, OfferHandover, TickRisks
from store.commands.operators import SaveOperator
from store.domain.errors import OperatorGone, OperatorUnknown, StoreBusy
from store.domain.handover import Part
from store.domain.who import THE_DESK
from store.persistence import sqlite
from store.queries.handover import ShowHandover
from store.queries.people import OperatorNamed, Operators
from store.records import open_records
from tests.console.faulty_desk import console
from tests.journeys.desk import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """A new store."""
    records = open_records(tables_url, feed=False)
    yield records
    records.close()


def test_an_account_becomes_an_operator_once(records: Records) -> None:
    """The trace must tell people apart from the first day, without a word of set-up."""
    first = sit_down(records, "li.wei", named=False, at=MONDAY)
    again = sit_down(records, "li.wei", named=False, at=MONDAY)
    assert (first.code, first.name, first.new) == ("li.wei", "li.wei", True)
    assert (again.who, again.new) == (first.who, False)
    other = sit_down(records, "zhao", named=False, at=MONDAY)
    assert other.who.operator != first.who.operator


@pytest.mark.slow
def test_nobody_of_the_sample_is_taken_for_the_newcomer(records: Records) -> None:
    """Who filled his desk with the sample is himself at the next start, whatever he is called."""
    before = sit_down(records, "ana", named=False, at=MONDAY)
    make_desk(records, at=MONDAY)
    after = sit_down(records, "ana", named=False, at=MONDAY)
    assert (after.who, after.name) == (before.who, "ana")
    assert sit_down(records, "bo", named=False, at=MONDAY).name == "bo"


def test_who_was_named_must_be_there(records: Records) -> None:
    """A typing error must not put somebody else's name under what is done."""
    records.do(SaveOperator(code="bo", name="Bo"), who=THE_DESK, at=MONDAY)
    assert sit_down(records, "bo", named=True, at=MONDAY).name == "Bo"
    with pytest.raises(OperatorUnknown, match="paidan list operators"):
        sit_down(records, "bob", named=True, at=MONDAY)
    known = {one.code for one in records.ask(Operators(), who=THE_DESK, at=MONDAY)}
    assert known == {"bo", "desk"}


def test_a_retired_account_is_not_let_in_again(records: Records) -> None:
    """Whoever switched it off meant it."""
    for active in (True, False):
        command = SaveOperator(code="bo", name="Bo", active=active)
        records.do(command, who=THE_DESK, at=MONDAY)
    with pytest.raises(OperatorGone):
        sit_down(records, "bo", named=False, at=MONDAY)


def test_an_account_that_cannot_be_an_operator_gets_the_desks(records: Records) -> None:
    """Nothing to see is no name; the desk is worked all the same."""
    assert sit_down(records, "\u200b", named=False, at=MONDAY).code == "desk"


def test_a_busy_store_seats_nobody_as_somebody_else(sqlite_url: str) -> None:
    """The lock goes by, and what the newcomer then does would be in another's name."""
    records = open_records(sqlite_url, feed=False)
    records.do(SaveOperator(code="boss", name="The Boss"), who=THE_DESK, at=MONDAY)
    records.database.patience = 0.1
    path = sqlite.path_of(records.database.url)
    with contextlib.closing(sqlite.dial(path, patience=1, query_only=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            sit_down(records, "newcomer", named=False, at=MONDAY)
        other.execute("ROLLBACK")
    assert sit_down(records, "newcomer", named=False, at=MONDAY).code == "newcomer"
    records.close()


def test_an_account_without_a_person_behind_it_has_its_own_name() -> None:
    """Accounts of directories and containers have no entry to read a name from."""
    assert full_name("nobody-has-this-account") == "nobody-has-this-account"


def test_the_first_start_says_who_sits_here(tmp_path: Path) -> None:
    """And the status line says it from then on; a name that is not there ends the console."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with console(url, tmp_path, operator=None, env={"USER": "li.wei"}) as desk:
        desk.sees("you sit here as li.wei", timeout=30)
        assert "li.wei" in desk.line(0)
    with console(url, tmp_path, operator="li.wie") as desk:
        assert desk.exit_code(30) == 1
        desk.sees("no operator called “li.wie”")


def test_a_demo_can_be_handed_over(records: Records) -> None:
    """Nobody takes it from himself; the command for the other terminal names who may."""
    name_operators(records, MONDAY)
    here, after = (
        records.ask(OperatorNamed(code=code), who=THE_DESK, at=MONDAY) for code in (SEAT, NEXT)
    )
    records.do(OfferHandover(), who=here, at=MONDAY)
    offer = records.ask(ShowHandover(), who=after, at=MONDAY)
    ticked = tuple(line.number for line in offer.lines if line.part is Part.RISK)
    held = offer.id or 0
    records.do(TickRisks(handover=held, numbers=ticked), who=after, at=MONDAY)
    assert records.do(AcceptHandover(handover=held), who=after, at=MONDAY).seq


def test_the_command_for_the_other_terminal_can_be_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no shell finds the program, and in the language of this one."""
    words = shlex.split(second_console("sqlite:////tmp/a b/demo.db"))
    assert words == ["paidan", "--db", "/tmp/a b/demo.db", "--as", NEXT]
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", ["my tools/paidan", "demo"])
    i18n.use("zh_CN")
    try:
        words = shlex.split(second_console("sqlite:////tmp/demo.db"))
    finally:
        i18n.use("en")
    assert words[0] == str(Path.cwd() / "my tools" / "paidan")
    assert words[-2:] == ["--lang", "zh_CN"]
