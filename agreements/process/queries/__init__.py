"""Reading the road of a jaarschijf, a file per noun."""

from agreements.process.queries.road import (
    SLUGS,
    ItemRoad,
    NextStep,
    Preparation,
    deadlines_of,
    in_columns,
    item_roads,
    next_steps,
    planned_days,
    planned_years,
    preparation,
    road,
    step_to,
    steps_of,
    with_origins,
    year_to_prepare,
)

__all__ = [
    "SLUGS",
    "ItemRoad",
    "NextStep",
    "Preparation",
    "deadlines_of",
    "in_columns",
    "item_roads",
    "next_steps",
    "planned_days",
    "planned_years",
    "preparation",
    "road",
    "step_to",
    "steps_of",
    "with_origins",
    "year_to_prepare",
]
