"""Who may see what, as written down: by route, by table and by function of the database.

A route, a right on a table or a function with its owner's rights that is not here fails
tests/test_access.py, which prints what it found; so whoever adds one says whose it is.
"""

from collections.abc import Mapping

# Of a session unless it is a key; `officer` is of Samut Sakhon (74), where one planted complaint
# is, `other` of Rayong (21), where the other is.
ROLES = (
    *("public", "officer", "other", "analyst", "national", "admin"),
    *("intake key", "read key", "work key"),
)

# What is the same for all who ask, whoever they are, and has nothing of a complaint. As an address
# of each: with the name in braces where it is asked for with another value than that of VALUES.
OPEN: Mapping[str, str] = {
    **{
        f"GET {path}": path
        for path in (
            "/",
            "/about",
            "/api/brief",
            "/api/daily-counts/air_stations",
            "/api/daily-counts/complaints",
            "/api/daily-counts/hotspots",
            "/api/eco-towns/{town}/evidence",
            "/api/eco-towns/{town}/scorecard",
            "/api/emissions",
            "/api/green-effect",
            "/api/indicators",
            "/api/rasters/{layer}",
            "/api/rasters/{layer}/legend.svg",
            "/api/rasters/{layer}/tilejson.json",
            "/api/rasters/{layer}/{day}.png",
            "/api/rasters/{layer}/{day}.tif",
            "/api/reference/{list}",
            "/api/reports/factories/{factory}",
            "/api/reports/lists/{kind}",
            "/api/reports/mind/{province}",
            "/api/reports/places/{kind}/{code}",
            "/catalog",
            "/data/{layer}/filter",
            "/districts",
            "/districts/{code}",
            "/eco-towns",
            "/eco-towns/{code}",
            "/eco-towns/{code}/scorecard",
            "/embed",
            "/emissions",
            "/factories",
            "/factories/{id}",
            "/field",
            "/field.webmanifest",
            "/green-effect",
            "/health",
            "/kpi",
            "/maps/air",
            "/maps/burning",
            "/maps/carbon",
            "/maps/complaints",
            "/maps/green",
            "/methods",
            "/ogc/",
            "/ogc/api",
            "/ogc/api.html",
            "/ogc/collections",
            "/ogc/collections/{collection}",
            "/ogc/collections/{collection}/items",
            "/ogc/collections/{collection}/items/{feature:path}",
            "/ogc/collections/{collection}/queryables",
            "/ogc/collections/{collection}/schema",
            "/ogc/collections/{collection}/schema/geojson",
            "/ogc/collections/{collection}/sortables",
            "/ogc/collections/{collection}/styles",
            "/ogc/collections/{collection}/tiles",
            "/ogc/collections/{collection}/tiles/{tile_matrix_set}",
            "/ogc/collections/{collection}/tiles/{tile_matrix_set}/{tile_matrix}/{tile_row}/{tile_col}",
            "/ogc/conformance",
            "/ogc/functions",
            "/ogc/tileMatrixSets",
            "/ogc/tileMatrixSets/{tile_matrix_set}",
            "/openapi.html",
            "/openapi.json",
            "/provinces",
            "/provinces/{code}",
            "/quarantine",
            "/s/{code}",
            "/stac",
            "/stac/{layer}",
            "/stac/{layer}/{day}",
            "/staff/sign-in",
            "/static",
            "/status",
            "/styles",
            "/styles/themes/{theme}.json",
            "/styles/{layer}.json",
            "/sw.js",
            "/tiles/{layer}/tilejson.json",
            "/tiles/{layer}/{z}/{x}/{y}.mvt",
            "/tiles/{layer}/{z}/{x}/{y}.png",
        )
    },
    "GET /api/near": "/api/near?lon=100.25&lat=13.55&layers=factories,complaints",
    "GET /api/rasters/{layer}/point": "/api/rasters/{layer}/point?lon=100.25&lat=13.55",
    "GET /api/search": "/api/search?q=case",
    "GET /api/statistics/{layer}": "/api/statistics/factories?by=province",
    "GET /export/map": "/export/map?layers=factories",
    "GET /export/map.html": "/export/map.html?layers=factories",
    "GET /search": "/search?q=case",
    "POST /api/short-links": "/api/short-links",
    "POST /staff/sign-in": "/staff/sign-in",
    "POST /staff/sign-in/link": "/staff/sign-in/link",
}
VALUES = {
    "code": "74",
    "collection": "factories",
    "day": "2026-01-05",
    "factory": "factory-1",
    "feature": "factory-1",
    "id": "factory-1",
    "kind": "province",
    "layer": "factories",
    "list": "laws",
    "province": "74",
    "theme": "burning",
    "tile_col": "50",
    "tile_matrix": "6",
    "tile_matrix_set": "WebMercatorQuad",
    "tile_row": "29",
    "town": "town-1",
    "x": "50",
    "y": "29",
    "z": "6",
}

