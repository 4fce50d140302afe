"""Writes the first migration from the tables; only until the first release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from sqlalchemy import Index, Table

_TYPES = {
    "Instant": "Whole",
    "Id": "Whole",
    "Whole": "Whole",
    "Flag": "Flag",
    "Real": "Real",
    "Json": "sa.Text()",
    "Text": "sa.Text()",
}
_HEAD = '''"""All tables of the first release.

Written by `python -m store.persistence.migrate --write`.
"""

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

'''


def write(folder: Path) -> Path:
    """Write the file and return its path."""
    from store.persistence.tables import metadata
    from store.persistence.tables.base import ready_for_postgresql

    ready_for_postgresql(metadata)
    to = folder / "0001_first.py"
    tables = metadata.sorted_tables
    names = [f"_{table.name}" for table in tables]
    parts = [_HEAD, "\ndef upgrade() -> None:", '    """Make every table."""']
    parts += [f"    {name}()" for name in names]
    parts += [_function(table) for table in tables]
    to.write_text("\n".join(parts) + "\n", "utf-8")
    _format(to)
    return to


_SEARCH = """

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
"""
"""What no table of SQLAlchemy says: one kind of table here, another there."""


def _function(table: Table) -> str:
    if table.name == "search":
        return "\n" + _SEARCH.rstrip()
    from alembic.autogenerate.render import render_op_text
    from alembic.operations.ops import CreateIndexOp, CreateTableOp

    context = _context()
    lines = render_op_text(context, CreateTableOp.from_table(table)).splitlines()
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        text = render_op_text(context, CreateIndexOp.from_index(index)).splitlines()
        lines += _only_there(index, text)
    body = "\n".join("    " + line for line in lines)
    return f"\n\ndef _{table.name}() -> None:\n{body}"


def _only_there(index: Index, lines: list[str]) -> list[str]:
    limit = index._ddl_if  # noqa: SLF001  SQLAlchemy shows it nowhere else
    if limit is None:
        return lines
    return [
        f'if op.get_bind().dialect.name == "{limit.dialect}":',
        *("    " + line for line in lines),
    ]


def _context() -> AutogenContext:
    from alembic.autogenerate.api import AutogenContext
    from alembic.runtime.migration import MigrationContext

    options: dict[str, Any] = {
        "sqlalchemy_module_prefix": "sa.",
        "alembic_module_prefix": "op.",
        "user_module_prefix": None,
        "render_item": _render,
    }
    migration = MigrationContext.configure(dialect_name="postgresql", opts=options)
    return AutogenContext(migration)


def _render(kind: str, thing: Any, _context: AutogenContext) -> str | bool:
    from store.persistence.tables.trail import TransactionId

    if kind == "type":
        return _type(thing)
    if kind == "server_default" and isinstance(getattr(thing, "arg", thing), TransactionId):
        return "_transaction_id()"
    return False


def _type(thing: Any) -> str:
    from store.persistence import types

    for name in _TYPES:
        ours = getattr(types, name, None)
        if thing is ours or type(thing) is ours:
            return _TYPES[name]
    return _TYPES[type(thing).__name__]


def _format(path: Path) -> None:
    import subprocess
    import sys

    ruff = Path(sys.executable).with_name("ruff")
    rules = f"--config={Path(__file__).parents[2] / 'pyproject.toml'}"
    mend = ("check", "--fix", "--ignore=INP001")  # it may be written into any folder
    for command in (("format",), mend):
        subprocess.run([ruff, *command, "--quiet", rules, path], check=True)
