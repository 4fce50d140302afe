"""Files that tell who called: the person is known again, as he is when he calls the desk."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from console.intake import maps
from console.intake.reader import examine
from console.intake.suggest import suggest
from store.commands import NewOrder, SaveCustomer
from store.domain.who import THE_DESK
from store.records import open_records
from tests.console.import_desk import AT, brought, faults, mapped, orders, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records

MAP = """
name = "hotline"
zone = "UTC"
[columns]
external_id = "id"
opened_at = "opened"
title = "what"
customer = "firm"
customer_phone = "firm tel"
contact = "who"
contact_phone = "tel"
"""
FIRM = "Harbour"


@pytest.fixture
def records(tables_url: str) -> Iterator[Records]:
    """A desk that Wang Fang has called for Harbour."""
    opened = open_records(tables_url, feed=False)
    for command in (
        SaveCustomer(code=FIRM, name=FIRM, phone="021-555-0000"),
        NewOrder(title="lift", customer=FIRM, caller="Wang Fang 13800138000"),
    ):
        opened.do(command, who=THE_DESK, at=AT)
    yield opened
    opened.close()


def _file(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    heads = ("firm", "firm tel", "who", "tel")
    first = {"opened": "2026-08-01T08:00", "what": "lift"}
    cells = [{"id": f"H{n}"} | first | dict(zip(heads, row, strict=True)) for n, row in
             enumerate(rows)]  # fmt: skip
    return written(path, cells)


def test_a_caller_is_known_again_as_at_the_telephone(records: Records, tmp_path: Path) -> None:
    """Under his number in any writing; the customer himself is nobody else; a number fits no bare
    name, and one number with two names is two people."""
    file = _file(
        tmp_path / "a.csv",
        (FIRM, "", "", "+86 138 0013 8000"),
        (FIRM, "", "wang fang", "138-0013-8000"),
        (FIRM, "", FIRM, "0215550000"),
        (FIRM, "", "Li Na", "13800138000"),
        ("Quay", "400 820 8820", "Bo 13900139000", ""),
        ("Quay", "1", "Bo", "1390 013 9000"),
        ("", "13700137000", "", ""),
        ("", "", "Somebody", ""),
    )
    head = records.head()
    tally = brought(records, file, mapped(tmp_path, MAP))
    assert (tally.landed, tally.rejected) == (7, 1)
    said = [(line.contact, line.contact_phone) for line in orders(records)[1:]]
    wang = ("Wang Fang", "13800138000")
    assert said == [
        wang, wang, (None, None), ("Li Na", "13800138000"), ("Bo", "13900139000"),
        ("", "13700137000"), ("Somebody", ""),
    ]  # fmt: skip
    firms = [line.customer_phone for line in orders(records)[4:6]]
    assert firms == ["021-555-0000", "400 820 8820"]
    assert records.head() > head
    assert faults(records) == []


def test_a_customer_known_without_a_number_gets_it(records: Records, tmp_path: Path) -> None:
    """In whichever batch he comes; who has one keeps it."""
    records.do(SaveCustomer(code="Bare", name="Bare"), who=THE_DESK, at=AT)
    file = _file(
        tmp_path / "a.csv",
        ("Bare", "021 111 2222", "Bare", ""),
        ("New", "", "", ""),
        ("New", "021 333 4444", "", ""),
        (FIRM, "021 999 9999", "", ""),
        ("Bare", "021 999 9999", "", ""),
    )
    assert brought(records, file, mapped(tmp_path, MAP), batch=1).landed == 5
    said = [line.customer_phone for line in orders(records)[1:]]
    bare, new = "021 111 2222", "021 333 4444"
    assert said == [bare, new, new, "021-555-0000", bare]
    assert faults(records) == []


def test_what_is_no_number_is_told_by_line_and_column(records: Records, tmp_path: Path) -> None:
    """One sentence, and the other rows go on."""
    file = _file(tmp_path / "a.csv", (FIRM, "", "Bo", "see \x1b[31mlist"), (FIRM, "", "Bo", "8021"))
    assert brought(records, file, mapped(tmp_path, MAP)).landed == 1
    with (tmp_path / "a.csv.rejects.csv").open(encoding="utf-8", newline="") as stream:
        (rejected,) = csv.DictReader(stream)
    assert rejected["line"] == "2"
    assert rejected["reason"] == "column “tel”: “see ␛[31mlist” is no telephone number"


@pytest.mark.parametrize(
    ("heads", "meant"),
    [
        ("客户名称 客户电话 联系人 联系电话", "customer customer_phone contact contact_phone"),
        ("报修人 手机号", "customer customer_phone"),
        ("customer,caller,phone number", "customer contact contact_phone"),
        ("Client;Client Phone;Reported By;Mobile", "customer customer_phone contact contact_phone"),
    ],
)
def test_headers_of_both_languages_are_understood(tmp_path: Path, heads: str, meant: str) -> None:
    """Where nothing but a caller is told, he is who asked, as before."""
    names = heads.replace(";", ",").split(",") if heads.isascii() else heads.split()
    rows = [
        {"id": f"H{n}", "opened at": f"2026-08-{n:02} 08:00", "title": f"lift {n} stuck"}
        | {
            name: f"138{n:08}" if field.endswith("phone") else f"王{n % 3}"
            for name, field in zip(names, meant.split(), strict=True)
        }
        for n in range(1, 29)
    ]
    file = written(tmp_path / "a.csv", rows)
    drafted = maps.parse(suggest(examine(file)), name="draft").columns
    assert {field: drafted[field].names[0] for field in meant.split()} == dict(
        zip(meant.split(), names, strict=True)
    )
