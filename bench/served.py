"""Our application as the benchmark serves it: as usual, and so that every answer is made anew."""

from uuid import uuid4

from fastapi import FastAPI, Response
from starlette.concurrency import run_in_threadpool

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.exports.file_store import FileSlot, FileStore
from geo_api.http.caching.store import BodyStore, MakeBody
from geo_api.settings import from_environment


class _Forgetful(BodyStore):
    """Whoever asks gets a body made for nobody else."""

    async def get_or_make(self, key: str, make: MakeBody, *, keep: bool) -> bytes:
        return await run_in_threadpool(make)

    def get(self, key: str) -> bytes | None:
        return None


class _Unread(FileStore):
    """Keeps every download as it is made, and never finds it again."""

    def slot(self, url: str, version: str) -> FileSlot:
        return super().slot(url, f"{version} {uuid4()}")


def kept() -> FastAPI:
    """As usual, and a body of as many bytes as the path says, to measure the server alone by."""
    settings = from_environment()
    if not settings.database_url:
        raise RuntimeError("the benchmark names its database in FAHSAI_DATABASE_URL")
    app = create_app(Pool(login_url(settings.database_url, READER), settings.pool_size), settings)

    async def fixed(size: int) -> Response:
        return Response(b"x" * size, media_type="application/octet-stream")

    app.add_api_route("/fixed/{size}", fixed)
    # Routes are tried in turn: it shall not wait for all the others.
    app.router.routes.insert(0, app.router.routes.pop())
    return app


def fresh() -> FastAPI:
    """Every answer is made when it is asked for, as if nobody had asked before."""
    app = kept()
    forget(app)
    return app


def forget(app: FastAPI) -> None:
    """Lets an application keep no answer, and share none among those who ask at once."""
    service = app.state.service
    # The service is frozen, and rightly so: no setting does this.
    object.__setattr__(service, "body_store", _Forgetful(service.settings.home / "cache"))
    object.__setattr__(service, "file_store", _Unread(service.settings.home / "unread-downloads"))
