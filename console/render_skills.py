"""Rows of the skills matrix, and what is told of the one at hand: from what is known to cells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_time import here
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.finding.grams import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.skills import Effect, PaperHeld, PersonSkills, SkillLine, Skills

NAMED: Final = 14
"""Cells of the first column, which stays."""
_SKILL, _PAPER, _GAP = 8, 10, 1
_MORE = "…"

Field = str
"""A column of the matrix: `s` and the code of a skill, or `p` and a certificate's name."""


def fields_of(found: Skills) -> tuple[Field, ...]:
    """The columns, skills first."""
    return (*(f"s{one.code}" for one in found.skills), *(f"p{name}" for name in found.papers))


def shown(fields: Sequence[Field], at: int, width: int) -> tuple[Field, ...]:
    """Those that there is room for, with the one `at` hand among them."""
    room = max(0, width - NAMED - 5)
    first = last = min(at, max(0, len(fields) - 1))
    used = sum(map(_wide, fields[first : last + 1]))
    while True:
        if first > 0 and used + _wide(fields[first - 1]) <= room:
            first -= 1
            used += _wide(fields[first])
        elif last + 1 < len(fields) and used + _wide(fields[last + 1]) <= room:
            last += 1
            used += _wide(fields[last])
        else:
            return tuple(fields[first : last + 1])


def _wide(field: Field) -> int:
    return _GAP + 1 + (_SKILL if field[0] == "s" else _PAPER)


def skill_columns(fields: Sequence[Field], at: Field | None) -> tuple[Column, ...]:
    """The name stays; the column at hand is between two angles."""
    columns = [Column(name="name", title=_("technician"), width=NAMED)]
    for field in fields:
        wide = _SKILL if field[0] == "s" else _PAPER
        title = _cut(field[1:], wide - 2)
        titled = f"‹{title}›" if field == at else f" {title} "
        columns.append(Column(name=field, title=titled, width=wide))
    return tuple(columns)


