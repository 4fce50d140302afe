"""Who may make whom what; and that one stays who can."""

from __future__ import annotations

import re
import threading
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import HANDLERS, RIGHTS, SaveOperator, SaveSite, SetAutomatic, SetFigure, Undo
from store.commands.operator_keys import AddKey, EnrolOperator, RevokeOperator
from store.commands.operators import AppointOperator, WelcomeOperator
from store.domain.errors import BadInput, NotAllowed, OperatorGone, OperatorUnknown, Refusal
from store.domain.key_refusals import DeskTakesNone, KeyTaken
from store.domain.operator_keys import KeyRefused
from store.domain.operator_refusals import LastAdministrator, OperatorThere, OwnRole, RoleAbove
from store.domain.who import GIVEN, THE_DESK, Right, Role, Who
from store.domain.who import RIGHTS as OF_ROLES
from store.persistence.journal import JOURNAL
from store.queries.operator_keys import KeysOf
from store.queries.people import ListOperators, OperatorNamed
from store.records import open_records
from tests.store.desk import ANA, AT_NORTH, BO, NINE, a_key, do, rows
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.queries.people import OperatorLine
    from store.records import Records

DESK = Who(operator=2)


def line(records: Records, code: str) -> OperatorLine:
    """An operator as the register has him."""
    found = records.ask(ListOperators(), who=THE_DESK, at=NINE)
    return next(one for one in found if one.code == code)


def test_every_right_is_somebodys_and_no_role_has_them_all() -> None:
    """Each role may do more than the one before it; only the program fires timers."""
    for less, more in pairwise(GIVEN):
        assert OF_ROLES[less] < OF_ROLES[more]
    assert set(Right) - OF_ROLES[GIVEN[-1]] == {Right.FIRE}
    alone = {right for right in Right if [r for r in GIVEN if right in OF_ROLES[r]] == [GIVEN[-1]]}
    assert alone == {Right.ADMINISTER}
    named = {command for command, right in RIGHTS.items() if right is Right.ADMINISTER}
    called = re.compile("Operator$|Key$|OfferCode|SetBackups|SendNotice|EndSession|ExceptionLimit$")
    assert named == {command for command in HANDLERS if called.search(command.__name__)}


POWERS: dict[str, Command] = {
    "role": SaveOperator(code="bo", name="Bo", role="administrator"),
    "appointed": AppointOperator(operator="bo", role="administrator"),
    "sites": AppointOperator(operator="bo", everywhere=True),
    "friend": EnrolOperator(code="cy", name="Cy", role="dispatcher", key=a_key(1)),
    "guest": WelcomeOperator(code="cy", name="Cy"),
    "key": AddKey(operator="ana", line=a_key(1)),
    "rival": RevokeOperator(operator="ana"),
}


@pytest.mark.parametrize("command", POWERS.values(), ids=POWERS)
@pytest.mark.parametrize("role", [role for role in GIVEN if role is not Role.ADMINISTRATOR])
def test_who_does_not_administer_makes_nobody_anything(
    records: Records, command: Command, role: Role
) -> None:
    """Himself least of all, whatever he says he is."""
    do(records, AppointOperator(operator="bo", role=role.value))
    head = records.head()
    for claim in Role:
        with pytest.raises(NotAllowed, match="may not administer operators"):
            records.do(command, who=Who(operator=BO.operator, role=claim), at=NINE)
    assert records.head() == head


def test_an_administrator_of_some_sites_administers_nobody(records: Records) -> None:
    """Operators are the whole desk's."""
    do(records, AppointOperator(operator="bo", role="administrator", sites=("N1",)))
    for command in POWERS.values():
        with pytest.raises(NotAllowed, match="may not administer operators"):
            do(records, command, who=BO)
    assert records.ask(KeysOf(), who=BO, at=NINE) == ()


def test_nobody_changes_his_own_role_or_sites(records: Records) -> None:
    """Neither up nor down; his name he may."""
    for command in (
        SaveOperator(code="ana", name="Ana", role="dispatcher"),
        SaveOperator(code="ana", name="Ana", active=False),
        AppointOperator(operator="ana", role="supervisor"),
        AppointOperator(operator="ana", sites=("N1",)),
        RevokeOperator(operator="ana"),
    ):
        with pytest.raises(OwnRole, match="another administrator"):
            do(records, command)
    do(records, SaveOperator(code="ana", name="Ana Silva"))
    do(records, AppointOperator(operator="ana", role="administrator"))
    assert (line(records, "ana").name, line(records, "ana").role) == ("Ana Silva", "administrator")


