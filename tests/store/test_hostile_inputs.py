"""Numbers, texts and times that no database takes: refused or unknown, on both alike."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    Acknowledge,
    DeclareIncident,
    EditOrder,
    KeepFollowUp,
    LinkOrders,
    LoadTravel,
    MoveOrder,
    NewOrder,
    NoteOrder,
    PromiseFollowUp,
    RecordDrill,
    SaveAbsence,
    SaveAsset,
    SaveCalendar,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveLevel,
    SaveOperator,
    SavePlan,
    SaveRegion,
    SaveSite,
    SaveTechnician,
    SaveView,
    SendAsShown,
    SendNominee,
    SetAutomatic,
    SetBackups,
    SetFigure,
    SetPriority,
    SplitOrder,
    StandDown,
    TellFamily,
    UnlinkOrders,
    UpdateCustomer,
    WelcomeOperator,
)
from store.commands.attachments import DetachFile
from store.commands.locks import ArrangeOrders, LockOrder, PlaceOrder, UnlockOrder
from store.commands.operator_keys import AddKey, EnrolOperator
from store.domain.errors import BadInput, NameUnknown, OrderUnknown, Refusal
from store.domain.finding.refusal import QueryUnclear
from store.domain.lifecycle import Move
from store.persistence.journal import JOURNAL
from store.persistence.tables import metadata
from store.queries.arrange import Arrange, Placing, Swap
from store.queries.board import LineOf, QueuePage
from store.queries.card import OrderCard, Trace
from store.queries.lists import ListAlarms, ListOrders, ListSites
from store.queries.people import OperatorNamed, PeopleNamed
from tests.store.desk import ANA, NINE, a_file, a_key, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.domain.intents import Command, Query
    from store.records import Records

BIG = [2**63, 2**70, -(2**70), 10**5000]
EARLIEST = datetime.min.replace(tzinfo=UTC)
ODD = ["a\x00b", "a\ud800b", "\ud800"]


@pytest.mark.parametrize("big", BIG, ids=["2^63", "2^70", "-2^70", "5000 digits"])
def test_a_number_beyond_every_database_is_nobodys(records: Records, big: int) -> None:
    """The drivers would raise, each in its own way, and the console would show it."""
    number = written(records)
    questions: list[Query[Any]] = [
        OrderCard(number=big), Trace(number=big), LineOf(number=big),
        QueuePage(queue="all_open", around=big), QueuePage(queue="all_open", position=big),
        ListOrders(text="9" * 400), ListOrders(before=big), ListSites(after=big),
        Arrange(placings=(Placing(number=big, technician=1),)), Swap(one=number, other=big),
        Arrange(placings=(Placing(number=number, technician=big, slot=big),)),
    ]  # fmt: skip
    for query in questions:
        with suppress(Refusal):
            records.ask(query, who=ANA, at=NINE)
    commands: list[Command] = [
        MoveOrder(number=big, move=Move.CANCEL, reason="r"), NoteOrder(number=big, text="t"),
        MoveOrder(number=number, move=Move.DUPLICATE, duplicate_of=big),
        MoveOrder(number=big, move=Move.REOPEN, reason="r"),
        LinkOrders(number=number, other=big), UnlinkOrders(number=big, other=number),
        SplitOrder(number=big, text="t"), StandDown(number=big), TellFamily(number=big, text="t"),
        DeclareIncident(number=number, cadence_s=big),
        a_file(big), a_file(number, size=big), a_file(number, sha256="x" * 64),
        DetachFile(number=number, entry=big),
        NewOrder(title="q", site=big), EditOrder(number=number, fields={"customer": big}),
        KeepFollowUp(number=number, place=big),
        SendNominee(number=big, technician=1), SendNominee(number=number, technician=big),
        SendAsShown(number=big, technician=1, version=1, stamp="", place="", as_of=NINE),
        SendAsShown(number=number, technician=big, version=big, stamp="", place="", as_of=NINE),
        SetAutomatic(mode="act", priority=big), SetAutomatic(mode="act", margin=big),
        SetAutomatic(mode="act", accept_min=big), SetAutomatic(mode="boil"),
        SetBackups(every_min=big), SetBackups(keep=(big, big, big, big)), SetBackups(folder="x"),
        SetFigure(figure="rest", value=big), SetFigure(figure="boil", value=1),
        LoadTravel(pairs=(("N1", "S1", big),)),
        LockOrder(number=big), UnlockOrder(number=big), PlaceOrder(number=big, technician="T1"),
        PlaceOrder(number=number, technician=big),
        ArrangeOrders(commands=(PlaceOrder(number=number, technician=big),)),
    ]  # fmt: skip
    for command in commands:
        with pytest.raises((OrderUnknown, NameUnknown, Refusal)):
            do(records, command)
    assert do(records, Acknowledge(numbers=(big,))).numbers == ()


@pytest.mark.parametrize("odd", ODD, ids=["NUL", "surrogate", "lone"])
def test_text_that_no_database_takes_finds_nothing(records: Records, odd: str) -> None:
    """It comes in by a pipe or a broken file name; it must not end in a traceback."""
    for query in (ListAlarms(text=odd), PeopleNamed(what="site", text=odd)):
        assert records.ask(query, who=ANA, at=NINE) == ()
    with suppress(QueryUnclear):  # where nothing of it could be found in any text
        assert records.ask(ListOrders(text=odd), who=ANA, at=NINE) == ()
    with pytest.raises(NameUnknown):
        records.ask(OperatorNamed(code=odd), who=ANA, at=NINE)
    with pytest.raises(NameUnknown):
        do(records, NewOrder(title="q", site=odd))
    with pytest.raises(BadInput, match="key"):
        records.do(NewOrder(title="q"), who=ANA, at=NINE, key=odd)
    do(records, NewOrder(title=odd))


def test_a_text_of_megabytes_is_refused(records: Records) -> None:
    """Before it costs the database a look at every row."""
    for query in (ListOrders(text="x" * 10_000_000), PeopleNamed(what="site", text="x" * 501)):
        with pytest.raises(BadInput, match="characters"):
            records.ask(query, who=ANA, at=NINE)


def test_a_text_longer_than_what_is_kept_is_refused(records: Records) -> None:
    """What is cut is lost unseen, and two orders whose ids are cut may fall together."""
    number = written(records)
    before = len(rows(records, JOURNAL))
    for command, told in (
        (NewOrder(title="t" * 201), "title: 201 characters; give up to 200"),
        (NewOrder(title="t", description="d" * 4_001), "description: 4001 characters"),
        (NewOrder(title="t", kind="k" * 61), "kind: 61 characters; give up to 60"),
        (NewOrder(title="t", external_id="单" * 201), "external id: 201 characters"),
        (NewOrder(title="t", external_id="x", source="s" * 61), "source: 61 characters"),
        (EditOrder(number=number, fields={"title": "t" * 201}), "title: 201 characters"),
        (NoteOrder(number=number, text="n" * 5_000_000), "note: 5000000 characters"),
        (SplitOrder(number=number, text="t" * 201), "title: 201 characters; give up to 200"),
        (MoveOrder(number=number, move=Move.CANCEL, reason="r" * 501), "reason: 501 characters"),
        (PromiseFollowUp(number=number, due_at=minutes(9), note="n" * 501), "note: 501"),
        (SaveTechnician(code="T" * 61, name="n"), "code: 61 characters"),
    ):
        with pytest.raises(BadInput, match=told):
            do(records, command)
    assert len(rows(records, JOURNAL)) == before
    do(records, NoteOrder(number=number, text="注\n" * 2_000))
    do(records, NewOrder(title=f"  {'t' * 200}  ", external_id="x" * 200))


def test_what_is_no_whole_number_is_refused(records: Records) -> None:
    """PostgreSQL does not take true for 1, SQLite does: neither shall."""
    number = written(records)
    for priority in (True, 2.0, "2", 0, 5):
        with pytest.raises(BadInput):
            do(records, NewOrder(title="o", priority=priority))  # type: ignore[arg-type]
        with pytest.raises(BadInput):
            do(records, SetPriority(number=number, priority=priority))  # type: ignore[arg-type]
    for level in (2.5, True, 6):
        with pytest.raises(BadInput):
            do(records, SaveTechnician(code="T9", name="n", skills={"hv": level}))  # type: ignore[dict-item]


FAR = [datetime.max.replace(tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC), EARLIEST]


@pytest.mark.parametrize("far", FAR, ids=["year 9999", "year 2900", "year 1"])
def test_a_time_too_far_off_is_refused(records: Records, far: datetime) -> None:
    """No calendar reckons there, and half of the world's wall clocks cannot show it."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    wait = MoveOrder(number=number, move=Move.WAIT, reason="r", wake_at=far)
    for command in (
        PromiseFollowUp(number=number, due_at=far),
        NewOrder(title="o", opened_at=far),
        wait,
    ):
        with pytest.raises(BadInput, match="too far off"):
            do(records, command, at=NINE)


