"""Workbooks of spreadsheet programs: the first sheet with rows, as a table."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.reading import Reading

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TEXTS = (
    f"<sst {MAIN}><si><t>id</t></si><si><t>text</t></si><si><t>author</t></si><si><t>parent</t></si>"
    "<si><t>date</t></si>"
    "<si><r><t>The gate </t></r><r><rPr><b/></rPr><t>is shut.</t></r><rPh><t>x</t></rPh></si>"
    "<si><t>Zoë &amp; Ann</t></si></sst>"
)
STYLES = (
    f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>3</v></c><c r="C1" t="s"><v>2</v></c>' + (
    '<c r="D1" t="s"><v>1</v></c><c r="E1" t="s"><v>4</v></c></row>'
)
ROWS = (
    HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="C2" t="s"><v>6</v></c><c r="D2" t="s"><v>5</v></c>'
    '<c r="E2" s="1"><v>46146.5</v></c></row><row r="3"/>'
    '<row r="4"><c r="A4"><v>2.0</v></c><c r="B4"><v>1</v></c><c r="C4" t="str"><f>A1</f><v>Bo</v></c>'
    '<c r="D4" t="inlineStr"><is><t>I disagree,\nit is open.</t></is></c><c r="E4" s="2"><v>46147</v></c></row>'
)


def workbook(path: Path, *sheets: tuple[str, str, str], book: str = "", **more: str) -> Path:
    """A workbook of sheets, each by its name, its state and its rows."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}" state="{state}"/>'
        for at, (name, state, _) in enumerate(sheets)
    )
    facts = "".join(f'<Relationship Id="r{at}" Target="worksheets/s{at}.xml"/>' for at in range(len(sheets)))
    files = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook {MAIN} {LINKS}>{book}<sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{facts}</Relationships>",
        "xl/sharedStrings.xml": TEXTS,
        "xl/styles.xml": STYLES,
        **{
            f"xl/worksheets/s{at}.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
            for at, (_, _, rows) in enumerate(sheets)
        },
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in files.items():
            held.writestr(name, content)
    return path


@pytest.mark.parametrize("named", [True, False], ids=["named", "in a folder"])
def test_a_workbook_is_read_as_its_sheet_would_be(tmp_path: Path, named: bool) -> None:
    path = workbook(tmp_path / "gate.xlsx", ("Comments", "visible", ROWS))
    reading = Reading(path if named else tmp_path)
    assert [
        (comment.id, comment.parent, comment.author, comment.text, comment.created) for comment in reading.comments
    ] == [
        ("1", None, "Zoë & Ann", "The gate is shut.", "2026-05-04T12:00:00"),
        ("2", "1", "Bo", "I disagree,\nit is open.", "2026-05-05"),
    ]
    assert {comment.thread.id for comment in reading.comments} == {"gate"}
    assert {one.file for one in reading.found} == {str(path)}
    assert [problem.lost for problem in reading.problems if not problem.note] == []


def test_the_first_sheet_that_is_shown_and_has_rows_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    sheets = [
        ("Hidden", "hidden", ROWS),
        ("Empty", "visible", HEAD),
        ("Comments", "visible", ROWS),
        ("More", "visible", ROWS),
    ]
    reading = Reading(workbook(tmp_path / "gate.xlsx", *sheets))
    assert len(reading.comments) == 2
    assert reading.messages[0].startswith("read the sheet 'Comments'; left out 'More'")


def test_dates_may_count_from_1904_and_a_number_with_a_unit_is_none(tmp_path: Path) -> None:
    rows = ROWS.replace("46146.5", "44684.5").replace('s="2"><v>46147', 's="3"><v>46147.25')
    book = '<workbookPr date1904="1"/>'
    reading = Reading(workbook(tmp_path / "gate.xlsx", ("Comments", "visible", rows), book=book))
    assert [comment.created for comment in reading.comments] == ["2026-05-04T12:00:00", "46147.25"]


