"""Where the package keeps its documents and the synthetic study, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# In an unpacked archive, which has no history: the commit that its source was.
SOURCE = "source.json"


def _first(*candidates: Path) -> Path:
    return next((path for path in candidates if path.is_dir()), candidates[-1])


def documents_directory() -> Path:
    """The report documents: in the wheel beside the modules, in a checkout at its root."""
    return _first(_PACKAGE / "report", _PACKAGE.parents[1] / "report")


def synthetic_study() -> Path:
    """The synthetic study that stands in where no study is named."""
    return _first(_PACKAGE / "data" / "synthetic", _PACKAGE.parents[1] / "data" / "synthetic")


def checkout() -> Path | None:
    """The root of the source that this package runs from, or None for an installed wheel.

    It is a checkout, or an unpacked archive.
    """
    root = _PACKAGE.parents[1]
    known = (root / ".git").exists() or (root / SOURCE).is_file()
    return root if known and (root / "pyproject.toml").is_file() else None


def package_directory() -> Path:
    """Where the package's modules are."""
    return _PACKAGE
