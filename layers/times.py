"""The time of Thailand, the same all year."""

from datetime import timedelta, timezone

THAI_TIME = timezone(timedelta(hours=7), "ICT")
