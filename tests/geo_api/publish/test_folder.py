"""The published folder: whole or as it was, and the same file where nothing changed."""

from functools import partial
from pathlib import Path

import pytest

from geo_api.publish.folder import Draft, NotPublished, draft_of, write_catalogue


def written(target: Path, **files: str) -> Draft:
    """Publishes these files, whose content is their version too."""
    with draft_of(target) as draft:
        for name, text in files.items():
            draft.add(name, partial(Path.write_text, data=text), text)
        write_catalogue(draft, {})
    return draft


def test_what_is_the_same_stays_the_same_file_and_what_is_gone_goes(tmp_path: Path) -> None:
    target = tmp_path / "site"
    written(target, same="1", changed="1", gone="1")
    kept = (target / "same").stat().st_ino

    draft = written(target, same="1", changed="2")

    assert (draft.written, draft.gone) == (["changed"], ["gone"])
    assert (target / "same").stat().st_ino == kept
    assert (target / "changed").read_text() == "2"
    assert not (target / "gone").exists()


def test_of_another_version_with_the_same_content_it_is_the_same_file(tmp_path: Path) -> None:
    target = tmp_path / "site"
    written(target, one="1")
    kept = (target / "one").stat().st_ino

    with draft_of(target) as draft:
        draft.add("one", lambda place: place.write_text("1"), "later")
        write_catalogue(draft, {})

    assert draft.written == []
    assert (target / "one").stat().st_ino == kept
    with draft_of(target) as again:
        assert again.take("one", "later")
        write_catalogue(again, {})


def test_a_failure_leaves_what_stood(tmp_path: Path) -> None:
    target = tmp_path / "site"
    written(target, one="1")

    with pytest.raises(OSError, match="disk"), draft_of(target) as draft:
        draft.add_bytes("one", b"2")
        raise OSError("disk is full")

    assert (target / "one").read_text() == "1"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_made_once_for_it_may_be_the_standing_one(tmp_path: Path) -> None:
    target = tmp_path / "site"
    written(target, one="1")

    with pytest.raises(ValueError, match="one is published twice"), draft_of(target) as draft:
        assert draft.take("one", "1")
        draft.add_bytes("one", b"2")

    assert (target / "one").read_text() == "1"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")

    with pytest.raises(NotPublished, match="name an empty or a new folder"), draft_of(tmp_path):
        pass

    assert (tmp_path / "photo.jpg").exists()
