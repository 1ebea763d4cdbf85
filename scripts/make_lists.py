"""Make the four invented lists of the sample project, and write beside them how many people there really are.

Run: python scripts/make_lists.py. Writes src/testimonia/sample/lists. Every person, list and record is invented: names
are put together from syllables at random, and equal names of living people are chance. The same seed gives the same
bytes. The population is known, so that anybody can hold an estimate against it.
"""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "testimonia" / "sample" / "lists"
SEED, PERSONS = 20_230_901, 700
COPIES = 9  # press records that come from the interviews, and say so
HARMS = ("FM", "FM", "FM", "FL", "FL", "DS", "OT")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a TSV beside the texts of the sample, comments left out."""
    lines = (HERE / "sample" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


NAMES, PLACES = table("list-names.tsv"), table("list-places.tsv")
SURNAMES = [row for row in NAMES if row["kind"] == "surname"]
GIVEN = [row for row in NAMES if row["kind"] == "given"]
ORIGINS = [row for row in PLACES if row["kind"] == "origin"]
DESTINATIONS = [row for row in PLACES if row["kind"] == "destination"]


@dataclass(frozen=True)
class Person:
    """What is true of an invented person."""

    name: tuple[dict[str, str], ...]
    sex: str
    born: int
    origin: dict[str, str]
    crossed: tuple[int, int]
    destination: dict[str, str]
    harm: str
    returned: bool


def persons(chance: random.Random) -> list[Person]:
    """The population: surnames with the usual few in front, three quarters women."""
    weights = [1 / (rank + 1.5) for rank in range(len(SURNAMES))]
    made = []
    for _ in range(PERSONS):
        year = chance.randint(1997, 2015)
        given = chance.sample(GIVEN, 1 if chance.random() < 0.05 else 2)
        made.append(
            Person(
                name=(chance.choices(SURNAMES, weights)[0], *given),
                sex="F" if chance.random() < 0.75 else "M",
                born=year - chance.randint(17, 48),
                origin=chance.choice(ORIGINS),
                crossed=(year, chance.randint(1, 12)),
                destination=chance.choice(DESTINATIONS),
                harm=chance.choice(HARMS),
                returned=chance.random() < 0.35,
            )
        )
    return made


@dataclass(frozen=True)
class List:
    """A list: whom it finds, what its columns are called, how it writes."""

    name: str
    rate: float
    form: str
    headings: dict[str, str]
    language: str


def hangul(person: Person, _chance: random.Random) -> str:
    """The name in Korean letters."""
    return "".join(one["hangul"] for one in person.name)


def latin(person: Person, chance: random.Random) -> str:
    """The name in Latin letters, with or without a hyphen or a space."""
    surname, *given = (one["latin"] for one in person.name)
    between = chance.choice(("-", " ", ""))
    if between == " ":
        return f"{surname} {' '.join(given)}"
    return f"{surname} {given[0]}{''.join(between + one.lower() for one in given[1:])}"


def chinese(person: Person, chance: random.Random) -> str:
    """The name in Chinese characters, or in pinyin."""
    if chance.random() < 0.7:
        return "".join(one["hans"] for one in person.name)
    surname, *given = (one["pinyin"] for one in person.name)
    return f"{surname} {given[0]}{''.join(one.lower() for one in given[1:])}"


def slip(name: str, chance: random.Random) -> str:
    """The name with two neighbouring letters exchanged, now and then."""
    if chance.random() > 0.03 or len(name) < 4 or not name.isascii():
        return name
    at = chance.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def born(person: Person, chance: random.Random, stated: float, korean: float, report: int) -> dict[str, str]:
    """A year of birth, or an age in one of two ways of counting; sometimes neither."""
    if chance.random() < 0.08:
        return {}
    wrong = chance.choice((-1, 1)) if chance.random() < 0.06 else 0
    if chance.random() < stated:
        return {"birth": str(person.born + wrong)}
    years = report - person.born + wrong
    return {"age": str(years + 1 if chance.random() < korean else years - chance.randint(0, 1))}


def place(row: dict[str, str], language: str, chance: random.Random) -> str:
    """A place in a language, sometimes only its province, sometimes nothing."""
    luck = chance.random()
    if luck < 0.08:
        return ""
    return row[f"province_{language}"] if luck < 0.22 else row[language]


def when(person: Person, language: str, chance: random.Random) -> str:
    """The time of the crossing: a month, a year, or nothing."""
    year, month = person.crossed
    luck = chance.random()
    if luck < 0.12:
        return ""
    if luck < 0.5:
        return {"ko": f"{year}년", "en": str(year), "zh": f"{year}年"}[language]
    return {"ko": f"{year}년 {month}월", "en": f"{year}-{month:02d}", "zh": f"{year}年{month}月"}[language]


def record(one: List, person: Person, chance: random.Random) -> dict[str, str]:
    """What a list writes of a person."""
    report = min(2022, person.crossed[0] + chance.randint(1, 7))
    writers = {"hangul": hangul, "latin": latin, "chinese": chinese}
    told = {
        "name": "" if chance.random() < 0.02 else slip(writers[one.form](person, chance), chance),
        "sex": {"ko": {"F": "여", "M": "남"}, "en": {"F": "F", "M": "M"}, "zh": {"F": "女", "M": "男"}}[one.language][
            person.sex
        ],
        "report": str(report),
        **born(person, chance, {"court": 0.85}.get(one.name, 0.3), {"en": 0.1}.get(one.language, 0.5), report),
        "origin": place(person.origin, one.language, chance),
        "crossed": when(person, one.language, chance),
        "destination": place(person.destination, one.language, chance),
        "harm": person.harm if chance.random() > 0.05 else chance.choice(HARMS),
        "returned": {
            "ko": ("예", "아니오"), "en": ("yes", "no"), "zh": ("是", "否"),
        }[one.language][not person.returned],
    }  # fmt: skip
    return told


KOREAN = {"id": "번호", "report": "조사연도", "name": "성명", "sex": "성별", "birth": "생년", "age": "나이",
          "origin": "출신지", "crossed": "탈북시기", "destination": "도착지", "harm": "피해유형",
          "returned": "강제송환", "source": "출처"}  # fmt: skip
ENGLISH = {"id": "record", "report": "year reported", "name": "name", "sex": "sex", "birth": "year of birth",
           "age": "age", "origin": "hometown", "crossed": "date of crossing", "destination": "destination",
           "harm": "type of exploitation", "returned": "repatriated", "source": "derived from"}  # fmt: skip
CHINESE = {"id": "编号", "report": "登记年份", "name": "姓名", "sex": "性别", "birth": "出生年", "age": "年龄",
           "origin": "籍贯", "crossed": "越境时间", "destination": "目的地", "harm": "剥削类型",
           "returned": "强制遣返", "source": "来源"}  # fmt: skip
LISTS = (
    List("interviews", 0.36, "hangul", KOREAN, "ko"),
    List("press", 0.24, "latin", ENGLISH, "en"),
    List("hotline", 0.30, "chinese", CHINESE, "zh"),
    List("court", 0.20, "chinese", CHINESE, "zh"),
)


def copy(person: Person, noted: dict[str, str], chance: random.Random) -> dict[str, str]:
    """What the press writes of a person whom it knows from the interviews alone: their facts, and where they are from."""
    of = next(one for one in LISTS if one.name == "press")
    told = record(of, person, chance)
    kept = {name: noted.get(name, "") for name in ("birth", "age", "report")}
    return {**told, "birth": "", "age": "", **kept, "source": "interviews"}


def made() -> tuple[dict[str, bytes], dict[str, object]]:
    """The bytes of each list by its file name, and the truth about them."""
    chance = random.Random(SEED)  # noqa: S311 - to be made again with the same bytes
    other = random.Random(SEED + 1)  # noqa: S311 - as above; of its own, so that copies change no other row
    everybody = persons(chance)
    noted: dict[int, dict[str, str]] = {}
    on: dict[str, list[int]] = {}
    files = {}
    for one in LISTS:
        found = [number for number in range(PERSONS) if chance.random() < one.rate]
        chance.shuffle(found)
        on[one.name] = found
        rows = [record(one, everybody[number], chance) for number in found]
        rows += [record(one, everybody[number], chance) for number in chance.sample(found, round(0.03 * len(found)))]
        if one.name == "interviews":
            noted = dict(zip(found, rows, strict=False))
        if one.name == "press":
            rows += [copy(everybody[number], noted[number], other) for number in other.sample(sorted(noted), COPIES)]
        files[f"{one.name}.csv"] = written(one, rows)
    return files, truth(on)


def written(one: List, rows: list[dict[str, str]]) -> bytes:
    """A list as CSV; every id says that it is invented."""
    paper = io.StringIO()
    out = csv.DictWriter(paper, fieldnames=list(one.headings), lineterminator="\n")
    out.writerow(one.headings)
    for number, row in enumerate(rows, 1):
        out.writerow({"id": f"invented-{one.name}-{number:03d}", **row})
    return paper.getvalue().encode()


def truth(on: dict[str, list[int]]) -> dict[str, object]:
    """How many people there are, on how many lists, and by pattern."""
    seen = {number: [name for name in on if number in set(on[name])] for number in range(PERSONS)}
    counts: dict[str, int] = {}
    for names in seen.values():
        pattern = "".join(str(int(name in names)) for name in on)
        counts[pattern] = counts.get(pattern, 0) + 1
    return {
        "invented": True,
        "population": PERSONS,
        "recorded": sum(bool(names) for names in seen.values()),
        "on_two_lists_or_more": sum(len(names) > 1 for names in seen.values()),
        "lists": list(on),
        "patterns": dict(sorted(counts.items())),
    }


def main() -> None:
    """Write the lists and the truth."""
    files, told = made()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    for name, data in files.items():
        (OUT / name).write_bytes(data)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (OUT.parent / "lists_truth.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
