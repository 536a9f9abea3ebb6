"""esda's published values."""

from layers.methods import spatial_stats
from layers.methods.checks import Check

_PLACES = ((10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30))
_VALUES = (2, 3, 3.2, 5, 8, 7)
# Cells that share a side, of three rows by three.
_ROOKS = [(n, n + 1) for n in range(9) if n % 3 < 2] + [(n, n + 3) for n in range(6)]
_ESDA = "PySAL esda, doctests"


def _lattice(row_standardised: bool) -> spatial_stats.Moran:
    neighbours = spatial_stats.touching(_ROOKS, 9)
    return spatial_stats.moran(range(1, 10), neighbours, row_standardised)


def _equal() -> tuple[str | None, bool]:
    told = spatial_stats.hot_spots([7] * 6, spatial_stats.within(_PLACES, 15))
    return told.reason, bool((told.z == 0).any())


CHECKS = (
    Check(
        name="gi_star",
        th="ค่า Gi* ของหกจุด",
        en="Gi* of six points",
        given="(10,10) 2; (20,10) 3; (40,10) 3.2; (15,20) 5; (30,20) 8; (30,30) 7; ≤ 15",
        expected=(-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331),
        got=lambda: spatial_stats.hot_spots(_VALUES, spatial_stats.within(_PLACES, 15)).z,
        tolerance=1e-8,
        source=f"{_ESDA}, G_Local",
    ),
    Check(
        name="moran_binary",
        th="Moran's I ของตารางที่ค่าเพิ่มทีละหนึ่ง และค่าคาดหมายกับความแปรปรวน",
        en="Moran's I of a lattice of rising values, its expectation and its variance",
        given="3 × 3, y = 1 … 9, w = 1",
        expected=(0.5, -0.125, 0.0596875),
        got=lambda: ((m := _lattice(False)).i, m.expected, m.variance),
        tolerance=1e-9,
        source=f"{_ESDA}, Moran",
    ),
    Check(
        name="moran_row_standardised",
        th="Moran's I เมื่อให้น้ำหนักแต่ละแถวรวมกันเป็นหนึ่ง",
        en="Moran's I where each row of weights sums to one",
        given="3 × 3, y = 1 … 9",
        expected=0.555556,
        got=lambda: _lattice(True).i,
        tolerance=5e-7,
        source=f"{_ESDA}, Moran",
    ),
    Check(
        name="all_equal",
        th="ค่าเท่ากันหมด ไม่นิยาม ไม่ใช่ศูนย์",
        en="Equal values everywhere are undefined, and not zero",
        given="7, 7, 7, 7, 7, 7",
        expected=(spatial_stats.ALL_EQUAL, False),
        got=_equal,
        source="0 / 0",
    ),
    Check(
        name="false_discoveries",
        th="จากการทดสอบหลายครั้ง เชื่อได้กี่ครั้ง",
        en="How many of many tests to believe",
        given="p = 0.01, 0.02, 0.03, 0.039, 0.9; q = 0.05",
        expected=(True, True, True, True, False),
        got=lambda: spatial_stats.discoveries([0.01, 0.02, 0.03, 0.039, 0.9], 0.05),
        source="Benjamini & Hochberg (1995): p(i) ≤ i q / m",
    ),
)
