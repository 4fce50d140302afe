"""Drafts a map for a file never seen, with a remark at everything that was guessed."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.intake.fields import FIELDS
from console.intake.guess_words import priority_of, state_of
from console.intake.matching import Match, match
from console.intake.survey import Seen, count_all, repeats, survey
from console.intake.troubles import FileRefused
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.intake.reader import Table

_HELD = frozenset({"assigned", "accepted", "en_route", "on_site"})
MOST_TABLE = 60
"""Values that a table in a draft lists."""


def suggest(table: Table) -> str:
    """The draft as TOML text; FileRefused where no column could be an order's opening time."""
    columns = survey(table)
    found = match(columns)
    count_all(
        table, [found.columns[name] for name in ("state", "priority") if name in found.columns]
    )
    if not columns or not columns[0].texts:
        raise _rowless(table)
    if "opened_at" not in found.columns:
        _first_time(columns, found)
    if (guessed := _telling(columns, found)) is not None:
        found.columns["title"] = guessed
    return "\n".join(
        [
            *_head(table, columns, found),
            *_columns(columns, found, guessed=guessed is not None),
            *_states(found),
            *_priorities(found),
            *_points(found),
            *_defaults(found),
            *_left(columns, found),
            "",
        ]
    )


def _rowless(table: Table) -> FileRefused:
    """Whether there are no rows at all, or none that its header fits."""
    first = next(table.rows(), None)
    if first is None or first.wrong is None:
        return FileRefused(file=table.packed.name, wrong=N_("has a header but no rows"))
    wrong = N_(
        "has no row that fits its header (“{header}”): line {line} {wrong}. Take away what stands"
        " above the header, or mend the header"
    )
    header = safe(table.delimiter.join(table.header), limit=60)
    said = wrong.format(header=header, line=first.line, wrong=first.wrong.facts["wrong"])
    return FileRefused(file=table.packed.name, wrong=said)


def _first_time(columns: list[Seen], found: Match) -> None:
    used = {column.name for column in found.columns.values()}
    for column in columns:
        if column.name in found.dates and column.name not in used:
            found.columns["opened_at"] = column
            return


def _telling(columns: list[Seen], found: Match) -> Seen | None:
    """Where no column is called like a title or a kind: what holds the most different words."""
    if {"title", "kind"} & found.columns.keys():
        return None
    used = {column.name for column in found.columns.values()} | found.dates.keys()
    left = [c for c in columns if c.name and c.name not in used and _has_words(c)]
    return max(left, key=lambda c: (c.distinct, -c.place), default=None)


def _has_words(column: Seen) -> bool:
    """Whether most of its values are no numbers."""
    worded = sum(any(map(str.isalpha, text)) for text in column.values)
    return worded * 2 > len(column.values)


def _head(table: Table, columns: list[Seen], found: Match) -> Iterator[str]:
    yield _remark(
        _("Drafted from {file}: read it over before you use it.").format(file=table.packed.name)
    )
    yield f"name = {_quoted(_name(table))}"
    if found.mode == "events":
        each = round(repeats(found.columns["external_id"]), 1)
        yield _remark(_("Each id comes {n} times: a row is an event of an order.").format(n=each))
    yield f"mode = {_quoted(found.mode)}"
    if table.kind == "csv" and table.delimiter != ",":
        yield f"delimiter = {_quoted(table.delimiter)}"
    if table.encoding not in ("utf-8", "utf-8-sig"):
        yield f"encoding = {_quoted(table.encoding)}"
    chinese = any("\u4e00" <= c <= "\u9fff" for name in table.header for c in name)
    yield _remark(_("CHECK: the file does not say on which clock its times are; fill in the zone."))
    yield f"zone = {_quoted('Asia/Shanghai' if chinese else 'UTC')}"
    used = [column.name for name, column in found.columns.items() if name.endswith("_at")]
    guesses = [found.dates[name] for name in used if name in found.dates]
    formats = dict.fromkeys(name for guess in guesses for name in guess.formats)
    for remark in dict.fromkeys(guess.remark for guess in guesses):
        if remark:
            yield _remark(_(remark))
    yield f"dates = [{', '.join(map(_quoted, formats or {'iso': None}))}]"
    marks = Counter[str]()
    for column in columns:
        marks.update(column.unknown)
    if marks:
        yield f"unknown = [{', '.join(_quoted(mark) for mark, _n in marks.most_common(8))}]"


