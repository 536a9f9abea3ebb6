"""A reverse proxy at a port of 127.0.0.1 that publishes a service under a path, as nginx does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_HOP_BY_HOP = ("transfer-encoding", "content-length", "connection", "date", "server")


@dataclass
class Proxied:
    """`url` ends with the path; `outside` are the paths that were asked for without it."""

    url: str
    outside: list[str] = field(default_factory=list)

    @property
    def server(self) -> str:
        """The address without the path."""
        return self.url[: -len(urlsplit(self.url).path)]


@contextmanager
def proxied(address: str, prefix: str) -> Iterator[Proxied]:
    """The service at `address`, published under `prefix`."""
    found = Proxied("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(f"{prefix}/"):
                found.outside.append(self.path)
                self.send_error(404)
                return
            host = self.headers["Host"]
            connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
            size = int(self.headers.get("Content-Length") or 0)
            sent = {name: value for name, value in self.headers.items() if name != "Connection"}
            sent |= {"X-Forwarded-Host": host, "X-Forwarded-Proto": "http"}
            sent |= {"X-Forwarded-Prefix": prefix, "X-Forwarded-For": "203.0.113.9"}
            asked = self.path.removeprefix(prefix)
            connection.request(self.command, asked, self.rfile.read(size) or None, sent)
            answer = connection.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            connection.close()
            with suppress(BrokenPipeError, ConnectionResetError):  # who went away wants no more
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_OPTIONS = do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
