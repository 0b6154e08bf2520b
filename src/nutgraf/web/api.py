"""The site for programs: stored briefs as JSON, versioned, described by OpenAPI at /api/v1/openapi.json."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from nutgraf import __version__
from nutgraf.contract import brief_to_record
from nutgraf.ports import Question
from nutgraf.web.addresses import topic_slug
from nutgraf.web.asking import read_question
from nutgraf.web.site import site_of


def allowed(request: HttpRequest) -> bool:
    """Tell whether a program may read: anyone, or where a setting closes the API, who shows a token."""
    site = site_of(request)
    if site.settings.api_open:
        return True
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    tokens = site.ways.tokens
    return kind.lower() == "bearer" and tokens is not None and tokens.is_token(token.strip())


api = NinjaAPI(
    title="nutgraf",
    version=__version__,
    description=(
        "Stored briefs, every line with its citations. A brief has the form of its published JSON Schema. Where the "
        "owner closed the API, send `Authorization: Bearer TOKEN`."
    ),
    auth=allowed,
    urls_namespace="api",
    docs_url=None,  # its page loads scripts from other hosts
    openapi_url="/openapi.json",
)


@api.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say in words which part of a request is wrong."""
    told = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors)
    return api.create_response(request, {"detail": told}, status=422)


@api.exception_handler(AuthenticationError)
def refused(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Say how a program gets in."""
    told = "This site gives its API to programs with a token. Ask its owner for one; send it as Authorization: Bearer."
    response = api.create_response(request, {"detail": told}, status=401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


Name = Annotated[str, Path(..., min_length=1, max_length=200, pattern=r"^[^/\x00]+$")]
Limit = Annotated[int, Query(20, ge=1, le=100, description="How many stories at the most")]
Cursor = Annotated[
    int | None, Query(None, ge=0, le=2**62, description="The `next` of the page before; stories older than that one")
]


class Problem(Schema):
    """What is wrong, in words."""

    detail: str


ONE = {401: Problem, 404: Problem, 422: Problem}
MANY = {401: Problem, 422: Problem}


class Stories(Schema):
    """A page of briefs, the newest first; ``next`` leads on and is null at the end."""

    stories: list[dict[str, Any]] = Field(description="Briefs, as docs/brief.schema.json has them")
    next: int | None


class Change(Schema):
    """A story's newest brief; ``replaces`` names the stories that were merged into it and are no more."""

    brief: dict[str, Any] = Field(description="As docs/brief.schema.json has it")
    replaces: list[str]


class Changes(Schema):
    """What is new or revised, the earliest change first; ask again with ``next`` as ``since``."""

    changes: list[Change]
    next: int
    more: bool


class Day(Schema):
    """The briefs of one day in their order, the lead first."""

    day: date
    stories: list[dict[str, Any]]


class Topic(Schema):
    """A topic and how many stories it has."""

    name: str
    slug: str
    stories: int


@api.get("/editions", response={200: list[date], **MANY}, summary="The days that have an edition, the newest first")
def editions(request: HttpRequest) -> Any:
    """Return the days."""
    return list(site_of(request).store.edition_days())


@api.get(
    "/editions/{day}",
    response={200: Day, **ONE},
    summary="One day's edition, or the `latest`",
)
def edition(request: HttpRequest, day: Name) -> Any:
    """Return an edition."""
    store = site_of(request).store
    try:
        found = store.latest_edition() if day == "latest" else store.edition(date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise HttpError(404, "There is no edition of that day. Days are written 2026-03-14.")
    return {"day": found.day, "stories": [brief_to_record(brief) for brief in found.briefs]}


@api.get("/stories", response={200: Stories, **MANY}, summary="Stories, all or those that answer a question")
def stories(
    request: HttpRequest,
    q: Annotated[str, Query("", max_length=300, description="As in the search of the site")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Return a page of briefs."""
    return _page(request, read_question(q).question, limit, cursor)


@api.get("/changes", response={200: Changes, **MANY}, summary="What is new or revised since a place in the order")
def changes(
    request: HttpRequest,
    since: Annotated[int, Query(0, ge=0, le=2**62, description="The `next` of the answer before")] = 0,
    limit: Limit = 20,
) -> Any:
    """Return a page of changes; the order is that of storing, so that late and old-dated stories are never missed."""
    rows = site_of(request).store.changes(after=since, limit=limit + 1)
    told = [{"brief": brief_to_record(brief), "replaces": list(merged)} for _, brief, merged in rows[:limit]]
    return {"changes": told, "next": rows[:limit][-1][0] if rows else since, "more": len(rows) > limit}


@api.get("/stories/{name}", response={200: dict[str, Any], **ONE}, summary="One story's newest brief")
def story(request: HttpRequest, name: Name) -> Any:
    """Return a brief; a story that was merged into another gives that one's."""
    store = site_of(request).store
    current = store.current_name(name)
    brief = store.brief(current) if current else None
    if brief is None:
        raise HttpError(404, "There is no such story. It may have been given another address: search for it.")
    return brief_to_record(brief)


@api.get("/topics", response={200: list[Topic], **MANY}, summary="The topics that have most stories, most first")
def topics(
    request: HttpRequest,
    limit: Annotated[int, Query(500, ge=1, le=5000, description="How many topics at the most")] = 500,
) -> Any:
    """Return the topics."""
    found = site_of(request).store.topics(limit=limit)
    return [{"name": name, "slug": topic_slug(name), "stories": count} for name, count in found]


@api.get("/topics/{slug}", response={200: Stories, **MANY}, summary="Stories on one topic")
def topic(request: HttpRequest, slug: Name, limit: Limit = 20, cursor: Cursor = None) -> Any:
    """Return a page of briefs."""
    return _page(request, Question(topic=slug), limit, cursor)


@api.get("/outlets/{slug}", response={200: Stories, **MANY}, summary="Stories that an outlet's reports tell")
def outlet(request: HttpRequest, slug: Name, limit: Limit = 20, cursor: Cursor = None) -> Any:
    """Return a page of briefs."""
    return _page(request, Question(outlet=slug), limit, cursor)


@api.get("/persons/{slug}", response={200: Stories, **MANY}, summary="Stories that cite a person or body")
def person(request: HttpRequest, slug: Name, limit: Limit = 20, cursor: Cursor = None) -> Any:
    """Return a page of briefs."""
    return _page(request, Question(person=slug), limit, cursor)


def _page(request: HttpRequest, question: Question, limit: int, cursor: int | None) -> dict[str, Any]:
    rows = site_of(request).store.search(question, limit=limit + 1, before=cursor)
    shown = rows[:limit]
    return {
        "stories": [brief_to_record(brief) for _, brief in shown],
        "next": shown[-1][0] if len(rows) > limit else None,
    }


def api_not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Say in JSON that there is no such address."""
    told = {"detail": f"There is no such address. What there is stands in {reverse('api:openapi-json')}."}
    return HttpResponse(json.dumps(told), status=404, content_type="application/json; charset=utf-8")
