"""What can be found: each kind with the published view that shows it and the page it leads to.

A further kind is one more Kind here, and its names are kept from the next Run of its tables on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.model import Text


@dataclass(frozen=True)
class Kind:
    """`names` are the view's columns by which it is found, by what they are called in an answer:
    name_th, name_en, number. `link` is an address with a column of the view in braces.

    `short_of` begins names that are also found without it. `within` are the columns with the codes
    of what the place lies in; where there are none the outlines decide. `many`: too many to read
    them all for one question.
    """

    name: str
    title: Text
    view: str
    tables: tuple[str, ...]
    names: Mapping[str, str]
    link: str
    within: Mapping[str, str] = field(default_factory=dict)
    point: bool = False
    many: bool = False
    short_of: str | None = None


_AREA_NAMES = {"name_th": "name_th", "name_en": "name_en"}

# In the order in which equally good answers are given.
KINDS: tuple[Kind, ...] = (
    Kind(
        "province",
        Text("จังหวัด", "Province"),
        view="provinces",
        tables=("province",),
        names=_AREA_NAMES,
        link="/provinces/{id}",
    ),
    Kind(
        "district",
        Text("อำเภอ/เขต", "District"),
        view="districts",
        tables=("district",),
        names=_AREA_NAMES,
        link="/districts/{id}",
        within={"province": "province_code"},
    ),
    Kind(
        "subdistrict",
        Text("ตำบล/แขวง", "Sub-district"),
        view="subdistricts",
        tables=("subdistrict",),
        names=_AREA_NAMES,
        link="/districts/{district_code}",
        within={"district": "district_code"},
    ),
    Kind(
        "industrial_estate",
        Text("นิคมอุตสาหกรรม", "Industrial estate"),
        view="industrial_estates",
        tables=("industrial_estate",),
        names={"name_th": "name_th"},
        link="/eco-towns/{id}",
        point=True,
        short_of="นิคมอุตสาหกรรม",
    ),
    Kind(
        "factory",
        Text("โรงงาน", "Factory"),
        view="factories",
        tables=("factory",),
        names={"name_th": "name", "number": "registration_no"},
        link="/factories/{id}",
        within={"province": "province_code"},
        point=True,
        many=True,
    ),
)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
