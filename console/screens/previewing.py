"""A screen that shows what a command would change before it is done to many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.i18n import _
from console.screens.relating import Relating
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    from console.actions_kinds import Ask
    from console.errand import Errand
    from console.grammar.understand import Understood
    from console.preview import PreviewRow
    from store.domain.intents import Command


class Previewing(Relating):
    """Few orders are changed at once; of many each is shown first, and Enter does it."""

    class Previewed(Message, bubble=False):
        """What a line would change has been found out in a worker."""

        def __init__(
            self,
            told: Understood,
            rows: tuple[PreviewRow, ...] | Exception,
            errand: Errand | None = None,
        ) -> None:
            super().__init__()
            self.told = told
            self.rows = rows
            self.errand = errand
            """What a key has begun; None where a line was typed."""

    _looking_ahead = False
    """Whether what a line would change is being found out."""

    def set_up(self) -> None:
        """What a key has begun may be looked at, too."""
        super().set_up()
        self.hands.looks_first = self._looks_first

    def _looks_first(self, errand: Errand) -> bool:
        """Show whom or what it concerns besides the order in sight, where a key has begun it."""
        from console.grammar.parse import Parsed
        from console.grammar.spoken import spoken
        from console.grammar.understand import LOOKED_AT_FIRST, Understood

        line = errand.line
        if errand.action.id not in LOOKED_AT_FIRST or line is None or errand.typed:
            return False
        if errand.shown:
            errand.shown = False
            return False
        parsed = Parsed(action=errand.action, orders=(line.number,), told=dict(errand.told))
        lines = {line.number: line}
        said = spoken(parsed, lines, at=self.desk.now(), zone=self.desk.zone)
        told = Understood(line="", parsed=parsed, lines=lines, said=said, why_not=None)
        self.look_ahead(told, errand)
        return True

    def look_ahead(self, told: Understood, errand: Errand | None = None) -> None:
        """Find out what it would change; keys wait until that is known."""
        seat = self.desk.seat
        if seat is None:
            self.hands.refuse(_("the store is not open yet"))
            return
        self._looking_ahead = True
        self._wait_for_it()
        at, zone = self.desk.now(), self.desk.zone

        def work() -> None:
            from console.grammar.asking import StoreLookup
            from console.grammar.understand import what_would_change

            lookup = StoreLookup(seat.ask, at=at, zone=zone)
            try:
                rows: tuple[PreviewRow, ...] | Exception = what_would_change(
                    told, lookup, ask=seat.ask, rehearse=seat.rehearse
                )
            except Exception as error:  # noqa: BLE001  whatever it is, it is told
                rows = error
            self.post_message(self.Previewed(told, rows, errand))

        self.run_worker(work, thread=True, group="hands", exit_on_error=False)

    def _wait_for_it(self) -> None:
        """Hold what is typed; others may say that it can go on."""
        if self._looking_ahead:
            self.desk.typed.after(self._wait_for_it)

    def on_previewing_previewed(self, message: Previewed) -> None:
        """Few orders are done at once; many are shown, and Enter does it."""
        message.stop()
        self._looking_ahead = False
        if message.errand is not None:
            self._look_at(message.errand, message.told, message.rows)
        else:
            self._look_at_line(message.told, message.rows)

    def _look_at_line(self, told: Understood, rows: tuple[PreviewRow, ...] | Exception) -> None:
        from console.carrying import told as worded
        from console.grammar.understand import wants_a_look

        if isinstance(rows, StoreTrouble) and rows.may_wait and told.line:
            self.hands.put_by(told.line, told.selected, told.before, rows)
            return
        if isinstance(rows, Exception):
            self.hands.refuse(worded(rows))
            if isinstance(rows, Refusal) and told.line:
                self.hands.command.open(told.line)
            else:
                self.desk.take_edited_line()
            return
        if not wants_a_look(told, rows):
            self.carry_out(told)
            self.desk.typed.go_on()
            return
        self._show_first(told, rows)

    def _show_first(self, told: Understood, rows: tuple[PreviewRow, ...]) -> None:
        """Enter does what can be done of it; where nothing can, there is nothing to agree to."""
        from console.grammar.remarks import remarks
        from console.grammar.understand import leaving_out, none_can
        from console.screens.preview import PreviewScreen
        from store.queries.finding import MEANT

        if (why := none_can(rows)) is not None:
            self.hands.refuse(why)
            if told.line:
                self.hands.command.open(told.line)
            self.desk.typed.go_on()
            return

        def decided(yes: bool | None) -> None:
            self.hands.take_keys()
            if yes:
                refused = any(row.refused is not None for row in rows)
                self.carry_out(leaving_out(told) if refused else told)
            elif told.line:
                self.hands.command.open(told.line)

        known = tuple(remarks(told.parsed.targets, most=MEANT))
        self.desk.go_to(PreviewScreen(told.said, rows, known), decided)
        self.desk.typed.go_on()

    def _look_at(
        self, errand: Errand, told: Understood, rows: tuple[PreviewRow, ...] | Exception
    ) -> None:
        from console.grammar.understand import wants_a_look
        from console.screens.preview import PreviewScreen

        def decided(yes: bool | None) -> None:
            self.hands.take_keys()
            if yes:
                errand.shown = True
                self.hands.run(errand)
            else:
                self.hands.keep_draft(errand)
                errand.step_back()
                self.hands.open_or_go(errand)

        if isinstance(rows, Exception) or not wants_a_look(told, rows):
            decided(yes=True)  # what speaks against it is told as ever
        else:
            self.desk.go_to(PreviewScreen(told.said, rows), decided)
        self.desk.typed.go_on()

    def carry_out(self, told: Understood) -> None:
        """Do what a line says; what comes of it is told below the list."""
        from console.errand import Errand
        from console.grammar.plan import command_of

        parsed, lines = told.parsed, told.lines

        def make(_line: Any, _told: Any, ask: Ask) -> Command:
            return command_of(parsed, lines, ask)

        action = replace(parsed.action, make=make, questions=())
        only = lines.get(parsed.orders[0]) if len(parsed.orders) == 1 else None
        errand = Errand(action=action, line=only, questions=[], typed=told.line)
        errand.instead = self.desk.take_edited_line()
        if told.line:
            errand.line_kept = self.hands.kept_line(told.line, told.selected, told.before)
        self.hands.run(errand)
