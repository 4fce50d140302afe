"""Who calls: found while the operator types, and known again the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder, SaveCustomer
from store.domain.callers import By
from store.domain.errors import BadInput
from store.domain.likely import Why
from store.persistence.journal import JOURNAL
from store.persistence.mapping import ORDER
from store.persistence.tables import metadata
from store.queries.answers.callers import LOOKED_AT
from store.queries.callers import CallersLike
from store.queries.card import OrderCard
from store.queries.likely import LikelyOrders
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, promises_kept, rows, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.queries.callers import CallerLine
    from store.records import Records

CONTACTS = metadata.tables["contact"]
MOBILE = "13800138000"


def _customers(records: Records) -> None:
    do(records, SaveCustomer(code="GM", name="北京国贸物业", phone="010-8888 6666 / 13800138000"))
    do(records, SaveCustomer(code="EU", name="Müller & Söhne", phone="+49 30 1234567"))


records = a_desk(_customers)
"""A firm with two numbers, and one in another country."""


def like(records: Records, text: str, who: Who = ANA) -> list[CallerLine]:
    """What is offered."""
    return list(records.ask(CallersLike(text=text), who=who, at=NINE))


def codes(records: Records, text: str, who: Who = ANA) -> list[tuple[str, By]]:
    """By code, and by what."""
    return [(line.code, line.by) for line in like(records, text, who)]


@pytest.mark.parametrize(
    "text",
    [
        *("+86 138-0013-8000", MOBILE, "8613800138000", "008613800138000", "138 0013 8000"),
        *("8000", "38000", "010-88886666", "+86 10 8888 6666", "88886666", "(010) 8888-6666"),
        *("１３８００１３８０００", "13800138000 转 12", "王经理 13800138000", "王经理13800138000"),
    ],
)
def test_a_number_is_known_in_any_writing(records: Records, text: str) -> None:
    """As displays, cards and people write it; its last four digits are enough."""
    assert codes(records, text)[0] == ("GM", By.NUMBER)


def test_a_number_without_its_country_is_the_same(records: Records) -> None:
    """Kept with it or without, asked with it or without."""
    do(records, SaveCustomer(code="OWN", name="Own", phone="030 7654321"))
    assert codes(records, "030 1234567") == codes(records, "+49301234567") == [("EU", By.NUMBER)]
    assert codes(records, "+49 30 7654321") == [("OWN", By.NUMBER)]
    assert codes(records, "139 0013 8000") == []


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("gm", "GM", By.CODE),
        ("北京国", "GM", By.NAME),
        ("国贸", "GM", By.NAME),
        ("物业", "C1", By.NAME),
        ("bjgmwy", "GM", By.SOUND),
        ("gmwy", "GM", By.SOUND),
        ("beijing guo", "GM", By.SOUND),
        ("guomao", "GM", By.SOUND),
        ("huarun", "C1", By.SOUND),
        ("HOTEL", "C2", By.NAME),
        ("harbour h", "C2", By.NAME),
        ("söhne", "EU", By.NAME),
        ("ｃ１", "C1", By.CODE),
    ],
)
def test_a_customer_is_found_as_he_is_spoken(
    records: Records, text: str, code: str, by: By
) -> None:
    """By code, by any word of the name, by pinyin and by its first letters."""
    assert (code, by) in codes(records, text)


def test_another_name_is_found_and_the_old_one_is_not(records: Records) -> None:
    """The keys follow the register."""
    do(records, SaveCustomer(code="GM", name="上海中心", phone="021 5555 0000"))
    assert codes(records, "国贸") == codes(records, MOBILE) == codes(records, "gmwy") == []
    assert codes(records, "55550000") == [("GM", By.NUMBER)]
    assert codes(records, "zhongxin") == [("GM", By.SOUND)]


def test_who_called_before_is_offered_by_his_number(records: Records) -> None:
    """With his name, for the customer he called for; the order names him by id alone."""
    number = written(records, customer="GM", caller="王经理 139-1234-5678")
    (line,) = like(records, "5678")
    assert (line.code, line.person, line.person_phone) == ("GM", "王经理", "139-1234-5678")
    assert [one.person for one in like(records, "wjl")] == ["王经理"]
    again = written(records, customer="GM", caller="+8613912345678")
    (contact,) = rows(records, CONTACTS)
    held = [rows(records, ORDER, number=one)[0]["contact_id"] for one in (number, again)]
    assert held == [contact["id"]] * 2
    promises_kept(records, [number, again])


def test_a_number_that_nobody_knows_is_kept(records: Records) -> None:
    """And who it was for is kept as soon as somebody says."""
    written(records, customer=None, caller="139 1234 5678")
    (line,) = like(records, "13912345678")
    assert (line.customer, line.person_phone) == (None, "139 1234 5678")
    written(records, customer="C1", caller="Zhang 13912345678")
    (line,) = like(records, "13912345678")
    assert (line.code, line.person) == ("C1", "Zhang")
    written(records, customer="C2", caller="Li 13912345678")
    assert [one.person for one in like(records, "13912345678")] == ["Zhang", "Li"]


def test_a_name_that_is_learned_later_is_not_that_of_earlier_calls(records: Records) -> None:
    """Two have one telephone: orders say of each call what was said."""
    first = written(records, customer=None, caller="13912345678")
    again = written(records, customer=None, caller="139 1234 5678")
    named = written(records, customer=None, caller="王女士 139 1234 5678")
    cards = [records.ask(OrderCard(number=one), who=ANA, at=NINE) for one in (first, again, named)]
    called = [(card.contact.name, card.contact.phone) for card in cards if card.contact]
    number = ("", "13912345678")
    assert called == [number, number, ("王女士", "139 1234 5678")]
    assert _again(records, "王女士 13912345678") == [first, again, named]


def test_whose_number_it_is_comes_before_whoever_called_from_there(records: Records) -> None:
    """Neither a number alone nor a name without a customer stands before him."""
    for caller in ("010 8888 6666", "Zoe 010-88886666"):
        written(records, customer=None, caller=caller)
    written(records, customer="EU", caller="Ann 010-88886666")
    found = [(line.code, line.person) for line in like(records, "88886666")]
    assert found == [("GM", ""), ("EU", "Ann"), ("", "Zoe")]
    found = [(line.code, line.person) for line in like(records, "Zoe 010 88886666")]
    assert found[0] == ("GM", "")
    found = [(line.code, line.person) for line in like(records, "Ann 010 88886666")]
    assert found[0] == ("EU", "Ann")


def test_the_customer_himself_is_no_second_person(records: Records) -> None:
    """His own name or number says nothing new."""
    written(records, customer="GM", caller=MOBILE)
    written(records, customer="GM", caller="北京国贸物业 010 8888 6666")
    assert rows(records, CONTACTS) == []


def test_no_entry_of_the_journal_tells_who_called(records: Records) -> None:
    """A person can be forgotten; the chain cannot."""
    written(records, customer="GM", caller="王经理 139-1234-5678")
    told = "".join(f"{row['body']}{row['words']}" for row in rows(records, JOURNAL))
    assert "王经理" not in told
    assert "1234" not in told


def test_callers_of_other_sites_are_nobody_here(records: Records) -> None:
    """Neither the customer, nor the person, nor a number without a customer."""
    written(records, customer="GM", site="N1", caller="王经理 139-1234-5678")
    written(records, customer=None, site="N1", caller="137 0000 1111")
    assert codes(records, "国贸", AT_NORTH) == [("GM", By.NAME)]
    assert like(records, "国贸", AT_SOUTH) == like(records, "5678", AT_SOUTH) == []
    assert [one.person for one in like(records, "5678", AT_NORTH)] == ["王经理"]
    assert like(records, "1111", AT_NORTH) == []


def test_a_crowd_elsewhere_hides_nobody_here(records: Records) -> None:
    """Only so many keys that begin so are looked at: at a site they are its own customers'."""
    with records.work(who=ANA, at=NINE) as work:
        crowd = [{"code": f"A{n:03}", "name": f"Tower {n:03}"} for n in range(LOOKED_AT)]
        work.put_many("customer", [*crowd, {"code": "ZZ", "name": "Tower ours"}])
    assert "ZZ" not in [code for code, _by in codes(records, "tower")]
    written(records, site="S1", customer="ZZ")
    assert codes(records, "tower", AT_SOUTH) == [("ZZ", By.NAME)]
    assert codes(records, "tower", AT_NORTH) == []
    assert codes(records, "tower o") == [("ZZ", By.NAME)]


