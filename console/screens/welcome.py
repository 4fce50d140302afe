"""What an empty desk offers: the sample desk, a file to import, or an empty start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from console.actions import ACTIONS, keys_of, sign
from console.beginnings import begin_with_file, begin_with_nothing, begin_with_sample
from console.carrying import told
from console.desk_app import DeskApp
from console.i18n import _
from console.slicing import Sliced
from console.widgets.bars import PartsBar
from console.widgets.prompt_line import PromptLine
from store import reach
from store.domain.errors import OutOfReach
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Input

    from console.looks import Parts
    from console.seat import Seat


_SHOWN: Final = 24
"""Characters of a text that are shown: its end."""


class WelcomeScreen(ModalScreen[str], Sliced[str]):
    """The first thing a newcomer sees; its result is what was done, empty where nothing was.

    Nothing that is typed, be it a number, chooses by chance.
    """

    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; background: $background; }
    WelcomeScreen > #form { width: 76; max-width: 100%; height: auto; background: $panel; }
    WelcomeScreen > #form { padding: 1 2; }
    WelcomeScreen Input { height: 1; border: none; padding: 0 1; background: $surface; }
    WelcomeScreen Input { display: none; margin-top: 1; }
    WelcomeScreen Input:focus { border: none; background: $background; }
    WelcomeScreen.naming Input { display: block; }
    WelcomeScreen #heading { text-style: bold; height: 2; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("down", "turn(1)", show=False),
        Binding("up", "turn(-1)", show=False),
    ]

    _CHOICES = "123"
    """Digits that mark a line; Enter takes the line, so that no number chooses by chance."""

    class Ended(Message):
        """The desk has been filled, or could not be."""

        def __init__(self, said: str, error: Exception | None = None) -> None:
            super().__init__()
            self.said = said
            self.error = error

    class Went(Message):
        """Some more rows are done."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done = done
            self.of = of

        def can_replace(self, message: Message) -> bool:
            """Only the newest figure counts."""
            return isinstance(message, WelcomeScreen.Went)

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self._said: Parts = ()
        self._sample = False
        """Whether the sample desk was chosen."""
        self._typed = ""
        """What was typed: one digit marks a line, more is a text that chooses nothing."""
        self._seen_at = 0.0
        self.writes = False
        """Whether it was left to write the first order down."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def compose(self) -> ComposeResult:
        """Three choices, and two lines for the second."""
        from console.intake import maps

        with Vertical(id="form"):
            yield Static(_("This desk has no orders yet."), id="heading", markup=False)
            yield PartsBar(id="choices")
            yield PromptLine(placeholder=_("path of a CSV or JSON lines file"), id="path")
            named = _(", ").join(maps.shipped())
            shown = _("map: {names}, a TOML file, or nothing").format(names=named)
            yield PromptLine(placeholder=shown, id="map")
            yield PartsBar(id="how")

    def on_mount(self, event: events.Mount) -> None:
        """Say what can be chosen."""
        self._seen_at = event.time
        self.query_one("#choices", PartsBar).show(self._choices)
        self.query_one("#how", PartsBar).show(lambda _width, _height: ((), self._said))

    def _choices(self, _width: int, _height: int) -> tuple[Parts, ...]:
        offered = (
            ("1", _("fill it with a sample: real requests, moved to now")),
            ("2", _("import a file of orders")),
            ("3", _("start empty, and do not ask again")),
            (sign(self._new_keys[0]), _("write the first order down")),
            ("Esc", _("not now")),
        )
        return tuple(
            ((">" if key == self._marked else " ", "strong"), (f"{key:<4}", "key"), (said, ""))
            for key, said in offered
        )

    @property
    def _marked(self) -> str:
        return self._typed if self._typed in tuple(self._CHOICES) else ""

    @property
    def _new_keys(self) -> tuple[str, ...]:
        new = ACTIONS["new"]
        return keys_of(new, self.desk.keys) or new.keys  # no word can be typed here

    def on_key(self, event: events.Key) -> None:
        """A digit marks a line, Enter takes it; the key of a new order writes it down at once."""
        if self._busy or self.has_class("naming"):
            return
        if event.key == "enter":
            event.stop()
            self._take()
        elif event.key == "backspace":
            event.stop()
            self._type(self._typed[:-1])
        elif event.key in self._new_keys and self._typed in {"", self._marked}:
            event.stop()
            self.writes = True
            self.desk.go_back("")
        elif event.is_printable:
            event.stop()
            unseen = event.time < self._seen_at  # it cannot have meant a line
            self._type(f"{self._typed}{' ' if unseen and not self._typed else ''}{event.character}")

    def on_paste(self, event: events.Paste) -> None:
        """As if it was typed: no text chooses."""
        event.stop()
        if not self._busy and not self.has_class("naming"):
            self._type(f"{self._typed} {event.text}")

    def action_turn(self, by: int) -> None:
        """Mark the next line, or the one before; in the lines for the file, go to the other."""
        if self.has_class("naming"):
            (self.app.action_focus_next if by > 0 else self.app.action_focus_previous)()
        elif not self._busy:
            place = self._CHOICES.find(self._marked) if self._marked else -1 if by > 0 else 0
            self._type(self._CHOICES[(place + by) % len(self._CHOICES)])

    def _type(self, text: str) -> None:
        self._typed = text
        if not text:
            self._say("", "")
        elif self._marked:
            self._say(_("Enter takes the marked line"), "muted")
        else:
            said = _("“{text}” chooses nothing here: {new} writes an order down, ↑ ↓ mark a line")
            shown = safe(" ".join(text.split()))[-_SHOWN:]
            self._say(said.format(text=shown, new=sign(self._new_keys[0])), "soon")
        self.query_one("#choices", PartsBar).renew()

    def _take(self) -> None:
        takes = {"1": self.action_sample, "2": self.action_name_file, "3": self.action_start_empty}
        marked, self._typed = self._marked, ""
        self.query_one("#choices", PartsBar).renew()
        if marked:
            takes[marked]()

    def _say(self, text: str, tone: str) -> None:
        self._said = ((text, tone),)
        self.query_one("#how", PartsBar).renew()

    def action_sample(self) -> None:
        """Fill the desk with the sample."""
        self._sample = True
        self._run(begin_with_sample)

    def action_name_file(self) -> None:
        """Ask for the file, where one can be named."""
        if reach.is_shut():
            self._say(f"✗ {_(OutOfReach.sentence)}", "overdue")
            return
        self.add_class("naming")
        self._say(_("Enter goes on; in the second line it imports; Esc back"), "muted")
        self.desk.focus_on(self.query_one("#path", PromptLine))

    def action_start_empty(self) -> None:
        """Begin with nothing, and remember that."""
        self._run(begin_with_nothing)

    def withdraw(self) -> bool:
        """Go, since there is nothing to choose any more; not while a choice is carried out."""
        if self._busy or not self.is_current:
            return False
        self.desk.go_back("")
        return True

    def action_leave(self) -> None:
        """Close the prompt for the file, else decide another time."""
        if self._busy:
            return
        if self.has_class("naming"):
            self.remove_class("naming")
            self._say("", "")
            self.set_focus(None)
        else:
            self.desk.go_back("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the path to the map, from the map to work."""
        event.stop()
        path = self.query_one("#path", PromptLine).value.strip()
        if event.input.id == "path":
            self.desk.focus_on(self.query_one("#map", PromptLine))
        elif path:
            self._run(partial(_import, path, event.value.strip()))

    def _run(self, begin: Callable[[Seat, Callable[[int, int], None]], str]) -> None:
        seat = self.desk.seat
        if seat is None or self._busy:
            return
        self._busy = True
        self._say(_("working ..."), "muted")
        work = partial(self._work, seat, begin)
        self.run_worker(work, thread=True, group="begin", exit_on_error=False)

    def _work(self, seat: Seat, begin: Callable[[Seat, Callable[[int, int], None]], str]) -> None:
        try:
            said = begin(seat, lambda done, of: _none(self.post_message(self.Went(done, of))))
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            self.post_message(self.Ended("", error))
        else:
            self.post_message(self.Ended(said))

    def on_welcome_screen_went(self, message: Went) -> None:
        """How far it is."""
        message.stop()
        said = _("{done} of {of} rows")
        self._say(said.format(done=message.done, of=message.of), "muted")

    def on_welcome_screen_ended(self, message: Ended) -> None:
        """To the board, or say why not."""
        message.stop()
        self._busy = False
        if message.error is not None:
            self._sample = False
            self._say(f"✗ {told(message.error)}", "overdue")
        else:
            self.desk.go_back(message.said)
            if self._sample:
                self.desk.offer_tour()


def _import(path: str, map_name: str, seat: Seat, progress: Callable[[int, int], None]) -> str:
    return begin_with_file(seat, path, map_name, progress)


def _none(_value: object) -> None:
    """Nothing, whatever it was."""
