"""Technicians in a file: out whole, in again the same, and nothing of a bad row."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cli import main
from console.intake.marks import guarded
from console.intake.reader import Row
from console.intake.technicians import COLUMNS, command_of, row_of
from console.json_text import iso
from store.commands.operators import SaveOperator
from store.commands.people import SaveTechnician
from store.commands.places import SaveRegion, SaveSite
from store.domain.text import safe
from store.domain.who import THE_DESK
from store.queries.registers import StreamTechnicians, TechnicianEntry
from store.records import Records, open_records
from tests.console.import_desk import AT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.domain.intents import Command, Done

    Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("plain_surroundings")

ENDS = datetime(2027, 3, 31, tzinfo=UTC)
PEOPLE = (
    SaveTechnician(
        code="T1", name="Li Wei", phone="555 1", home="HQ", skills={"lift": 4, "a:b": 1},
        regions=("EAST", "WEST"), carries=('6" wrench', "ladder"),
        certificates=(("HV", ENDS), ("Gas", None), ('odd;"=" name', None)),
    ),
    SaveTechnician(code="=1+1", name="'=王芳", active=False),
    SaveTechnician(code="T3", name="O'Hara; jr.", certificates=(("甲；乙", ENDS),)),
)  # fmt: skip


def _desk(url: str, *people: Command) -> Records:
    records = open_records(url, feed=False)
    places = [SaveRegion(code=code, name=code) for code in ("EAST", "WEST")]
    for command in (*places, SaveSite(code="HQ", name="Head office"), *people):
        records.do(command, who=THE_DESK, at=AT)
    return records


def _entries(records: Records) -> list[dict[str, Any]]:
    found = records.ask(StreamTechnicians(), who=THE_DESK, at=AT)
    return [{name: getattr(one, name) for name in one.__slots__ if name != "id"} for one in found]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, what was printed and what was said, at a desk with a site and two regions."""
    db = f"sqlite:///{tmp_path / 'people.db'}"
    _desk(db).close()

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--db", db])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return ran


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_was_written_out_comes_in_the_same(
    form: str, tables_url: str, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into another desk; a second time nothing is left to do, nor into the desk it came from."""
    records = _desk(tables_url, *PEOPLE)
    told, head = _entries(records), records.head()
    assert len(told) == len(PEOPLE)
    assert main(["export", "technicians", "--format", form, "--db", tables_url]) == 0
    file = tmp_path / f"people.{form}"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["import", "--technicians", str(file), "--db", tables_url]) == 0
    said = "0 technicians are new.\n3 were as the file says already.\n"
    assert (capsys.readouterr().out, records.head()) == (said, head)
    records.close()
    assert run("import", "--technicians", str(file))[:2] == (0, "3 technicians are new.\n")
    assert run("import", "--technicians", str(file))[1] == said
    out = run("export", "technicians", "--format", form)[1]
    assert out == file.read_text(encoding="utf-8")
    with closing(open_records(f"sqlite:///{tmp_path / 'people.db'}", feed=False)) as other:
        assert _entries(other) == told


NAMES = st.text(min_size=1, max_size=12).map(lambda text: safe(text).strip()).filter(bool)


@given(
    st.dictionaries(NAMES, st.integers(1, 5), max_size=4),
    st.lists(NAMES, max_size=3, unique=True),
    st.dictionaries(NAMES, st.sampled_from([None, ENDS, AT]), max_size=4),
    NAMES,
)
def test_any_name_survives_its_cell(
    skills: dict[str, int], regions: list[str], papers: dict[str, datetime | None], name: str
) -> None:
    """With semicolons, quotes, signs of a formula, colons and the like in it."""
    entry = TechnicianEntry(
        id=1, code="T1", name=name, phone="", home="", active=True, carries="",
        skills=tuple(skills.items()), regions=tuple(regions), certificates=tuple(papers.items()),
    )  # fmt: skip
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(map(guarded, row_of(entry, iso).values()))
    (cells,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    columns = {column: place for place, column in enumerate(COLUMNS)}
    command = command_of(Row(line=2, cells=cells), columns)
    assert (command.name, command.skills, command.regions) == (name, skills, tuple(regions))
    assert command.certificates == tuple(papers.items())


def test_a_column_that_is_not_there_leaves_what_was(run: Run, tmp_path: Path) -> None:
    """And an empty cell means none; who has gone does not come back by it."""
    file = tmp_path / "a.csv"
    file.write_text("code,name,skills,carries,active\nT1,Li,lift:4,ladder,no\nT2,Bo,pump,,\n")
    assert run("import", "--technicians", str(file))[0] == 0
    file.write_text("工号;技能;证书\nT1;lift；hv:5;HV=2027-03-31T08:00+08:00\nT2;;Gas\n")
    said = "0 technicians are new.\n2 were changed.\n"
    assert run("import", "--technicians", str(file))[:2] == (0, said)
    one, two = map(json.loads, run("export", "technicians")[1].splitlines())
    assert (one["name"], one["skills"], one["carries"]) == ("Li", "hv:5;lift:3", "ladder")
    assert (one["certificates"], one["active"]) == ("HV=2027-03-31T00:00:00Z", "no")
    assert (two["name"], two["skills"], two["certificates"]) == ("Bo", "", "Gas")


def test_what_a_file_does_not_say_is_as_it_is_when_the_row_comes(
    tables_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """An operator renames somebody, who has left, while the rows before his are brought in."""
    other, do = _desk(tables_url, *PEOPLE), Records.do

    def do_and_meanwhile(records: Records, command: Command, **how: Any) -> Done:
        done = do(records, command, **how)
        first = isinstance(command, SaveTechnician) and command.code == "T1"
        if records is not other and first:
            gone = SaveTechnician(code="T3", name="O'Hara sr.", active=False)
            do(other, gone, who=THE_DESK, at=AT)
        return done

    monkeypatch.setattr(Records, "do", do_and_meanwhile)
    file = tmp_path / "a.csv"
    file.write_text("code,name,phone\nT1,Li Wei,1\nT3,,2\nT9,,3\n")
    assert main(["import", "--technicians", str(file), "--db", tables_url]) == 1
    assert "2 were changed" in capsys.readouterr().out
    told = {one["code"]: one for one in _entries(other)}
    assert (told["T3"]["name"], told["T3"]["phone"]) == ("O'Hara sr.", "2")
    assert not told["T3"]["active"]
    assert "T9" not in told, "who is new has a name"
    other.close()


def test_a_day_is_the_same_day_as_in_a_command(run: Run, tmp_path: Path) -> None:
    """A certificate holds to the end of the day that is written, in a cell as behind --until."""
    file = tmp_path / "a.csv"
    file.write_text("code,name,certificates\nT1,Li,HV = 2027-03-31\n")
    assert run("import", "--technicians", str(file))[0] == 0
    before = run("export", "technicians")[1]
    assert run("add", "certificate", "T1", "HV", "--until", "2027-03-31")[0] == 0
    assert run("export", "technicians")[1] == before
    assert '"HV=2027-03-31T' in before


def test_what_is_of_orders_alone_is_no_usage(run: Run, tmp_path: Path) -> None:
    """Rather than passed over in silence."""
    for more in (["--travel"], ["--level", "critical"], ["--map", "boston311"], ["--suggest"]):
        assert run("import", "--technicians", *more, str(tmp_path / "a.csv"))[0] == 2
    assert run("import", "--travel", "--level", "critical", str(tmp_path / "a.csv"))[0] == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Li,,,,", "it has no code"),
        ("T9,,,,,", "name: nothing was given"),
        ("T9,Li,lift:9,,,", "skill: 9; 1 to 5"),
        ("T9,Li,lift:,,,", "skill: lift:; write the code and, after a colon, 1 to 5"),
        ("T9,Li,lift:٣,,,", "after a colon, 1 to 5"),
        ("T9,Li,,NOWHERE,,", "no site called “NOWHERE”"),
        ("T9,Li,,,HV=soon,", "certificate: HV=soon; write its name and, after ="),
        ("T9,Li,,,HV=9999-12-31,", "9999"),
        ("T9,Li,,,HV=99999-01-01,", "certificate: HV=99999-01-01"),
        ("T9,Li,,,HV;HV=2027-01-01,", "HV is there twice"),
        ("T9,Li,,,,maybe", "active: maybe; write yes or no"),
        ("T1,Li,,,,", "line 2 tells of T1 already"),
        ("T9,Li", "has 2 columns"),
        (f"{'T' * 61},Li,,,,", "code: 61 characters"),
        (f"T9,Li,{';'.join(map(str, range(60)))},,,", "there are 60 in one cell; at most 50"),
        ('T9,Li,"""x",,,', "is no list with semicolons"),
        ("T9,\x1b[2J,,,\x1b]0;x\x07HV=soon,", "certificate: "),
    ],
)
def test_a_bad_row_is_told_and_the_others_land(
    row: str, why: str, run: Run, tmp_path: Path
) -> None:
    """With its line; nothing of it is kept, and a terminal obeys none of it."""
    file = tmp_path / "a.csv"
    head = "code,name,skills,home,certificates,active"
    file.write_text(f"{head}\nT1,An,,HQ,,yes\n{row}\nT2,Bo,,,,\n", encoding="utf-8")
    code, out, err = run("import", "--technicians", str(file))
    assert (code, "2 technicians are new." in out, err) == (1, True, "")
    assert "\x1b" not in out
    assert "(line 3)" in out
    assert why in out
    people = [json.loads(line)["code"] for line in run("export", "technicians")[1].splitlines()]
    assert people == ["T1", "T2"]