def test_a_sheet_whose_columns_leave_a_doubt_gets_a_map_for_the_workbook(tmp_path: Path) -> None:
    texts = {
        "xl/sharedStrings.xml": TEXTS.replace(">text<", ">Was<").replace(">author<", ">Wer<").replace(">id<", ">Nr<")
    }
    path = workbook(tmp_path / "gate.xlsx", ("Comments", "visible", ROWS), **texts)
    (problem,) = Reading(path).problems
    assert (problem.file, problem.lost, bool(problem.proposal)) == (str(path), True, True)


BROKEN: dict[str, tuple[dict[str, str], str]] = {
    "no sheet": ({"xl/workbook.xml": f"<workbook {MAIN}/>"}, "expected a workbook with rows in one of its sheets"),
    "half a sheet": (
        {"xl/worksheets/s0.xml": "<worksheet><row>"},
        "expected a complete workbook; in xl/",
    ),
    "entities": ({"xl/sharedStrings.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><sst>&b;</sst>"}, "expected XML without"),
    "odd numbers": ({"xl/styles.xml": '<s><numFmt numFmtId="x"/><cellXfs><xf numFmtId="-"/></cellXfs></s>'}, ""),
}


@pytest.mark.parametrize(("more", "message"), BROKEN.values(), ids=BROKEN)
def test_a_workbook_that_is_broken_is_an_error(tmp_path: Path, more: dict[str, str], message: str) -> None:
    reading = Reading(workbook(tmp_path / "gate.xlsx", ("Comments", "visible", ROWS), **more))
    problems = [problem for problem in reading.problems if problem.lost]
    assert [problem.message.startswith(message) for problem in problems] == ([True] if message else [])


def test_no_sheet_lies_outside_of_its_workbook(tmp_path: Path) -> None:
    rows = '<c t="str"><v>id</v></c><c t="str"><v>text</v></c>', "<c><v>1</v></c><c t='str'><v>Private.</v></c>"
    (tmp_path / "private.xml").write_text(f"<sheet>{''.join(f'<row>{row}</row>' for row in rows)}</sheet>")
    target = "../" * 20 + str(tmp_path / "private.xml")[1:]
    facts = f'<R><Relationship Id="r0" Target="{target}"/></R>'
    path = workbook(tmp_path / "gate.xlsx", ("A", "visible", ROWS), **{"xl/_rels/workbook.xml.rels": facts})
    assert Reading(path).messages == ["expected a workbook with rows in one of its sheets, got none"]


def test_a_sheet_may_be_named_by_way_of_another_folder(tmp_path: Path) -> None:
    facts = '<R><Relationship Id="r0" Target="../xl/./worksheets/s0.xml"/></R>'
    path = workbook(tmp_path / "gate.xlsx", ("A", "visible", ROWS), **{"xl/_rels/workbook.xml.rels": facts})
    assert len(Reading(path).comments) == 2


def test_a_workbook_that_is_a_bomb_is_unpacked_no_further(tmp_path: Path) -> None:
    texts = TEXTS.replace("</sst>", f"<si><t>{'x' * 1_000_000}</t></si></sst>")
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>7</v></c></row>' for at in range(2, 100))
    path = workbook(tmp_path / "gate.xlsx", ("A", "visible", HEAD + cells), **{"xl/sharedStrings.xml": texts})
    (problem,) = Reading(path).problems
    assert (problem.lost, "unpacked no further" in problem.message) == (True, True)


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_that_holds_workbooks_is_none(tmp_path: Path, packed: int) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w", packed) as held:
        for name in ("gate", "wall"):
            held.write(workbook(tmp_path / f"{name}.xlsx", ("A", "visible", ROWS)), f"{name}.xlsx")
    assert {comment.thread.id for comment in Reading(tmp_path / "all.zip").comments} == {"gate", "wall"}


def test_the_workbooks_in_an_archive_are_bounded_together(tmp_path: Path) -> None:
    mass = {"xl/media.bin": "\0" * 30_000_000}
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as held:
        for number in range(4):
            held.write(workbook(tmp_path / f"{number}.xlsx", ("A", "visible", ROWS), **mass))
    assert any("unpacked no further" in problem.message for problem in Reading(tmp_path / "all.zip").problems)
