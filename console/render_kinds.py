"""Kinds of work: a row each, and what an order of the one at hand comes to; pure."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from console.hanging import HANG
from console.i18n import _, _n, coded
from console.render_told import takes_said
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.queries.kinds import LATELY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from console.looks import Part, Parts
    from store.queries.kinds import KindOfWork


def kind_columns() -> tuple[Column, ...]:
    """What is told of each."""
    return (
        Column(name="kind", title=_("kind of work"), width=20, flexible=True),
        Column(name="open", title=_("open"), width=5, align="right"),
        Column(name="orders", title=_("orders"), width=6, align="right"),
        Column(name="usual", title=_("usually"), width=7, align="right"),
        Column(name="takes", title=_("skill, certificate"), width=16, flexible=True),
        Column(name="procedure", title=_("procedure"), width=9, since=72),
    )


def kind_row(line: KindOfWork, place: int) -> Row:
    """One of them; what asks for nothing is faint."""
    takes = takes_what(line)
    cells = (
        kind_named(line),
        counted(line.open),
        counted(line.orders),
        takes_said(line.usual_s).strip(),
        takes or Tinted(_("anybody may go"), "muted"),
        procedure_said(line),
    )
    return Row(key=line.code, version=hash((line, cells)), mark=(place,), cells=cells)


def kind_named(line: KindOfWork) -> str:
    """Its name with its code, as orders have it."""
    return coded(line.name, line.code) if line.name else line.code


def counted(n: int) -> str:
    """How many; nothing for none."""
    return str(n) if n else ""


def takes_what(line: KindOfWork) -> str:
    """The skill and the certificate that it takes; empty for neither."""
    skill = f"{line.skill}:{line.level}" if line.skill else ""
    return _(", ").join(filter(None, (skill, line.certificate)))


def procedure_said(line: KindOfWork) -> str:
    """Which version of its procedure is in force; empty where it has none."""
    return _("version {version}").format(version=line.procedure) if line.procedure else ""


def how_many(lines: Sequence[KindOfWork]) -> Part:
    """How many there are, and how many of them are only words."""
    if not lines:
        return _("no order has a kind of work yet"), "muted"
    said = _n("{count} kind of work", "{count} kinds of work", len(lines)).format(count=len(lines))
    words = sum(1 for line in lines if not line.known)
    if not words:
        return said, "strong"
    more = _n(
        "of {count} nobody has said what it takes",
        "of {count} nobody has said what they take",
        words,
    )
    return _("; ").join((said, more.format(count=words))), "strong"


def kind_told(line: KindOfWork | None, _width: int) -> tuple[Parts, ...]:
    """What an order of the one at hand comes to, and how to say what it takes."""
    return () if line is None else tuple(_told(line))


def _told(line: KindOfWork) -> Iterator[Parts]:
    yield ((f" {kind_named(line)}", "strong"),)
    of = _("{open} open; {orders} of the newest {lately} orders").format(
        open=line.open, orders=line.orders, lately=f"{LATELY:,}"
    )
    usual = _("not done often enough to say how long it takes")
    if line.usual_s is not None:
        usual = _("usually takes {span}").format(span=takes_said(line.usual_s).strip())
    yield (" ", ""), HANG, (_("; ").join((of, usual)), "")
    yield (" ", ""), HANG, (_asks(line), "")
    yield (" ", ""), HANG, (_procedure(line), "")


def _asks(line: KindOfWork) -> str:
    if line.skill and line.certificate:
        said = _("takes {skill} at level {level} and the certificate {certificate}")
    elif line.skill:
        said = _("takes {skill} at level {level}")
    elif line.certificate:
        said = _("takes the certificate {certificate}")
    elif line.known:
        said = _("takes no skill and no certificate: anybody may go")
    else:
        said = _(
            "nobody has said what it takes, so anybody may go: paidan add kind {code} NAME"
            " --skill SKILL:LEVEL says it"
        )
    return said.format(
        skill=line.skill, level=line.level, certificate=line.certificate, code=quote(line.code)
    )


def _procedure(line: KindOfWork) -> str:
    if not line.procedure:
        return _("no procedure: paidan sop import FILE gives its new orders their steps")
    said = _n(
        "procedure version {version}, {count} step",
        "procedure version {version}, {count} steps",
        line.steps,
    )
    return said.format(version=line.procedure, count=line.steps)
