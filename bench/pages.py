"""What a page costs who opens it: python -m bench.pages http://127.0.0.1:8000 [--out FILE]

Headless Chromium without a cache, against a service that is warm: bytes on the wire, first paint
(which is that of the words), layout shift and the longest task; then the same on slow 3G with a
processor four times slower. Beside it a plain Folium page with the same markers.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
SETTLED_MS = 2_500
REPEATS = 3
# Chrome's own "Slow 3G": 500 kbit/s at 80 per cent, 400 ms at five times.
SLOW_3G = {
    "offline": False,
    "downloadThroughput": 500 * 1000 / 8 * 0.8,
    "uploadThroughput": 500 * 1000 / 8 * 0.8,
    "latency": 400 * 5,
}
SLOWER = 4
PAGES = (
    ("brief", "/?day=2026-03-02"),
    ("burning", "/maps/burning?from=2026-02-24&to=2026-03-02"),
    ("air", "/maps/air?from=2026-02-24&to=2026-03-02"),
    ("complaints", "/maps/complaints"),
    ("green", "/maps/green"),
    ("province", "/provinces/46?day=2026-03-02"),
    ("factory", "/factories/demo-000010?day=2026-03-02"),
    ("factories", "/factories"),
    ("field", "/field?factory=demo-000010"),
    ("hotspots, a table", "/ogc/collections/hotspots/items"),
)
_WATCH = """
    window.__seen = { shift: 0, longest: 0, words: null };
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) __seen.shift += one.value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
            __seen.longest = Math.max(__seen.longest, duration);
    }).observe({ type: "longtask", buffered: true });
"""
_READ = """() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
    html: performance.getEntriesByType("navigation")[0].responseEnd,
    ...window.__seen,
})"""


@dataclass(frozen=True)
class Visit:
    """Kilobytes on the wire (up to the load event, and in all), and times in ms."""

    page: str
    net: str
    kb_until_load: float
    kb: float
    requests: int
    html_ms: float
    paint_ms: float
    shift: float
    longest_task_ms: float


def visit(browser: Browser, url: str, name: str, *, is_slow: bool) -> Visit:
    """One visit by somebody who was never here."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="th-TH")
    session = page.context.new_cdp_session(page)
    with _counted(session) as sizes:
        if is_slow:
            session.send("Network.emulateNetworkConditions", SLOW_3G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(_WATCH)
        page.goto(url, wait_until="load", timeout=120_000)
        until_load = sum(sizes)
        page.wait_for_timeout(SETTLED_MS * (SLOWER if is_slow else 1))
        seen: dict[str, Any] = page.evaluate(_READ)
    page.close()
    return Visit(
        name,
        "slow 3G, CPU / 4" if is_slow else "local",
        round(until_load / 1000, 1),
        round(sum(sizes) / 1000, 1),
        len(sizes),
        round(seen["html"]),
        round(seen["paint"] or 0),
        round(seen["shift"], 4),
        round(seen["longest"]),
    )


@contextmanager
def _counted(session: CDPSession) -> Iterator[list[float]]:
    """The bytes of each answer, headers among them."""
    sizes: list[float] = []
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    yield sizes


def median(visits: list[Visit]) -> Visit:
    """Of each figure."""
    told = [asdict(one) for one in visits]
    figures = {
        name: statistics.median(one[name] for one in told)
        for name, value in told[0].items()
        if isinstance(value, int | float)
    }
    return Visit(**{**told[0], **figures})


def folium_page(page: Page, address: str) -> str:
    """A plain Folium map with as many markers as the brief's day has fires, as a file."""
    import folium

    url = f"{address}/ogc/collections/hotspots/items?f=json&limit=500"
    found = page.request.get(url).json()["features"]
    world = folium.Map([13.1, 101.2], zoom_start=6, tiles=None)
    for one in found:
        lon, lat = one["geometry"]["coordinates"]
        popup = json.dumps(one["properties"], ensure_ascii=False)
        folium.CircleMarker([lat, lon], radius=3, popup=popup).add_to(world)
    html: str = world.get_root().render()
    return html


def main() -> None:
    """Prints a table, and writes it as JSON where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("address")
    asked.add_argument("--out", type=Path)
    asked.add_argument("--only", nargs="+")
    given = asked.parse_args()
    address = given.address.rstrip("/")
    rows: list[Visit] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in PAGES:
            if given.only and name not in given.only:
                continue
            visit(browser, address + path, name, is_slow=False)  # warm
            for is_slow in (False, True):
                times = 1 if is_slow else REPEATS
                found = [
                    visit(browser, address + path, name, is_slow=is_slow) for _ in range(times)
                ]
                rows.append(median(found))
                sys.stdout.write(_line(rows[-1]))
        page = browser.new_page()
        plain = folium_page(page, address)
        sys.stdout.write(
            f"plain Folium page, 500 markers: {len(plain.encode()) / 1000:.0f} KB of HTML, before"
            " what it loads from elsewhere\n"
        )
        browser.close()
    if given.out:
        given.out.write_text(json.dumps([asdict(one) for one in rows], indent=1), encoding="utf-8")


def _line(one: Visit) -> str:
    return (
        f"{one.page:20} {one.net:17} {one.kb_until_load:7.1f} KB to load {one.kb:7.1f} KB in all"
        f" {one.requests:3.0f} requests  html {one.html_ms:6.0f} ms  paint {one.paint_ms:6.0f} ms"
        f"  shift {one.shift:.4f}  longest task {one.longest_task_ms:5.0f} ms\n"
    )


if __name__ == "__main__":
    main()
