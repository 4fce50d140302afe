"""A form whose texts are kept on disk as they are typed, until they are saved or dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.drafts import Draft
from console.errand import TO_READ
from console.i18n import _
from console.pacing import Paced
from console.screens.form_lines import FormLines
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from console.looks import Parts

_ASK: Final = N_("^r once more drops this draft for good; typing or Esc keeps it")
_TOO_SOON: Final = N_("kept: that was too quick to be meant; ^r a second from now drops this draft")
_KEEP_EVERY_S: Final = 0.5
"""What was typed is on disk so long after, and while hands rest sooner."""


class DraftingForm(FormLines):
    """Keeps what stands in the lines; a key turns to another draft, another one drops this."""

    class Kept(Message):
        """The disk has what was typed, or does not take it."""

    def __init__(self) -> None:
        super().__init__()
        self._draft = Draft()
        self._sending = False
        """Whether the store has been asked to write it down and has not answered."""
        self._to_drop: tuple[str, dict[str, str]] | None = None
        """The draft that is to be dropped when its key comes again, and its texts then."""
        self._asked_at: datetime | None = None
        """When that was asked."""
        self._dropped = False
        """Whether that was done last of all."""
        self._keep_soon = Paced(self, _KEEP_EVERY_S, self._write)

    def take_up(self, draft: Draft) -> None:
        """Go on with this one; to be filled by the form."""
        raise NotImplementedError

    def kept_line(self, _width: int, _height: int) -> tuple[Parts, ...]:
        """Which of several drafts this is, or that the disk does not take it."""
        shelf, mine = self.desk.shelf, self._draft.id
        if shelf.why is not None:
            return (
                ((_("kept only while this console is open: the disk does not take it"), "soon"),),
            )
        others = sum(held.id != mine for held in shelf.drafts)
        mine_kept = others < len(shelf.drafts)
        dropped = _("the draft is dropped") if self._dropped and not mine_kept else ""
        said = ""
        if others:
            said = _("{count} more kept; ^n turns to the next").format(count=others)
        elif mine_kept:
            said = _("draft, kept until it is saved; ^r drops it, ^n begins another")
        both = _("; ").join(filter(None, (dropped, said)))
        return (((both or " ", "soon" if dropped or others else "muted"),),)

    def keep(self) -> None:
        """Put on the shelf what stands in the lines now; the disk gets it soon."""
        draft = replace(self._draft, texts=self.texts())
        if not self._sending and draft != self._draft:
            self._draft = draft
            if self.desk.shelf.keep(draft):
                self._keep_soon()

    def _write(self) -> None:
        """The disk is waited for by a worker that outlives the form."""
        shelf = self.desk.shelf

        def work() -> None:
            shelf.write()
            self.post_message(self.Kept())

        self.desk.run_worker(work, thread=True, group="drafts", exit_on_error=False)

    def on_drafting_form_kept(self, message: Kept) -> None:
        """Say so where the disk does not take it."""
        message.stop()
        self.show()

    def action_other_draft(self) -> None:
        """Put this one aside for another: the one begun before, or an empty one."""
        self.keep()
        self.take_up(self.desk.shelf.after(self._draft))

    def typed_on(self) -> None:
        """A letter that came before the key is heard after it: the question stands."""
        super().typed_on()
        if self._to_drop == (self._draft.id, self.texts()):
            self.why = _(_ASK)

    def action_drop(self) -> None:
        """Forget this draft: asked once, and whatever is typed meanwhile is a no.

        A key that is held, or pressed twice, has not read the question.
        """
        self.keep()
        this, at = (self._draft.id, dict(self._draft.texts)), self.desk.now()
        if self._sending:
            return
        if self._draft.empty:
            self.refuse(_("nothing is written here; Esc leaves"))
        elif self._to_drop != this:
            self._to_drop, self._asked_at = this, at
            self.refuse(_(_ASK))
        elif self._asked_at is None or at - self._asked_at >= TO_READ:
            self.desk.shelf.drop(self._draft)
            self._write()
            self._dropped = True
            self.take_up(Draft())
        else:  # a key that is held on never comes to the end of the second
            self._asked_at = at
            self.refuse(_(_TOO_SOON))

    def action_leave(self) -> None:
        """Back to the board; what was written waits."""
        self.keep()
        self._write()
        self.desk.go_back(None)
