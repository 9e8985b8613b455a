"""Critical mass: do enough students share a topic for a range of approaches to meet?"""

from collections.abc import Iterable

from rules.discourse.reading import Portion, TopicGroups
from rules.discourse.thresholds import Thresholds


def topic_groups(groups: Iterable[int], present: int | None, thresholds: Thresholds) -> TopicGroups:
    """Same-topic group sizes judged: shared, thin, fragmented, or not recorded without groups."""
    sizes = [size for size in groups if size > 0]
    if not sizes:
        return TopicGroups("not_recorded")
    total = sum(sizes)
    k_mass, k_thin = (_at_most(k, present) for k in (thresholds.k_mass, thresholds.k_thin))
    in_mass = Portion(sum(size for size in sizes if size >= k_mass), total)
    in_four = Portion(sum(size for size in sizes if size >= k_thin), total)
    return TopicGroups(
        verdict=_verdict(in_mass, in_four, thresholds.mass_share),
        topics=len(sizes),
        largest=max(sizes),
        in_mass=in_mass,
        in_four=in_four,
        effective_topics=round(total * total / sum(size * size for size in sizes), 4),
        k_mass=k_mass,
        k_thin=k_thin,
        partly=bool(present) and total / (present or 1) < thresholds.min_coverage,
    )


def _at_most(k: int, present: int | None) -> int:
    return k if present is None else min(k, present)


def _verdict(in_mass: Portion, in_four: Portion, share: float) -> str:
    if in_mass.exact >= share:
        return "shared"
    return "thin" if in_four.exact >= share else "fragmented"
