"""Who calls, as it is written: the name, the number, and who is wanted behind a switchboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.callers import (
    beginnings,
    desk_number,
    ends_of,
    extension_of,
    others_line,
    read_caller,
)


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("王芳 13800138000", "王芳", "13800138000"),
        ("王芳：138 0013 8000", "王芳", "138 0013 8000"),
        ("王芳(13800138000)", "王芳", "13800138000"),
        ("张三（手机 13800138000）", "张三", "13800138000"),
        ("１３８００１３８０００ 王芳", "王芳", "１３８００１３８０００"),
        ("李工/021-62345678/13900139000", "李工", "021-62345678/13900139000"),
        ("13800138000 13900139000", "", "13800138000 / 13900139000"),
        ("前台 010-62345678转801", "前台", "010-62345678转801"),
        ("前台 62345678-801", "前台", "62345678 x801"),
        ("(010) 6234 5678", "", "(010) 6234 5678"),
        ("3楼王姐 8012", "3楼王姐 8012", ""),
        ("分机8012", "分机8012", ""),
    ],
)
def test_a_name_and_a_number_are_told_apart(text: str, name: str, phone: str) -> None:
    """Whichever stands first, with whatever signs around them."""
    caller = read_caller(text)
    assert (caller.name, caller.phone) == (name, phone)
    again = read_caller(f"{caller.name} {caller.phone}".strip())
    assert again == caller


def test_both_numbers_of_a_caller_are_his() -> None:
    """However they were written beside one another."""
    for text in (
        "021-62345678/13900139000",
        "021-62345678、13900139000",
        "02162345678 13900139000",
    ):
        assert ends_of(read_caller(text).phone) == ("8765432612", "0009310093")
        assert {one for one in beginnings(read_caller(text).phone) if one[0] == "p"} >= {
            "p8765432612",
            "p0009310093",
        }


def test_an_extension_is_who_is_wanted() -> None:
    """Two of one switchboard are two people; nobody named may be either."""
    assert extension_of("010-62345678-801") == "801"
    assert extension_of("138-0013-8000") == ""
    assert others_line("62345678转801", "010-62345678 分机 802")
    assert not others_line("62345678转801", "62345678")
    assert [desk_number(name) for name in ("8012", "分机 8012", "内线8012", "Ext. 8012")] == [
        "8012"
    ] * 4
    assert [desk_number(name) for name in ("王 8012", "12", "8012号房")] == [""] * 3


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*"0138 -()（）/转x、王", "分机", "13800138000"]), max_size=20).map(
        "".join
    )
)
def test_whatever_is_written_is_read(text: str) -> None:
    """And what was read is read the same again."""
    caller = read_caller(text)
    spaces = 1 + 2 * text.count(" ") + 2 * text.count("-")  # one where the number was cut out
    assert len(caller.name) + len(caller.phone) <= len(text) + spaces
    ends_of(caller.phone)
    beginnings(text)
    desk_number(text)
    extension_of(text)
