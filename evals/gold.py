#!/usr/bin/env python3
"""Accuracy of the rule coder against the development gold.

    python evals/gold.py                      all three languages, targets beside the numbers
    python evals/gold.py --lang en --by doc   one language, also by document
    python evals/gold.py --lang ko --misses act [--doc kd04] [--limit 60]   what was missed or wrongly given
    python evals/gold.py --texts DIR --gold FILE.jsonl --lang en   another gold file

Needs the gold folder beside the project (../shared/gold); says so where it is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from testimonia.coding import codebook, gate  # noqa: E402
from testimonia.coding.rules import RuleCoder  # noqa: E402
from testimonia.model import Coding, Part, Passage  # noqa: E402

GOLD = ROOT.parent / "shared" / "gold"
LANGUAGES = ("en", "ko", "zh")

# Targets: section of the score, measure, least value.
_COMMON = {
    "place exact": ("F1", 0.92), "attribution cue over": ("F1", 0.85), "measure over": ("F1", 0.60),
    "figure over": ("F1", 0.92), "figure value": ("rate", 0.90),
}  # fmt: skip
TARGETS: dict[str, dict[str, tuple[str, float]]] = {
    "en": {
        "figure over": ("F1", 0.95), "figure value": ("rate", 0.93), "figure unit": ("rate", 0.95),
        "attribution cue over": ("F1", 0.88), "attribution source overlap": ("rate", 0.85),
        "place exact": ("F1", 0.95), "org exact": ("F1", 0.75), "act over": ("P/R", 0.70),
        "measure over": ("F1", 0.65), "date over": ("F1", 0.90),
    },
    "ko": {**_COMMON, "act over": ("P/R", 0.65)},
    "zh": {**_COMMON, "act over": ("P/R", 0.65)},
}  # fmt: skip
ACT_RECALL = {"en": 0.78, "ko": 0.72, "zh": 0.72}
ZERO = (
    "fabrications: number for a lost figure",
    "fabrications: number from boilerplate",
    "quotes not verbatim",
)
TARGETS_AS_RESULTS = 0.01  # of the figures
LEGAL = ("dev_usc", "kd08", "zhd01", "zhd02", "zhd03", "zhd06")  # statutes, interpretations, notices
FIELDS = ("value", "min", "max", "unit", "comparator", "value_status", "modality", "polarity", "code")

Row = dict[str, Any]


def scorer(folder: Path) -> ModuleType:
    """score.py of the gold folder, as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder / 'score.py'} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def naive_language(line: str) -> str:
    """The script decides: any Hangul is Korean, else any Han is Chinese, else English."""
    if any("\uac00" <= char <= "\ud7a3" for char in line):
        return "ko"
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in line) else "en"


def naive_passages(text: str) -> list[Passage]:
    """One passage a line, where the intake splitter is not there yet."""
    found, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Passage(offset, offset + len(line), line, language=naive_language(line)))
        offset += len(line) + 1
    return found


def passages(text: str) -> Sequence[Passage]:
    """Passages as intake cuts them."""
    try:
        split = importlib.import_module("testimonia.intake.split")
    except ModuleNotFoundError:
        return naive_passages(text)
    found: Sequence[Passage] = split.passages(text)
    return found


def codings_of(text: str) -> tuple[list[Coding], Counter[str], float]:
    """Gated codings of a text, refusals by reason, and CPU seconds of coder and gate."""
    cut = passages(text)
    begun = time.process_time()
    sha = hashlib.sha256(text.encode()).hexdigest()
    kept, refused = gate.check(RuleCoder().code(cut), text, codebook.load_codebook(), sha)
    return kept, refused, time.process_time() - begun


def span(part: Part) -> Row:
    return {"start": part.start, "end": part.end, "quote": part.quote}


def exported(coding: Coding, file_sha256: str, path: str) -> Row:
    """One coding as a line of codings.jsonl."""
    plain = ("start", "end", "quote", "kind", *FIELDS, "state", "coder", "confidence", "rendering_sha256")
    row: Row = {name: getattr(coding, name) for name in plain}
    parts = {name: span(part) for name, part in coding.parts.items()}
    extra = {"rule": coding.rule, "cue": coding.cue, **{f"a:{k}": v for k, v in coding.attributes.items()}}
    return {"file_sha256": file_sha256, "path": path, "parts": parts, **row, **extra}


