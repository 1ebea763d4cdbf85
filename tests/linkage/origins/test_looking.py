"""A mention finds the same source by search as by reading everything before it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.origins.looking import Mentions
from testimonia.linkage.origins.sources import Mention, key

NAMES = (
    "Dawn River Archive", "River Archive", "DRA", "The Archive", "새벽강기록보관소", "강기록보관소", "晨江档案馆", "",
)  # fmt: skip
SORTS = ("report", "organisation", "official", "person")
mentions = st.builds(
    Mention,
    text=st.just("words"),
    sort=st.sampled_from(SORTS),
    name=st.sampled_from(NAMES),
    points=st.sampled_from((None, "report", "organisation", "official", "person")),
    head=st.sampled_from(("", "archive", "档案馆")),
)


def last_of(choices: Sequence[Sequence[Mention]]) -> Mention | None:
    return next((choice[-1] for choice in choices if choice), None)


def by_reading(mention: Mention, before: Sequence[Mention]) -> Mention | None:
    named = [m for m in before if m.name and m.sort != "person"]
    fitting = [m for m in named if mention.head and key(m.name).endswith(mention.head)]
    holding = [m for m in named if mention.head and mention.head in key(m.name)]
    bodies = [m for m in named if m.sort in ("organisation", "report")]
    reports = [m for m in named if m.sort == "report"]
    unofficial = [m for m in named if m.sort != "official"]
    return {
        "report": last_of((reports, unofficial, named)),
        "official": last_of((fitting, holding)),
        "person": last_of((fitting, bodies, named)),
        "organisation": last_of((fitting, bodies)),
        None: None,
    }[mention.points]


@given(mentions.filter(lambda m: m.points is not None), st.lists(mentions, max_size=8))
def test_a_pointing_mention_stands_for_the_last_one_that_fits(mention: Mention, before: list[Mention]) -> None:
    assert Mentions(before).resolve(mention, len(before)) == by_reading(mention, before)


@given(mentions, st.lists(mentions, max_size=8), st.integers(0, 8))
def test_what_comes_later_is_not_looked_at(mention: Mention, found: list[Mention], upto: int) -> None:
    assert Mentions(found).resolve(mention, upto) == Mentions(found[:upto]).resolve(mention, upto)


def test_a_short_name_stands_for_the_fuller_one_named_last() -> None:
    names = ("Dawn River Archive", "晨江档案馆", "New Dawn River Archive")
    named = [Mention("", "organisation", name=name) for name in names]
    found = Mentions(named)
    assert found.resolve(Mention("", "organisation", name="River Archive"), 3) == named[2]
    assert found.resolve(Mention("", "organisation", name="River Archive"), 2) == named[0]
    assert found.resolve(Mention("", "organisation", name="DRA"), 3) == named[0]
    alone = Mention("", "organisation", name="Archive")
    assert found.resolve(alone, 3) == alone, "one word of a name in Latin letters is not enough"
