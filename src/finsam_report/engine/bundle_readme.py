"""The README of an archive: what is in it, and the two commands."""

from __future__ import annotations

from collections.abc import Mapping

from finsam_report.study import Study

_OFFLINE = """
No package index is needed: `wheelhouse/` holds every package for the platform on which this
archive was made. Say so first:

```sh
export PIP_NO_INDEX=1 PIP_FIND_LINKS="$PWD/wheelhouse"
export UV_NO_INDEX=1 UV_FIND_LINKS="$PWD/wheelhouse"
```
"""

_WITHOUT = """
## What is not in it

The study's tables are not in this archive. Whoever holds them puts them into `study/`. These were
read:

| file | SHA-256 |
|---|---|
{rows}
"""


def readme(
    study: Study, *, own: bool, data: bool, wheelhouse: bool, inputs: Mapping[str, str]
) -> str:
    """The text.

    Args:
        study: The study.
        own: Whether it is another than the synthetic study of the package.
        data: Whether its tables are in the archive.
        wheelhouse: Whether packages are.
        inputs: SHA-256 of what was read, by file.
    """
    where = " ../study" if own else ""
    folders = ["- `results/`: the report, the ledger `results.csv`, and `manifest.json`"]
    if own:
        held = "`study.toml` and the tables" if data else "`study.toml`, without the tables"
        folders.append(f"- `study/`: {held}")
    folders.append("- `source/`: the program with its tests, the lock and the synthetic study")
    folders.append("- `ro-crate-metadata.json`: the same for machines")
    invented = "The data are synthetic: nothing in it describes real people.\n\n"
    missing = {name: digest for name, digest in inputs.items() if name != "study.toml"}
    rows = "\n".join(f"| `{name}` | `{digest}` |" for name, digest in missing.items())
    return (
        f"# {study.study.title.text('en')}\n\n"
        + (invented if study.study.synthetic else "")
        + "An archive to read, check and rebuild the report.\n\n"
        + "\n".join(folders)
        + "\n\n## Two commands\n\nPython 3.11 or newer"
        + (" is all that is needed.\n" if wheelhouse else " and a package index are needed.\n")
        + (_OFFLINE if wheelhouse else "")
        + "\nRebuild the report into `rebuilt/`:\n\n```sh\n"
        + f"(cd source && python -m pip install nox && nox -s report --{where} --out ../rebuilt)\n"
        + "```\n\nRun the tests:\n\n```sh\n"
        + "(cd source && python -m pip install nox && nox -s tests)\n```\n\n"
        + "Hold the two reports against each other; the answer is that they are equal:\n\n```sh\n"
        + "source/.nox/report/bin/finsam-report compare results rebuilt\n```\n"
        + (_WITHOUT.format(rows=rows) if own and not data else "")
    )
