"""The simulated movements of waste: from factories to those that treat it, in two years."""

from datetime import timedelta

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import M_PER_DEGREE_LAT, M_PER_DEGREE_LON
from layers.reference.waste import finish_by, management_codes, waste_codes

# Classes 101, 105 and 106: treatment, sorting or landfill, recycling.
_RECEIVING = ("10100", "10500", "10600")
_LOADS_PER_FACTORY = 4
_YEARS = 2
# So far a load goes, on average, before another receiver is as likely.
_REACH_KM = 80
# How many a generator knows of, wherever they are.
_KNOWN_RECEIVERS = 32
# Received and not finished by the end, and finished after its time.
_OPEN_SHARE, _LATE_SHARE = 0.08, 0.05


def move(seed: int, clock: Clock, factories: pd.DataFrame) -> pd.DataFrame:
    """A row per load; the same arguments give the same rows."""
    rng = np.random.default_rng([seed, 50])
    receiving = factories["factory_class"].isin(_RECEIVING).to_numpy()
    generators = factories[~receiving].reset_index(drop=True)
    receivers = factories[receiving].reset_index(drop=True)
    if receivers.empty:
        receivers = generators.head(1)
    count = len(generators) * _LOADS_PER_FACTORY
    sent = rng.integers(0, len(generators), count)
    got = _receiver_of(rng, generators, receivers)[sent, rng.integers(0, 8, count)]
    codes = rng.choice(np.array(sorted(waste_codes()), dtype=object), count)
    ways = rng.choice(np.array(sorted(management_codes()), dtype=object), count)
    end = (clock.end + timedelta(hours=7)).date()
    moved = [end - timedelta(days=int(n)) for n in rng.integers(3, 365 * _YEARS, count)]
    frame = pd.DataFrame(
        {
            "id": [f"demo-{n:07d}" for n in range(count)],
            "moved_on": moved,
            "generator_ref": generators["id"].to_numpy()[sent],
            "receiver_ref": receivers["id"].to_numpy()[got],
            "waste_code": codes,
            "hazardous": [waste_codes()[code].hazardous for code in codes],
            "management_code": ways,
            "tonnes": np.round(rng.lognormal(1.6, 0.8, count), 2),
            "received_on": [day + timedelta(days=1) for day in moved],
        }
    )
    return frame.assign(**_finished(rng, frame, clock), source="demo")


def _receiver_of(
    rng: np.random.Generator, generators: pd.DataFrame, receivers: pd.DataFrame
) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """Eight receivers for each generator, of some by chance, drawn with the near ones first. Of all
    there are billions of pairs at benchmark size."""
    known = rng.integers(0, len(receivers), (len(generators), _KNOWN_RECEIVERS))
    x, y = (generators[name].to_numpy()[:, None] for name in ("lon", "lat"))
    apart_km = (
        np.hypot(
            (receivers["lon"].to_numpy()[known] - x) * M_PER_DEGREE_LON,
            (receivers["lat"].to_numpy()[known] - y) * M_PER_DEGREE_LAT,
        )
        / 1000
    )
    # The largest of weight plus Gumbel noise is a draw by weight.
    noise = rng.gumbel(size=(8, *apart_km.shape))
    drawn = np.argmax(noise - apart_km / _REACH_KM, axis=2).T
    return np.take_along_axis(known, drawn, axis=1)


def _finished(rng: np.random.Generator, frame: pd.DataFrame, clock: Clock) -> dict[str, object]:
    end = (clock.end + timedelta(hours=7)).date()
    share = rng.random((2, len(frame)))
    due, finished = [], []
    facts = zip(frame["received_on"], frame["hazardous"], frame["management_code"], strict=True)
    for row, (received, hazardous, way) in enumerate(facts):
        by = finish_by(received, bool(hazardous), str(way))
        late = share[1, row] < _LATE_SHARE
        days = 20 + (400 if late else 0) * share[0, row] + 9 * share[1, row]
        day = received + timedelta(days=int(days))
        due.append(by)
        finished.append(day if day <= end and share[0, row] > _OPEN_SHARE else None)
    return {"due_on": due, "finished_on": finished}
