"""The chapters of the report: lists, evidence, doubt, calibration, review, what is missing, how it was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from testimonia import vocabulary
from testimonia.release.blocks import Block, Picture, Prose
from testimonia.release.links.words import (
    Given,
    comparison,
    interval,
    number,
    people,
    percent,
    spread,
    table,
    text,
    works,
)
from testimonia.release.wording import counted

__all__ = ["calibration", "doubt", "evidence", "how", "lists", "missed", "review", "rows"]

Pictures = Mapping[str, Picture]
ROWS = 200


def _picture(pictures: Pictures, name: str) -> Iterator[Picture]:
    if name in pictures:
        yield pictures[name]


def lists(links: Given, pictures: Pictures) -> Iterator[Block]:
    """Each list, each overlap, with intervals."""
    yield from _picture(pictures, "links-overlaps")
    yield table(
        "Each list: its records, the persons behind them, and those who are on no other list",
        ("List", "Records", "Persons", "From–to", "On this list only", "From–to"),
        (28, 12, 12, 18, 14, 16),
        [
            (
                text(one["name"]),
                number(people(one["records"])),
                number(people(one["persons"]["best"])),
                number(interval(one["persons"])),
                number(people(one["alone"]["best"])),
                number(interval(one["alone"])),
            )
            for one in links["lists"]
        ],
    )
    yield table(
        "Persons on both of two lists, whatever other lists they are on",
        ("Lists", "Persons", "From–to"),
        (60, 18, 22),
        [
            (text(" and ".join(one["lists"])), number(people(one["persons"]["best"])), number(interval(one["persons"])))
            for one in links["overlaps"]
        ],
    )


def evidence(links: Given, pictures: Pictures) -> Iterator[Block]:
    """What carried the links."""
    yield Prose(
        sentences=(
            text(
                "Every comparison that comes out so more often for one person than for two people speaks for a link, "
                "and the other way round. The weight is counted in bits: each bit doubles the odds. About twenty bits "
                "are needed to make one pair among a million likely."
            ),
        )
    )
    yield from _picture(pictures, "links-weights")
    yield table(
        "What the links rest on: the share of all evidence, and how often a comparison had nothing to say",
        ("Compared", "Share of the evidence", "Not comparable", "What it means"),
        (20, 16, 14, 50),
        [
            (
                text(comparison(one["comparison"])["name"]),
                number(percent(one["share"])),
                number(percent(one["missing"])),
                text(comparison(one["comparison"])["plain"]),
            )
            for one in sorted(links["evidence"], key=lambda one: -one["share"])
        ],
    )


def doubt(links: Given, _pictures: Pictures) -> Iterator[Block]:
    """Pairs by their probability, and the answer without the doubtful ones."""
    yield table(
        "Pairs by the probability of being one person: how many, and how many of them are expected to be",
        ("Probability", "Pairs", "Expected to be the same"),
        (40, 30, 30),
        [
            (
                text(f"{percent(one['low'])} to {percent(one['high'])}"),
                number(people(one["pairs"])),
                number(people(one["same"])),
            )
            for one in links["pairs"]["bands"]
        ],
    )
    certain, totals = links["certain"], links.get("totals") or {}
    yield table(
        "With all doubt drawn, and with only the links that nobody doubts (95 % and more)",
        ("", "All doubt drawn", "Undoubted links only"),
        (44, 30, 26),
        [
            (text("Persons"), number(spread(links["persons"])), number(people(certain["persons"]))),
            (text("On two lists or more"), number(spread(links["several"])), number(people(certain["several"]))),
            (
                text("Total with those on no list, best simple model"),
                number(people(totals.get("drawn"))),
                number(people(totals.get("certain"))),
            ),
        ],
    )
    if why := totals.get("why"):
        yield Prose(sentences=(text(why),))


def calibration(links: Given, pictures: Pictures) -> Iterator[Block]:
    """What the probabilities said beside what people found."""
    found = links["calibration"]
    if not found["audited"]:
        yield Prose(
            sentences=(
                text(
                    "No pair that was drawn at random has been decided by a person, so nothing here can say whether "
                    "a probability of 80 % means four of five. Some pairs of every review are drawn at random for "
                    "this."
                ),
            )
        )
        return
    yield from _picture(pictures, "links-calibration")
    yield table(
        f"Pairs drawn at random that people decided ({counted(found['audited'], 'pair')})",
        ("Probability", "Pairs", "Said on average", "Found to be the same"),
        (31, 20, 24, 25),
        [
            (
                text(f"{percent(one['low'])} to {percent(one['high'])}"),
                number(people(one["pairs"])),
                number(percent(one["said"])),
                number(percent(one["same"])),
            )
            for one in found["bins"]
        ],
    )


def review(links: Given, _pictures: Pictures) -> Iterator[Block]:
    """What people decided, and how far they agree."""
    found = links["review"]
    if not found["pairs"]:
        return
    said = [
        f"{counted(found['people'], 'person', 'people')} looked at {counted(found['pairs'], 'pair')}: "
        f"{found['same']:,} the same, {found['different']:,} different, {found['unsure']:,} unsure, "
        f"{found['disputed']:,} in dispute.",
        "Same and different hold in every draw; unsure and disputed pairs stay open.",
    ]
    if found["twice"]:
        alpha = "not measurable" if found["alpha"] is None else f"{found['alpha']:.2f}"
        kappa = "" if found["kappa"] is None else f", Cohen's kappa {found['kappa']:.2f}"
        said.append(
            f"{counted(found['twice'], 'pair')} were looked at by two people or more, {percent(found['observed'])} "
            f"alike: Krippendorff's alpha {alpha}{kappa}."
        )
    yield Prose(sentences=tuple(map(text, said)))


def missed(links: Given, _pictures: Pictures) -> Iterator[Block]:
    """Which rules found the pairs, and how many none found."""
    yield table(
        "Which rule found the pairs, each pair counted by its probability",
        ("Pairs that share", "Pairs", "Expected to be the same", "Found by this rule alone"),
        (43, 17, 20, 20),
        [
            (
                text(one["name"]),
                number(people(one["pairs"])),
                number(people(one["same"])),
                number(people(one["only"])),
            )
            for one in links["rules"]
        ],
    )
    found = links["missed"]
    if "pairs" in found:
        words = f"Pairs of one person that no rule found: about {spread(found['pairs'])}. {found.get('why', '')}"
        yield Prose(sentences=(text(words.strip()),))
    elif why := found.get("why"):
        yield Prose(sentences=(text(str(why)),))


def rows(links: Given, _pictures: Pictures) -> Iterator[Block]:
    """What was odd in the rows of the lists."""
    errors = links["row_errors"]
    if not errors:
        return
    more = f"{len(errors) - ROWS:,} more stand in link.json." if len(errors) > ROWS else ""
    yield table(
        "Rows in which something was odd; nothing was dropped without a word",
        ("List", "Row", "Column", "What", "What to do"),
        (16, 8, 14, 36, 26),
        [
            (
                text(one["list"]),
                number(str(one["row"] or "–")),
                text(one["column"]),
                text(one["what"]),
                text(one["remedy"]),
            )
            for one in errors[:ROWS]
        ],
        more,
    )


def how(links: Given, _pictures: Pictures) -> Iterator[Block]:
    """The steps in words, exactly, and by whom; seed and versions."""
    steps = vocabulary.rows("release/link_method")
    yield table(
        "How it was done, what each step rests on and what happens when that fails",
        ("Step", "In plain words", "Exactly", "Rests on"),
        (14, 28, 26, 32),
        [(text(one["name"]), text(one["plain"]), text(one["exact"]), text(one["rests"])) for one in steps],
    )
    cited = works(id_ for one in steps for id_ in one["works"].split(","))
    yield Prose(heading="Works", sentences=tuple(map(text, cited)), listed=True)
    told = [f"Seed {links['parameters']['seed']}, {links['parameters']['engine']}. The same lists, seed and versions "
            "give the same links.", f"testimonia {links['version']}."]  # fmt: skip
    told += [f"{name} {version}." for name, version in links["versions"].items()]
    yield Prose(heading="How to make it again", sentences=tuple(map(text, told)), listed=True)
