"""Which deliveries count among those of which nobody gets more than a few (core/caps.py)."""

from sqlalchemy import ColumnElement, FromClause, or_

from core.delivery import COURSE_CALL
from core.job_news import KEY


def counts_for_caps(of: FromClause) -> ColumnElement[bool]:
    """Notices, news of work, and courses that are made known; `of` are the deliveries that are looked at."""
    return or_(of.c.campaign_id.is_not(None), of.c.dedup_key.startswith(KEY), of.c.dedup_key.startswith(COURSE_CALL))
