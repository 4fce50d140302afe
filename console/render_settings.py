"""What dispatch reckons with, in words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.i18n import _, _n
from console.render_backups import backups_plain
from console.render_time import here
from console.widgets.columns import Column
from console.widgets.window import Row
from store.domain.dispatch.figures import FIGURES, UNIT_WORDS, Figure, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from store.queries.figures import Reckoning, TravelTimes

HEADS: Final = (N_("figure"), N_("is"), N_("usually"), N_("what it means"))


def figure_rows(found: Reckoning) -> Iterator[tuple[str, ...]]:
    """Each figure as cells: what it is called, what it is, what it usually is, what it means."""
    for name, spec in FIGURES.items():
        now = getattr(found.figures, name.value)
        usual = valued(name, spec.usual)
        yield _(spec.label), valued(name, now), usual, _(spec.means)


def valued(name: Figure, value: int) -> str:
    """A figure with its unit; whole hours as hours."""
    unit = FIGURES[name].unit
    if unit is Unit.MINUTES and value and value % 60 == 0:
        return _("{count} h").format(count=value // 60)
    return f"{value} {_(UNIT_WORDS[unit])}"


def settings_plain(found: Reckoning) -> dict[str, Any]:
    """The same for a script."""
    figures = {name.value: getattr(found.figures, name.value) for name in FIGURES}
    travel = found.travel
    backups = backups_plain(found.backups)
    if travel is None:
        return {"figures": figures, "travel": None, "backups": backups}
    told = {
        "loaded_at": travel.loaded_at.isoformat(),
        "loaded_by": travel.loaded_by,
        "pairs": travel.pairs,
        "sites": travel.sites,
        "missing": travel.missing,
        "other_sites": travel.others,
    }
    return {"figures": figures, "travel": told, "backups": backups}


def travel_lines(travel: TravelTimes | None, zone: tzinfo | None) -> Iterator[str]:
    """What there is of a table of travel times."""
    if travel is None:
        yield _("no travel times are loaded: ways are reckoned from positions")
        return
    said = _n(
        "travel times: {pairs} pair between {sites} sites, loaded {when} by {name}",
        "travel times: {pairs} pairs between {sites} sites, loaded {when} by {name}",
        travel.pairs,
    )
    when = f"{here(travel.loaded_at, zone):%Y-%m-%d %H:%M}"
    name = travel.loaded_by
    yield said.format(pairs=travel.pairs, sites=travel.sites, when=when, name=name)
    if travel.missing:
        missing = _n(
            "{count} pair of these sites is missing: there the reckoned way counts",
            "{count} pairs of these sites are missing: there the reckoned way counts",
            travel.missing,
        )
        yield missing.format(count=travel.missing)
    if travel.others:
        others = _n(
            "{count} site of the desk is not in it",
            "{count} sites of the desk are not in it",
            travel.others,
        )
        yield others.format(count=travel.others)


def setting_columns() -> tuple[Column, ...]:
    """The columns of the screen, in the operator's language."""
    figure, now, usual, means = (_(head) for head in HEADS)
    return (
        Column(name="figure", title=figure, width=28),
        Column(name="is", title=now, width=9, align="right"),
        Column(name="usually", title=usual, width=9, align="right"),
        Column(name="means", title=means, width=20, flexible=True, since=70),
    )


def setting_row(cells: tuple[str, ...], place: int) -> Row:
    """One figure on the screen."""
    return Row(key=place, version=hash(cells), mark=(place,), cells=cells)
