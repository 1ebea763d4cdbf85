"""The codebook as data: complete, labelled in three languages, mapped with typed relations."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from testimonia.coding.codebook import Codebook, Term, load_codebook

SHARED = Path(__file__).resolve().parents[3] / "shared"
SECTION = re.compile(r"## Act codes\n.*?\n(.*?)\n\n", re.DOTALL)
ESF = re.compile(r"MT[45] (?:\d\d)+ \S.*")


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def terms(book: Codebook) -> list[Term]:
    return [term for scheme in book.schemes.values() for term in scheme.values()]


def gold_rows() -> list[dict[str, object]]:
    found = []
    for language in ("en", "ko", "zh"):
        path = SHARED / "gold" / f"{language}_dev.jsonl"
        if not path.exists():
            pytest.skip("the gold folder is not beside the project (../shared/gold)")
        found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found


def test_every_term_has_labels_in_three_languages_and_a_definition(book: Codebook) -> None:
    """No label and no definition is empty; definitions are sentences."""
    for term in terms(book):
        assert set(term.labels) == {"en", "ko", "zh"}, term.code
        assert all(label.strip() for label in term.labels.values()), term.code
        assert term.definition.endswith("."), term.code


def test_labels_of_a_scheme_are_unique(book: Codebook) -> None:
    """Two codes of one scheme never bear the same English label, except a synonym that folds into the other."""
    for name, scheme in book.schemes.items():
        labels = [term.labels["en"] for term in scheme.values() if not term.fold or term.fold == term.code]
        assert len(labels) == len(set(labels)), name


def test_acts_say_what_is_in_and_out_and_how_they_map(book: Codebook) -> None:
    """Each act code has include, exclude, and one typed mapping to HTCDS and to ESF."""
    for term in book.schemes["act"].values():
        assert term.include and term.exclude, term.code
        assert {mapping.scheme for mapping in term.mappings} == {"htcds", "esf"}, term.code
        for mapping in term.mappings:
            assert mapping.match in {"exact", "close", "broad", "none"}
            assert (mapping.match == "none") == (mapping.target == ""), term.code


def test_the_palermo_element_follows_the_code(book: Codebook) -> None:
    """tip.act, tip.means and tip.purpose bear on their element; state, law and journey on none."""
    for code, term in book.schemes["act"].items():
        first, second = code.split(".")[:2]
        assert term.palermo == (second if first == "tip" else None), code


def test_broader_and_fold_lead_to_known_codes_without_circles(book: Codebook) -> None:
    """Every broader code exists, and following it ends."""
    for scheme in book.schemes.values():
        for term in scheme.values():
            seen: list[str] = [term.code]
            while (above := scheme[seen[-1]].broader) is not None:
                assert above in scheme and above not in seen, term.code
                seen.append(above)


def test_esf_targets_have_the_form_of_a_micro_thesaurus_entry(book: Codebook) -> None:
    """Thesaurus, code of digit pairs, label."""
    for term in book.schemes["act"].values():
        for mapping in term.mappings:
            assert mapping.scheme != "esf" or not mapping.target or ESF.fullmatch(mapping.target), term.code


def test_htcds_targets_exist_in_the_standard(book: Codebook) -> None:
    """Field and value of every HTCDS mapping stand in the standard's field list."""
    path = SHARED / "data" / "htcds_fields.json"
    if not path.exists():
        pytest.skip("the field list is not beside the project (../shared/data)")
    fields = {f["name"]: f for f in json.loads(path.read_text(encoding="utf-8"))["fields"]}
    for term in book.schemes["act"].values():
        for mapping in term.mappings:
            if mapping.scheme == "htcds" and mapping.target:
                name, _, value = mapping.target.partition("=")
                assert name in fields, mapping.target
                assert not value or value in {v["code"] for v in fields[name]["values"]}, mapping.target


def test_every_act_code_of_the_gold_readme_is_in_the_codebook(book: Codebook) -> None:
    """The list of codes in use, and tip.act.receipt."""
    path = SHARED / "gold" / "README.md"
    if not path.exists():
        pytest.skip("the gold folder is not beside the project (../shared/gold)")
    match = SECTION.search(path.read_text(encoding="utf-8"))
    assert match
    wanted = {"tip.act.receipt"}
    for group in match[1].split(" · "):
        prefix, *rest = re.sub(r"\(.*?\)", "", group).replace("`", "").rstrip(".").split(" ")
        wanted |= {prefix + name.strip() for name in " ".join(rest).split(",")}
    assert len(wanted) > 50
    assert wanted <= book.codes("act")


def test_everything_the_gold_uses_is_in_the_closed_lists(book: Codebook) -> None:
    """Codes, measure types, units, modalities, comparators, statuses and roles of the development gold."""
    for row in gold_rows():
        if row["kind"] == "act":
            assert {row["code"], *(row.get("also") or [])} <= book.codes("act")  # type: ignore[misc]
        if row["kind"] == "measure":
            assert row["mtype"] in book.codes("measure") and row["status"] in book.codes("status")
        if row["kind"] == "figure":
            assert row["unit"] is None or book.is_unit(str(row["unit"])), row["unit"]
            assert row.get("comparator") in {None, *book.codes("comparator")}
            assert row["value_status"] in book.codes("value_status")
        assert row.get("modality") in {None, *book.codes("modality")}
        if row["kind"] == "role":
            assert row["norm"] in book.codes("role")


def test_a_rate_is_a_unit_a_slash_and_a_base(book: Codebook) -> None:
    """persons/year is a unit; persons/persons and /year are not."""
    assert book.is_unit("persons/year") and book.is_unit("CNY/person") and book.is_unit("km")
    assert not book.is_unit("persons/persons") and not book.is_unit("/year") and not book.is_unit("person")
