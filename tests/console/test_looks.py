"""Parts on lines: nothing is lost, nothing broken, nothing stands over the edge."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from console.looks import packed, width

PIECES = st.lists(st.text(st.sampled_from("ab 中文"), min_size=1, max_size=12))


@given(PIECES, st.integers(1, 40))
def test_pieces_are_packed_whole(texts: list[str], cells: int) -> None:
    """In their order; a line is too long only where one piece alone is, and none ends early."""
    lines = packed((((text, ""),) for text in texts), cells)
    assert [text for line in lines for text, _tone in line] == texts
    assert all(width(line) <= cells or len(line) == 1 for line in lines)
    assert all(width((*one, other[0])) > cells for one, other in pairwise(lines))
