"""`fahsai backup` and `fahsai restore` as tests run them: in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo_api.backup.commands import backup_commands
from geo_api.command_errors import OneLineErrors

Fahsai = Callable[..., str]


@pytest.fixture
def fahsai(monkeypatch: pytest.MonkeyPatch) -> Fahsai:
    """`fahsai(home, "backup", DIR, VARIABLE=value)`: all that it says, `Error:` if it fails."""
    said: list[str] = []
    main = OneLineErrors("fahsai")
    for command in backup_commands(said.append):
        main.add_command(command)

    def run(home: Path, *words: str | Path, **variables: str) -> str:
        said.clear()
        with monkeypatch.context() as environment:
            for name, value in {"FAHSAI_HOME": str(home), **variables}.items():
                environment.setenv(name, value)
            result = CliRunner().invoke(main, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert (result.exit_code != 0) == ("Error:" in result.output)
        return "\n".join([*said, result.output])

    return run
