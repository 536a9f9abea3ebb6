"""The encoding of text without a word about it: UTF-8, UTF-16, or the Thai code page."""

import codecs
import re

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# High bytes of UTF-16 in Thai and Latin text.
_HIGH = (b"\x00", b"\x0e")
_MOSTLY = 0.9
# Thai, Latin letters and signs, punctuation, and the mark of UTF-8.
_EXPECTED = re.compile("[\u00a0-\u017f\u0e01-\u0e5b\u2000-\u20bf\ufeff\U0001f000-\U0001faff]")
_THREE_BYTES = "\u0800"


def encoding_of(head: bytes, cut_off: bool) -> str:
    """That of the text which begins so; `cut_off` where the last character may be half there.

    UTF-8, or the Thai code page (TIS-620 is a part of it) that older spreadsheets save in:
    whichever most of what is not ASCII fits, so that a spoilt byte or two do not turn every name
    into gibberish. Some Thai of the code page is UTF-8 too, but of letters that no file has.
    """
    wide = wide_encoding(head)
    if wide:
        return wide
    text = head.decode("utf-8", "ignore")
    lost = len(head) - len(text.encode()) - (3 if cut_off else 0)
    foreign = [character for character in text if not character.isascii()]
    expected = sum(len(c.encode()) for c in foreign if _EXPECTED.match(c))
    unexpected = sum(len(c.encode()) for c in foreign) - expected
    if lost <= 0 and any(character >= _THREE_BYTES for character in foreign):
        return "utf-8-sig"
    return "cp874" if max(lost, 0) + unexpected > expected else "utf-8-sig"


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by where the zeros are; None for other text."""
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            return encoding
    if len(head) < 4 or b"\0" not in head:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[first::2], head[1 - first :: 2]
        fitting = sum(high.count(byte) for byte in _HIGH)
        if fitting > _MOSTLY * len(high) and low.count(b"\0") < len(low) / 10:
            return encoding
    return None
