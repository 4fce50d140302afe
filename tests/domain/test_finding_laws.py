"""Queries: what is written reads the same, and nothing typed does worse than be refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.domain.finding.complete import offers
from store.domain.finding.grams import BEGINNING, grams, phrase
from store.domain.finding.parser import parse
from store.domain.finding.printer import written
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import Here, stretch
from store.domain.finding.times import When
from store.domain.finding.tree import Sign, Tree
from tests.domain.finding_trees import spans, texts, trees, whens

moments = st.datetimes(datetime(1950, 1, 1), datetime(2600, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
compared = st.sampled_from([Sign.BELOW, Sign.UP_TO, Sign.ABOVE, Sign.FROM])


@given(trees)
def test_a_tree_reads_back_from_its_text(tree: Tree) -> None:
    """So that a saved view means tomorrow what it meant today."""
    assert parse(written(tree)) == tree


@given(texts)
def test_a_text_reads_the_same_once_it_is_written(text: str) -> None:
    """Or it is refused, with a column within it or right behind it."""
    found = _read(text)
    if isinstance(found, QueryUnclear):
        assert 1 <= found.column <= len(text) + 1
        assert "\n" not in found.text or "\n" in text
    else:
        assert parse(written(found)) == found


@given(texts, st.data())
def test_something_can_be_said_about_every_cursor(text: str, data: st.DataObject) -> None:
    """Whatever is typed, and wherever one is in it."""
    cursor = data.draw(st.integers(0, len(text)))
    found = offers(text, cursor)
    assert 0 <= found.start <= cursor <= found.end <= len(text)


@given(texts)
def test_what_is_taken_from_the_offers_can_be_read(text: str) -> None:
    """A field still lacks its value, and that is all that may be wrong with it."""
    if isinstance(_read(text), QueryUnclear):
        return
    at = text + " "
    for offer in offers(at, len(at)).offers:
        taken = _read(at + offer.text)
        assert not isinstance(taken, QueryUnclear) or taken.unfinished


@given(st.text(max_size=40), st.text(max_size=40))
def test_texts_side_by_side_have_the_grams_of_both(one: str, other: str) -> None:
    """The index joins the texts of an order with spaces."""
    assert grams(f"{one} {other}") == grams(one) + grams(other)


@given(st.text(alphabet="电梯停在3层a b,", max_size=20), st.data())
def test_a_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    """Any stretch of Chinese, and any words from their beginning on."""
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    inside = bool(start) and text[start - 1] in "3ab" and part[:1] in set("3ab")
    wanted = phrase(part)
    if wanted is None or inside:
        return
    last = wanted.grams[-1]
    if last[-1] in "3ab" and len(last) < BEGINNING:
        return  # so short it must be the whole word
    assert _follows(grams(text), wanted.grams, begins=wanted.begins)


def _read(text: str) -> Tree | QueryUnclear:
    try:
        return parse(text)
    except QueryUnclear as refused:
        return refused


def _follows(found: tuple[str, ...], wanted: tuple[str, ...], *, begins: bool) -> bool:
    size = len(wanted)
    for start in range(len(found) - size + 1):
        some = found[start : start + size]
        last = some[-1].startswith(wanted[-1]) if begins else some[-1] == wanted[-1]
        if some[:-1] == wanted[:-1] and last:
            return True
    return False


@given(compared, spans | whens, moments, zones, st.booleans())
def test_a_moment_is_below_or_from_but_never_both(
    sign: Sign, value: object, at: datetime, zone: timezone, ahead: bool
) -> None:
    """`due<T` and `due>=T` share nothing and leave nothing out; so do `<=` and `>`."""
    other = {
        Sign.BELOW: Sign.FROM, Sign.FROM: Sign.BELOW, Sign.UP_TO: Sign.ABOVE, Sign.ABOVE: Sign.UP_TO
    }[sign]  # fmt: skip
    here = Here(at=at, zone=zone)
    one = stretch(sign, value, here, ahead=ahead)  # type: ignore[arg-type]  # drawn as they are
    rest = stretch(other, value, here, ahead=ahead)  # type: ignore[arg-type]
    assert {one.start, one.end} == {rest.start, rest.end}
    assert (one.start is None) is not (rest.start is None)


@given(whens, moments, zones, st.booleans())
def test_a_time_of_day_is_the_nearest_where_one_looks(
    when: object, at: datetime, zone: timezone, ahead: bool
) -> None:
    """A deadline at 9:00 is the next one, an order of 9:00 the last."""
    found = stretch(Sign.IS, when, Here(at=at, zone=zone), ahead=ahead)  # type: ignore[arg-type]
    assert found.start is not None
    assert found.end is not None
    assert isinstance(when, When)
    week = when.name is not None and when.name.endswith("-week")
    longest = timedelta(days=7 if week else 1)
    assert found.end - found.start == longest or found.end - found.start < timedelta(hours=13)
    if when.day is None and when.date is None and when.name is None and when.clock is not None:
        reach = timedelta(days=1) if ahead else timedelta(days=-1)
        first, last = sorted((at, at + reach))
        assert first <= found.start <= last


def test_each_pair_of_a_run_is_kept_and_its_last_character_too() -> None:
    """Two characters are found by one gram, one by how grams begin."""
    run = "电梯停在"
    assert grams(run) == (*map("".join, pairwise(run)), "在")
