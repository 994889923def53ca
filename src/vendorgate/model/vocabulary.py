"""The closed vocabularies: every word that a file may use where the contract lists the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, cast, get_args

Severity = Literal["error", "warning", "note"]
Verdict = Literal["pass", "fail", "incomplete"]
"""`incomplete`: of several manifests one at least was not judged, whatever became of the others."""
FailOn = Literal["error", "warning", "note", "never"]
OnUnknown = Literal["fail", "warn", "pass"]
Outcome = Literal["pass", "fail", "unknown", "waived", "not_applicable"]
Decision = Literal["pass", "fail", "unknown"]
"""The answer of a rule or of coverage, before severity and waivers."""

Expected = Literal["pass", "fail", "unknown", "not_applicable"]
"""What a test of a policy expects."""

Tier = Literal["free", "self_serve", "enterprise"]
"""From least to most."""
Environment = Literal["production", "staging", "development"]
Lifecycle = Literal["ga", "preview"]
AgreementStatus = Literal["executed", "pending", "terminated"]
AgreementState = Literal["in_force", "not_yet", "expired", "pending", "terminated"]
"""Of an agreement on a day; `not_yet`: executed, and signed on a day to come."""
Category = Literal["first_party", "cloud_distribution", "aggregator", "product", "recipient", "internal", "unlisted"]
ListedCategory = Literal["first_party", "cloud_distribution", "aggregator", "product", "recipient"]
"""Of an offering of the registry."""
OwnCategory = Literal["first_party", "cloud_distribution", "aggregator", "product", "recipient", "internal"]
"""Of an offering of a bundle; `internal`: the organization runs it itself."""
UNLISTED: Final = "unlisted"
"""The offering, and its category, of a vendor that nobody has looked at."""
Owner = Literal["registry", "bundle"]
"""Whose a cell or an offering is: the registry's, or the organization's, which keeps it in its bundle."""
Confidence = Literal["low", "medium", "high"]
"""From least to most."""
AccessRoute = Literal["public", "trust_center_nda", "sales_contract"]
"""How an organization gets at a commitment."""
RouteOfUsage = Literal["primary", "fallback", "gateway", "recipient"]
Default = Literal["enabled", "requires_config", "requires_approval"]
Dimension = Literal[
    "soc2_type2",
    "iso_27001",
    "iso_42001",
    "trust_center",
    "hipaa_baa",
    "gdpr_dpa",
    "training_on_customer_data",
    "retention_zdr",
    "data_residency",
    "gpai_cop",
    "art53_summary",
]
Grade = Literal[
    "yes_public",
    "yes_sales_gated",
    "yes_platform_only",
    "yes_contract",
    "partial",
    "no",
    "no_public_evidence",
    "unclear",
]

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
TIERS: Final[tuple[Tier, ...]] = get_args(Tier)
ENVIRONMENTS: Final[tuple[str, ...]] = get_args(Environment)
LIFECYCLES: Final[tuple[str, ...]] = get_args(Lifecycle)
AGREEMENT_KINDS: Final = ("baa", "dpa", "zdr", "scc", "enterprise", "nda", "soc2_report", "residency", "other")
"""The kinds that every bundle knows; one may add its own."""
AGREEMENT_STATUSES: Final[tuple[str, ...]] = get_args(AgreementStatus)
ROUTES_OF_USAGE: Final[tuple[RouteOfUsage, ...]] = get_args(RouteOfUsage)
CATEGORIES: Final[tuple[str, ...]] = get_args(Category)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)
ACCESS_ROUTES: Final[tuple[str, ...]] = get_args(AccessRoute)
DEFAULTS: Final[tuple[str, ...]] = get_args(Default)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
GRADES: Final[tuple[str, ...]] = get_args(Grade)
CONTRACT: Final = "yes_contract"
"""The grade that a contract of the organization's own says so: in bundles only."""

DATA_CLASSES: Final = (
    "phi",
    "pii",
    "special_category",
    "children",
    "biometric",
    "pci",
    "financial",
    "credentials",
    "source_code",
    "confidential",
    "internal",
    "deidentified",
    "synthetic",
    "public",
)
"""The classes that every bundle knows; one may add its own."""