def _columns(columns: list[Seen], found: Match, *, guessed: bool) -> Iterator[str]:
    yield ""
    yield "[columns]"
    if "external_id" not in found.columns:
        yield _remark(_("CHECK: no column looks like an id; these together stand for one."))
        names = [c.name for c in columns if c.share > 0.98][:4] or [columns[0].name]
        yield f'external_id = {{ columns = [{", ".join(map(_quoted, names))}], join = "|" }}'
    for name in FIELDS:
        column = found.columns.get(name)
        if column is None:
            yield from _instead(name, found)
            continue
        if name == "title" and guessed:
            yield _remark(_("CHECK: no column is called like a title; this one tells the most."))
        shown = _(", ").join(safe(text, limit=30) for text in column.examples(2))
        yield f"{name} = {_quoted(column.name)}  {_remark(shown)}"


def _instead(name: str, found: Match) -> Iterator[str]:
    if name == "opened_at":
        yield _remark(
            _("CHECK: no column of times was found; an order needs the time it was opened.")
        )
        yield f'{_remark("")} opened_at = ""'
    elif name == "title" and "kind" in found.columns:
        yield f"title = {_quoted(found.columns['kind'].name)}"
    elif name == "title":
        yield _remark(
            _("CHECK: no column says what an order is about; name one, or a text in [defaults].")
        )
        yield f'{_remark("")} title = ""'


def _states(found: Match) -> Iterator[str]:
    column = found.columns.get("state")
    if column is None:
        return
    yield ""
    yield _remark(_("What the file's states mean; “note” moves nothing and is written down."))
    yield "[values.state]"
    for text, count in column.values.most_common(MOST_TABLE):
        guessed = state_of(text)
        if guessed == "new" and "technician" in found.columns and found.mode == "orders":
            guessed = "assigned" if _has_technician(text, found) else guessed
        remark = _n("{n} row", "{n} rows", count).format(n=count)
        if guessed is None:
            remark = _(", ").join((_("CHECK: not understood"), remark))
        yield f"{_quoted(text)} = {_quoted(guessed or 'note')}  {_remark(remark)}"


def _has_technician(state: str, found: Match) -> bool:
    """Whether most rows in a state name somebody who has the order."""
    states, people = found.columns["state"].texts, found.columns["technician"].texts
    named = [bool(who) for text, who in zip(states, people, strict=True) if text == state]
    return sum(named) > len(named) / 2


def _priorities(found: Match) -> Iterator[str]:
    column = found.columns.get("priority")
    if column is None:
        return
    yield ""
    yield "[values.priority]"
    for text, count in column.values.most_common(MOST_TABLE):
        guessed = priority_of(text)
        remark = _n("{n} row", "{n} rows", count).format(n=count)
        if guessed is None:
            remark = _(", ").join((_("CHECK: not understood"), remark))
        yield f"{_quoted(text)} = {guessed or 3}  {_remark(remark)}"


def _points(found: Match) -> Iterator[str]:
    """A position that a geocoder gives when it knows nothing comes far too often."""
    for name in ("latitude", "longitude"):
        column = found.columns.get(name)
        if column is None or column.filled < 200:
            continue
        text, count = column.values.most_common(1)[0]
        runner_up = column.values.most_common(2)[-1][1]
        if count > column.filled / 20 and count > 5 * runner_up:
            yield ""
            remark = _("{n} of {all} rows lie here: what a geocoder says when it knows nothing?")
            yield _remark(remark.format(n=count, all=column.filled))
            yield f"[values.{name}]"
            yield f'{_quoted(text)} = ""'


def _defaults(found: Match) -> Iterator[str]:
    yield ""
    yield "[defaults]"
    if "technician" not in found.columns and any(state_of(t) in _HELD for t in _states_in(found)):
        yield _remark(_("CHECK: some states mean that somebody has the order, and none is named."))
        nobody = _quoted(_("not named"))
        yield f"technician = {nobody}"
    if "priority" not in found.columns:
        yield "priority = 3"
    if "state" not in found.columns:
        ended = "closed_at" in found.columns or "done_at" in found.columns
        remark = _("CHECK: no column of states; orders with an end are not told from open ones")
        yield f'state = "new"  {_remark(remark if ended else "")}'.rstrip(" #")


def _states_in(found: Match) -> list[str]:
    column = found.columns.get("state")
    return list(column.values) if column is not None else []


def _left(columns: list[Seen], found: Match) -> Iterator[str]:
    used = {column.name for column in found.columns.values()}
    left = [safe(c.name, limit=60) for c in columns if c.name not in used and c.name]
    if left:
        yield ""
        yield _remark(_("Not used: {columns}").format(columns=_(", ").join(left)))


def _name(table: Table) -> str:
    name = table.packed.path.name.split(".")[0]
    return safe(name, limit=60) or "file"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _remark(text: str) -> str:
    return f"# {safe(text, limit=200)}"
