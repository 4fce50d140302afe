"""What a command would change, order by order, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from console.i18n import _, _n
from console.looks import spread
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.looks import Parts
    from console.preview import PreviewRow


class PreviewScreen(ReadingScreen):
    """Enter does it, Esc leads back to the line; its result is whether it shall be done.

    Orders that refuse are marked; Enter does the others.
    """

    BINDINGS = [
        Binding("enter", "agree", show=False, id="preview.agree"),
        Binding("escape,q", "back", show=False, id="preview.back"),
    ]

    def __init__(
        self, said: str, rows: tuple[PreviewRow, ...], remarks: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self._said = said
        self._rows = rows
        self._remarks = remarks
        """What is to be known of the whole: what a name meant, what is left out."""

    def title_line(self) -> str:
        """What is to be done."""
        return self._said

    def lines(self) -> tuple[Parts, ...]:
        """Each order, what will change, which clocks move; those that refuse first."""
        refused = sum(row.refused is not None for row in self._rows)
        count = sum(row.number > 0 for row in self._rows)
        head = _n("{count} order", "{count} orders", count).format(count=count) if count else ""
        if refused and count:
            head += _(", {count} of them refuse and stay as they are").format(count=refused)
        rows = sorted(self._rows, key=lambda row: (row.refused is None, not row.new))
        known = tuple(((remark, "soon"),) for remark in self._remarks)
        return (((head, "heading"),), *known, (), *(part for row in rows for part in _row(row)))

    def action_agree(self) -> None:
        """Do it."""
        self.desk.go_back(True)

    def action_back(self) -> None:
        """Do nothing."""
        self.desk.go_back(False)

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        refused = any(row.refused is not None for row in self._rows)
        said = (
            _("Enter does the others, Esc nothing ")
            if refused
            else _("Enter does it, Esc does not ")
        )
        keys = ((said, "key"),)
        return (spread(self.headed(), keys, width),)


def _row(row: PreviewRow) -> tuple[Parts, ...]:
    number: Parts = ((f"#{row.number} ", "strong"),) if row.number else ()
    sign: Parts = ((_("new: "), "soon"),) if row.new else ()
    head: Parts = (*sign, *number, (row.title, ""))
    if row.refused is not None:
        return (head, ((f"    ✗ {row.refused}", "overdue"),))
    warned: tuple[Parts, ...] = (((f"    ! {row.warning}", "soon"),),) if row.warning else ()
    return (head, *(((f"    {change}", ""),) for change in row.changes), *warned)
