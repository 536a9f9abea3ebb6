"""The brief's two sentences, made of the numbers of its report and no others."""

from markupsafe import Markup

from layers.reports.brief import AIR, HOTSPOTS, UPWIND, Brief
from layers.reports.measures import Base, Measure, State
from map_site import numbers
from map_site.measures import UNITS, change, land_uses
from map_site.rendering import Words


def sentences(report: Brief, word: Words, language: str) -> Markup:
    """The two sentences, of the numbers of the report and no others."""
    parts = [_say_hotspots(report, word, language), word("brief.stop")]
    parts += [_say_air(report, word, language), word("brief.stop")]
    parts += [_say_upwind(report, word, language)]
    return Markup("").join(parts)


def _say_hotspots(report: Brief, word: Words, language: str) -> Markup:
    measure = report.measures[HOTSPOTS]
    if measure.value is None or measure.state != State.KNOWN:
        return Markup(word("brief.say_hotspots_unknown"))
    if not measure.value:
        return Markup(word("brief.say_no_hotspots"))
    said = [word("brief.say_hotspots", count=_strong(_amount(measure.value, HOTSPOTS, word)))]
    said.append(_say_change(measure, word))
    if parts := _largest_parts(measure, language):
        said.append(word("brief.say_mostly", land_use=word("brief.say_and").join(parts)))
    if measure.highest and measure.highest_value:
        highest = _amount(measure.highest_value, HOTSPOTS, word)
        place = _strong(f"{measure.highest.name[language]} {highest}")
        said.append(word("brief.say_most_at", place=place))
    return Markup("").join(said)


def _say_change(measure: Measure, word: Words) -> str:
    first = next((c for c in measure.comparisons if c.base_kind == Base.DAYS_BEFORE), None)
    if first is None or first.difference is None:
        return ""
    base = word("brief.base_days_before")
    told = change(first, measure.more_is_better, "th")
    if told["kind"] == "same":
        return word("brief.say_same", base=base)
    name = "brief.say_more" if first.difference > 0 else "brief.say_less"
    return word(name, base=base, amount=told["amount"])


def _largest_parts(measure: Measure, language: str) -> list[str]:
    """The one or two land uses that make up most of the fires."""
    named = land_uses(language)
    known = sorted(measure.parts.items(), key=lambda part: -part[1])
    whole, sum_of = sum(measure.parts.values()), 0
    found: list[str] = []
    for code, amount in known:
        if code in named and code != "other" and amount and len(found) < 2:
            found.append(_within_a_sentence(named[code]))
            sum_of += amount
    return found if whole and sum_of > whole / 2 else []


def _within_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _say_air(report: Brief, word: Words, language: str) -> Markup:
    measure = report.measures[AIR]
    if measure.value is None or measure.state != State.KNOWN:
        return Markup(word("brief.say_air_unknown"))
    of = numbers.count(measure.of)
    if not measure.value:
        return Markup(word("brief.say_air_none", of=of))
    count = word("brief.say_of", count=numbers.count(measure.value), of=of)
    said = [word("brief.say_air", count=_strong(count))]
    if measure.highest and measure.highest_value is not None:
        place, value = measure.highest.name[language], numbers.count(measure.highest_value)
        said.append(word("brief.say_highest_at", place=place, value=value))
    return Markup("").join(said)


def _say_upwind(report: Brief, word: Words, language: str) -> Markup:
    measure = report.measures[UPWIND]
    if measure.value is None or measure.state != State.KNOWN:
        return Markup("")
    if measure.value:
        said = [word("brief.say_upwind", count=_strong(numbers.count(measure.value)))]
    else:
        said = [Markup(word("brief.say_upwind_none"))]
    if measure.value and measure.highest and measure.highest_value:
        count, place = numbers.count(measure.highest_value), measure.highest.name[language]
        all_or_some = "all" if measure.highest_value == measure.value else "some"
        said.append(_strong(word(f"brief.say_upwind_{all_or_some}_at", count=count, place=place)))
    if not_judged := measure.beside.get("not_judged"):
        said.append(Markup(word("brief.say_not_judged", count=numbers.count(not_judged))))
    return Markup("").join(said) + word("brief.stop")


def _strong(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(text)


def _amount(value: float, measure: str, word: Words) -> str:
    count = numbers.count(value)
    return f"{count} {word(UNITS[measure], count=count)}"