def test_nobody_gives_a_right_that_he_does_not_hold(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a house ever let supervisors keep the operators."""
    more = OF_ROLES[Role.DISPATCHER] | {Right.ADMINISTER}
    monkeypatch.setitem(OF_ROLES, Role.SUPERVISOR, more)
    do(records, SaveOperator(code="sue", name="Sue", role="supervisor"))
    sue = Who(operator=records.ask(OperatorNamed(code="sue"), who=ANA, at=NINE).operator)
    do(records, AppointOperator(operator="bo", role="supervisor"), who=sue)
    for command in (
        AppointOperator(operator="bo", role="administrator"),
        AppointOperator(operator="ana", role="dispatcher"),
        RevokeOperator(operator="ana"),
        EnrolOperator(code="cy", name="Cy", role="administrator"),
    ):
        with pytest.raises(RoleAbove):
            do(records, command, who=sue)


def test_the_last_administrator_stays(records: Records) -> None:
    """Neither revoked, nor demoted, nor given sites; be it by the desk itself."""
    do(records, RevokeOperator(operator="desk"))
    for command in (
        SaveOperator(code="ana", name="Ana", role="supervisor"),
        SaveOperator(code="ana", name="Ana", active=False),
        AppointOperator(operator="ana", role="office"),
        AppointOperator(operator="ana", sites=("N1",)),
        RevokeOperator(operator="ana"),
    ):
        with pytest.raises(LastAdministrator, match="ana is the last administrator"):
            do(records, command, who=THE_DESK)
    do(records, AppointOperator(operator="bo", role="administrator"))
    do(records, RevokeOperator(operator="ana"), who=BO)
    assert not line(records, "ana").active


def test_of_two_who_revoke_each_other_one_stays(records: Records) -> None:
    """However close together."""
    do(records, RevokeOperator(operator="desk"))
    do(records, AppointOperator(operator="bo", role="administrator"))
    ready, told = threading.Barrier(2), list[str]()

    def revoke(code: str, who: Who) -> None:
        ready.wait()
        try:
            do(records, RevokeOperator(operator=code), who=who)
        except Refusal as refusal:
            told.append(type(refusal).__name__)

    both = [threading.Thread(target=revoke, args=pair) for pair in (("bo", ANA), ("ana", BO))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(told) == 1
    assert line(records, "ana").active != line(records, "bo").active


def test_all_sites_are_said_and_not_left_out(records: Records) -> None:
    """Taking the last site away widens nobody; a site office has those that it is given."""
    do(records, AppointOperator(operator="bo", sites=("N1",)))
    do(records, AppointOperator(operator="bo", sites=()))
    assert (line(records, "bo").everywhere, line(records, "bo").sites) == (False, ())
    do(records, AppointOperator(operator="bo", everywhere=True))
    assert line(records, "bo").everywhere
    do(records, SaveOperator(code="bo", name="Bo", role="office"))
    assert not line(records, "bo").everywhere
    do(records, AppointOperator(operator="bo", role="dispatcher"))
    assert not line(records, "bo").everywhere, "a wider role widens no sites"
    for odd in (
        AppointOperator(operator="bo", role="office", everywhere=True),
        AppointOperator(operator="bo", sites=("N1",), everywhere=True),
        AppointOperator(operator="bo", role="system"),
        AppointOperator(operator="bo", role="king"),
        EnrolOperator(code="cy", name="Cy", role=""),
    ):
        with pytest.raises(BadInput):
            do(records, odd)


def test_somebody_new_gets_all_or_nothing(records: Records) -> None:
    """A key that cannot be taken leaves no operator without one."""
    do(records, AddKey(operator="bo", line=a_key(1)))
    new: dict[str, Any] = {"code": "cy", "name": "Cy", "role": "office", "sites": ("N1",)}
    for text, why in ((a_key(1), KeyTaken), ("hello", KeyRefused)):
        with pytest.raises(why):
            do(records, EnrolOperator(**new, key=text))
    with pytest.raises(OperatorUnknown):
        records.ask(OperatorNamed(code="cy"), who=ANA, at=NINE)
    do(records, EnrolOperator(**new, key=a_key(2)))
    (key,) = records.ask(KeysOf(operator="cy"), who=ANA, at=NINE)
    assert (key.role, key.sites, key.everywhere) == ("office", ("N1",), False)
    with pytest.raises(OperatorThere, match="paidan operator role"):
        do(records, EnrolOperator(**new))


def test_who_administers_nobody_is_told_of_his_own_keys_alone(records: Records) -> None:
    """And of nobody's where he has none."""
    for number, code in enumerate(("ana", "bo"), 1):
        do(records, AddKey(operator=code, line=a_key(number)))
    assert [key.code for key in records.ask(KeysOf(), who=ANA, at=NINE)] == ["ana", "bo"]
    assert [key.code for key in records.ask(KeysOf(), who=BO, at=NINE)] == ["bo"]
    assert [key.code for key in records.ask(KeysOf(), who=AT_NORTH, at=NINE)] == ["bo"]


def test_the_desk_itself_stays_what_it_is(records: Records) -> None:
    """Its row stands for the program."""
    for command in (
        SaveOperator(code="system", name="x", active=False),
        AppointOperator(operator="system", role="screen"),
        WelcomeOperator(code="system", name="x"),
    ):
        with pytest.raises(DeskTakesNone):
            do(records, command)
    with pytest.raises(OperatorUnknown):
        do(records, AppointOperator(operator="zed", role="screen"))


def test_nobody_asks_as_the_desk_or_as_who_has_left(records: Records) -> None:
    """What is typed behind --as is a claim."""
    for nobody in ("zed", "system"):
        with pytest.raises(OperatorUnknown):
            records.ask(OperatorNamed(code=nobody), who=THE_DESK, at=NINE)
    do(records, SaveOperator(code="bo", name="Bo", active=False))
    with pytest.raises(OperatorGone, match="operator bo does not work here"):
        records.ask(OperatorNamed(code="bo"), who=THE_DESK, at=NINE)


def test_the_first_who_sits_down_at_a_new_desk_is_its_administrator(store_url: str) -> None:
    """Whoever comes after him dispatches, until he makes him more."""
    records = open_records(store_url, feed=False)
    for code in ("li", "wu", "li"):
        do(records, WelcomeOperator(code=code, name=code), who=THE_DESK)
    roles = {code: line(records, code).role for code in ("desk", "li", "wu")}
    records.close()
    assert roles == {"desk": "administrator", "li": "administrator", "wu": "dispatcher"}


def test_what_is_not_ones_to_set_is_not_ones_to_take_back(records: Records) -> None:
    """A dispatcher may dispatch by hand where the desk would by itself; he does not switch it."""
    for command in (SetFigure(figure="rest", value=9), SetAutomatic(mode="propose")):
        entry = do(records, command).undo
        with pytest.raises(Refusal):
            do(records, Undo(entry=entry), who=BO)
        do(records, Undo(entry=entry))


def test_who_saw_everything_before_there_were_roles_still_does(store_url: str) -> None:
    """In entries of the journal, once; who saw some sites dispatches there."""
    records = open_records(store_url, feed=False)
    for command in (
        SaveSite(code="N1", name="North"),
        SaveOperator(code="ana", name="Ana"),
        SaveOperator(code="bo", name="Bo", sites=("N1",)),
    ):
        do(records, command, who=DESK)
    with records.database.writing() as conn:
        wind_back(conn, to=20)
        conn.exec_driver_sql("UPDATE operator SET role = 'dispatcher' WHERE id > 1")
    records.close()
    open_records(store_url, feed=False).close()
    records = open_records(store_url, feed=False)
    people = {one.code: one for one in records.ask(ListOperators(), who=THE_DESK, at=NINE)}
    told = rows(records, JOURNAL, fact="register_edited")
    records.close()
    assert {code: (one.role, one.everywhere, one.sites) for code, one in people.items()} == {
        "desk": ("administrator", True, ()),
        "ana": ("administrator", True, ()),
        "bo": ("dispatcher", False, ("N1",)),
    }
    given = [row for row in told if row["body"].get("fields") == ["everywhere", "role"]]
    assert [row["body"]["values"]["everywhere"] for row in given] == [True, True], "once each"
