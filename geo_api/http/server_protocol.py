"""What one connection may send and how long it may take: the server's protocol, with limits.

uvicorn and httptools have none of their own. What has come whole is judged by
`geo_api.http.request_limits`; here is cut off what does not end.
"""

import json
import socket
from asyncio import TimerHandle, Transport
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from geo_api.http.request_ids import REQUEST_ID_HEADER, new_request_id
from geo_api.http.request_limits import (
    MAX_BODY_BYTES,
    MAX_HEADERS_BYTES,
    MAX_URL_BYTES,
    TOO_LONG_HEADERS,
    TOO_LONG_URL,
    max_body_bytes,
)

# For a request to come, its body included; one with photos has as long again whenever it brought so
# many bytes meanwhile: 4 KB/s, which a telephone in the country has.
REQUEST_S = 30
_PROGRESS_BYTES = 4_096 * 30
# For a client to take anything of what it is sent, by TCP's own account: also what is still in the
# buffers when the application has given all of it.
UNREAD_S = 30


class LimitedProtocol(HttpToolsProtocol):
    """As uvicorn's; an answer of ours is a problem document."""

    url = b""
    _arriving = False
    _in_head = False
    _received = 0
    _received_before = 0
    _most_bytes = MAX_BODY_BYTES
    _deadline: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        taken = transport.get_extra_info("socket")
        if taken is not None and taken.family in (socket.AF_INET, socket.AF_INET6):
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_S * 1000)
        self._deadline = self.loop.call_later(REQUEST_S, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self._in_head:
            if self._received > MAX_URL_BYTES + MAX_HEADERS_BYTES:
                self._refuse_head()
        # Chunks and what follows them have lengths of their own.
        elif self._arriving and self._received > 2 * self._most_bytes:
            self.transport.close()
        if not self._arriving:
            self._cancel_deadline()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_S, self._late)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._arriving = self._in_head = True
        self._received = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # trailers mean nothing to us
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._received = self._received_before = 0
        path = self.url.partition(b"?")[0].decode("ascii", "replace")
        self._most_bytes = max_body_bytes(path)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._arriving = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        # httptools takes an address of more than 65,535 bytes for none at all.
        if len(self.url) > MAX_URL_BYTES:
            self._refuse_head()
        else:
            self._answer(HTTPStatus.BAD_REQUEST, "this is no HTTP/1.1 request; see RFC 9112")

    def _refuse_head(self) -> None:
        if len(self.url) > MAX_URL_BYTES:
            self._answer(HTTPStatus.REQUEST_URI_TOO_LONG, TOO_LONG_URL)
        else:
            self._answer(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, TOO_LONG_HEADERS)

    def _answer(self, status: HTTPStatus, detail: str) -> None:
        """Behind the answer to what was asked before there is no room for another."""
        if self.cycle is None or self.cycle.response_complete:
            request_id = new_request_id()
            problem = {"type": "about:blank", "title": status.phrase, "status": status}
            body = json.dumps({**problem, "detail": detail, "request_id": request_id}).encode()
            head = f"content-type: application/problem+json\r\ncontent-length: {len(body)}\r\n"
            head += f"{REQUEST_ID_HEADER.lower()}: {request_id}\r\n"
            head += "x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()

    def _late(self) -> None:
        self._deadline = None
        if self.flow.read_paused or self._brings_photos():  # paused: it is we who do not read
            self._deadline = self.loop.call_later(REQUEST_S, self._late)
        elif not self.transport.is_closing():
            self._answer(HTTPStatus.REQUEST_TIMEOUT, f"a request has {REQUEST_S} s to come")

    def _brings_photos(self) -> bool:
        """Whether it is an upload, and goes on."""
        brought = self._received - self._received_before
        self._received_before = self._received
        is_upload = not self._in_head and self._most_bytes > MAX_BODY_BYTES
        return is_upload and brought >= _PROGRESS_BYTES

    def _cancel_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
