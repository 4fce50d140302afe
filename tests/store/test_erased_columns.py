"""Every column that holds text is either cleared of who is erased, or has a reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Text, func, select, update

from store.commands import SaveCustomer
from store.persistence.backup import backup
from store.persistence.tables import metadata
from tests.store.desk import do, written
from tests.store.erasing_desk import NAME, PHONE, erase, everywhere, faults, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from store.records import Records

ERASED: Mapping[str, tuple[str, ...]] = {
    "alarm": ("shelved_why",),
    "asset": ("name",),
    "automatic": ("queue",),
    "caller_key": ("key",),
    "contact": ("name", "phone"),
    "contract": ("words",),
    "recurrence": ("reason",),
    "corrective": ("problem", "contained", "invited", "done", "verdict", "changed"),
    "corrective_why": ("text", "evidence"),
    "customer": ("name", "phone"),
    "customer_tag": ("tag",),
    "follow_up": ("kind", "note", "outcome"),
    "fund_entry": ("words",),
    "handover_note": ("text",),
    "idea": ("text", "reason", "effect"),
    "inspection": ("remark", "technician_said", "customer_said", "dropped"),
    "journal": ("words",),
    "order_exception": ("about", "reason", "decision", "used_for"),
    "order_step": ("value", "reason"),
    "pause": ("reason",),
    "plan": ("title", "description"),
    "handoff": ("words", "evidence", "who", "reason"),
    "project": ("title", "lead", "dropped"),
    "project_stage": ("why",),
    "project_step": ("value", "reason"),
    "search": ("doc",),
    "site": ("name", "address"),
    "training": ("topic", "trainer", "result", "certificate"),
    "view": ("name", "query"),
    "visit": ("outcome",),
    "voice": ("said", "speaker", "answer", "answered_to", "withdrawn"),
    "work_order": ("title", "description", "reason", "said", "contained"),
}
CODE, WORD = "a code, which is no name", "one of the program's own words"
STAFF, DAY = "about people who work here", "days, hours or figures"
SETTING, HASH = "a setting of the desk, by its name", "a digest, or a public key"
EXEMPT: Mapping[str, Mapping[str, str]] = {
    "absence": {"reason": STAFF},
    "alarm": {"kind": WORD, "clock": WORD},
    "asset": {"code": CODE, "kind": "what sort of thing it is"},
    "automatic": {"mode": WORD},
    "calendar": {"code": CODE, "name": SETTING},
    "calendar_version": {"spec": SETTING},
    "caller_key": {"register": WORD},
    "certificate": {"name": STAFF},
    "clock": {"kind": WORD},
    "contract": {
        **dict.fromkeys(("first_day", "last_day", "renew_day", "zone"), DAY),
        "outcome": WORD,
    },
    "corrective": {
        **dict.fromkeys(("finding", "stage", "cause", "measure", "standard"), WORD),
        **dict.fromkeys(("zone", "baseline_from", "baseline_to", "check_from"), DAY),
    },
    "customer": {"code": CODE, "tier": SETTING},
    "department": {"code": CODE, **dict.fromkeys(("name", "name_zh"), SETTING)},
    "dispatch_figure": {"name": WORD},
    "exception_limit": {"kind": WORD, "role": WORD},
    "handoff": {**dict.fromkeys(("stage", "to_stage", "answer"), WORD), "sha256": HASH},
    "handover": {"desk": CODE, "snapshot": "transactions, by number", "more": WORD},
    "handover_item": {"part": WORD, "what": WORD},
    "horizon": {"known_until": DAY, "shelved_why": "why a calendar's alarm waits"},
    "import_run": {"source": SETTING, "digest": HASH},
    "journal": {
        **dict.fromkeys(("via", "fact"), WORD),
        "body": "ids, states and times: it is hashed, and holds no text of anybody",
        "hash": HASH,
    },
    "kpi_day": {"dim": WORD, "key": CODE},
    "kpi_order": {"kind": SETTING, "fault": WORD},
    "kpi_spread": {"dim": WORD, "key": CODE, "measure": WORD},
    "nominee": {"stood": WORD, "why": WORD, "told": DAY},
    "operator": {"code": CODE, "name": STAFF, "role": WORD, "language": WORD},
    "operator_key": {"kind": WORD, "body": HASH, "fingerprint": HASH, "comment": STAFF},
    "order_exception": {
        **dict.fromkeys(("kind", "clock", "state", "limit_role"), WORD),
        **dict.fromkeys(("zone", "month"), DAY),
    },
    "order_step": {"code": CODE, **dict.fromkeys(("gate", "since"), WORD), "sha256": HASH},
    "outbox": {
        **dict.fromkeys(("key", "kind", "holder"), WORD),
        "body": "ids and times of what is still to be sent",
        "trouble": "what a program said that failed",
    },
    "plan": {
        **dict.fromkeys(("start_day", "until_day", "floor_day", "floor_due", "next_day"), DAY),
        **dict.fromkeys(("rule", "zone"), DAY),
        **dict.fromkeys(("basis", "closed"), WORD),
        "kind": SETTING,
        "trouble": "what a program said that failed",
    },
    "plan_occurrence": dict.fromkeys(("day", "due_day", "missed_since"), DAY),
    "baseline": {"name": SETTING, **dict.fromkeys(("first_day", "last_day", "zone"), DAY)},
    "baseline_part": {"scope": CODE, "content": DAY},
    "pack": {
        "kind": WORD,
        "scope": CODE,
        "digest": HASH,
        "content": "figures, codes and numbers",
        **dict.fromkeys(("period", "first_day", "last_day", "zone"), DAY),
    },
    "pause": {"kind": WORD},
    "presence": {"console": HASH, "doing": WORD},
    "idea": {"verdict": WORD},
    "project": dict.fromkeys(("stage", "alarm"), WORD),
    "project_stage": dict.fromkeys(("stage", "went"), WORD),
    "project_step": {"code": CODE, "sha256": HASH},
    "inspection": {"reasons": WORD, "scores": DAY},
    "inspection_draw": {
        **dict.fromkeys(("week", "zone"), DAY),
        **dict.fromkeys(("seed", "digest"), HASH),
        "population": "numbers and ids",
    },
    "inspection_sheet": dict.fromkeys(("kind", "source"), "how work is looked at, of nobody"),
    "reminder": {"kind": WORD},
    "procedure": dict.fromkeys(("kind", "source"), "how work is done, of nobody"),
    "receipt": {"key": HASH, "answer": "forgotten after seven days, as is said"},
    "recurrence": {
        **dict.fromkeys(("key", "rule", "fate", "orders", "complaints"), WORD),
        "what": "a kind of work, or a digest",
    },
    "region": {"code": CODE, "name": SETTING},
    "revisit": dict.fromkeys(("period", "day"), DAY),
    "seal": {"hash": HASH},
    "service_level": {"code": CODE, "name": SETTING, "policy": SETTING},
    "site": {"code": CODE, "zone": DAY},
    "skill": {"code": CODE, "name": SETTING},
    "store_meta": {"name": WORD, "value": "marks of the program"},
    "technician": {"code": CODE, "name": STAFF, "phone": STAFF, "state": WORD, "carries": STAFF},
    "timer": {"kind": WORD, "clock": WORD, "trouble": "what a program said that failed"},
    "training": dict.fromkeys(("subject", "state"), WORD),
    "travel_load": {"digest": HASH},
    "travel_row": {"minutes": DAY},
    "view": {"sort": WORD},
    "visit": {"state": WORD},
    "voice": dict.fromkeys(("about", "channel", "cause"), WORD),
    "work_kind": {"code": CODE, "name": SETTING, "certificate": SETTING},
    "work_order": {
        **dict.fromkeys(("source", "external_id"), "the order's number elsewhere"),
        **dict.fromkeys(("kind", "needs"), SETTING),
        **dict.fromkeys(("state", "category", "survey", "cause", "next_clock"), WORD),
        **dict.fromkeys(("survey_code", "chain"), HASH),
        "project_stage": WORD,
        "links": "numbers of orders",
    },
}

BY_HAND = {
    "work_order": ("description",),
    "visit": ("outcome",),
    "follow_up": ("kind", "outcome"),
    "alarm": ("shelved_why",),
    "corrective": ("done", "verdict", "changed", "invited"),
}
"""Columns that are filled behind the program's back, where a row of his stands."""