_CODES: Final = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz "
    "ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr "
    "ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo "
    "jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr "
    "ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro "
    "rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv "
    "tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
COUNTRIES: Final = tuple(_CODES.split())
"""ISO 3166-1 alpha-2, officially assigned codes."""

EU_MEMBERS: Final = frozenset(
    [
        "at",
        "be",
        "bg",
        "cy",
        "cz",
        "de",
        "dk",
        "ee",
        "es",
        "fi",
        "fr",
        "gr",
        "hr",
        "hu",
        "ie",
        "it",
        "lt",
        "lu",
        "lv",
        "mt",
        "nl",
        "pl",
        "pt",
        "ro",
        "se",
        "si",
        "sk",
    ]
)
"""Member states of the European Union since 2020-02-01 (TEU Art. 52; the withdrawal of the United Kingdom)."""
EU_TERRITORIES: Final = frozenset(("ax", "gf", "gp", "mf", "mq", "re", "yt"))
"""Parts of member states with a code of their own, in which the law of the Union applies: the outermost regions
(TFEU Art. 349 and 355(1)), and Åland (Protocol 2 to the Act of Accession of 1994). Territories of TFEU Art. 355(2),
such as `nc`, `pf` or `aw`, are not among them."""
EEA_ONLY: Final = frozenset(("is", "li", "no"))
"""Parties to the EEA Agreement that are not in the Union."""
REGIONS: Final = frozenset((*COUNTRIES, "eu", "eea", "global"))
REGION_ALIASES: Final = {"uk": "gb"}
_NOT_ONE_PLACE: Final = frozenset(("eu", "eea", "global", *REGION_ALIASES))
"""Words for what a region may lie in, or be, that is called otherwise."""


def in_order(dimensions: Iterable[str]) -> tuple[Dimension, ...]:
    """Dimensions as reports have them: the usual ones first, then a bundle's own by name."""
    found = set(dimensions)
    own = sorted(found.difference(DIMENSIONS))
    return (*(name for name in DIMENSIONS if name in found), *cast("list[Dimension]", own))


def canonical_region(word: str) -> str:
    """The region as results and comparisons have it."""
    return REGION_ALIASES.get(word, word)


GROUP_NAME: Final = "[a-z][a-z0-9_-]{2,}"
"""What a group of regions can be called: nothing that is, or may come to be, the code of a country."""
RegionGroups = Mapping[str, frozenset[str]]
"""By the name of a group that a bundle or a pack adds: its members, each a region."""
NO_GROUPS: Final[RegionGroups] = {}


def groups_of(written: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    """The groups of regions that files declare, each with its members; the first that declares one counts."""
    found: dict[str, frozenset[str]] = {}
    for groups in written:
        for name, members in groups.items():
            found.setdefault(name, frozenset(map(canonical_region, members)))
    return found


def lies_in(place: str, area: str, groups: RegionGroups = NO_GROUPS) -> bool | None:
    """Whether a place is an area or lies in it; None where either is neither a region nor a group.

    A group lies where all of its members lie; what lies in one of its members lies in the group.
    """
    inner, outer = REGION_ALIASES.get(place, place), REGION_ALIASES.get(area, area)
    if inner == outer and inner in groups:
        return True
    if inner in groups:
        return _all_or_unknown(lies_in(member, outer, groups) for member in groups[inner])
    if outer in groups and inner in REGIONS:
        return inner in groups[outer] or any(lies_in(inner, member) for member in groups[outer] & _NOT_ONE_PLACE)
    if inner not in REGIONS or outer not in REGIONS:
        return None
    if inner == outer or outer == "global":
        return True
    in_eu = inner in EU_MEMBERS or inner in EU_TERRITORIES
    return in_eu if outer == "eu" else outer == "eea" and (in_eu or inner == "eu" or inner in EEA_ONLY)


def _all_or_unknown(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return None if None in found else False not in found


def plain_cloud_region(name: str) -> str:
    """A cloud's own name of a region as such names are compared: without case, spaces and hyphens."""
    return "".join(name.replace("-", " ").split()).casefold()
