"""What every page of one language shares: the catalogue with its indexes and relations, and the way to say things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup

from catalogue.languages import shown_language, shown_text
from catalogue.model import Catalogue, Place, Practice, Source, Text
from catalogue.presenting.localisation import Localisation
from catalogue.presenting.rendering import blocks, escape_html, path_address, safe_address
from catalogue.presenting.versions import ASSETS
from catalogue.presenting.world_map import Shape
from catalogue.problems import shown
from catalogue.relating import indexes, relations
from catalogue.relating.completeness import best_evidence, completeness, missing_languages
from catalogue.relating.indexes import Index, IndexEntry, Membership
from catalogue.text import sort_key

NOTHING = Markup("")


@dataclass(frozen=True)
class Addresses:
    """Where the site and the project live, where the build was told: absolute addresses ending in a slash, or empty.

    `assets` is the folder of scripts and styles below the root of a language, which `versions.assets` names. `branch`
    is the one on which the project's records are edited.
    """

    site: str = ""
    repository: str = ""
    assets: str = ASSETS
    branch: str = "main"

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Addresses:
        """From `SITE_URL`, `REPO_URL` and `REPO_BRANCH`; ValueError, with its name, where one cannot be used."""
        site, repository = (_address(name, environment.get(name, "").strip()) for name in ("SITE_URL", "REPO_URL"))
        branch = environment.get("REPO_BRANCH", "").strip() or cls.branch
        if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", branch) or ".." in branch:
            raise ValueError(f"REPO_BRANCH is {shown(branch)}; it must be the name of a branch")
        return cls(site, repository, branch=branch)


def _address(name: str, value: str) -> str:
    """A setting as an address that paths can be put behind, or empty; ValueError where it is no such address."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a slip in an IPv6 address, or a port that is none
        is_web = False
    if not is_web or re.search(r"[\s\"'<>\\\x00-\x20\x7f]", value):
        raise ValueError(f"{name} is {shown(value)}; it must be an address that begins with https://")
    if "@" in parts.netloc:  # not shown again: it may hold a password
        raise ValueError(f"{name} has a user or a password in it, which every page would tell")
    if "?" in value or "#" in value:
        raise ValueError(f"{name} is {shown(value)}; it must end with a path, without '?' and '#'")
    return value.rstrip("/") + "/"


@dataclass(frozen=True)
class SiteIndex:
    """The catalogue with what is computed from it, the same for all languages."""

    catalogue: Catalogue
    members: Mapping[str, Membership]
    indexes: Mapping[str, Index]
    related: Mapping[str, tuple[relations.Related, ...]]
    today: str = ""

    @classmethod
    def of(cls, catalogue: Catalogue, today: str = "") -> SiteIndex:
        """Everything computed from a catalogue; `today` is the ISO date of the build, where that is to count."""
        members = indexes.memberships(catalogue)
        found = indexes.build(catalogue, members)
        return cls(catalogue, members, found, relations.related(catalogue, members), today)

    @cached_property
    def regions_of(self) -> Mapping[str, tuple[str, ...]]:
        """The regions that each country lies in, by its code, the narrowest first."""
        ancestry = indexes.Ancestry(self.catalogue.vocabularies["regions"])
        countries = self.indexes["countries"].entries.values()
        return {entry.id: tuple(ancestry.line(entry.parent)) for entry in countries if entry.parent}

    @cached_property
    def used_countries(self) -> list[IndexEntry]:
        """The countries that have practices."""
        return [entry for entry in self.indexes["countries"].entries.values() if entry.practices]


