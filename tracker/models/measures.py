"""Measures, the targets they are held against, and their observations in versions."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    Marking,
    ObservationState,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)
from tracker.models.base import Base, Exact, Recorded, Word, not_blank, one_of
from tracker.models.partners import Partner, Person
from tracker.models.plans import Objective, PlanItem


class Measure(PlanItem, Base):
    """How we know whether an objective is being reached: a number over time."""

    __tablename__ = "measures"
    __table_args__ = (
        UniqueConstraint("objective_id", "code", name="uq_measures_objective_code"),
        one_of("marking", Marking),
        one_of("unit", Unit),
        one_of("standing", Standing),
        one_of("direction", Direction),
        one_of("frequency", Frequency),
        one_of("aggregation", Aggregation),
        one_of("provenance", Provenance),
        CheckConstraint("lag_days BETWEEN 0 AND 400", name="lag_is_sensible"),
        CheckConstraint("(unit = 'rate') = (per IS NOT NULL)", name="rate_is_per_so_many"),
        not_blank("code"),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objectives.id"))
    owner_partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    definition: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[Unit] = mapped_column(Word(Unit))
    #: What is counted, in the plural; empty for percentages.
    unit_noun: Mapped[str] = mapped_column(String(60), default="")
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    direction: Mapped[Direction] = mapped_column(Word(Direction))
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency))
    aggregation: Mapped[Aggregation] = mapped_column(Word(Aggregation))
    is_cumulative: Mapped[bool] = mapped_column(default=False)
    #: Of how many a rate counts, such as 1,000; empty for all other units.
    per: Mapped[Decimal | None] = mapped_column(Exact)
    #: Whether extreme moving ranges are left out of the limits of its chart.
    is_screened: Mapped[bool] = mapped_column(default=True)
    #: Days after a period's end until its value is due.
    lag_days: Mapped[int] = mapped_column(default=30)
    #: First day whose period is expected; earlier ones are history and never overdue.
    collected_from: Mapped[date]
    has_small_numbers: Mapped[bool] = mapped_column(default=False)
    data_source: Mapped[str] = mapped_column(String(300), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    #: What the values are; each observation carries its own as well.
    provenance: Mapped[Provenance] = mapped_column(Word(Provenance), default=Provenance.RECORDED)

    objective: Mapped[Objective] = relationship(lazy="raise")
    owner_partner: Mapped[Partner] = relationship(lazy="raise")


class Target(Recorded, Base):
    """Baseline, target and the path between, as set on one day; a change appends."""

    __tablename__ = "targets"
    __table_args__ = (
        one_of("trajectory", Trajectory),
        one_of("provenance", Provenance),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        Index("ix_targets_measure_id_known_at", "measure_id", "known_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    baseline: Mapped[Decimal | None] = mapped_column(Exact)
    baseline_label: Mapped[str] = mapped_column(String(60), default="")
    target: Mapped[Decimal | None] = mapped_column(Exact)
    tolerance_percent: Mapped[Decimal] = mapped_column(Exact)
    #: In the measure's unit; where it is set, it alone counts.
    tolerance_absolute: Mapped[Decimal | None] = mapped_column(Exact)
    #: Within what a measure is to be maintained; an empty side is open.
    band_low: Mapped[Decimal | None] = mapped_column(Exact)
    band_high: Mapped[Decimal | None] = mapped_column(Exact)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    trajectory: Mapped[Trajectory] = mapped_column(Word(Trajectory), default=Trajectory.LINEAR)
    provenance: Mapped[Provenance] = mapped_column(Word(Provenance), default=Provenance.RECORDED)
    #: Why it changed; empty only for the first.
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Observation(Recorded, Base):
    """One version of one period's value. Append-only: a correction is the next version."""

    __tablename__ = "observations"
    __table_args__ = (
        UniqueConstraint("measure_id", "period_start", "version", name="uq_observations_version"),
        one_of("state", ObservationState),
        one_of("provenance", Provenance),
        CheckConstraint(
            "(state IN ('final', 'provisional')) = (value IS NOT NULL)", name="value_fits_state"
        ),
        CheckConstraint("version >= 1", name="version_counts_from_one"),
        CheckConstraint(
            "version = 1 OR length(trim(change_reason)) > 0", name="correction_has_a_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    #: First day of the period; its length is the measure's frequency.
    period_start: Mapped[date]
    version: Mapped[int]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    #: What a rate or percentage counts, and of how many; the denominator alone is the number
    #: of answers behind a percentage or average.
    numerator: Mapped[Decimal | None] = mapped_column(Exact)
    denominator: Mapped[Decimal | None] = mapped_column(Exact)
    state: Mapped[ObservationState] = mapped_column(Word(ObservationState))
    provenance: Mapped[Provenance] = mapped_column(Word(Provenance), default=Provenance.RECORDED)
    source: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    #: Why this version differs from the one before; empty only for the first.
    change_reason: Mapped[str] = mapped_column(Text, default="")
    #: Empty where a machine's import stored it.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))

    measure: Mapped[Measure] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise")


class SeriesBreak(Recorded, Base):
    """A day from which a measure's values are no longer comparable with those before.

    Append-only: the newest row of a day counts, and one that withdraws a break says why too.
    """

    __tablename__ = "series_breaks"
    __table_args__ = (
        not_blank("reason"),
        Index("ix_series_breaks_measure_id_starts_on", "measure_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    starts_on: Mapped[date]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class BaselineFreeze(Recorded, Base):
    """How many points of each segment set a measure's limits for good. Append-only."""

    __tablename__ = "baseline_freezes"
    __table_args__ = (
        not_blank("reason"),
        CheckConstraint("points IS NULL OR points >= 12", name="points_are_enough"),
        Index("ix_baseline_freezes_measure_id", "measure_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    #: Empty where the baseline is released: every point counts again.
    points: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
