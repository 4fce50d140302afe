"""All tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.persistence.tables.search import TERMS, Vector, fts5

revision = "0001"
down_revision = None

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")
Real: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def _transaction_id() -> sa.TextClause:
    there = op.get_bind().dialect.name == "postgresql"
    return sa.text("(pg_current_xact_id()::text::bigint)" if there else "NULL")


def upgrade() -> None:
    """Make every table."""
    _calendar()
    _import_run()
    _journal()
    _operator()
    _outbox()
    _receipt()
    _region()
    _seal()
    _search()
    _skill()
    _store_meta()
    _view()
    _calendar_version()
    _horizon()
    _service_level()
    _site()
    _asset()
    _customer()
    _operator_site()
    _technician()
    _absence()
    _certificate()
    _customer_tag()
    _shift()
    _technician_skill()
    _work_order()
    _alarm()
    _clock()
    _follow_up()
    _pause()
    _timer()
    _visit()


def _calendar() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("current_version_id", Whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("code", name=op.f("uq_calendar_code")),
        sqlite_strict=True,
    )


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", Whole, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rows_done", Whole, nullable=False),
        sa.Column("rejected", Whole, nullable=False),
        sa.Column("started_at", Whole, nullable=False),
        sa.Column("ended_at", Whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("source", "digest", name=op.f("uq_import_run_source_digest")),
        sqlite_strict=True,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", Whole, nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("by", Whole, nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("number", Whole, nullable=True),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("deed", Whole, nullable=True),
        sa.Column("xid", Whole, server_default=_transaction_id(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_journal_deed",
        "journal",
        ["deed", "seq"],
        unique=False,
        sqlite_where=sa.text("deed IS NOT NULL"),
        postgresql_where=sa.text("deed IS NOT NULL"),
    )
    op.create_index("ix_journal_number", "journal", ["number", "seq"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_journal_xid", "journal", ["xid"], unique=False)


def _operator() -> None:
    op.create_table(
        "operator",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", Flag, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("code", name=op.f("uq_operator_code")),
        sqlite_strict=True,
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", Whole, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", Whole, nullable=False),
        sa.Column("aim_at", Whole, nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("term", Whole, nullable=False),
        sa.Column("until_at", Whole, nullable=True),
        sa.Column("tries", Whole, nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("done_at", Whole, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_outbox_aim",
        "outbox",
        ["aim_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.Column("by", Whole, nullable=False),
        sa.Column("seq", Whole, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_receipt")),
        sqlite_strict=True,
    )
    op.create_index("ix_receipt_at", "receipt", ["at"], unique=False)
    op.create_index("ix_receipt_by", "receipt", ["by", "seq"], unique=False)


def _region() -> None:
    op.create_table(
        "region",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
        sqlite_strict=True,
    )


def _seal() -> None:
    op.create_table(
        "seal",
        sa.Column("id", Whole, nullable=False),
        sa.Column("first_seq", Whole, nullable=False),
        sa.Column("last_seq", Whole, nullable=False),
        sa.Column("entries", Whole, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", Whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("last_seq", name=op.f("uq_seal_last_seq")),
        sqlite_strict=True,
    )


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(fts5(op.get_bind().dialect))
        op.execute(TERMS)
        return
    op.create_table(
        "search",
        sa.Column("number", Whole, autoincrement=False, nullable=False),
        sa.Column("doc", Vector(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search")),
    )
    op.create_index("ix_search_doc", "search", ["doc"], postgresql_using="gin")


def _skill() -> None:
    op.create_table(
        "skill",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("code", name=op.f("uq_skill_code")),
        sqlite_strict=True,
    )


def _store_meta() -> None:
    op.create_table(
        "store_meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_store_meta")),
        sqlite_strict=True,
    )


def _view() -> None:
    op.create_table(
        "view",
        sa.Column("id", Whole, nullable=False),
        sa.Column("owner_id", Whole, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("descending", Flag, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_view_owner_id_name")),
        sqlite_strict=True,
    )


def _calendar_version() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("id", Whole, nullable=False),
        sa.Column("calendar_id", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("made_at", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_calendar_version_calendar_id_calendar")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_version")),
        sa.UniqueConstraint(
            "calendar_id", "version", name=op.f("uq_calendar_version_calendar_id_version")
        ),
        sqlite_strict=True,
    )


def _horizon() -> None:
    op.create_table(
        "horizon",
        sa.Column("calendar_id", Whole, nullable=False),
        sa.Column("known_until", sa.Text(), nullable=True),
        sa.Column("ends_at", Whole, nullable=True),
        sa.Column("level", Whole, nullable=False),
        sa.Column("next_at", Whole, nullable=True),
        sa.Column("raised_at", Whole, nullable=True),
        sa.Column("acknowledged_at", Whole, nullable=True),
        sa.Column("acknowledged_by", Whole, nullable=True),
        sa.Column("rings", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["operator.id"], name=op.f("fk_horizon_acknowledged_by_operator")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_horizon_calendar_id_calendar")
        ),
        sa.PrimaryKeyConstraint("calendar_id", name=op.f("pk_horizon")),
        sqlite_strict=True,
    )


def _service_level() -> None:
    op.create_table(
        "service_level",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("calendar_id", Whole, nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendar.id"], name=op.f("fk_service_level_calendar_id_calendar")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level")),
        sa.UniqueConstraint("code", name=op.f("uq_service_level_code")),
        sqlite_strict=True,
    )


def _site() -> None:
    op.create_table(
        "site",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_id", Whole, nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", Real, nullable=True),
        sa.Column("longitude", Real, nullable=True),
        sa.ForeignKeyConstraint(
            ["region_id"], ["region.id"], name=op.f("fk_site_region_id_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("code", name=op.f("uq_site_code")),
        sqlite_strict=True,
    )


def _asset() -> None:
    op.create_table(
        "asset",
        sa.Column("id", Whole, nullable=False),
        sa.Column("site_id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_asset_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_asset_site_id_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_asset_site_id", "asset", ["site_id"], unique=False)


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("level_id", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["level_id"], ["service_level.id"], name=op.f("fk_customer_level_id_service_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("code", name=op.f("uq_customer_code")),
        sqlite_strict=True,
    )


def _operator_site() -> None:
    op.create_table(
        "operator_site",
        sa.Column("operator_id", Whole, nullable=False),
        sa.Column("site_id", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_operator_site_operator_id_operator")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_operator_site_site_id_site")
        ),
        sa.PrimaryKeyConstraint("operator_id", "site_id", name=op.f("pk_operator_site")),
        sqlite_strict=True,
    )


def _technician() -> None:
    op.create_table(
        "technician",
        sa.Column("id", Whole, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("home_site_id", Whole, nullable=True),
        sa.Column("active", Flag, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", Whole, nullable=True),
        sa.Column("current_number", Whole, nullable=True),
        sa.Column("jobs", Whole, nullable=False),
        sa.Column("latitude", Real, nullable=True),
        sa.Column("longitude", Real, nullable=True),
        sa.Column("position_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["home_site_id"], ["site.id"], name=op.f("fk_technician_home_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technician")),
        sa.UniqueConstraint("code", name=op.f("uq_technician_code")),
        sqlite_strict=True,
    )


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("starts_at", Whole, nullable=False),
        sa.Column("ends_at", Whole, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technician.id"], name=op.f("fk_absence_technician_id_technician")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_strict=True,
    )
    op.create_index("ix_absence_technician_id", "absence", ["technician_id"], unique=False)


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expires_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["technician.id"],
            name=op.f("fk_certificate_technician_id_technician"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sqlite_strict=True,
    )
    op.create_index("ix_certificate_technician_id", "certificate", ["technician_id"], unique=False)


def _customer_tag() -> None:
    op.create_table(
        "customer_tag",
        sa.Column("customer_id", Whole, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_tag_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", "tag", name=op.f("pk_customer_tag")),
        sqlite_strict=True,
    )
    op.create_index("ix_customer_tag", "customer_tag", ["tag", "customer_id"], unique=False)


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("starts_at", Whole, nullable=False),
        sa.Column("ends_at", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technician.id"], name=op.f("fk_shift_technician_id_technician")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint(
            "technician_id", "starts_at", name=op.f("uq_shift_technician_id_starts_at")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_shift_ends_at", "shift", ["ends_at"], unique=False)


def _technician_skill() -> None:
    op.create_table(
        "technician_skill",
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("skill_id", Whole, nullable=False),
        sa.Column("level", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_technician_skill_skill_id_skill")
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["technician.id"],
            name=op.f("fk_technician_skill_technician_id_technician"),
        ),
        sa.PrimaryKeyConstraint("technician_id", "skill_id", name=op.f("pk_technician_skill")),
        sqlite_strict=True,
    )


def _work_order() -> None:
    op.create_table(
        "work_order",
        sa.Column("number", Whole, nullable=False),
        sa.Column("version", Whole, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", Whole, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("live", Flag, nullable=False),
        sa.Column("state_since", Whole, nullable=False),
        sa.Column("site_id", Whole, nullable=True),
        sa.Column("customer_id", Whole, nullable=True),
        sa.Column("asset_id", Whole, nullable=True),
        sa.Column("technician_id", Whole, nullable=True),
        sa.Column("follower_id", Whole, nullable=True),
        sa.Column("level_id", Whole, nullable=True),
        sa.Column("opened_at", Whole, nullable=False),
        sa.Column("created_at", Whole, nullable=False),
        sa.Column("progress_at", Whole, nullable=False),
        sa.Column("first_resolved_at", Whole, nullable=True),
        sa.Column("done_at", Whole, nullable=True),
        sa.Column("verified_at", Whole, nullable=True),
        sa.Column("closed_at", Whole, nullable=True),
        sa.Column("reopened", Whole, nullable=False),
        sa.Column("reassigned", Whole, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wake_at", Whole, nullable=True),
        sa.Column("duplicate_of", Whole, nullable=True),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("next_deadline", Whole, nullable=True),
        sa.Column("next_clock", sa.Text(), nullable=True),
        sa.Column("risk_at", Whole, nullable=True),
        sa.Column("orphan_at", Whole, nullable=True),
        sa.Column("follow_at", Whole, nullable=True),
        sa.Column("rank_at", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_work_order_asset_id_asset")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_work_order_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of"],
            ["work_order.number"],
            name=op.f("fk_work_order_duplicate_of_work_order"),
        ),
        sa.ForeignKeyConstraint(
            ["follower_id"], ["operator.id"], name=op.f("fk_work_order_follower_id_operator")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["service_level.id"], name=op.f("fk_work_order_level_id_service_level")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_work_order_site_id_site")),
        sa.ForeignKeyConstraint(
            ["technician_id"],
            ["technician.id"],
            name=op.f("fk_work_order_technician_id_technician"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_work_order")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_work_order_source_external_id")),
        postgresql_with={"fillfactor": 70},
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_follow",
        "work_order",
        ["follow_at", "number", "site_id"],
        unique=False,
        sqlite_where=sa.text("follow_at IS NOT NULL"),
        postgresql_where=sa.text("follow_at IS NOT NULL"),
    )
    op.create_index(
        "ix_live_deadline",
        "work_order",
        ["next_deadline", "number", "risk_at", "site_id"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live = 1"),
    )
    op.create_index(
        "ix_live_site",
        "work_order",
        ["site_id", "rank_at", "number"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live = 1"),
    )
    op.create_index(
        "ix_live_state",
        "work_order",
        ["state", "rank_at", "number", "wake_at", "orphan_at", "site_id"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live = 1"),
    )
    op.create_index(
        "ix_live_technician",
        "work_order",
        ["technician_id", "rank_at"],
        unique=False,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live = 1"),
    )
    op.create_index(
        "ix_open_rank",
        "work_order",
        ["rank_at", "number", "site_id"],
        unique=False,
        sqlite_where=sa.text("live = 1 AND category <> 'done'"),
        postgresql_where=sa.text("live = 1 AND category <> 'done'"),
    )
    op.create_index("ix_work_order_asset_id", "work_order", ["asset_id"], unique=False)
    op.create_index("ix_work_order_closed_at", "work_order", ["closed_at"], unique=False)
    op.create_index(
        "ix_work_order_customer_id", "work_order", ["customer_id", "number"], unique=False
    )
    op.create_index("ix_work_order_opened_at", "work_order", ["opened_at"], unique=False)
    op.create_index("ix_work_order_site_id", "work_order", ["site_id", "number"], unique=False)


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", Whole, nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("level", Whole, nullable=False),
        sa.Column("severity", Whole, nullable=False),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("raised_at", Whole, nullable=False),
        sa.Column("acknowledged_at", Whole, nullable=True),
        sa.Column("acknowledged_by", Whole, nullable=True),
        sa.Column("cleared_at", Whole, nullable=True),
        sa.Column("rings", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["operator.id"], name=op.f("fk_alarm_acknowledged_by_operator")
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_alarm_number_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_alarm_due",
        "alarm",
        ["severity", "due_at"],
        unique=False,
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )
    op.create_index("ix_alarm_number", "alarm", ["number"], unique=False)
    op.create_index(
        "uq_alarm_standing",
        "alarm",
        ["number"],
        unique=True,
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )


def _clock() -> None:
    op.create_table(
        "clock",
        sa.Column("number", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("run", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("started_at", Whole, nullable=False),
        sa.Column("target_s", Whole, nullable=True),
        sa.Column("target_days", Whole, nullable=True),
        sa.Column("fixed_due_at", Whole, nullable=True),
        sa.Column("calendar_version", Whole, nullable=True),
        sa.Column("due_at", Whole, nullable=True),
        sa.Column("original_due_at", Whole, nullable=True),
        sa.Column("met_at", Whole, nullable=True),
        sa.Column("breached_at", Whole, nullable=True),
        sa.Column("ended_at", Whole, nullable=True),
        sa.Column("warned", Whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_version"],
            ["calendar_version.id"],
            name=op.f("fk_clock_calendar_version_calendar_version"),
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_clock_number_work_order")
        ),
        sa.PrimaryKeyConstraint("number", "kind", "run", name=op.f("pk_clock")),
        postgresql_with={"fillfactor": 70},
        sqlite_strict=True,
    )


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("number", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", Whole, nullable=False),
        sa.Column("made_at", Whole, nullable=False),
        sa.Column("done_at", Whole, nullable=True),
        sa.Column("done_by", Whole, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by"], ["operator.id"], name=op.f("fk_follow_up_done_by_operator")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["operator.id"], name=op.f("fk_follow_up_made_by_operator")
        ),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_follow_up_number_work_order")
        ),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_follow_up")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_follow_up_open",
        "follow_up",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("number", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_at", Whole, nullable=False),
        sa.Column("to_at", Whole, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wake_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_pause_number_work_order")
        ),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_pause")),
        sqlite_strict=True,
    )


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("id", Whole, nullable=False),
        sa.Column("number", Whole, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("run", Whole, nullable=False),
        sa.Column("level", Whole, nullable=False),
        sa.Column("due_at", Whole, nullable=False),
        sa.Column("aim_at", Whole, nullable=False),
        sa.Column("fired_at", Whole, nullable=True),
        sa.Column("tries", Whole, nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_timer_number_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint(
            "number",
            "kind",
            "clock",
            "run",
            "level",
            name=op.f("uq_timer_number_kind_clock_run_level"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_timer_aim",
        "timer",
        ["aim_at"],
        unique=False,
        sqlite_where=sa.text("fired_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL"),
    )
    op.create_index(
        "ix_timer_trouble",
        "timer",
        ["tries", "id"],
        unique=False,
        sqlite_where=sa.text("trouble IS NOT NULL"),
        postgresql_where=sa.text("trouble IS NOT NULL"),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("number", Whole, nullable=False),
        sa.Column("place", Whole, nullable=False),
        sa.Column("technician_id", Whole, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assigned_at", Whole, nullable=False),
        sa.Column("accepted_at", Whole, nullable=True),
        sa.Column("departed_at", Whole, nullable=True),
        sa.Column("arrived_at", Whole, nullable=True),
        sa.Column("ended_at", Whole, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("seen_at", Whole, nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["work_order.number"], name=op.f("fk_visit_number_work_order")
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technician.id"], name=op.f("fk_visit_technician_id_technician")
        ),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_visit")),
        sqlite_strict=True,
    )
    op.create_index("ix_visit_technician_id", "visit", ["technician_id", "state"], unique=False)
