"""Long pages cost query seconds: whoever keeps the server at listings of a large store pays as for queries."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from rejoinder.api.service.budget import client_of
from rejoinder.api.service.snapshots import service

FREE_SECONDS = 0.5  # seconds of a processor that a page may take for nothing
LONG_ENDPOINTS = {  # what goes through all of a store or of a thread; everything else is bounded
    "unanswered.unanswered",
    "claims.claims",
    "threads.threads",
    "threads.thread",
    "names.comment",
    "judgements.judgements",
}


def register(app: Flask) -> None:
    """Refuse such pages (429) to a client whose budget is used up; what they take above FREE_SECONDS is charged."""

    @app.before_request
    def check() -> None:
        if request.endpoint in LONG_ENDPOINTS:
            g.began = time.thread_time()  # of this thread alone: waiting for a turn is not paid for
            service().budget.check(client_of(request.remote_addr or ""))

    @app.after_request
    def charge(response: Response) -> Response:
        spent = time.thread_time() - g.began if "began" in g else 0
        if spent > FREE_SECONDS:
            service().budget.spend(client_of(request.remote_addr or ""), spent)
        return response
