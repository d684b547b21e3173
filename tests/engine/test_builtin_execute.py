"""How cells run, and how their failures are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from finsam_report.engine.builtin.execute import execute
from finsam_report.engine.builtin.pieces import Cell
from finsam_report.engine.builtin.reader import read_document
from finsam_report.engine.job import DocumentError, RenderJob

Make = Callable[..., RenderJob]

MARKDOWN = """```{python}
#| include: false
class Shown:
    def __init__(self, text):
        self.text = text
    def _repr_mimebundle_(self, **_):
        return {"text/markdown": self.text}
```

"""


def run(job: RenderJob) -> dict[int, list[str]]:
    return execute(read_document(job), job, lambda _: None)


def refused(job: RenderJob) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        run(job)
    return caught.value


def test_a_failing_cell_names_document_line_and_exception(document: Make) -> None:
    error = refused(
        document(
            "{{< include _a.qmd >}}\n",
            _a=(
                "text\n\n```{python}\n#| label: x\ny = 0\ndef f():\n    return 1 / y\n\nf()\n```\n"
            ),
        )
    )
    assert str(error) == (
        "report/en/_a.qmd, line 9: cell failed: ZeroDivisionError: division by zero"
    )


def test_a_syntax_error_names_its_line(document: Make) -> None:
    error = refused(document("```{python}\nx = 1\ny = (\n```\n"))
    assert error.line == 3
    assert "SyntaxError" in error.message


def test_only_the_first_line_of_an_exception_is_told(document: Make) -> None:
    error = refused(document("```{python}\nraise ValueError('bad row\\n191212121212 x')\n```\n"))
    assert error.message == "cell failed: ValueError: bad row"


def test_a_failing_inline_expression_names_its_line(document: Make) -> None:
    error = refused(
        document("Fine `{python} 'x'`\n\nand `{python} 1 + 1` then `{python} nosuch`\n")
    )
    assert str(error) == (
        "report/en/report.qmd, line 3: inline expression failed: "
        "NameError: name 'nosuch' is not defined"
    )


def test_an_inline_expression_must_give_text(document: Make) -> None:
    error = refused(
        document("```{python}\nimport numpy as np\n```\n\nx `{python} np.float64(3)`\n")
    )
    assert error.line == 5
    assert "gives a float64, not text" in error.message


def test_inline_values_are_plain_text_and_markdown_stays(document: Make) -> None:
    results = run(
        document(MARKDOWN + "a `{python} 'x*y*'` `{python} 12` `{python} Shown('*z*')`\n")
    )
    assert results[max(results)] == [r"x\*y\*", "12", "*z*"]


def test_a_result_that_is_not_markdown_is_refused(document: Make) -> None:
    error = refused(document("```{python}\n3\n```\n"))
    assert error.line == 1
    assert "text/plain" in error.message


def test_a_hidden_result_may_be_anything(document: Make) -> None:
    assert run(document("```{python}\n#| output: false\n3\n```\n")) == {0: []}


def test_what_a_cell_prints_stays_out(document: Make) -> None:
    results = run(
        document(
            MARKDOWN + "```{python}\nimport sys, warnings\nprint('secret')\n"
            "sys.stderr.write('secret')\nwarnings.warn('secret')\n"
            "Shown('shown')\n```\n"
        )
    )
    assert list(results.values())[-1] == ["shown"]


def test_a_dead_kernel_is_told_at_its_cell(document: Make) -> None:
    error = refused(document("x\n\n```{python}\nimport os\nos._exit(9)\n```\n"))
    assert error.line == 3
    assert "memory" in error.message


def test_the_environment_is_fixed_and_private(document: Make, tmp_path: Path) -> None:
    job = document(
        MARKDOWN + "```{python}\nimport os, sys\n"
        "names = 'PYTHONHASHSEED OMP_NUM_THREADS TZ LC_ALL MPLBACKEND FINSAM_STUDY FINSAM_OUTPUT'\n"
        "Shown('|'.join([*(os.environ[n] for n in names.split()), sys.executable]))\n```\n"
    )
    job = RenderJob(
        job.documents,
        job.language,
        job.formats,
        job.output,
        job.flags,
        job.metadata,
        {"FINSAM_STUDY": "/a/study"},
    )
    import sys

    (shown,) = list(run(job).values())[-1]
    assert shown.split("|") == [
        "0",
        "1",
        "UTC",
        "C.UTF-8",
        "agg",
        "/a/study",
        str(job.output.resolve()),
        sys.executable,
    ]


def test_no_home_is_needed(document: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nowhere = tmp_path / "home"
    nowhere.mkdir(mode=0o555)
    monkeypatch.setenv("HOME", str(nowhere))
    monkeypatch.delenv("JUPYTER_RUNTIME_DIR", raising=False)
    assert run(document(MARKDOWN + "```{python}\nShown('x')\n```\n"))
    assert not any(nowhere.iterdir())


def test_an_unbalanced_result_is_refused(document: Make) -> None:
    from finsam_report.engine.builtin.assemble import assemble

    read = read_document(document("x\n\n```{python}\nf()\n```\n"))
    cell = next(i for i, piece in enumerate(read.pieces) if isinstance(piece, Cell))
    with pytest.raises(DocumentError, match=r"line 3: .* does not close"):
        assemble(read, {cell: ["::: {.callout-note}\nx\n"]})
    assert assemble(read, {cell: ["one\n\ntwo"]}).find("two") == ("report/en/report.qmd", 3)