def test_what_kind_of_follow_up_is_free_text_that_can_be_erased(records: Records) -> None:
    """It may name a person; the body of a fact is for ever."""
    number = written(records)
    do(records, PromiseFollowUp(number=number, due_at=minutes(9), kind="call Mrs Chen", note="!"))
    (told,) = rows(records, JOURNAL, fact="promised")
    assert "Chen" not in str(told["body"])
    assert (told["words"]["kind"], told["words"]["note"]) == ("call Mrs Chen", "!")


EVIL = "boil\x1b]52;c;AAAA\x07er \u202egnp\u200d.exe"


def _evil_commands(number: int) -> list[Command]:
    """Every text that a command takes, in the mouth of somebody who means ill."""
    promise = PromiseFollowUp(number=number, due_at=minutes(60), kind=EVIL, note=EVIL)
    text: dict[str, Any] = {"code": EVIL, "name": EVIL}
    hours: dict[str, Any] = {"zone": "UTC", "week": {"mon": [["09:00", "12:00"]]}}
    return [
        NewOrder(title=EVIL, description=EVIL, kind=EVIL, source=EVIL, external_id=EVIL),
        NewOrder(title=EVIL, caller=EVIL),
        SavePlan(title=EVIL, rule="monthly", start="2030-01-01", time="09:00",
                 description=EVIL, kind=EVIL),
        EditOrder(number=number, fields={"title": EVIL, "description": EVIL, "kind": EVIL}),
        NoteOrder(number=number, text=EVIL), UpdateCustomer(number=number, text=EVIL),
        promise, KeepFollowUp(number=number, place=1, outcome=EVIL),
        MoveOrder(number=number, move=Move.WAIT, reason=EVIL, wake_at=minutes(60)),
        SaveRegion(**text), SaveSite(**text, address=EVIL),
        SaveCustomer(**text, phone=EVIL, tier=EVIL), SaveAsset(site="N1", **text, kind=EVIL),
        SaveTechnician(**text, phone=EVIL, skills={EVIL: 3}),
        SaveCertificate(technician="T1", name=EVIL),
        SaveKind(**text, skill=EVIL, certificate=EVIL),
        SaveAbsence(technician="T1", starts_at=NINE, ends_at=minutes(60), reason=EVIL),
        SaveOperator(**text, language=EVIL[:16]), WelcomeOperator(code=f"w{EVIL}", name=EVIL),
        SaveCalendar(**text, spec=hours), SaveLevel(**text, calendar="24x7"),
        SaveCalendar(code=f"w{EVIL}", name=EVIL, week=hours["week"]),
        SaveLevel(code=f"l{EVIL}", name=EVIL),
        SaveView(name=EVIL, query="lift", shared=True), SetAutomatic(mode="act", queue=EVIL),
        AddKey(operator="bo", line=f"{a_key(1)} {EVIL}"),
        EnrolOperator(code=f"e{EVIL}", name=EVIL, role="screen", key=f"{a_key(2)} {EVIL}"),
        RecordDrill(script=EVIL, seed=1, speed_percent=100, began_at=NINE, ended_at=NINE),
    ]  # fmt: skip