def documents(gold: Iterable[Row], folder: Path) -> dict[str, tuple[str, str]]:
    """file_sha256 -> (document name, text), for each text the gold refers to."""
    names = {row["file_sha256"]: row["doc"] for row in gold}
    found = {}
    for path in sorted(folder.rglob("*.txt")):
        data = path.read_bytes()
        sha = hashlib.sha256(data).hexdigest()
        if sha in names:
            found[sha] = (names[sha], data.decode("utf-8"))
    for sha in names.keys() - found.keys():
        print(f"no text for {names[sha]} ({sha[:12]}…) below {folder}", file=sys.stderr)
    return found


def target_of(name: str, key: str, lang: str) -> str:
    measure, least = TARGETS[lang].get(name, ("", 0.0))
    if measure == "P/R" and key in "PR":
        return f"{least if key == 'P' else ACT_RECALL[lang]:.2f}"
    return f"{least:.2f}" if measure == key else ""


def cell(value: float | None, target: str) -> str:
    shown = "    -" if value is None else f"{value:5.2f}"
    if not target:
        return f"{shown}            "
    return f"{shown} {'ok  ' if (value or 0) >= float(target) - 1e-9 else 'LOW '}≥{target} "


def table(block: Row, lang: str) -> list[str]:
    """The score of one block as lines, with the target and ok / LOW beside each number that has one."""
    lines = [f"   {'':32} gold  pred  {'P':>5}{'':12}{'R':>6}{'':12}{'F1':>6}"]
    for name, score in block["scores"].items():
        cells = " ".join(cell(score[key], target_of(name, key, lang)) for key in ("P", "R", "F1"))
        lines.append(f"   {name:32}{score['gold']:5}{score['pred']:6}  {cells}")
    for name, rate in block["rates"].items():
        lines.append(f"   {name:46}{cell(rate['rate'], target_of(name, 'rate', lang))} of {rate['of']}")
    figures = block["scores"].get("figure over", {}).get("gold", 0)
    for name, count in block["counts"].items():
        wrong = (name in ZERO and count) or (name.startswith("targets") and count > TARGETS_AS_RESULTS * figures)
        lines.append(f"   {name:46}{count:5}{'  TOO MANY' if wrong else ''}")
    return lines


def context(text: str, row: Row, width: int = 50) -> str:
    start, end = row["start"], row["end"]
    shown = f"{text[max(0, start - width) : start]}[[{text[start:end]}]]{text[end : end + width]}"
    return shown.replace("\n", "⏎").replace("\r", "␍")


def facts(row: Row) -> str:
    names = (*FIELDS, "also", "mtype", "norm", "ptype", "dtype", "otype", "stance", "rule", "optional")
    shown = [f"{name}={row[name]}" for name in names if row.get(name) not in (None, "", "positive")]
    for name in ("number", "source", "cue", "claimant"):
        part = (row.get("parts") or {}).get(name) or row.get(name)
        if isinstance(part, dict) and part.get("quote"):
            shown.append(f"{name}«{part['quote']}»")
    return " ".join(shown)


def differences(kind: str, gold: Sequence[Row], pred: Sequence[Row]) -> list[tuple[str, Row, Row | None]]:
    """Missed, extra and disagreeing rows of one kind in one document, in text order."""
    out: list[tuple[str, Row, Row | None]] = []
    for g in gold:
        near = [p for p in pred if p["start"] < g["end"] and g["start"] < p["end"]]
        if not near:
            free = g.get("optional") or g.get("nominal")
            out.append(("missed (optional)" if free else "missed", g, None))
        elif wrong := disagreement(kind, g, near):
            out.append((wrong, g, near[0]))
    extra = [p for p in pred if not any(p["start"] < g["end"] and g["start"] < p["end"] for g in gold)]
    out.extend(("extra", p, None) for p in extra)
    return sorted(out, key=lambda item: item[1]["start"])


def disagreement(kind: str, g: Row, near: Sequence[Row]) -> str:
    """What the overlapping predictions get wrong, or an empty string."""
    if kind == "act":
        codes = [g.get("code"), *(g.get("also") or [])]
        good = [p for p in near if p.get("code") in codes]
        said = {p.get("modality") or "reported" for p in good}
        return "code" if not good else ("" if (g.get("modality") or "reported") in said else "modality")
    if kind == "figure":
        p = near[0]
        keys = ("value", "min", "max", "unit", "comparator", "value_status", "modality")
        same = {"modality": "reported"}
        bad = [k for k in keys if (g.get(k) or same.get(k)) != (p.get(k) or same.get(k))]
        return f"fields {','.join(bad)}" if bad else ""
    exact = any((p["start"], p["end"]) == (g["start"], g["end"]) for p in near)
    return "" if exact else "span"


