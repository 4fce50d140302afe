"""Saved views: a name for a query, whose it is, and a count that is its rows."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from store.commands import DropView, SaveView, Undo
from store.commands import views as view_commands
from store.domain.errors import BadInput, NameUnknown, ViewOfAnother
from store.domain.finding.refusal import QueryUnclear
from store.domain.lifecycle import Move
from store.domain.undo_refusals import NoSuchDeed, NotTakenBack
from store.persistence.chain import verify
from store.persistence.journal import JOURNAL
from store.queries.doctor import ExamineDesk
from store.queries.finding import FindOrders
from store.queries.views import CountViews, ListViews, View
from tests.store.desk import ANA, AT_NORTH, BO, NINE, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.records import Records


def _views(records: Records, who: Who = ANA) -> list[View]:
    return list(records.ask(ListViews(), who=who, at=NINE))


def test_a_view_is_ones_own_or_everybodys(records: Records) -> None:
    """The same name may stand for both; one's own stands first."""
    do(records, SaveView(name="late", query="overdue p:1", sort="left", descending=True))
    do(records, SaveView(name="late", query="超时", shared=True))
    do(records, SaveView(name="north", query="site:N1", shared=True), who=BO)
    assert [(v.name, v.query, v.shared) for v in _views(records)] == [
        ("late", "overdue p:1", False), ("late", "超时", True), ("north", "site:N1", True),
    ]  # fmt: skip
    assert [(v.name, v.query) for v in _views(records, BO)] == [
        ("late", "超时"), ("north", "site:N1"),
    ]  # fmt: skip
    assert (_views(records)[0].sort, _views(records)[0].descending) == ("left", True)


def test_saved_again_it_is_changed_and_dropped_it_is_gone(records: Records) -> None:
    """Each leaves its fact; a change of nothing leaves none."""
    do(records, SaveView(name="late", query="overdue"))
    do(records, SaveView(name="late", query="overdue"))
    do(records, SaveView(name="late", query="overdue p<=2"))
    assert [view.query for view in _views(records)] == ["overdue p<=2"]
    do(records, DropView(name="late"))
    assert _views(records) == []
    facts = [row for row in rows(records, JOURNAL) if row["fact"].startswith("view_")]
    assert [row["fact"] for row in facts] == ["view_saved", "view_saved", "view_dropped"]
    assert all("overdue" not in str(row["body"]) for row in facts), "typed words lie apart"
    with records.database.reading() as conn:
        assert list(verify(conn)) == []
    assert records.ask(ExamineDesk(), who=ANA, at=NINE) == ()
    with pytest.raises(NameUnknown, match="no view called “late”"):
        do(records, DropView(name="late"))


def test_who_sees_some_sites_leaves_what_others_made_for_all(records: Records) -> None:
    """He may make views for all, and change and drop those; the whole desk's people may any."""
    do(records, SaveView(name="late", query="overdue", shared=True))
    do(records, SaveView(name="mine", query="p:1", shared=True), who=AT_NORTH)
    for spoiling in (
        SaveView(name="late", query="p:4", shared=True),
        SaveView(name="late", query="overdue", shared=True),
        DropView(name="late", shared=True),
    ):
        with pytest.raises(ViewOfAnother, match="the view late is Ana's"):
            do(records, spoiling, who=AT_NORTH)
    do(records, SaveView(name="late", query="waiting"), who=AT_NORTH)
    do(records, SaveView(name="mine", query="p:3", shared=True), who=ANA)
    do(records, SaveView(name="mine", query="p:2", shared=True), who=AT_NORTH)
    assert [(v.name, v.query) for v in _views(records)] == [("late", "overdue"), ("mine", "p:2")]
    do(records, DropView(name="mine", shared=True), who=AT_NORTH)
    do(records, SaveView(name="mine", query="p:1", shared=True), who=ANA)
    with pytest.raises(ViewOfAnother):
        do(records, DropView(name="mine", shared=True), who=AT_NORTH)
    assert [v.name for v in _views(records)] == ["late", "mine"]


