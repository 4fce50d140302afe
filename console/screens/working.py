"""A screen with hands: every action's key works on it, about the order it shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS, first_sign
from console.actions_kinds import Situation, refusal
from console.desk_app import DeskApp
from console.i18n import _
from console.keys_in_force import bind
from console.panes.hand_bar import HandBar
from console.render_bars import status_line
from console.render_keys import draft_name, key_bar
from console.screens.keying import Keying
from console.themes import LABELS, after
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from textual import events

    from console.actions_kinds import Ask, Told
    from console.attention import Meant
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_NEW = ("new", 0)


class WorkingScreen(Keying):
    """Status line above, hands and keys below; what stands between is the screen's own."""

    BINDINGS: ClassVar = [
        Binding(",".join(action.keys), f"act('{action.id}')", action.label, show=False, id=name)
        for name, action in ACTIONS.items()
    ]

    shows_alarms = False
    """Whether the screen has a place of its own for alarms; else the first line counts them."""

    here = ""
    """The action that leads to this screen: its key is of no use there."""
    says_back = False
    """Whether the keys below say that Esc leads back; else the screen says so itself."""

    _warned = False
    """Whether leaving with unsaved text was tried already."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def hands(self) -> HandBar:
        """The result and the prompt."""
        return self.query_one(HandBar)

    def line(self) -> BoardLine | None:
        """The order that the keys are about, as it is shown."""
        raise NotImplementedError

    def unsettled(self) -> bool:
        """Whether it is not known yet which order a key would be about, or how it stands."""
        line = self.line()
        return line is not None and self.hands.busy_with(line.number)

    def ringing(self) -> int:
        """How many alarms nobody has acknowledged."""
        return self.desk.standing.ringing

    def empty(self) -> bool:
        """Whether the desk has never had an order."""
        return False

    def looked_at(self) -> int | None:
        """The order that stands there to be read; None for a screen that is about none."""
        return None

    def attended(self) -> Meant | None:
        """The order before the operator, and the form that is open on it."""
        errand = self.hands.errand
        if errand is not None and errand.line is not None:
            return errand.line.number, errand.action.id
        number = self.looked_at()
        return None if number is None else (number, "")

    def show_presence(self) -> None:
        """Somebody may write about the order of the form that is open."""
        self.hands.heed()

    def situation(self) -> Situation:
        """What decides which keys make sense now."""
        ready = self.desk.seat is not None
        line = self.desk.own_lines.newest(self.line())
        return Situation(
            at=self.desk.now(),
            zone=self.desk.zone,
            line=line,
            ready=ready,
            ringing=self.ringing(),
            only_looks=self.desk.standing.only_looks,
            shut=not ready and self.desk.standing.trouble is not None,
            empty=self.empty(),
        )

    # -- the desk's life ---------------------------------------------------------------------

    def on_mount(self) -> None:
        """Once; Textual would call the handler of every class of a screen."""
        bind(self, self.desk.keys)
        self.set_up()

    def set_up(self) -> None:
        """Show the bars, and take the seat if the store is open already."""
        self.query_one("#status", PartsBar).show(self._status)
        self.show_keys()
        self.show_strips()
        if self.desk.seat is not None:
            self.seated(self.desk.seat)

    def seated(self, seat: Seat) -> None:
        """The store is open: the hands may work."""
        self.hands.seat = seat
        self.renew_bars()

    def tick(self, at: datetime) -> None:
        """A second has passed."""
        self.renew_status(at)
        self.hands.tick()
        self.hands.fade(at)
        self.settle_tour()

    def on_screen_suspend(self) -> None:
        """Who comes back has done something else meanwhile; what he was writing is kept."""
        self.hands.hush()
        self.hands.put_aside()

    def hear(self, news: NewsArrived) -> None:
        """Something was committed; to be filled by the screen."""

    def say_again(self) -> None:
        """Another language is spoken now."""
        self.hands.say_again()
        self.renew_bars()

    def renew_bars(self) -> None:
        """Say status and keys again."""
        self.query_one("#status", PartsBar).renew()
        self.query_one("#keys", PartsBar).renew()
        self.settle_tour()

    def _status(self, width: int, _height: int) -> tuple[Parts, ...]:
        desk = self.desk
        told = not self.shows_alarms
        line = status_line(
            desk.standing,
            at=desk.now(),
            zone=desk.zone,
            cells=width,
            with_alarms=told,
            keymap=desk.keys,
        )
        return (line,)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys, situation = self.desk.keys, self.situation()
        return (key_bar(situation, keys, width, here=self.here, back=self.says_back),)

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no line has taken."""
        event.stop()
        self.hands.refuse(_("no line is open to paste into; nothing was done"))

    # -- keys --------------------------------------------------------------------------------

    def action_act(self, name: str) -> None:
        """Do one of the actions, or say why it cannot be done, or not on this screen."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
            return
        if ACTIONS[name].about_order and self.unsettled():
            self.desk.typed.after(partial(self.action_act, name))
            return
        if name != "language":  # what was said is said again in the other one
            self.hands.hush()
        action, situation = ACTIONS[name], self.situation()
        own = getattr(self, f"do_{name}", None)
        if own is None and not situation.shut:
            self.hands.begin(action, situation)
            return
        why = refusal(action, situation)
        if why is not None:
            self.hands.refuse(partial(_, why))
        elif own is not None:
            own()

    def run_command(self, name: str, make: Any) -> None:
        """Do an action at once whose command depends on what the screen shows."""

        def ignoring(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
            command: Command = make()
            return command

        from console.errand import Errand

        action = replace(ACTIONS[name], make=ignoring)
        self.hands.run(Errand(action=action, line=None, questions=[]))

    def do_waiting(self) -> None:
        """What waits for the store, or for the operator."""
        from console.screens.waiting import WaitingScreen

        self.desk.go_to(WaitingScreen(), self._back_from_waiting)

    def _back_from_waiting(self, chosen: tuple[str, str] | int | None) -> None:
        """A line to edit, or an order to look at."""
        details = getattr(self, "open_details", None)
        if isinstance(chosen, tuple):
            self.edit_line(*chosen)
        elif chosen is not None and details is not None:
            details(chosen)

    def edit_line(self, _waiting: str, text: str) -> None:
        """A line that waited is to be edited; here it can only be found again."""
        self.desk.history.add(text)
        self.hands.say(_("the board's command line brings it back with ↑"), "muted")

    def do_language(self) -> None:
        """English or Chinese."""
        self.desk.speak_other()

    def do_theme(self) -> None:
        """The next colours, kept for the next start."""
        desk, wanted = self.desk, after(self.desk.wanted_theme)
        desk.wear(wanted)
        name = _(LABELS[wanted])
        said = _("colours: {name}").format(name=name)
        if desk.colours == "none":
            said = _("{said}; this terminal is to show none").format(said=said)
        self.hands.say(said, "good")
        if desk.config_file is not None:
            work = partial(self._keep_theme, desk.config_file, wanted, said)
            self.run_worker(work, thread=True, group="theme", exit_on_error=False)

    def _keep_theme(self, path: Path, wanted: str, said: str) -> None:
        from console.config_keep import CannotKeep, keep

        try:
            keep(path, "theme", wanted)
        except (OSError, UnicodeDecodeError, CannotKeep):
            text = _("{said}; not kept: {path} cannot be written").format(said=said, path=path)
            self.app.call_from_thread(self.hands.say, text, "soon")

    def do_mute(self) -> None:
        """The bell off or on."""
        self.desk.stand(muted=not self.desk.standing.muted)
        off = self.desk.standing.muted
        self.hands.say(_("the bell is off") if off else _("the bell is on"), "good")
        self.renew_bars()

    def do_flash(self) -> None:
        """The flash off or on."""
        on = not self.desk.standing.flashes
        self.desk.stand(flashes=on)
        self.hands.say(_("new alarms flash") if on else _("the flash is off"), "good")

    def do_notify(self) -> None:
        """The terminal's notifications off or on."""
        on = not self.desk.standing.notifies
        self.desk.stand(notifies=on)
        self.hands.say(_("new alarms notify") if on else _("notifications are off"), "good")

    def do_quit(self) -> None:
        """Leave; where the disk does not take what was written, only at the second time."""
        self.desk.drafts.write()
        drafts = [*self.desk.drafts, *([_NEW] if self.desk.shelf.at_risk else ())]
        if drafts and not self._warned:
            self._warned = True
            what = _(", ").join(draft_name(key) for key in drafts)
            said = _("not saved: {what}; {key} again leaves all the same")
            self.hands.say(said.format(what=what, key=self.key_sign("quit")), "soon")
        else:
            self.desk.leave()

    def key_sign(self, name: str) -> str:
        """How the first key of an action is written."""
        return first_sign(ACTIONS[name], self.desk.keys)
