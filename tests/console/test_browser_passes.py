"""Whoever was let in stays so until an end, and pages are had under exact addresses alone."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.serve import page_files
from console.serve.origins import hosts_of, place
from console.serve.passes import GOOD_FOR, Passes
from store.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

NINE = datetime(2026, 9, 21, 9, tzinfo=UTC)


def test_a_pass_ends(tmp_path: Path) -> None:
    """By time, by leaving, or when its operator is none any more; a restart ends none."""
    passes = Passes(tmp_path / "browsers.json")
    told = {code: passes.give(code, at=NINE) for code in ("ana", "bo")}
    assert (tmp_path / "browsers.json").stat().st_mode & 0o777 == 0o600
    passes = Passes(tmp_path / "browsers.json")
    ana = passes.find(told["ana"], at=NINE + GOOD_FOR - timedelta(seconds=1))
    assert ana is not None
    assert ana.operator == "ana"
    assert passes.find(told["ana"], at=NINE + GOOD_FOR) is None
    assert not passes.is_good(ana, at=NINE + GOOD_FOR)
    passes.drop_strangers({"ana": 1}.get)
    assert passes.find(told["bo"], at=NINE) is None
    passes.drop(ana)
    assert not passes.is_good(ana, at=NINE)
    assert Passes(tmp_path / "browsers.json").find(told["ana"], at=NINE) is None


def test_how_long_a_pass_held_no_console_outlives_a_restart(tmp_path: Path) -> None:
    """Also of one that never did; a file of before tells only when it was given."""
    path, hour = tmp_path / "browsers.json", timedelta(hours=1)
    passes = Passes(path)
    told = {code: passes.give(code, at=NINE) for code in ("ana", "bo", "eve")}
    ana, bo, eve = (passes.find(one, at=NINE) for one in told.values())
    assert ana is not None
    assert bo is not None
    assert eve is not None
    passes.holds({ana, eve}, at=NINE + hour)
    passes.leaves(eve, at=NINE + hour + timedelta(seconds=1))
    passes = Passes(path)
    unused = [passes.unused(one, at=NINE + 2 * hour) for one in (ana, bo, eve)]
    assert unused == [hour, 2 * hour, hour - timedelta(seconds=1)]
    passes.drop(eve)
    passes.leaves(eve, at=NINE + 2 * hour)
    assert not Passes(path).is_good(eve, at=NINE)
    before = json.loads(path.read_text())
    del before["used"]
    path.write_text(json.dumps(before))
    passes = Passes(path)
    assert passes.is_good(ana, at=NINE)
    assert passes.unused(ana, at=NINE + hour) == hour


def test_a_pass_of_another_key_is_none(tmp_path: Path) -> None:
    """Nor is one that was changed, or anything else that a browser may say."""
    told = Passes(tmp_path / "one").give("ana", at=NINE)
    passes = Passes(tmp_path / "two")
    own = passes.give("ana", at=NINE)
    name, _, mark = own.partition(".")
    for wrong in (told, name, name + ".", f"{name}.{mark[:-1]}", f".{mark}", "", "\xe9." * 999):
        assert passes.find(wrong, at=NINE) is None
    (tmp_path / "two").write_text("[1]")
    assert Passes(tmp_path / "two").find(own, at=NINE) is None


def test_one_operator_holds_ten_passes(tmp_path: Path) -> None:
    """The oldest goes for the eleventh, and nobody else's."""
    passes = Passes(tmp_path / "browsers.json")
    bo, *his = [passes.give(code, at=NINE) for code in ("bo", *["ana"] * 11)]
    good = [passes.find(one, at=NINE) is not None for one in (bo, *his)]
    assert good == [True, False, *[True] * 10]


@pytest.mark.parametrize(
    ("told", "named", "origins"),
    [
        ("127.0.0.1:8023", "", {"http://127.0.0.1:8023", "http://localhost:8023"}),
        ("8023", "", {"http://127.0.0.1:8023", "http://localhost:8023"}),
        (":80", "", {"http://127.0.0.1", "http://localhost"}),
        ("[::1]:8023", "", {"http://[::1]:8023", "http://localhost:8023"}),
        ("127.0.0.1:1", "https://Desk.example:443/", {"https://desk.example"}),
        ("0.0.0.0:1", "https://desk.example:8443", {"https://desk.example:8443"}),
        ("127.0.0.1:1", "http://localhost:7", {"http://localhost:7"}),
    ],
)
def test_pages_are_had_under_exact_addresses(told: str, named: str, origins: set[str]) -> None:
    """As a browser writes them, without a port that goes without saying."""
    where = place(told, named)
    assert where.origins(where.port) == origins
    assert hosts_of(where.origins(where.port)) == {one.partition("//")[2] for one in origins}


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("", ""), ("127.0.0.1", ""), ("127.0.0.1:x", ""), ("127.0.0.1:65536", ""),
        ("0.0.0.0:8023", ""), ("desk.example:8023", ""), ("0.0.0.0:1", "http://desk.example"),
        ("127.0.0.1:1", "desk.example"), ("127.0.0.1:1", "https://desk.example/x"),
        ("127.0.0.1:1", "https://a b"), ("127.0.0.1:1", "https://a@b"),
    ],
)  # fmt: skip
def test_nothing_is_given_in_the_clear_to_other_machines(told: str, named: str) -> None:
    """Nor at what is no address."""
    with pytest.raises(BadInput):
        place(told, named)


def test_what_others_published_is_as_they_did() -> None:
    """Or a browser would not take it."""
    for name, told in page_files.PUBLISHED.items():
        found = base64.b64encode(hashlib.sha384(page_files.read(name)).digest()).decode()
        assert f"sha384-{found}" == told
