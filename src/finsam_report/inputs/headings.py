"""Whether a file has the columns of its contract, and which heading may be a slip of one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from finsam_report.inputs.contract import Table
from finsam_report.inputs.raw import Report
from finsam_report.problems import Problem


def _plain(heading: str) -> str:
    """A heading as it is compared with a name that it may be a slip of."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def check_headings(table: Table, there: Sequence[str], report: Report) -> bool:
    """Whether all columns are there that must be; those that may be are looked for as well."""
    missing = [c for c in table.columns if c.required and c.name not in there]
    if len(missing) == sum(column.required for column in table.columns):
        # Row 1 is perhaps no heading but a person: nothing of it may be repeated.
        report(
            Problem(
                file=table.file,
                rows=(1,),
                count=1,
                found="none of the columns",
                expected="a heading with " + ", ".join(c.name for c in missing),
                mend="put the heading in row 1",
            )
        )
        return False
    free = [name for name in there if name not in {column.name for column in table.columns}]
    plain = {_plain(name): name for name in reversed(free)}
    for column in table.columns:
        if column.name in there:
            continue
        cutoff = 0.6 if column.required else 0.8
        near = difflib.get_close_matches(_plain(column.name), plain, n=1, cutoff=cutoff)
        hint = f"; is '{plain[near[0]]}' meant?" if near else ""
        if not column.required:
            if near:
                report(
                    Problem(
                        file=table.file,
                        column=column.name,
                        found="no such column" + hint,
                        expected=column.expected() + ", or no such column",
                        mend="rename the column if it is the one; as it is, it is left out",
                        severity="warning",
                    )
                )
            continue
        report(
            Problem(
                file=table.file,
                column=column.name,
                found="no such column" + hint,
                expected=column.expected(),
                mend="add the column or rename the one that is meant",
            )
        )
    return not missing
