"""A form that says which names nobody bears yet, before it makes them with the order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.grammar.kinds import Strange, strange, strange_said
from console.i18n import _
from console.looks import cut
from console.pacing import Paced
from console.screens.form_lines import FormLines
from console.widgets.bars import PartsBar
from store import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.looks import Parts
    from console.seat import Seat

_ASK_EVERY_S: Final = 0.3
_LONGEST: Final = 400
_KINDS: Final = 500
_SHOWN: Final = 40
"""Cells of a name that are shown here; the whole of it stands in its line."""
MADE: Final = ("customer", "site")
"""What is made with the order where nobody knows it."""
_TOLD: Final = (*MADE, "kind")
"""What is said to be new; a new kind of work is only a word, which no skill belongs to."""

Names = tuple[str, ...]
"""What stands in those lines, each empty where it was chosen and so is known."""


class MakingForm(FormLines):
    """Asks whenever one of these lines is another; what is new is said below them."""

    class Named(Message):
        """The store has told which names mean nothing."""

        def __init__(self, names: Names, unknown: frozenset[str], kind: Strange | None) -> None:
            super().__init__()
            self.names = names
            self.unknown = unknown
            self.kind = kind

    def __init__(self) -> None:
        super().__init__()
        self._unknown: dict[str, str] = {}
        """By field: the name that the store has said it does not know."""
        self._kind: Strange | None = None
        """What is to be said of the kind of work that is written."""
        self._names: Names | None = None
        """Of which the store has told."""
        self._new_at = 0.0
        """When a name was last shown as new, by the clock of the keys."""
        self._name_soon = Paced(self, _ASK_EVERY_S, self._ask_names)

    def know_names(self) -> None:
        """A line has another text: ask as soon as the hands allow."""
        if self._names_now() != self._names:
            self._name_soon()

    def _names_now(self) -> Names:
        return tuple(self._name_in(name) for name in _TOLD)

    def _name_in(self, name: str) -> str:
        field = self.field(name)
        text = self.text(field)
        return "" if self.answer(field) != text else text.strip()[:_LONGEST]

    def _ask_names(self) -> None:
        seat, names = self.desk.seat, self._names_now()
        if seat is None or not any(names):
            self._take_names(names, frozenset(), None)
            return
        work = partial(self._find_names, seat, names)
        self.run_worker(work, thread=True, group="names", exit_on_error=False)

    def _find_names(self, seat: Seat, names: Names) -> None:
        from store.queries.strangers import Strangers
        from store.queries.usual import KindsLike

        unknown, found = frozenset[str](), None
        *made, kind = names
        try:
            if any(made):
                unknown = seat.ask(Strangers(**dict(zip(MADE, made, strict=True))))
            if kind:
                known = seat.ask(KindsLike(text=kind)), seat.ask(KindsLike(limit=_KINDS))
                found = strange(kind, (*known[0], *known[1]))
        except Exception as error:  # noqa: BLE001  the store says it again when it is written down
            self.log(error)
        self.post_message(self.Named(names, unknown, found))

    def on_making_form_named(self, message: Named) -> None:
        """Show it, if the form still says so."""
        message.stop()
        if message.names == self._names_now():
            self._take_names(message.names, message.unknown, message.kind)

    def _take_names(self, names: Names, unknown: frozenset[str], kind: Strange | None) -> None:
        told = {field: name for field, name in zip(_TOLD, names, strict=True) if field in unknown}
        if (told, kind) != (self._unknown, self._kind):
            self._new_at = clock.monotonic()
        self._names, self._unknown, self._kind = names, told, kind
        self.query_one("#made", PartsBar).show(self._made_line)
        self.desk.typed.go_on()  # a form that was to be saved has waited for this

    def recall(self, unknown: Mapping[str, str]) -> None:
        """Names of which the store has said so before; it is not asked again while they stand."""
        self._unknown, self._names = dict(unknown), self._names_now() if unknown else None
        self.query_one("#made", PartsBar).show(self._made_line)

    # -- saving ------------------------------------------------------------------------------

    def names_told(self) -> bool:
        """Whether the store has told which names are new; else it is asked."""
        if self.desk.seat is None or self._names_now() == self._names:
            return True
        self.desk.typed.after(self.action_save)
        self._ask_names()
        return False

    def made_unseen(self) -> str:
        """What would be made and was not to be read when the key was pressed."""
        if not (self._unknown or self._kind) or self.desk.typed.taken_at >= self._new_at:
            return ""
        self._new_at = 0.0
        return _("; ").join(filter(None, (self._made_said(), self._strange_kind())))

    def made(self) -> dict[str, str]:
        """By field: what is made with the order."""
        now = dict(zip(_TOLD, self._names_now(), strict=True))
        made = ((field, self._unknown.get(field)) for field in MADE)
        return {field: name for field, name in made if name and name == now[field]}

    def _made_line(self, _width: int, _height: int) -> tuple[Parts, ...]:
        made, kind = self._made_said(), self._strange_kind()
        said = _("^s makes with the order: {what}").format(what=made) if made else ""
        return tuple(((text, "soon"),) for text in (said, kind) if text)

    def _strange_kind(self) -> str:
        if self._kind is None:
            return ""
        kind = "".join(text for text, _tone in cut(((self._kind.kind, ""),), _SHOWN))
        return strange_said(self._kind._replace(kind=kind))

    def _made_said(self) -> str:
        said = {"customer": _("new customer “{name}”"), "site": _("new site “{name}”")}
        named = ((field, cut(((name, ""),), _SHOWN)) for field, name in self._unknown.items())
        return _(", ").join(
            said[field].format(name="".join(text for text, _tone in name)) for field, name in named
        )
