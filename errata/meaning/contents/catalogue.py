"""The table of contents: every section, and its page of the documentation.

`python -m errata.meaning.contents.catalogue` writes ``docs/catalogue.md`` anew; a test says when that has been
forgotten.
"""

from __future__ import annotations

from pathlib import Path

from errata.meaning.contents import (
    adversarial,
    conjugacy,
    contrastive_and_preference,
    diffusion,
    flows,
    gaussian,
    information,
    likelihood,
    metrics_and_graphs,
    mixtures_and_linear_gaussian,
    networks,
    priors,
    sampling,
    score,
    variational,
)
from errata.meaning.contents.entry import Entry, Section

SECTIONS: tuple[Section, ...] = (
    likelihood.SECTION,
    priors.SECTION,
    conjugacy.SECTION,
    information.SECTION,
    gaussian.SECTION,
    variational.SECTION,
    diffusion.SECTION,
    score.SECTION,
    flows.SECTION,
    adversarial.SECTION,
    contrastive_and_preference.SECTION,
    networks.SECTION,
    mixtures_and_linear_gaussian.SECTION,
    sampling.SECTION,
    metrics_and_graphs.SECTION,
)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "catalogue.md"
ESCAPED = r"\|"
HEAD = "| result | derivations | proved for |\n|---|---|---|"


def entries() -> tuple[Entry, ...]:
    """Every result, in the order of the table."""
    return tuple(entry for section in SECTIONS for entry in section.entries)


def described() -> dict[str, tuple[str, str]]:
    """For each derivation the words of its name, and those of its results: their names, other names, sections."""
    found = {name: "" for entry in entries() for name in entry.derivations}
    for section in SECTIONS:
        for entry in section.entries:
            for name in entry.derivations:
                found[name] += "; ".join((section.title, entry.called, *entry.also, ""))
    return {name: (name.rpartition("_")[0], words) for name, words in found.items()}


def tables() -> str:
    """The sections as tables in Markdown."""
    return "\n\n".join(_table(section) for section in SECTIONS) + "\n"


def with_tables(page: str) -> str:
    """The page with its sections written anew; what stands before the first of them is kept."""
    return page[: page.index("\n## ") + 1] + tables()


def _table(section: Section) -> str:
    rows = (_row(entry) for entry in section.entries)
    return "\n".join((f"## {section.title}\n", HEAD, *rows))


def _row(one: Entry) -> str:
    names = ", ".join(f"`{name}`" for name in one.derivations)
    cells = (f"{one.called} ({', '.join(one.also)})", names, one.proved_for)
    return f"| {' | '.join(cell.replace('|', ESCAPED) for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
