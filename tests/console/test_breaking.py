"""Chinese text is broken into lines as a reader expects it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.breaking import breaks
from console.looks import broken

TEXTS = st.text(st.sampled_from("派单台工程师（）“”，。：d q Esc 12"), max_size=60).map(
    lambda text: re.sub(r" +(?=[）”，。：])|(?<=[（“]) +", "", text)
)


def lines(text: str, cells: int) -> list[str]:
    """The text in lines."""
    return [text[begins:ends] for begins, ends in breaks(text, cells)]


def test_a_bracket_goes_with_what_stands_in_it() -> None:
    """Who reads a line must not find its last sign to belong to the next one."""
    assert lines("这由您来做（d）。再派", 14) == ["这由您来做", "（d）。再派"]
    assert lines("按 q 结束。演练", 9) == ["按 q 结", "束。演练"]
    assert lines("typed: tell 告知客户 告", 16) == ["typed: tell", "告知客户 告"]


@given(TEXTS, st.integers(8, 30))
def test_no_line_begins_or_ends_with_a_sign_that_belongs_to_another(text: str, cells: int) -> None:
    """And nothing but spaces is lost, nothing is too long but one piece that cannot be broken."""
    found = lines(text, cells)
    assert "".join("".join(found).split()) == "".join(text.split())
    for place, line in enumerate(found):
        assert place == 0 or line[0] not in "）”，。："
        assert place == len(found) - 1 or line[-1] not in "（“"
        if cell_len(line) > cells:
            assert lines(line, 1) == [line]


@given(TEXTS, st.integers(8, 30), st.integers(0, 60))
def test_parts_are_broken_where_their_text_is(text: str, cells: int, at: int) -> None:
    """Each keeps its tone."""
    parts = ((text[:at], "strong"), (text[at:], ""))
    if text.isascii():
        assert list(broken(parts, cells)) == [parts]
        return
    found = list(broken(parts, cells))
    assert ["".join(said for said, _tone in line) for line in found] == lines(text, cells)
    assert {tone for line in found for _said, tone in line} <= {"strong", ""}
