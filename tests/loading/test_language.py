"""A file whose comments are in another language is told so once; English is never taken for another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rejoinder.loaders import read
from rejoinder.loaders.recognising.language import MESSAGE
from rejoinder.records import Found
from tests.formats.test_golden import SOURCES, files_of, map_of
from tests.reading import Reading, written

ENGLISH = [
    "The shed leaks whenever it rains, and nobody has mended the roof since May.",
    "I disagree: a new roof costs more than the whole shed is worth.",
    "Fair enough, but then we should sell what is left of it.",
]
OTHERS = {
    "German": [
        "Der Schuppen ist undicht, und niemand hat das Dach seit Mai repariert.",
        "Das sehe ich anders: ein neues Dach kostet mehr, als der ganze Schuppen wert ist.",
    ],
    "French": [
        "La remise prend l'eau et personne n'a réparé le toit depuis le mois de mai.",
        "Je ne suis pas d'accord : un toit neuf coûte plus cher que toute la remise.",
    ],
    "Spanish": [
        "El cobertizo tiene goteras y nadie ha arreglado el tejado desde mayo.",
        "No estoy de acuerdo: un tejado nuevo cuesta más de lo que vale el cobertizo.",
    ],
    "Dutch": [
        "De schuur lekt als het regent en niemand heeft het dak sinds mei gemaakt.",
        "Dat ben ik niet met je eens: een nieuw dak kost meer dan de hele schuur waard is.",
    ],
    "Polish": [
        "Szopa przecieka podczas deszczu i nikt nie naprawił dachu od maja tego roku.",
        "Nie zgadzam się: nowy dach kosztuje więcej niż cała ta stara szopa jest warta.",
    ],
    "Russian": [
        "Сарай протекает, когда идёт дождь, и никто не чинил крышу с самого мая.",
        "Я не согласен: новая крыша стоит больше, чем весь этот старый сарай.",
    ],
    "Japanese": [
        "物置は雨が降ると水が漏れ、五月から誰も屋根を直していません。",
        "新しい屋根は物置全体の値段より高いと思います。",
    ],
    "Vietnamese": [
        "Nhà kho bị dột mỗi khi trời mưa và không ai sửa mái nhà từ tháng năm.",
        "Tôi không đồng ý: mái nhà mới còn đắt hơn cả nhà kho cũ này.",
    ],
}
CODE = "raise ValueError(bad); os.kill(pid, sig); sys.exit(code); open(path, mode); return stdin, stdout, stderr, argv"
CITIES = ["Zürich", "Lyon", "Gdynia", "Malmö", "Porto", "Bari", "Brno", "Graz", "Gent", "Turku", "Vigo", "Split"]
MIXED: dict[str, tuple[list[str], bool]] = {
    "English": (ENGLISH, False),
    "mostly English": ([*ENGLISH, *OTHERS["German"]], False),
    "mostly German": ([*OTHERS["German"], ENGLISH[0]], True),
    "too short to tell": (["Genau!", "Stimmt nicht.", "Das ist falsch."], False),
    "addresses": (["See https://shed.example/la/remise/prend/eau and @die_alte @der_neue #schuppen #dach."], False),
    "fenced code": ([f"Why?\n```\n{CODE}\n```", f"~~~ py\n{CODE}"] * 2, False),
    "indented code": ([f"Why?\n\n    {CODE}"] * 3, False),
    "code within a line": ([f"Say `{text}`" for text in OTHERS["German"] * 2], False),
    "quoted lines": ([f"> {text}\n\nNo." for text in OTHERS["German"] * 2], False),
    "cities": ([f"{', '.join(CITIES)}."] * 4, False),
    "words of no language in one comment": ([f"{' '.join(CITIES).lower()} " * 3], False),
    "one in German": ([" ".join(OTHERS["German"])], True),
} | {name: (texts, True) for name, texts in OTHERS.items()}


def reading(folder: Path, texts: list[str]) -> Reading:
    rows = [{"id": str(number), "thread": "shed", "text": text} for number, text in enumerate(texts)]
    return Reading(written(folder, rows, "shed.json"))


@pytest.mark.parametrize(("texts", "told"), MIXED.values(), ids=MIXED)
def test_another_language_is_said_once(tmp_path: Path, texts: list[str], told: bool) -> None:
    found = reading(tmp_path, texts)
    assert len(found.comments) == len(texts)
    assert [problem.note for problem in found.problems if problem.message == MESSAGE] == [True] * told


def test_an_argument_that_is_stated_needs_no_reading(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = []
    for number, text in enumerate(OTHERS["German"]):
        rows.append({"id": str(number), "thread": "shed", "text": text})
        rows.append({"claim": f"c{number}", "comment": str(number), "start": 0, "end": len(text)})
    path = written(tmp_path, "".join(f"{json.dumps(row)}\n" for row in rows), "shed.jsonl")
    assert Reading(path).messages == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_english_file_is_taken_for_another(source: Path) -> None:
    problems = [one for one in read(files_of(source), by=map_of(source)) if not isinstance(one, Found)]
    assert MESSAGE not in [problem.message for problem in problems]
