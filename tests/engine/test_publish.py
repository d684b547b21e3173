"""An output directory is replaced as a whole, or left as it was."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from finsam_report.engine import publish
from finsam_report.engine.publish import published, spare
from finsam_report.errors import FinsamError


def tree(directory: Path) -> dict[str, bytes | None]:
    return {
        p.relative_to(directory).as_posix(): p.read_bytes() if p.is_file() else None
        for p in sorted(directory.rglob("*"))
    }


def fill(directory: Path, text: str = "new") -> None:
    (directory / "tables").mkdir()
    (directory / "tables" / "tbl-x.csv").write_text(text)
    for name in ("manifest.json", "results.csv", "report.en.html"):
        (directory / name).write_text(text)


def make(target: Path, error: BaseException | None = None) -> None:
    with published(target) as staging:
        fill(staging)
        if error is not None:
            raise error


NEW = {
    "tables": None, "tables/tbl-x.csv": b"new", "manifest.json": b"new", "results.csv": b"new",
    "report.en.html": b"new",
}  # fmt: skip


def old(directory: Path) -> None:
    directory.mkdir(parents=True)
    fill(directory, "old")
    (directory / "report.sv.pdf").write_text("old")
    (directory / "figures").mkdir()
    (directory / "figures" / "fig-gone.svg").write_text("old")


def test_a_new_directory_is_made_with_those_above_it(tmp_path: Path) -> None:
    with published(tmp_path / "a" / "b") as staging:
        fill(staging)
    assert tree(tmp_path / "a" / "b") == NEW


def test_an_old_report_is_replaced_as_a_whole(tmp_path: Path) -> None:
    old(tmp_path / "out")
    with published(tmp_path / "out") as staging:
        fill(staging)
        assert (tmp_path / "out" / "results.csv").read_text() == "old"  # until the end
    assert tree(tmp_path / "out") == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_foreign_files_stay(tmp_path: Path) -> None:
    old(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "quarto").mkdir()
    (tmp_path / "out" / "quarto" / "results.csv").write_text("mine")
    with published(tmp_path / "out") as staging:
        fill(staging)
    assert tree(tmp_path / "out") == {
        **NEW, "notes.txt": b"mine", "quarto": None, "quarto/results.csv": b"mine",
    }  # fmt: skip


@pytest.mark.parametrize(
    "error", [FinsamError("a cell failed"), RuntimeError(), KeyboardInterrupt()]
)
def test_a_failure_leaves_the_old_report_as_it_was(tmp_path: Path, error: BaseException) -> None:
    old(tmp_path / "out")
    before = tree(tmp_path)
    with pytest.raises(type(error)):
        make(tmp_path / "out", error)
    assert tree(tmp_path) == before


def test_a_failure_leaves_no_directory_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(FinsamError), published(tmp_path / "a" / "b"):
        raise FinsamError("a cell failed")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("step", range(1, 9))
def test_a_failure_while_moving_leaves_the_old_report_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    old(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")  # so that files are moved one by one
    before = tree(tmp_path)
    moved = 0
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved == step:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(FinsamError, match=r"out cannot be written \(No space left on device\)"):
        make(tmp_path / "out")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("foreign", [False, True])
def test_where_the_system_can_swap_nobody_sees_half_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foreign: bool
) -> None:
    old(tmp_path / "out")
    if foreign:
        (tmp_path / "out" / "notes.txt").write_text("mine")
    moves = []
    monkeypatch.setattr(publish, "_move", lambda *a: moves.append(a))
    if not publish.exchange(*(Path(tempfile.mkdtemp(dir=tmp_path)) for _ in range(2))):
        pytest.skip("this system cannot swap directories")
    make(tmp_path / "out")
    assert bool(moves) == foreign


class Killed(BaseException):
    """Stands for the end of a process: nothing after it is done."""


@pytest.mark.parametrize("step", range(1, 13))
def test_what_a_killed_process_left_half_done_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    out = tmp_path / "out"
    old(out)
    (out / "notes.txt").write_text("mine")
    before = {k: v for k, v in tree(out).items() if v is not None}
    moved, rename = 0, Path.rename

    def killed(self: Path, target: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved >= step:
            raise Killed
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        patch.setattr(publish.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            make(out)
    with pytest.raises(FinsamError):
        make(out, FinsamError("a cell failed"))
    found = {k: v for k, v in tree(out).items() if v is not None}
    assert found in (before, {**{k: v for k, v in NEW.items() if v}, "notes.txt": b"mine"})
    make(out)
    assert tree(out) == {**NEW, "notes.txt": b"mine"}


def test_what_a_killed_process_left_beside_is_cleared_away(tmp_path: Path) -> None:
    old(tmp_path / "out")
    (tmp_path / ".finsam.new-out-k1lled" / "tables").mkdir(parents=True)
    (tmp_path / ".finsam.new-other-k1lled").mkdir()
    make(tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".finsam.new-other-k1lled", "out"]


def test_while_a_report_is_made_its_directory_holds_the_old_one_and_nothing_else(
    tmp_path: Path,
) -> None:
    old(tmp_path / "out")
    before = tree(tmp_path / "out")
    with published(tmp_path / "out") as staging:
        fill(staging)
        assert tree(tmp_path / "out") == before
        # Made at the same time, and its name only begins like that of the first.
        make(tmp_path / "out-2")
        with published(tmp_path / "out-2"):
            make(tmp_path / "elsewhere")
    assert tree(tmp_path / "out") == NEW
    with published(tmp_path / "out-2") as staging:
        fill(staging)
        make(tmp_path / "out")
    assert tree(tmp_path / "out-2") == NEW


def test_two_at_once_into_one_place_do_not_mix(tmp_path: Path) -> None:
    with published(tmp_path / "out") as staging:
        fill(staging)
        with pytest.raises(FinsamError, match="another finsam-report is writing out"):
            make(tmp_path / "out")
        make(tmp_path / "elsewhere")
    assert tree(tmp_path / "out") == NEW
    assert sorted(p.name for p in tmp_path.iterdir()) == ["elsewhere", "out"]


def test_who_stands_in_the_directory_still_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    make(Path())
    assert tree(Path()) == NEW


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FinsamError, match="out is a file"), published(tmp_path / "out"):
        pass
    with pytest.raises(FinsamError, match="choose one that can be written"):
        make(tmp_path / "out" / "below")
    assert tree(tmp_path) == {"out": b"mine"}


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(publish.tempfile, "mkdtemp", denied)  # root may write anywhere
    with pytest.raises(FinsamError, match=r"out cannot be made \(Permission denied\)"):
        make(tmp_path / "out")
    assert tree(tmp_path) == {}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a directory that nobody can write")
def test_a_directory_of_the_system_is_told() -> None:
    with pytest.raises(FinsamError, match="choose one that can be written"):
        make(Path("/proc/finsam"))


def test_a_link_to_a_directory_stays_a_link(tmp_path: Path) -> None:
    old(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with published(tmp_path / "link") as staging:
        fill(staging)
    assert (tmp_path / "link").is_symlink()
    assert tree(tmp_path / "real") == NEW


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(FinsamError), published(tmp_path / "link"):
        pass


def test_the_directory_one_stands_in_may_be_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    inode = Path().stat().st_ino
    with published(Path()) as staging:
        fill(staging)
    assert (tmp_path / "here").stat().st_ino == inode
    assert tree(Path()) == NEW


def test_the_output_can_be_read_by_others(tmp_path: Path) -> None:
    with published(tmp_path / "out") as staging:
        fill(staging)
    assert (tmp_path / "out").stat().st_mode & 0o500 == 0o500
    assert (tmp_path / "out" / "tables").stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("name", ["results.csv", "tables/tbl-people.csv", "manifest.json"])
def test_inputs_are_not_replaced_by_the_output(tmp_path: Path, name: str) -> None:
    with pytest.raises(FinsamError, match="the output would replace"):
        spare(tmp_path, [tmp_path / "study.toml", tmp_path / name])


@pytest.mark.parametrize("name", ["people.csv", "data/results.csv", "../results.csv"])
def test_inputs_beside_the_output_are_no_hindrance(tmp_path: Path, name: str) -> None:
    spare(tmp_path, [tmp_path / name])
    spare(tmp_path / "_output", [tmp_path / name])
    spare(tmp_path / name, [tmp_path / name])
