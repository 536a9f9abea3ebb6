"""Answers known again: few enough to remember, however long what is asked."""

from geo_api.http.caching.recent_requests import Known, Recent

KNOWN = Known(views=(), tag="", etag="", key="", headers=[])


def test_the_oldest_is_forgotten_and_the_long_is_never_remembered() -> None:
    recent = Recent()
    short, long = ("http", "/", b"a=1"), ("http", "/", b"filter=" + b"x" * 20_000)

    recent.keep(short, KNOWN)
    recent.keep(long, KNOWN)

    assert recent.get(short) is KNOWN
    assert recent.get(long) is None
