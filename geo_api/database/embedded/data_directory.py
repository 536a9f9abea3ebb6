"""In which folder, and as which user, the embedded PostgreSQL runs."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo_api.database.embedded.installation import ClusterError

OUT_OF_HOME = Path("/var/lib/fahsai")


@dataclass(frozen=True)
class Account:
    """The user PostgreSQL runs as: never root, which it refuses."""

    uid: int
    gid: int


def claim(home: Path, say: Callable[[str], None]) -> tuple[Path, Account]:
    """The server's folder, made if need be, and the account that owns it.

    It is `home/postgres`. Root's server runs as another user; where that one cannot reach the home
    (/root is closed to it), `home/postgres` is a link into /var/lib/fahsai. Raises ClusterError.
    """
    folder = home / "postgres"
    if folder.is_symlink() and not folder.exists():
        raise ClusterError(
            f"{folder} points to {folder.readlink()}, which is gone: put it back, "
            "or delete the link to begin with an empty database"
        )
    account = _account(folder)
    if not folder.exists() and not _can_reach(account, home):
        _link_out_of_home(folder, account, say)
    close_to_others(folder.resolve(), account)
    return folder.resolve(), account


def close_to_others(folder: Path, account: Account) -> None:
    """Make `folder` if need be; only the account and root get in. Raises ClusterError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.lstat().st_uid == 0:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    if folder.is_symlink() or folder.stat().st_uid != account.uid:
        raise ClusterError(
            f"{folder} belongs to another user: run fahsai as that user or as root, "
            "or set FAHSAI_HOME to another folder"
        )
    folder.chmod(0o700)


def digest(path: Path) -> str:
    """A short name for a path, for where the path itself would not fit."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def run_as(
    account: Account, command: Sequence[str | Path], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, in `folder`, out of reach of the terminal's Ctrl-C.

    Only root can, and must, change the user. The caller's PG* variables stay behind.
    """
    root = os.geteuid() == 0
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        user=account.uid if root else None,
        group=account.gid if root else None,
        extra_groups=[] if root else None,
    )


def _account(folder: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if folder.exists() and folder.stat().st_uid != 0:
        return Account(folder.stat().st_uid, folder.stat().st_gid)
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users.get("nobody")
    if user is None:
        raise ClusterError(
            "PostgreSQL refuses to run as root: add a user, `adduser --system postgres`"
        )
    return Account(user.pw_uid, user.pw_gid)


def _can_reach(account: Account, home: Path) -> bool:
    return run_as(account, ["test", "-x", home], Path("/")).returncode == 0


def _link_out_of_home(folder: Path, account: Account, say: Callable[[str], None]) -> None:
    OUT_OF_HOME.mkdir(parents=True, exist_ok=True)
    target = OUT_OF_HOME / digest(folder)
    if target.exists():
        _set_aside(target, say)
    close_to_others(target, account)
    folder.symlink_to(target)
    say(f"The database is in {target}, where the user that runs PostgreSQL can reach it.")


def _set_aside(target: Path, say: Callable[[str], None]) -> None:
    """What a deleted home left behind is kept once: the home may have gone by mistake."""
    kept = target.with_suffix(".old")
    shutil.rmtree(kept, ignore_errors=True)
    target.rename(kept)
    say(f"The home was deleted; its former database is kept in {kept}.")