def test_unknown_customer_and_site_are_made_with_the_order(records: Records) -> None:
    """In its transaction, journalled, found from then on; once, however often they are named."""
    first = written(records, customer=None, site=None, new_customer="新天地", new_site="东楼",
                    caller="021 6666 7777", zone="Asia/Shanghai")  # fmt: skip
    second = written(records, customer=None, site=None, new_customer="新天地", new_site="东楼")
    held = [rows(records, ORDER, number=one)[0] for one in (first, second)]
    assert held[0]["customer_id"] == held[1]["customer_id"] is not None
    assert held[0]["site_id"] == held[1]["site_id"] is not None
    assert codes(records, "xtd") == [("C5", By.SOUND)]
    assert codes(records, "66667777") == [("C5", By.NUMBER)]
    edits = [row["body"]["register"] for row in rows(records, JOURNAL, fact="register_edited")]
    assert edits[-2:] == ["site", "customer"]
    promises_kept(records, [first, second])


def test_nothing_is_made_where_the_order_is_refused(records: Records) -> None:
    """One transaction, all or none."""
    with pytest.raises(BadInput):
        do(records, NewOrder(title=" ", new_customer="新天地"))
    with pytest.raises(BadInput, match="outside your sites"):
        do(records, NewOrder(title="x", new_site="东楼"), who=AT_NORTH)
    assert codes(records, "新天地") == []