def test_what_was_done_to_a_view_is_taken_back(records: Records) -> None:
    """Dropped, changed or made, one upon the other; and done again."""
    do(records, SaveView(name="late", query="overdue", sort="left", shared=True))
    do(records, SaveView(name="late", query="waiting", descending=True, shared=True))
    dropped = do(records, DropView(name="late", shared=True))
    (held,) = _known(records, dropped.undo)
    assert held == "view_dropped"
    undone = do(records, Undo(), at=minutes(2))
    assert undone.sentence.format(**undone.facts) == "the view late: “view dropped” taken back"
    assert [(v.query, v.descending) for v in _views(records)] == [("waiting", True)]
    do(records, Undo(redo=True), at=minutes(3))
    assert _views(records) == []
    do(records, Undo(), at=minutes(4))
    do(records, Undo(), at=minutes(5))
    assert [(v.query, v.sort, v.descending) for v in _views(records)] == [
        ("overdue", "left", False)
    ]
    do(records, Undo(), at=minutes(6))
    assert _views(records) == []
    with records.database.reading() as conn:
        assert list(verify(conn)) == []
    assert records.ask(ExamineDesk(), who=ANA, at=minutes(7)) == ()


def test_a_view_comes_back_only_where_nothing_took_its_place(records: Records) -> None:
    """Neither its name, nor its number; and to nobody but to whom it belongs."""
    do(records, SaveView(name="late", query="overdue"))
    gone = do(records, DropView(name="late"))
    do(records, SaveView(name="other", query="p:1"))
    with pytest.raises(NoSuchDeed):
        do(records, Undo(entry=gone.undo), who=BO)
    do(records, Undo(entry=gone.undo))
    assert [view.name for view in _views(records)] == ["late", "other"]
    again = do(records, DropView(name="late"))
    do(records, SaveView(name="late", query="waiting"))
    with pytest.raises(NotTakenBack):
        do(records, Undo(entry=again.undo))
    assert [view.query for view in _views(records)] == ["waiting", "p:1"]


def test_who_sees_some_sites_takes_back_what_he_dropped_himself(records: Records) -> None:
    """It is his again then, and nobody else's."""
    do(records, SaveView(name="late", query="overdue", shared=True))
    gone = do(records, DropView(name="late", shared=True))
    with pytest.raises(NoSuchDeed):
        do(records, Undo(entry=gone.undo), who=AT_NORTH)
    do(records, SaveView(name="mine", query="p:1", shared=True), who=AT_NORTH)
    do(records, DropView(name="mine", shared=True), who=AT_NORTH)
    do(records, Undo(), who=AT_NORTH)
    do(records, SaveView(name="mine", query="p:2", shared=True), who=AT_NORTH)
    assert [(v.name, v.query) for v in _views(records)] == [("mine", "p:2")]


def _known(records: Records, entry: int | None) -> list[str]:
    return [row["fact"] for row in rows(records, JOURNAL, seq=entry)]


def test_what_cannot_be_saved_is_refused(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that says nothing, a column that is none, no name, and too many."""
    with pytest.raises(QueryUnclear, match="did you mean site"):
        do(records, SaveView(name="x", query="stie:N1"))
    with pytest.raises(BadInput, match="column"):
        do(records, SaveView(name="x", query="", sort="colour"))
    with pytest.raises(BadInput, match="name"):
        do(records, SaveView(name=" ", query="overdue"))
    monkeypatch.setattr(view_commands, "MOST", 1)
    do(records, SaveView(name="x", query="overdue"))
    do(records, SaveView(name="x", query="waiting"))
    with pytest.raises(BadInput, match="there are 1 already"):
        do(records, SaveView(name="y", query="overdue"))
    do(records, SaveView(name="y", query="overdue", shared=True))


def test_the_count_of_a_view_is_its_rows(records: Records) -> None:
    """To each who asks, in his own sight, at the moment that he asks."""
    numbers = [written(records, site=s, title=f"lift {s}") for s in ("N1", "S1", "N1", "S1")]
    move(records, numbers[-1], Move.ASSIGN, technician="T1")
    queries = ("lift", "unassigned", "site:N1 lift", "overdue", "tech:none opened:today")
    for query in queries:
        do(records, SaveView(name=query, query=query, shared=True))
    for who in (ANA, AT_NORTH):
        for at in (minutes(1), minutes(60 * 24 * 9)):
            counts = records.ask(CountViews(zone=UTC), who=who, at=at)
            for view in _views(records, who):
                found = records.ask(FindOrders(text=view.query, zone=UTC), who=who, at=at)
                assert counts[view.id] == len(found.lines), view.name


def test_a_view_from_another_release_does_not_hide_the_others(records: Records) -> None:
    """Its query may have words that mean nothing here yet."""
    do(records, SaveView(name="good", query="overdue"))
    do(records, SaveView(name="odd", query="lift"))
    with records.database.writing() as conn:
        conn.exec_driver_sql("UPDATE view SET query = 'colour:red' WHERE name = 'odd'")
    counts = records.ask(CountViews(), who=ANA, at=NINE)
    assert [view.id in counts for view in _views(records)] == [True, False]
