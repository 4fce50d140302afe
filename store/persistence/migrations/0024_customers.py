"""Customers have contracts, somebody who looks after them, and times at which they want us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Flag = sa.SmallInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables, and two columns that begin empty: nobody was erased yet."""
    op.create_table(
        "contract",
        sa.Column("id", Whole, nullable=False),
        sa.Column("customer_id", Whole, nullable=False),
        sa.Column("level_id", Whole, nullable=True),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("starts_at", Whole, nullable=False),
        sa.Column("ends_at", Whole, nullable=False),
        sa.Column("renew_day", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_at", Whole, nullable=True),
        sa.Column("decided_by", Whole, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["service_level.id"], name=op.f("fk_contract_level_id_service_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint(
            "customer_id", "first_day", name=op.f("uq_contract_customer_id_first_day")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_contract_ends_at", "contract", ["ends_at"])
    op.create_table(
        "customer_care",
        sa.Column("id", Whole, nullable=False),
        sa.Column("customer_id", Whole, nullable=False),
        sa.Column("lead_operator_id", Whole, nullable=True),
        sa.Column("lead_technician_id", Whole, nullable=True),
        sa.Column("contact_id", Whole, nullable=True),
        sa.Column("from_s", Whole, nullable=True),
        sa.Column("to_s", Whole, nullable=True),
        sa.Column("call_ahead", Flag, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_care_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_care")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_customer_care_customer_id")),
        sqlite_strict=True,
    )
    op.add_column("customer", sa.Column("erased_at", Whole, nullable=True))
    op.add_column("contact", sa.Column("erased_at", Whole, nullable=True))