def columns_of_text() -> set[tuple[str, str]]:
    """Every column of the schema that can hold what somebody wrote."""
    return {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(getattr(column.type, "impl", column.type), Text)
        or type(column.type).__name__ == "Vector"
    }


def test_every_column_of_text_is_erased_or_has_a_reason() -> None:
    """A new one belongs into one of both lists, and what belongs there into `erasing`."""
    erased = {(table, name) for table, names in ERASED.items() for name in names}
    exempt = {(table, name) for table, names in EXEMPT.items() for name in names}
    assert erased & exempt == set()
    assert columns_of_text() == erased | exempt


def test_no_column_names_who_was_erased(records: Records) -> None:
    """Each had her name before; nothing has it afterwards, and the doctor finds nothing."""
    everywhere(records)
    assert faults(records) == []
    before = whole(records)
    assert NAME in before
    erase(records)
    after = whole(records)
    for trace in (NAME, PHONE, "13900002222", "138-5555-6666", "发票", "太慢", "不在家"):
        assert trace in before, trace
        assert trace not in after, trace
    assert faults(records) == []


@pytest.mark.parametrize(("table", "names"), BY_HAND.items())
def test_what_is_seldom_written_goes_too(
    records: Records, table: str, names: tuple[str, ...]
) -> None:
    """Filled here in every row that there is."""
    everywhere(records)
    kept = metadata.tables[table]
    with records.database.writing() as conn:
        assert conn.execute(select(func.count()).select_from(kept)).scalar_one()
        conn.execute(update(kept).values(dict.fromkeys(names, f"{NAME} {PHONE}")))
    erase(records)
    after = whole(records)
    assert NAME not in after
    assert PHONE not in after


@pytest.mark.parametrize("records", ["sqlite"], indirect=True)  # PostgreSQL has no such file
def test_a_copy_of_the_file_has_no_word_that_was_found_by(records: Records, tmp_path: Path) -> None:
    """SQLite's index keeps a word that is deleted, with a mark beside it."""
    do(records, SaveCustomer(code="P7", name="zzyyxxqq", phone=PHONE))
    caller = {"caller": "Bartholomew 13944445555"}
    written(records, customer="P7", title="leak", **caller)
    names = (b"zzyyxxqq", PHONE.encode())
    before = backup(records.database, tmp_path / "before").read_bytes()
    assert all(name in before for name in names)
    erase(records)
    after = backup(records.database, tmp_path / "after").read_bytes()
    for name in (*names, b"artholomew", b"13944445555"):
        assert name not in after, name
