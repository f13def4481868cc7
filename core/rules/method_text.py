"""A method pack in words: rows of (matter, rule) good enough for a tender document and a report."""

from __future__ import annotations

from core.messages import Catalogue
from core.rules.expression import Expression
from core.rules.formula_text import formula_words
from core.rules.method_model import ExpertRule, MethodPack, PackStep, RankKey, TrimRow, in_language
from core.values.codec import decimal_text

Row = tuple[str, str]


def describe_method(pack: MethodPack, catalogue: Catalogue) -> tuple[Row, ...]:
    """The pack's rules in order of computation, in the catalogue's language."""
    words = PackWords(pack, catalogue)
    rows = [words.row("method", name=pack.name(catalogue.language), edition=pack.edition)]
    for draw in pack.draws:
        published = catalogue.text("method.comma").join(decimal_text(value) for value in draw.values)
        key = "draw_values" if draw.values else "draw_bids"
        title = words.title(draw.id)
        text = catalogue.text(f"method.rule.{key}", values=published, unit=words.unit(draw.unit), count=draw.count)
        rows.append((title, text))
    if pack.experts is not None:
        rows.append(words.experts(pack.experts))
    rows += [words.step(step) for step in pack.steps]
    rows.append(words.row("ties", ties=catalogue.text("method.then").join(words.key(key) for key in pack.ranking)))
    for rule in pack.fewer:
        rows.append(words.row(f"fewer_{rule.then}", below=rule.below))
    if pack.lots is not None:
        rows.append(words.row(f"lots_{pack.lots.order}", most=pack.lots.most))
    return tuple(rows)


class PackWords:
    """The words of one pack: titles of its names and sentences of its rules."""

    def __init__(self, pack: MethodPack, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._titles = pack.titles()
        self._values = {parameter.id: parameter for parameter in pack.parameters}

    def title(self, name: str) -> str:
        """What a name is called; a parameter with its value."""
        known = self._titles.get(name)
        stem, _, part = name.rpartition(".")
        key = f"method.name.{name}"
        if known:
            text = in_language(known, self._catalogue.language)
        elif stem in self._titles and self._catalogue.has(f"method.part.{part}"):
            text = self._catalogue.text(f"method.part.{part}", name=self.title(stem))
        else:
            text = self._catalogue.text(key) if self._catalogue.has(key) else name
        return text

    def _in_formula(self, name: str) -> str:
        parameter = self._values.get(name)
        if parameter is None:
            return self.title(name)
        return decimal_text(parameter.value)

    def unit(self, unit: str) -> str:
        """A unit in words."""
        key = f"method.unit.{unit}"
        return self._catalogue.text(key) if self._catalogue.has(key) else unit

    def formula(self, expression: Expression) -> str:
        """A formula with titles and the values of parameters."""
        return formula_words(expression, self._in_formula, self._catalogue)

    def row(self, key: str, **params: object) -> Row:
        """A row of the catalogue."""
        return self._catalogue.text(f"method.matter.{key}"), self._catalogue.text(f"method.rule.{key}", **params)

    def key(self, key: RankKey) -> str:
        """A key of the ranking."""
        if key.by is None:
            return self._catalogue.text(f"method.tie.{key.decide}")
        return self._catalogue.text(f"method.tie.{key.best}", what=self.formula(key.by))

    def experts(self, rule: ExpertRule) -> Row:
        """How marks are combined."""
        text = self._catalogue.text
        parts = [
            text("method.rule.experts_drop", n=row.n_min, high=row.high.text, low=row.low.text) for row in rule.drop
        ]
        if rule.outlier_from is not None:
            parts.insert(0, text("method.rule.experts_outlier", n=rule.outlier_from))
        parts.append(text("method.rule.experts_mean", rounding=self.rounding(rule.places, rule.rounding)))
        return text("method.matter.experts"), text("method.and_then").join(parts)

    def rounding(self, places: int | None, rounding: str) -> str:
        """The rounding of a number."""
        if places is None:
            return self._catalogue.text("method.unrounded")
        mode = self._catalogue.text(f"method.rounding.{rounding}")
        key = "method.rounded_whole" if places <= 0 else "method.rounded"
        unit = "1" + "0" * -places
        return self._catalogue.text(key, mode=mode, places=places, unit=unit)

    def step(self, step: PackStep) -> Row:
        """A step in one sentence."""
        text, title = self._catalogue.text, self.title(step.id)
        own = in_language(step.text, self._catalogue.language)
        if own or step.percent:
            rule = own or self._loss(step)
            for name, parameter in self._values.items():
                rule = rule.replace("{" + name + "}", decimal_text(parameter.value))
            return title, rule
        formula = self.formula(step.value) if step.value is not None else ""
        among = self.title(step.among)
        if step.kind == "trim":
            rows = text("method.and_then").join(self._trim(row) for row in step.table)
            rule = text("method.step.trim", among=among, by=formula, rows=rows)
            if step.keep_ties:
                rule += text("method.step.trim_ties")
        elif step.kind == "reject":
            reason = in_language(step.reason, self._catalogue.language)
            rule = text("method.step.reject", when=formula, reason=reason or title)
        elif step.kind == "top":
            count = self.formula(step.count) if step.count is not None else ""
            skip = self.formula(step.skip) if step.skip is not None else "0"
            rule = text(f"method.step.top_{step.best}", among=among, by=formula, count=count, skip=skip)
        elif step.kind in {"set", "pick"}:
            rule = text(f"method.step.{step.kind}", among=among, where=formula, draw=self.title(step.draw))
            if step.if_empty:
                rule += text("method.step.if_empty", other=self.title(step.if_empty))
        else:
            looks = step.value is not None and bool(step.value.aggregates or step.value.inner)
            key = "number_among" if looks and step.among != "valid" else "number"
            rounding = self.rounding(step.places, step.rounding)
            rule = text(f"method.step.{key}", formula=formula, among=among, rounding=rounding)
        return title, rule

    def _loss(self, step: PackStep) -> str:
        text = self._catalogue.text
        sides = []
        for side, pieces in (("above", step.above), ("below", step.below)):
            parts = [
                text("method.segment_open", points=self.formula(piece.per_percent))
                if piece.until is None
                else text("method.segment", points=self.formula(piece.per_percent), until=decimal_text(piece.until))
                for piece in pieces
            ]
            sides.append(text(f"method.step.loss_{side}", loss=text("method.comma").join(parts)))
        rounding = self.rounding(step.places, step.rounding)
        return text("method.and_then").join([*sides, text(f"method.percent.{step.percent}"), rounding])

    def _trim(self, row: TrimRow) -> str:
        high, low = self.formula(row.high), self.formula(row.low)
        return self._catalogue.text("method.trim", n=row.n_min, high=high, low=low)
