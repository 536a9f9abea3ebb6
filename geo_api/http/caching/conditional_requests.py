"""Whether a caller has already what would be sent (RFC 9110, section 13.1.2)."""


def if_none_match(header: str, etag: str) -> bool:
    """Whether the value of an If-None-Match names the tag; compared weakly."""
    return bool(header) and (
        header.strip() == "*"
        or etag in (tag.strip().removeprefix("W/") for tag in header.split(","))
    )
