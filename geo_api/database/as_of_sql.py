"""Statements of what is asked as of a former time, and how others are made to be."""

import re
from typing import Any

from psycopg2.sql import SQL, Composable, Composed, Literal

from geo_api.database.prepared_statements import Raw

# The lock is shared once nobody is between having got a time and having committed: whoever commits
# later gets a later time than any that has passed by then: a time means one version for ever.
COMMIT_AT = """
    SELECT pg_advisory_xact_lock_shared(hashtext('data_commit'));
    SELECT
        clock_timestamp(),
        (SELECT version FROM published.data_commits
        WHERE committed_at <= %(time)s ORDER BY version DESC LIMIT 1)
"""
COMMIT_OF = """
    SELECT
        (SELECT max(version) FROM published.data_commits),
        (SELECT committed_at FROM published.data_commits WHERE version = %(version)s)
"""
HISTORY_OF = """
    SELECT h.since, c.committed_at
    FROM published.history AS h
    JOIN published.data_commits AS c ON c.version = h.since
    WHERE h.view_name = %(view)s
"""

NEWEST = "SELECT max(version) FROM published.data_commits"

# The schemas of the published views over rows as they were: of all, and of those alone that were
# not the same at another version.
FORMER = "published_as_of"
CHANGES = "published_changes"

_PUBLISHED = re.compile(r"\bpublished\.")


class AsText(Composable):
    """A statement as a text in another one, which has it run."""

    def __init__(self, statement: Composable) -> None:
        super().__init__(statement)
        self._statement = statement

    def as_string(self, context: Any) -> str:
        """See Composable."""
        return Literal(self._statement.as_string(context)).as_string(context)


def settings(version: int, time: str) -> Composed:
    """What the views as of a former time read, until the transaction ends."""
    return SQL("SET LOCAL fahsai.as_of = {}; SET LOCAL fahsai.as_of_time = {}").format(
        Literal(str(version)), Literal(time)
    )


def of_former_views(statement: str | Composable, schema: str = FORMER) -> Composed:
    """The statement over the views of former rows. What was given with a question is in literals
    and identifiers, which stay as they are."""
    whole = SQL(statement) if isinstance(statement, str) else statement
    renamed = Composed([_of_former_views(part, schema) for part in Composed([whole]).seq])
    return Raw(renamed) if isinstance(statement, Raw) else renamed


def _of_former_views(part: Composable, schema: str) -> Composable:
    if isinstance(part, Composed):
        return Composed([_of_former_views(one, schema) for one in part.seq])
    return SQL(_PUBLISHED.sub(f"{schema}.", part.string)) if isinstance(part, SQL) else part


def prefixed(settings: Composable, statement: Composed) -> Composed:
    """Both at once, which are one transaction."""
    both = settings + SQL("; ") + statement
    return Raw(both) if isinstance(statement, Raw) else both
