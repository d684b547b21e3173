"""An archive for reviewers: source, lock, documents, results, and how to rebuild them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from finsam_report.engine import crate, pipeline
from finsam_report.engine.bundle_readme import readme
from finsam_report.engine.manifest import LOCK, source, source_digest
from finsam_report.engine.manifest import NAME as MANIFEST
from finsam_report.errors import FinsamError
from finsam_report.places import SOURCE, checkout, documents_directory, synthetic_study
from finsam_report.study import FILE_NAME, Study, read_study_file

Progress = Callable[[str], None]

_LEFT_OUT = {"_output", ".nox", ".git", ".quarto", "__pycache__", "dist", "build"}
_BUILD = ("setuptools>=40.8.0", "wheel")  # what pip takes where a package does not say
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ABOUT = {
    "source": "the program, the report's documents, the lock and the synthetic study",
    "study": "the study: its declarations, and its tables where they may be given away",
    "results": "the report, with the ledger, the manifest, and the data of tables and figures",
    "wheelhouse": "packages for an environment without a package index",
    f"study/{FILE_NAME}": "what was studied and how it is analysed",
    f"results/{MANIFEST}": "what went in, what came out, and with what software",
    "results/results.csv": "the ledger: every estimate, a row each",
    "README.md": "how to rebuild the report",
}


@dataclass(frozen=True)
class Wanted:
    """What goes into an archive beside source and results.

    Attributes:
        data: Whether the study's tables go in.
        wheelhouse: Whether the packages go in.
        results: An output directory that is there already, or None to make one.
    """

    data: bool = False
    wheelhouse: bool = False
    results: Path | None = None


def _ours(root: Path) -> list[Path]:
    """The files of the source: those that git knows, or in an unpacked archive all of them."""
    if (root / SOURCE).is_file():
        found = [p.relative_to(root) for p in root.rglob("*") if p.is_file()]
        return sorted(p for p in found if not _LEFT_OUT & set(p.parts) and p.name != SOURCE)
    # What git does not know may be anybody's data, and is left out; but no part of the program.
    strange = _listed(root, "--others", "--exclude-standard", "--", "src", "report")
    if strange:
        raise FinsamError(
            f"{strange[0].as_posix()} is not under version control, so the archive would lack it; "
            "add it to git, or remove it"
        )
    return sorted(name for name in _listed(root) if (root / name).is_file())


def _listed(root: Path, *options: str) -> list[Path]:
    """Files as git lists them."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "ls-files", "-z", *options],  # noqa: S607
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        raise FinsamError(
            "git does not tell which files belong to the source; install git, and bundle from a "
            "checkout"
        ) from None
    return [Path(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name]


def _date(root: Path) -> str:
    """When the source was last changed: the metadata need a date, and no clock may give it."""
    if (root / SOURCE).is_file():
        return str(json.loads((root / SOURCE).read_text("utf-8")).get("date", ""))
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "log", "-1", "--format=%cI"],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _copy(files: list[Path], root: Path, target: Path) -> None:
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)


def make(directory: Path, out: Path, wanted: Wanted, progress: Progress) -> None:
    """Write an archive.

    Args:
        directory: The study's directory.
        out: The zip file; replaced if it is there.
        wanted: What goes in.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: There is no source to pack, the results are of something else, the study
            breaks its contract, or the file cannot be written.
    """
    root = checkout()
    if root is None:
        raise FinsamError(
            "an archive holds the source and its tests, which an installed package lacks; "
            "run this in a checkout"
        )
    study = read_study_file(directory)
    if out.suffix.lower() != ".zip":
        raise FinsamError(f"{out.name} must end in .zip")
    if out.is_dir():
        raise FinsamError(f"{out.name} is a directory; name a file in it")
    name = f"finsam-report-{study.study.id}"
    with tempfile.TemporaryDirectory(prefix="finsam-bundle-") as place:
        folder = Path(place) / name
        folder.mkdir()
        progress("collecting the source")
        _copy(_ours(root), root, folder / "source")
        told = {**(source() or {}), "date": _date(root)}
        (folder / "source" / SOURCE).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
        own = directory.resolve() != synthetic_study().resolve()
        if own:
            _study(directory, study, folder / "study", data=wanted.data)
        _results(directory, folder / "results", wanted.results, progress)
        if wanted.wheelhouse:
            progress("collecting the packages")
            _wheels(root, folder / "wheelhouse")
        _describe(folder, study, own=own, wanted=wanted)
        progress("packing")
        _pack(folder, out)


