"""Keys of operators: one owner each, revoked for ever, and told of to everybody at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveOperator
from store.commands.operator_keys import MOST, AddKey, RevokeKey, RevokeOperator
from store.domain.errors import BadInput, NameUnknown, NotAllowed, OperatorUnknown
from store.domain.key_refusals import DeskTakesNone, KeyOfRetired, KeyTaken, KeyWasRevoked
from store.domain.operator_keys import KeyRefused, read_key
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.persistence.registers import KEPT
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from store.queries.operator_keys import KeyLine, KeysOf
from tests.store.desk import AT_NORTH, NINE, a_key, do, minutes, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command
    from store.records import Records

ONE, TWO = read_key(a_key(1)).fingerprint, read_key(a_key(2)).fingerprint


def keys(records: Records, **asked: Any) -> list[KeyLine]:
    """What a door is told."""
    return list(records.ask(KeysOf(**asked), who=THE_DESK, at=NINE))


def test_a_key_tells_who_comes(records: Records) -> None:
    """With the comment of its file, and nothing for one that nobody gave."""
    do(records, SaveOperator(code="bo", name="Bo", sites=("N1",)))
    do(records, AddKey(operator="bo", line=f"{a_key(1)} bo@home\n"), at=minutes(3))
    (key,) = keys(records, fingerprint=ONE)
    assert (key.code, key.name, key.role, key.sites) == ("bo", "Bo", "dispatcher", ("N1",))
    assert (key.comment, key.added_at, key.revoked_at) == ("bo@home", minutes(3), None)
    assert f"{key.kind} {key.body}" == a_key(1)
    assert not key.revoked
    assert keys(records, fingerprint=TWO) == []
    assert keys(records, operator="ana") == []


def test_a_revoked_key_is_nobodys_for_ever(records: Records) -> None:
    """Neither his nor another's; it is still known for whose it was."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    do(records, AddKey(operator="bo", line=a_key(2)))
    do(records, RevokeKey(operator="bo", fingerprint=ONE), at=minutes(5))
    assert [(key.revoked, key.revoked_at) for key in keys(records, operator="bo")] == [
        (True, minutes(5)),
        (False, None),
    ]
    for code in ("bo", "ana"):
        with pytest.raises(KeyWasRevoked):
            do(records, AddKey(operator=code, line=a_key(1)))
    with pytest.raises(KeyWasRevoked):
        do(records, RevokeKey(operator="bo", fingerprint=ONE), at=minutes(6))
    assert keys(records, fingerprint=ONE)[0].revoked_at == minutes(5)


def test_who_is_revoked_gets_in_by_no_key(records: Records) -> None:
    """Not when he is made active again either, nor by a key that he had before he retired."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    do(records, SaveOperator(code="bo", name="Bo", active=False))
    assert keys(records, fingerprint=ONE)[0].revoked, "retired by other means"
    with pytest.raises(KeyOfRetired):
        do(records, AddKey(operator="bo", line=a_key(2)))
    done = do(records, RevokeOperator(operator="bo"), at=minutes(4))
    assert done.facts == {"code": "bo", "keys": 1}
    do(records, SaveOperator(code="bo", name="Bo"))
    (key,) = keys(records, operator="bo")
    assert (key.retired, key.revoked) == (False, True)
    assert do(records, RevokeOperator(operator="bo")).facts == {"code": "bo", "keys": 0}
    (key,) = keys(records, operator="bo")
    assert (key.retired, key.revoked_at) == (True, minutes(4))


REFUSED: dict[str, tuple[Command, type[Exception]]] = {
    "no key": (AddKey(operator="ana", line="hello"), KeyRefused),
    "another's": (AddKey(operator="ana", line=a_key(1)), KeyTaken),
    "his own again": (AddKey(operator="bo", line=f"{a_key(1)} other words"), KeyTaken),
    "nobody": (AddKey(operator="zed", line=a_key(2)), OperatorUnknown),
    "the desk": (AddKey(operator="system", line=a_key(2)), DeskTakesNone),
    "revoke the desk": (RevokeOperator(operator="system"), DeskTakesNone),
    "revoke nobody": (RevokeOperator(operator="zed"), OperatorUnknown),
    "not hers": (RevokeKey(operator="ana", fingerprint=ONE), NameUnknown),
    "not known": (RevokeKey(operator="bo", fingerprint=TWO), NameUnknown),
    "empty": (RevokeKey(operator="bo", fingerprint=" "), BadInput),
}


@pytest.mark.parametrize(("command", "why"), REFUSED.values(), ids=REFUSED)
def test_what_would_give_a_key_wrongly_changes_nothing(
    records: Records, command: Command, why: type[Exception]
) -> None:
    """Refused with its reason, and nothing is journalled."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    before = keys(records), records.head()
    with pytest.raises(why):
        do(records, command)
    assert (keys(records), records.head()) == before


