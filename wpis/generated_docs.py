"""Documentation generated from the code: state charts, permissions, the law book; apps add theirs."""

from collections.abc import Callable

from django.utils import translation

from wpis.accounts.powers import Power
from wpis.accounts.roles import SURFACE_OF, Role
from wpis.installed_apps import own_modules
from wpis.law.book import parameters
from wpis.workflow import Workflow

Printer = Callable[[], str]
HEAD = "<!-- Printed by `manage.py generated_docs`; do not edit. -->\n\n"


def row(*cells: object) -> str:
    """One line of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def state_charts() -> str:
    """Every workflow as a mermaid chart, and its transitions with power and provision."""
    out = [HEAD, "# State charts\n"]
    for module in own_modules("workflow"):
        for flow in (value for value in vars(module).values() if isinstance(value, Workflow)):
            out += [
                f"\n## {flow.name}\n",
                "```mermaid",
                "stateDiagram-v2",
                f"  [*] --> {flow.states.initial}",
            ]
            for step, t in flow.transitions.items():
                out += [f"  {source} --> {t.target or source}: {step}" for source in sorted(t.sources)]
            out += [
                "```\n",
                "| step | from | to | power | provision | guard | letter |",
                "|---|---|---|---|---|---|---|",
            ]
            for step, t in flow.transitions.items():
                guard = t.guard.__name__ if t.guard else ""
                power = t.power.name if t.power else "the system"
                out.append(
                    row(
                        step,
                        ", ".join(sorted(t.sources)),
                        t.target or "the same",
                        power,
                        t.law,
                        guard,
                        t.notice or "",
                    )
                )
    return "\n".join(out) + "\n"


def permission_matrix() -> str:
    """Every power against every role."""
    found = {
        value.name: value
        for module in own_modules("powers")
        for value in vars(module).values()
        if isinstance(value, Power)
    }
    roles = list(Role)
    with translation.override("en"):
        labels = [f"{role.label}<br>({SURFACE_OF[role]})" for role in roles]
    out = [
        HEAD,
        "# Who may do what\n",
        "| power | " + " | ".join(labels) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for name, power in sorted(found.items()):
        out.append(f"| {name} | " + " | ".join("yes" if role in power.roles else "" for role in roles) + " |")
    return "\n".join(out) + "\n"


def law_book() -> str:
    """Every parameter of the law with all its dated values, references and confidence."""
    out = [
        HEAD,
        "# The law book\n",
        "Confidence: C confirmed, W weak, X sources conflict, G general knowledge.\n",
    ]
    out += [
        "| parameter | unit | in force from | value | confidence | reference |",
        "|---|---|---|---|---|---|",
    ]
    for name, parameter in sorted(parameters().items()):
        for entry in parameter.values:
            reference = " ".join(str(entry.reference).split())
            out.append(row(name, parameter.unit, entry.since, entry.value, entry.confidence, reference))
    return "\n".join(out) + "\n"


GENERATED_DOCS: dict[str, Printer] = {
    "state-charts.md": state_charts,
    "permission-matrix.md": permission_matrix,
    "law-book.md": law_book,
}


def all_generated_docs() -> dict[str, Printer]:
    """File name -> how it is printed, over all installed apps."""
    found: dict[str, Printer] = {}
    for module in own_modules("generated_docs"):
        found |= module.GENERATED_DOCS
    return found
