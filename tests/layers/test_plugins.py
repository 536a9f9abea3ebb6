"""Modules of plugins are found beside ours, each name once."""

import sys
from pathlib import Path

import pytest

from layers.plugins import VARIABLE, DuplicateModule, extend, folders, modules


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of a package `sweets` with a module of its own, extended by two plugins."""
    monkeypatch.syspath_prepend(tmp_path / "ours")
    for folder, name in (("ours", "khanom_tan"), ("one", "bua_loi"), ("two", "lot_chong")):
        (tmp_path / folder / "sweets").mkdir(parents=True)
        (tmp_path / folder / "sweets" / f"{name}.py").write_text(f"NAME = '{name}'")
    (tmp_path / "ours" / "sweets" / "__init__.py").write_text(
        "from layers.plugins import extend\nextend(__path__, __name__)"
    )
    monkeypatch.setenv(VARIABLE, f"{tmp_path / 'one'}:{tmp_path / 'two'}")
    monkeypatch.delitem(sys.modules, "sweets", raising=False)
    path = [str(tmp_path / "ours" / "sweets")]
    extend(path, "sweets")
    return path


def test_modules_of_plugins_are_found_beside_ours_in_the_order_of_names(package: list[str]) -> None:
    assert [module.NAME for module in modules(package, "sweets")] == [
        *("bua_loi", "khanom_tan", "lot_chong"),
    ]


def test_a_name_that_is_there_already_is_refused_and_hides_nothing(
    package: list[str], tmp_path: Path
) -> None:
    (tmp_path / "two" / "sweets" / "khanom_tan.py").write_text("NAME = 'another'")

    with pytest.raises(DuplicateModule, match=r"sweets\.khanom_tan is both in .* another name"):
        list(modules(package, "sweets"))


def test_a_plugin_need_not_have_every_folder(package: list[str], tmp_path: Path) -> None:
    (tmp_path / "one" / "migrations" / "versions").mkdir(parents=True)

    assert folders("migrations", "versions") == [str(tmp_path / "one" / "migrations" / "versions")]
    assert folders("layers", "catalog") == []
