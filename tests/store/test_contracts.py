"""Contracts of customers: whose level rules, when they end, what became of the renewal."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from store.commands.contracts import DecideRenewal, SaveContract
from store.domain.contract_versions import NOT_SEEN, ContractChanged, FollowedOn
from store.domain.contracts import Outcome, Standing, Term, days_left, standing
from store.domain.errors import BadInput, NotAllowed
from store.domain.who import THE_DESK
from store.persistence.contracts import CONTRACT
from store.queries.caller_card import CardOfCaller
from store.queries.checks import Check
from store.queries.customers import ListContracts, ShowCustomer, StreamCustomers
from store.queries.doctor import ExamineDesk
from store.queries.promised import PromisedNow
from tests.store.desk import ANA, AT_NORTH, BO, NINE, do, minutes, rows, stored, written

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
zones = st.sampled_from(("UTC", "Asia/Shanghai", "America/New_York"))


def signed(records: Records, **told: str) -> None:
    """A contract of 2026 by Shanghai's clock, unless told otherwise."""
    usual = {"customer": "C1", "first": "2026-01-01", "last": "2026-12-31", "level": "critical"}
    do(records, SaveContract(**{**usual, "usual_zone": "Asia/Shanghai", **told}))


def level_of(records: Records, at: datetime) -> str:
    """The level of an order written down then."""
    level = stored(records, written(records, at=at)).level
    return {1: "desk's", 2: "critical"}.get(level or 0, str(level))


def critical(records: Records) -> int:
    """The id of the level that contracts here promise."""
    number = written(records, customer="C2")
    level = stored(records, number).level
    assert level is not None
    return level


def test_a_contract_rules_new_orders_while_it_runs(records: Records) -> None:
    """From its first moment to its last, by the clock of its zone; then the customer's own."""
    signed(records)
    wanted, own = critical(records), None
    for at, rules in (
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 16, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 16, tzinfo=UTC), False),
    ):
        level = stored(records, written(records, at=at)).level
        assert (level == wanted) is rules, at
        if not rules:
            own = own or level
            assert level == own


def test_what_an_order_names_itself_goes_before(records: Records) -> None:
    """As before the customer's own level."""
    signed(records)
    assert stored(records, written(records, level="standard")).level != critical(records)


def test_what_is_promised_and_told_is_what_an_order_gets(records: Records) -> None:
    """Before there is an order, and on the card of who calls."""
    signed(records)
    told = records.ask(PromisedNow(customer="C1", priority=1), who=ANA, at=NINE)
    card = records.ask(CardOfCaller(customer="C1"), who=ANA, at=NINE)
    theirs = records.ask(PromisedNow(customer="C2", priority=1), who=ANA, at=NINE)
    assert told is not None
    assert theirs is not None
    assert card is not None
    assert told.level == theirs.level == card.level


def test_no_two_contracts_hold_at_a_moment(records: Records) -> None:
    """Nor does one end before it begins, or begin without an end."""
    signed(records)
    for told in (
        {"first": "2026-12-31", "last": "2027-06-30"},
        {"first": "2027-02-01", "last": "2027-01-31"},
        {"first": "2027-02-30", "last": "2027-03-31"},
    ):
        with pytest.raises(BadInput):
            signed(records, **told)
    with pytest.raises(BadInput):
        do(records, SaveContract(customer="C2", first="2026-01-01"))
    signed(records, first="2027-01-01", last="2027-12-31")
    assert [one["last_day"] for one in rows(records, CONTRACT)] == ["2026-12-31", "2027-12-31"]


def test_a_longer_term_moves_the_day_of_renewal_with_it(records: Records) -> None:
    """Unless that was set by itself."""
    signed(records)
    signed(records, last="2027-01-31")
    assert rows(records, CONTRACT)[0]["renew_day"] == "2027-01-31"
    signed(records, renew="2026-11-30")
    signed(records, last="2027-02-28")
    assert rows(records, CONTRACT)[0]["renew_day"] == "2026-11-30"
    assert rows(records, CONTRACT)[0]["level_id"] == critical(records)


