"""The command `demo`, and what `up` loads into a database that is empty."""

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime

import click

from geo_api.alerts.simulated import subscribe_officers
from geo_api.analyses import analyse
from geo_api.complaints import release as releases
from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from layers.analyses import analyses
from layers.times import THAI_TIME

Say = Callable[[str], None]


def demo_command(
    opened: Callable[[], AbstractContextManager[tuple[Settings, str]]], say: Say
) -> click.Command:
    """`opened` gives the settings and the address of a database that is up to date."""

    @click.command()
    @click.option("--scale", type=click.FloatRange(0.01, 1000), default=1, show_default=True)
    @click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
    @click.option(
        "--until",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H"]),
        help="The hour (Thai time) with which the simulated world ends; this one unless given.",
    )
    def demo(scale: float, seed: int, until: datetime | None) -> None:
        """Load the simulated world: the same seed, scale and last hour give the same rows."""
        with opened() as (settings, url):
            end = until.replace(tzinfo=THAI_TIME) if until else None
            load_demo(settings, url, say, scale=scale, seed=seed, until=end)

    return demo


def load_demo(
    settings: Settings,
    url: str,
    say: Say,
    *,
    scale: float = 1,
    seed: int = 1,
    until: datetime | None = None,
    analyse_all: bool = True,
) -> None:
    """With what is computed from the world: all of it, or what no worker does by itself."""
    from geo_api.demo.load import feeds, load

    with closing(owner_connection(url)) as connection:
        end = until or datetime.now(UTC)
        load(connection, scale=scale, seed=seed, until=end, say=say)
        connection.commit()
        for analysis in filter(feeds, analyses().values()):
            if analysis.name != releases.NAME and (analyse_all or not analysis.every):
                say(analyse(connection, analysis.name, settings))
        # The simulated world ends: no period after it is one without complaints.
        say(str(releases.release_complaints(connection, end, max(end, datetime.now(UTC)))))
        connection.commit()
        say(subscribe_officers(connection, settings))
    if not analyse_all:
        say("Fires, surfaces of PM2.5 and the like are computed while it serves: `fahsai jobs`")
