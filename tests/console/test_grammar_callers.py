"""Whoever calls, as a typed line names him: by the end of a number, or all of it."""

from __future__ import annotations

import pytest

from console.grammar.parse import parse
from console.grammar.refusals import Unclear
from store.domain.callers import By
from store.queries.callers import CallerLine
from tests.console.fake_desk import FakeDesk


def test_the_end_of_a_number_names_whoever_called_before() -> None:
    """With the customer he calls for, unless another one is said; of several none is chosen."""
    zoe, ann = (
        CallerLine(
            by=By.NUMBER,
            customer=1,
            code="C1",
            name="Golden Lake",
            phone="",
            tier="",
            contact=place,
            person=person,
            person_phone=phone,
        )
        for place, (person, phone) in enumerate((("Zoe", "139 1234 0200"), ("Ann", "13870200")))
    )
    desk = FakeDesk(people=(zoe,))
    parsed = parse("n lift stuck /by 0200", desk)
    assert parsed.told == {"title": "lift stuck", "caller": "Zoe 139 1234 0200", "customer": 1}
    other = parse("n lift stuck /by 0200 /newfor Mill", desk)
    assert "customer" not in other.told
    with pytest.raises(Unclear, match=r"fits several: Zoe 139 1234 0200, Ann 13870200"):
        parse("n lift stuck /by 0200", FakeDesk(people=(zoe, ann)))


def test_a_whole_number_brings_the_one_customer_who_has_it() -> None:
    """His own, or whom somebody called for; one who called for another from there is no doubt."""

    def line(customer: int | None, phone: str = "", person: str = "") -> CallerLine:
        code, number = f"C{customer}" if customer else "", "13912340200"
        return CallerLine(by=By.NUMBER, customer=customer, code=code, name=code, phone=phone,
                          tier="", contact=len(person) or None, person=person,
                          person_phone=number if person else "")  # fmt: skip

    own, other = line(1, phone="139 1234 0200"), line(2, phone="13912340200")
    zoe, ann = line(2, person="Zoe"), line(None, person="Anna")
    for desk in (FakeDesk(people=(own,)), FakeDesk(people=(own, zoe, ann))):
        assert parse("n lift stuck /by 139 1234 0200", desk).told["customer"] == 1
        assert parse("n lift stuck /by Li 13912340200", desk).told["customer"] == 1
    desk = FakeDesk(people=(own, zoe, ann))
    assert parse("n lift stuck /by 0200", desk).told["customer"] == 1
    assert parse("n lift stuck /by zoe 13912340200", desk).told["customer"] == 2
    assert parse("n lift stuck /by 13912340200", FakeDesk(people=(zoe, ann))).told["customer"] == 2
    assert "customer" not in parse("n lift stuck /by 13912340200", FakeDesk(people=(ann,))).told
    desk = FakeDesk(people=(own, other))
    with pytest.raises(Unclear, match="several customers have the number 13912340200: C1 C1, C2"):
        parse("n lift stuck /by 13912340200", desk)
    said = parse("n lift stuck /by 13912340200 /newfor Mill", desk)
    assert said.told["new_customer"] == "Mill"
