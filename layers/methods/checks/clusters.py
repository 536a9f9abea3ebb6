"""scikit-learn's example, and that the order of points means nothing."""

import numpy as np

from layers.methods import clusters
from layers.methods.checks import Check


def _example() -> tuple[int, ...]:
    """The sizes of the clusters, noise and core points of scikit-learn's demonstration."""
    from sklearn.datasets import make_blobs

    points, _ = make_blobs(
        n_samples=750, centers=[[1, 1], [-1, -1], [1, -1]], cluster_std=0.4, random_state=0
    )
    x, y = ((points - points.mean(axis=0)) / points.std(axis=0)).T
    found = clusters.st_dbscan(x, y, np.zeros(750), 0.3, 1.0, 10)
    sizes = sorted(np.bincount(found.labels[found.labels != clusters.NOISE]).tolist())
    return (*sizes, int((found.labels == clusters.NOISE).sum()), int(found.is_core.sum()))


def _in_any_order() -> bool:
    rng = np.random.default_rng(3)
    lon, lat = 100 + rng.random(400) * 0.05, 16 + rng.random(400) * 0.05
    seconds = rng.random(400) * 20 * 86_400
    order = rng.permutation(400)
    one = clusters.fire_events(lon, lat, seconds)
    other = clusters.fire_events(lon[order], lat[order], seconds[order])
    return _groups(one) == _groups(other, order)


def _groups(
    labels: clusters.Integers, order: clusters.Integers | None = None
) -> set[frozenset[int]]:
    points = np.arange(len(labels)) if order is None else order
    return {frozenset(points[labels == one].tolist()) for one in set(labels.tolist())}


def _limits() -> tuple[bool, ...]:
    """Two detections by distance and days: of one event or not."""
    of_lat = 110_581.0  # metres of a degree of latitude at 14° N, WGS 84
    pairs = ((690.0, 4.9), (710.0, 0.0), (0.0, 5.1))
    found = [
        clusters.fire_events(
            np.array([100.0, 100.0]),
            np.array([14.0, 14.0 + metres / of_lat]),
            np.array([0.0, days * 86_400]),
        )
        for metres, days in pairs
    ]
    return tuple(bool(labels[0] == labels[1]) for labels in found)


CHECKS = (
    Check(
        name="example",
        th="ตัวอย่างของ scikit-learn: ขนาดกลุ่ม จุดรบกวน และจุดแกน",
        en="scikit-learn's example: sizes of clusters, noise and core points",
        given="make_blobs(750), eps 0.3, min_samples 10",
        expected=(243, 244, 245, 18, 679),
        got=_example,
        source="scikit-learn, plot_dbscan",
    ),
    Check(
        name="any_order",
        th="ลำดับที่จุดมาถึงไม่เปลี่ยนเหตุไฟ",
        en="The order in which detections arrive does not change events",
        given="400 detections, shuffled",
        expected=True,
        got=_in_any_order,
        source="connected components",
    ),
    Check(
        name="limits",
        th="ใกล้ในที่และเวลาจึงเป็นเหตุเดียวกัน",
        en="Near in place and time is one event, else not",
        given="690 m and 4.9 d; 710 m; 5.1 d",
        expected=(True, False, False),
        got=_limits,
        source=f"Chen et al. (2022): {clusters.FIRE_WITHIN_M:g} m, "
        f"{clusters.FIRE_WITHIN_S / 86_400:g} d",
    ),
)
