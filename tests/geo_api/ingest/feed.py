"""A feed on this machine that answers as it is told to, well or badly."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """`promised` is the length announced where it is not that of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None
    silent_s: float = 0


@dataclass
class Feed:
    """`answers` are given one after another, the last one for ever; `asked` keeps the requests,
    with their headers in lower case."""

    url: str = ""
    answers: Sequence[Answer] = ()
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def will_answer(self, *answers: Answer) -> None:
        self.answers, self.asked = answers, []


@contextmanager
def serving() -> Iterator[Feed]:
    """A feed that stands until the block ends."""
    feed = Feed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            feed.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = feed.answers[min(len(feed.asked), len(feed.answers)) - 1]
            feed.closing.wait(answer.silent_s)
            with suppress(ConnectionError):
                self._give(answer)

        def _give(self, answer: Answer) -> None:
            self.send_response(answer.status)
            length = len(answer.body) if answer.promised is None else answer.promised
            for name, value in {"Content-Length": str(length), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: what was asked is in `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    feed.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield feed
    finally:
        feed.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
