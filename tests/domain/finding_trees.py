"""Queries of every kind, drawn: as trees in their one form, and as texts that may mean anything."""

from __future__ import annotations

from hypothesis import strategies as st

from store.domain.finding.fields import FIELDS, FLAGS, SEVERAL, Field, Kind
from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import is_reversed
from store.domain.finding.times import Span, When
from store.domain.finding.tree import (
    Flag,
    Not,
    Numbers,
    Sign,
    Special,
    Term,
    Times,
    Tree,
    Word,
    all_of,
    either_of,
)
from store.domain.lifecycle import State
from store.domain.wall_clock import PARTS

WORDS = (
    "漏水",
    "梯",
    "lift",
    "AC-0042",
    "水泵（2号）",
    "9:00",
    "1042",
    "北楼3层",
    "Li Wei",
    "O'Neil",
    "a,b",
)
"""Words as they are typed, and some that only quotes can hold."""

REAL_SIGNS = (
    '漏水 lift site:北楼 p<=2 ( ) " - # 12-15 and 或 not : < due<2h \\ ，（ ） ： ＜ state:new'
)
"""What a text may be made of that looks like a query."""

_safe = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
_texts = st.one_of(
    st.sampled_from(WORDS),
    st.text(_safe, min_size=1, max_size=12).filter(lambda text: bool(text.strip())),
)


def _is_word(text: str) -> bool:
    try:
        return parse(text) == Word(text)
    except QueryUnclear:
        return False


words = st.one_of(
    _texts.filter(_is_word).map(Word),
    st.sampled_from(WORDS).map(lambda text: Word(text, exact=True)),
)
flags = st.sampled_from(sorted(FLAGS)).map(Flag)
spans = st.builds(Span, st.integers(0, 10**10), st.just(value=False)) | st.builds(
    Span, st.integers(-(10**10), 10**10), st.just(value=True)
)
whens = st.one_of(
    st.builds(When, day=st.integers(-2, 2)),
    st.builds(When, clock=st.tuples(st.integers(0, 23), st.integers(0, 59))),
    st.builds(When, clock=st.just((24, 0)), day=st.none() | st.just(0)),
    st.builds(
        When,
        clock=st.tuples(st.integers(1, 12), st.just(15)),
        face=st.just(value=True),
        day=st.none() | st.just(0),
    ),
    st.builds(
        When,
        name=st.sampled_from(["mon", "fri", "this-sun", "next-wed", "last-sat", "1号", "31号"]),
        part=st.none() | st.sampled_from(sorted(PARTS)),
    ),
    st.builds(When, name=st.sampled_from(["this-week", "last-week"])),
    st.builds(When, part=st.sampled_from(sorted(PARTS)), day=st.integers(-2, 2)),
    st.builds(When, part=st.sampled_from(sorted(PARTS.keys() - {"tonight"}))),
    st.dates()
    .filter(lambda day: 1900 <= day.year < 2900)
    .map(lambda day: When(date=(day.year, day.month, day.day))),
    st.builds(
        When,
        date=st.tuples(st.none(), st.integers(1, 12), st.integers(1, 28)),
        clock=st.none() | st.just((9, 30)),
    ),
)
in_turn = st.builds(Times, whens, whens).filter(lambda one: not is_reversed(one))


def _values(field: Field) -> st.SearchStrategy[object]:
    special = st.sampled_from([Special.NONE, Special.ANY])
    if field.kind is Kind.WHOLE:
        ends = st.integers(field.least, min(field.most, 10**9))
        return st.tuples(ends, ends).map(lambda pair: Numbers(*sorted(pair)))
    if field.kind is Kind.STATE:
        return st.sampled_from([*(state.value for state in State), *SEVERAL])
    if field.kind is Kind.TIME:
        return st.one_of(special, spans, whens, in_turn)
    return st.one_of(special, _texts)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """A field with values that it may have."""
    field = draw(st.sampled_from(list(FIELDS.values())))
    if field.kind in {Kind.WHOLE, Kind.TIME} and draw(st.booleans()):
        sign = draw(st.sampled_from([Sign.BELOW, Sign.UP_TO, Sign.ABOVE, Sign.FROM]))
        value = (
            draw(st.integers(field.least, min(field.most, 10**9)).map(lambda n: Numbers(n, n)))
            if field.kind is Kind.WHOLE
            else draw(spans | whens)
        )
        return Term(field.name, sign, (value,))
    values = draw(st.lists(_values(field), min_size=1, max_size=3))
    named = field.kind is Kind.NAME and draw(st.booleans())
    sign = Sign.EXACTLY if named else Sign.IS
    return Term(field.name, sign, tuple(values))  # type: ignore[arg-type]  # drawn as they are


trees: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(words, flags, terms()),
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(all_of),
        st.lists(parts, min_size=2, max_size=3).map(either_of),
    ),
    max_leaves=8,
)

texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(REAL_SIGNS.split(" ")), max_size=10).map(" ".join),
    st.lists(st.sampled_from(list(REAL_SIGNS)), max_size=25).map("".join),
)
