"""Ask every external address of the records whether it still answers. Exit status: 0 all do, 1 some do not.

Run weekly, never by the build or the tests: the network is not ours. Only addresses of http and https are asked, which
resolve to public addresses, with a limit on time and on what is read.
"""

from __future__ import annotations

import argparse
import http.client
import ipaddress
import socket
import string
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

from catalogue.loader import load
from catalogue.model import Catalogue
from commands.terminal import ROOT, Progress, text_of

TIMEOUT = 20
"""Seconds to wait for an answer."""


def addresses(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every external address with the place it stands in."""
    for practice in catalogue.practices.values():
        found = [practice.website, *practice.same_as, *(material.url for material in practice.materials)]
        found += [url for source in practice.sources.values() for url in (source.url, source.archived)]
        yield from ((url, f"practices/{practice.id}.yml") for url in found if url)
    for organisation in catalogue.organisations.values():
        if organisation.url:
            yield organisation.url, f"schema/organisations.yml, {organisation.id}"
    for document in catalogue.documents.values():
        if document.url:
            yield document.url, f"schema/documents.yml, {document.id}"


def is_public(url: str) -> bool:
    """Whether all that the address's host resolves to lies in the public network; False where it does not resolve."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname or "", None)
    except (OSError, ValueError):  # the second for what cannot be a name: an empty part, too long a one
        return False
    return bool(found) and all(ipaddress.ip_address(str(entry[4][0])).is_global for entry in found)


def in_ascii(url: str) -> str:
    """An address as programs send it; a reader's browser does the same. ValueError where it cannot be one."""
    parts = urlsplit(url)
    path, query = (quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    return parts._replace(netloc=parts.netloc.encode("idna").decode("ascii"), path=path, query=query).geturl()


class _PublicOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to a public address, so that a record cannot reach into the machine's network."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in ("http", "https") or not is_public(newurl):
            raise urllib.error.URLError("redirected to an address that is not public")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def answer(url: str) -> str | None:
    """None where the address answers, otherwise why it does not."""
    if not is_public(url):
        return "the host is unknown or not public"
    try:
        request = urllib.request.Request(in_ascii(url), headers={"User-Agent": "IntegrationAtlas link check"})  # noqa: S310 - see is_public
        with urllib.request.build_opener(_PublicOnly).open(request, timeout=TIMEOUT) as response:
            response.read(1)
    except urllib.error.HTTPError as error:
        # Some hosts refuse programs; that is no sign that readers are refused.
        return None if error.code in (401, 403, 405, 429) else f"answers {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    return None


def main() -> int:
    """Run the command; returns its exit status."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    reading = load(ROOT)
    if reading.catalogue is None:
        print(text_of(reading.problems), file=sys.stderr)
        return 1
    places: dict[str, list[str]] = {}
    for url, place in addresses(reading.catalogue):
        places.setdefault(url, []).append(place)
    broken = 0
    with Progress() as progress, ThreadPoolExecutor(8) as pool:
        for number, (url, problem) in enumerate(zip(places, pool.map(answer, places), strict=True), start=1):
            progress("links", number, len(places))
            if problem:
                broken += 1
                print(f"{', '.join(sorted(set(places[url])))}: {url}: {problem}")
    print(f"{len(places)} addresses asked, {broken} without an answer", file=sys.stderr)
    return 1 if broken else 0
