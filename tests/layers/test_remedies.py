"""Every reason for which a source rejects a record has words and a remedy in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.model.remedies import remedy_of

LAYERS = Path(__file__).resolve().parents[2] / "layers"


def reasons() -> Iterator[str]:
    """The first argument of each BadValue and of each Rejected that is not stored, in our code."""
    for path in sorted((*LAYERS.glob("sources/**/*.py"), *LAYERS.glob("model/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadValue":
                yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = (str(p.value) if isinstance(p, ast.Constant) else "level" for p in node.values)
        yield "".join(parts)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def test_there_are_reasons_to_look_at() -> None:
    assert len(set(reasons())) > 30


@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_has_a_remedy_of_its_own(reason: str) -> None:
    known = remedy_of(reason)

    assert known.pattern, f"layers/model/remedies.py says nothing of {reason!r}"
    assert re.search("[ก-๙]", known.reason.th)
    assert known.remedy.th != known.remedy.en


def test_the_name_of_the_column_is_in_the_words() -> None:
    assert remedy_of("frp is not a number").reason.th == "frp ไม่ใช่ตัวเลข"


def test_a_reason_of_a_plugin_is_told_as_it_is() -> None:
    assert remedy_of("quite another thing").reason.en == "quite another thing"
