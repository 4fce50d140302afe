"""The declarative base that every table of the store hangs on."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """One metadata, named constraints, STRICT on SQLite."""

    metadata = MetaData(naming_convention=NAMES)


STRICT = {"sqlite_strict": True}
"""Table arguments for every table without others."""

ROOM_TO_CHANGE = {"postgresql_with": {"fillfactor": 70}}
"""For rows that change often: with room beside them, PostgreSQL need not touch their indexes."""
