"""Laws of safe text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.text import MARKS_A_BASE, is_mark, is_unsafe, safe

wild = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x9b\u202e\u2066\u200b\u200d\u0301\u0327\r\n\t\x85\u2028\ud800\ufeffe单"
        ),
    ),
    max_size=80,
)


@given(wild)
def test_nothing_unsafe_is_left(text: str) -> None:
    """Whatever comes in: no control, no reordering, nothing invisible, nothing unencodable."""
    assert not any(is_unsafe(character) for character in safe(text))
    safe(text).encode()


@given(wild, st.booleans())
def test_what_is_safe_stays_as_it_is(text: str, multiline: bool) -> None:
    """Text may pass the edge of the store more than once."""
    once = safe(text, multiline=multiline)
    assert safe(once, multiline=multiline) == once


@given(wild, st.integers(0, 60))
def test_the_limit_holds(text: str, limit: int) -> None:
    """A column's width is a promise."""
    assert len(safe(text, limit=limit)) <= limit


@given(wild)
def test_marks_do_not_pile_up(text: str) -> None:
    """A letter with a hundred accents covers the lines above it."""
    run = 0
    for character in safe(text):
        run = run + 1 if is_mark(character) else 0
        assert run <= MARKS_A_BASE


@given(wild)
def test_it_is_composed(text: str) -> None:
    """Two spellings of one name are one name."""
    assert unicodedata.is_normalized("NFC", safe(text))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=80))
def test_plain_text_is_not_touched(text: str) -> None:
    """What needs no cleaning gets none."""
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("boil\x1b[2Jer", "boil␛[2Jer"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("up\x9b2J", "up␦2J"),
        ("电梯\t停运\r\n请速到", "电梯 停运 请速到"),
        ("e\u0301" + "\u0301" * 9, "é\u0301\u0301"),
        ("👩\u200d🚀", "👩🚀"),
        ("\u0301start", "start"),
    ],
)
def test_what_is_dangerous_is_seen_or_gone(text: str, shown: str) -> None:
    """A control leaves a picture of itself, so that the reader knows that something was there."""
    assert safe(text) == shown


def test_lines_stay_where_lines_are_meant() -> None:
    """Every kind of line break becomes one."""
    assert safe("a\r\nb\x0bc\u2028d", multiline=True) == "a\nb\nc\nd"


def test_a_flood_is_cut_before_it_costs() -> None:
    """A million marks on one letter would cost normalisation quadratic time."""
    assert safe("e" + "\u0301" * 1_000_000, limit=10) == "é\u0301\u0301"
