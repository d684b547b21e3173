"""Run the cells of a document once, in a kernel of this interpreter."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from finsam_report.engine.builtin.inline import Expression, escape, expressions
from finsam_report.engine.builtin.pieces import Cell, Document
from finsam_report.engine.job import FIXED_ENVIRONMENT, DocumentError, Progress, RenderJob

_INLINE_TYPE = "application/vnd.finsam-report.inline+json"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL_LINE = re.compile(r"Cell In\s?\[\d+\], line (\d+)")

# Runs in the kernel: evaluates inline expressions and says which one failed.
_HELPER = f'''
def __finsam_inline__(sources):
    from IPython import get_ipython
    from IPython.display import publish_display_data
    space, values = get_ipython().user_ns, []
    for source in sources:
        try:
            value = eval(compile(source, "<inline>", "eval"), space)
            bundle = getattr(value, "_repr_mimebundle_", None)
            markdown = getattr(value, "_repr_markdown_", None)
            if type(value) in (str, int, float):
                values.append(["text", str(value)])
            elif bundle is not None and "text/markdown" in (found := bundle()):
                values.append(["markdown", found["text/markdown"]])
            elif markdown is not None:
                values.append(["markdown", markdown()])
            else:
                values.append(["other", type(value).__name__])
        except Exception as error:
            values.append(["error", f"{{type(error).__name__}}: {{error}}"])
            break
    publish_display_data({{"{_INLINE_TYPE}": values}})
'''


class _KernelManager(AsyncKernelManager):
    """Starts this very interpreter, whatever kernels are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--HistoryManager.enabled=False",
            ],
            display_name="Python",
            language="python",
        )


def execute(document: Document, job: RenderJob, progress: Progress) -> dict[int, list[str]]:
    """Run every cell and inline expression of a document.

    Args:
        document: What to run; hidden pieces are not in it.
        job: Where results go, and the environment of the cells.
        progress: Told of each cell before it runs.

    Returns:
        By index of piece: the values of its inline expressions, or the Markdown of its cell.

    Raises:
        DocumentError: If a cell or expression fails, or shows something that is not Markdown.
    """
    with TemporaryDirectory(prefix="finsam-kernel-") as folder:
        private = Path(folder)
        empty = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call, unused-ignore]
        client = NotebookClient(
            empty,
            kernel_manager_class=_KernelManager,
            timeout=None,
            startup_timeout=120,
            shutdown_kernel="immediate",
        )
        manager = client.create_kernel_manager()
        manager.connection_file = str(private / "kernel.json")
        if os.name == "posix" and len(folder) < 80:
            # Sockets in the private directory: nothing listens on the machine's network.
            manager.transport = "ipc"
            manager.ip = str(private / "kernel")
        with (private / "said.txt").open("w+", encoding="utf-8", errors="replace") as said:
            try:
                with client.setup_kernel(
                    env=_environment(job, private), cwd=folder, stdout=said, stderr=said
                ):
                    return _Run(client, document, progress).run()
            except (RuntimeError, OSError) as error:
                raise DocumentError(
                    document.name,
                    None,
                    "the Python process for the cells did "
                    f"not start: {_last_line(private) or error}",
                ) from None


def _last_line(private: Path) -> str:
    lines = (private / "said.txt").read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def kernel_environment(job: RenderJob, output: Path) -> dict[str, str]:
    """The variables that fix what the cells compute, and the job's own."""
    return {**FIXED_ENVIRONMENT, **job.environment, "FINSAM_OUTPUT": str(output.resolve())}


def _environment(job: RenderJob, private: Path) -> dict[str, str]:
    own = {
        "IPYTHONDIR": "ipython",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "MPLCONFIGDIR": "matplotlib",
    }
    for folder in own.values():
        (private / folder).mkdir()
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONSTARTUP"}
    return {
        **inherited,
        **{name: str(private / folder) for name, folder in own.items()},
        **kernel_environment(job, job.output),
    }


class _Run:
    """One pass over the pieces of a document."""

    def __init__(self, client: NotebookClient, document: Document, progress: Progress) -> None:
        self.client, self.document, self.progress = client, document, progress
        self.cells = sum(isinstance(piece, Cell) for piece in document.pieces)

    def run(self) -> dict[int, list[str]]:
        results: dict[int, list[str]] = {}
        self._execute(_HELPER)
        done = 0
        for index, piece in enumerate(self.document.pieces):
            if isinstance(piece, Cell):
                done += 1
                place = piece.label or f"{piece.document}, line {piece.line}"
                self.progress(f"running cell {done} of {self.cells}: {place}")
                results[index] = self._cell(piece)
            elif found := expressions(piece):
                results[index] = self._inline(found)
        return results

    def _execute(self, source: str) -> list[Any]:
        cell = nbformat.v4.new_code_cell(source)  # type: ignore[no-untyped-call, unused-ignore]
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return list(cell.outputs)

    def _cell(self, cell: Cell) -> list[str]:
        try:
            outputs = self._execute(cell.source)
        except CellExecutionError as error:
            found = _CELL_LINE.search(_ANSI.sub("", error.traceback or ""))
            line = cell.line + (int(found[1]) if found else 0)
            raise DocumentError(
                cell.document, line, f"cell failed: {_short(error.ename, error.evalue)}"
            ) from None
        except DeadKernelError:
            raise _dead(cell.document, cell.line) from None
        if not cell.shown:
            return []
        shown: list[Mapping[str, Any]] = [
            output.data
            for output in outputs
            if output.output_type in ("display_data", "execute_result")
        ]
        for data in shown:
            if "text/markdown" not in data:
                raise DocumentError(
                    cell.document,
                    cell.line,
                    f"the cell shows {_listed(data)}, which is not Markdown: "
                    "end it with a display object, or set 'output: false'",
                )
        return [_joined(data["text/markdown"]) for data in shown]

    def _inline(self, found: Sequence[Expression]) -> list[str]:
        sources = [expression.code for expression in found]
        try:
            outputs = self._execute(f"__finsam_inline__({json.dumps(sources, ensure_ascii=True)})")
        except (CellExecutionError, DeadKernelError):
            raise _dead(found[0].document, found[0].line) from None
        values = next(
            o.data[_INLINE_TYPE]
            for o in outputs
            if o.output_type == "display_data" and _INLINE_TYPE in o.data
        )
        texts = []
        for expression, (kind, value) in zip(found, values, strict=False):
            place = expression.document, expression.line
            if kind == "error":
                name, _, text = value.partition(": ")
                raise DocumentError(*place, f"inline expression failed: {_short(name, text)}")
            if kind == "other":
                raise DocumentError(
                    *place, f"the inline expression '{expression.code}' gives a {value}, not text"
                )
            texts.append(escape(value) if kind == "text" else " ".join(value.split("\n")))
        return texts


def _listed(data: Mapping[str, Any]) -> str:
    return " and ".join(sorted(data))


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _short(name: str, text: str) -> str:
    """Type and first line of an exception: what follows may hold data."""
    first = text.strip().split("\n", 1)[0].strip()
    if len(first) > 300:
        first = first[:299] + "…"
    return f"{name}: {first}" if first else name


def _dead(document: str, line: int) -> DocumentError:
    return DocumentError(
        document,
        line,
        "the Python process ended while this cell ran; the usual reason is too little memory",
    )