class PageContext:
    """What a template needs for a page in one language at one depth: strings, texts, labels and relative links.

    Markup is put together here from what `escape_html` and the checks of addresses have made safe, and from our own.

    `depth` is the number of folders between the page and the root of its language.
    """

    def __init__(
        self,
        atlas: SiteIndex,
        localisation: Localisation,
        addresses: Addresses,
        depth: int,
        draw_card: Callable[[PageContext, Practice, int], Markup],
    ) -> None:
        """Bound to a language and a depth; pages of the same depth share one, and the cards that `draw_card` makes."""
        self.atlas = atlas
        self.local = localisation
        self.language = localisation.language
        self.addresses = addresses
        self.up = "../" * depth
        self._draw_card = draw_card
        self._cards: dict[tuple[str, int], Markup] = {}
        self._links: dict[tuple[str, str], Markup] = {}
        self._sorted: dict[str, list[IndexEntry]] = {}

    def t(self, key: str, **values: object) -> str:
        """A string of the site."""
        return self.local.text(key, **values)

    def href(self, path: str) -> Markup:
        """A relative link to an address below the root of the language; paths are made of ids, never of text."""
        return path_address(self.up + path or "./")

    def external(self, url: str) -> Markup:
        """An address elsewhere, checked once more."""
        return safe_address(url)

    def plain(self, text: Text) -> str:
        """A text in this language, or in the first language that it has: for titles, where marks have no place."""
        return shown_text(text, self.language)

    def language_of(self, text: Text) -> str:
        """The language in which `plain` gives the text."""
        return shown_language(text, self.language)

    def lang(self, text: Text) -> Markup:
        """The attribute of an element with a text that is not in the page's language, with a space before it."""
        code = self.language_of(text)
        return Markup("") if code == self.language else Markup(f' lang="{escape_html(code)}"')  # noqa: S704

    def within(self, sentence: str, text: Text) -> Markup:
        """A sentence in the page's language that quotes a text, with the language of the text where it is another."""
        lang, quoted = self.lang(text), escape_html(self.plain(text))
        marked = Markup(f"<span{lang}>{quoted}</span>") if lang else quoted  # noqa: S704
        return Markup(escape_html(sentence).replace(quoted, marked, 1))  # noqa: S704 - made of escaped parts

    def say(self, text: Text) -> Markup:
        """A text inline; where the language is missing, in the language it has, marked as such."""
        code = self.language_of(text)
        if code == self.language:
            return escape_html(text[code])
        return Markup(f'<span lang="{escape_html(code)}">{escape_html(text[code])}</span> {self._missing_mark()}')  # noqa: S704

    def prose(self, text: Text, after: Markup = NOTHING) -> Markup:
        """A text as paragraphs and lists; `after`, such as the numbers of its sources, stands at its end."""
        code = self.language_of(text)
        attribute = self.lang(text)
        parts = []
        for block in blocks(text[code]):
            if isinstance(block, str):
                parts.append(f"<p{attribute}>{escape_html(block)}</p>")
            else:
                parts.append(f"<ul{attribute}>" + "".join(f"<li>{escape_html(item)}</li>" for item in block) + "</ul>")
        if code != self.language:
            parts.append(f"<p>{self._missing_mark()}</p>")
        if after:
            if parts and parts[-1].endswith("</p>"):
                parts[-1] = f"{parts[-1].removesuffix('</p>')} {after}</p>"
            else:
                parts.append(f'<p class="cited-in">{after}</p>')
        return Markup("\n".join(parts))  # noqa: S704 - made of escaped parts

    def _missing_mark(self) -> Markup:
        return Markup(f'<span class="untranslated">{escape_html(self.t("practice.missing_mark"))}</span>')  # noqa: S704

    def index_text(self, name: str, part: str) -> str:
        """The title, singular or intro of an index, from its vocabulary or from the strings."""
        found: Text | None = getattr(self.atlas.indexes[name], part) if name in self.atlas.indexes else None
        return self.plain(found) if found else self.t(f"indexes.{name}.{part}")

    def entry(self, name: str, entry_id: object) -> IndexEntry:
        """An entry of an index."""
        return self.atlas.indexes[name].entries[str(entry_id)]

    def label(self, name: str, entry_id: object) -> str:
        """The label of an entry or of a supporting term."""
        if name in self.atlas.indexes:
            return self.entry_label(self.entry(name, entry_id))
        return self.plain(self.atlas.catalogue.vocabularies[name][str(entry_id)].label)

    def entry_label(self, entry: IndexEntry) -> str:
        """The label of an entry, with its code where that is how people call it."""
        text = self.plain(entry.label)
        if entry.index in ("sdgs", "gcm"):
            return f"{entry.id} {text}"
        return text

    def link(self, name: str, entry_id: object) -> Markup:
        """A link to the page of an entry."""
        key = (name, str(entry_id))
        if key not in self._links:
            entry = self.entry(name, entry_id)
            text = f'<a href="{self.href(entry.path)}">{escape_html(self.entry_label(entry))}</a>'
            self._links[key] = Markup(text)  # noqa: S704 - made of a checked path and an escaped label
        return self._links[key]

    def link_to(self, target: tuple[str, str], text: str = "") -> Markup:
        """A link to a page of the site, named by an index and an id; `practices` counts as an index here.

        `text` stands for the label of the page where it is given.
        """
        name, entry_id = target
        if name == "practices":
            path, label = f"practices/{entry_id}/", self.plain(self.practice(entry_id).name)
        elif not text:
            return self.link(name, entry_id)
        else:
            path, label = self.entry(name, entry_id).path, text
        return Markup(f'<a href="{self.href(path)}">{escape_html(text or label)}</a>')  # noqa: S704 - as in `link`

    def titled(self, text: Text) -> Markup:
        """A title as printed, marked with its language where that is not the page's."""
        code = self.language_of(text)
        attribute = "" if code == self.language else f' lang="{escape_html(code)}"'
        return Markup(f"<cite{attribute}>{escape_html(text[code])}</cite>")  # noqa: S704 - made of escaped parts

    def links(self, name: str, entry_ids: Iterable[object]) -> list[Markup]:
        """Links to the pages of entries."""
        return [self.link(name, entry_id) for entry_id in entry_ids]

    def where(self, practice: Practice) -> str:
        """Where a practice operates, in a few words: countries, else region."""
        if len(practice.countries) > 4:
            return self.t("count.countries", n=len(practice.countries))
        if practice.countries:
            return " · ".join(self.label("countries", code) for code in practice.countries)
        if practice.region == indexes.WORLD:
            return self.t("card.worldwide")
        return self.label("regions", practice.region)

    def best(self, practice: Practice) -> str:
        """The best evidence level of a practice, or `none`."""
        return best_evidence(practice)

    def completeness(self, practice: Practice) -> Mapping[str, object]:
        """How much of a full record there is, and the missing parts in words."""
        found = completeness(practice)
        missing = self.local.listed(self.t(f"fields.{name}.missing") for name in found.missing)
        return {"present": found.present, "total": found.total, "missing": missing}

    def is_partial(self, practice: Practice) -> bool:
        """Whether some text of the practice is missing in this language."""
        return self.language in missing_languages(practice)

    def document_title(self, source: Source) -> Markup:
        """The title of a source: a link to the page of a source document, or the title as printed."""
        if source.document:
            return self.link("documents", source.document)
        assert source.title is not None  # the schema asks for a title where there is no document
        cite = f'<cite lang="{escape_html(source.language or self.language)}">{escape_html(source.title)}</cite>'
        if source.url:
            cite = f'<a href="{self.external(source.url)}" rel="external nofollow noopener">{cite}</a>'
        return Markup(cite)  # noqa: S704 - made of escaped parts

    def card(self, practice: Practice, level: int) -> Markup:
        """The card of a practice under a heading of the level above; drawn once, however many lists show it."""
        key = (practice.id, level)
        if key not in self._cards:
            self._cards[key] = self._draw_card(self, practice, level)
        return self._cards[key]

    def cards(self, practices: Iterable[Practice], level: int) -> Markup:
        """The cards of practices, a line between them."""
        return Markup("\n").join(self.card(practice, level) for practice in practices)

    def practice(self, practice_id: str) -> Practice:
        """A practice by id."""
        return self.atlas.catalogue.practices[practice_id]

    def relation(self, item: relations.Related) -> str:
        """How a related practice stands to this one, in words."""
        term = self.atlas.catalogue.vocabularies["relations"][str(item.relation)]
        return self.plain(term.inverse if item.inverse and term.inverse else term.label)

    def shared(self, shared: Mapping[str, tuple[str, ...]]) -> str:
        """What two practices have in common, in words: the three kinds of thing that tell most."""
        parts: list[str] = []
        for name, entries in shared.items():
            found = [self.entry(name, entry) for entry in entries]
            labels = [self.entry_label(entry) for entry in found if not entry.heading]
            if labels:
                parts.append(f"{self.t(f'practice.common.{name}')}{self.t('colon')} {', '.join(labels)}")
            if len(parts) == 3:
                break
        return f"{self.t('semicolon')} ".join(parts)

    def countries_under(self, region: str, only_used: bool) -> list[IndexEntry]:
        """The countries of a region and of the regions within it, by name."""
        return [
            entry
            for entry in self.sorted_entries("countries")
            if (entry.practices or not only_used) and region in self.atlas.regions_of[entry.id]
        ]

    def sorted_entries(self, name: str) -> list[IndexEntry]:
        """The entries of an index in the order of their names in this language."""
        if name not in self._sorted:
            entries = self.atlas.indexes[name].entries.values()
            self._sorted[name] = sorted(entries, key=lambda entry: sort_key(self.plain(entry.label)))
        return self._sorted[name]

    def region_depth(self, entry: IndexEntry) -> int:
        """How many regions stand above this one."""
        depth = 0
        while entry.parent is not None:
            entry, depth = self.entry("regions", entry.parent), depth + 1
        return depth

    def with_practices_first(self, entries: Iterable[IndexEntry]) -> list[str]:
        """The ids of entries, those with practices before those without."""
        return [entry.id for entry in sorted(entries, key=lambda entry: not entry.practices)]

    def ids(self, entries: Iterable[IndexEntry]) -> list[str]:
        """The ids of entries."""
        return [entry.id for entry in entries]

    def codes_with_practices(self) -> list[str]:
        """The countries that have practices."""
        return self.ids(self.atlas.used_countries)

    def places(self) -> list[Place]:
        """All places of all practices."""
        return [place for practice in self.atlas.catalogue.practices.values() for place in practice.places]

    def naming(self, region: IndexEntry) -> list[str]:
        """The practices that name a region themselves, rather than a country in it."""
        practices = self.atlas.catalogue.practices
        return [practice for practice in region.practices if practices[practice].region == region.id]

    def is_small(self, shape: Shape) -> bool:
        """Whether a territory needs a dot, because its outline is hard to see or missing."""
        return shape.outline is None or len(shape.outline) < 60
