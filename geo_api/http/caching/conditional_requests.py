"""Whether a caller has already what would be sent (RFC 9110, section 13.1.2)."""

from fastapi import Request


def holds(request: Request, etag: str) -> bool:
    """Whether the caller says so."""
    return matches(request.headers.get("if-none-match", ""), etag)


def matches(asked: str, etag: str) -> bool:
    """Whether `asked`, the value of an If-None-Match, names the tag; compared weakly."""
    return bool(asked) and (
        asked.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in asked.split(","))
    )
