"""Two builds that differ: the file, the element and the row of the ledger are named."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from compare_outputs import differences, main

LEDGER = "part,analysis,outcome,group,horizon,estimator,estimate\nsurvey,itt,hope,all,6,lin,{}\n"
FILES = {
    "results.csv": LEDGER.format("0.5"),
    "report.en.html": '<h2>Effects</h2><p id="tbl-one">Hope rose by 0.5.</p>',
    "manifest.json": '{"inputs": {"a.csv": "12"}, "seed": 1}',
    "figures/fig-one.svg": '<svg><g id="axes"><path d="M0 0L1 1"/></g></svg>',
}


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "two"):
        (tmp_path / name / "figures").mkdir(parents=True)
        for file, text in FILES.items():
            (tmp_path / name / file).write_text(text, "utf-8")
    return tmp_path / "one", tmp_path / "two"


def test_equal_directories_are_called_so(both: tuple[Path, Path]) -> None:
    assert differences(*both) == []
    assert main([str(place) for place in both]) == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("results.csv", "0.5", "0.4",
         "results.csv: row 2 (survey; itt; hope; all; 6; lin), column estimate: 0.5 and 0.4"),
        ("report.en.html", "0.5", "0.4",
         "report.en.html: after the element 'tbl-one', under the heading 'Effects': "),
        ("manifest.json", '"12"', '"13"', "manifest.json: /inputs/a.csv: 12 and 13"),
        ("figures/fig-one.svg", "L1", "L2", "figures/fig-one.svg: after the element 'axes': "),
    ],
)  # fmt: skip
def test_what_differs_is_named(
    both: tuple[Path, Path], file: str, old: str, new: str, told: str
) -> None:
    path = both[1] / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    found = differences(*both)
    assert len(found) == 1
    assert found[0].startswith(told)
    assert main([str(place) for place in both]) == 1


def test_the_ledger_is_told_first_and_a_missing_file_by_its_side(both: tuple[Path, Path]) -> None:
    for file in FILES:
        path = both[1] / file
        path.write_text(path.read_text("utf-8").replace("0.5", "0.4"), "utf-8")
    (both[0] / "figures/fig-one.svg").unlink()
    found = differences(*both)
    assert found[0].startswith("results.csv")
    assert "figures/fig-one.svg: only in the second directory" in found


def test_of_a_pdf_the_page_is_named(both: tuple[Path, Path]) -> None:
    for place, word in zip(both, ("rose", "fell"), strict=True):
        made = typst.compile(f"One. #pagebreak() Hope {word}.".encode(), format="pdf")
        (place / "report.en.pdf").write_bytes(made)
    assert differences(*both)[0].startswith("report.en.pdf: page 2: ")


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2
