"""Whether an output directory is as it was made: hashes again, and what was touched."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from finsam_report import __version__
from finsam_report.display.provenance import sha256
from finsam_report.engine import claims, manifest, publish
from finsam_report.errors import FinsamError


class NotAnOutputError(FinsamError):
    """A directory that holds no finished report: the question was wrong, not the answer."""


@dataclass(frozen=True)
class Files:
    """Files of a manifest against those that are there, by their names.

    Attributes:
        unchanged: As they were.
        touched: Another content than when the report was made.
        missing: Named by the manifest and not there.
        extra: Of the kind that a render writes, and not named by the manifest.
    """

    unchanged: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing was touched, taken away or added."""
        return not (self.touched or self.missing or self.extra)


@dataclass(frozen=True)
class Verified:
    """What a look at an output directory found.

    Attributes:
        outputs: The files of the report.
        inputs: The files of the study, where it was named; else None.
        claims: Numbers of the text that are not those of the ledger, a sentence each.
        version: Version of the package that made the report.
        same_source: Whether this program is the very one; None where the manifest is too old to
            say.
    """

    outputs: Files
    inputs: Files | None
    claims: tuple[str, ...] = ()
    version: str = ""
    same_source: bool | None = field(default=None)

    @property
    def same(self) -> bool:
        """Whether everything is as it was made."""
        inputs = self.inputs is None or self.inputs.same
        return self.outputs.same and inputs and not self.claims


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of an output directory.

    Raises:
        NotAnOutputError: There is no such directory, or it has no manifest of ours.
    """
    name = directory.name or str(directory)
    if not directory.is_dir():
        what = "is a file" if directory.exists() else "does not exist"
        raise NotAnOutputError(f"{name} {what}; name the directory that a report was written to")
    path = directory / manifest.NAME
    if not path.is_file():
        raise NotAnOutputError(f"{name} holds no {manifest.NAME}: no finished report is there")
    wrong = NotAnOutputError(f"{name}/{manifest.NAME} is not a manifest that finsam-report wrote")
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise wrong from None
    if not isinstance(content, dict):
        raise wrong
    for part in ("inputs", "outputs"):
        listed = content.get(part)
        # A name must stay inside the directory, or a manifest could ask for any file.
        if not isinstance(listed, dict) or not all(
            isinstance(file, str) and isinstance(digest, str) and _inside(file)
            for file, digest in listed.items()
        ):
            raise wrong
    return content


def _inside(name: str) -> bool:
    place = PurePosixPath(name)
    return bool(name) and not place.is_absolute() and ".." not in place.parts


def _against(directory: Path, listed: dict[str, str], there: tuple[str, ...]) -> Files:
    kinds: dict[str, list[str]] = {"unchanged": [], "touched": [], "missing": []}
    for name, digest in sorted(listed.items()):
        path = directory / name
        if not path.is_file():
            kinds["missing"].append(name)
        else:
            kinds["unchanged" if sha256(path) == digest else "touched"].append(name)
    extra = sorted(set(there) - set(listed))
    return Files(
        unchanged=tuple(kinds["unchanged"]),
        touched=tuple(kinds["touched"]),
        missing=tuple(kinds["missing"]),
        extra=tuple(extra),
    )


def verify(directory: Path, study: Path | None = None) -> Verified:
    """Hash every file of an output directory again.

    Args:
        directory: The output directory.
        study: The study's directory, to look at the inputs too.

    Returns:
        What is as it was and what is not.

    Raises:
        NotAnOutputError: There is no finished report in the directory, or no such study.
        FinsamError: A file cannot be read.
    """
    content = read_manifest(directory)
    if study is not None and not study.is_dir():
        name = study.name or str(study)
        raise NotAnOutputError(f"{name} is no directory; name the one that holds study.toml")
    try:
        ours = tuple(p.as_posix() for p in publish.files(directory) if p.name != manifest.NAME)
        outputs = _against(directory, content["outputs"], ours)
        inputs = None if study is None else _against(study, content["inputs"], ())
        wrong = claims.unsupported(directory)
    except OSError as error:
        raise FinsamError(f"a file cannot be read ({error.strerror})") from None
    raw = content.get("tool")
    tool = raw if isinstance(raw, dict) else {}
    digest = tool.get("source_sha256")
    same = None if digest is None else digest == manifest.source_digest()
    return Verified(outputs, inputs, wrong, str(tool.get("version", "")), same)


def as_text(found: Verified) -> str:
    """What was found, for people: only what is not as it was is named."""
    lines: list[str] = []
    for title, files in (("outputs", found.outputs), ("inputs", found.inputs)):
        if files is None:
            continue
        count = len(files.unchanged)
        lines.append(f"{title}: {count} unchanged" + _rest(files))
        for kind in ("touched", "missing", "extra"):
            lines += [f"- {kind}: {name}" for name in getattr(files, kind)]
    if found.claims:
        count = len(found.claims)
        one = "1 number in the text is" if count == 1 else f"{count} numbers in the text are"
        lines.append(f"claims: {one} not what the ledger says")
        lines += [f"- {text}" for text in found.claims]
    if found.same_source is False:
        version = found.version or "an unknown version"
        lines.append(
            f"note: made by finsam-report {version}, and this program ({__version__}) is not the "
            "very same source"
        )
    lines.append("as it was made" if found.same else "not as it was made")
    return "\n".join(lines)


def _rest(files: Files) -> str:
    told = [
        f"{len(getattr(files, kind))} {kind}"
        for kind in ("touched", "missing", "extra")
        if getattr(files, kind)
    ]
    return ", " + ", ".join(told) if told else ""


def as_json(found: Verified) -> str:
    """What was found, for machines."""
    content = {"same": found.same, **asdict(found)}
    return json.dumps(content, indent=2, ensure_ascii=False)
