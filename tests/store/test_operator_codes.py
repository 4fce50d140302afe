"""A code lets in once, for a while, who says it; the store never knew it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import SaveOperator
from store.commands.operator_codes import EnterByCode, OfferCode, UseCode
from store.commands.operator_keys import AddKey, RevokeOperator
from store.domain.errors import BadInput, NotAllowed, OperatorUnknown, Refusal
from store.domain.key_refusals import DeskTakesNone, KeyOfRetired, KeyTaken
from store.domain.one_time_codes import BROWSER, CodeRefused, digest_of, new_code
from store.domain.who import THE_DESK
from store.persistence.tables import metadata
from store.queries.doctor import ExamineDesk
from store.queries.operator_keys import KeysOf
from tests.store.desk import ANA, BO, NINE, a_key, do, minutes, rows

if TYPE_CHECKING:
    from store.records import Records

CODE = "ABCD-EFGH-JKMN-PQRS-TUVW"


def offer(records: Records, code: str = CODE, *, operator: str = "bo", good_for: int = 15) -> None:
    """As an administrator does."""
    until = NINE + timedelta(minutes=good_for)
    do(records, OfferCode(operator=operator, digest=digest_of(code), until=until))


def keys(records: Records) -> list[str]:
    return [key.code for key in records.ask(KeysOf(), who=ANA, at=NINE)]


def test_a_code_is_good_once(records: Records) -> None:
    """However it is typed, at a door that knows nobody yet; said again it is none."""
    offer(records)
    first = UseCode(code="abcd efgh jkmnpqrs-tuvw ", line=a_key(1))
    records.do(first, who=THE_DESK, at=minutes(14), key="once")
    records.do(first, who=THE_DESK, at=minutes(14), key="once")  # its answer had been lost
    for who in (THE_DESK, BO):
        with pytest.raises(CodeRefused):
            do(records, UseCode(code=CODE, line=a_key(2)), who=who, at=minutes(14))
    assert keys(records) == ["bo"]
    assert records.ask(ExamineDesk(), who=ANA, at=NINE) == ()


def test_a_code_grows_old_and_another_takes_its_place(records: Records) -> None:
    """Neither is told apart from one that never was."""
    offer(records)
    with pytest.raises(CodeRefused):
        do(records, UseCode(code=CODE, line=a_key(1)), at=minutes(15))
    offer(records, "2222")
    for code in (CODE, "", "2222 2", "\ud800"):
        with pytest.raises((CodeRefused, BadInput)):
            do(records, UseCode(code=code, line=a_key(1)), at=minutes(1))
    do(records, UseCode(code="2222", line=a_key(1)), at=minutes(1))
    assert keys(records) == ["bo"]


def test_what_cannot_be_taken_leaves_the_code_good(records: Records) -> None:
    """A wrong file is no reason to ask the administrator again."""
    do(records, AddKey(operator="ana", line=a_key(1)))
    offer(records)
    for line in ("hello", a_key(1)):
        with pytest.raises((Refusal, KeyTaken)):
            do(records, UseCode(code=CODE, line=line), at=minutes(1))
    do(records, UseCode(code=CODE, line=a_key(2)), at=minutes(1))
    assert keys(records) == ["ana", "bo"]


def test_only_an_administrator_offers_one(records: Records) -> None:
    """To somebody who works here, for a day at most."""
    until = minutes(15)
    with pytest.raises(NotAllowed, match="may not administer operators"):
        do(records, OfferCode(operator="bo", digest=digest_of(CODE), until=until), who=BO)
    do(records, SaveOperator(code="cy", name="Cy", active=False))
    for operator, why in (("cy", KeyOfRetired), ("system", DeskTakesNone), ("x", OperatorUnknown)):
        with pytest.raises(why):
            offer(records, operator=operator)
    for minute in (0, -1, 24 * 60 + 1):
        with pytest.raises(BadInput):
            offer(records, good_for=minute)
    with pytest.raises(BadInput):
        do(records, OfferCode(operator="bo", digest="ABCD", until=until))
    offer(records)
    do(records, RevokeOperator(operator="bo"))
    with pytest.raises(KeyOfRetired):
        do(records, UseCode(code=CODE, line=a_key(1)), at=minutes(1))


def test_no_table_holds_a_code_that_is_good(records: Records) -> None:
    """Who reads a backup gets in nowhere."""
    code = new_code()
    assert (len(code), len({new_code() for _ in range(100)})) == (24, 100)
    offer(records, code)
    told = repr(
        [rows(records, table) for name, table in metadata.tables.items() if name != "search"]
    )
    assert digest_of(code) in told
    assert code not in told
    assert code.replace("-", "") not in told


def test_of_two_who_say_it_at_once_one_is_let_in(records: Records) -> None:
    """On both databases."""
    offer(records)
    ready, told = threading.Barrier(2), list[str]()

    def use(number: int) -> None:
        ready.wait()
        try:
            do(records, UseCode(code=CODE, line=a_key(number)), who=THE_DESK)
        except Refusal as refusal:
            told.append(type(refusal).__name__)

    both = [threading.Thread(target=use, args=(number,)) for number in (1, 2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert told == ["CodeRefused"]
    assert keys(records) == ["bo"]


def test_a_code_for_browsers_is_good_for_nothing_else(records: Records) -> None:
    """Once, for whom it was made; and one that gives a key opens no page."""
    until = NINE + timedelta(minutes=15)
    offer(records)
    with pytest.raises(CodeRefused):
        do(records, EnterByCode(code=CODE), who=THE_DESK)
    do(records, OfferCode(operator="bo", digest=digest_of(CODE, BROWSER), until=until))
    with pytest.raises(CodeRefused):
        do(records, UseCode(code=CODE, line=a_key(1)))
    with pytest.raises(CodeRefused):
        do(records, EnterByCode(code=CODE), who=THE_DESK, at=until)
    done = do(records, EnterByCode(code=CODE.lower()), who=THE_DESK, at=minutes(14))
    assert done.facts["code"] == "bo"
    with pytest.raises(CodeRefused):
        do(records, EnterByCode(code=CODE), who=THE_DESK)
    assert keys(records) == []


def test_whoever_is_retired_comes_in_by_no_code(records: Records) -> None:
    """Though it was made before he was."""
    until = NINE + timedelta(minutes=15)
    do(records, OfferCode(operator="bo", digest=digest_of(CODE, BROWSER), until=until))
    do(records, RevokeOperator(operator="bo"))
    with pytest.raises(CodeRefused):
        do(records, EnterByCode(code=CODE), who=THE_DESK)
