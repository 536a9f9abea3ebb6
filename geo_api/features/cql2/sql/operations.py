"""Operations: what a filter may apply, to how many operands and of which kinds."""

from collections.abc import Callable
from dataclasses import dataclass

from psycopg2.sql import Composable

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.ast import Call, wrong
from geo_api.features.cql2.sql.operands import Operand
from layers.model import Text


@dataclass(frozen=True)
class Argument:
    """One operand: the kinds it may be of, and its name for readers."""

    kinds: frozenset[ValueKind]
    title: str = ""


@dataclass(frozen=True)
class Operation:
    """`make` gives the SQL, or the whole operand, of operands that are as `takes` says; the last of
    them repeat where `repeats`. Functions of our own have a description."""

    name: str
    takes: tuple[Argument, ...]
    gives: ValueKind
    make: Callable[..., Composable | Operand]
    description: Text | None = None
    repeats: bool = False
    cost: int = 1

    def apply(self, call: Call, operands: list[Operand]) -> Operand:
        """Raises BadQuery where there are too many operands or few, or of the wrong kinds."""
        if len(operands) < len(self.takes) or not (
            self.repeats or len(operands) == len(self.takes)
        ):
            raise wrong(call.place, f"{self.signature}, got {len(operands)} operands")
        for index, operand in enumerate(operands):
            argument = self.takes[min(index, len(self.takes) - 1)]
            if operand.kind not in argument.kinds:
                raise wrong(
                    operand.place,
                    f"{self.signature}, but {operand.about} is of the kind {operand.kind}",
                )
        made = self.make(*operands)
        if isinstance(made, Operand):
            return made
        return Operand(made, self.gives, call.place, f"{self.name}(…)")

    @property
    def signature(self) -> str:
        """For messages."""
        told = ", ".join(a.title or " or ".join(sorted(a.kinds)) for a in self.takes)
        return f"{self.name} takes ({told}{', …' if self.repeats else ''})"


def taking(*kinds: ValueKind, title: str = "") -> Argument:
    """One operand of one of the kinds."""
    return Argument(frozenset(kinds), title)


def by_name(*operations: Operation) -> dict[str, Operation]:
    """For looking them up."""
    return {operation.name: operation for operation in operations}
