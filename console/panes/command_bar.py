"""The command line: it is understood while it is typed, and done at Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from console.i18n import _, language
from console.panes.completing import Completing
from console.panes.likening import Likening
from console.panes.line_said import asking, can_wait, line_said
from console.render_command import following, full_said, help_rows, meaning
from console.widgets.bars import PartsBar
from console.widgets.command_line import LONGEST, CommandLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget
    from textual.widgets import Input

    from console.grammar.offered import Offers
    from console.grammar.understand import Understood
    from console.looks import Parts


class CommandBar(Likening):
    """What the line means, what may follow, and the line itself; hidden until it is wanted."""

    DEFAULT_CSS = """
    CommandBar { height: auto; display: none; background: $panel; }
    CommandBar.open { display: block; }
    CommandBar > Horizontal { height: 1; }
    CommandBar Static#colon { width: 3; height: 1; text-style: bold; }
    CommandBar CommandLine { height: 1; border: none; padding: 0; background: $surface; }
    CommandBar CommandLine:focus { border: none; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False, id="command.leave"),
        Binding("tab", "complete(1)", show=False, id="command.complete"),
        Binding("shift+tab", "complete(-1)", show=False, id="command.complete_back"),
        Binding("up", "history(-1)", show=False, id="command.before"),
        Binding("down", "history(1)", show=False, id="command.after"),
    ]

    class Left(Message):
        """The line was closed; nothing was done."""

    class Read(Message, bubble=False):
        """A line has been read in its worker."""

        def __init__(
            self, line: str, cursor: int, told: Understood | Exception, found: Offers | None
        ) -> None:
            super().__init__()
            self.line = line
            self.cursor = cursor
            self.told = told
            self.found = found

    def __init__(self) -> None:
        super().__init__()
        self.busy: Callable[[], bool] = lambda: False
        """Whether a command is under way."""
        self.give: Callable[[Understood], None] = lambda _told: None
        """Takes what Enter was pressed on; called, not sent, so that the next key counts on it."""
        self.put_by: Callable[..., None] = lambda *_told: None
        """Takes what cannot be read, what `.` and `..` are, and what keeps the store from it."""
        self._told: Understood | Exception | None = None
        """What the line as it stands means; None while that is not known."""
        self._found: Offers | None = None
        self._reading = False
        self._outdated = False
        """Whether what is being read has been overtaken by news."""
        self._helping = False
        self._cycle: Completing | None = None
        """What Tab has begun; None once something else was typed."""
        self._means = PartsBar(id="means")
        self.line = CommandLine(id="command")
        """Where it is typed."""
        self._kept: dict[str, Any] = {}
        """What was asked while the line is open, so that a key costs the store little."""

    def mount_in(self, parent: Widget) -> None:
        """Its parts at once, too: the key that made it is followed by text for its line."""
        row = Horizontal()
        _mounting = (
            parent.mount(self),
            self.mount(self._means, row),
            row.mount(Static(" : ", id="colon", markup=False), self.line),
        )

    @property
    def is_open(self) -> bool:
        """Whether it has the keys."""
        return self.line.wanted

    # -- opening and closing -----------------------------------------------------------------

    def open(self, text: str = "") -> None:
        """Show the line with this text, and give it the keys."""
        self._kept.clear()
        self._helping, self._cycle = False, None
        self.line.wanted = True
        self.add_class("open")
        self.line.empty()
        self._write(text)
        self.desk.focus_on(self.line)
        self._show()  # or what the last line meant would stand here until this one is read
        self._read()

    def close(self) -> None:
        """Hide the line; the keys are for somebody else to give."""
        self.line.wanted = False
        self._told = self._found = None
        self.liken(None, "")
        self.remove_class("open")
        self.desk.history.rest()
        self.desk.drafts.close_line()

    def action_leave(self) -> None:
        """Close it; the text can be found again with the arrows."""
        self.desk.history.add(self.line.value)
        self.close()
        self.post_message(self.Left())

    def on_descendant_blur(self) -> None:
        """A click elsewhere leaves the line: no key may act on the board while it is open."""
        away = self.desk.app_focus and self.screen.is_current and not self.line.has_focus
        if self.is_open and away:
            self.action_leave()

    # -- typing ------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text means something else."""
        event.stop()
        if not self._is_completed(event.value):
            self._cycle, self._helping = None, False
        self._told = None
        self._read()

    def on_command_line_asked(self, event: CommandLine.Asked) -> None:
        """Everything that may stand here, in place of the one line that says it shortly."""
        event.stop()
        self._helping = True
        self._show()

    def on_command_line_full(self, event: CommandLine.Full) -> None:
        """Something had no room; what stands there is not what was meant."""
        event.stop()
        self._show()

    def action_complete(self, step: int) -> None:
        """Put the next thing that fits in the place of what is typed."""
        if self._cycle is not None:
            self._cycle.step(step)
        elif self._found is not None and self._found.offers:
            self._cycle = Completing(self.line.value, self._found, step)
        if self._cycle is not None:
            self._write(*self._cycle.written)

    def action_history(self, step: int) -> None:
        """The line given before or after this one."""
        history, text = self.desk.history, self.line.value
        self._write(history.back(text) if step < 0 else history.forward(text))

    def renew(self) -> None:
        """The desk has changed: the line may mean something else."""
        if self.is_open:
            self._told, self._outdated = None, self._reading
            self._read()

    def _write(self, text: str, cursor: int | None = None) -> None:
        self.line.value = text
        self.line.cursor_position = len(text) if cursor is None else cursor

    def _is_completed(self, line: str) -> bool:
        """Whether the line stands as Tab has left it."""
        return self._cycle is not None and self._cycle.stands_in(line)

    # -- reading -----------------------------------------------------------------------------

    def _read(self) -> None:
        """Have the line understood in a worker, one after the other, the newest last."""
        seat = self.desk.seat
        if self._reading or seat is None or not self.is_open:
            return
        self._reading = True
        line, cursor = self.line.value, self.line.cursor_position
        number = self._selected()
        before, kept = self.desk.visited.before(number), self._kept
        at, zone, chinese = self.desk.now(), self.desk.zone, language() != "en"
        listing = getattr(self.screen, "listing", None)  # only a board lists
        shown = listing and self.screen.shown()  # type: ignore[attr-defined]  # as it lists
        ask = asking(seat, self.desk.away)

        def work() -> None:
            from console.grammar.asking import StoreLookup
            from console.grammar.offers import offers
            from console.grammar.understand import understand

            lookup = StoreLookup(ask, at=at, zone=zone, kept=kept, listing=listing, shown=shown)
            lookup.selected, lookup.before = number, before
            found: Offers | None = None
            try:
                found = offers(line, cursor, lookup, chinese=chinese)
                told: Understood | Exception = understand(line, lookup)
            except Exception as error:  # noqa: BLE001  whatever it is, it is shown
                told = error
            self.post_message(self.Read(line, cursor, told, found))

        self.run_worker(work, thread=True, group="command", exit_on_error=False)

    def _selected(self) -> int | None:
        line = self.screen.line()  # type: ignore[attr-defined]  # screens with hands have it
        return None if line is None else int(line.number)

    def on_command_bar_read(self, message: Read) -> None:
        """Show it, if the line still stands so."""
        message.stop()
        self._reading = False
        if not self.is_open:
            return
        if message.line != self.line.value or self._outdated:
            self._outdated = False
            self._read()
            return
        self._told = message.told
        if not self._is_completed(message.line):
            self._found = message.found
        self.liken(message.told, message.line)
        self._show()
        self.desk.typed.go_on()  # Enter may have been waiting for it

    def _show(self) -> None:
        told, found, helping = self._told, self._found, self._helping
        open_yet = getattr(told, "unfinished", False) or can_wait(told, self.line.value)
        unfinished = bool(open_yet) and not self.line.lacks
        said = full_said(LONGEST) if self.line.lacks else line_said(told, self.line.value)
        marked = self._cycle.place if self._cycle is not None else None
        empty = not self.line.value and not self.line.lacks

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            first = ((_(" ? lists what may stand here, Tab completes, ↑ brings back"), "muted"),)
            rows: tuple[Parts, ...] = (first,) if empty else meaning(said, unfinished=unfinished)
            rows += self.like_rows(width) if told is not None else ()
            if found is not None and helping:
                return (*rows, *help_rows(found, width))
            return (*rows, () if found is None else following(found, marked, width))

        self._means.show(make)

    # -- Enter -------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do it once it is understood; what is typed meanwhile waits."""
        event.stop()
        self._enter()

    def _enter(self) -> None:
        if not self.is_open:
            return
        if self.line.lacks:
            self._show()
            self.desk.typed.forget()
        elif self.busy():  # what is under way may change what the line means
            self.renew()
            self.desk.typed.after(self._enter)
        elif self._told is None:
            self.desk.typed.after(self._enter)
            self._read()
        else:
            self._act()

    def _act(self) -> None:
        told, line = self._told, self.line.value
        if can_wait(told, line):  # the store is away: it is kept as it stands
            number = self._selected()
            self._close_with(line)
            self.put_by(line, number, self.desk.visited.before(number), told)
        elif told is None or isinstance(told, Exception) or told.why_not is not None:
            self._show()
            self.desk.typed.forget()
        else:
            self._close_with(told.line)
            self.give(told)

    def _close_with(self, line: str) -> None:
        self.desk.history.add(line)
        self.close()
        self.desk.typed.go_on()
