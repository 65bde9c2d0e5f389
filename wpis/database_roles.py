"""The database roles of the surfaces, and triggers that hold for them and not for the owner of the database.

A grant says which table and which columns a role may write; what it may write there, and when, is said by a
trigger beside the model. Every trigger of this kind asks first who writes, and holds for everybody but the owner: a
role that is added later is bound by all of them.
"""

from collections.abc import Sequence

import pgtrigger

ROLES = {surface: f"wpis_{surface}" for surface in ("portal", "office", "protection", "files")}
"""surface -> its role; nobody signs in on `files`, whose worker looks into uploaded files."""

TOLERANCE_SECONDS = 300
"""How far the moment of a record may be from the clock of the database: the longest task, and clocks that differ."""

_BY_A_ROLE = (
    "NOT pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'MEMBER')"
)


def for_roles(
    name: str, operation: pgtrigger.Operation, *rules: str, declare: Sequence[tuple[str, str]] = ()
) -> pgtrigger.Trigger:
    """A trigger that puts these rules (PL/pgSQL) to every row that a role of a surface writes."""
    body = "\n".join(rules)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        declare=list(declare),
        func=f"IF {_BY_A_ROLE} THEN\n{body}\nEND IF;\nRETURN NEW;",
    )


def demand(condition: str, message: str, *, when: str = "") -> str:
    """The rule that `condition` holds (NULL does not), for rows of which `when` is true.

    Nested, not joined by AND: of a condition that is not asked, the role needs no right to the tables in it.
    """
    rule = f"IF ({condition}) IS NOT TRUE THEN RAISE EXCEPTION '{message}'; END IF;"
    return f"IF {when} THEN {rule} END IF;" if when else rule


def acts_here(column: str, *, role: str = "") -> str:
    """The condition that `column` names an account of the surface that writes, in this role if one is given."""
    in_role = f" AND role = '{role}'" if role else ""
    return (
        f"EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.{column} "
        f"AND 'wpis_' || surface = current_user{in_role})"
    )


def changed(column: str) -> str:
    """The condition that this change sets `column`, or that a new row has it."""
    return (
        f"(TG_OP = 'INSERT' AND NEW.{column} IS NOT NULL "
        f"OR TG_OP = 'UPDATE' AND NEW.{column} IS DISTINCT FROM OLD.{column})"
    )


def happens_now(*columns: str) -> pgtrigger.Trigger:
    """Moments that a role writes are the present: by the clock of the database, or as a development database moved it.

    Nothing is dated back or ahead in SQL. Both clocks are accepted, so that an offset stops no process that does not
    follow it.
    """
    return for_roles(
        "happens_now",
        pgtrigger.Insert | pgtrigger.Update,
        *(
            demand(
                f"""SELECT bool_or(abs(extract(epoch FROM NEW.{column} - clock_timestamp() - moved))
                                   <= {TOLERANCE_SECONDS})
                    FROM (SELECT interval '0' UNION ALL SELECT moved_by FROM wpis_clockoffset) AS by (moved)""",
                f"{column} is not the present moment",
                when=f"{changed(column)} AND NEW.{column} IS NOT NULL",
            )
            for column in columns
        ),
    )


def written_once(name: str, *columns: str) -> pgtrigger.Trigger:
    """What stands in these columns stays, once the first of them is set; nobody, not even the owner, changes it."""
    differs = pgtrigger.Q(**{f"new__{columns[0]}__df": pgtrigger.F(f"old__{columns[0]}")})
    for column in columns[1:]:
        differs |= pgtrigger.Q(**{f"new__{column}__df": pgtrigger.F(f"old__{column}")})
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(**{f"old__{columns[0]}__isnull": False}) & differs,
    )
