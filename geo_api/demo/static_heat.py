"""Heat that stays: power plants, steel, cement and flares, which satellites take for fires in every
season."""

import numpy as np
import pandas as pd

from geo_api.demo.clock import Clock
from geo_api.demo.ground import moved
from geo_api.demo.kinds import CEMENT, POWER, REFINERY

_STEEL = "05900"
_FUELS_OF_HEAT = ("biomass", "natural_gas", "biogas")
_LEAST, _MOST, _AT_SCALE_ONE = 6, 90, 18
# The stack or flare stands so far from the gate that a register tells.
_AWAY_M = 200.0


def places(
    seed: int, clock: Clock, factories: pd.DataFrame, plants: pd.DataFrame, scale: float
) -> pd.DataFrame:
    """Sites of heat, as events without end: `factory_id` tells whose, or `plant_id`."""
    rng = np.random.default_rng([seed, 65])
    count = int(np.clip(round(_AT_SCALE_ONE * np.sqrt(scale)), _LEAST, _MOST))
    heavy = factories[factories["factory_class"].isin([CEMENT.code, POWER.code, REFINERY.code])]
    steel = factories[(factories["factory_class"] == _STEEL) & (factories["status"] == "operating")]
    burning = plants[plants["fuel"].isin(_FUELS_OF_HEAT)]
    third = max(2, count // 3)
    whose = pd.concat(
        [
            heavy.head(third).assign(factory_id=lambda of: of["id"], plant_id=None),
            steel.sample(min(third, len(steel)), random_state=int(rng.integers(1 << 31))).assign(
                factory_id=lambda of: of["id"], plant_id=None
            ),
            burning.nlargest(third, "capacity_mw").assign(
                factory_id=None, plant_id=lambda of: of["id"]
            ),
        ],
        ignore_index=True,
    )
    away = rng.uniform(0, 360, len(whose)), rng.uniform(0, _AWAY_M, len(whose))
    lon, lat = moved(whose["lon"].to_numpy(), whose["lat"].to_numpy(), *away)
    return pd.DataFrame(
        {
            "kind": "industrial_static",
            "fuel": "static",
            "lon": lon,
            "lat": lat,
            "begins": 0.0,
            "ends": clock.seconds,
            "radius_m": 60.0,
            "factory_id": whose["factory_id"],
            "plant_id": whose["plant_id"],
        }
    )
