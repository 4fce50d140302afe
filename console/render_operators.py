"""Operators as rows of a list, and the keys of one as lines; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.cli_words import role_word, sites_word
from console.i18n import _
from console.looks import cut
from console.render_time import here
from console.unrecorded import unrecorded
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from console.actions_operators import Offered
    from console.looks import Parts
    from store.queries.operator_keys import KeyLine
    from store.queries.people import OperatorLine

_SHOWN: Final = 4


def operator_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="code", title=_("code"), width=10, flexible=True),
        Column(name="name", title=_("full name"), width=16, flexible=True),
        Column(name="role", title=_("role"), width=16),
        Column(name="sites", title=_("sites"), width=20, flexible=True),
        Column(name="gone", title="", width=8),
    )


def operator_row(line: OperatorLine, place: int) -> Row:
    """One operator, at his place in the list."""
    tone = "" if line.active else "faint"
    cells = (
        Tinted(line.code, tone or "strong"),
        Tinted(_(line.name), tone),
        Tinted(role_word(line.role), tone),
        Tinted(sites_word(line), tone),
        Tinted("" if line.active else _("retired"), tone),
    )
    return Row(key=line.id, version=hash(cells), mark=(place,), cells=cells)


def code_lines(offered: Offered, zone: tzinfo | None) -> tuple[Parts, ...]:
    """A one-time code, for whoever tells it to its operator now."""
    said = (
        _("lets {operator} in by a browser, once, until {until}; told nowhere else")
        if offered.browser
        else _("ssh claim@HOST asks {operator} for it, once, until {until}; told nowhere else")
    )
    until = f"{here(offered.until, zone):%H:%M}"
    told = said.format(operator=safe(offered.operator), until=until)
    return (((f" {unrecorded(offered.code)}", "strong"), (f"  {told}", "")),)


def key_lines(
    keys: Sequence[KeyLine], width: int, *, came_by: str = "", hidden: bool = False
) -> tuple[Parts, ...]:
    """The newest of his keys, each on a line; that there is none, or that they are not told.

    `came_by` is the fingerprint of the key by which he sits here now, whoever vouches for it.
    """
    told = [_key_line(key, width, came_by) for key in reversed(keys[-_SHOWN:])]
    if came_by and all(key.fingerprint != came_by for key in keys):
        mine = (f" {came_by}", ""), (f"  {_('of this session')}", "muted")
        told.insert(0, cut(mine, width))
    if told:
        return tuple(told)
    none = _("his keys are told to administrators") if hidden else _("no public key")
    return (((f" {none}", "muted"),),)


def _key_line(key: KeyLine, width: int, came_by: str) -> Parts:
    said = _("revoked") if key.revoked_at else key.comment
    if came_by == key.fingerprint:
        said = _(", ").join(filter(None, (said, _("of this session"))))
    text = "  ".join(filter(None, (key.fingerprint, key.kind, said)))
    return cut(((f" {text}", "faint" if key.revoked else ""),), width)
