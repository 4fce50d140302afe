"""Figures, and what each says, as sheets of a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.figure_words import label_said
from console.i18n import _
from console.workbook import Sheet
from store.domain.kpi.cohorts import NOWHERE, of_which
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.queries.kpi import Figure


def figure_sheet(figures: Sequence[Figure]) -> Sheet:
    """Every figure as scripts know it, and as people do."""
    return Sheet(
        name=_("Figures"),
        heads=("name", _("indicator"), "value", "n", "unit", "of"),
        rows=[(one.name, label_said(one), one.value, one.n, one.unit, one.of) for one in figures],
    )


def definitions(names: Sequence[str]) -> Sheet:
    """What each figure says, of whom, and what it rests on."""
    heads = (
        *("name", _("indicator"), _("formula"), _("measured in"), _("left out"), _("from")),
        *(_("n counts"), "unit", _("of which orders")),
    )
    rows = [
        (
            *(name, _(spec.label), _(spec.formula), _(spec.clock) if spec.clock else ""),
            *(_(spec.without) if spec.without else "", spec.source, _(COUNTED[spec.rows])),
            *(spec.unit.value, _(of_which(spec.way))),
        )
        for name, spec in ((name, KPIS[name]) for name in names)
    ]
    return Sheet(name=_("What the figures say"), said=(_(NOWHERE),), heads=heads, rows=rows)
