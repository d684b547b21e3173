"""Metadata of an archive for machines: RO-Crate, with what was made from what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finsam_report import __version__

NAME = "ro-crate-metadata.json"
_TYPES = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json",
    ".pdf": "application/pdf", ".svg": "image/svg+xml", ".toml": "application/toml",
    ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True)
class Described:
    """What the metadata say of an archive.

    Attributes:
        title: Of the report.
        author: Who made it, where that is declared.
        date: Of the source's last change, such as 2024-05-01T10:00:00+02:00; empty if unknown.
        command: The command that made the results.
        synthetic: Whether the data are invented.
        about: What a file or folder is, by its place in the archive.
    """

    title: str
    author: str
    date: str
    command: str
    synthetic: bool
    about: Mapping[str, str]


def metadata(folder: Path, told: Described) -> bytes:
    """The content of ``ro-crate-metadata.json``.

    Args:
        folder: The archive before it is packed.
        told: What the files cannot say.

    Returns:
        The same bytes for the same folder: no clock and no random name is in it.
    """
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    crate = ROCrate()
    crate.name = f"{told.title}: report, results and source"
    invented = "The data are synthetic. " if told.synthetic else ""
    needed = f"Everything that is needed to rebuild the report with finsam-report {__version__}"
    crate.description = invented + needed
    crate.license = "https://spdx.org/licenses/MIT"
    crate.root_dataset.pop("datePublished", None)
    if told.date:
        crate.root_dataset["datePublished"] = told.date
    if told.author:
        crate.root_dataset["author"] = crate.add(
            ContextEntity(crate, "#author", {"@type": "Organization", "name": told.author})
        )
    program = {
        "@type": "SoftwareApplication", "name": "finsam-report", "softwareVersion": __version__,
    }  # fmt: skip
    tool = crate.add(ContextEntity(crate, "#finsam-report", program))
    made, used = [], []
    for place, text in told.about.items():
        if (folder / place).is_dir():
            crate.add_directory(dest_path=place, properties={"description": text})
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        place = path.relative_to(folder).as_posix()
        if place.startswith(("source/", "wheelhouse/")) or place == NAME:
            continue
        entity = crate.add_file(dest_path=place, properties=_file(path, told.about.get(place)))
        if place.startswith("results/"):
            made.append(entity)
        elif place.startswith("study/"):
            used.append(entity)
    action: dict[str, Any] = {
        "@type": "CreateAction", "name": told.command, "instrument": {"@id": tool.id},
        "object": [{"@id": entity.id} for entity in used],
        "result": [{"@id": entity.id} for entity in made],
    }  # fmt: skip
    crate.add(ContextEntity(crate, "#made", action))
    content = crate.metadata.generate()
    content["@graph"].sort(key=lambda entity: str(entity["@id"]))
    for entity in content["@graph"]:
        if isinstance(entity.get("hasPart"), list):
            entity["hasPart"].sort(key=lambda part: str(part["@id"]))
    return (json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _file(path: Path, text: str | None) -> dict[str, str]:
    found = {
        "name": path.name,
        "contentSize": str(path.stat().st_size),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    if path.suffix in _TYPES:
        found["encodingFormat"] = _TYPES[path.suffix]
    if text:
        found["description"] = text
    return found