# For each role, in the order of ROLES: the status, and of which province's complaint the answer
# tells something. Each is sent as a page of ours sends it, with the token of its session.
CLOSED: Mapping[str, tuple[str, ...]] = {
    "GET /staff/account": ("401", *("200",) * 5, *("200",) * 3),
    "POST /staff/account": ("401", *("400",) * 5, *("403",) * 3),
    "POST /staff/sign-out": ("401", *("303",) * 8),
    "GET /staff/keys": ("401", *("200",) * 5, *("403",) * 3),
    "POST /staff/keys": ("401", *("400",) * 5, *("403",) * 3),
    # A key of the officer's account: it may revoke it, and an admin any.
    "POST /staff/keys/{key}/revoke": (
        *("401", "303", "404", "404", "404", "303"),
        *("403",) * 3,
    ),
    "GET /api/staff/complaints.geojson": (
        *("401", "200 74", "200 21", "403", "200 74 21", "200 74 21"),
        *("403", "200 74", "403"),
    ),
    # Of the complaint in Samut Sakhon.
    "POST /api/staff/complaints/{complaint}/contact": (
        *("401", "200 74", "404", "404", "200 74", "200 74"),
        *("404", "404", "200 74"),
    ),
}

# Rights of the roles that the service logs in as, but to read `published`: S read, I add, U change,
# D delete, of any column. What is not here is the owner's alone.
TABLES: Mapping[str, Mapping[str, str]] = {
    "public.account": {"accounts": "SIU", "staff": "S"},
    "public.account_session": {"accounts": "SIUD"},
    "public.api_key": {"accounts": "SIU"},
    "public.checklist_choice": {"staff": "S"},
    "public.checklist_item": {"staff": "S"},
    "public.checklist_template": {"staff": "S"},
    "public.complaint": {"staff": "S"},
    "public.complaint_deadline": {"staff": "S"},
    "public.complaint_event": {"staff": "SI"},
    "public.complaint_photo": {"staff": "SI"},
    "public.complaint_text": {"staff": "S"},
    "public.complaint_transition": {"staff": "S"},
    "public.inspection": {"staff": "SI"},
    "public.inspection_answer": {"staff": "SI"},
    "public.inspection_photo": {"staff": "SI"},
    "public.inspection_revision": {"staff": "SI"},
    "public.nearness_rule": {"staff": "S"},
    "public.procedure_step": {"staff": "S"},
    "public.short_link": {"writer": "SI"},
    "public.sign_in_link": {"accounts": "SIU"},
}
# Lists that are of no case, and of no secret: rows that every member of the staff sees.
OF_ALL_STAFF = {
    "public.account",
    "public.checklist_choice",
    "public.checklist_item",
    "public.checklist_template",
    "public.complaint_deadline",
    "public.complaint_transition",
    "public.nearness_rule",
    "public.procedure_step",
}
# PostGIS's own, which all may read.
OF_POSTGIS = {"public.geography_columns", "public.geometry_columns", "public.spatial_ref_sys"}
READ_PUBLISHED = ("reader", "staff", "writer")

# Functions that do more than whoever calls them may, and who may call them.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "audit": ("accounts",),
    "audit_own": ("contacts", "staff"),
    "read_contact": ("contacts",),
    "receive_complaint": ("writer",),
    "signed_in": ("contacts", "staff"),
    "track_complaint": ("writer",),
}
