"""The line above a list that leaves only the rows which have all the words that are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.message import Message

from console.desk_app import DeskApp
from console.i18n import _
from console.panes.prompt import Prompt
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from textual.widgets import Input

    from console.looks import Parts


class SiftBar(Container):
    """Hidden while all rows are shown; one line while some are not, two while one types."""

    DEFAULT_CSS = """
    SiftBar { height: auto; background: $panel; display: none; }
    SiftBar.shown, SiftBar.typing { display: block; }
    SiftBar Prompt { display: none; }
    SiftBar.typing Prompt { display: block; }
    """
    BINDINGS: ClassVar = [Binding("escape", "clear", show=False)]

    class Typed(Message):
        """Other words are looked for."""

    class Left(Message):
        """The operator has done with typing, or wants all rows again."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        """The words that are looked for."""
        self._shown = self._all = 0
        self._prompt, self._said = Prompt(), PartsBar()

    def build(self) -> None:
        """Mount its parts at once: the key that made it is followed by text for its line."""
        prompt = self._prompt
        _mounting = self.mount(prompt, self._said), prompt.mount(prompt.label, prompt.line)
        self._said.show(self._rows)

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def open(self) -> None:
        """Let the operator type; what is there already is marked, so that typing replaces it."""
        line = self._prompt.line
        self._prompt.label.update(_(" filter: "))
        line.value = self.text
        line.select_all()
        line.wanted = True
        self.add_class("typing")
        self.desk.focus_on(line)

    def counted(self, shown: int, of: int) -> None:
        """So many rows are shown, of so many."""
        self._shown, self._all = shown, of
        self.set_class(bool(self.text), "shown")
        self._said.renew()

    def clear(self) -> None:
        """No words are looked for."""
        self.text = ""
        self._close()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for them as they are typed."""
        event.stop()
        if self.has_class("typing") and event.value != self.text:
            self.text = event.value
            self.post_message(self.Typed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The keys go back to the rows that are left."""
        event.stop()
        self.text = event.value
        self._leave()

    def action_clear(self) -> None:
        """All rows again."""
        self.text = ""
        self._leave()

    def _leave(self) -> None:
        self._close()
        self.desk.typed.hold(by="filter")  # what follows is for the rows, once they have the keys
        self.post_message(self.Left())

    def _close(self) -> None:
        self._prompt.line.wanted = False
        self.remove_class("typing")

    def _rows(self, _width: int, _height: int) -> tuple[Parts, ...]:
        if not self.text.strip():
            return (((_(" words that a row is to have; Enter keeps them, Esc leaves"), "muted"),),)
        said = _(" {text}: {shown} of {all} rows; Esc shows all again")
        told = said.format(text=self.text.strip(), shown=self._shown, all=self._all)
        return (((told, "soon" if self._shown else "overdue"),),)
