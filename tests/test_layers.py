"""Imports run one way: cli → engine → display → release → parts → estimators, inputs → study."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import finsam_report

PACKAGE = Path(finsam_report.__file__).parent
LAYERS = {
    "cli": 9, "engine": 8, "display": 7, "release": 6, "parts": 5, "inputs": 4, "study": 3,
    "study_deviations": 2.8, "study_plan": 2.7, "study_trial": 2.5, "study_evaluation": 2.4,
    "study_calendar": 2.3, "study_costs": 2.2, "study_municipality": 2.1, "study_file": 2,
    "study_other": 2, "study_about": 1.5, "study_questions": 1.5, "study_release": 1.5,
    "published": 1.5, "study_pieces": 1, "problems": 1,
    "estimators": 0, "errors": 0, "places": 0, "__init__": 0,
}  # fmt: skip
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> set[str]:
    """The modules of the package that a module imports, with "" for the package itself."""
    out = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import hides where it goes"
            names = [node.module or ""]
            if node.module == "finsam_report":
                names = [f"finsam_report.{alias.name}" for alias in node.names]
        for name in names:
            head, _, rest = name.partition(".")
            if head == "finsam_report":
                out.add(rest.split(".")[0])
    return out


def test_every_module_has_a_layer() -> None:
    assert {layer(module) for module in MODULES} == set(LAYERS)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(PACKAGE).as_posix())
def test_imports_run_down_only(module: Path) -> None:
    mine = layer(module)
    for name in imported(module) - {"__version__", "__doc__"}:
        assert name == mine or LAYERS[name] < LAYERS[mine], f"{mine} imports {name}"


@pytest.mark.parametrize(
    "module", [m for m in MODULES if layer(m) == "estimators"], ids=lambda m: m.name
)
def test_estimators_know_nothing_of_the_package(module: Path) -> None:
    assert imported(module) <= {"estimators"}


@pytest.mark.parametrize(
    "module", [m for m in MODULES if layer(m) == "display"], ids=lambda m: m.name
)
def test_display_sees_no_unreleased_number(module: Path) -> None:
    """Neither the analysis nor the estimators; the tables only to hand them to the door."""
    assert not imported(module) & {"parts", "estimators"}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(PACKAGE).as_posix())
def test_only_the_door_makes_released_estimates(module: Path) -> None:
    if layer(module) == "release":
        return
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            assert name != "Released"
        if isinstance(node, ast.Name | ast.Attribute):
            assert getattr(node, "id", getattr(node, "attr", "")) != "_DOOR"
