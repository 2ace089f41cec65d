"""What a place has reached of its plan. Who may enter each."""

from core.officers import Right
from web.console.door import Room
from web.console.figures import figure, rates, target, targets

ROOMS = (
    Room.get(targets.PAGE, targets.show_targets, Right.READ_TOTALS),
    Room.get("/console/targets/sheet", targets.show_sheet, Right.READ_TOTALS),
    Room.get(rates.RATES_PAGE, rates.show_rates, Right.READ_TOTALS),
    Room.post(
        f"{rates.RATES_PAGE}/enter", rates.post_enter, Right.WRITE_FIGURES, page=rates.RATES_PAGE, keeps=rates.TYPED
    ),
    Room.get(target.TARGET, target.show_target, Right.READ_TOTALS),
    Room.post(f"{target.TARGET}/enter", target.post_enter, Right.WRITE_FIGURES, page=target.TARGET, keeps=target.TYPED),
    Room.get("/console/figures/{id:int}", figure.show_figure, Right.READ_TOTALS),
    *(
        Room.post(
            f"/console/figures/{{id:int}}/{step}",
            figure.post_step,
            Right.APPROVE_FIGURES,
            page=figure.FIGURE,
            keeps=figure.TYPED,
        )
        for step in figure.STEPS
    ),
)
