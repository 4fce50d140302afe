"""A form whose order may be the return of one that was finished: told, asked, and then linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Static

from console.errand import TO_READ
from console.i18n import _
from console.render_likely import finished
from console.screens.likely import LikelyForm
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.queries.board import BoardLine

_ASK: Final = N_(
    "#{number} was {finished}: ^s writes a new order linked to it,"
    " ^t once more chases it all the same"
)
_RETURNS: Final = "returns"
"""Among the texts of a draft: the number of the order that this is a return of."""


class ReturningForm(LikelyForm):
    """Nobody chases what was finished without having read so."""

    def __init__(self) -> None:
        super().__init__()
        self._returns: int | None = None
        self._told_at: datetime | None = None
        """When it was said that the order is finished; a key held down has not read it."""

    @property
    def returns(self) -> int | None:
        """The finished order that the new one is a return of, and is linked to."""
        return self._returns

    def headed(self) -> str:
        """What the form writes down."""
        if self._returns is None:
            return _("New order")
        said = _("New order, a return of #{number}; ^o takes that back")
        return said.format(number=self._returns)

    def texts(self) -> dict[str, str]:
        """With the order that it is a return of."""
        told = {} if self._returns is None else {_RETURNS: str(self._returns)}
        return super().texts() | told

    def fill(self, texts: Mapping[str, str]) -> None:
        """As it was left."""
        number = texts.get(_RETURNS, "")
        self._come_back(int(number) if number.isascii() and number.isdecimal() else None)
        super().fill(texts)

    def action_next_likely(self) -> None:
        """Mark the next one; the new order is no return of the one before."""
        self._come_back(None)
        super().action_next_likely()
        self.why = ""
        self.show()
        self.keep()

    def action_chase(self) -> None:
        """Chase the marked order; one that was finished only by the same key once more."""
        one, at = self.marked_one(), self.desk.now()
        over = "" if one is None else finished(one.line, at=at, zone=self.desk.zone)
        if one is None or not over:
            super().action_chase()
        elif self._returns != one.line.number:
            self._told_at = at
            self._come_back(one.line.number)
            self._place(one.line)
            self.pass_likely()
            self.keep()
            self.refuse(_(_ASK).format(number=one.line.number, finished=over))
        elif self._told_at is None or at - self._told_at >= TO_READ:
            super().action_chase()

    def insists(self, number: int) -> bool:
        """Where it was said that it is finished, and the key came once more."""
        return self._returns == number

    def likely_unseen(self) -> str:
        """What it is a return of was looked at when that was said."""
        if self._returns is not None:
            self._passed |= {self._returns}
        return super().likely_unseen()

    def keep(self) -> None:
        """Put on the shelf what the form holds now; to be filled by the form."""
        raise NotImplementedError

    def _place(self, line: BoardLine) -> None:
        """What comes back is where it was, unless somebody has said that it is elsewhere."""
        unsaid = self.guessed("site") or not self.text(self.field("site")).strip()
        if unsaid and line.site_code:
            self.choose("site", f"{line.site_name} {line.site_code}", line.site_code)

    def _come_back(self, number: int | None) -> None:
        self._returns = number
        self.query_one("#heading", Static).update(self.desk.marked(self.headed()))
