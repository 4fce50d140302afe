"""Who calls: people beside their orders, and what callers are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.domain.callers import keys_of

revision = "0007"
down_revision = "0006"

Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Sorted = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Two tables, a column that may be empty, and the keys of the customers that there are."""
    op.add_column("work_order", sa.Column("contact_id", Whole, nullable=True))
    op.create_table(
        "contact",
        sa.Column("id", Whole, nullable=False),
        sa.Column("customer_id", Whole, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contact_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_strict=True,
    )
    op.create_index("ix_contact_customer_id", "contact", ["customer_id"], unique=False)
    keys = op.create_table(
        "caller_key",
        sa.Column("key", Sorted, nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("entry", Whole, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "register", "entry", name=op.f("pk_caller_key")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _fill(keys)


def _fill(keys: sa.Table) -> None:
    conn = op.get_bind()
    known = conn.execute(sa.text("SELECT id, code, name, phone FROM customer")).all()
    for start in range(0, len(known), 1000):
        rows = [
            {"key": key, "register": "customer", "entry": entry}
            for entry, code, name, phone in known[start : start + 1000]
            for key in keys_of(code=code, name=name, phone=phone)
        ]
        if rows:
            conn.execute(keys.insert(), rows)