def test_who_decided_a_renewal_is_kept_and_the_next_term_follows(records: Records) -> None:
    """Under the same level, from the day after."""
    signed(records)
    told = DecideRenewal(customer="C1", outcome="renewed", until="2027-12-31", words="两年")
    do(records, told)
    first, after = rows(records, CONTRACT)
    assert (first["outcome"], first["decided_by"], first["words"]) == (
        "renewed",
        ANA.operator,
        "两年",
    )
    assert first["decided_at"] == NINE
    assert (after["first_day"], after["outcome"]) == ("2027-01-01", "open")
    assert (after["level_id"], after["zone"]) == (first["level_id"], "Asia/Shanghai")
    do(records, DecideRenewal(customer="C1", outcome="open"))
    first, _ = rows(records, CONTRACT)
    assert (first["outcome"], first["decided_by"], first["decided_at"]) == ("open", None, None)
    with pytest.raises(BadInput):
        do(records, DecideRenewal(customer="C1", outcome="lost", until="2028-12-31"))
    with pytest.raises(BadInput):
        do(records, DecideRenewal(customer="C2", outcome="lost"))


def test_who_sees_some_sites_signs_for_none(records: Records) -> None:
    """As with the customer's own level; and a screen on a wall signs nothing."""
    with pytest.raises(NotAllowed):
        do(
            records,
            SaveContract(customer="C1", first="2026-01-01", last="2026-12-31"),
            who=AT_NORTH,
        )


def test_the_doctor_sees_a_contract_that_nobody_saved_so(records: Records) -> None:
    """Ids, days and outcomes are told with their values."""
    signed(records)
    assert not [f for f in records.ask(ExamineDesk(), who=THE_DESK, at=NINE) if _of(f.check)]
    with records.database.writing() as conn:
        conn.execute(update(CONTRACT).values(last_day="2030-12-31"))
    (found,) = [f for f in records.ask(ExamineDesk(), who=THE_DESK, at=NINE) if _of(f.check)]
    assert found.facts["fields"] == "last_day"


def _of(check: Check) -> bool:
    return check in {Check.REGISTER, Check.REGISTER_UNTOLD, Check.REGISTER_GONE}


@given(days, days, zones, st.datetimes(timezones=st.just(UTC)), st.sampled_from(Outcome))
def test_a_contract_stands_in_one_way(
    one: date, other: date, zone: str, at: datetime, outcome: Outcome
) -> None:
    """It is running within its term, over after it; ending only while nobody decided."""
    first, last = sorted((one, other))
    term = Term(first=first, last=last, zone=zone)
    assert term.starts_at < term.ends_at
    stands = standing(term.starts_at, term.ends_at, outcome, at=at)
    if at < term.starts_at:
        assert stands is Standing.AHEAD
    elif outcome is not Outcome.OPEN:
        assert stands is (Standing.RUNNING if at < term.ends_at else Standing.OVER)
    else:
        near = days_left(term.ends_at, at=at) < 60
        assert (stands is Standing.ENDING) is (near or at == term.ends_at)


def test_nobody_overwrites_what_another_told_unseen(records: Records) -> None:
    """Who told it, when and what stands in the refusal; with its version it is done."""
    signed(records)
    lost = DecideRenewal(customer="C1", outcome="lost", words="to a rival", version=NOT_SEEN)
    do(records, lost)
    do(records, lost, who=BO, at=minutes(1))
    assert rows(records, CONTRACT)[0]["decided_by"] == ANA.operator
    for command in (
        DecideRenewal(customer="C1", outcome="renewed", until="2027-12-31", version=NOT_SEEN),
        DecideRenewal(customer="C1", outcome="renewed", version="00000000"),
        SaveContract(customer="C1", last="2026-10-31", version=NOT_SEEN),
    ):
        with pytest.raises(ContractChanged) as refused:
            do(records, command, who=BO, at=minutes(2))
        told = refused.value.facts
        assert (told["by"], told["changed_at"], told["outcome"]) == ("Ana", NINE, "lost")
    assert len(rows(records, CONTRACT)) == 1
    (line,) = records.ask(ListContracts(), who=BO, at=NINE)
    seen = DecideRenewal(customer="C1", outcome="renewed", version=line.version)
    do(records, seen, who=BO, at=minutes(3))
    again = DecideRenewal(customer="C1", outcome="lost", version=line.version)
    with pytest.raises(ContractChanged):
        do(records, again)
    own = DecideRenewal(customer="C1", outcome="open", version=NOT_SEEN)
    do(records, own, who=BO, at=minutes(4))
    same = SaveContract(customer="C1", last="2026-12-31", version=NOT_SEEN)
    assert do(records, same, at=minutes(5)).seq == 0