def test_no_table_holds_what_a_terminal_would_obey(records: Records) -> None:
    """Whatever command brought it, and whatever field it stood in; the rest of it is kept."""
    for command in _evil_commands(written(records)):
        do(records, command)
    held = [
        (f"{table.name}.{name}", repr(value))
        for table in metadata.tables.values()
        if table.name != "search"  # the index gives its texts to nobody
        for row in rows(records, table)
        for name, value in row.items()
        if "boil" in repr(value)
    ]
    for where, value in held:
        assert not re.search(r"\\x1b|\\x07|\\u202e|\\u200d", value), where
    assert {where for where, _ in held} == {
        *("work_order.title", "work_order.description", "work_order.kind", "work_order.source"),
        *("work_order.external_id", "work_order.reason", "journal.words", "journal.body"),
        "receipt.answer",
        *("follow_up.kind", "follow_up.note", "follow_up.outcome", "pause.reason"),
        *("region.code", "region.name", "site.code", "site.name", "site.address"),
        *("customer.code", "customer.name", "customer.phone", "customer.tier"),
        *("caller_key.key", "contact.name", "plan.title", "plan.description", "plan.kind"),
        *("asset.code", "asset.name", "asset.kind", "skill.code", "skill.name"),
        *("work_kind.code", "work_kind.name", "work_kind.certificate"),
        *("technician.code", "technician.name", "technician.phone", "certificate.name"),
        *("absence.reason", "operator.code", "operator.name", "operator.language"),
        "operator_key.comment",
        *("view.name", "automatic.queue", "kpi_order.kind", "kpi_order.fault", "kpi_day.key"),
        *("calendar.code", "calendar.name", "service_level.code", "service_level.name"),
    }
