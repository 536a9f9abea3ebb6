"""The README is true: its settings, commands and pictures are those there are."""

import re
from pathlib import Path

from geo_api.cli import main
from geo_api.settings import documented

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_with_its_meaning_and_default() -> None:
    rows = [
        f"| `{setting.variable}` | {setting.description} | {setting.default or ''} |"
        for setting in documented()
    ]

    table = re.findall(r"^\| `[A-Z0-9_]+` \|.*$", README, re.MULTILINE)

    assert table == rows


def test_every_command_is_in_the_table() -> None:
    named = set(re.findall(r"^\| `fahsai ([\w-]+)", README, re.MULTILINE))

    assert named == set(main.commands)


def test_every_picture_and_local_link_is_there() -> None:
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_room_it_describes_is_there() -> None:
    rooms = re.findall(r"^(\w+)/ ", README, re.MULTILINE)

    assert [room for room in rooms if not (ROOT / room).is_dir()] == []
