"""Reports by hand, in the JSON form in which they are handed over: an answer, a refusal, draws, strange names."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from typing import Any

Given = dict[str, Any]

# Potential victims of trafficking, UK 2013: Silverman 2014, five-list form (PF and NCA merged).
UK5: Mapping[str, int] = {
    "10000": 54, "01000": 463, "00100": 995, "00010": 695, "00001": 316, "11000": 15, "10100": 19, "10010": 3,
    "01100": 62, "01010": 19, "01001": 1, "00110": 76, "00101": 11, "00011": 8, "11100": 1, "11010": 1, "01110": 4,
    "11110": 1,
}  # fmt: skip
# Chan, Silverman & Vincent 2021, Table 2.
ARTIFICIAL: Mapping[str, int] = {"100": 40, "010": 30, "001": 20, "110": 6}


def estimate(method: str, total: float | None = None, lower: float | None = None, upper: float | None = None,
             **more: Any) -> Given:  # fmt: skip
    """One answer with all keys."""
    empty = dict.fromkeys(("model", "standard_error", "aic", "bic", "models", "admissible_models"))
    verdict = "fine" if total is not None else "refused"
    return {
        **empty, "method": method, "total": total, "lower": lower, "upper": upper, "level": 0.95, "verdict": verdict,
        "reason": "", "diagnostics": {}, "seconds": 0.01, **more,
    }  # fmt: skip


def table(patterns: Mapping[str, int], lists: Sequence[str], name: str = "") -> Given:
    """The table as it is handed over."""
    return {
        "name": name,
        "lists": list(lists),
        "n_observed": sum(patterns.values()),
        "patterns": dict(patterns),
        "censored": [],
    }


def headline(method: str, total: float | None, lower: float | None, upper: float | None, why: str = "") -> Given:
    return {
        "method": method, "total": total, "lower": lower, "upper": upper, "level": 0.95, "refused": total is None,
        "why": why,
    }  # fmt: skip


def report(table_: Given, head: Given, estimates: Sequence[Given], **more: Any) -> Given:
    empty: Given = {key: [] for key in ("sensitivity", "models", "verdicts", "variations", "consistency", "strata")}
    made = {
        **empty, "table": table_, "headline": head, "estimates": list(estimates), "draws": None, "cautions": [],
        "seed": 1, "version": "0.1.0", "versions": {"testimonia": "0.1.0", "numpy": "2.4.0"}, "seconds": 2.5, **more,
    }  # fmt: skip
    return copy.deepcopy(made)


def sweep(n: int, total: float, lower: float, upper: float, **more: Any) -> Given:
    """What the odds of the highest interaction do to the unseen part of a total."""
    values = [-1.0, -math.log(2), -0.5, -0.25, 0.0, 0.25, 0.5, math.log(2), 1.0]
    points = [
        {"value": v, "odds": math.exp(v), **{key: n + (end - n) * math.exp(v) for key, end in
         (("total", total), ("lower", lower), ("upper", upper))}}
        for v in values
    ]  # fmt: skip
    return {
        "assumption": "no interaction of all lists",
        "parameter": "interaction of all lists",
        "model": None,
        "points": points,
        "band_lower": points[0]["lower"],
        "band_upper": points[-1]["upper"],
        "tipping": [],
        "reason": "",
        **more,
    }


def answered() -> Given:
    """Five lists with an answer, and with everything else a report may hold but strata and draws."""
    tip = {"conclusion": "at least 20,000 people", "threshold": 20000.0, "end": "total", "holds": True}
    missed = {"conclusion": "at least 20,000 people", "threshold": 20000.0, "end": "lower", "holds": False}
    return report(
        table(UK5, ("LA", "NG", "PFNCA", "GO", "GP"), "uk5"),
        headline("bic-bootstrap", 25311.29061, 11168.0, 56052.0, "This rests on log-linear models."),
        [
            estimate("independence", 13444.0, 12004.0, 15160.0, model="[1,2,3,4,5]"),
            estimate("chao", 14642.2, 12925.2, 16648.7, reason="a lower bound: the total is at least about this."),
            estimate("sample-coverage", reason="the lists cover 19% of one another, and 55% is needed."),
            estimate("lincoln-petersen", 11527.8, 9514.1, 14073.7, model="[3,4]", diagnostics={"pairs": [
                {"model": "[3,4]", "total": 11527.8, "lower": 9514.1, "upper": 14073.7},
                {"model": "[1,5]", "total": None, "lower": None, "upper": None},
            ]}),
            estimate("loglinear-aic", 5551.769, 4000.0, 9000.0, model="[124,234,15,25,35,45]", aic=123.6134641,
                     models=6893, admissible_models=6519),
            estimate("loglinear-bic", 25311.29061, 14000.0, 47000.0, model="[123,25,34]", bic=195.8791056,
                     models=6893, admissible_models=6519),
            estimate("loglinear-average", 17000.0, 6000.0, 48000.0, models=6893, admissible_models=6519),
            estimate("stepwise", 11313.0, 8785.0, 14701.0, model="[12,13,24,25,35,45]"),
            estimate("bic-bootstrap", 25311.29061, 11168.0, 56052.0, model="[123,25,34]", bic=195.8791056,
                     models=6893, admissible_models=6519, diagnostics={"bootstraps": 1000}),
            estimate("bayes-threshold", 12000.0, 9300.0, 16900.0, model="[12,13]"),
            estimate("decomposable", 23016.0, 10408.0, 33481.0, models=822, admissible_models=821),
            estimate("latent-class", verdict="refused", reason="the four chains disagree (R-hat 1.8).",
                     diagnostics={"rhat": 1.8, "ess_bulk": 7.25, "occupied": 4}),
        ],
        sensitivity=[sweep(2744, 25311.29, 11168.0, 56052.0, tipping=[
            {**tip, "value": -0.2683, "odds": 0.7647, "inside": True},
            {**missed, "value": 0.717, "odds": 2.048, "inside": True},
        ])],
        models=[
            {"model": "[123,25,34]", "parameters": 11, "deviance": 24.1, "aic": 130.8, "aicc": 140.0, "bic": 195.879,
             "total": 25311.29, "standard_error": 7700.0, "weight_aic": 0.002, "weight_bic": 0.21, "verdict": "fine"},
            {"model": "[123,34,35]", "parameters": 11, "deviance": 26.1, "aic": 132.8, "aicc": 142.0, "bic": 197.879,
             "total": 19311.29, "standard_error": 5700.0, "weight_aic": 0.001, "weight_bic": 0.08, "verdict": "fine"},
        ],
        verdicts=[
            {"verdict": "fine", "models": 6519, "reason": "an extended estimate exists and settles the total."},
            {"verdict": "no extended MLE", "models": 300, "reason": ""},
            {"verdict": "not identifiable", "models": 74, "reason": ""},
        ],
        variations=[
            {"change": "without LA", "lists": ["NG", "PFNCA", "GO", "GP"],
             "estimate": estimate("loglinear-bic", 12000.0, 9000.0, 17000.0, model="[12,3,4]")},
            {"change": "LA and NG as one list", "lists": ["LA+NG", "PFNCA", "GO", "GP"],
             "estimate": estimate("loglinear-bic", verdict="no extended MLE", reason="the overlaps are too thin.")},
        ],
        consistency=[
            {"list_name": "LA", "known": 94, "estimate": estimate("loglinear-bic", 80.0, 60.0, 130.0), "inside": True},
            {"list_name": "GP", "known": 336, "estimate": estimate("", reason="nothing overlaps."), "inside": None},
        ],
        cautions=["Nobody is on both lists of one pair: LA and GP."],
    )  # fmt: skip


def refused() -> Given:
    """Three lists that cannot say: only one pair overlaps."""
    why = "The data cannot say how many people there are: no model of the lists can be identified from this table."
    return report(
        table(ARTIFICIAL, ("A", "B", "C"), "artificial3"),
        headline("bic-bootstrap", None, None, None, why),
        [
            estimate("independence", 372.0, 200.0, 800.0, model="[1,2,3]"),
            estimate("chao", 771.0, 400.0, 1600.0, reason="a lower bound."),
            estimate("bic-bootstrap", reason="no model of the lists can be identified.", verdict="not identifiable",
                     models=8, admissible_models=4),
            estimate("latent-class", reason="the chains do not agree."),
        ],
        verdicts=[{"verdict": "fine", "models": 4, "reason": ""},
                  {"verdict": "not identifiable", "models": 4, "reason": ""}],
        cautions=["Nobody on the list C is on another list, so that it says nothing about who was missed."],
    )  # fmt: skip


def eight() -> Given:
    """Eight lists with long names in three scripts."""
    names = (
        "북한이탈주민 면담 기록 (하나원 조사팀, 2003년부터 2011년까지)", "중국 동북 지역 구호 단체의 상담 일지",
        "外媒报道与人权组织记录的强制遣返案例汇编", "延边边防检查站转引名册",
        "Hotline of the coalition of shelters in the northern provinces", "Court files, first and second instance",
        "Press", "<b>Interviews & letters</b>",
    )  # fmt: skip
    patterns = {"".join("1" if i == j else "0" for j in range(8)): 5 + 13 * i for i in range(8)}
    patterns |= {"".join("1" if j in (i, i + 1) else "0" for j in range(8)): 3 + i for i in range(7)}
    patterns |= {"".join("1" if j in (i, i + 2) else "0" for j in range(8)): 1 + i for i in range(6)}
    patterns |= {"11111111": 1, "11100000": 2, "00001110": 2, "11000011": 1, "10101010": 1}
    return report(
        table(patterns, names),
        headline("bic-bootstrap", 1184.0, 520.0, 2950.0, "This rests on log-linear models of order two."),
        [
            estimate("independence", 900.0, 700.0, 1200.0),
            estimate("bic-bootstrap", 1184.0, 520.0, 2950.0, model="[12,34,45,5,6,7,8]", bic=180.0, models=99,
                     admissible_models=90),
            estimate("decomposable", reason="more than seven lists."),
        ],
        variations=[{"change": f"without {name}", "lists": [n for n in names if n != name],
                     "estimate": estimate("loglinear-bic", 1000.0 + 10 * i, 500.0, 2000.0)}
                    for i, name in enumerate(names)],
    )  # fmt: skip


def drawn() -> Given:
    """A report over draws of the linkage, with strata."""
    made = answered()
    made["headline"] |= {
        "n_observed_lower": 2701.0, "n_observed_upper": 2790.0, "within": 6.0e7, "between": 2.5e6,
    }  # fmt: skip
    made["draws"] = {
        "draws": 200, "refused": 3, "n_observed_lower": 2701.0, "n_observed_upper": 2790.0,
        "estimates": [estimate("bic-bootstrap", 20000.0 + 60 * i, 10000.0 + 30 * i, 50000.0 + 90 * i)
                      for i in range(197)] + [estimate("bic-bootstrap", reason="no estimate.")] * 3,
        "within": {"bic-bootstrap": 6.0e7, "stepwise": None}, "between": {"bic-bootstrap": 2.5e6, "stepwise": 3.0},
    }  # fmt: skip
    made["strata"] = [
        {"stratum": "women", "n_observed": 1500, "estimate": estimate("bic-bootstrap", 9000.0, 6000.0, 15000.0)},
        {"stratum": "men", "n_observed": 1244, "estimate": estimate("bic-bootstrap", reason="too few.")},
    ]
    return made
