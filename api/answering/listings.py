"""Listings: one page of the rows that are asked for, for people or as data, and the way to the next page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, render_template

from rejoinder.api.answering.answers import answer
from rejoinder.api.requests.query_parameters import Page
from rejoinder.api.showing.pages import pages_around
from rejoinder.api.showing.templating import other_page
from rejoinder.graph.queries.views import Rows, Value, View, find_view, view_rows
from rejoinder.graph.queries.written import as_csv, as_json
from rejoinder.graph.stores.publish import Snapshot


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the rows of a view, and the values by which they were chosen."""

    view: View
    values: Mapping[str, Value]
    found_rows: Rows
    shown_page: Page
    snapshot: Snapshot

    def data(self, to: str) -> Response:
        """The rows as CSV or JSON."""
        return as_data(self.found_rows, to, self.shown_page, self.snapshot)

    def page(self, template: str, many: int | None, extra: Mapping[str, object] | None = None) -> Response:
        """The rows as a page, of so many in all, None where nobody counted."""
        context = {"found": self.found_rows, "sparql": self.view.sparql(self.values), **(extra or {})}
        return as_page(
            template, context, self.shown_page, self.snapshot, truncated=self.found_rows.truncated, many=many
        )


def listing(snapshot: Snapshot, name: str, filters: Mapping[str, Value | None], at: Page) -> Listing:
    """The rows of the view of that name on this page; what is None filters nothing."""
    query, values = find_view(name), {key: value for key, value in filters.items() if value is not None}
    rows = view_rows(snapshot.store, query, {**values, "offset": at.offset}, most=at.size)
    return Listing(query, values, rows, at, snapshot)


def as_data(
    rows: Rows, to: str, at: Page, snapshot: Snapshot, *, beside: Mapping[str, object] | None = None
) -> Response:
    """Rows as CSV, or as `{"rows": [...], "truncated": false}`; where more are left, a Link header says where.

    JSON has what stands `beside` the rows as members of its own.
    """
    if to == "csv":
        response = answer(as_csv(rows.columns, rows.rows), to, snapshot)
    else:
        body = {"rows": list(rows.rows), "truncated": rows.truncated, **(beside or {}), "snapshot": snapshot.id}
        response = answer(as_json(body), to, snapshot)
    return with_next_link(response, at, rows.truncated)


def as_page(
    template: str, shown: Mapping[str, object], at: Page, snapshot: Snapshot, *, truncated: bool, many: int | None
) -> Response:
    """A page of a listing out of its template, which has a pager beside what is `shown`."""
    turning = pages_around(at, truncated, many)
    html = render_template(template, at=at, pages=turning, snapshot=snapshot, **shown)
    return with_next_link(answer(html, "html", snapshot), at, truncated)


def with_next_link(response: Response, at: Page, truncated: bool) -> Response:
    """The response, with headers that say that rows are left and where they are, if so."""
    if truncated:
        response.headers["Link"] = f'<{other_page(at.number + 1)}>; rel="next"'
        response.headers["X-Rejoinder-Truncated"] = "true"
    return response
