"""A small store for the command line, and surroundings without anything of the machine's own."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.cli import main
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records
from tests.console.drilled import begin, drill_made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.console.typed import Do, MadeOnce

__all__ = ["begin", "cli_desk", "drill_made", "english_again", "plain_surroundings"]

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test speaks, the next one finds English."""
    yield
    i18n.use("en")


@pytest.fixture
def plain_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No configuration, log or language of the machine's own."""
    for name in ("PAIDAN_DB", "PAIDAN_LANG", "PAIDAN_CONFIG", "USER"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    i18n.use("en")


@pytest.fixture(scope="module")
def cli_desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with three orders: new, in work, done."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'desk.db'}"
    records = open_records(url, feed=False)
    who = Who(operator=2, via="test")
    for command in (
        SaveSite(code="S1", name="宏远大厦", zone="Asia/Shanghai"),
        SaveCustomer(code="C1", name="Acme"),
        SaveTechnician(code="T1", name="李伟"),
        SaveOperator(code="bo", name="Bo"),
        NewOrder(title="电梯故障 (lift)", site="S1", customer="C1", priority=1, external_id="X-1"),
        NewOrder(title="=1+1", priority=3),
        NewOrder(title="pump leaks", site="S1", customer="C1", priority=2),
        MoveOrder(number=2, move=Move.ASSIGN, technician="T1"),
        MoveOrder(number=3, move=Move.ASSIGN, technician="T1"),
    ):
        records.do(command, who=who, at=AT)
    for step, move in enumerate((Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH), 1):
        at = AT + timedelta(minutes=10 * step)
        records.do(MoveOrder(number=3, move=move), who=who, at=at)
    records.close()
    return url


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Make a desk's file as the first test that wants it does; the next ones get a copy."""
    folder, kept = tmp_path_factory.mktemp("once"), dict[str, Path]()

    def lay(name: str, file: Path, make: Callable[[], object]) -> None:
        if name not in kept:
            make()
            kept[name] = folder / f"{len(kept)}.db"
            shutil.copyfile(file, kept[name])
        elif not file.exists():
            shutil.copyfile(kept[name], file)

    return lay


@pytest.fixture(scope="session")
def six_orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed file of a desk of six orders, to be copied."""
    file = tmp_path_factory.mktemp("do") / "desk.db"
    records = open_records(f"sqlite:///{file}", feed=False)
    for command in (
        SaveSite(code="HQ", name="Head office", zone="UTC", latitude=31.2, longitude=121.4),
        SaveTechnician(code="T27", name="Wang Wei", skills={"lift": 3}, home="HQ"),
        SaveTechnician(code="L2", name="王芳", skills={"lift": 5}),
        *(NewOrder(title=f"lift {n} stuck", site="HQ", priority=2) for n in range(1, 7)),
        MoveOrder(number=6, move=Move.ASSIGN, technician="L2"),
    ):
        records.do(command, who=Who(operator=2, via="test"), at=AT)
    records.close()
    return file


@pytest.fixture
def do(six_orders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Do:
    """Carry out a line on a desk of six orders; its exit code, data and talk."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    shutil.copyfile(six_orders, tmp_path / "desk.db")

    def carry_out(*words: str) -> tuple[int, str, str]:
        code = main(["do", *words, "--db", url])
        said = capsys.readouterr()
        return code, said.out, said.err

    carry_out.url = url  # type: ignore[attr-defined]  # a function carries its desk's address
    return carry_out
