"""The parts of the dossier after its first page, each a list of sentences, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from testimonia.release.blocks import Block, Cell, Limits, Notes, Picture, Prose, Section, Table, Tone, ranges
from testimonia.release.evidence import Evidence
from testimonia.release.figures import Comparable, Sort
from testimonia.release.findings import Findings
from testimonia.release.measures import Dated, Measure
from testimonia.release.palermo import Case, Finding, Status
from testimonia.release.wording import (
    code_text,
    counted,
    figure_text,
    language_name,
    listed,
    number,
    sentence_case,
    unit_text,
)

__all__ = ["sections"]

Pictures = Mapping[str, Picture]
_TONES: Mapping[Status, Tone] = {
    "established": "yes",
    "partly": "partly",
    "not established": "no",
    "not needed": "none",
}


def sections(found: Findings, notes: Notes, limits: Limits, pictures: Pictures) -> tuple[Section, ...]:
    """Build all sections; rows beyond `limits` are named by their row number in the CSV files."""
    made = Maker(found, notes, limits, pictures)
    return (
        Section(id="elements", title="Act, means and purpose", blocks=tuple(made.elements())),
        Section(id="acts", title="What was done", blocks=tuple(made.acts())),
        Section(id="figures", title="Figures", blocks=tuple(made.figures())),
        Section(id="measures", title="Measures of states and bodies", blocks=tuple(made.measures())),
        Section(id="when", title="When and where", blocks=tuple(made.when())),
        Section(id="origins", title="Who stands behind it", blocks=tuple(made.origins())),
        Section(id="missing", title="What is missing", blocks=tuple(made.missing())),
    )


class Maker:
    """Turns findings into blocks, numbering sources as it cites them."""

    def __init__(self, found: Findings, notes: Notes, limits: Limits, pictures: Pictures) -> None:
        self.found, self.notes, self.limits, self.pictures = found, notes, limits, pictures

    # --- cells ----------------------------------------------------------------------------------------

    def quote(self, e: Evidence) -> Cell:
        """The words of a source, in their language, with its note."""
        words = " ".join(e.coding.quote.split())
        return Cell(text=words, lang=e.language, notes=self.notes.cite(e), tone="quote")

    def sources(self, evidence: Sequence[Evidence], text: str = "", tone: Tone = "") -> Cell:
        """A text with the notes of its sources, as many as a statement may carry."""
        shown = self.notes.cite_all(evidence[: self.limits.statement])
        return Cell(text=text, notes=shown, more=len(evidence) - len(shown), tone=tone)

    def table(
        self,
        caption: str,
        head: Sequence[str],
        widths: Sequence[int],
        items: Sequence[Evidence],
        row: Callable[[Evidence], Sequence[Cell]],
        file: str,
        heading: str = "",
    ) -> Table:
        """A table of one row for each of `items`, cut at the limit, with the rows of `file` that are left."""
        shown = self.limits.take(len(items))
        left = items[shown:]
        more = f"{counted(len(left), 'row')} not shown here: {file}, {_rows(left)}." if left else ""
        rows = tuple(tuple(row(e)) for e in items[:shown])
        return Table(
            caption=caption, head=tuple(head), widths=tuple(widths), rows=rows, more=more, heading=heading
        )

    def picture(self, name: str) -> Iterator[Picture]:
        if name in self.pictures:
            yield self.pictures[name]

    # --- elements -------------------------------------------------------------------------------------

    def elements(self) -> Iterator[Block]:
        palermo = self.found.palermo
        yield Prose(sentences=(Cell(text=_PALERMO),))
        if not palermo.cases:
            yield Prose(sentences=(Cell(text="No document speaks of an act, a means or a purpose."),))
            return
        rows = tuple(self._case(case) for case in [palermo.overall, *palermo.cases])
        yield Table(
            caption="Each element, by document. Numbers lead to the passages.",
            head=("Document", "Act", "Means", "Purpose", "Together"),
            widths=(26, 21, 21, 21, 21),
            rows=rows,
        )
        yield Prose(sentences=tuple(_case_sentences(palermo.overall)))
        for name in range(3):
            finding = palermo.overall.elements[name]
            yield from self._element(finding)

    def _case(self, case: Case) -> tuple[Cell, ...]:
        name = case.path if case.path is not None else "All documents"
        cells = tuple(self._status(f, case) for f in case.elements)
        return (Cell(text=name), *cells, Cell(text=_together(case), tone=_TONES[case.status]))

    def _status(self, finding: Finding, case: Case) -> Cell:
        text = _status_text(finding)
        if finding.status == "not needed":
            return self.sources(case.minors, text, _TONES[finding.status])
        if case.path is None:
            return Cell(text=text, tone=_TONES[finding.status])
        return self.sources(finding.stated or finding.weak, text, _TONES[finding.status])

    def _element(self, finding: Finding) -> Iterator[Block]:
        for title, rows in (
            ("stated", finding.stated),
            ("only alleged, in a title, or in a damaged text", finding.weak),
            (
                "denied, or spoken of as risk, policy, rule, promise or supposition: these do not count",
                finding.uncounted,
            ),
        ):
            if rows:
                yield self.table(
                    f"{sentence_case(finding.element)}: {title}",
                    ("What", "Said as", "Words"),
                    (22, 14, 64),
                    rows,
                    lambda e: (
                        Cell(text=code_text("act", e.coding.code)),
                        Cell(text=_said_as(e)),
                        self.quote(e),
                    ),
                    "acts.csv",
                )

    # --- acts -----------------------------------------------------------------------------------------

    def acts(self) -> Iterator[Block]:
        found = self.found.acts
        if not found:
            yield Prose(sentences=(Cell(text="No act was found."),))
            return
        rows = tuple(
            (
                Cell(text=code_text("act", a.code)),
                self.sources(a.stated, number(len(a.stated)), "number"),
                Cell(text=number(len(a.weak)), tone="number"),
                Cell(text=number(len(a.uncounted)), tone="number"),
                Cell(text=a.support.sentence if a.stated or a.weak else "–"),
                Cell(text=a.support.needed if a.stated or a.weak else "–", tone="soft"),
            )
            for a in found
        )
        yield Table(
            caption="Acts by kind: passages that state them, that only allege them, and that do not count.",
            head=("Act", "Stated", "Weak", "Not counted", "Documents and origins", "For two origins"),
            widths=(22, 16, 7, 9, 24, 30),
            rows=rows,
        )

    # --- figures --------------------------------------------------------------------------------------

    def figures(self) -> Iterator[Block]:
        yield from self.picture("figures")
        comparable = self.found.figures.comparable
        if not comparable:
            yield Prose(
                sentences=(Cell(text="No two documents or speakers give figures that may be compared."),)
            )
        for c in comparable:
            yield from self._comparison(c)
        alone = self.found.figures.alone
        reasons = {id(e): reason for e, reason in alone}
        if alone:
            yield self.table(
                "Results that are not compared, and why",
                ("Figure", "Counted", "When", "Words", "Not compared because"),
                (14, 16, 12, 40, 22),
                [e for e, _ in alone],
                lambda e: (*self._figure(e), Cell(text=sentence_case(reasons[id(e)]), tone="soft")),
                "figures.csv",
                "Not comparable",
            )
        for sort, title, heading in _SORTS:
            rows = self.found.figures.of(sort)
            if rows:
                yield self.table(
                    title, _FIGURE_HEAD, (16, 18, 12, 54), rows, self._figure, "figures.csv", heading
                )

    def _comparison(self, c: Comparable) -> Iterator[Block]:
        heading = f"{sentence_case(c.counted)}: {_spread(c)}"
        about = listed([*_scope(c), c.support.sentence.rstrip(".").lower()])
        sentences = [Cell(text=sentence_case(about) + "."), Cell(text=c.support.needed)]
        if not c.certain:
            sentences.insert(0, Cell(text="These may be about the same thing; read them before comparing."))
        sentences += [Cell(text=caution, tone="soft") for caution in c.cautions]
        yield Prose(heading=heading, sentences=tuple(sentences))
        yield self.table(
            f"{sentence_case(c.counted)}, side by side",
            ("Figure", "Who says so", "When", "Words"),
            (16, 24, 12, 48),
            c.rows,
            lambda e: (self._value(e), Cell(text=_claimant(e)), Cell(text=_period(e)), self.quote(e)),
            "figures.csv",
        )

    def _figure(self, e: Evidence) -> tuple[Cell, ...]:
        counts = e.coding.attributes.get("counted", "") or "–"
        return (self._value(e), Cell(text=counts), Cell(text=_period(e)), self.quote(e))

    def _value(self, e: Evidence) -> Cell:
        return Cell(
            text=figure_text(e), tone="soft" if e.coding.value_status in ("lost", "verbal") else "number"
        )

    # --- measures -------------------------------------------------------------------------------------

    def measures(self) -> Iterator[Block]:
        yield from self.picture("measures")
        if not self.found.measures:
            yield Prose(sentences=(Cell(text="No measure was found."),))
        for standing, heading, caption in _STANDINGS:
            rows = [m for m in self.found.measures if m.standing == standing]
            if rows:
                yield self._measure_table(rows, heading, caption)

    def _measure_table(self, rows: Sequence[Measure], heading: str, caption: str) -> Table:
        by_evidence = {id(m.evidence): m for m in rows}
        return self.table(
            caption,
            ("When", "Who", "Measure", "Words", "Target", "Result"),
            (12, 10, 18, 38, 12, 12),
            [m.evidence for m in rows],
            lambda e: self._measure(by_evidence[id(e)]),
            "measures.csv",
            heading,
        )

    def _measure(self, m: Measure) -> tuple[Cell, ...]:
        e = m.evidence
        return (
            Cell(text=_when(m.when)),
            Cell(text=e.coding.attributes.get("actor") or "–"),
            Cell(text=code_text("measure", e.coding.code or e.coding.attributes.get("mtype"))),
            self.quote(e),
            self.sources(m.targets, "; ".join(map(figure_text, m.targets)) or "–"),
            self.sources(m.results, "; ".join(map(figure_text, m.results)) or "–"),
        )

    # --- when and where -------------------------------------------------------------------------------

    def when(self) -> Iterator[Block]:
        events, undated = self.found.timeline.events, self.found.timeline.undated
        text = f"{counted(len(events), 'act or measure', 'acts and measures')} told as done "
        text += f"{'is' if len(events) == 1 else 'are'} dated by the text; {number(undated)} "
        text += f"{'is' if undated == 1 else 'are'} not."
        yield Prose(sentences=(Cell(text=text),))
        yield from self.picture("timeline")
        if events:
            whens = {id(x.evidence): x.when for x in events}
            yield self.table(
                "Dated acts and measures, earliest first. A date of the same sentence may belong to "
                "something else in it: read the words.",
                ("When", "Dated by", "What", "Words"),
                (16, 14, 22, 48),
                [x.evidence for x in events],
                lambda e: self._event(e, whens[id(e)]),
                "acts.csv or measures.csv",
                "Timeline",
            )
        yield from self.picture("map")

    def _event(self, e: Evidence, when: Dated) -> tuple[Cell, ...]:
        scheme = "act" if e.coding.kind == "act" else "measure"
        by = self.notes.cite(when.source) if when.source else ()
        how = "its own sentence" if when.source else "the passage itself"
        code = e.coding.code or e.coding.attributes.get("mtype")
        return (
            Cell(text=_when(when)),
            Cell(text=how, notes=by),
            Cell(text=code_text(scheme, code)),
            self.quote(e),
        )

    # --- origins --------------------------------------------------------------------------------------

    def origins(self) -> Iterator[Block]:
        yield Prose(sentences=(Cell(text=_ORIGINS),))
        yield from self.picture("origins")
        speakers = self.found.speakers
        if not speakers:
            yield Prose(sentences=(Cell(text="No origin was traced."),))
            return
        shown = self.limits.take(len(speakers))
        rows = tuple(
            (
                Cell(text=s.origin.label),
                Cell(text=s.origin.kind),
                Cell(text=s.origin.certainty, tone="partly" if s.origin.certainty == "undecided" else ""),
                Cell(text=number(s.codings), tone="number"),
                Cell(text=number(s.documents), tone="number"),
                Cell(text=s.origin.reason, tone="soft"),
            )
            for s in speakers[:shown]
        )
        left = len(speakers) - shown
        yield Table(
            caption="Origins, those behind most passages first",
            head=("Origin", "Kind", "Certainty", "Passages", "Documents", "Why"),
            widths=(28, 12, 12, 9, 10, 34),
            rows=rows,
            more=f"{counted(left, 'origin')} not shown here: origins.json." if left else "",
        )

    # --- missing --------------------------------------------------------------------------------------

    def missing(self) -> Iterator[Block]:
        gaps = self.found.missing
        unread = [*gaps.files, *gaps.pages]
        if unread:
            shown = self.limits.take(len(unread))
            yield Table(
                caption="Files and pages not read, or read only partly",
                head=("File", "Page", "Outcome", "Reason", "What to do"),
                widths=(28, 10, 10, 28, 28),
                rows=tuple(
                    (
                        Cell(text=u.path),
                        Cell(text=u.page or "–"),
                        Cell(text=u.outcome, tone="no" if u.outcome == "unread" else "partly"),
                        Cell(text=u.reason),
                        Cell(text=u.remedy or "–"),
                    )
                    for u in unread[:shown]
                ),
                more=f"{counted(len(unread) - shown, 'row')} not shown here: ledger.csv."
                if len(unread) > shown
                else "",
            )
        yield Prose(sentences=tuple(_gap_sentences(self.found)), listed=True)
        if gaps.refused:
            yield Table(
                caption="Codings that were proposed and refused",
                head=("Reason", "Refused"),
                widths=(80, 20),
                rows=tuple(
                    (Cell(text=k), Cell(text=number(v), tone="number")) for k, v in gaps.refused.items()
                ),
            )


_PALERMO = (
    "Trafficking is an act, by a means, for the purpose of exploitation (Palermo Protocol, Art. 3(a)); for a "
    "person under eighteen no means is needed (Art. 3(c)). “Established by” says that passages state the "
    "element as something that happened; that the elements of one document concern the same person must be "
    "read in it."
)
_ORIGINS = (
    "Documents that repeat one report, re-post it or copy it are one origin. Only independent origins "
    "corroborate; one that is undecided is not counted."
)
_FIGURE_HEAD = ("Figure", "Counted", "When", "Words")
_SORTS: tuple[tuple[Sort, str, str], ...] = (
    ("target", "Quotas, targets, orders and announcements: none of these happened by being said", "Targets"),
    ("law", "Figures of rules and legal texts", "From legal texts"),
    ("projection", "Promises, risks and suppositions", "Promised or supposed"),
    ("denied", "Figures that are denied", "Denied"),
    ("verbal", "Amounts given in words only; no number was made of them", "In words only"),
    ("lost", "Amounts whose digits are lost in the file; none was guessed", "Lost"),
)
_STANDINGS = (
    ("done", "Told as done or in force", "Measures told as done or in force"),
    ("planned", "Announced, planned or ordered", "Measures announced, planned or ordered: no results"),
    ("law", "Rules of law", "Measures laid down in legal texts"),
    ("denied", "Denied", "Measures that are denied"),
)


def _rows(evidence: Sequence[Evidence]) -> str:
    rows = ranges([e.row for e in evidence])
    return f"{'row' if len(evidence) == 1 else 'rows'} {rows}"


def _status_text(finding: Finding) -> str:
    if finding.status == "established":
        return f"Established by {counted(len(finding.stated), 'passage')}"
    if finding.status == "partly":
        return f"Partly: {counted(len(finding.weak), 'weak passage')}"
    if finding.status == "not needed":
        return "Not needed if the person under 18 is the victim"
    return "Not established" + (
        f" ({number(len(finding.uncounted))} do not count)" if finding.uncounted else ""
    )


def _together(case: Case) -> str:
    if case.path is None:
        return sentence_case(case.status)
    if case.status == "established":
        same = counted(case.together, "passage")
        return f"Established; {same} {'states' if case.together == 1 else 'state'} all at once"
    return f"{sentence_case(case.status)}; missing: {listed(case.missing)}"


def _case_sentences(overall: Case) -> Iterator[Cell]:
    for f in overall.elements:
        yield Cell(text=f"{sentence_case(f.element)}: {_status_text(f).lower()}. {f.reason}")
    if overall.status != "established" and not overall.missing:
        yield Cell(text="Each element is stated somewhere, but no single document states every one.")


def _said_as(e: Evidence) -> str:
    said = e.coding.modality.replace("_", " ")
    return f"{said}, negated" if e.coding.polarity == "negative" and e.coding.modality != "denied" else said


def _spread(c: Comparable) -> str:
    unit = f" {unit_text(c.unit)}".rstrip() if unit_text(c.unit) != "%" else "%"
    if c.lowest == c.highest:
        return f"all say {number(c.lowest)}{unit}"
    times = f", {c.ratio:.2g} times apart" if c.ratio and c.ratio >= 1.05 else ""
    return f"{number(c.lowest)} to {number(c.highest)}{unit}{times}"


def _scope(c: Comparable) -> Iterator[str]:
    for name, value in (("population", c.population), ("place", c.place), ("period", c.period)):
        if value != "not said":
            yield f"{name}: {value}"


def _claimant(e: Evidence) -> str:
    part = e.coding.parts.get("claimant")
    return e.coding.attributes.get("claimant_norm") or (part.quote if part else "") or "nobody named"


def _period(e: Evidence) -> str:
    return e.coding.attributes.get("period") or "–"


def _when(when: Dated | None) -> str:
    return when.edtf if when else "undated"


def _gap_sentences(found: Findings) -> Iterator[Cell]:
    gaps = found.missing
    if not gaps.files and not gaps.pages:
        yield Cell(text="Every file was read, and every page of it.")
    if gaps.damaged:
        yield Cell(
            text=f"Damaged texts, in which words, digits or negations may be lost: {listed(gaps.damaged)}."
        )
    if gaps.lost:
        where = listed(dict.fromkeys(e.path for e in gaps.lost))
        yield Cell(text=f"{counted(len(gaps.lost), 'figure')} without digits, in {where}.")
    if gaps.silent:
        yield Cell(text=f"Read, but nothing was coded in: {listed(gaps.silent, 20)}.")
    if gaps.languages:
        tongues = listed(f"{language_name(k)} ({v:,} characters)" for k, v in gaps.languages.items())
        yield Cell(text=f"Languages without a coder: {tongues}.")
    if gaps.kinds:
        yield Cell(text=f"Kinds of which nothing was found: {listed(gaps.kinds)}.")
    total = sum(gaps.refused.values())
    yield Cell(
        text=f"{counted(total, 'proposed coding')} refused." if total else "No proposed coding was refused."
    )
