"""Names and numbers are found however they stand in a text, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.erasing import GONE, Traces

MARIA = Traces(["Maria Lopez"], ["13855556666"])
TOM = Traces(["Tom 13700001111", "王 大锤"], ["13855556666 / 13900002222", "021 5555 0100 x801"])

apart = st.sampled_from(["", " ", "-", "–", "—", "/", ".", "\u00a0", "\u3000", ") ", " - "])
before = st.sampled_from(["", "+86", "+86 ", "0086", "0086-", "86", "0", "(0)", "+86 (0)"])
ways = st.sampled_from([str.upper, str.lower, str.title])
spaces = st.sampled_from([" ", "  ", "\u00a0", "\t", "\n"])


def wide(text: str) -> str:
    """With the digits of a Chinese keyboard."""
    return text.translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})


@given(st.data(), before, st.booleans())
def test_a_number_is_found_however_it_is_written(
    data: st.DataObject, prefix: str, is_wide: bool
) -> None:
    """In three groups, behind a country or a trunk, in either width."""
    groups = ("138", data.draw(apart), "5555", data.draw(apart), "6666")
    said = prefix + "".join(groups)
    text = f"call {wide(said) if is_wide else said} back"
    without = MARIA.out_of(text)
    assert "5555" not in without
    assert "５５５５" not in without
    assert without.startswith("call ")
    assert without.endswith(f"{GONE} back")


@given(ways, spaces)
def test_a_name_is_found_in_any_case_and_spacing(way: object, space: str) -> None:
    """Either part first."""
    assert callable(way)
    for said in (f"maria{space}lopez", f"lopez,{space}maria", f"lopez{space},maria"):
        assert MARIA.out_of(f"for {way(said)}: leak") == f"for {GONE}: leak"


@given(st.integers(10**4, 10**16))
def test_another_number_stays(number: int) -> None:
    """Unless it ends as hers does, with a country before it."""
    text = f"meter {number}"
    assert (MARIA.out_of(text) == text) is not str(number).endswith("3855556666")


@pytest.mark.parametrize(
    "text",
    ["order 1385555666677", "Mariana Lopezova", "1385555666", "room 12", "2026-09-21 13:55"],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """Longer numbers and words are others'."""
    assert MARIA.out_of(text) == text
    assert not MARIA.stand_in(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ring 13900002222", "ring …"),
        ("ring 021 5555 0100", "ring …"),
        ("+86 (0)21-5555-0100 now", "… now"),
        ("王大锤家", "…家"),
        ("137 0000 1111, room 12", "…, room 12"),
        ("room 12, 13855556666", "room 12, …"),
    ],
)
def test_two_numbers_an_extension_and_one_among_a_name(text: str, left: str) -> None:
    """Each is looked for by itself."""
    assert TOM.out_of(text) == left
