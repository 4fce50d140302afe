"""What an action is: a row that keys, footer, help, README and refusals are all made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from store.domain.intents import Command, Query
    from store.queries.board import BoardLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that decides whether an action makes sense now."""

    at: datetime
    zone: tzinfo | None = None
    """Whose wall clock times are told by; None: this machine's."""
    line: BoardLine | None = None
    """The order that the action would be about."""
    ready: bool = True
    """Whether the store has been opened."""
    ringing: int = 0
    """Alarms that nobody has acknowledged."""
    empty: bool = False
    """Whether the desk has never had an order."""
    only_it: bool = False
    """Whether the screen is about this order alone."""
    only_looks: bool = False
    """Whether this console takes no commands, as one on a wall."""
    shut: bool = False
    """Whether the store has never been opened, and it is known that it cannot be."""
    lacks: Mapping[str, str] = field(default_factory=dict)
    """Actions by their ids that the screen does not have, and where they are to be found."""


class Kind(Enum):
    """What a question wants to hear."""

    TEXT = "some words"
    WHEN = "a time"
    TECHNICIAN = "who goes"
    MEMBER = "one of those who have it"
    CALLER = "who calls"
    SITE = "where"
    CUSTOMER = "for whom"
    ASSET = "what broke"
    WORK = "which kind of work"
    PRIORITY = "1 to 4"
    NUMBER = "an order"
    OUTCOME = "what came of a call"
    CSAT = "1 to 5"
    NPS = "0 to 10"
    CAUSE = "why somebody was unhappy"
    EVERY = "how often"
    LASTS = "how long"
    CREW = "how many people"
    WINDOW = "from when until when"
    DEVIATION = "from what somebody wants to deviate, and how far"
    CONFIRM = "yes by Enter"


OF_ONE_WORD: Final = frozenset(
    {Kind.PRIORITY, Kind.NUMBER, Kind.OUTCOME, Kind.CSAT, Kind.NPS, Kind.CAUSE}
)
"""What a question of one of these wants is told in one word."""


class Takes(Enum):
    """What a command line names behind the verb, before it answers the questions."""

    NOTHING = "nothing"
    ORDERS = "one order or several"
    MAYBE_ORDERS = "orders, or nothing for the one that is meant anyway"
    DEED = "an order or a journal entry, or nothing for one's own last command"
    RECALLED = "a technician or orders"
    TECHNICIAN = "a technician"
    ABSENCE = "a technician, until when he is away, why"
    REQUEST = "what is wrong, @site, !priority"
    SKILL = "an order, and a technician to ask about; or a skill, near a site or an order"
    MOMENT = "a past moment"
    PLANS = "what to do to a plan, its number, a day; or nothing, to see all"
    ACTIONS = "what to do to an action, its number, what it is told; or nothing, to see all"
    CUT = "a period, and of which orders; or nothing"
    BASELINE = "freeze, a name and days; use, a number; or which one beside which days, or nothing"
    RADAR = "what to do to a proposal, its number, what it is told; or nothing, to see all"
    IDEAS = "what to do to a suggestion, which, what it is told; or nothing, to see all"
    TRAINING = "what to do to a training, which, what it is told; or nothing, to see all"
    EXCEPTIONS = "what to do about an exception, its number, what is told; or nothing, to see all"
    COMPLAINTS = "what to do to a complaint, its number, what it is told; or nothing, to see all"
    PROJECTS = "what to do to a project, its number, what it is told; or nothing, to see all"
    INSPECTIONS = "what to do to an inspection, its number, what is told; or nothing, to see all"
    STEPS = "an order; or what to do about a step, its order, the step, what it is told"
    AUTOMATIC = "a mode, for which queue and priority; or nothing, to see all"
    POST = "what to do to an operator, his code, a role, sites; or nothing, to see all"
    SETTING = "a figure of dispatch and what it is to be; or nothing, to see all"


INSIST: Final = ("insist", "强制")
"""The words, behind a slash, of whoever insists."""