def test_of_two_who_decide_at_once_one_is_told(records: Records) -> None:
    """On PostgreSQL, too, where the second waits for the first."""
    signed(records)
    told: list[str] = []

    def decide(who: Who, outcome: str) -> None:
        command = DecideRenewal(customer="C1", outcome=outcome, version=NOT_SEEN)
        try:
            do(records, command, who=who, at=minutes(1))
        except ContractChanged as refused:
            told.append(refused.facts["by"])

    threads = [
        threading.Thread(target=decide, args=one) for one in ((ANA, "lost"), (BO, "renewed"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    (contract,) = rows(records, CONTRACT)
    assert told == ["Ana" if contract["decided_by"] == ANA.operator else "Bo"]


def test_what_is_lost_does_not_go_on(records: Records) -> None:
    """The contract that follows is taken away; one that has begun is told of by itself."""
    signed(records)
    renewed = DecideRenewal(customer="C1", outcome="renewed", until="2027-12-31")
    do(records, renewed)
    done = do(records, DecideRenewal(customer="C1", outcome="lost"), at=minutes(1))
    assert done.facts["first"] == "2027-01-01"
    assert [one["outcome"] for one in rows(records, CONTRACT)] == ["lost"]
    assert not [f for f in records.ask(ExamineDesk(), who=THE_DESK, at=NINE) if _of(f.check)]
    do(records, renewed, at=minutes(2))
    begun = datetime(2027, 2, 1, tzinfo=UTC)
    lost = DecideRenewal(customer="C1", first="2026-01-01", outcome="lost")
    with pytest.raises(FollowedOn):
        do(records, lost, at=begun)
    assert [one["outcome"] for one in rows(records, CONTRACT)] == ["renewed", "open"]


def test_it_is_known_by_its_last_day_whether_a_contract_goes_on(records: Records) -> None:
    """A later day of renewal is refused; a shorter term brings it forward."""
    signed(records)
    with pytest.raises(BadInput):
        signed(records, renew="2027-01-01")
    signed(records, renew="2026-11-30")
    signed(records, last="2026-10-31")
    assert rows(records, CONTRACT)[0]["renew_day"] == "2026-10-31"


def test_what_was_said_of_a_renewal_is_the_desks(records: Records) -> None:
    """Who sees some sites sees how the contract stands, and no words."""
    signed(records)
    written(records, site="N1")
    do(records, DecideRenewal(customer="C1", outcome="lost", words="secret price"))
    for who, words in ((ANA, "secret price"), (AT_NORTH, "")):
        (line,) = records.ask(ListContracts(), who=who, at=NINE)
        sheet = records.ask(ShowCustomer(customer="C1"), who=who, at=NINE)
        assert sheet is not None
        assert (line.outcome, line.words) == ("lost", words)
        assert [one.words for one in sheet.contracts] == [words]


def test_the_register_tells_the_contract_in_force(records: Records) -> None:
    """Else the next, else the last, with its zone and its outcome."""
    for year in (2026, 2027, 2029):
        signed(records, first=f"{year}-01-01", last=f"{year}-12-31")
    do(records, DecideRenewal(customer="C1", first="2029-01-01", outcome="lost"))
    for now, year in ((2020, 2026), (2026, 2026), (2027, 2027), (2028, 2029), (2031, 2029)):
        at = datetime(now, 6, 1, tzinfo=UTC)
        one, other = records.ask(StreamCustomers(), who=THE_DESK, at=at)[:2]
        assert (one.code, one.first_day, one.zone) == ("C1", f"{year}-01-01", "Asia/Shanghai")
        assert one.outcome == ("lost" if year == 2029 else "open")
        assert (other.first_day, other.zone, other.outcome) == ("", "", "")