def test_a_site_office_takes_a_new_customer(records: Records) -> None:
    """He is served by his first order."""
    do(records, NewOrder(title="x", site="N1", new_customer="新天地"), who=AT_NORTH)
    assert [code for code, _by in codes(records, "新天地", AT_NORTH)] == ["C5"]
    assert codes(records, "新天地", AT_SOUTH) == []


@pytest.mark.parametrize(
    "text",
    ["\x1b]52;c;aGk=\x07", "[/bad]", "\u202e", "%", "_", "\x00", "' OR 1=1", "\ud800", "a" * 500],
)
def test_wild_callers_are_taken_as_they_are(records: Records, text: str) -> None:
    """Asked for, and kept where a line may hold them."""
    assert like(records, text) == []
    caller = text[:150]
    number = written(records, customer="C1", caller=f"{caller} 139 1234 5678")
    assert rows(records, ORDER, number=number)[0]["contact_id"] is not None
    assert all(line.contact for line in like(records, "12345678"))


def test_two_behind_one_switchboard_are_two(records: Records) -> None:
    """Each is offered by his own extension, both where none is named; neither becomes the other."""
    first = written(records, caller="010-62345678转801", customer="GM")
    second = written(records, caller="62345678-802", customer="GM")
    assert len(rows(records, CONTACTS)) == 2
    asked = {text: [line.person_phone for line in like(records, text)] for text in (
        "62345678转801", "010-62345678-802", "62345678",
    )}  # fmt: skip
    assert asked["62345678转801"] == ["010-62345678转801"]
    assert asked["010-62345678-802"] == ["62345678 x802"]
    assert len(asked["62345678"]) == 2
    told = {text: _again(records, text) for text in ("62345678转801", "62345678 分机 802")}
    assert told == {"62345678转801": [first], "62345678 分机 802": [second]}


def test_a_desk_of_the_house_is_known_by_its_few_digits(records: Records) -> None:
    """With the word before them or without; an order of another desk is another's."""
    one = written(records, caller="分机 8012", customer=None, site=None)
    written(records, caller="8013", customer=None, site=None)
    assert _again(records, "8012") == [one]
    assert _again(records, "内线8012") == [one]
    assert _again(records, "012") == []


def test_the_number_of_another_customer_is_still_his(records: Records) -> None:
    """Somebody calls from there for another one: the order is that one's, the caller is known."""
    number = written(records, caller="Zoe 139 1234 5678", customer="GM")
    for_other = written(records, caller="+86 139-1234-5678", customer="EU", title="water leaks")
    assert _again(records, "13912345678") == [number]
    assert [line.code for line in like(records, "13912345678")] == ["EU", "GM"] or [
        line.code for line in like(records, "13912345678")
    ] == ["GM", "EU"]
    assert (
        rows(records, ORDER, number=for_other)[0]["customer_id"]
        != (rows(records, ORDER, number=number)[0]["customer_id"])
    )


def _again(records: Records, caller: str) -> list[int]:
    """What this caller is known to have called about."""
    asked = LikelyOrders(title="lift still stuck", caller=caller)
    found = records.ask(asked, who=ANA, at=NINE)
    return sorted(one.line.number for one in found if one.why is Why.CALLER)
