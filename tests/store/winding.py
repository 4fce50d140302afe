"""A store wound back to an older schema, its rows as they are: what an old release left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

NEW_IN_ALARMS = (
    *("asked_at", "shelved_at", "shelved_until", "shelved_by", "shelved_why"),
    *("escalated_at", "lapsed_at", "seen_at", "seen_by"),
)


_POSTGRESQL = "/* postgresql */"
"""Before what has no like on SQLite."""


def _dropped(table: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"ALTER TABLE {table} DROP COLUMN {column}" for column in columns)


_BACK: Mapping[int, Sequence[str]] = {
    43: (
        *_dropped("clock", "waived_until", "waiver", "own_due_at"),
        *_dropped("kpi_order", "waived"),
        *_dropped("kpi_day", "waived"),
    ),
    42: _dropped("order_step", "working"),
    41: ("DROP TABLE inspection", "DROP TABLE inspection_draw", "DROP TABLE inspection_sheet"),
    40: ("DROP TABLE recurrence",),
    39: ("DROP TABLE baseline_part", "DROP TABLE baseline", "DROP TABLE pack"),
    38: (
        "DROP INDEX ix_work_order_project",
        *_dropped("work_order", "project", "project_stage"),
        *("DROP TABLE project_step", "DROP TABLE handoff", "DROP TABLE project_stage"),
        *("DROP TABLE project", "DROP TABLE department"),
    ),
    37: ("DROP INDEX ix_customer_merged_into", *_dropped("customer", "merged_into")),
    36: _dropped("work_order", "daily_from", "daily_rang", "noted_at", "progress"),
    35: (
        *("DROP TABLE order_step", "DROP TABLE procedure"),
        *_dropped("work_order", "procedure"),
    ),
    34: ("DROP TABLE voice", *_dropped("corrective", "invited", "invited_at")),
    33: ("DROP TABLE fund_entry", "DROP TABLE fund", "DROP TABLE idea"),
    32: ("DROP TABLE revisit",),
    31: (
        *("DROP TABLE exception_delegate", "DROP TABLE exception_limit"),
        "DROP TABLE order_exception",
        *_dropped("work_order", "exception_at", "exception_by"),
    ),
    30: (
        *("DROP TABLE reminder", "DROP TABLE training"),
        "DROP INDEX ix_certificate_expires_at",
    ),
    29: (
        *("DROP INDEX ix_alarm_acknowledged_at", "DROP INDEX ix_kpi_order_asked_at"),
        *_dropped("kpi_order", "customer_id", "asked_at", "answered", "csat", "nps"),
        *_dropped("kpi_day", "planned_met", "planned_missed", "asked", "answered"),
        *_dropped("kpi_day", "csat_n", "csat_top", "nps_n", "nps_net"),
    ),
    28: (
        *("DROP TABLE corrective_why", "DROP TABLE corrective"),
        *_dropped("work_order", "action_by"),
    ),
    27: ("DROP INDEX ix_journal_chosen",),
    26: (
        *("DROP TABLE kpi_spread", "DROP TABLE kpi_day", "DROP TABLE kpi_order"),
        "DELETE FROM store_meta WHERE substr(name, 1, 4) = 'kpi '",
    ),
    25: (
        *(f"DROP INDEX ix_{name}" for name in ("survey_at", "survey_by", "survey_asked")),
        *("DROP INDEX ix_survey_code", "DROP INDEX ix_bad_at"),
        *_dropped("work_order", "survey", "survey_by", "survey_at", "survey_tries", "survey_code"),
        *_dropped("work_order", "csat", "nps", "rated_at", "said", "bad_at", "cause", "contained"),
    ),
    24: (
        *("DROP TABLE contract", "DROP TABLE customer_care"),
        *_dropped("customer", "erased_at"),
        *_dropped("contact", "erased_at"),
    ),
    23: _dropped("work_order", "takes_s", "crew", "appointment_at", "appointment_to"),
    22: (*_dropped("operator", "everywhere"), "DELETE FROM store_meta WHERE name = 'roles_owed'"),
    21: ("DROP TABLE operator_key",),
    20: ("DROP INDEX ix_nominee_look_at",),
    19: (
        *("DROP TABLE travel_row", "DROP TABLE travel_load", "DROP TABLE dispatch_figure"),
        "DROP INDEX ix_work_order_needs",
        *(*_dropped("work_order", "needs"), *_dropped("technician", "carries")),
    ),
    18: _dropped("work_order", "planned_at", "locked_by"),
    17: ("DROP TABLE nominee", "DROP TABLE automatic"),
    16: ("DROP TABLE technician_wish", "DROP TABLE technician_region", "DROP TABLE work_kind"),
    15: (
        "DROP INDEX IF EXISTS ix_search_doc",
        f"{_POSTGRESQL} CREATE INDEX ix_search_doc ON search USING gin (doc)",
    ),
    14: (
        "DROP INDEX ix_journal_undone",
        "DROP INDEX ix_given_up",
        "DROP INDEX ix_work_order_closed_at",
        "CREATE INDEX ix_work_order_closed_at ON work_order (closed_at)",
        "DROP INDEX ix_live_site",
        "CREATE INDEX ix_live_site ON work_order (site_id, rank_at, number) WHERE live = 1",
    ),
    13: (
        "DROP INDEX ix_visit_technician_id",
        "CREATE INDEX ix_visit_technician_id ON visit (technician_id, state)",
    ),
    12: ("DROP TABLE presence",),
    11: ("DELETE FROM store_meta WHERE name IN ('newest_seal', 'seal_lost')",),
    10: (
        "DROP INDEX ix_work_order_duplicate_of",
        *_dropped("work_order", "links", "cadence_s", "told_at"),
    ),
    9: ("DROP INDEX ix_work_order_contact_id",),
    8: ("DROP INDEX ix_work_order_parent", *_dropped("work_order", "parent")),
    7: ("DROP TABLE caller_key", *_dropped("work_order", "contact_id"), "DROP TABLE contact"),
    6: ("DROP TABLE plan_occurrence", "DROP TABLE plan"),
    5: _dropped("horizon", "shelved_at", "shelved_until", "shelved_by", "shelved_why"),
    4: ("DROP TABLE handover_item", "DROP TABLE handover_note", "DROP TABLE handover"),
    3: _dropped("work_order", "chased"),
    2: (
        "DROP INDEX ix_alarm_unseen",
        *_dropped("alarm", *NEW_IN_ALARMS),
        "DELETE FROM timer WHERE kind = 'escalate'",
    ),
}
"""What undoes each change, by its number, the newest first."""


def wind_back(conn: Connection, to: int) -> None:
    """Make the schema that of the release that knew no change after this one."""
    for number, steps in _BACK.items():
        if number > to:
            for step in steps:
                if conn.dialect.name == "postgresql" or not step.startswith(_POSTGRESQL):
                    conn.exec_driver_sql(step)
    conn.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{to:04}'")
