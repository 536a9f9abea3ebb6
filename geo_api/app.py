"""The application: the one file that knows every room."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from fastapi import Depends, FastAPI

from geo_api.database.connections import (
    ACCOUNTS,
    CONTACTS,
    STAFF,
    WRITER,
    Pool,
    PrivateWrites,
    Reads,
    WritePool,
    Writes,
)
from geo_api.database.logins import Logins, login_url
from geo_api.database.replicas import ReplicatedReads
from geo_api.http.basemap import basemap_router
from geo_api.http.caching.replay import ReplayMiddleware
from geo_api.http.costly_requests import Bulkhead, HangUps
from geo_api.http.dependencies import Service, know_data_versions, readable_address
from geo_api.http.errors import Problems, add_exception_handlers
from geo_api.http.forwarded import ForwardedRequests
from geo_api.http.inspections import inspections_router
from geo_api.http.metrics import Measured, RouteNames
from geo_api.http.middleware import (
    CompressedPages,
    ConcurrencyLimit,
    HeadRequests,
    Preflight,
    ResponseHeaders,
    TrailingSlashes,
)
from geo_api.http.offline import offline_router
from geo_api.http.open_data import open_routes
from geo_api.http.rate_limit import RateLimit, RouteLimits
from geo_api.http.request_limits import RequestLimits, StalledReaders
from geo_api.http.routes import routers
from geo_api.http.serving import urls_of_replicas
from geo_api.http.short_links import short_links_router
from geo_api.http.sign_in import sign_in_router
from geo_api.http.staff import staff_of_request
from geo_api.http.staff_cases import staff_cases_router
from geo_api.http.staff_keys import staff_keys_router
from geo_api.processes import end_with_parent
from geo_api.settings import Settings
from geo_api.sharing.short_links import path_of
from layers.catalog import catalog
from layers.model import Layer
from layers.reports.offline import OfflineMap
from layers.tile_layers import tile_layers
from map_site.alerts import alerts_router
from map_site.backgrounds import Background
from map_site.cite import cite_router
from map_site.data_pages import DataPages
from map_site.inspect_pages import inspect_router
from map_site.jobs_page import jobs_router
from map_site.mount import Mounted
from map_site.routes import pages, static_files
from map_site.site import Site
from map_site.staff_pages import StaffPages
from map_site.work_list import work_list_router

_MINUTE = timedelta(minutes=1)
_SHORT_LINKS_A_MINUTE = 30  # of one caller, in each worker
_SIGN_INS = (30, 10)  # of one caller, whose office others share; and for one account
_ATTEMPTS_WITHIN = timedelta(minutes=15)
# Likewise. Many telephones share the address of their network; a code has 60 bits to be guessed.
_ROUTE_LIMITS = {
    ("POST", "/report"): (30, timedelta(minutes=10)),
    ("GET", "/report/{code}"): (60, _MINUTE),
    ("POST", "/alerts"): (10, timedelta(minutes=10)),
    ("GET", "/alerts/{token}"): (60, _MINUTE),
    ("POST", "/alerts/confirm/{token}"): (30, _MINUTE),
    ("POST", "/cite"): (30, _MINUTE),
    ("GET", "/cite/{code}"): (60, _MINUTE),
}
_COSTLY_SHARE = 4  # of the connections, one in so many may be of costly requests
_PRIVATE = (STAFF, ACCOUNTS, CONTACTS)
_WRITE_CONNECTIONS = 2  # of each worker and role, made when something is first written


def create_worker_app(settings: Settings, logins: Logins) -> FastAPI:
    """The application of one worker process."""
    end_with_parent()
    reads = reads_of(settings, logins.reader)
    urls = (logins.staff, logins.accounts, logins.contacts)
    private = PrivateWrites(*(WritePool(url, _WRITE_CONNECTIONS) for url in urls))
    writes = WritePool(logins.writer, _WRITE_CONNECTIONS)
    return create_app(reads, settings, writes=writes, private=private)


def reads_of(settings: Settings, reader_url: str) -> Pool | ReplicatedReads:
    """What the public is read with: the database, or the replicas of it that the settings name.
    Raises BadSetting."""
    primary = Pool(reader_url, settings.pool_size)
    if settings.replica_url is None:
        return primary
    urls = urls_of_replicas(reader_url, settings.replica_url)
    return ReplicatedReads(primary, urls, settings.pool_size, settings.replica_lag_s)


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


def _pool_of(reads: Reads, role: str) -> WritePool:
    return WritePool(login_url(reads.url, role), _WRITE_CONNECTIONS)


def create_app(
    reads: Reads,
    settings: Settings,
    layers: Mapping[str, Layer] | None = None,
    now: Callable[[], datetime] = utc_now,
    writes: Writes | None = None,
    private: PrivateWrites | None = None,
) -> FastAPI:
    """The API and the pages over `layers`, by default the catalog; `now` gives UTC. What routes
    write goes to the database that is read, by default, which must let the other roles in as it
    does the reader."""
    app = FastAPI(
        title="Fahsai",
        description="Thailand's factories, complaints, fires and air.",
        version="0.1.0",
        redirect_slashes=False,  # TrailingSlashes of the middleware
        openapi_url=None,  # routes/openapi.py; the pages on it load scripts from elsewhere
    )
    app.openapi_version = "3.0.3"
    writes = writes or _pool_of(reads, WRITER)
    private = private or PrivateWrites(*(_pool_of(reads, role) for role in _PRIVATE))
    layers = catalog() if layers is None else layers
    data_pages = DataPages()
    service = Service(reads, writes, private, settings, layers, now, data_pages)
    service.download_processes.sweep()
    app.state.service = service
    problems = Problems(data_pages, service.is_simulated)
    add_exception_handlers(app, problems)
    _add_middleware(app, service, problems)
    for router in routers():
        app.include_router(router)
    tiles = tile_layers(settings.tile_url, settings.tile_attribution)
    site = Site(
        service.reports,
        Background(tiles, basemap=settings.basemap is not None),
        now,
        service.intake,
        settings.contact,
        partial(path_of, writes),
        staff_of_request,
        service.desk,
    )
    _add_pages(app, service, site)
    _add_staff(app, service, site)
    if settings.basemap:
        app.include_router(basemap_router(settings.basemap))
    app.mount("/static", static_files())
    return app


def _add_middleware(app: FastAPI, service: Service, problems: Problems) -> None:
    """The last one is around all the others."""
    settings = service.settings
    app.add_middleware(RouteNames)
    app.add_middleware(
        Bulkhead,
        places=max(1, settings.pool_size // _COSTLY_SHARE),
        refuse=problems.costly_overload,
    )
    app.add_middleware(HangUps)
    app.add_middleware(
        ReplayMiddleware,
        memo=service.replay_memo,
        versions=service.data_versions,
        bodies=service.body_store,
    )
    app.add_middleware(
        ConcurrencyLimit, max_requests=settings.max_requests, refuse=problems.overload
    )
    app.add_middleware(CompressedPages)
    app.add_middleware(HeadRequests)
    app.add_middleware(Preflight, routes=open_routes(routers()))
    app.add_middleware(TrailingSlashes, landings=("/", "/ogc/"))
    app.add_middleware(RequestLimits, refuse=problems.refusal)
    app.add_middleware(Measured, metrics=service.metrics)
    app.add_middleware(ResponseHeaders)
    app.add_middleware(Mounted)
    app.add_middleware(ForwardedRequests, trusted=settings.trusted_proxies)
    app.add_middleware(StalledReaders)


def _add_pages(app: FastAPI, service: Service, site: Site) -> None:
    """What everybody reads and may send."""
    now = service.now
    limits = RouteLimits({route: RateLimit(*most, now) for route, most in _ROUTE_LIMITS.items()})
    of_pages = (limits, readable_address, know_data_versions)
    app.include_router(pages(site), dependencies=[Depends(one) for one in of_pages])
    app.include_router(
        alerts_router(site, service.alerts),
        dependencies=[Depends(limits), Depends(readable_address)],
    )
    app.include_router(
        cite_router(site, service.citations),
        dependencies=[Depends(limits), Depends(readable_address)],
    )
    app.include_router(short_links_router(RateLimit(_SHORT_LINKS_A_MINUTE, _MINUTE, now)))
    app.include_router(offline_router(_render_offline))


def _add_staff(app: FastAPI, service: Service, site: Site) -> None:
    """What is behind signing in, and that itself."""
    of_staff = [Depends(readable_address)]
    app.include_router(inspections_router(), dependencies=of_staff)
    app.include_router(inspect_router(site, service.inspections), dependencies=of_staff)
    app.include_router(work_list_router(site, service.work_lists), dependencies=of_staff)
    app.include_router(jobs_router(site, service.jobs), dependencies=of_staff)
    by_caller, by_address = (RateLimit(most, _ATTEMPTS_WITHIN, service.now) for most in _SIGN_INS)
    staff_pages = StaffPages(site)
    oidc = service.settings.oidc
    app.include_router(sign_in_router(staff_pages, by_caller, by_address, oidc=oidc is not None))
    if oidc is not None:
        # With its libraries, which few services need.
        from geo_api.accounts.oidc import OidcProvider
        from geo_api.http.oidc_sign_in import oidc_router

        app.include_router(oidc_router(OidcProvider(oidc), by_caller))
    app.include_router(staff_keys_router(staff_pages))
    app.include_router(staff_cases_router())


def _render_offline(world: OfflineMap, language: str) -> str:
    # With Folium and pandas, half a second and 60 MB that no other answer needs.
    from map_site.offline import render_offline

    return render_offline(world, language)