def _study(directory: Path, study: Study, target: Path, *, data: bool) -> None:
    names = study.read_in(directory) if data else study.declared_in()
    _copy([Path(name) for name in names], directory, target)


def _results(directory: Path, target: Path, made: Path | None, progress: Progress) -> None:
    """The results that are there already, if they are of this study, or new ones."""
    if made is None:
        pipeline.render(
            directory, target, documents=documents_directory(), language="en",
            formats=("html", "pdf"), engine="builtin", progress=progress,
        )  # fmt: skip
        return
    progress("checking the results")
    from finsam_report.engine import verify

    told = verify.verify(made, directory)
    if not told.same:
        raise FinsamError(
            f"{made.name} is not what its manifest says, or not made from this study; "
            "finsam-report verify tells more; or leave --results out to make the report anew"
        )
    tool = json.loads((made / MANIFEST).read_text("utf-8")).get("tool", {})
    if tool.get("source_sha256") != source_digest():
        raise FinsamError(
            f"{made.name} was made by another version of the program than the one that goes into "
            "the archive, which would not give the same again; make the report anew, or leave "
            "--results out"
        )
    _copy([*map(Path, told.outputs.unchanged), Path(MANIFEST)], made, target)


def _wheels(root: Path, target: Path) -> None:
    """Every package of the lock for this platform, and what those without a wheel are built with.

    Their hashes are those of the lock, so that a package that comes as source stays so.
    """
    lock = ["--require-hashes", "--prefer-binary", "--requirement", str(root / LOCK)]
    _download(target, lock)
    needs = sorted({need for source in target.glob("*.tar.gz") for need in _build_needs(source)})
    if needs:
        _download(target, ["--only-binary", ":all:", *needs])


def _build_needs(source: Path) -> list[str]:
    """What a source distribution asks for to be built; by PEP 518, where it does not say."""
    with tarfile.open(source) as archive:
        for member in archive:
            if member.name.count("/") == 1 and member.name.endswith("/pyproject.toml"):
                file = archive.extractfile(member)
                told = tomllib.loads(file.read().decode("utf-8")) if file else {}
                return list(told.get("build-system", {}).get("requires", _BUILD))
    return list(_BUILD)


def _download(target: Path, what: list[str]) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(target), *what,
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        said = done.stderr.strip().splitlines()
        failed = done.returncode != 0
    except OSError as error:
        said, failed = [str(error.strerror)], True
    if failed:
        raise FinsamError(
            "the packages could not be collected: " + (said[-1] if said else "pip gave no reason")
        )


def _describe(folder: Path, study: Study, *, own: bool, wanted: Wanted) -> None:
    told = json.loads((folder / "results" / MANIFEST).read_text("utf-8"))
    text = readme(
        study, own=own, data=wanted.data, wheelhouse=wanted.wheelhouse, inputs=told["inputs"]
    )
    (folder / "README.md").write_text(text, "utf-8", newline="\n")
    described = crate.Described(
        title=study.study.title.text("en"),
        author=study.study.author or "",
        date=_date(folder / "source"),
        command=told["command"],
        synthetic=study.study.synthetic,
        about=_ABOUT,
    )
    (folder / crate.NAME).write_bytes(crate.metadata(folder, described))


def _pack(folder: Path, out: Path) -> None:
    """Write the zip apart and put it in its place; the same content gives the same bytes."""
    out = out.resolve()
    handle, apart = -1, Path()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, text = tempfile.mkstemp(prefix=".finsam.new-", suffix=".zip", dir=out.parent)
        apart = Path(text)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _EPOCH)
                run = path.stat().st_mode & 0o100
                info.external_attr = (0o755 if run else 0o644) << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 3  # the same on every system
                with path.open("rb") as content, archive.open(info, "w") as into:
                    shutil.copyfileobj(content, into)
        apart.chmod(0o644)
        apart.replace(out)
    except OSError as error:
        if handle != -1:
            apart.unlink(missing_ok=True)
        raise FinsamError(f"{out.name} cannot be written ({error.strerror})") from None
