"""By how much a figure is another than it was, and how sure that is; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.figure_words import span_said
from console.i18n import _
from store.domain.kpi.intervals import change
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Each, Fixed, Heard, Kept, Renewed

if TYPE_CHECKING:
    from store.domain.kpi.baseline import Sure
    from store.queries.kpi import Figure


def change_said(now: Figure | Sure, was: Figure | Sure, *, sure: bool = True) -> str:
    """By how much a figure is more or less than before; `–` where one of both is missing.

    Or looks less far than the other.

    With `sure`, of shares also between what the change lies.
    """
    if now.value is None or was.value is None or now.within_s != was.within_s:
        return "–"
    more = now.value - was.value
    sign = "+" if more > 0 else "−" if more < 0 else "±"
    if now.unit == "ratio" and now.name != "created_closed_ratio":
        said = _("{sign}{count} points").format(sign=sign, count=f"{abs(100 * more):.1f}")
        return said if not (sure and _is_share(now.name)) else f"{said} ({_between(now, was)})"
    if now.unit == "s":
        return sign + span_said(abs(more))
    digits = 0 if now.unit in {"orders", "points", "cases"} else 2
    return f"{sign}{abs(more):.{digits}f}"


def _is_share(name: str) -> bool:
    """Whether it is a part of its n orders, each of which is in it or not."""
    return isinstance(KPIS[name].way, Kept | Fixed | Each | Heard | Renewed)


def _between(now: Figure | Sure, was: Figure | Sure) -> str:
    least, most = change(now.value or 0.0, now.n, was.value or 0.0, was.n)
    return _("{least} to {most}").format(
        least=f"{100 * least:+.1f}".replace("-", "−"), most=f"{100 * most:+.1f}".replace("-", "−")
    )