def _cut(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + _MORE


def skill_row(person: PersonSkills, place: int, fields: Sequence[Field], at: datetime) -> Row:
    """One technician; what is not his has a dot, what rests on him alone a mark."""
    name = _cut(person.name, NAMED)
    cells: list[str | Tinted] = [name]
    for field in fields:
        if field[0] == "s":
            level = person.skills.get(field[1:])
            cells.append(Tinted(" ·", "muted") if level is None else f" {level}")
        else:
            held = paper_of(person, field[1:])
            cells.append(Tinted(" ·", "muted") if held is None else paper_cell(held, at=at))
    return Row(
        key=person.id, version=hash(tuple(cells)), mark=(person.name, place), cells=tuple(cells)
    )


def paper_of(person: PersonSkills, name: str) -> PaperHeld | None:
    """His certificate of that name, the one that holds longest."""
    held = [one for one in person.papers if folded(one.name) == folded(name)]
    return max(held, key=lambda one: (one.expires_at is None, one.expires_at), default=None)


def paper_cell(held: PaperHeld, *, at: datetime) -> Tinted:
    """How it stands, in a word and a colour; `!` where nobody else could do some work."""
    sign = "!" if held.effect.alone else " "
    if held.ended:
        return Tinted(sign + _("ended"), "overdue")
    if held.expires_at is None:
        return Tinted(sign + _("valid"), "good")
    days = _days(held.expires_at - at)
    said = _("{days} d left").format(days=days)
    if held.warned > 1:
        return Tinted(f"{sign}{said}", "overdue" if days <= 7 else "soon")
    return Tinted(f"{sign}{said}", "soon" if held.warned else "good")


def _days(left: timedelta) -> int:
    return max(0, left // timedelta(days=1))


def matrix_heading(found: Skills) -> Part:
    """How many people, and how many papers have ended or end soon."""
    if not found.people:
        return _("no technician is entered"), "muted"
    papers = [held for person in found.people for held in person.papers]
    ended = sum(held.ended for held in papers)
    soon = sum(held.warned > 0 and not held.ended for held in papers)
    alone = sum(bool(held.effect.alone) for held in papers)
    count = len(found.people)
    told = [_n("{count} technician", "{count} technicians", count).format(count=count)]
    if ended:
        said = _n("{count} certificate ended", "{count} certificates ended", ended)
        told.append(said.format(count=ended))
    if soon:
        said = _n("{count} ends soon", "{count} end soon", soon)
        told.append(said.format(count=soon))
    if alone:
        told.append(_("! {count} that nobody could replace").format(count=alone))
    return _(", ").join(told), "overdue" if ended else "soon" if soon else "strong"


def at_hand(
    found: Skills | None,
    person: PersonSkills | None,
    field: Field | None,
    *,
    at: datetime,
    zone: tzinfo | None,
    width: int,
) -> tuple[Parts, ...]:
    """What is known of the cell at hand, and what each key does."""
    if found is None or person is None:
        return ()
    told: list[Parts] = [
        ((f" {person.code} {person.name}", "strong"), (_trainings(person), "muted"))
    ]
    if field is not None and field[0] == "s":
        line = next((one for one in found.skills if one.code == field[1:]), None)
        told += [((" ", ""), HANG, (text, tone)) for text, tone in _skill_told(line, person)]
    elif field is not None:
        held = paper_of(person, field[1:])
        told += [
            ((" ", ""), HANG, (text, tone))
            for text, tone in paper_told(held, field[1:], at=at, zone=zone)
        ]
    return (*told, *packed(_keys(), width))


def _trainings(person: PersonSkills) -> str:
    if not person.trainings:
        return ""
    said = _n("   {count} training planned", "   {count} trainings planned", person.trainings)
    return said.format(count=person.trainings)


def _skill_told(line: SkillLine | None, person: PersonSkills) -> Iterator[Part]:
    if line is None:
        return
    level = person.skills.get(line.code)
    has = _("has it at level {level}").format(level=level) if level else _("does not have it")
    yield _("Skill {name}: {has}").format(name=line.name, has=has), ""
    people = _n("{count} person masters it", "{count} people master it", line.people)
    orders = _n("{count} open order takes it", "{count} open orders take it", line.open)
    said = f"{people.format(count=line.people)}{_(', ')}{orders.format(count=line.open)}"
    yield said, "soon" if line.people == 1 and level else "muted"


def paper_told(
    held: PaperHeld | None, name: str, *, at: datetime, zone: tzinfo | None
) -> Iterator[Part]:
    """Until when it holds, and what becomes of dispatch once it has ended."""
    if held is None:
        yield _("Certificate {name}: does not hold it").format(name=name), "muted"
        return
    if held.expires_at is None:
        yield _("Certificate {name}: without an end").format(name=held.name), ""
    else:
        day = f"{here(held.expires_at, zone):%Y-%m-%d}"
        ended = _("Certificate {name}: ended {day}; dispatch sends him to none of its work")
        lasts = _("Certificate {name}: valid until {day}, {days} days left")
        text = ended if held.ended else lasts
        days = _days(held.expires_at - at)
        yield text.format(name=held.name, day=day, days=days), "overdue" if held.ended else ""
    yield from _effect_told(held.effect, ended=held.ended)


def _effect_told(effect: Effect, *, ended: bool) -> Iterator[Part]:
    if not effect.kinds:
        yield _("no kind of work takes it"), "muted"
        return
    takes = _n(
        "{count} open order takes it, {his} of them his, {after} planned for after its end",
        "{count} open orders take it, {his} of them his, {after} planned for after its end",
        effect.open,
    )
    yield takes.format(count=effect.open, his=effect.his, after=effect.after), ""
    if effect.others:
        others = _(", ").join(effect.others)
        said = _("without it these could: {people}") if ended else _("then these could: {people}")
        yield said.format(people=others), "muted"
    if effect.alone:
        kinds = _(", ").join(effect.alone)
        yield (
            _("! nobody else could do {kinds}: all rests on one person").format(kinds=kinds),
            "overdue",
        )


def _keys() -> Iterator[Parts]:
    for key, label in (
        ("←→", _("column")),
        ("1", _("Plan a training")),
        ("Enter", _("his trainings")),
        ("Esc", _("back")),
    ):
        yield (f" {key} ", "key"), (f"{label} ", "")
