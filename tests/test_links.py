"""The check of external addresses; nothing beyond this machine is asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.command_fixtures import (
    DESK,
    WRONG_KIND,
    Host,
    Outcome,
    Runner,
    answering_host,
    edit,
)

from catalogue import loader
from catalogue.model import Catalogue, Document, Organisation, Participant, Practice, Source
from commands import links


@pytest.mark.parametrize(
    ("resolved", "public"),
    [
        (["93.184.215.14"], True),
        (["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
        (["127.0.0.1"], False),
        (["10.1.2.3"], False),
        (["172.16.0.1"], False),
        (["192.168.0.1"], False),
        (["100.64.0.1"], False),
        (["169.254.169.254"], False),
        (["0.0.0.0"], False),
        (["::1"], False),
        (["fe80::1%eth0"], False),
        (["fd00::1"], False),
        (["::ffff:127.0.0.1"], False),
        (["93.184.215.14", "127.0.0.1"], False),
        (["127.0.0.1", "93.184.215.14"], False),
        ([], False),
    ],
)
def test_only_hosts_in_the_public_network_are_public(
    monkeypatch: pytest.MonkeyPatch, resolved: list[str], public: bool
) -> None:
    asked = []

    def getaddrinfo(host: str, port: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, 0)) for ip in resolved]

    monkeypatch.setattr(links.socket, "getaddrinfo", getaddrinfo)
    assert links.is_public("https://desk.example:8080/page?a=b") is public
    assert asked == ["desk.example"]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), TimeoutError(), UnicodeError()])
def test_a_host_that_does_not_resolve_is_not_public(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def getaddrinfo(host: str, port: object) -> list[tuple[object, ...]]:
        raise error

    monkeypatch.setattr(links.socket, "getaddrinfo", getaddrinfo)
    assert links.is_public("https://desk.example/") is False


@pytest.mark.parametrize(
    "url", ["https://[desk.example/", "https:///page", "file:///etc/passwd", "https://desk..example/"]
)
def test_an_address_without_a_host_is_not_public(url: str) -> None:
    assert links.is_public(url) is False


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A host on this machine, taken for a public one except under /private."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(links, "is_public", lambda url: "/private" not in url)
    with answering_host() as found:
        yield found


@pytest.mark.parametrize("status", [200, 204, 401, 403, 405, 429])
def test_an_answer_or_a_refusal_of_programs_is_an_answer(host: Host, status: int) -> None:
    host.answers["/page"] = status
    assert links.answer(f"{host.address}/page#part") is None
    assert host.asked == ["/page"]


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_an_error_of_the_host_is_told(host: Host, status: int) -> None:
    host.answers["/page"] = status
    assert links.answer(f"{host.address}/page") == f"answers {status}"


def test_an_address_in_other_letters_is_asked_as_browsers_do(host: Host) -> None:
    host.answers["/caf%C3%A9?q=%C3%A0&r=%20"] = 200
    assert links.answer(f"{host.address}/café?q=à&r=%20") is None
    assert host.asked == ["/caf%C3%A9?q=%C3%A0&r=%20"]


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://desk.example:8443/a%20b/(c)?d=[e]&f=g+h#i", "https://desk.example:8443/a%20b/(c)?d=[e]&f=g+h#i"),
    ],
)
def test_an_address_is_sent_in_ascii_and_otherwise_as_it_is(url: str, sent: str) -> None:
    assert links.in_ascii(url) == sent


def test_a_redirection_within_the_public_network_is_followed(host: Host) -> None:
    host.redirections["/moved"] = "/page"
    host.answers["/page"] = 200
    assert links.answer(f"{host.address}/moved") is None
    assert host.asked == ["/moved", "/page"]


def test_a_redirection_to_a_private_address_is_not_followed(host: Host) -> None:
    host.redirections["/moved"] = "/private"
    host.answers["/private"] = 200
    told = links.answer(f"{host.address}/moved")
    assert told == "<urlopen error redirected to an address that is not public>"
    assert host.asked == ["/moved"]


@pytest.mark.parametrize("target", ["ftp://desk.example/file", "file:///etc/passwd"])
def test_a_redirection_to_anything_but_the_web_is_not_followed(host: Host, target: str) -> None:
    host.redirections["/moved"] = target
    assert links.answer(f"{host.address}/moved") is not None


def test_a_host_that_is_not_public_is_not_asked(host: Host) -> None:
    assert links.answer(f"{host.address}/private") == "the host is unknown or not public"
    assert host.asked == []


def test_a_host_that_is_silent_is_given_up(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "TIMEOUT", 0.1)
    host.silent.add("/page")
    assert links.answer(f"{host.address}/page") == "timed out"
    assert host.asked == ["/page"]


def test_a_host_has_the_time_that_is_set(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    class Opener:
        def open(self, request: object, timeout: float) -> None:
            raise TimeoutError(f"gave up after {timeout} seconds")

    monkeypatch.setattr(links.urllib.request, "build_opener", lambda *_: Opener())
    assert links.answer(f"{host.address}/page") == f"gave up after {links.TIMEOUT} seconds"


def test_a_host_that_talks_nonsense_is_told(host: Host) -> None:
    assert "nonsense" in (links.answer(f"{host.address}/nonsense") or "")


def test_a_failure_without_words_is_still_a_failure(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    def build_opener(*_: object) -> Any:
        raise ConnectionResetError

    monkeypatch.setattr(links.urllib.request, "build_opener", build_opener)
    assert links.answer(f"{host.address}/page") == "ConnectionResetError"


def practice(id_: str, *sources: str, **fields: Any) -> Practice:
    text = {"en": id_}
    return Practice(
        id=id_,
        name=text,
        summary=text,
        kind="service",
        status="active",
        described_as_of=2024,
        organisations=(Participant(roles=("lead",), org="library"),),
        themes=("cohesion",),
        approach=text,
        sources={f"s{at}": Source(title=id_, language="en", url=url or None) for at, url in enumerate(sources)},
        **fields,
    )


LINKED = Catalogue(
    practices={
        "one": practice(
            "one",
            "https://one.example/source",
            "",
            "https://shared.example/",
            website="https://one.example/",
            same_as=("https://wiki.example/1", "https://wiki.example/2"),
        ),
        "two": practice("two", "https://shared.example/"),
    },
    vocabularies={},
    documents={
        "report": Document("report", {"en": "Report"}, {"en": "Town"}, "en", {"en": ""}, url="https://town.example/r"),
        "paper": Document("paper", {"en": "Paper"}, {"en": "Town"}, "en", {"en": ""}),
    },
    organisations={
        "library": Organisation("library", {"en": "Library"}, "local-authority", url="https://library.example/"),
        "club": Organisation("club", {"en": "Club"}, "association"),
    },
    leads={},
)


def test_every_address_is_listed_with_its_place() -> None:
    assert list(links.addresses(LINKED)) == [
        ("https://one.example/", "practices/one.yml"),
        ("https://wiki.example/1", "practices/one.yml"),
        ("https://wiki.example/2", "practices/one.yml"),
        ("https://one.example/source", "practices/one.yml"),
        ("https://shared.example/", "practices/one.yml"),
        ("https://shared.example/", "practices/two.yml"),
        ("https://library.example/", "schema/organisations.yml, library"),
        ("https://town.example/r", "schema/documents.yml, report"),
    ]


def test_addresses_that_all_answer_are_no_problem(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(links, "load", lambda root: loader.Reading(LINKED))
    monkeypatch.setattr(links, "answer", asked.append)
    assert run(links) == Outcome(0, "", "7 addresses asked, 0 without an answer\n")
    assert sorted(asked) == sorted({url for url, _ in links.addresses(LINKED)})


def test_addresses_without_an_answer_are_told_with_all_their_places(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {"https://shared.example/": "answers 404", "https://town.example/r": "timed out"}
    monkeypatch.setattr(links, "load", lambda root: loader.Reading(LINKED))
    monkeypatch.setattr(links, "answer", broken.get)
    assert run(links) == Outcome(
        1,
        "practices/one.yml, practices/two.yml: https://shared.example/: answers 404\n"
        "schema/documents.yml, report: https://town.example/r: timed out\n",
        "7 addresses asked, 2 without an answer\n",
    )


def test_addresses_of_broken_records_are_not_asked(folder: Path, run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(links, "answer", asked.append)
    edit(folder / DESK, *WRONG_KIND)
    done = run(links)
    assert done.status == 1
    assert f"{DESK}:9:7: error[unknown-term]" in done.err
    assert asked == []
