"""A line to a PostgreSQL server over which databases are made and dropped."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from psycopg import sql

MANY = 50
"""Connections of a server that has one to spare."""


class Line:
    """Kept where the server has connections enough: a new one costs it a fifth of a database."""

    def __init__(self, port: int, *, keeps: bool) -> None:
        self._port = port
        self._keeps = keeps
        self._open: tuple[int, psycopg.Connection[Any]] | None = None
        """With the process that opened it: what was open before a fork is not the child's."""

    def run(self, statement: sql.Composed) -> None:
        """One statement, outside any transaction; again where a test had cut all connections."""
        if self._open is not None and self._open[0] == os.getpid():
            try:
                self._open[1].execute(statement)
            except psycopg.OperationalError:
                self.close()
            else:
                return
        connection = psycopg.connect(
            host="127.0.0.1", port=self._port, user="paidan", dbname="postgres", autocommit=True
        )
        self._open = os.getpid(), connection
        try:
            connection.execute(statement)
        finally:
            if not self._keeps:
                self.close()

    def close(self) -> None:
        """Hang up; harmless when there is none."""
        held, self._open = self._open, None
        if held is not None and held[0] == os.getpid():
            held[1].close()
