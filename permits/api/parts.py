"""The parts of an application as JSON; every field may be absent, an absent one is left as it is."""

from typing import Any, ClassVar

from rest_framework import serializers

from permits.api.fields import field_for
from permits.models.terms import DEDUCTIONS
from permits.parts.catalogue import ASKED
from permits.parts.declaration import Part
from permits.parts.terms import NOTHING_AND_SOMETHING, TERMS
from wpis import clock
from wpis.api.strict import StrictSerializer


class PartSerializer(StrictSerializer):
    """One part. `null` and "" empty a field; money is whole drams, days are ISO dates."""

    part: ClassVar[Part]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields of the part's declaration; each may be absent or null."""
        return {field.name: field_for(field) for field in self.part.fields}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What must hold between answers, also when only some of them are sent; "nothing" as columns store it."""
        before = getattr(self.context.get("application"), self.part.name, None)
        for rule in self.part.rules:
            answers = {
                name: attrs[name] if name in attrs else getattr(before, name, None) for name in rule.needs
            }
            if rule.broken(answers, clock.today()):
                raise serializers.ValidationError({rule.field: [str(rule.text)]})
        return {name: self.part.stored(name, value) for name, value in attrs.items()}


class TermsPart(PartSerializer):
    part = TERMS

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """ "Nothing is deducted" is five zeros, and stands beside no amount."""
        if attrs.pop("nothing_deducted", None):
            if amounts := [name for name in DEDUCTIONS if attrs.get(name)]:
                raise serializers.ValidationError({name: [NOTHING_AND_SOMETHING] for name in amounts})
            attrs |= dict.fromkeys(DEDUCTIONS, 0)
        return super().validate(attrs)


def serializer_of(part: Part, base: type[PartSerializer] = PartSerializer) -> type[PartSerializer]:
    """The serializer of a part; its name and description are those of the interface's file."""
    about = {"part": part, "__doc__": part.about}
    return type(f"{part.name.capitalize()}Part", (base,), about)


_SPECIAL: dict[str, type[PartSerializer]] = {"terms": TermsPart}

SERIALIZERS: dict[str, type[PartSerializer]] = {
    part.name: serializer_of(part, _SPECIAL.get(part.name, PartSerializer))
    for part in ASKED.values()
    if part.model is not None
}
"""part -> its serializer, in the order of the form."""
