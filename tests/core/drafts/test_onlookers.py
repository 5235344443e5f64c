"""Who looks at a draft: the last one opened, for a minute."""

from __future__ import annotations

from datetime import timedelta

from core.database import Database
from core.drafts.onlookers import look, onlookers
from core.drafts.open import open_blank
from core.values import utc_now
from tests import builders as make


def test_a_person_looks_at_one_draft_for_a_minute(database: Database) -> None:
    with database.begin() as session:
        first, second = (open_blank(session, act=make.an_act()).id for _ in range(2))
        mara, paul = (make.a_user(session, name=name) for name in ("Mara", "Paul"))
        now = utc_now()
        look(session, first, mara.id, now)
        look(session, first, paul.id, now)
        assert onlookers(session, first, besides=None) == ("Mara", "Paul")
        assert onlookers(session, first, besides=paul.id) == ("Mara",)
        look(session, second, mara.id, now)
        look(session, first, paul.id, now - timedelta(minutes=2))
        assert onlookers(session, first, besides=None) == ()
        assert onlookers(session, second, besides=paul.id) == ("Mara",)
