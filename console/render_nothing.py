"""What a list says where it has no rows, and which key leads on; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "alarms": (
        N_("No alarm stands, and none is shelved."),
        N_("{figures} tells how the alarms of this week did; Esc leads back."),
    ),
    "calls": (
        N_("No customer waits for a call now."),
        N_("Esc leads back; there {promise} promises the customer of an order a call."),
    ),
    "surveys": (
        N_("No customer is to be asked, and no bad answer is open."),
        N_("Esc leads back; a survey comes here by itself once work is done."),
    ),
    "checklist": (
        N_("This order has no procedure: its kind of work had none when it was made."),
        N_("Esc leads back; paidan sop import FILE gives new orders of a kind their steps."),
    ),
    "correctives": (
        N_("No action is open."),
        N_("Esc leads back; {surveys} lists bad answers, where 0 opens an action for one."),
    ),
    "dashboard": (
        N_("No figure is known yet."),
        N_("Esc leads back."),
    ),
    "baselines": (
        N_("No figure is known yet."),
        N_("Esc leads back."),
    ),
    "behind": (
        N_("The figure is of nothing: there is no such row in the period."),
        N_("Esc leads back; there 1 takes another period."),
    ),
    "skills": (
        N_("No technician is entered yet."),
        N_("paidan add technician T1 'Li Wei' enters one; Esc leads back."),
    ),
    "inspections": (
        N_("Nothing is to be inspected."),
        N_("5 draws a week that is over; paidan settings inspect_share 10 has the desk do it."),
    ),
    "ideas": (
        N_("Nobody has suggested anything yet."),
        N_("1 submits the first suggestion; Esc leads back."),
    ),
    "packs": (
        N_("No pack is written yet."),
        N_("The first comes when a day's work ends; {settings} says which are. Esc leads back."),
    ),
    "radar": (
        N_("Nothing comes again."),
        N_("Esc leads back; the radar looks once a day, and 5 has it look now."),
    ),
    "doubles": (
        N_("No two customers have a number or a name in common."),
        N_("Esc leads back; paidan customer merge KEPT GONE makes one of any two."),
    ),
    "kinds": (
        N_("No order has a kind of work yet."),
        N_("paidan add kind CODE NAME --skill SKILL says what one takes; Esc leads back."),
    ),
    "scorecards": (
        N_("No technician is entered yet."),
        N_("paidan add technician T1 'Li Wei' enters one; Esc leads back."),
    ),
    "order_list": (
        N_("No order is behind this number any more."),
        N_("Esc leads back."),
    ),
    "trainings": (
        N_("No training is planned, and none was held."),
        N_("Esc leads back; there {command} training plan T1 manner +3d calls plans one."),
    ),
    "exceptions": (
        N_("No exception waits to be decided, and none may be used."),
        N_("Esc leads back; there {exception} asks to deviate on an order."),
    ),
    "complaints": (
        N_("Nothing is listed here."),
        N_("5 writes a complaint down, 6 praise, 7 shows what is over and praise; Esc leads back."),
    ),
    "projects": (
        N_("No project is listed here."),
        N_(
            "5 begins one, 7 shows what is over; Esc leads back."
            " {command} projects department works Site works ;施工部 makes a department."
        ),
    ),
    "project": (N_("No such project is in sight."), N_("Esc leads back.")),
    "plans": (
        N_("Here stands work that comes round again: inspections, cleaning, tests."),
        N_("n makes the first plan; Esc leads back."),
    ),
    "handover": (
        N_("Nothing happened that the next shift would have to know."),
        N_("o offers the desk all the same; Esc leads back."),
    ),
    "days": (
        N_("No technician is entered yet."),
        N_("paidan add technician T1 'Li Wei' enters one; Esc leads back."),
    ),
    "people": (
        N_("No technician is entered yet."),
        N_("paidan add technician T1 'Li Wei' enters one; {technicians} hides this."),
    ),
    "forecast": (
        N_("No open order will miss a promise in these hours."),
        N_("Esc leads back; there {alarms} lists what rings already."),
    ),
    "automatic": (
        N_("Every order is dispatched by hand: nothing else is set."),
        N_("Esc leads back; there {command} auto propose has somebody proposed for each."),
    ),
    "operators": (
        N_("Nobody is known here."),
        N_("n makes the first operator; Esc leads back."),
    ),
    "sessions": (
        N_("Nobody is in over paidan serve."),
        N_("Esc leads back."),
    ),
    "settings": (
        N_("Nothing is known of the figures yet."),
        N_("Esc leads back."),
    ),
    "recommend": (
        N_("Nobody may go to this order."),
        N_("Esc leads back; {assign} there sends somebody all the same."),
    ),
    "replan": (
        N_("Every order is where it costs least: nothing is to be changed."),
        N_("Esc leads back."),
    ),
    "replan_left": (
        N_("Nobody can be found for what is left; all else is where it costs least."),
        N_("Esc leads back."),
    ),
    "past": (
        N_("Nothing stood in this queue then."),
        N_("1 shows all that was open; ← and → lead to what was done next."),
    ),
    "palette": (
        N_("Nothing is called so."),
        N_("^u clears the line; Esc leads back, {filter}{filter} there finds old orders, too."),
    ),
}


def nothing(name: str, key: Callable[[str], str]) -> tuple[str, ...]:
    """Why there is nothing in the list of that name, and what to do next."""
    why, hint = _SAID[name]
    signs = {action: key(action) for action in ACTIONS if f"{{{action}}}" in hint}
    return _(why), _(hint).format(**signs)