def print_misses(kind: str, gold: list[Row], pred: list[Row], docs: dict[str, tuple[str, str]], limit: int) -> None:
    shown = 0
    for sha, (name, text) in docs.items():
        mine = [[r for r in rows if r["file_sha256"] == sha and r["kind"] == kind] for rows in (gold, pred)]
        for what, row, given in differences(kind, *mine):
            if shown >= limit:
                return print(f"… more (--limit {limit})")
            shown += 1
            print(f"{name}:{row['start']} {what.upper()}  {context(text, row)}\n      {facts(row)}")
            if given:
                print(f"      given {given['start']}-{given['end']} «{given['quote']}» {facts(given)}")
    return None


def evaluate(lang: str, args: argparse.Namespace) -> Row:
    """Code, score and print one language; back comes the scorer's result."""
    path = Path(args.gold) if args.gold else GOLD / f"{lang}_dev.jsonl"
    score = scorer(GOLD)
    gold: list[Row] = [row for row in score.read(path) if not args.doc or args.doc in row["doc"]]
    docs = documents(gold, Path(args.texts) if args.texts else GOLD)
    pred: list[Row] = []
    refused: Counter[str] = Counter()
    seconds, size = 0.0, 0
    for sha, (name, text) in docs.items():
        codings, reasons, spent = codings_of(text)
        pred += [exported(coding, sha, name) for coding in codings]
        refused, seconds, size = refused + reasons, seconds + spent, size + len(text.encode())
    if args.out:
        lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in pred]
        Path(args.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    texts = {sha: text for sha, (_, text) in docs.items()}
    result: Row = score.score(gold, pred, texts, by=("kind", *args.by.split(",")))
    report(lang, result, refused, seconds, size, args)
    legal = {sha for sha, (name, _) in docs.items() if name.startswith(LEGAL)}
    if legal and not args.json:
        of = [[row for row in rows if row["file_sha256"] in legal] for rows in (gold, pred)]
        print(legal_line(score.score(*of, texts)["all"]))
    if args.misses:
        print_misses(args.misses, gold, pred, docs, args.limit)
    return result


def legal_line(block: Row) -> str:
    """Figures of legal texts, said apart: most are limits and penalties, not events."""
    figure, value = block["scores"].get("figure over"), block["rates"].get("figure value")
    if not figure:
        return "   legal texts: no figures"
    read = f"value right {value['rate']:.2f}" if value else "none matched"
    return f"   legal texts apart: {figure['gold']} figures, F1 {figure['F1']:.2f}, {read}"


def report(lang: str, result: Row, refused: Counter[str], seconds: float, size: int, args: argparse.Namespace) -> None:
    if args.json:
        return
    for title, block in result.items():
        print(f"== {lang} {title}")
        kinds = args.kinds.split(",") if args.kinds else []
        lines = table(block, lang)
        print("\n".join(line for line in lines if not kinds or line.split()[0] in kinds))
    for reason, count in refused.most_common():
        print(f"   gate refused {count:5}  {reason}")
    print(f"   {size / 1e3:.0f} kB coded and gated in {seconds:.2f} CPU s (first use included)")


def main(argv: Sequence[str] | None = None) -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--lang", default=",".join(LANGUAGES), help="comma-separated (default: %(default)s)")
    cli.add_argument("--by", default="kind", help="also by doc")
    cli.add_argument("--kinds", default="", help="show only these kinds in the table")
    cli.add_argument("--misses", metavar="KIND", help="list what was missed, extra or different for a kind")
    cli.add_argument("--doc", default="", help="only documents whose name holds this")
    cli.add_argument("--limit", type=int, default=200, help="at most so many misses (default: %(default)s)")
    cli.add_argument("--gold", help="another gold file (then give one --lang)")
    cli.add_argument("--texts", help="folder with its texts")
    cli.add_argument("--out", metavar="FILE", help="write predictions as codings.jsonl (one --lang)")
    cli.add_argument("--json", action="store_true", help="print the scores as JSON")
    args = cli.parse_args(argv)
    if not GOLD.is_dir():
        print("the gold folder is not here (../shared/gold beside the project): nothing was measured")
        return 0
    results = {lang: evaluate(lang, args) for lang in args.lang.split(",")}
    if args.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
