"""Reading a file of any of the formats as it is, before its cells are looked at."""

from __future__ import annotations

from pathlib import Path

from finsam_report.inputs.contract import Table
from finsam_report.inputs.formats_csv import read_csv
from finsam_report.inputs.formats_excel import read_excel
from finsam_report.inputs.formats_parquet import read_parquet
from finsam_report.inputs.raw import FIRST_ROW, Raw, Report, file_problem
from finsam_report.study_file import split_sheet

__all__ = ["FIRST_ROW", "Raw", "Report", "file_problem", "read_raw"]


def read_raw(directory: Path, table: Table, report: Report) -> Raw | None:
    """The cells of a table as they stand in its file.

    Args:
        directory: The study's directory.
        table: The contract.
        report: Called with each problem.

    Returns:
        The cells; None where the file cannot be read.
    """
    name, sheet = split_sheet(table.file)
    path = directory / name
    suffix = path.suffix.lower()
    try:
        if not path.is_file():
            problem = file_problem(
                table.file,
                "a directory" if path.is_dir() else "no such file in the study directory",
                "the table that study.toml names",
                "add the file, or change the name in study.toml",
            )
        elif suffix in (".csv", ".tsv", ".txt"):
            return read_csv(path, table, report)
        elif suffix == ".xlsx":
            return read_excel(path, sheet, table, report)
        elif suffix == ".parquet":
            return read_parquet(path, table, report)
        else:
            problem = file_problem(
                table.file,
                f"a file of type '{suffix}'" if suffix else "a file without an ending",
                "a .csv, .xlsx or .parquet file",
                "save the table as CSV in UTF-8, as an Excel workbook (.xlsx) or as Parquet",
            )
    except OSError as error:
        problem = file_problem(
            table.file,
            f"a file that cannot be read ({error.strerror})",
            "a file that can be read",
            "check its permissions",
        )
    report(problem)
    return None