def test_mended_rejects_come_in(run: Run, tmp_path: Path) -> None:
    """As they lie in their file."""
    file = tmp_path / "a.csv"
    file.write_text("code,name,home\nT1,Li,\nT2,Bo,EAST 1\n")
    code, out, _ = run("import", "--technicians", str(file), "--json")
    told = json.loads(out)
    assert (code, told["new"], told["rejected"]) == (1, 1, 1)
    rejects = tmp_path / "a.csv.rejects.csv"
    rejects.write_text(rejects.read_text().replace("EAST 1", "HQ"))
    mended = tmp_path / "mended.csv"
    rejects.rename(mended)
    assert run("import", "--technicians", str(mended))[:2] == (0, "1 technician is new.\n")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is empty"),
        ("name,phone\nLi,1\n", "names no column code"),
        ("code\nT1\n", "names no column code and another of name, phone"),
        ("code,name,姓名\nT1,Li,Li\n", "has two columns for name"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, wrong: str, run: Run, tmp_path: Path) -> None:
    """Before anything is written."""
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    code, out, err = run("import", "--technicians", str(file))
    assert (code, out, wrong in err) == (1, "", True)
    assert run("export", "technicians")[1] == ""


def test_who_sees_some_sites_carries_nobody(
    tables_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register is the whole desk's; told once, and no row is rejected for it."""
    _desk(tables_url, SaveOperator(code="north", name="North", sites=("HQ",)), *PEOPLE).close()
    file = tmp_path / "a.csv"
    file.write_text("code,name\nT7,Li\n")
    for words in (["import", "--technicians", str(file)], ["export", "technicians"]):
        assert main([*words, "--db", tables_url, "--as", "north"]) == 1
        told = capsys.readouterr()
        assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert not (tmp_path / "a.csv.rejects.csv").exists()


def test_an_import_that_was_killed_is_made_again(tmp_path: Path, run: Run) -> None:
    """With kill -9: what was done stays, the rest comes, and nobody twice."""
    file, count = tmp_path / "a.csv", 400
    lines = [f"T{n},Name {n},lift:{n % 5 + 1},HV=2027-03-31\n" for n in range(count)]
    file.write_text("code,name,skills,certificates\n" + "".join(lines))
    db = f"sqlite:///{tmp_path / 'people.db'}"
    words = [sys.executable, "-m", "console.cli", "import", "--technicians", str(file), "--db", db]
    with closing(open_records(db, feed=False)) as records:
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not _entries(records):
            assert child.poll() is None
        child.kill()
        child.wait()
        assert 0 < len(there := _entries(records)) < count
    code, out, _ = run("import", "--technicians", str(file))
    assert (code, f"{count - len(there)} technicians are new." in out) == (0, True)
    assert f"{len(there)} " in out
    with closing(open_records(db, feed=False)) as records:
        assert [one["code"] for one in _entries(records)] == [f"T{n}" for n in range(count)]
        assert all(one["certificates"] for one in _entries(records))
