"""Writing a made study: tables as CSV, or as Parquet where they are large, and all at once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from finsam_report.errors import FinsamError
from finsam_report.study import FILE_NAME, read_study_file

LARGE = 10_000_000
SAMPLE = 1000
TRUTH = "truth.csv"


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, the same bytes on every system."""
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _arrow(piece: pd.DataFrame | pa.Table) -> pa.Table:
    """A table whose types do not depend on what stands in this piece of it."""
    if isinstance(piece, pa.Table):
        return piece
    fields = [
        pa.field(
            str(name),
            pa.string()
            if pd.api.types.is_string_dtype(dtype) or pd.api.types.is_object_dtype(dtype)
            else pa.from_numpy_dtype(getattr(dtype, "numpy_dtype", dtype)),
        )
        for name, dtype in piece.dtypes.items()
    ]
    table = pa.Table.from_pandas(
        piece.replace({"": None}), schema=pa.schema(fields), preserve_index=False
    )
    return table.replace_schema_metadata(None)


class TableWriter:
    """Writes a table piece by piece: CSV, or Parquet where the CSV would exceed 10 MB.

    Args:
        directory: Where to write.
        stem: Name of the file without its ending.
        rows: How many rows there will be, about.
        group: Rows of a row group in Parquet.
    """

    def __init__(self, directory: Path, stem: str, rows: int, group: int = 36_000) -> None:
        self._directory, self._stem, self._rows, self._group = directory, stem, rows, group
        self._parquet: pq.ParquetWriter | None = None
        self.name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._parquet is not None:
            self._parquet.close()

    def write(self, piece: pd.DataFrame | pa.Table) -> None:
        """Append rows."""
        if not self.name:
            head = piece[:SAMPLE] if isinstance(piece, pd.DataFrame) else piece.slice(0, SAMPLE)
            frame = head if isinstance(head, pd.DataFrame) else head.to_pandas()
            text = frame.to_csv(index=False, header=False, lineterminator="\n")
            large = len(text.encode()) / max(len(frame), 1) * self._rows > LARGE
            self.name = self._stem + (".parquet" if large else ".csv")
            if large:
                self._parquet = pq.ParquetWriter(
                    self._directory / self.name,
                    _arrow(piece).schema,
                    compression="zstd",
                    compression_level=9,
                    use_dictionary=True,
                    write_statistics=True,
                    version="2.6",
                    data_page_version="1.0",
                )
            else:
                write_csv(frame.iloc[:0], self._directory / self.name)
        if self._parquet is not None:
            self._parquet.write_table(_arrow(piece), row_group_size=self._group)
            return
        rows = piece if isinstance(piece, pd.DataFrame) else piece.to_pandas()
        with (self._directory / self.name).open("a", encoding="utf-8", newline="") as file:
            rows.to_csv(file, index=False, header=False, lineterminator="\n")


def _earlier(target: Path, ours: Callable[[str, bool], bool]) -> set[str] | None:
    """Files of the made study that lies in a directory, or None where none does."""
    try:
        study = read_study_file(target, plan=False)
    except FinsamError:
        return None
    # Somebody who starts from a copy and puts real tables in must not lose them.
    if not ours(study.study.id, study.study.synthetic):
        return None
    return {*study.files(), TRUTH}


def replace_study(
    out: Path, ours: Callable[[str, bool], bool], write: Callable[[Path], None]
) -> None:
    """Write a study beside ``out`` and move it there when all of it is complete.

    Args:
        out: Directory to make. An earlier made study there is replaced; what else lies there
            (notes, a report) stays.
        ours: Says of the id of a study, and whether it is synthetic, if it may be replaced.
        write: Writes the files into a directory.

    Raises:
        FinsamError: ``out`` holds something else, or cannot be written.
    """
    target = out.resolve()
    if target.exists() and not target.is_dir():
        raise FinsamError(f"{out} is a file; name a directory for the synthetic study")
    earlier: set[str] | None = set()
    if target.is_dir() and any(target.iterdir()):
        earlier = _earlier(target, ours)
    if earlier is None:
        raise FinsamError(
            f"{out} is not empty and holds no synthetic study; "
            "name a new directory, or empty this one"
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
            fresh = Path(name) / "study"
            fresh.mkdir()
            write(fresh)
            if not target.exists():
                fresh.rename(target)
                return
            made = sorted(fresh.iterdir())
            for path in made:
                path.replace(target / path.name)
            # A table of another format or part would be taken for one of the new study.
            for file in earlier - {path.name for path in made} - {FILE_NAME}:
                (target / file).unlink(missing_ok=True)
    except OSError as error:
        raise FinsamError(f"cannot write the synthetic study to {out}: {error.strerror}") from error
