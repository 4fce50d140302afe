"""The desk speaks the operator's language, and changes it while running."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from console import i18n
from store.domain.errors import BadInput, OrderUnknown
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use("en")


def test_the_language_can_change_while_running() -> None:
    """The next sentence is said in the new one."""
    said = [i18n._("refused")]
    i18n.use("zh_CN")
    said.append(i18n._("refused"))
    i18n.use("en")
    said.append(i18n._("refused"))
    assert said == ["refused", "被拒绝", "refused"]
    assert i18n.language() == "en"


def test_a_refusal_is_told_with_its_facts() -> None:
    """The number stays as it is, the words around it change."""
    i18n.use("zh_CN")
    assert i18n.tell(OrderUnknown(number="WO-7")) == "没有工单 WO-7"


def test_a_fact_of_ours_is_translated_and_one_from_outside_is_not() -> None:
    """A customer called “refused” keeps his name."""
    i18n.use("zh_CN")
    told = i18n.tell(BadInput(where="refused", wrong=N_("refused"), right=("refused",)))
    assert told.startswith("refused")
    assert told.count("被拒绝") == 1


def test_a_filled_sentence_is_still_translated() -> None:
    """Sentences nest: why an order cannot move has facts of its own."""
    inner = N_("no work order {number}").format(number="WO-7")
    i18n.use("zh_CN")
    assert i18n._(pickle.loads(pickle.dumps(inner))) == "没有工单 WO-7"
    assert inner == "no work order WO-7"


def test_braces_from_outside_are_only_text() -> None:
    """A title such as {0.__class__} must not be filled in."""
    assert i18n.tell(OrderUnknown(number="{0.__class__}")) == "no work order {0.__class__}"


def test_an_instant_is_shown_to_the_minute() -> None:
    """Nobody reads microseconds and offsets."""
    at = datetime(2026, 3, 1, 9, 30, 12, 345, tzinfo=UTC)
    assert i18n.fill("{at}", {"at": at}) == f"{at.astimezone():%Y-%m-%d %H:%M}"
    assert i18n.fill("{at:%Y}", {"at": at}) == "2026"


def test_nothing_is_said_for_nothing() -> None:
    """Gettext keeps the catalogue's header under the empty string."""
    i18n.use("zh_CN")
    assert i18n._("") == ""


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh", "zh_CN"),
        ("zh-Hans-CN", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("en_GB", "en"),
        ("fr", None),
        ("", None),
    ],
)
def test_languages_go_by_many_names(tag: str, code: str | None) -> None:
    """Systems, browsers and people write them differently."""
    assert i18n.matching(tag) == code


def test_an_unknown_language_is_refused() -> None:
    """Falling back in silence would look like a fault of the catalogue."""
    with pytest.raises(ValueError, match="no catalogue"):
        i18n.use("tlh")
