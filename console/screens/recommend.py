"""Who should go to an order: the best of those who may; Enter sends the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console import litter
from console.actions import ACTIONS
from console.actions_kinds import ONLY_LOOKS
from console.as_shown import as_shown, in_place_of, stands
from console.hanging import HANG
from console.i18n import _, fill, tell
from console.looks import cut, spread
from console.looks import width as cells_of
from console.render_heading import heading_said
from console.render_recommend import has_it, has_it_said, offer_columns, offer_row, weighed
from console.screens.commanding import Commanding
from console.screens.steady import Steady
from console.screens.telling import NOT_HERE
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store import clock
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.panes.hand_bar import HandBar
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.window import Key
    from console.widgets.work_table import WorkTable
    from store.domain.intents import Done
    from store.queries.board import BoardLine
    from store.queries.recommend import Recommendation, Recommended


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForNobody:
    """The order is over, or cannot be read."""

    why: Refusal


class RecommendScreen(Steady, Commanding):
    """The list above, what the chosen one costs and whom he would keep waiting below."""

    NAME = "recommend"
    THERE = NOT_HERE
    DEFAULT_CSS = """
    RecommendScreen > #weighed { background: $surface; }
    RecommendScreen > #heading { height: auto; }
    """
    NOT_HERE = frozenset({"take_back", "customer"})
    FOLLOWS = False
    BINDINGS: ClassVar = [Binding("escape,backspace", "back", show=False)]
    APART_S = 2.0
    """Everybody is reckoned with: not at every piece of news."""

    def __init__(
        self,
        number: int,
        about: int | None = None,
        *,
        told: Callable[[int], Recommendation | None] = lambda _number: None,
    ) -> None:
        """`told` is what was answered before the key, if anything was; called in a worker."""
        super().__init__()
        self._told = told
        self._number = number
        self._about = about
        self._found: Recommendation | None = None
        self._order: BoardLine | None = None
        self._refused: Refusal | None = None
        self._shown: Recommendation | None = None
        self._version: int | None = None
        """What the rows show, and of which version of the order."""
        self._did: Done | None = None
        """What sent the last one."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return offer_columns()

    def below(self) -> Iterable[Widget]:
        """What he costs, and what would slip."""
        yield PartsBar(id="weighed")

    def set_up(self) -> None:
        """The reasons of the chosen one."""
        super().set_up()
        self.query_one("#weighed", PartsBar).show(self._weighed)
        self.table.spurned = self._refuse
        self.wait_for_rows()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> Recommended | None:
        """The one under the cursor."""
        key = self.table.cursor_key
        offers = self._found.offers if self._found else ()
        return next((one for one in offers if one.who.id == key), None)

    def marked_technician(self) -> str | None:
        """The one who would go."""
        one = self.chosen()
        return None if one is None else one.who.code

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another one is at hand: other reasons."""
        message.stop()
        self.query_one("#weighed", PartsBar).renew()
        self.query_one("#keys", PartsBar).renew()

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Send him, as the order is known here: whoever was faster is told of."""
        from console.errand import Errand

        message.stop()
        one, line = self.chosen(), self._order
        if one is None or line is None or self.hands.busy_with(line.number):
            return
        if self._why_not() is not None:
            self._refuse()
            return
        if self.is_unseen():
            return
        action = ACTIONS["assign"]
        sure = action.insist(replace(self.situation(), line=line))
        found = self._found
        assert found is not None, "one of it is chosen"
        make = partial(as_shown, found, one)
        asks = (in_place_of(one.who),) if found.whole else ()
        errand = Errand.begin(replace(action, make=make, questions=asks), line, {}, sure)
        errand.told["technician"] = one.who.code
        errand.as_shown = True
        self.hands.open_or_go(errand)

    def _why_not(self) -> str | None:
        """Why Enter sends nobody; None as long as it may, or nothing is known yet."""
        if self.desk.standing.only_looks:
            return _(ONLY_LOOKS)
        if self._refused is not None:
            return tell(self._refused)
        if self._found is not None and not self._found.offers:
            return _("nobody may go")
        found, one = self._found, self.chosen()
        twice = found is not None and one is not None and has_it(found, one)
        return has_it_said(one) if twice and one is not None else None

    def _refuse(self) -> None:
        self.hands.refuse(lambda: self._why_not() or "")

    def on_hand_bar_refused(self, message: HandBar.Refused) -> None:
        """What was shown is not so any more: reckon anew at once."""
        message.stop()
        self.eyes.foretell()
        self.ask_again.now()

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """He is sent: the board says so, and takes it back with one key.

        Where more are to go, the list is of who goes with him: a key typed before sends nobody.
        So it is where another of the crew is not there.
        """
        from store.commands.besides import WANTED

        if message.name != "assign" or not self.is_current:
            return
        self._did, found = message.done, self._found
        more = found is not None and found.replaced is not None and found.wanted_yet > 1
        if WANTED not in message.done.facts and not more:
            self.action_back()
            return
        self.hands.take_keys()
        self.hands.say(partial(fill, message.done.sentence, message.done.facts), "good")
        self._order = None
        self.eyes.changed(at=clock.monotonic())
        self.ask_again.now()

    def action_back(self) -> None:
        """To the screen below, which says who was sent."""
        self.desk.go_back(self._did)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[Recommendation, BoardLine | None] | AskedForNobody:
        """With the order as it is now, so that what is done is done to what is shown."""
        from store.queries.board import LineOf
        from store.queries.recommend import WhoGoes

        known = self._found or (None if self._about else self._told(self._number))
        asked = WhoGoes(number=self._number, about=self._about, stamped=True, known=known)
        with litter.seldom, seat.asking() as ask:
            line = ask(LineOf(number=self._number))
            try:
                return ask(asked), line
            except StoreTrouble:
                raise
            except Refusal as refused:
                return AskedForNobody(why=refused)

    def take(self, found: tuple[Recommendation, BoardLine | None] | AskedForNobody) -> None:
        """As the store ranks them; an order that is over by now asks for nobody."""
        if isinstance(found, AskedForNobody):
            self._found, self._order, self._refused = None, None, found.why
        else:
            (self._found, self._order), self._refused = found, None

    def show_rows(self) -> None:
        """The best first."""
        offers = self._found.offers if self._found else ()
        zone, at = self.desk.zone, self.desk.now()
        rows = (offer_row(one, place, zone, at=at) for place, one in enumerate(offers, 1))
        before = self.table.cursor_key
        self.table.hold(HeldRows(tuple(rows)))
        self._see(before)
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#weighed", PartsBar).renew()

    def _see(self, key: Key | None) -> None:
        """Know whether the list says something else than before, of the order or at the cursor."""
        found, shown, at = self._found, self._shown, clock.monotonic()
        version = self._order.version if self._order is not None else None
        if found is None:
            return
        if shown is None:
            self.eyes.opened(at=at)
        elif (
            version != self._version
            or self.table.cursor_key != key
            or not stands(shown, found, key)
        ):
            self.eyes.changed(at=at)
        else:
            found = shown  # small changes add up
        self._shown, self._version = found, version
        self.eyes.asked_again()

    def heading(self, _width: int, _height: int) -> tuple[Parts, ...]:
        """The order, and what it takes."""
        if self._refused is not None:
            return (((" ", ""), HANG, (tell(self._refused), "overdue")),)
        if self._found is None:
            reckoning = _("reckoning ...")
            return (((f" {reckoning}", "muted"),),)
        said = heading_said(self._found, self.desk.zone, at=self.desk.now())
        return (((" ", ""), HANG, (said, "strong")),)

    def _weighed(self, _width: int, _height: int) -> tuple[Parts, ...]:
        if self._found is None:
            return ()
        return weighed(self._found, self.chosen(), self.desk.zone, at=self.desk.now())

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        back: Parts = ((" Esc ", "key"), (_("back"), ""))
        whole = self._found is not None and self._found.whole
        sends = _("send them in the place of one") if whole else _("send them")
        why = self._why_not()
        if why is None:
            return (spread(((" Enter ", "key"), (sends + " ", ""), *back), (), width),)
        cannot = _("{what}: {about}").format(what=sends, about=why)
        said: Parts = (("(Enter)", "faint"), (cannot, "faint"))
        return ((*cut(said, width - cells_of(back) - 1), (" ", ""), *back),)