def test_who_sees_some_sites_gives_and_takes_no_keys(records: Records) -> None:
    """Operators are the whole desk's."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    for command in (
        AddKey(operator="bo", line=a_key(2)),
        RevokeKey(operator="bo", fingerprint=ONE),
        RevokeOperator(operator="ana"),
    ):
        with pytest.raises(NotAllowed):
            do(records, command, who=AT_NORTH)
    assert [key.revoked for key in keys(records)] == [False]


def test_nobody_hoards_keys(records: Records) -> None:
    """A revoked one makes room."""
    for number in range(MOST):
        do(records, AddKey(operator="bo", line=a_key(number + 1)))
    with pytest.raises(BadInput, match="there are 20 already"):
        do(records, AddKey(operator="bo", line=a_key(99)))
    do(records, RevokeKey(operator="bo", fingerprint=ONE))
    do(records, AddKey(operator="bo", line=a_key(99)))


def test_the_journal_keeps_whose_each_key_is(records: Records) -> None:
    """A key moved to another, or brought back, behind it is found; no comment is hashed."""
    do(records, AddKey(operator="bo", line=f"{a_key(1)} bo@home"))
    do(records, AddKey(operator="ana", line=a_key(2)))
    do(records, RevokeKey(operator="ana", fingerprint=TWO))
    told = [row["body"] for row in rows(records, JOURNAL, fact="register_edited")]
    assert "bo@home" not in repr(told)

    def found() -> list[tuple[Check, Any]]:
        findings = records.ask(ExamineDesk(), who=THE_DESK, at=NINE)
        return [(one.check, one.facts.get("fields")) for one in findings if "fields" in one.facts]

    assert found() == []
    with records.database.writing() as conn:
        conn.exec_driver_sql("UPDATE operator_key SET operator_id = 3, revoked_at = NULL")
    assert found() == [(Check.REGISTER, "operator_id"), (Check.REGISTER, "revoked_at")]


def test_two_who_give_one_key_at_once_give_it_to_one(records: Records) -> None:
    """The other is told whose it is."""
    ready, told = threading.Barrier(2), []

    def give(code: str) -> None:
        ready.wait()
        try:
            told.append(do(records, AddKey(operator=code, line=a_key(1))).facts["code"])
        except KeyTaken as taken:
            told.append(taken)

    both = [threading.Thread(target=give, args=(code,)) for code in ("ana", "bo")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    (owner,) = [key.code for key in keys(records)]
    (refusal,) = [one for one in told if isinstance(one, KeyTaken)]
    assert (owner in told, refusal.facts["code"]) == (True, owner)


@pytest.mark.parametrize(
    "revoke",
    [
        lambda: RevokeKey(operator="bo", fingerprint=ONE),
        lambda: RevokeOperator(operator="bo"),
        lambda: SaveOperator(code="bo", name="Bo", active=False),
    ],
    ids=["key", "operator", "retired"],
)
def test_who_listens_hears_that_a_key_is_revoked(
    records: Records, revoke: Callable[[], Command]
) -> None:
    """Nobody has to ask again and again whether a session may go on."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    heard = threading.Event()

    def listen(_news: object) -> None:
        if keys(records, fingerprint=ONE)[0].revoked:
            heard.set()

    records.on_change(listen)
    records.follow()
    assert not heard.is_set()
    do(records, revoke())
    assert heard.wait(20)


def test_a_key_is_never_taken_out(records: Records) -> None:
    """Its row says whose it was."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    do(records, RevokeOperator(operator="bo"))
    (row,) = rows(records, KEPT["operator_key"])
    assert row["fingerprint"] == ONE
