"""What is to be known of a set before anything is done to it: what its names mean, what it leaves.

A set that is named by what its orders have in common may hold what nobody thought of: orders of a
second site whose name holds the same word, orders closed long ago, orders that came this moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_meant import field_said
from store.queries.finding import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.grammar.targets import Targets
    from store.queries.finding import NameMeant

_SHOWN: Final = 4


def meant_said(one: NameMeant, *, most: int = _SHOWN) -> str:
    """What a name in a filter stands for, where that is not one entry alone."""
    test = f"{field_said(one.field)}{'=' if one.exactly else ':'}{one.typed}"
    if not one.count:
        return _("{test}: nothing is called so").format(test=test)
    names = _names(one, most)
    return _("{test} is any of {count}: {names}").format(test=test, count=one.count, names=names)


def meant_in_short(one: NameMeant) -> str:
    """The same beside the filter itself, which has little room."""
    if not one.count:
        return meant_said(one)
    names = _names(one, _SHOWN)
    return _("{field}: any of {count}: {names}").format(
        field=field_said(one.field), count=one.count, names=names
    )


def _names(one: NameMeant, most: int) -> str:
    more = ["…"] if one.count > min(most, len(one.names)) else []
    return _(", ").join([*one.names[:most], *more])


def remarks(targets: Targets | None, *, most: int = _SHOWN) -> Iterator[str]:
    """What the operator is told of a set besides its orders."""
    if targets is None:
        return
    yield from targets.times
    for one in targets.meant:
        yield meant_said(one, most=most)
    if targets.left is None:
        yield _("more than {most} that are over are left out").format(most=MOST)
    elif targets.left:
        yield _n(
            "{count} that is over is left out", "{count} that are over are left out", targets.left
        ).format(count=targets.left)
    if targets.unseen:
        count = len(targets.unseen)
        yield _n(
            "{count} of them was not on the screen", "{count} of them were not on the screen", count
        ).format(count=count)