class Names(Enum):
    """What a text may name that is in no register."""

    PATH = "a file on this machine"
    FILE = "a file of the order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that an action must be told before it can be done."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    optional: bool = False
    asks: str = ""
    """The same in few words, for the line it is answered in; empty where the label is short."""
    start: str = ""
    """What stands in the line when it opens; the operator may change it."""
    by_word: bool = False
    """Whether a yes is to be written out as `/insist`; Enter alone is none."""
    when: Callable[[BoardLine | None], bool] = lambda _line: True
    """Whether it is asked at all about an order."""
    means: str = ""
    """What Enter would do with the `technician` that it is answered with, beside the choices."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What else that tells."""
    names: Names | None = None
    """What its words name, and so what the command line offers; None for words of one's own."""
    looks_up: str = ""
    """What in the store they name, as `console.naming` has it: offered, and judged when given."""
    judge: Callable[[str, Told], object] | None = None
    """Raises BadInput for words that are none, as soon as they are given; with all told before."""


Told = Mapping[str, Any]
"""The answers by the names of their questions, and `insist` where it was confirmed."""

WhyNot = Callable[[Situation], "str | None"]
Ask = Callable[["Query[Any]"], Any]
"""Asks the store, for the few commands that need to look something up first."""

Make = Callable[["BoardLine | None", Told, Ask], "Command"]


def never(_situation: Situation) -> str | None:
    """No reason against it."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing an operator can do with a key; either makes a command or is done on the screen."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    why_not: WhyNot = never
    """The sentence that forbids it now; None allows it."""
    store_decides: Callable[[Situation], bool] = lambda _situation: False
    """Whether the store may know better than `why_not`, and is asked all the same."""
    insist: WhyNot = never
    """The sentence that must be confirmed before it is done; None needs no confirmation."""
    by_word: Callable[[BoardLine | None], bool] = lambda _line: False
    """Whether it is confirmed by `/insist` alone, which no hand writes that only goes on."""
    as_shown: bool = False
    """Whether it is done just as it was shown or not at all: of what moved on nothing is asked."""
    questions: tuple[Question, ...] = ()
    make: Make | None = None
    """The command; called in a worker, so that it may import the store's commands."""
    footer: int = 0
    """Where in the footer, from 1 on; 0 leaves it out."""
    about_order: bool = False
    """Whether it needs an order and is refused without one."""
    words: str = ""
    """Its verbs on the command line: the short one first, then others, then the Chinese ones."""
    takes: Takes = Takes.NOTHING
    """What else than an order the verb is about."""
    options: tuple[str, ...] = ()
    """The names of what may be said with a slash."""

    @property
    def verbs(self) -> tuple[str, ...]:
        """The words that begin its command line."""
        return tuple(self.words.split())

    @property
    def asks_path(self) -> bool:
        """Whether words that begin with a slash are paths, but for its own options."""
        asked = any(question.names is Names.PATH for question in self.questions)
        return asked or self.takes in {Takes.SETTING, Takes.STEPS}

    @property
    def names(self) -> Takes:
        """What a command line names behind the verb."""
        return Takes.ORDERS if self.about_order else self.takes


def refusal(action: Action, situation: Situation) -> str | None:
    """The sentence that forbids an action on the screen at hand; None allows it."""
    if situation.shut and (action.make is not None or action.about_order or action.id in _STORED):
        return SHUT
    if situation.only_looks and changes(action):
        return ONLY_LOOKS
    return situation.lacks.get(action.id) or action.why_not(situation)


def changes(action: Action) -> bool:
    """Whether it changes the desk, or opens what does."""
    return action.make is not None or action.id in _LEADING_TO


ONLY_LOOKS = N_("this console only shows the desk")
_LEADING_TO = frozenset(
    {"begin", "acknowledge", "new", "take_back", "save_view", "drop_view", "tour"}
)
"""Actions that make no command themselves, and are there for one."""

SHUT = N_("the store has not been reached yet; it is asked again by itself: try then")
_STORED = frozenset(
    {"begin", "acknowledge", "alarms", "automatic", "calls", "handover", "plans", "refresh"}
    | {"settings", "operators", "sessions", "surveys", "correctives", "dashboard", "baselines"}
    | {"skills", "trainings", "scorecards", "exceptions", "ideas", "checklist", "doubles"}
    | {"packs", "projects", "radar", "inspections", "complaints", "kinds"}
)
"""Actions that make no command themselves and are nothing without a store."""

ORDERS, DESK, VIEW = N_("the order"), N_("the desk"), N_("the screen")
"""The groups that help lists actions in."""
