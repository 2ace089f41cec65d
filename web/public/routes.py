"""The addresses of the public pages. They stay: people note them, print them and link to them."""

from starlette.routing import Match, Route
from starlette.types import Scope

from web.public.crawling import show_robots, show_sitemap
from web.public.events import show_calendar, show_event, show_events
from web.public.feeds import show_atom, show_rss
from web.public.front import show_front
from web.public.hiring import post_hiring, show_hiring
from web.public.market import post_market, show_market
from web.public.notices import show_framed, show_notice, show_notices
from web.public.slips import show_slip
from web.public.topics import show_topic, show_topics


class PlaceRoute(Route):
    """A route that begins with a place: with any other word it is not ours, and says nothing of its methods."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As a route's, for the places that are here."""
        match, child = super().matches(scope)
        if match is Match.NONE or child["path_params"]["locality"] in scope["app"].state.site.content.localities:
            return match, child
        return Match.NONE, {}


def public_routes() -> list[Route]:
    """All of them; they come after every other route."""
    return [
        Route("/robots.txt", show_robots, methods=["GET"]),
        Route("/sitemap.xml", show_sitemap, methods=["GET"]),
        PlaceRoute("/{locality}", show_front, methods=["GET"]),
        PlaceRoute("/{locality}/chu-de", show_topics, methods=["GET"]),
        PlaceRoute("/{locality}/chu-de/{topic}", show_topic, methods=["GET"]),
        PlaceRoute("/{locality}/tin", show_notices, methods=["GET"]),
        PlaceRoute("/{locality}/tin/khung", show_framed, methods=["GET"]),
        PlaceRoute("/{locality}/tin/rss.xml", show_rss, methods=["GET"]),
        PlaceRoute("/{locality}/tin/atom.xml", show_atom, methods=["GET"]),
        PlaceRoute("/{locality}/tin/{code}", show_notice, methods=["GET"]),
        PlaceRoute("/{locality}/tuyen-dung", show_hiring, methods=["GET"]),
        PlaceRoute("/{locality}/tuyen-dung", post_hiring, methods=["POST"]),
        PlaceRoute("/{locality}/ngay-hoi", show_events, methods=["GET"]),
        PlaceRoute("/{locality}/ngay-hoi/{number:int}", show_event, methods=["GET"]),
        PlaceRoute("/{locality}/ngay-hoi/{number:int}.ics", show_calendar, methods=["GET"]),
        PlaceRoute("/{locality}/phieu", show_slip, methods=["GET"]),
        PlaceRoute("/{locality}/cho", show_market, methods=["GET"]),
        PlaceRoute("/{locality}/cho", post_market, methods=["POST"]),
    ]
