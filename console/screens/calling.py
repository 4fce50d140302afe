"""A form whose first line says who calls: those known are offered, and bring their customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.actions_kinds import Kind, Question
from console.choices import Choice
from console.i18n import coded
from console.screens.form_lines import FormLines
from console.whose_number import whose_number
from store.domain.callers import By, read_caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.seat import Seat
    from store.domain.callers import Caller
    from store.queries.callers import CallerLine

_SURE = frozenset({By.NUMBER, By.CODE})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerChoice(Choice):
    """Somebody who may be calling."""

    line: CallerLine


class CallingForm(FormLines):
    """Enter takes the caller that is marked; Tab marks the next one, or none of them."""

    def __init__(self) -> None:
        super().__init__()
        self._turned = 0
        """How often Tab went on from the one that is marked by itself."""
        self._brought = ""
        """What stands in the customer's line because of who calls."""

    def find(self, seat: Seat, field: Question, text: str) -> tuple[Choice, ...]:
        """Who may be calling, else what a register has."""
        if field.kind is not Kind.CALLER:
            return super().find(seat, field, text)
        from store.queries.callers import CallersLike

        return tuple(_choice(line) for line in seat.ask(CallersLike(text=text)))

    def typed_on(self) -> None:
        """Another text, another mark."""
        self._turned = 0

    def held(self) -> int | None:
        """By itself one found by number or code, or the only one; a name alone may be another's."""
        if self.open_field().kind is not Kind.CALLER:
            return super().held()
        places = len(self.choices)
        if not places:
            return None
        lines = [c.line for c in self.choices if isinstance(c, CallerChoice)]
        sure = places == 1 or _is_sure(lines)
        if lines and _is_another(read_caller(self.text(self.open_field())), lines[0]):
            sure = False
        place = (self._turned + (0 if sure else places)) % (places + 1)
        return place if place < places else None

    def action_next_offer(self) -> None:
        """Mark the next caller; in other lines, and with nobody offered, go to the next line."""
        if self.open_field().kind is Kind.CALLER and self.choices:
            self._turned += 1
            self.show()
        else:
            self.action_go(1)

    def take_choice(self, field: Question) -> bool:
        """His name and his customer; whoever is not taken stays as he was written."""
        if field.kind is not Kind.CALLER:
            return super().take_choice(field)
        place = self.held()
        choice = self.choices[place] if place is not None else None
        if isinstance(choice, CallerChoice):
            self._answered(field, choice.line)
            self._bring(choice.line)
        return True

    def _answered(self, field: Question, line: CallerLine) -> None:
        written = read_caller(self.text(field))
        if line.contact is not None:
            named = written.name if written.phone and not line.person else line.person
            self.choose(field.name, *[f"{named} {line.person_phone}".strip()] * 2)
        elif not (written.name and written.phone):  # else somebody who calls for the customer
            self.choose(field.name, line.name, "")

    def _bring(self, line: CallerLine) -> None:
        field = next((f for f in self.FIELDS if f.kind is Kind.CUSTOMER), None)
        if field is not None and line.code and self.text(field) in {"", self._brought}:
            self._brought = f"{line.name} {line.code}"
            self.choose(field.name, self._brought, line.code)


def _is_sure(lines: Sequence[CallerLine]) -> bool:
    """Whether the first is meant without a look: a code, or a number that is nobody else's.

    A switchboard's number, or its last digits, may be that of several customers.
    """
    if not lines or lines[0].by not in _SURE:
        return False
    return lines[0].by is By.CODE or len(whose_number(lines)) == 1


def _is_another(written: Caller, line: CallerLine) -> bool:
    """Whether name and number were both written, and one of them is not this one's."""
    if not (written.name and written.phone):
        return False
    named = not line.person or written.name.casefold() in line.person.casefold()
    return line.by is not By.NUMBER or not named


def _choice(line: CallerLine) -> CallerChoice:
    customer = f"{line.name} {line.code}".strip()
    if line.by is By.NUMBER and line.contact is None:  # else nobody sees why he is offered
        customer = f"{customer} {line.phone}".strip()
    person = " ".join(part for part in (line.person, line.person_phone) if part)
    shown = coded(person, customer) if person and customer else person or customer
    return CallerChoice(answer=line.code, shown=shown, name=line.person or line.name, line=line)
