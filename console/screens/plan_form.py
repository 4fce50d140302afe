"""Writing a plan: a line a field, and below them the dates that it would come on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from console.actions import ACTIONS
from console.carrying import Outcome, carry_out, told
from console.choices import choice_line, place_meant
from console.errand import Errand
from console.i18n import _, language, tell
from console.pacing import Paced
from console.parking import carry_or_park
from console.plan_fields import FIELDS, fresh, hint_of, plan_foretold, plan_saved, texts_of
from console.render_plans import dates_told, fitted
from console.render_time import here
from console.screens.form_lines import FormLines
from console.widgets.bars import PartsBar
from store.domain.errors import BadInput, NameUnknown, Refusal
from store.domain.plan_form import read_day, read_time
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.plans import ForetellPlan, PlanDates, PlanLine

_ASK_EVERY_S: Final = 0.3
_AWAY: Final = N_(
    "the store is away: a change of a plan is not kept for it, since others may change it, too; "
    "what you wrote stays here, ^s saves it once the store is back"
)


class PlanFormScreen(FormLines):
    """The form; its result is what was done, or what waits; None when it was left."""

    FIELDS = FIELDS
    DEFAULT_CSS = """
    PlanFormScreen { align: center middle; background: $background; }
    PlanFormScreen > #form { width: 78; max-width: 100%; height: auto; background: $panel; }
    PlanFormScreen > #form { padding: 1 2; }
    PlanFormScreen Horizontal { height: 1; }
    PlanFormScreen .label { width: 20; height: 1; }
    PlanFormScreen Input { height: 1; border: none; padding: 0 1; background: $surface; }
    PlanFormScreen Input:focus { border: none; background: $background; }
    PlanFormScreen #heading { text-style: bold; height: 1; }
    PlanFormScreen #dates { margin-top: 1; min-height: 3; }
    PlanFormScreen #offer { min-height: 2; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "save", show=False),
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
    ]

    class Foretold(Message):
        """The store has told the dates of what was written, or what is wrong with it."""

        def __init__(self, asked: ForetellPlan, found: PlanDates | Exception) -> None:
            super().__init__()
            self.asked = asked
            self.found = found

    class Settled(Message):
        """The plan was saved, or was not."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, texts: Mapping[str, str], before: PlanLine | None = None) -> None:
        super().__init__()
        self._begun = dict(texts)
        self._before = before
        self._plain: dict[str, str] = {}
        """What stood in the lines when the form was opened without a draft."""
        self._errand = Errand(action=ACTIONS["plans"], line=None, questions=[])
        self._hidden: dict[str, str] = {}
        self._asked_plan: ForetellPlan | None = None
        """What the store was asked last."""
        self._foretell_soon = Paced(self, _ASK_EVERY_S, self._ask_dates)

    def compose(self) -> ComposeResult:
        """A line a field, what it comes to, and what fits."""
        plan = self._before.id if self._before is not None else None
        said = _("New plan") if plan is None else _("Plan {plan}").format(plan=plan)
        if not self._begun:  # on the line, so it is another than any that was left, or waits
            self._errand.take_up(self.desk.drafts.newest(self._key))
        if self._errand.begun.texts:
            said = _("{form}, as you left it").format(form=said)
        with Vertical(id="form"):
            yield Static(self.desk.marked(said), id="heading", markup=False)
            yield from self.compose_lines()
            yield PartsBar(id="dates")
            yield PartsBar(id="offer")

    def on_mount(self) -> None:
        """Begin with what is to be done, or with what is missing."""
        chinese = language() != "en"
        today = here(self.desk.now(), self.desk.zone).date().isoformat()
        if self._before is None:
            texts = fresh(today, chinese=chinese)
        else:
            texts = texts_of(self._before, chinese=chinese)
            texts |= self._places(self._before)
        for name, text in self._begun.items():
            texts.pop(f"{name}_code", None)
            texts[name] = text
        self._hidden = {
            name: text
            for name, text in self._begun.items()
            if not any(field.name == name for field in FIELDS)
        }
        self.fill(texts)
        self._plain = self.texts()
        if draft := self._errand.begun.texts:
            left = {n: t for n, t in texts.items() if n.removesuffix("_code") not in draft}
            self.fill({**left, **draft})
        self._ask_dates()

    @property
    def _key(self) -> tuple[str, int]:
        return "plans", 0 if self._before is None else self._before.id

    @property
    def is_kept(self) -> bool:
        """Whether something that was written here is kept for the next time."""
        return self.desk.drafts.holds(self._key, self._errand.begun.id)

    def keep(self) -> None:
        """The lines that are others now, until they are saved or as they were again."""
        texts = dict.fromkeys(self._plain, "") | self.texts()
        other = {n: t for n, t in texts.items() if self._plain.get(n, "") != t}
        names = {name.removesuffix("_code") for name in other}
        draft = {n: t for n, t in texts.items() if n.removesuffix("_code") in names}
        self.desk.drafts.keep(self._key, replace(self._errand.begun, texts=draft))

    def _places(self, line: PlanLine) -> dict[str, str]:
        """Places as the lines show what was chosen: by name and code."""
        named = {"site": (line.site, line.site_name)}
        named["customer"] = (line.customer, line.customer_name)
        texts = {}
        for name, (code, shown) in named.items():
            if code is not None:
                texts[name], texts[f"{name}_code"] = f"{shown} {code}", code
        return texts

    def written(self) -> None:
        """A line has another text: other dates."""
        self._foretell_soon()

    def answers(self) -> dict[str, str]:
        """What stands in the lines, and what was typed for those that the form does not show."""
        return {**self._hidden, **{field.name: self.answer(field) for field in FIELDS}}

    def show(self) -> None:
        """Say again what fits the line at hand, and what is wrong."""
        why, choices, field = self.why, self.choices, self.open_field()

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            hint = _("Enter next, last line saves; ^s saves; Esc leaves and keeps it as a draft")
            first: Parts = ((f"✗ {why}", "overdue"),) if why else ((hint, "muted"),)
            if choices:
                held = place_meant(choices, self.text(field))
                return (first, choice_line(choices, held, width))
            return (first, *fitted((((hint_of(field.name), "soon"),),), width))

        self.query_one("#offer", PartsBar).show(make)

    # -- the dates ---------------------------------------------------------------------------

    def _ask_dates(self) -> None:
        """Ask the store for the next five dates of what stands there."""
        seat, answers = self.desk.seat, self.answers()
        if seat is None or not answers["rule"].strip():
            self._show_dates((((_("the next dates stand here before you save"), "muted"),),))
            return
        try:
            asked = plan_foretold(answers, self._before)
        except BadInput as bad:
            self._show_dates((((f"{tell(bad)}", "overdue"),),))
            return
        self._asked_plan = asked
        work = partial(self._find_dates, seat, asked)
        self.run_worker(work, thread=True, group="dates", exit_on_error=False)

    def _find_dates(self, seat: Seat, asked: ForetellPlan) -> None:
        try:
            found: PlanDates | Exception = seat.ask(asked)
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            found = error
        self.post_message(self.Foretold(asked, found))

    def on_plan_form_screen_foretold(self, message: Foretold) -> None:
        """Show them, where nothing newer was asked."""
        message.stop()
        if message.asked != self._asked_plan:
            return
        if isinstance(message.found, Exception):
            self._show_dates((((told(message.found), "overdue"),),))
            return
        asked = message.asked
        dates = partial(
            dates_told,
            message.found,
            of_day=read_time(asked.time, N_("time")),
            start=read_day(asked.start, N_("first day")),
            basis=asked.basis,
        )
        self.query_one("#dates", PartsBar).show(lambda width, _height: dates(cells=width))

    def _show_dates(self, rows: tuple[Parts, ...]) -> None:
        self.query_one("#dates", PartsBar).show(lambda _width, _height: rows)

    # -- saving ------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back; nothing is saved, and what was written is kept for the next time."""
        self.keep()
        self.desk.go_back(None)

    def action_save(self) -> None:
        """Save the plan."""
        seat, answers, before = self.desk.seat, self.answers(), self._before
        if seat is None:
            self.refuse(_("the store is not open yet"))
            return
        try:
            plan_saved(answers, before)
        except BadInput as bad:
            self.refuse(tell(bad), _field_of(bad))
            return

        def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
            return plan_saved(told, before)

        errand, desk = self._errand, self.desk
        if before is not None and desk.away is not None:
            self.refuse(_(_AWAY))
            return
        errand.action, errand.told = replace(errand.action, make=make), answers
        errand.texts = self.texts()
        key = errand.sending()
        desk.typed.hold(by="plan")

        def work() -> None:
            if before is None:
                outcome = carry_or_park(seat, errand, key, desk.pile, away=desk.away)
            else:  # that the store is busy or away may be heard only now
                outcome = carry_out(seat, errand, key)
            self.post_message(self.Settled(outcome))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    def on_plan_form_screen_settled(self, message: Settled) -> None:
        """Leave, or stay and say why not."""
        message.stop()
        result: Any = message.outcome.result
        if message.outcome.parked is not None or not isinstance(result, Exception):
            self.desk.drafts.drop(self._key, self._errand.begun.id)
            self.desk.recount()
        if message.outcome.parked is not None:
            self.desk.go_back(message.outcome)
            return
        if isinstance(result, Exception):
            where = _field_of(result) if isinstance(result, Refusal) else ""
            self.refuse(told(result), where)
            return
        self.desk.have_done(result)
        self.desk.go_back(result)
        self.desk.typed.go_on(by="plan")


def _field_of(refusal: Refusal) -> str:
    """The line that a refusal is about."""
    where = refusal.facts.get("what" if isinstance(refusal, NameUnknown) else "where")
    known = {field.label: field.name for field in FIELDS}
    return {**known, "title": "title", "start": "start", "priority": "priority"}.get(str(where), "")
