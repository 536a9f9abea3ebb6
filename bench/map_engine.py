"""How smooth the map is in a browser: longest tasks and times to a drawing, on a service that runs.

    python -m bench.map_engine http://127.0.0.1:8000 [--seconds 20] [--from DAY] [--to DAY]

Headless Chromium pans, zooms and plays days over the hotspots of the service, which must serve the
demo world; the figures are printed as JSON.
"""

import argparse
import json
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from layers.catalog import layer_named
from layers.draw import country_map, draw

CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--enable-precise-memory-info")
BANGKOK = timezone(timedelta(hours=7))
_WATCH = """
    window.tasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) => tasks.push(one.duration)))
        .observe({ type: "longtask", buffered: false });
"""
_CHANGES = """async ([periods]) => {
    const taken = [];
    for (const period of periods) {
        const began = performance.now();
        const drawn = new Promise((resolve) => layer.once("drawn", resolve));
        layer.setPeriod(period);
        await drawn;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        taken.push(performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return taken;
}"""
_PAN = """async ([map, steps]) => {
    const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (let i = 0; i < steps; i++) {
        map.panBy([(i % 4 < 2 ? 1 : -1) * 220, (i % 2 ? 1 : -1) * 160], { duration: 0.15 });
        await rest(300);
        if (i % 5 === 4) { map.setZoom([6, 7, 8, 9, 10][(i / 5 | 0) % 5]); await rest(600); }
    }
}"""


def measure(
    page: Page, browser: Browser, url: str, first: datetime, last: datetime, seconds: float
) -> dict[str, Any]:
    world = country_map("/static")
    drawn = draw(layer_named("hotspots"), "/ogc/collections/hotspots/tiles/WebMercatorQuad")
    drawn.add_to(world)
    html = world.get_root().render()
    page.route("**/engine.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{url}/engine.html")
    page.evaluate(f"window.layer = {drawn.get_name()}; window.world = {world.get_name()}")
    page.wait_for_function("() => layer._drawn")
    every = page.evaluate("layer.countsInView().count")
    session = page.context.new_cdp_session(page)
    before = _heap(session)
    # As Chromium's own tools write it: each task with the time that the processor gave it.
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    page.evaluate(_WATCH)
    whole = _changes(page, [_span(first, last), _span(first, last - timedelta(days=1))] * 3)
    days = [_span(day, day + timedelta(days=7)) for day in _days(first, last - timedelta(days=7))]
    played = _changes(page, days[: int(seconds * 3)])
    again = _changes(page, days[: int(seconds * 3)])
    page.evaluate(_CHANGES, [[_span(first, last)]])
    count = page.evaluate("layer.countsInView().count")
    for _ in range(max(1, int(seconds / 10))):
        page.evaluate(_PAN.replace("[map, steps]", "[steps]").replace("map.", "world."), [25])
    processor = _processor_ms(browser)
    return {
        "longest tasks, ms of the processor": processor,
        "hotspots in view of all times": every,
        "hotspots of the period": count,
        "season changed to drawn, ms": [round(ms) for ms in whole],
        "a week played by days, ms": _told(played),
        "the same again, ms": _told(again),
        "longest task, ms": round(max(page.evaluate("tasks"), default=0)),
        "tasks over 50 ms": page.evaluate("tasks.length"),
        "heap before, after, MB": [before, _heap(session)],
    }


def _changes(page: Page, periods: list[list[float]]) -> list[float]:
    taken: list[float] = page.evaluate(_CHANGES, [periods])
    return taken


def _told(taken: list[float]) -> dict[str, int]:
    ordered = sorted(taken)
    return {"p50": round(ordered[len(ordered) // 2]), "max": round(ordered[-1]), "n": len(ordered)}


def _processor_ms(browser: Browser) -> list[int]:
    """The five longest tasks of the page's main thread, without the waits of a busy machine."""
    events = json.loads(browser.stop_tracing())["traceEvents"]
    pages = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        one["tdur"] / 1000
        for one in events
        if one.get("tdur") and (one["pid"], one["tid"]) in pages and "RunTask" in one["name"]
    ]
    return [round(ms) for ms in sorted(tasks)[-5:]]


def _heap(session: CDPSession) -> int:
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return round(used / 1e6)


def _span(start: datetime, end: datetime) -> list[float]:
    return [start.timestamp() * 1000, end.timestamp() * 1000]


def _days(first: datetime, last: datetime) -> list[datetime]:
    return [first + timedelta(days=n) for n in range((last - first).days)]


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(hour=8, tzinfo=BANGKOK)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--from", dest="first", type=_day, default=_day("2025-12-01"))
    parser.add_argument("--to", dest="last", type=_day, default=_day("2026-03-02"))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        found = measure(page, browser, given.url, given.first, given.last, given.seconds)
        browser.close()
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
