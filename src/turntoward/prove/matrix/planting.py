"""Ways to put a leak in: into what a partner may see, around a view, or into who somebody is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, clear_url_caches, get_resolver

from turntoward.prove.people import People

View = Callable[..., HttpResponse]
Plant = Callable[[People], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Leak:
    """One mistake that could be made: what it is, where it would show, and how it is put in."""

    what: str
    #: Names of addresses that are asked while it is there.
    views: tuple[str, ...]
    plant: Plant


def sees(rows: type[QuerySet[Any]], what: Callable[..., Any], name: str = "visible_to") -> Plant:
    """These rows give something else to whoever asks for theirs."""
    return lambda people: mock.patch.object(rows, name, what)


def instead(target: str, make: Callable[[Any, People], Any]) -> Plant:
    """Something else in the place of `target`, made of what was there."""

    @contextmanager
    def plant(people: People) -> Iterator[None]:
        module, _, name = target.rpartition(".")
        was = getattr(_imported(module), name)
        with mock.patch(target, make(was, people)):
            yield

    return plant


def around(name: str, wrap: Callable[[View, People], View]) -> Plant:
    """Another view at the address of this name."""

    @contextmanager
    def plant(people: People) -> Iterator[None]:
        pattern = _pattern(name)
        with mock.patch.object(pattern, "callback", wrap(pattern.callback, people)):
            yield

    return plant


def after(name: str, change: Callable[[HttpRequest, HttpResponse, People], HttpResponse]) -> Plant:
    """The same answer at the address of this name, changed on its way out."""

    def wrap(view: View, people: People) -> View:
        def changed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return change(request, view(request, *args, **kwargs), people)

        return _as_open_as(view, changed)

    return around(name, wrap)


def before(name: str, do: Callable[..., object]) -> Plant:
    """Something is done first at the address of this name, before it is asked whose it is."""

    def wrap(view: View, people: People) -> View:
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            do(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return _as_open_as(view, asked)

    return around(name, wrap)


def at_a_new_address(route: URLPattern) -> Plant:
    """An address that nobody wrote a row for."""

    @contextmanager
    def plant(people: People) -> Iterator[None]:
        from turntoward.web import urls_hosted

        with mock.patch.object(urls_hosted, "urlpatterns", [*urls_hosted.urlpatterns, route]):
            clear_url_caches()
            yield
        clear_url_caches()

    return plant


def _as_open_as(view: View, other: View) -> View:
    other.login_required = getattr(view, "login_required", True)  # type: ignore[attr-defined]
    return other


def _imported(path: str) -> Any:
    """A module, or a class in one."""
    from django.utils.module_loading import import_string

    try:
        return __import__(path, fromlist=["_"])
    except ModuleNotFoundError:
        return import_string(path)


def _pattern(name: str) -> URLPattern:
    found = [pattern for there, pattern in _patterns(get_resolver().url_patterns) if there == name]
    return found[0]


def _patterns(
    patterns: Iterable[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, pattern.namespace or space)
        else:
            yield f"{space}:{pattern.name}", pattern
