"""The finished report: what a reader, a screen reader and a reviewer are promised."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import lxml.html
import pandas as pd
import pikepdf
import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def render(study: Path | None, out: Path, cwd: Path, **environment: str) -> None:
    command = [sys.executable, "-m", "finsam_report.cli", "render", "--engine", "builtin"]
    done = subprocess.run(
        [*command, *([str(study)] if study else []), "--out", str(out)],
        cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    render(None, folder / "out", folder)
    return folder / "out"


@pytest.fixture(scope="module")
def page(report: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((report / "report.en.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def pdf(report: Path):
    with pikepdf.open(report / "report.en.pdf") as document:
        yield document


def test_everything_that_was_promised_is_there(report):
    names = {p.name for p in report.iterdir()}
    assert names == {
        "report.en.html", "report.en.pdf", "results.csv", "claims.csv", "release_log.csv",
        "manifest.json", "tables", "figures",
    }  # fmt: skip
    figures = {p.stem for p in (report / "figures").glob("*.svg")}
    assert len(figures) >= 7
    assert figures == {p.stem for p in (report / "figures").glob("*.csv")}
    assert len(list((report / "tables").glob("*.csv"))) >= 12


def test_two_renders_are_equal_byte_by_byte_wherever_they_are_made(small, tmp_path):
    """Also in a path with spaces and å ä ö, from a read-only study, in another time zone.

    The whole synthetic study is made twice by ``nox -s reproduce``.
    """
    import compare_outputs

    folder = tmp_path / "en annan plats åäö"
    study = Path(shutil.copytree(small.directory, folder / "min studie"))
    for path in [*study.iterdir(), study]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    render(small.directory, tmp_path / "out", tmp_path)
    render(study, folder / "ut", folder, TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C")
    study.chmod(0o755)
    assert compare_outputs.differences(tmp_path / "out", folder / "ut") == []


def test_one_changed_byte_is_found(report, tmp_path):
    import compare_outputs

    copy = tmp_path / "copy"
    shutil.copytree(report, copy)
    file = copy / "tables" / "tbl-survey-effects.csv"
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(bytes(content))
    (found,) = compare_outputs.differences(report, copy)
    assert found.startswith("tables/tbl-survey-effects.csv: row 2 ")
    assert compare_outputs.main([str(report), str(copy)]) == 1


def test_the_ledger_is_the_expected_one(report):
    import compare_ledger

    assert (
        compare_ledger.differences(report / "results.csv", ROOT / "tests/expected/results.csv")
        == []
    )


def test_a_changed_estimate_is_found_in_the_ledger(report, tmp_path):
    import compare_ledger

    frame = pd.read_csv(report / "results.csv")
    at = frame.index[(frame["analysis"] == "itt") & (frame["estimator"] == "lin")][0]
    frame.loc[at, "estimate"] *= 1 + 1e-8
    frame.to_csv(tmp_path / "results.csv", index=False)
    (found,) = compare_ledger.differences(
        tmp_path / "results.csv", ROOT / "tests/expected/results.csv"
    )
    assert found.startswith("estimate of survey; itt;")


def test_the_manifest_tells_no_path_and_no_time_and_its_hashes_hold(report):
    text = (report / "manifest.json").read_text("utf-8")
    assert str(ROOT) not in text
    assert str(report.parent) not in text
    assert not re.search(r"\d{2}:\d{2}:\d{2}|202\d-\d{2}-\d{2}T", text)
    manifest = json.loads(text)
    files = {p.relative_to(report).as_posix(): p for p in report.rglob("*") if p.is_file()}
    assert set(manifest["outputs"]) == set(files) - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest
    for name, digest in manifest["inputs"].items():
        content = (ROOT / "data" / "synthetic" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


def test_html_loads_nothing_from_a_network(report, page):
    for element in page.iter():
        for attribute in ("src", "href", "data", "poster", "srcset", "action"):
            assert not re.match(r"\s*(https?:)?//", element.get(attribute) or "")
    text = (report / "report.en.html").read_text("utf-8")
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", text)


def test_html_has_a_language_one_title_and_every_id_once(page):
    assert page.get("lang") == "en-GB"
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title")
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for target in page.xpath("//a/@href"):
        if target.startswith("#") and len(target) > 1:
            assert target[1:] in ids, target


def test_headings_of_html_skip_no_level_and_have_text_under_them(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_appendix_lists_every_table_and_figure_with_a_file_that_is_there(report, page):
    shown = [figure.get("id") for figure in page.xpath("//figure[@id]")]
    rows = page.xpath("//div[@class='finsam-list']//tbody/tr")
    listed = [row.xpath("./td[1]//a/@href")[0].removeprefix("#") for row in rows]
    assert sorted(listed) == sorted(shown)
    for name, row in zip(listed, rows, strict=True):
        file = row.xpath("string(./td[3])").strip()
        kind = "figures" if name.startswith("fig-") else "tables"
        if (report / kind / f"{name}.csv").exists():
            assert file == f"{kind}/{name}.csv"
        else:
            assert file == "in the text"
    data = {path.stem for kind in ("tables", "figures") for path in (report / kind).glob("*.csv")}
    assert data <= set(listed)


def test_no_reference_is_unresolved_and_no_code_is_left(report):
    text = (report / "report.en.html").read_text("utf-8")
    visible = lxml.html.fromstring(text).text_content()
    for sign in ("?@", "{python}", "np.float64", "{{<", ":::", "nan", "None"):
        assert not re.search(rf"(?<![\w]){re.escape(sign)}(?![\w])", visible), sign


def test_every_table_of_html_has_a_caption_and_header_cells(page):
    tables = page.xpath("//main//table")
    assert len(tables) >= 12
    for table in tables:
        assert table.xpath(".//th[@scope='col']") or table.xpath(".//thead//th")


def test_every_figure_is_described_with_its_numbers(page, report):
    described = page.xpath("//main//*[self::img/@alt or @role='img']")
    texts = [d.get("alt") or d.get("aria-label") or "" for d in described]
    assert len(texts) >= 7
    assert all(len(t) > 60 and re.search(r"\d", t) for t in texts)
    effect = pd.read_csv(report / "figures" / "fig-survey-effects.csv")
    row = effect[(effect["estimator"] == "lin") & (effect["outcome"] == "job_future")].iloc[0]
    assert any(f"{row['estimate']:.2f}" in t for t in texts)


def test_pdf_says_its_language_and_title_and_has_an_outline(pdf):
    assert str(pdf.Root.Lang) == "en-GB"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Coordinated support and the way to work"
        assert metadata["pdfuaid:part"] == "1"
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert len(titles) >= 7
    assert pdf.Root.MarkInfo.Marked


def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    out, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            out.append(node)
        kids = node.get("/K", [])
        waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return out


def test_pdf_figures_have_alt_text_and_tables_have_header_cells(pdf):
    found = tags(pdf)
    figures = [t for t in found if t.S == "/Figure"]
    assert len(figures) >= 7
    assert all(len(str(f.get("/Alt", ""))) > 60 for f in figures if "/Alt" in f)
    assert sum("/Alt" in f for f in figures) >= 7
    tables = [t for t in found if t.S == "/Table"]
    assert len(tables) >= 12
    for table in tables:
        below, heads = [table], 0
        while below:
            node = below.pop()
            heads += node.get("/S") == "/TH"
            kids = node.get("/K", [])
            below += [k for k in (kids if isinstance(kids, pikepdf.Array) else [kids])
                      if isinstance(k, pikepdf.Dictionary)]  # fmt: skip
        assert heads >= 2


def test_pdf_is_a4(pdf):
    for page in pdf.pages:
        width, height = (float(x) for x in page.mediabox[2:])
        assert (round(width), round(height)) == (595, 842)


def test_the_report_says_that_the_data_are_synthetic_at_the_start_and_in_the_summary(page):
    text = page.text_content()
    assert text.lower().index("synthetic data") < text.index("Summary") + 2000
    header = page.xpath("//header")[0].text_content().lower()
    assert "synthetic" in header


def test_numbers_in_the_summary_are_those_of_the_ledger(page, report):
    ledger = pd.read_csv(report / "results.csv")
    lin = ledger[(ledger["analysis"] == "itt") & (ledger["estimator"] == "lin")]
    row = lin[(lin["outcome"] == "subsidised_job") & (lin["horizon"] == 12)].iloc[0]
    text = " ".join(page.text_content().replace("\u2212", "-").split())
    assert f"{row['estimate']:.1f} ({row['ci_low']:.1f} to {row['ci_high']:.1f})" in text


def test_no_count_of_one_to_four_people_is_in_any_file(report):
    for path in [*report.glob("**/*.csv")]:
        if path.name.startswith("tbl-dictionary-"):
            continue  # words about columns; their units are not those of estimates
        frame = pd.read_csv(path)
        if not {"unit", "estimate", "part"} <= set(frame):
            continue
        people = frame[(frame["unit"] == "people") & frame["estimate"].between(1, 4)]
        assert people.empty, path.name
        # In the municipality part they count municipalities.
        counted = frame[frame["part"] != "municipality"]
        for name in ("n_support", "n_control"):
            assert not counted[name].between(1, 4).any(), path.name


def test_no_person_of_the_study_is_in_any_output(report):
    people = pd.read_csv(ROOT / "data/synthetic/survey_participants.csv")["person"].sample(
        40, random_state=1
    )
    for path in report.rglob("*"):
        if path.suffix in (".html", ".csv", ".svg", ".json"):
            text = path.read_text("utf-8")
            assert not [p for p in people if re.search(rf"\b{p}\b", text)], path.name


@pytest.fixture(scope="module")
def nsw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nsw")
    render(ROOT / "tests" / "studies" / "nsw", folder / "out", folder)
    return folder / "out"


def test_nsw_gives_the_published_effect_and_its_error(nsw):
    ledger = pd.read_csv(nsw / "results.csv")
    row = ledger[(ledger["analysis"] == "itt") & (ledger["estimator"] == "unadjusted")].iloc[0]
    assert round(row["estimate"], 2) == 1794.34
    assert round(row["std_error"], 2) == 671.00
    assert (row["n_support"], row["n_control"], row["unit"]) == (185, 260, "USD")


def test_nsw_has_the_register_chapter_alone_and_nothing_of_finsam(nsw):
    page = lxml.html.fromstring((nsw / "report.en.html").read_text("utf-8"))
    text = page.text_content()
    assert "1,794 (671)" in text
    headings = [h.text_content().lower() for h in page.xpath("//h2")]
    assert any("register" in h for h in headings)
    assert not any("survey" in h for h in headings)
    for word in ("Malmö", "Finsam Act", "coordination", "synthetic", "waiting"):
        assert word.lower() not in text.lower(), word
    assert not (nsw / "tables" / "tbl-register-late.csv").exists()


def test_nsw_tables_are_those_of_the_source(tmp_path):
    pytest.importorskip("causaldata")
    folder = ROOT / "tests" / "studies" / "nsw"
    subprocess.run([sys.executable, str(folder / "make.py"), str(tmp_path)], check=True)
    for name in ("participants.csv", "earnings.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
