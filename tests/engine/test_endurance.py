"""Whatever happens while a report is made, the old one stays whole."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import endure
from finsam_report.engine.locking import only_writer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of processes"),
]


def render(study: Path, source: Path, out: Path, **options: Any) -> subprocess.CompletedProcess:
    return subprocess.run(
        endure.command(study, source, out), capture_output=True, text=True, check=False, **options
    )


def test_a_killed_render_leaves_the_whole_old_report_or_the_whole_new_one(
    small: Any, tmp_path: Path
) -> None:
    found = endure.kills(small.directory, tmp_path / "k", 4)
    assert found["half"] == 0
    assert found["last"] == 1
    assert found["left"] == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, _small: Path) -> Path:
    """A directory with documents and the report that was made from them."""
    folder = tmp_path_factory.mktemp("made")
    done = render(_small, endure.documents(folder / "documents", 1), folder / "out")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def report(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "made")
    return tmp_path / "made"


def assert_refused(done: subprocess.CompletedProcess, out: Path, before: str, said: str) -> None:
    assert done.returncode == 1
    assert done.stderr.startswith("finsam-report: ")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert endure.content(out) == before


@pytest.mark.parametrize("bytes_", [2_000, 60_000])
def test_a_full_disk_is_told_and_nothing_is_lost(small: Any, report: Path, bytes_: int) -> None:
    before = endure.content(report / "out")

    def little() -> None:
        # No file may become larger: what a full disk does, without a disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))

    done = render(small.directory, report / "documents", report / "out", preexec_fn=little)
    assert_refused(done, report / "out", before, "File too large")


def test_a_missing_font_is_told_and_nothing_is_lost(small: Any, report: Path) -> None:
    before = endure.content(report / "out")
    for font in (report / "documents" / "assets" / "fonts").iterdir():
        font.unlink()
    done = render(small.directory, report / "documents", report / "out")
    assert_refused(done, report / "out", before, "font")


def test_a_dead_kernel_is_told_and_nothing_is_lost(small: Any, report: Path) -> None:
    before = endure.content(report / "out")
    document = report / "documents" / "en" / "report.qmd"
    text = document.read_text("utf-8")
    dying = "```{python}\nimport os\nos._exit(9)\n```\n"
    document.write_text(f"{text}\n{dying}", "utf-8")
    done = render(small.directory, report / "documents", report / "out")
    assert_refused(done, report / "out", before, "report.qmd, line")


def nobody_special() -> None:
    """Root may write anywhere, unless this is taken from it: then modes count for it as well."""
    drop, may_override_modes = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(drop, may_override_modes)


@pytest.mark.parametrize("closed", [["out"], [".", "out"]], ids=["it", "and what is around it"])
def test_a_read_only_directory_is_told_and_nothing_is_lost(
    small: Any, report: Path, closed: list[str]
) -> None:
    before = endure.content(report / "out")
    for place in closed:
        (report / place).chmod(0o555)
    new = ["touch", report / "out" / "new"]
    can = subprocess.run(new, preexec_fn=nobody_special, check=False, capture_output=True)
    done = render(small.directory, report / "documents", report / "out", preexec_fn=nobody_special)
    for place in closed:
        (report / place).chmod(0o755)
    if can.returncode == 0:
        pytest.skip("this process may write anywhere")
    assert_refused(done, report / "out", before, "can be written")


def test_two_at_once_into_two_directories_do_not_disturb_each_other(
    small: Any, report: Path
) -> None:
    both = [
        subprocess.Popen(
            endure.command(small.directory, report / "documents", report / name),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    assert endure.content(report / "one") == endure.content(report / "out")
    assert endure.content(report / "two") == endure.content(report / "out")


def test_the_second_into_one_directory_is_told_before_anything_is_estimated(
    small: Any, report: Path
) -> None:
    before = endure.content(report / "out")
    with only_writer(report / "out"):
        done = render(small.directory, report / "documents", report / "out")
    assert_refused(done, report / "out", before, "another finsam-report is writing out")
    assert "estimating" not in done.stderr


def test_two_at_once_into_one_directory_do_not_mix(small: Any, report: Path) -> None:
    before = endure.content(report / "out")
    both = [
        subprocess.Popen(
            endure.command(small.directory, report / "documents", report / "out"),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert min(codes) == 0
    refused = [text for text, code in zip(said, codes, strict=True) if code]
    assert all("another finsam-report is writing out" in text for text in refused)
    # Both make the same from the same: whichever was last, the report is as it was before.
    assert endure.content(report / "out") == before
    assert not list(report.glob("**/.finsam*"))
