"""Pictures as people send them."""

from io import BytesIO
from typing import Any

from PIL import Image

# A telephone's EXIF: its maker, and where it stood.
MAKER, GPS = 0x010F, 0x8825


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), color: str = "red", **more: Any
) -> bytes:
    """A file of one colour."""
    made = BytesIO()
    Image.new(more.pop("mode", "RGB"), size, color).save(made, kind, **more)
    return made.getvalue()


def telephone_picture(orientation: int = 6, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG that says who made it where, and which way is up: its left half is red."""
    exif = Image.Exif()
    exif[MAKER] = "SecretPhone"
    exif[0x0112] = orientation
    exif[GPS] = {1: "N", 2: (13.0, 45.0, 12.0), 3: "E", 4: (100.0, 30.0, 6.0)}
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    made = BytesIO()
    drawn.save(made, "JPEG", exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile")
    return made.getvalue()
