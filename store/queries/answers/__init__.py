"""Each question's type to the function that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.queries.alarms import AlarmStrip
from store.queries.answers import (
    alarms,
    board,
    card,
    counts,
    doctor_desk,
    doctor_orders,
    explain,
    health,
    lists,
    orders,
    people,
)
from store.queries.board import LineOf, QueueCounts, QueuePage, QueuePosition
from store.queries.card import OrderCard, Trace
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.explain import Explain
from store.queries.health import Health
from store.queries.lists import (
    ListAlarms,
    ListCustomers,
    ListOrders,
    ListSites,
    ListTechnicians,
    StreamOrders,
)
from store.queries.people import (
    DeskEmpty,
    DeskUntouched,
    OperatorNamed,
    Operators,
    PeopleNamed,
    TechnicianBoard,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Query

ANSWERS: Mapping[type[Query[Any]], Callable[..., Any]] = {
    QueueCounts: counts.queue_counts,
    QueuePage: board.queue_page,
    QueuePosition: board.queue_position,
    LineOf: board.line_of,
    TechnicianBoard: people.technician_board,
    AlarmStrip: alarms.alarm_strip,
    OrderCard: card.order_card,
    Trace: card.trace,
    Explain: explain.explain,
    Health: health.health,
    ListOrders: orders.list_orders,
    StreamOrders: orders.stream_orders,
    ListTechnicians: lists.list_technicians,
    ListSites: lists.list_sites,
    ListCustomers: lists.list_customers,
    ListAlarms: lists.list_alarms,
    OperatorNamed: people.operator_named,
    Operators: people.operators,
    PeopleNamed: people.people_named,
    DeskEmpty: people.desk_empty,
    DeskUntouched: people.desk_untouched,
    ExamineOrders: doctor_orders.examine_orders,
    ExamineDesk: doctor_desk.examine_desk,
}
