"""Guards that can be taken out: every refusal of the rules, found in their source."""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType

from docctl.rules import access, guards, standing, steps
from docctl.rules.access import changes, signers
from docctl.rules.guards import documents, form, founding, joint, moves, signer
from docctl.rules.records import guards as kept
from docctl.rules.records.guards import (
    blanks,
    capturing,
    certifying,
    custody,
    disposing,
    holding,
    keeping,
    persons,
    records,
    requesting,
    reviewing,
)
from docctl.rules.steps import case, drafting, proposing, releasing, voting

MODULES = (
    access, changes, signers, guards, documents, form, founding, joint, moves, signer,
    steps, case, drafting, proposing, releasing, voting, standing,
)  # fmt: skip

KEPT_MODULES = (
    kept, blanks, capturing, certifying, custody, disposing, holding, keeping, persons, records,
    requesting, reviewing,
)  # fmt: skip


@dataclass(frozen=True)
class Guard:
    """A `raise` in a function of the rules."""

    module: str
    function: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.module.removeprefix('docctl.rules.')}:{self.function}:{self.says}"

    def taken_out(self) -> tuple[FunctionType, CodeType]:
        """Return the function, and its code as it is without the guard."""
        module = sys.modules[self.module]
        tree = _Without(self.line).visit(ast.parse(inspect.getsource(module)))
        whole = compile(ast.fix_missing_locations(tree), module.__file__ or "", "exec")
        (code,) = [one for one in _codes(whole) if one.co_name == self.function]
        return getattr(module, self.function), code


class _Without(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def every_guard(modules: Iterable[ModuleType]) -> Iterator[Guard]:
    for module in modules:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Raise):
                        error = ast.unparse(inner.exc).partition("(")[0] if inner.exc else ""
                        yield Guard(module.__name__, node.name, inner.lineno, error)


#: Every refusal of guards, steps and ACCESS; those of one function are told apart by their line.
GUARDS = tuple(every_guard(MODULES))

#: Every refusal of the rules of records, holds and disposals.
KEPT = tuple(every_guard(KEPT_MODULES))
