"""Form widgets with our own markup: radios, checkboxes, three-box dates, amounts."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from wpis.dates.partial import PartialDate
from wpis.languages.signs import one_break


class Radios(forms.RadioSelect):
    """One answer out of a few. `inline=True` puts two or three short answers side by side."""

    template_name = "forms/radios.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *, inline: bool = False
    ) -> None:
        super().__init__(attrs, choices)
        self.inline = inline

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Tell the template whether the answers stand side by side."""
        context = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class CheckboxSet(forms.CheckboxSelectMultiple):
    """Any number of answers out of a few."""

    template_name = "forms/checkboxes.html"


class CommonAndOther(CheckboxSet):
    """Any number of answers out of a long list: the common ones are ticked, others chosen from lists."""

    template_name = "forms/common_and_other.html"
    use_fieldset = True
    at_least = 2  # lists, however few others are chosen

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *, common: tuple[str, ...]
    ) -> None:
        super().__init__(attrs, choices)
        self.common = common

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """What was ticked and chosen, each once, in the order of the list."""
        ticked = super().value_from_datadict(data, files, name) or []
        chosen = [data.get(key) for key in data if key.startswith(f"{name}_other_")]
        order = [str(code) for code, _label in self.choices]
        answers = dict.fromkeys(str(code) for code in [*ticked, *chosen] if code)
        return sorted(answers, key=lambda code: order.index(code) if code in order else len(order))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The ticks of the common answers, and one list for each other that was given, and for one more."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        others = [(str(code), label) for code, label in self.choices if code and str(code) not in self.common]
        given = [code for code, _label in others if code in widget["value"]]
        lists = [*given, *[""] * max(1, self.at_least - len(given))]
        group = widget["attrs"].get("id", f"id_{name}")
        widget["optgroups"] = self.optgroups_of(self.common, name, widget["value"], attrs)
        widget["others"] = others
        widget["lists"] = [
            {"name": f"{name}_other_{number}", "id": f"{group}_other_{number}", "chosen": code}
            for number, code in enumerate(lists)
        ]
        return context

    def optgroups_of(self, codes: tuple[str, ...], name: str, value: list[str], attrs: Any) -> list[Any]:
        """The options of some answers alone, numbered from 0."""
        common = CheckboxSet(self.attrs, [choice for choice in self.choices if choice[0] in codes])
        return common.optgroups(name, value, {**self.attrs, **(attrs or {})})


class Select(forms.Select):
    """One answer out of a long list."""


class TextArea(forms.Textarea):
    """Words in more than one line; five lines unless told otherwise. A line break counts once, as in the browser."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 5, **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, with one sign for each line break."""
        typed = super().value_from_datadict(data, files, name)
        return one_break(typed) if isinstance(typed, str) else typed


class MoneyBox(forms.TextInput):
    """An amount of drams with the sign beside the box."""

    template_name = "forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class DateBoxes(forms.Widget):
    """A date in three boxes. The value is a date, or what was typed: {"day": ..., "month": ...}."""

    template_name = "forms/date.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """The typed text of the three boxes; one whole ISO date under the plain name is understood too."""
        if isinstance(whole := data.get(name), str) and (typed := _from_iso(whole)):
            return typed
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Omitted when no box was sent at all."""
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The boxes with their own names, ids, values and faults."""
        faulty = (attrs or {}).pop("faulty", [])
        context = super().get_context(name, value, attrs)
        typed = self._typed(value)
        group = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["boxes"] = [
            {
                "part": part,
                "name": f"{name}_{part}",
                "id": f"{group}_{part}",
                "value": typed.get(part, ""),
                "faulty": part in faulty,
                "autocomplete": self._autocomplete(part),
            }
            for part in self.parts
        ]
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """No single control to point a label at: the legend names the group."""
        return ""

    def _autocomplete(self, part: str) -> str:
        return f"bday-{part}" if self.attrs.get("autocomplete") == "bday" else ""

    @staticmethod
    def _typed(value: Any) -> dict[str, Any]:
        if isinstance(value, Mapping):
            return dict(value)
        if isinstance(value, datetime.date):
            return {"day": value.day, "month": value.month, "year": value.year}
        return _from_iso(value) if isinstance(value, str) else {}


class PartialDateBoxes(DateBoxes):
    """The three boxes, with a tick that says that the boxes left empty are unknown and not forgotten."""

    template_name = "forms/partial_date.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """The boxes and the tick; one ISO date under the plain name is understood too, whole or a part of one."""
        if isinstance(iso := data.get(name), str) and (typed := self._typed(iso)):
            return typed
        ticked = "on" if data.get(f"{name}_partial") else ""
        return {**super().value_from_datadict(data, files, name), "partial": ticked}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Omitted when neither a box nor the tick was sent."""
        return f"{name}_partial" not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The boxes, and the name, id and state of the tick."""
        context = super().get_context(name, value, attrs)
        group = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["tick"] = {
            "name": f"{name}_partial",
            "id": f"{group}_partial",
            "ticked": bool(self._typed(value).get("partial")),
        }
        return context

    @staticmethod
    def _typed(value: Any) -> dict[str, Any]:
        if isinstance(value, str):
            try:
                value = PartialDate.parse(value)
            except ValueError:
                return {}
        if not isinstance(value, PartialDate):
            return DateBoxes._typed(value)
        known = {"day": value.day, "month": value.month, "year": value.year}
        typed = {part: "" if number is None else str(number) for part, number in known.items()}
        return typed | {"partial": "" if value.whole else "on"}


def _from_iso(text: str) -> dict[str, str]:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return {}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
