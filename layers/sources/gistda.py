"""GISTDA: VIIRS hotspots with the Thai place and land use under them, from its API and files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from layers.cleaning.coordinates import NEIGHBOURHOOD
from layers.cleaning.detections import confidence_class, processing, satellite, utc_minute
from layers.model import (
    HOTSPOT,
    Ask,
    BadValue,
    Delivery,
    Format,
    Record,
    Rejected,
    Request,
    Row,
    Setting,
    Source,
    Text,
    UnusableSetting,
    row_by_row,
)

_KEY = Setting("FAHSAI_GISTDA_KEY", "API key of GISTDA's gateway.", secret=True)
_URL = Setting(
    "FAHSAI_GISTDA_URL",
    "Where GISTDA's VIIRS features are.",
    "https://api-gateway.gistda.or.th/api/2.0/resources/features/viirs",
)
_PERIOD = Setting("FAHSAI_GISTDA_PERIOD", "What to ask for: 1day, 3days, 7days or 30days.", "3days")
_PERIODS = {"1day": 1, "3days": 3, "7days": 7, "30days": 30}  # days
_PAGE = 1000
# Pulls seen in the wild stopped at these, silently.
_CAPS = (1000, 10_000)

# What is under the fire, by lu_hp, and whose land it is, by lu_code.
_COVER = {
    "A101": "paddy",
    "A202": "maize",
    "A203": "sugarcane",
    "A999": "other_agriculture",
    "F000": "forest",
    "O000": "other",
}
_TENURE = {
    "1": "conservation_forest",
    "2": "land_reform",
    "3": "reserved_forest",
    "4": "highway",
    "5": "agriculture",
    "6": "community_other",
}


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


_NEEDED = _names("latitude longitude hotspotid instrument acq_date acq_time")
_READ = _names(
    "satellite version confidence frp bright_ti4 bright_ti5 scan track"
    " lu_code lu_name lu_hp lu_hp_name"
    " province amphoe tambon changwat tambol pv_tn ap_tn tb_tn village"
)
# Said twice (local times, English names, other projections), or of the provider's own work.
_IGNORED = _names(
    "th_date th_time timestamp f_alarm linkgmap utm_zone utm_e utm_n"
    " tb_idn tb_code tb_en ap_idn ap_code ap_en pv_idn pv_code pv_en re_nesdb re_royin ct_tn ct_en"
    " v_dist v_angle v_direct amphoe_t tambon_t province_t moo_1 name_1 file_name"
    " objectid year_be brightness district subdistrict lng lat"
    " _id _createdAt _createdBy _updatedAt _updatedBy"
)
# How a file exported from a map program writes the same names; the rest in capitals.
_EXPORTED = {
    "hotspotid": "HotSpotID",
    "lu_hp_name": "LU_HP_Name",
    "linkgmap": "linkGMap",
    "utm_zone": "UTM_Zone",
}
_INVENTED = _names("acq_date acq_time brightness confidence")
_INVENTED_MAYBE = _names("province district crop_type")


# --- records ----------------------------------------------------------------------------------


def _read(record: Record, delivery: Delivery) -> Iterator[Row | Rejected]:
    """One detection, and a warning for a class of land that we have no word for.

    The point is that of the attributes: the geometry beside them carries the noise of a projection.
    """
    geometry = record.geometry
    record.values = {name.lower(): value for name, value in record.values.items()}
    if record.text("hotspotid") is None and _looks_invented(record, geometry):
        raise BadValue("looks like an invented sample", "no satellite, no id, a rounded position")
    code, tenure = record.text("lu_hp"), record.text("lu_code")
    yield Row(
        "hotspot",
        _detection(record, delivery)
        | _place(record)
        | {
            "land_use": _COVER.get(code or ""),
            "land_use_code": code,
            "land_use_th": record.text("lu_hp_name"),
            "land_tenure": _TENURE.get(tenure or ""),
            "land_tenure_code": tenure,
            "land_tenure_th": record.text("lu_name"),
        },
    )
    for name, value, known in (("lu_hp", code, _COVER), ("lu_code", tenure, _TENURE)):
        if value is not None and value not in known:
            yield Rejected(record, f"{name} is not a class we know", repr(value), stored=True)


def _detection(record: Record, delivery: Delivery) -> dict[str, Any]:
    """Kelvin, megawatts, kilometres and UTC, as in the product of NASA that GISTDA passes on."""
    number = record.number
    identity, version = record.needed("hotspotid"), record.text("version")
    instrument = record.needed("instrument")
    if instrument not in ("VIIRS", "MODIS"):
        raise BadValue("instrument is not VIIRS or MODIS", repr(instrument))
    try:
        minute = utc_minute(record.needed("acq_date"), record.needed("acq_time"))
    except BadValue:
        raise
    except (ValueError, OverflowError) as problem:
        raise BadValue("acquisition time cannot be read", str(problem)) from None
    place = record.place("latitude", "longitude", box=NEIGHBOURHOOD)
    return {
        "acquired_at": delivery.observed(minute),
        "time_precision": "minute",
        "lon": place.lon,
        "lat": place.lat,
        "instrument": instrument,
        "satellite": _satellite(record.text("satellite"), identity),
        "processing": processing(version) if version else None,
        "version": version,
        **_confidence(record, instrument),
        "frp_mw": number("frp"),
        "brightness_k": number("bright_ti4"),
        "background_k": number("bright_ti5"),
        "scan_km": number("scan"),
        "track_km": number("track"),
        "gistda_id": identity,
        "source": SOURCE.name,
    }


def _satellite(written: str | None, identity: str) -> str | None:
    """Ids of Suomi NPP begin with VI1, as files that name the satellite show. VI2 and VI3 are two
    other platforms; no file says which, so that they stay unknown until FIRMS tells."""
    try:
        if written is not None:
            return satellite(written)[1]
    except ValueError as problem:
        raise BadValue("satellite is not one we know", str(problem)) from None
    return "N" if identity.startswith("VI1") else None


def _confidence(record: Record, instrument: str) -> dict[str, Any]:
    """Classes for VIIRS, percent for MODIS, which GISTDA offers beside it."""
    if instrument == "MODIS":
        return {"confidence_pct": record.percent("confidence")}
    written = record.text("confidence")
    if written is None:
        return {}
    try:
        return {"confidence": confidence_class(written)}
    except ValueError as problem:
        raise BadValue("confidence cannot be read", str(problem)) from None


def _place(record: Record) -> dict[str, Any]:
    """Thai names. Those that the provider found by position (…_tn) come before those it took over
    from elsewhere, which the borders contradict in places."""
    return {
        "province_th": record.text("pv_tn") or record.text("changwat") or record.text("province"),
        "district_th": record.text("ap_tn") or record.text("amphoe"),
        "subdistrict_th": record.text("tb_tn") or record.text("tambol") or record.text("tambon"),
        "village_th": record.text("village"),
    }


def _looks_invented(record: Record, geometry: Any) -> bool:
    """Rows put by hand among real ones: no satellite or instrument, a Buddhist-era date, and a
    position in three decimals, where products have five."""
    day = record.text("acq_date") or ""
    point = geometry["coordinates"] if geometry and geometry["type"] == "Point" else ()
    return (
        record.text("satellite") is None
        and record.text("instrument") is None
        and day[:2] in {"24", "25"}
        and len(point) >= 2
        and all(round(float(degrees), 3) == degrees for degrees in point[:2])
    )


# --- the live feed ----------------------------------------------------------------------------


def _requests(ask: Ask) -> Iterator[Request]:
    """The first page, of a longer period where it was not asked for days; `_more` asks on. Raises
    UnusableSetting."""
    key, period = ask.settings.get(_KEY.variable), ask.settings[_PERIOD.variable]
    if not key:
        raise UnusableSetting(
            f"{_KEY.variable} is not set: GISTDA's gateway wants a key; set it, or name files"
        )
    if period not in _PERIODS:
        raise UnusableSetting(f"{_PERIOD.variable} must be {', '.join(_PERIODS)}, got {period!r}")
    yield Request(
        f"{ask.settings[_URL.variable].rstrip('/')}/{_since_known(ask, period)}",
        params={"limit": str(_PAGE), "offset": "0"},
        headers={"API-Key": key, "Accept": "application/json"},
        context={"paged": "yes"},
    )


def _since_known(ask: Ask, period: str) -> str:
    """The period, or the first longer one that reaches to where the feed was read to before."""
    missed = timedelta() if ask.known_until is None else ask.now - ask.known_until
    longer = [name for name, days in _PERIODS.items() if days >= _PERIODS[period]]
    reaching = (name for name in longer if timedelta(days=_PERIODS[name]) >= missed)
    return next(reaching, longer[-1])


def _more(request: Request, answer: Any) -> Request | None:
    """The page after a full one, or as long as `numberMatched` promises more."""
    got, offset = len(answer.get("features") or ()), int(request.params["offset"])
    matched = answer.get("numberMatched")
    last = offset + got >= matched if isinstance(matched, int) else got < _PAGE
    if last or not got:
        return None
    return replace(request, params={**request.params, "offset": str(offset + got)})


def _warn(count: int, delivery: Delivery) -> str | None:
    """Pages are asked for to the end; a file that stops at a cap was not."""
    if count in _CAPS and "paged" not in delivery.context:
        return f"{count:,} rows, exactly the cap: probably cut off"
    return None


def _exported(names: frozenset[str]) -> frozenset[str]:
    return frozenset(_EXPORTED.get(name, name.upper()) for name in names)


SOURCE = Source(
    name="gistda",
    title=Text("จุดความร้อนจาก GISTDA", "Hotspots from GISTDA"),
    url="https://disaster.gistda.or.th",
    licence="not stated by the provider",
    tables=("hotspot",),
    formats=(
        Format("csv", _NEEDED, _READ, _IGNORED, position=("longitude", "latitude")),
        Format("json", _NEEDED, _READ, _IGNORED, path=("features",)),
        Format(
            "json",
            _exported(_NEEDED),
            _exported(_READ) | _READ,
            _exported(_IGNORED) | _IGNORED | _NEEDED,
            path=("features",),
        ),
        Format("json", _INVENTED, _INVENTED_MAYBE, path=("features",)),
    ),
    parse=row_by_row(_read),
    key=("hotspotid",),
    requests=_requests,
    # Of the same passes as FIRMS.
    every=timedelta(hours=1),
    more=_more,
    warn=_warn,
    settings=(_KEY, _URL, _PERIOD),
    plausible=HOTSPOT,
)
