"""Imports every table, so that Base.metadata is whole (migrations, tests)."""

from core import journal, numbers, outbox, watched
from core.agreements import tables as agreements
from core.billing import tables as billing
from core.catalogue import tables as catalogue
from core.company import tables as company
from core.database import Base
from core.drafts import tables as drafts
from core.exchange import tables as exchange
from core.execution import tables as execution
from core.inbound import tables as inbound
from core.lessons import tables as lessons
from core.masterdata import tables as masterdata
from core.orders import tables as orders
from core.parties import tables as parties
from core.people import tables as people
from core.promising import tables as promising
from core.returns import tables as returns
from core.screening import tables as screening
from core.shipping import tables as shipping
from core.supply import tables as supply
from core.watch import tables as watch

MODULES = (
    journal,
    outbox,
    numbers,
    watched,
    inbound,
    people,
    promising,
    company,
    parties,
    catalogue,
    agreements,
    screening,
    masterdata,
    supply,
    drafts,
    lessons,
    orders,
    execution,
    exchange,
    shipping,
    billing,
    returns,
    watch,
)
METADATA = Base.metadata
