"""Where the operator's hands are: his keys become commands, and he hears what came of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions import ACTIONS, first_sign
from console.actions_kinds import ONLY_LOOKS
from console.i18n import _, tell, with_final
from console.panes.putting_by import PuttingBy
from console.whens import filled
from console.widgets.bars import PartsBar
from store.domain.errors import Refusal, Stale, StoreTrouble
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from console.actions_kinds import Action, Situation
    from console.carrying import Outcome
    from console.errand import Errand
    from console.grammar.understand import Understood
    from console.looks import Parts
    from console.panes.command_bar import CommandBar
    from console.panes.offer import Offer
    from console.panes.prompt import Prompt
    from console.seat import Seat
    from console.unsent import Unsent
    from store.domain.intents import Done
    from store.queries.board import BoardLine

_SLOW: Mapping[float, str] = {
    0.4: N_("asking the store ..."),
    1.5: N_("still waiting for the store; nothing is lost ..."),
}
"""What the operator is told while the store has not answered, after so many seconds."""


_KEPT_AFTER_S = 0.3
"""A command that takes longer is put on disk meanwhile; to do so with each would cost every key."""


class HandBar(PuttingBy):
    """Asks what an action must be told, carries it out, and says what came of it."""

    class Did(Message):
        """A command was carried out."""

        def __init__(self, done: Done, name: str) -> None:
            super().__init__()
            self.done = done
            self.name = name
            """The action's."""

    class Troubled(Message):
        """A command met a store that cannot be used."""

        def __init__(self, trouble: StoreTrouble) -> None:
            super().__init__()
            self.trouble = trouble

    class Refused(Message):
        """A command was refused; why is said already."""

    class Settled(Message, bubble=False):
        """A command has come back from its worker."""

        def __init__(self, errand: Errand, outcome: Outcome) -> None:
            super().__init__()
            self.errand = errand
            self.outcome = outcome

    def __init__(self, *, zone: tzinfo | None, drafts: Unsent) -> None:
        super().__init__(zone=zone, drafts=drafts)
        self.seat: Seat | None = None
        self.given: Callable[[Understood], None] = lambda _told: None
        """Takes what Enter was pressed on in the command line."""
        self.looks_first: Callable[[Errand], bool] = lambda _errand: False
        """Whether the screen shows first what an errand would change; then it runs it again."""
        self._under_way: list[Errand] = []
        self._heeded: tuple[tuple[str, str], ...] = ()
        """Who was said to write about the order of the open form, and with which form."""

    @property
    def command(self) -> CommandBar:
        """Where commands are typed; it stands below all else."""
        if self._command is None:
            from console.panes.command_bar import CommandBar

            self._command = CommandBar()
            self._command.busy = lambda: bool(self._under_way)
            self._command.give = lambda told: self.given(told)  # noqa: PLW0108  the screen names it later
            self._command.put_by = self.put_by
            self._command.mount_in(self)
        return self._command

    def get_ready(self) -> tuple[Prompt, Offer]:
        """The line for commands, too."""
        made = super().get_ready()
        _made = self.command
        return made

    def fade(self, at: datetime) -> None:
        """Not while a command is under way, or may be taken back with one key: that is news."""
        fresh = self.desk.fresh or self.desk.fresh_again
        if not self._under_way and (fresh is None or fresh.seconds(at=at) <= 0):
            super().fade(at)

    @property
    def _only_looks(self) -> bool:
        return self.desk.standing.only_looks

    def refuse(self, why: str | Callable[[], str]) -> None:
        """Say why not; what was typed ahead counted on it and is dropped."""
        self.say(why, "overdue")
        self.desk.typed.forget()

    def busy_with(self, number: int | None) -> bool:
        """Whether a command about this order, or about no certain one, is not back yet."""
        return any(one.line is None or one.line.number == number for one in self._under_way)

    def begin(self, action: Action, situation: Situation) -> None:
        """Do an action for the order of the situation, asking first what it must be told."""
        why = ONLY_LOOKS if self._only_looks else action.why_not(situation)
        if why is not None and (self._only_looks or not action.store_decides(situation)):
            self.refuse(partial(_, why))
            return
        if self.errand is not None:
            self.action_leave()
        from console.errand import Errand  # what hands need is kept off the way to the first paint

        line = situation.line if action.about_order else None
        self._heeded = ()
        errand = Errand.begin(action, line, {}, action.insist(situation))
        errand.take_up(self.drafts.newest(errand.draft_key))
        self.open_or_go(errand)
        self.heed()

    def heed(self) -> None:
        """Say who else writes about the order of the open form; it is forbidden to nobody."""
        line = self.errand.line if self.errand is not None else None
        if line is None:
            return
        at = self.desk.now()
        claims = self.desk.attention.claims(line.number, at=at)
        who = tuple((one.name, one.doing) for one in claims)
        if who and who != self._heeded:
            from console.render_presence import claimed

            self._heeded = who
            self.say(claimed(claims, at=at, zone=self.desk.zone), "soon")

    def run(self, errand: Errand) -> None:
        """Carry out an errand of which everything is known."""
        seat = self.seat
        if seat is None:
            self.refuse(lambda: _("the store is not open yet"))
            return
        if self._only_looks:
            self.refuse(partial(_, ONLY_LOOKS))
            return
        if errand.looked_at() or self.looks_first(errand):
            return
        self._under_way.append(errand)
        for seconds, said in _SLOW.items():
            self.set_timer(seconds, partial(self._still_busy, errand, said))
        key = errand.sending()
        from console.parking import carry_or_park, keep_meanwhile

        pile, away = self.desk.pile, self.desk.away

        def work() -> None:
            outcome = carry_or_park(seat, errand, key, pile, away=away)
            self.post_message(self.Settled(errand, outcome))

        def keep() -> None:
            if errand in self._under_way:
                work = partial(keep_meanwhile, seat, errand, key, pile)
                self.run_worker(work, thread=True, group="meanwhile", exit_on_error=False)

        self.run_worker(work, thread=True, group="hands", exit_on_error=False)
        self.set_timer(_KEPT_AFTER_S, keep)

    # -- the command -------------------------------------------------------------------------

    def on_hand_bar_settled(self, message: Settled) -> None:
        """Say what came of it; what was typed ahead goes on, or counted on it and is dropped."""
        message.stop()
        errand, outcome = message.errand, message.outcome
        self._under_way.remove(errand)
        result = outcome.result
        if outcome.parked is not None:
            self._waits(errand, outcome)
            return
        if isinstance(result, Exception):
            if self.screen.is_current:
                (self.desk.typed.forget if self.errand is None else self.desk.typed.go_on)()
            self._failed(errand, result, outcome.line)
            return
        self._no_longer_kept(errand)
        self._say_done(errand, result)
        if outcome.line is not None:
            self.desk.own_lines.keep(outcome.line)
        self.post_message(self.Did(result, errand.action.id))
        if self.screen.is_current:  # else the keys wait for what another screen has asked for
            self.desk.typed.go_on()

    def _waits(self, errand: Errand, outcome: Outcome) -> None:
        """It is on disk: the hands go on, the store gets it when it is back."""
        self._no_longer_kept(errand)
        self.desk.recount()
        self.say_it_waits(outcome)
        if isinstance(trouble := outcome.result, StoreTrouble) and self.desk.away is None:
            self.post_message(self.Troubled(trouble))
        if self.screen.is_current:
            self.desk.typed.go_on()

    def _no_longer_kept(self, errand: Errand) -> None:
        """Neither its draft, nor what waited and was edited."""
        self.drafts.drop(errand.draft_key, errand.begun.id)
        if errand.instead:
            self.desk.recount()

    def _say_done(self, errand: Errand, done: Done) -> None:
        self.desk.have_done(done, back=errand.action.id == "undo")
        self.desk.heard(errand.action.id)
        self.command.renew()
        at, zone = self.desk.now(), self.desk.zone
        self.say_done(lambda: with_final(filled(done.sentence, done.facts, zone, at=at), done))

    def say_done(self, text: str | Callable[[], str]) -> None:
        """Say what was just done, and for a while the key that takes it back or does it again."""
        fresh = (desk := self.desk).fresh or desk.fresh_again
        if fresh is None or self.errand is not None:
            self.say(text, "good")
            return
        undo = desk.fresh is not None
        key = first_sign(ACTIONS["undo" if undo else "redo"], desk.keys)

        def make(_width: int, _height: int) -> tuple[Parts, ...]:
            left = fresh.seconds(at=desk.now()) if fresh in (desk.fresh, desk.fresh_again) else 0
            offer = _("   undo: {key}, {left} s") if undo else _("   redo: {key}, {left} s")
            rest = offer.format(key=key, left=left) if left else ""
            said = text if isinstance(text, str) else text()
            return (((f" ✓ {said}", "good"), (rest, "muted")),)

        self.noted(follows=not isinstance(text, str))
        self.query_one("#said", PartsBar).show(make)

    def tick(self) -> None:
        """A second less to take the last command back with one key."""
        if self.desk.fresh is not None or self.desk.fresh_again is not None:
            self.query_one("#said", PartsBar).renew()

    def _failed(self, errand: Errand, error: Exception, line: BoardLine | None) -> None:
        self.keep_draft(errand)
        if isinstance(error, StoreTrouble):
            self.post_message(self.Troubled(error))
        from console.carrying import told

        if errand.typed:
            self.say(told(error), "overdue")
            self.offer_again(errand.typed, errand.instead)
        elif isinstance(error, Stale) and line is not None and not errand.is_as_shown:
            self._lost_race(errand, tell(error), line)
        elif isinstance(error, Refusal) and errand.action.questions and self.may_ask:
            from console.who_goes import why_again

            self.open_or_go(errand, why_again(errand, error, at=self.desk.now()))
        else:
            if isinstance(error, Refusal):
                self.post_message(self.Refused())
            self.say_failed(partial(tell, error) if isinstance(error, Refusal) else told(error))

    def _lost_race(self, errand: Errand, sentence: str, line: BoardLine) -> None:
        """Somebody changed the order first: say who, and offer the choice again."""
        situation = self._situation(line)
        why = errand.action.why_not(situation)
        if why is not None and not errand.action.store_decides(situation):
            self.say(f"{sentence}. {_(why)}", "overdue")
        elif not self.may_ask:  # the line belongs to what was opened meanwhile
            self.say_failed(sentence)
        else:
            errand.ask_again(line, errand.action.insist(situation))
            self.open_or_go(errand, sentence)

    def _situation(self, line: BoardLine) -> Situation:
        situation: Situation = self.screen.situation()  # type: ignore[attr-defined]  # ours all have it
        return replace(situation, line=line)

    def _still_busy(self, errand: Errand, said: str) -> None:
        if errand in self._under_way and self.errand is None:
            self.say(_(said), "muted")
