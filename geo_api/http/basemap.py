"""/basemap.pmtiles: the basemap that is configured, of which pages' browsers ask for parts."""

from pathlib import Path

from fastapi import APIRouter, Request, Response

from geo_api.http.file_responses import file_response

_MEDIA_TYPE = "application/vnd.pmtiles"


def basemap_router(archive: Path) -> APIRouter:
    """Serves the file, whole or in ranges. It belongs to the pages, not to the API."""
    router = APIRouter(include_in_schema=False)

    @router.get("/basemap.pmtiles")
    def basemap(request: Request) -> Response:
        headers = {"ETag": _etag(archive), "Cache-Control": "public, max-age=3600"}
        return file_response(request, archive, headers, _MEDIA_TYPE)

    return router


def _etag(path: Path) -> str:
    found = path.stat()
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
