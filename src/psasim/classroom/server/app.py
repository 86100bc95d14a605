"""What is served: pages by their paths, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from psasim.classroom.server.guards import Guarded, Refused, refusal

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')

WORDS = {404: "there is nothing here", 405: "nothing here is asked for in that way"}


def pages_app(pages: Mapping[str, str], authorities: Iterable[str]) -> ASGIApp:
    """An application of pages alone.

    pages: text by path, each with the policy that its file has; authorities: see `Guarded`.
    """
    return guarded_app(page_routes(pages), authorities)


def page_routes(pages: Mapping[str, str]) -> list[Route]:
    """A route to each page, and one to the icon that browsers ask for, which there is none of."""
    return [*(_page(path, text) for path, text in pages.items()),
            Route("/favicon.ico", _no_icon, methods=["GET"])]


def guarded_app(routes: list[Route], authorities: Iterable[str]) -> ASGIApp:
    """An application of routes that answers whatever else is asked in words."""
    app = Starlette(routes=routes, exception_handlers={
        HTTPException: _told, Refused: _refused, OSError: _not_kept})
    app.router.redirect_slashes = False
    return Guarded(app, authorities)


def page_response(text: str) -> Response:
    """A page under the policy that its file has."""
    policy = _POLICY.search(text)
    assert policy is not None, "a page without a policy"
    return HTMLResponse(text, headers={
        "Content-Security-Policy": f"{policy[1]}; frame-ancestors 'none'"})


def _page(path: str, text: str) -> Route:
    async def page(request: Request) -> Response:
        return page_response(text)

    return Route(path, page, methods=["GET"])


async def _no_icon(request: Request) -> Response:
    return Response(status_code=204)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = refusal(error.status_code, WORDS.get(error.status_code, error.detail))
    if error.status_code == 405 and error.headers:
        answer.headers["Allow"] = ", ".join(sorted(error.headers["Allow"].split(", ")))
    return answer


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusal(error.status, error.told)


async def _not_kept(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    return refusal(507, f"the record could not be written ({error.strerror}); nothing was kept of "
                   "what was sent")
