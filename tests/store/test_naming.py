"""What the words of an answer name, on both databases; and nobody hears of what is not his."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.naming import look_up
from store.commands import NewOrder, SaveCustomer, SaveSite
from store.commands.projects_asked import NewProject, SaveDepartments
from store.queries.projects import ListProjects
from tests.store.desk import ANA, NINE, do
from tests.store.project_desk import DEPARTMENTS

if TYPE_CHECKING:
    from console.naming import Looked
    from store.domain.intents import Query
    from store.records import Records


@pytest.fixture
def desk(records: Records) -> Records:
    """Ten customers that begin alike, two sites, departments, an order."""
    for n in range(10):
        do(records, SaveCustomer(code=f"K{n}", name=f"Lake {n}"))
    do(records, SaveCustomer(code="K", name="Kappa"))
    do(records, SaveSite(code="N1", name="North", zone="UTC"))
    do(records, SaveSite(code="N10", name="North hall", zone="UTC"))
    do(records, SaveDepartments(departments=DEPARTMENTS))
    do(records, NewOrder(title="Lift", site="N1", customer="K"))
    return records


def found(records: Records, what: str, text: str) -> Looked:
    """As Ana is told."""

    def ask(query: Query[Any]) -> Any:
        return records.ask(query, who=ANA, at=NINE)

    return look_up(ask, what, text)


def answer(records: Records, what: str, text: str) -> str | None:
    """What Enter takes."""
    meant = found(records, what, text).meant
    return None if meant is None else meant.answer


def test_a_whole_code_is_meant_though_others_begin_so(desk: Records) -> None:
    """As the store itself reads it."""
    assert answer(desk, "about", "k") == "K"
    assert answer(desk, "place", "@N1") == "@N1"
    assert answer(desk, "place", "kappa@n10") == "K@N10"
    assert answer(desk, "department", "desi") == "design"
    assert answer(desk, "about", "#1") == "1"


def test_a_department_is_meant_by_its_chinese_name_too(desk: Records) -> None:
    """Whole or in part; a command that names it reads the same."""
    assert answer(desk, "department", "设计部") == "design"
    assert answer(desk, "department", "计部") == "design"
    for called in ("设计部", "设计", "Design"):
        do(desk, NewProject(title="New lifts", department=called))
    projects = desk.ask(ListProjects(), who=ANA, at=NINE)
    assert [line.department for line in projects] == ["design"] * 3


@pytest.mark.parametrize(
    ("what", "text", "why"),
    [
        ("place", "nobody", "NameUnknown"),
        ("place", "nobody@N1", "NameUnknown"),
        ("place", "K@", "NameUnknown"),
        ("about", "@x", "NameUnknown"),
        ("about", "lake", "NameAmbiguous"),
        ("about", "77", "OrderUnknown"),
        ("order", "x", "BadInput"),
        ("department", "x", "NameUnknown"),
        ("operator", "x", "NameUnknown"),
    ],
)
def test_what_is_none_is_refused(desk: Records, what: str, text: str, why: str) -> None:
    """With the sentence that the store would have for it."""
    looked = found(desk, what, text)
    assert looked.meant is None
    assert type(looked.wrong).__name__ == why


def test_nothing_written_is_no_answer_and_no_mistake(desk: Records) -> None:
    """A few entries are offered, of which Enter takes none."""
    looked = found(desk, "department", " ")
    assert (looked.meant, looked.wrong) == (None, None)
    assert [one.answer for one in looked.choices] == ["design", "sales", "works"]
