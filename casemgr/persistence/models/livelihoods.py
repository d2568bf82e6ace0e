"""Records of livelihood plans, community projects, groups, assets, visits, losses, acceptance and passing on."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to


class LivelihoodGroup(Record):
    """Households that run a project together."""

    __tablename__ = "livelihood_group"

    name: Mapped[str]
    kind: Mapped[str]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    certificate: Mapped[str]
    """Number of the commune's certification."""
    certified_on: Mapped[date | None]
    rules: Mapped[str]
    account: Mapped[str]
    ended_on: Mapped[date | None]
    note: Mapped[str]


class GroupMember(Record):
    """A household in a group."""

    __tablename__ = "group_member"
    __table_args__ = (Index(None, "group_id"), Index(None, "household_id"), STRICT)

    group_id: Mapped[UUID] = mapped_column(Uid, refers_to("livelihood_group.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    role: Mapped[str]
    """representative or member."""
    experienced: Mapped[bool]
    """Has run a good business before: a group needs one such member."""
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class CommunityProject(Record):
    """A production project of a community group, a value chain, a task or a model of poverty reduction."""

    __tablename__ = "community_project"
    __table_args__ = (Index(None, "programme", "status"), STRICT)

    title: Mapped[str]
    programme: Mapped[str]
    """Code of the catalogue: SK-CD, SK-LK, SK-NV or MH-GN."""
    generation: Mapped[str]
    area: Mapped[str]
    """Area type that caps the state's share: especially_difficult, difficult or other."""
    status: Mapped[str]
    status_on: Mapped[date]
    group_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("livelihood_group.id"))
    leader: Mapped[str]
    """Lead unit of a value chain."""
    copies_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("community_project.id"))
    """The model this one replicates."""
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    contract_number: Mapped[str]
    contract_on: Mapped[date | None]
    total_cost: Mapped[int]
    state_amount: Mapped[int]
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    due_on: Mapped[date | None]
    """Of the next step."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    revolving: Mapped[str]
    """JSON: how much is returned, when, in what form, to whom (`domain/livelihoods.RevolvingRules`)."""
    note: Mapped[str]


class Livelihood(Record):
    """The livelihood plan of a household."""

    __tablename__ = "livelihood"
    __table_args__ = (
        Index(None, "household_id"),
        Index(None, "status", "due_on"),
        Index(None, "due_on"),
        Index(None, "project_id"),
        STRICT,
    )

    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("person.id"))
    """Who signs: the head, or a member authorised in writing."""
    project_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("community_project.id"))
    programme: Mapped[str]
    generation: Mapped[str]
    area: Mapped[str]
    status: Mapped[str]
    status_on: Mapped[date]
    at_risk: Mapped[bool]
    """A loss was reported and is not settled."""
    trade: Mapped[str]
    """Branch: crops, animals, aquaculture, crafts, services, small trade, wage work."""
    product: Mapped[str]
    class_value: Mapped[str]
    """Of the household when it registered."""
    asked_on: Mapped[date | None]
    decision_number: Mapped[str]
    decision_on: Mapped[date | None]
    committed_on: Mapped[date | None]
    total_cost: Mapped[int]
    state_amount: Mapped[int]
    own_amount: Mapped[int]
    escape_year: Mapped[int | None]
    due_on: Mapped[date | None]
    """Of the next visit or step."""
    officer_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("user.id"))
    content: Mapped[str]
    """JSON of the thirteen parts (`domain/livelihoods.PlanContent`)."""


class Asset(Record):
    """An animal or thing handed over, known by its tag."""

    __tablename__ = "asset"
    __table_args__ = (Index(None, "livelihood_id"), Index(None, "household_id"), Index(None, "tag"), STRICT)

    livelihood_id: Mapped[UUID] = mapped_column(Uid, refers_to("livelihood.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    """Who keeps it now."""
    tag: Mapped[str]
    kind: Mapped[str]
    age_months: Mapped[int | None]
    weight_kg: Mapped[int | None]
    vaccinated: Mapped[str]
    supplier: Mapped[str]
    unit_price: Mapped[int]
    handed_on: Mapped[date | None]
    chosen_by: Mapped[str]
    """lot or agreed."""
    status: Mapped[str]
    status_on: Mapped[date]
    mother_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("asset.id"))
    delivery_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("delivery.id"))
    note: Mapped[str]


class LivelihoodVisit(Record):
    """A follow-up sheet."""

    __tablename__ = "livelihood_visit"
    __table_args__ = (Index(None, "livelihood_id", "on_date"), STRICT)

    livelihood_id: Mapped[UUID] = mapped_column(Uid, refers_to("livelihood.id"))
    on_date: Mapped[date]
    visitor: Mapped[str]
    quantity: Mapped[int | None]
    """Animals or units left."""
    condition: Mapped[str]
    proper_use: Mapped[str]
    """yes, partly or no."""
    income: Mapped[int]
    expense: Mapped[int]
    difficulty: Mapped[str]
    advice: Mapped[str]
    action: Mapped[str]
    action_due_on: Mapped[date | None]
    next_on: Mapped[date | None]


class Loss(Record):
    """Minutes of a loss."""

    __tablename__ = "loss"
    __table_args__ = (Index(None, "livelihood_id"), STRICT)

    livelihood_id: Mapped[UUID] = mapped_column(Uid, refers_to("livelihood.id"))
    asset_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("asset.id"))
    on_date: Mapped[date]
    reported_on: Mapped[date]
    kind: Mapped[str]
    objective: Mapped[bool | None]
    """True: no fault of the household; None: not established."""
    quantity: Mapped[int]
    value: Mapped[int]
    confirmed_by: Mapped[str]
    proposal: Mapped[str]
    decision: Mapped[str]
    settled_on: Mapped[date | None]


class Acceptance(Record):
    """Minutes of acceptance of a plan or project."""

    __tablename__ = "acceptance"
    __table_args__ = (Index(None, "livelihood_id"), Index(None, "project_id"), STRICT)

    livelihood_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("livelihood.id"))
    project_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("community_project.id"))
    on_date: Mapped[date]
    planned: Mapped[str]
    actual: Mapped[str]
    value: Mapped[int]
    own_paid: Mapped[int]
    passed: Mapped[bool]
    signers: Mapped[str]
    note: Mapped[str]


class RevolvingDuty(Record):
    """What a household owes to the next one, in money or animals, by a day."""

    __tablename__ = "revolving_duty"
    __table_args__ = (
        Index(None, "livelihood_id"),
        Index(None, "project_id"),
        Index(None, "household_id"),
        Index(None, "due_on"),
        STRICT,
    )

    livelihood_id: Mapped[UUID] = mapped_column(Uid, refers_to("livelihood.id"))
    project_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("community_project.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    round: Mapped[int]
    period: Mapped[str]
    due_on: Mapped[date]
    amount: Mapped[int]
    animals: Mapped[int]


class RevolvingEntry(Record):
    """A movement of the revolving ledger; a wrong one is taken back by another entry."""

    __tablename__ = "revolving_entry"
    __table_args__ = (Index(None, "duty_id", "on_date"), STRICT)

    duty_id: Mapped[UUID] = mapped_column(Uid, refers_to("revolving_duty.id"))
    kind: Mapped[str]
    """paid, waived, passed_on or corrected."""
    on_date: Mapped[date]
    amount: Mapped[int]
    animals: Mapped[int]
    document: Mapped[str]
    """Receipt, or the decision that waives."""
    next_household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    next_livelihood_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("livelihood.id"))
    asset_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("asset.id"))
    note: Mapped[str]
