"""`run` and `demo`: the whole way in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.common import (
    JsonFlag,
    PassphraseFile,
    Pseudonym,
    StrictFlag,
    fail,
    first_passphrase,
    keep_apart,
    passphrase,
    print_json,
    reporting,
    say,
    speaking_plainly,
)

if TYPE_CHECKING:
    from testimonia.project import DemoResult, RunResult

__all__ = ["register"]

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the findings; made if missing.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: testimonia run ~/my-documents --out findings/")(run)
    app.command(epilog="Example: testimonia demo --out demo/")(demo)


def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files and folders to read.")],
    out: Out,
    passphrase_file: PassphraseFile = None,
    who: Pseudonym = "owner",
    strict: StrictFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Read documents, propose codings, and write a dossier footnoted to the exact characters.

    Without a passphrase a strong one is made and printed to stderr before anything is written. An OUT that
    exists is resumed, and then needs its passphrase.
    """
    from testimonia import project
    from testimonia.sandbox import Sandbox

    if not any(path.exists() for path in paths):
        named = ", ".join(map(str, paths))
        fail(f"{named}: there is no such file or folder, so there is nothing to read.", as_json=as_json)
    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        keep_apart(passphrase_file, paths)
        resume = project.prepare(out)
        key = passphrase(passphrase_file) if resume else first_passphrase(passphrase_file)
        with reporting("run") as report:
            result = project.run(paths, out, key, sandbox=sandbox, who=who, report=report)
    _finish(result, as_json=as_json, strict=strict)


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the findings.")] = Path("demo"),
    show: Annotated[bool, typer.Option("--open", help="Then open the workbench on it, in the browser.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Open the invented sample project: the whole way in one go. Can be repeated."""
    from testimonia import project
    from testimonia.cli.workbench import open_workbench
    from testimonia.sample import PASSPHRASE
    from testimonia.sandbox import Sandbox

    with speaking_plainly(as_json), Sandbox.start() as sandbox:
        with reporting("demo") as report:
            found = project.demo(out, sandbox=sandbox, report=report)
        _finish(found.run, as_json=as_json, demo=found)
        if show:
            place = out / "casebook"
            open_workbench(place, PASSPHRASE, who="visitor", port=0, idle=60, show=True, sandbox=sandbox)


def _finish(result: RunResult, *, as_json: bool, strict: bool = False, demo: DemoResult | None = None) -> None:
    if as_json:
        print_json({**_as_json(result), **(_lists_as_json(demo) if demo else {})})
    else:
        for line in _summary(result, demo):
            say(line)
    if not sum(result.outcomes.values()):
        fail("no file was found under the paths given; nothing was read.", code=2)
    if strict and (result.outcomes.get("unread") or result.outcomes.get("partly")):
        raise typer.Exit(1)


def _as_json(result: RunResult) -> dict[str, object]:
    return {
        "out": str(result.out),
        "outcomes": dict(result.outcomes),
        "codings": dict(result.codings),
        "refused": dict(result.refused),
        "origins": result.origins,
        "sources_without_consent": result.unconsented,
        "seconds": {stage: round(spent, 3) for stage, spent in result.seconds.items()},
        "files": list(result.files),
        "unencrypted": [name for name in result.files if name != "casebook"],
    }


def _consent(count: int) -> str:
    if not count:
        return "Consent is recorded for every source."
    return f"Consent is not recorded for {count} source{'s' * (count > 1)}: not for distribution."


def _summary(result: RunResult, demo: DemoResult | None) -> list[str]:
    """Return the ten lines a newcomer reads."""
    got, made, out = result.outcomes, result.codings, result.out
    lines = [
        f"Files found: {sum(got.values())}: {got.get('read', 0)} read, {got.get('partly', 0)} partly, "
        f"{got.get('unread', 0)} unread (why, and what to do: {out / 'ledger.csv'}).",
        f"Proposed: {made.get('figure', 0)} figures, {made.get('attribution', 0)} attributions, "
        f"{made.get('measure', 0)} measures, {made.get('act', 0)} acts, each with the characters that say it.",
        f"Refused at the gate because the words did not bear them out: {sum(result.refused.values())}.",
        f"Origins: {result.origins}. Two documents that repeat one report count as one.",
        "A rule proposed all of this and nobody has reviewed it yet.",
        _consent(result.unconsented),
        f"Casebook (encrypted): {out / 'casebook'}",
        f"Everything else in {out} is NOT encrypted; delete it when it is no longer needed.",
        f"It took {sum(result.seconds.values()):.0f} s, on this machine alone.",
        f"Open the dossier: {out / 'dossier.html'} (or {out / 'dossier.pdf'})",
    ]
    if demo:
        lines[4] = "Every document is invented. A rule proposed the codings; nobody has reviewed them."
        lines[6:6] = _of_lists(demo)
        lines.append(f"Open the workbench in the browser: testimonia demo --out {out} --open")
    return lines


def _of_lists(demo: DemoResult) -> list[str]:
    """What the invented lists came to, beside what is true of them."""
    truth = demo.truth
    if demo.links is None or demo.totals is None:
        return [f"The sample's lists were not linked: {demo.missing}"]
    told, head = demo.links.summary, demo.totals["headline"]
    persons = told["persons"]
    found = (
        "no estimate is given"
        if head["refused"]
        else f"the estimate is {head['total']:,.0f} ({head['lower']:,.0f} to {head['upper']:,.0f})"
    )
    return [
        f"Lists: {told['records']:,} records of about {persons['best']:,.0f} persons ({persons['lower']:,.0f} to "
        f"{persons['upper']:,.0f}); in truth {truth['recorded']:,}, since the lists are invented.",
        f"People on no list included, {found}; in truth there are {truth['population']:,}.",
    ]


def _lists_as_json(demo: DemoResult) -> dict[str, object]:
    return {
        "links": None if demo.links is None else {key: demo.links.summary[key] for key in ("records", "persons")},
        "headline": None if demo.totals is None else demo.totals["headline"],
        "truth": dict(demo.truth),
    }
