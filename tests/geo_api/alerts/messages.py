"""Messages as the outbox makes them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from layers.alerts.messages import Line, Message
from layers.model import Text

HOME = "https://fahsai.example.go.th"
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
LINE = Line(
    event=7,
    rule="fires",
    place=Text("เชียงใหม่", "Chiang Mai"),
    why=Text("มีจุดความร้อนหลายจุด (ตั้งแต่ 5 จุด)", "Fires seen by satellite (At least 5 fires)"),
    said=Text("พบจุดความร้อน 9 จุด <b>", "9 detections <b>"),
    value=9.0,
    source=Text("NASA FIRMS", "NASA FIRMS"),
    observed_at=datetime(2026, 3, 1, 6, 30, tzinfo=UTC),
    caveat=Text("เมฆบังได้", "clouds hide fires"),
    map_url=f"{HOME}/provinces/50",
    simulated=False,
)


def message(
    address: Mapping[str, str],
    lines: tuple[Line, ...] = (LINE,),
    confirm_url: str | None = None,
    token: str = TOKEN,
) -> Message:
    """To an address, of a subscriber with the token."""
    manage = f"{HOME}/alerts/{token}"
    return Message(
        id="<0123456789abcdef0123456789abcdef@fahsai.example.go.th>",
        subject="มีจุดความร้อนหลายจุด: เชียงใหม่ · Fires seen by satellite",
        opening=Text("คุณสมัครไว้", "You subscribed"),
        lines=lines,
        address=address,
        manage_url=manage,
        unsubscribe_url=f"{manage}/unsubscribe",
        confirm_url=confirm_url,
    )
