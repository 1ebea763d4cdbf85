"""The studies C1 to C6: which populations, which methods, and which coverage was promised before any was run.

C1 and C2 hold what the log-linear methods assume, C3 and C4 do not, C5 changes only what no table can show, and C6
leaves hardly any overlap to learn from. C9, the calibration of the Bayesian samplers, is in `calibration`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from evals.hidden.populations import Population, classes, heterogeneous, independent, with_interaction, with_pairs

from testimonia.estimation.terms import closure, main_effects, parse

__all__ = ["SCENARIOS", "Scenario", "chosen"]

CHANCES = (0.30, 0.25, 0.20, 0.15, 0.12, 0.10)
SPARSE = (0.040, 0.030, 0.020, 0.015, 0.010)
LOGITS = (-2.0, -1.8, -2.2, -2.0, -2.5, -2.2)
TRUE, BAND, USUAL_BAND = "true-model", "band-1.0", "band-0.69"
# The best models by BIC of published tables; of those with a triple of lists also the pairs that stepwise finds.
MODELS = {
    "fitted-uk5": ("uk5", "[123,25,34]"),
    "fitted-uk5-pairs": ("uk5", "[12,13,24,25,35,45]"),
    "fitted-netherlands5": ("netherlands5", "[135,12,24,34]"),
    "fitted-netherlands5-pairs": ("netherlands5", "[12,13,15,24,34,35]"),
    "fitted-australia4": ("australia4", "[12,23,24]"),
    "fitted-korea3": ("korea3", "[12,23]"),
}
# Promised before the first run: the interval of the true model, and what carries the choice of the model.
REPORTED = 300  # tables of a scenario that is not judged
PROMISED = {TRUE: 0.93, "loglinear-average": 0.90, "stepwise": 0.90, "bic-bootstrap": 0.90}


@dataclass(frozen=True)
class Scenario:
    """A population, the methods tried on it, and the coverage promised of some of them.

    `truth` is the log-linear model that holds in the population, empty where none does. `few` says of how many
    tables a slow method answers; the others answer `tables`.
    """

    study: str
    name: str
    about: str
    population: Callable[[], Population]
    methods: tuple[str, ...]
    truth: tuple[int, ...] = ()
    targets: Mapping[str, float] = field(default_factory=dict)
    few: Mapping[str, int] = field(default_factory=dict)
    tables: int = 1000

    def size(self, method: str, tables: int) -> int:
        """How many tables the method answers when `tables` are asked for."""
        return min(tables, self.few.get(method, self.tables))


@cache
def fitted(name: str) -> Population:
    """The population that a model of a published table describes."""
    from testimonia.estimation import examples
    from testimonia.estimation.loglinear.fits import fit_model

    table = examples.load(MODELS[name][0])
    fit = fit_model(table, parse(MODELS[name][1], table.k))
    return Population(round(float(fit.mu.sum())), fit.mu / fit.mu.sum())


def interacting(lists: int, value: float) -> Population:
    """A well-recorded population with dependent pairs, and a highest-order interaction of `value`."""
    odds = {(0, 1): 2.0, (1, 2): 1.5} if lists == 3 else {(0, 1): 2.0, (1, 2): 1.5, (2, 3): 0.7}
    return with_interaction(with_pairs(20_000 if lists == 3 else 100_000, CHANCES[:lists], odds), value)


def _c1() -> Iterator[Scenario]:
    for k in range(3, 7):
        methods = (TRUE, "loglinear-bic", "loglinear-average", "stepwise", "bic-bootstrap", "decomposable", "chao")
        yield Scenario(
            "C1", f"independent-{k}", f"{k} independent lists.", partial(independent, 1000, CHANCES[:k]),
            methods, main_effects(k), PROMISED,
        )  # fmt: skip


def _c2() -> Iterator[Scenario]:
    for name, (table, model) in MODELS.items():
        methods = (TRUE, "loglinear-bic", "loglinear-average", "stepwise", "bic-bootstrap", "decomposable", "chao")
        yield Scenario(
            "C2", name, f"The model {model} of `{table}`.", partial(fitted, name),
            methods, parse(model, int(table[-1])), PROMISED,
        )  # fmt: skip


def _c3() -> Iterator[Scenario]:
    methods = ("loglinear-average", "stepwise", "bic-bootstrap", "decomposable", "latent-class", "chao")
    often, seldom = (0.45, 0.40, 0.35, 0.40, 0.30, 0.35), (0.15, 0.10, 0.12, 0.08, 0.14, 0.10)
    between, hidden = (0.20,) * 6, (0.05, 0.06, 0.04, 0.05, 0.03, 0.04)
    slow = {"latent-class": 100}
    for k in (5, 6):
        yield Scenario(
            "C3", f"two-classes-{k}", f"Two kinds of people, {k} lists: four in ten often seen, the others seldom.",
            partial(classes, 3000, (0.4, 0.6), (often[:k], seldom[:k])), methods, few=slow, tables=REPORTED,
        )  # fmt: skip
    yield Scenario(
        "C3", "two-classes-hidden", "Two kinds of people, 5 lists: three in ten often seen, the others hardly ever.",
        partial(classes, 2000, (0.3, 0.7), (often[:5], hidden[:5])), methods, few=slow, tables=REPORTED,
    )  # fmt: skip
    yield Scenario(
        "C3", "three-classes-6", "Three kinds of people, 6 lists: often seen, seen by one list in five, seldom seen.",
        partial(classes, 3000, (0.2, 0.3, 0.5), (often, between, seldom)), methods, few=slow, tables=REPORTED,
    )  # fmt: skip


def _c4() -> Iterator[Scenario]:
    methods = ("loglinear-average", "stepwise", "bic-bootstrap", "decomposable", "chao", "sample-coverage")
    for k, spread in ((4, 0.5), (4, 1.0), (4, 2.0), (5, 1.0)):
        yield Scenario(
            "C4", f"logit-normal-{k}-{spread}", f"{k} lists, people who differ by a normal effect of spread {spread}.",
            partial(heterogeneous, 2000, LOGITS[:k], spread), methods, tables=REPORTED,
        )  # fmt: skip


def _c5() -> Iterator[Scenario]:
    for k in (3, 4):
        for value in (0.0, 0.25, 0.5, 1.0):
            everything = tuple(closure(range((1 << k) - 1), k))
            yield Scenario(
                "C5", f"interaction-{k}-{value}", f"{k} lists with a highest-order interaction of {value}.",
                partial(interacting, k, value), (TRUE, "loglinear-average", "bic-bootstrap", USUAL_BAND, BAND),
                everything, {BAND: 0.93} | ({USUAL_BAND: 0.93} if value < 0.69 else {}),
            )  # fmt: skip


def _c6() -> Iterator[Scenario]:
    methods = (TRUE, "loglinear-average", "stepwise", "bic-bootstrap", "decomposable", "chao", "sample-coverage")
    for k, total in ((3, 4000), (4, 4000), (5, 4000)):
        yield Scenario(
            "C6", f"sparse-{k}", f"{k} independent lists that each record one to four people in a hundred.",
            partial(independent, total, SPARSE[:k]), methods, main_effects(k),
        )  # fmt: skip
    apart = {(0, 1): 0.0, (2, 3): 0.0}
    yield Scenario(
        "C6", "sparse-apart", "5 such lists, of which two pairs keep each other's people off.",
        partial(with_pairs, 4000, SPARSE, apart), methods, closure((0b00011, 0b01100), 5),
    )  # fmt: skip


SCENARIOS = (*_c1(), *_c2(), *_c3(), *_c4(), *_c5(), *_c6())


def chosen(names: Iterable[str]) -> tuple[Scenario, ...]:
    """The scenarios whose study or name is among `names`; all of them where there are none."""
    wanted = set(names)
    known = {scenario.study for scenario in SCENARIOS} | {scenario.name for scenario in SCENARIOS}
    if wanted - known:
        raise SystemExit(f"No study or scenario is called {', '.join(sorted(wanted - known))}.")
    return tuple(one for one in SCENARIOS if not wanted or {one.study, one.name} & wanted)
