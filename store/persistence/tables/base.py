"""What every table of the store hangs on: classes whose annotated columns become tables.

They read like SQLAlchemy's declarative classes, and `JournalRow.hash` is a column, but there is no
ORM behind them: nobody asks for entities, and importing and mapping it would take as long as
Textual itself before the first rows of every console.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column, MetaData, Table, event, text

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Mapped as Mapped
else:

    class Mapped:
        """The type of a column as its class shows it; for type checkers only."""


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STRICT = {"sqlite_strict": True}
"""Table arguments for every table without others."""

ROOM_TO_CHANGE: dict[str, Any] = {"info": {"fillfactor": 70}}
"""For rows that change often: with room beside them, PostgreSQL need not touch their indexes."""


def mapped_column(*what: Any, **more: Any) -> Any:
    """A column by its type or foreign key; whether it may be empty is said by its annotation."""
    return Column(*what, **more)


class Base:
    """One metadata, named constraints, STRICT on SQLite."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    __table__: ClassVar[Table]
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[Any] = STRICT

    def __init_subclass__(cls) -> None:
        """Make the table."""
        args = cls.__table_args__
        parts, options = ((), args) if isinstance(args, dict) else (args[:-1], args[-1])
        columns = []
        for name, said in cls.__annotations__.items():
            column = cls.__dict__[name]
            column.name = column.key = name
            column.nullable = "None" in said
            columns.append(column)
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *parts, **options)

    @classmethod
    def __clause_element__(cls) -> Table:
        """The table, wherever SQLAlchemy is given the class."""
        return cls.__table__


def where(condition: str) -> dict[str, Any]:
    """The arguments of an index over some rows only, on both databases."""
    return {"sqlite_where": text(condition)}


def ready_for_postgresql(metadata: MetaData) -> None:
    """Say of tables and indexes what only PostgreSQL wants to hear; the conditions are the same.

    Not with each of them: its dialect, and the drivers that it knows, would be loaded by every
    process on SQLite.
    """
    for table in metadata.tables.values():
        if table.info:
            table.dialect_options["postgresql"]["with"] = dict(table.info)
            table.info = {}
        for index in table.indexes:
            if "using" in index.info:
                index.dialect_options["postgresql"]["using"] = index.info["using"]
            condition = index.dialect_options["sqlite"]["where"]
            if condition is not None:
                index.dialect_options["postgresql"]["where"] = condition


@event.listens_for(Base.metadata, "before_create")
def _making(metadata: MetaData, conn: Connection, **_options: Any) -> None:
    if conn.dialect.name == "postgresql":
        ready_for_postgresql(metadata)
