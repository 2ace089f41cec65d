"""Options that several commands have."""

import click

# So that "-1" is told as a number nobody knows, and not as an option.
ANY_ID = {"ignore_unknown_options": True}


class OfficerName(click.ParamType[str]):
    """Who does it, as the log will name them."""

    name = "text"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The name. Raises ChungTayError on what would not stay one readable line."""
        from handlers.answers import officer_name

        return officer_name(str(value))


AS = click.option(
    "--as",
    "officer",
    type=OfficerName(),
    default="operator",
    show_default=True,
    help="Who does it, 1 to 60 characters; goes into the log.",
)
