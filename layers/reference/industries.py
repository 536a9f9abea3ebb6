"""Industries by TSIC: the names of its divisions, and which codes a cluster is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from layers.model import Text
from layers.reference import rows

# Of factories whose code is not known, or has not the five digits of TSIC.
UNCLASSIFIED = "00"
_UNCLASSIFIED = Text("ไม่มีรหัส TSIC ในทะเบียน", "Without a TSIC code in the register")


@dataclass(frozen=True)
class Division:
    """The first two digits of TSIC 2009, which are those of ISIC Rev. 4; titles in English as ISIC
    has them, in Thai shortened by us."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True)
class ClusterCode:
    """A code and all below it is of a cluster. The choice is ours: no list of codes of the new
    industries is in what we read."""

    cluster: str
    tsic: str
    why: str


@cache
def divisions() -> Mapping[str, Division]:
    """Those of mining, manufacturing, energy, water and waste, by code."""
    return {row["code"]: Division(**row) for row in rows("tsic_divisions")}


@cache
def cluster_codes() -> Mapping[str, ClusterCode]:
    """By code."""
    return {row["tsic"]: ClusterCode(**row) for row in rows("industry_clusters")}


def name_of(division: str) -> Text:
    """The code itself of one that is in no list of ours."""
    if division == UNCLASSIFIED:
        return _UNCLASSIFIED
    known = divisions().get(division)
    return Text(known.name_th, known.name_en) if known else Text(division, division)
