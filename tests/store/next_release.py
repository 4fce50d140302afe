"""The program as it will be with one more migration, put in the place of the one that runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence import migrate, migrations

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = int(migrations.HEAD)
FOLLOWING = f"{HEAD + 1:04}"
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "NEXT", "HEAD"

def upgrade():
    with op.batch_alter_table("site", table_kwargs={"sqlite_strict": True}) as site:
        site.add_column(sa.Column("nickname", sa.Text()))
        site.alter_column("name", nullable=True)
""".replace("NEXT", FOLLOWING).replace("HEAD", migrations.HEAD)


def with_one_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The chain with one more link, in a folder of its own; `release` makes it count."""
    folder.mkdir()
    for link in migrate.FOLDER.glob("0*.py"):
        (folder / link.name).write_text(link.read_text())
    (folder / f"{FOLLOWING}_next.py").write_text(NEXT)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(migrate, "climb", lambda conn, climb=migrate.climb: climb(conn, folder))
    return folder


def release(
    monkeypatch: pytest.MonkeyPatch,
    *,
    min_writer: int = migrations.MIN_WRITER,
    min_reader: int = migrations.MIN_READER,
) -> None:
    """From now on this process is the newer program, which wants that much of who writes, reads."""
    monkeypatch.setattr(migrations, "HEAD", FOLLOWING)
    monkeypatch.setattr(migrations, "MIN_WRITER", min_writer)
    monkeypatch.setattr(migrations, "MIN_READER", min_reader)
