"""The hands while the store is away: a typed line is put by as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.actions import ACTIONS, first_sign
from console.i18n import _
from console.panes.looking_up import LookingUp
from store.domain.errors import StoreBusy
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.carrying import Outcome
    from console.panes.command_bar import CommandBar
    from console.seat import Seat
    from console.typed_line import TypedLine
    from store.domain.errors import StoreTrouble

_AWAY: Final = N_("the store is away; this waits and is sent when it is back: {key} shows it")
_BUSY: Final = N_("the store is busy; this waits and is sent when it is free: {key} shows it")
_BEHIND: Final = N_("this waits behind what you did before, and is sent after it: {key} shows it")


class PuttingBy(LookingUp):
    """Keeps lines on disk that nobody can read now."""

    seat: Seat | None
    _command: CommandBar | None = None
    """Made with the first key."""

    class PutBy(Message, bubble=False):
        """A line is on disk, or (`error`) is not."""

        def __init__(
            self, line: str, instead: str, outcome: Outcome, error: Exception | None
        ) -> None:
            super().__init__()
            self.line = line
            self.instead = instead
            self.outcome = outcome
            self.error = error

    @property
    def command(self) -> CommandBar:
        """Where commands are typed."""
        raise NotImplementedError

    @property
    def before_eyes(self) -> bool:
        """Whether its screen is on top, or under one that has no hands: a form, a page to read."""
        on_top = self.app.screen
        return on_top is self.screen or not hasattr(type(on_top), "hands")

    @property
    def may_ask(self) -> bool:
        """Whether a question may be opened: under another screen it would take keys unseen."""
        return self.errand is None and self.before_eyes

    def put_aside(self) -> None:
        """Another screen stands before an open question: it is left, what was typed is kept."""
        self.keep_open()
        if not self.before_eyes:
            self.action_leave()

    def say_failed(self, text: str | Callable[[], str]) -> None:
        """Say it here, and where the operator looks now."""
        self.say(text, "overdue")
        hands = getattr(self.app.screen, "hands", None)
        if not self.before_eyes and hands is not None:
            hands.say(text, "overdue")

    def keep_typed(self) -> None:
        """What stands in an open line outlives the console."""
        self.keep_open()
        if self._command is not None and self._command.is_open:
            self.desk.drafts.keep_line(self._command.line.value)

    def kept_line(self, line: str, selected: int | None, before: int | None) -> TypedLine:
        """A line as it can wait: with what stands on the screen."""
        from console.line_to_wait import typed_line

        desk = self.desk
        shown = desk.own_lines.newest(self.screen.line())  # type: ignore[attr-defined]  # ours have it
        return typed_line(
            line,
            selected=selected,
            before=before,
            seen={} if shown is None else {shown.number: shown.version},
            seen_at=desk.answered_at or desk.now(),
        )

    def put_by(
        self, line: str, selected: int | None, before: int | None, trouble: StoreTrouble
    ) -> None:
        """Have a line wait until somebody can say what it means."""
        from console.carrying import Outcome
        from console.line_to_wait import action_meant
        from console.waiting import Waiting

        desk, action = self.desk, action_meant(line)
        kept = self.kept_line(line, selected, before)
        item = Waiting(
            action="" if action is None else action.id,
            texts={"": kept.text},
            command=None,
            at=desk.now(),
            line=kept,
        )
        instead = desk.take_edited_line()
        self.take_keys()

        def work() -> None:
            error: Exception | None = None
            try:
                desk.pile.add(item, instead=instead)
            except Exception as why:  # noqa: BLE001  whatever it is, the operator is told
                error = why
            outcome = Outcome(result=trouble, parked=item)
            self.post_message(self.PutBy(line, instead, outcome, error))

        self.run_worker(work, thread=True, group="hands", exit_on_error=False)

    def on_putting_by_put_by(self, message: PutBy) -> None:
        """It waits; or it stands in its line again."""
        from console.carrying import told

        message.stop()
        if message.error is None:
            self.desk.recount()
            self.say_it_waits(message.outcome)
            self.desk.send_waiting()
            return
        self.say(told(message.error), "overdue")
        self.offer_again(message.line, message.instead)

    def say_it_waits(self, outcome: Outcome) -> None:
        """What was done is on disk: what it waits for, and the key that shows it."""
        busy = isinstance(outcome.result, StoreBusy)
        said = _BUSY if busy else _AWAY
        if outcome.behind:
            said = _BEHIND
        key = first_sign(ACTIONS["waiting"], self.desk.keys)
        self.say(lambda: _(said).format(key=key), "soon")

    def offer_again(self, typed: str, instead: str) -> None:
        """The line that was refused, unless something else has been opened meanwhile.

        It is still that of what waits, where it was `instead` of one.
        """
        if self.errand is None and not self.command.is_open and self.screen.is_current:
            self.command.open(typed)
            self.desk.edited_line = instead
