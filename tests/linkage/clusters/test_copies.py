"""Records copied from another list add no capture, whether or not they say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa

from testimonia.linkage.clusters.copies import FIELDS, copies_of, draw_copies, judged
from testimonia.linkage.clusters.counting import count
from testimonia.linkage.compared import Compared

TRUE_COPIES, CITING = 80, 30
EACH = 200


def invented(make: Callable[..., Compared], *, cites: bool = True) -> tuple[Compared, pa.Table]:
    """List 0 and list 1 with 200 persons each on both; the first 80 of list 1 are copies, and 30 of them say so.

    A copy has the values of its original, missing ones too. An independent record agrees in four of five values, and
    its missing ones are its own; it is reported years before or after.
    """
    generator = np.random.default_rng(3)
    columns = sorted({name for field in FIELDS for name in field})
    first = {name: generator.integers(0, 1000, EACH) for name in columns}
    gone = {field: generator.random(EACH) < 0.2 for field in FIELDS}
    year = generator.integers(2000, 2010, EACH)
    own = {field: generator.random(EACH) < 0.2 for field in FIELDS}
    copied = np.arange(EACH) < TRUE_COPIES
    data: dict[str, list[int | str | None]] = {}
    for field in FIELDS:
        for name in field:
            agrees = copied | (generator.random(EACH) < 0.8)
            second = np.where(agrees, first[name], generator.integers(1000, 2000, EACH))
            missing = np.concatenate([gone[field], np.where(copied, gone[field], own[field])])
            values = np.concatenate([first[name], second])
            data[name] = [None if lost else int(value) for value, lost in zip(values, missing, strict=True)]
    later = np.where(copied, year + generator.integers(0, 2, EACH), generator.integers(1998, 2014, EACH))
    data["report_year"] = np.concatenate([year, later]).tolist()
    said = [None] * EACH + ["List 0" if cites and at < CITING else None for at in range(EACH)]
    data["derived_from"] = list(said)
    compared = make([0] * EACH + [1] * EACH, [(at, EACH + at) for at in range(EACH)], [[2]] * EACH)
    other = replace(compared, lists=("list 0", "list 1", "list 2"))
    return other, pa.table({**data, "derived_from": pa.array(said, pa.string())})


def test_copies_that_do_not_say_so_are_known_by_what_those_that_do_look_like(make: Callable[..., Compared]) -> None:
    compared, table = invented(make)
    copies = copies_of(compared, table)
    assert copies is not None
    found = judged(copies, np.ones(EACH), 3)
    inside = np.ones(EACH, dtype=bool)
    generator = np.random.default_rng(1)
    drawn = np.mean([draw_copies(copies, found, inside, 2 * EACH, generator)[0] for _ in range(50)], axis=0)
    assert drawn[:EACH].max() == 0, "the copied list copies nothing"
    assert (drawn[EACH : EACH + CITING] == 1).all()
    assert drawn[EACH + CITING : EACH + TRUE_COPIES].mean() > 0.9
    assert drawn[EACH + TRUE_COPIES :].mean() < 0.1


def test_a_copy_adds_no_capture_and_the_person_stays(make: Callable[..., Compared]) -> None:
    compared, table = invented(make)
    row = np.tile(np.arange(EACH, dtype=np.int32), 2)
    ratios = np.zeros((6, 1, 3))
    found = count(
        compared, copies_of(compared, table), np.tile(row, (8, 1)), ratios, np.empty(0), np.random.default_rng(1)
    )
    assert (found.counts.sum(axis=1) == EACH).all()
    both = found.counts[:, 0b011]
    assert abs(np.median(both) - (EACH - TRUE_COPIES)) <= 8


def test_where_no_list_cites_another_nothing_is_taken_for_a_copy(make: Callable[..., Compared]) -> None:
    compared, table = invented(make, cites=False)
    assert copies_of(compared, table) is None
