"""docs/alerts.md has the vocabulary of rules as it is declared."""

from pathlib import Path

from layers.alerts.rules import RULES, Rule

PAGE = Path(__file__).resolve().parents[3] / "docs" / "alerts.md"


def row(rule: Rule) -> str:
    """Of the table."""
    numbers = ", ".join(
        f"`{one.name}` " + ("/".join(one.choices) or f"{one.lowest}–{one.highest}")
        for one in rule.parameters
    )
    rearm = f"at most {rule.rearm_share:g} × threshold" if rule.rearm_share else "0"
    nothing = "" if rule.nothing_is_zero else "; no data leaves it"
    again = f"{rule.again_after.days} d" if rule.again_after else "never"
    cells = (f"`{rule.name}`", rule.audience, numbers, ", ".join(rule.places))
    return "| " + " | ".join((*cells, rearm + nothing, again, ", ".join(rule.views))) + " |"


def test_the_table_says_what_is_declared() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]

    assert rows == [row(rule) for rule in RULES.values()]
