"""From what the tenderer answered, a template and the bills to one :class:`core.tender.model.Tender`."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import DataInvalid
from core.rules.method_pack import KIND_SCORE, load_method
from core.rules.regimes import load_regime
from core.tender.answers import LotAnswers, TenderAnswers
from core.tender.model import TENDER_DATA_VERSION, Document, Lot, Tender
from core.tender.paths import TENDER_DOCUMENT, boq_data, boq_workbook, method_pack
from core.tender.template import Template


@dataclass(frozen=True, slots=True)
class LotBill:
    """Where a lot's bill lies in the package, if not at the usual place."""

    lot: str
    workbook: str
    data: str


def build_tender(
    answers: TenderAnswers,
    template: Template,
    *,
    bills: tuple[LotBill, ...] = (),
    documents: tuple[Document, ...] = (),
) -> Tender:
    """The tender of these answers; everything not answered comes from the template.

    ``documents`` are further fixed-layout documents (drawings); the tender document and the workbooks are listed by
    themselves. Raises :class:`DataInvalid` for another version, unknown regime or variable, doubled lot ids, and
    :class:`core.errors.MethodInvalid` for an unknown method.
    """
    if answers.version != TENDER_DATA_VERSION or answers.template != template.id:
        raise DataInvalid(where="answers", reason=f"version {answers.version}, template {answers.template[:40]}")
    load_regime(answers.regime)
    lots = tuple(
        _lot(lot, number, template, {bill.lot: bill for bill in bills})
        for number, lot in enumerate(answers.lots, start=1)
    )
    if not lots or len({lot.id for lot in lots}) != len(lots):
        raise DataInvalid(where="answers.lots", reason="none or doubled ids")
    return Tender(
        version=TENDER_DATA_VERSION,
        tender_id=answers.tender_id,
        title=answers.title,
        regime=answers.regime,
        mandatory=answers.mandatory,
        round=answers.round,
        project=answers.project,
        tenderer=answers.tenderer,
        agency=answers.agency,
        centre=answers.centre,
        schedule=answers.schedule,
        lots=lots,
        chapters=template.outline,
        rejection_clauses=template.rejection,
        policy=answers.policy,
        documents=_documents(answers, lots, documents),
        remedy_twin=answers.remedy_twin,
        time_source=answers.time_source,
        template=f"{template.id} {template.edition}",
        variables=_variables(answers, template),
    )


def _lot(answers: LotAnswers, number: int, template: Template, bills: dict[str, LotBill]) -> Lot:
    pack = load_method(answers.method, answers.method_parameters)
    usual = LotBill(answers.id, boq_workbook(answers.id), boq_data(answers.id))
    bill = bills.get(answers.id, usual)
    scored = pack.kind == KIND_SCORE
    return Lot(
        id=answers.id,
        number=number,
        name=answers.name,
        scope=answers.scope,
        price_form=answers.price_form,
        price_limit=answers.price_limit,
        duration_days=answers.duration_days,
        quality=answers.quality,
        deposit=answers.deposit,
        boq=bill.workbook,
        boq_data=bill.data,
        method=method_pack(answers.id),
        review_items=answers.review_items or template.review_item,
        factors=(answers.factors or template.factor) if scored else (),
        qualification=answers.qualification,
        manager=answers.manager,
    )


def _variables(answers: TenderAnswers, template: Template) -> dict[str, str]:
    known = {variable.id for variable in template.variable}
    foreign = sorted(set(answers.variables) - known)
    if foreign:
        raise DataInvalid(where="answers.variables", reason=foreign[0][:40])
    return {variable.id: answers.variables.get(variable.id, variable.value) for variable in template.variable}


def _documents(answers: TenderAnswers, lots: tuple[Lot, ...], further: tuple[Document, ...]) -> tuple[Document, ...]:
    own = [Document(TENDER_DOCUMENT, "tender_document", answers.title)]
    own += [Document(lot.boq, "boq_workbook", lot.name, lot.id) for lot in lots]
    return (*own, *further)
