"""What is done to all alarms of a group at once, after a look at them where they are many."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.actions import ACTIONS
from console.actions_alarms import shelving, silencing
from console.i18n import _
from console.screens.commanding import Commanding
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.actions_kinds import Ask, Told
    from console.errand import Errand
    from console.preview import PreviewRow
    from store.domain.intents import Command
    from store.queries.alarms import AlarmLine

_SAID = {
    "acknowledge": N_("acknowledge {count} alarms: {group}"),
    "shelve": N_("shelve {count} alarms: {group}"),
}
_MAKES = {"acknowledge": silencing, "shelve": shelving}


class AlarmSets(Commanding):
    """The commands are about the alarms as they were seen: what rang since goes on ringing."""

    class Foreseen(Message, bubble=False):
        """What would become of the alarms of a group has been found out in a worker."""

        def __init__(
            self, errand: Errand, said: str, rows: tuple[PreviewRow, ...] | Exception
        ) -> None:
            super().__init__()
            self.errand = errand
            self.said = said
            self.rows = rows

    def over_group(self, name: str, group: str, alarms: Sequence[AlarmLine]) -> None:
        """Ask what is to be known, show what would become of each, and do it."""
        from console.errand import Errand

        said = _SAID[name].format(count=len(alarms), group=group)

        def making(_line: Any, told: Told, _ask: Ask) -> Command:
            from store.commands.together import Together

            commands = tuple(_MAKES[name](alarm, told) for alarm in alarms)
            return Together(commands=commands, partly=True)

        action = replace(ACTIONS[name], make=making, label=said)
        errand = Errand(action=action, line=None, questions=[])
        if name == "shelve":
            errand.questions = list(action.questions)
            errand.take_up(self.desk.drafts.newest(errand.draft_key))
        errand.look = partial(self._foresee, _(said), alarms)
        self.hands.open_or_go(errand)

    def _foresee(self, said: str, alarms: Sequence[AlarmLine], errand: Errand) -> None:
        seat = self.desk.seat
        if seat is None:
            self.hands.refuse(_("the store is not open yet"))
            return
        self._looking_ahead = True
        self._wait_for_it()
        at, zone = self.desk.now(), self.desk.zone
        titles = {alarm.number: alarm.title for alarm in alarms if alarm.number is not None}

        def work() -> None:
            from console.preview import Names, preview

            try:
                assert errand.action.make is not None
                whole: Any = errand.action.make(None, errand.told, seat.ask)
                told = seat.rehearse(whole.commands)
                rows: tuple[PreviewRow, ...] | Exception = preview(
                    told, titles, Names(people={}, at=at, zone=zone)
                )
            except Exception as error:  # noqa: BLE001  whatever it is, it is told
                rows = error
            self.post_message(self.Foreseen(errand, said, rows))

        self.run_worker(work, thread=True, group="hands", exit_on_error=False)

    def on_alarm_sets_foreseen(self, message: Foreseen) -> None:
        """Few are done at once; many are shown, and Enter does it."""
        from console.carrying import told
        from console.grammar.plan import UNASKED
        from console.screens.preview import PreviewScreen

        message.stop()
        self._looking_ahead = False
        errand, rows = message.errand, message.rows
        if isinstance(rows, Exception):
            self.hands.keep_draft(errand)
            self.hands.refuse(told(rows))
            return
        if len(rows) <= UNASKED:
            self.hands.run(errand)
            self.desk.typed.go_on()
            return

        def decided(yes: bool | None) -> None:
            self.hands.take_keys()
            if yes:
                self.hands.run(errand)
            else:
                self.hands.keep_draft(errand)

        self.desk.go_to(PreviewScreen(message.said, rows), decided)
        self.desk.typed.go_on()
