"""What a surface's database role may write about accounts: what administrators have decided, and nothing else.

These triggers repeat in the database what the steps of `wpis.staff` say, for whoever reaches it past them.
"""

import pgtrigger

from wpis.accounts.roles import ADMINISTRATOR_OF
from wpis.database_roles import acts_here, demand, for_roles, happens_now, written_once

AS_APPOINTED = ("id", "surface", "joined_at")
"""What no process of a surface changes of an account."""

_LAST_DECIDED = """EXISTS (SELECT 1 FROM (
    SELECT kind, role, agency, ends_on FROM accounts_staffrequest
     WHERE account_id = NEW.id AND state = 'done' AND kind <> 'reset'
     ORDER BY decided_at DESC, asked_at DESC LIMIT 1) decided
  WHERE decided.role = NEW.role AND decided.agency = NEW.organisation
    AND decided.ends_on IS NOT DISTINCT FROM NEW.ends_on AND {})"""
"""What was decided last about an account of staff (`wpis.accounts.staff`) is what the row says."""


def accounts() -> list[pgtrigger.Trigger]:
    """No process makes, raises or opens again an account of staff unless administrators have decided it."""
    return [
        for_roles(
            "as_appointed",
            pgtrigger.Insert | pgtrigger.Update,
            demand("NOT NEW.is_superuser", "nobody holds every power"),
            demand(
                " AND ".join(f"NEW.{column} = OLD.{column}" for column in AS_APPOINTED),
                "what an account is stays",
                when="TG_OP = 'UPDATE'",
            ),
            demand(
                "NEW.session_generation >= OLD.session_generation"
                " AND (NEW.tokens_from IS NOT NULL OR OLD.tokens_from IS NULL)",
                "sessions and tokens that have ended do not come back",
                when="TG_OP = 'UPDATE'",
            ),
            demand(
                _LAST_DECIDED.format("decided.kind = 'invite'"),
                "an account of staff is made as administrators have decided",
                when="TG_OP = 'INSERT' AND NEW.surface <> 'portal'",
            ),
            demand(
                _LAST_DECIDED.format("true"),
                "what an account may do is changed as administrators have decided",
                when="TG_OP = 'UPDATE' AND (NEW.role, NEW.organisation, NEW.ends_on)"
                " IS DISTINCT FROM (OLD.role, OLD.organisation, OLD.ends_on)",
            ),
            demand(
                _LAST_DECIDED.format("decided.kind = 'reopen'"),
                "a closed account is opened as administrators have decided",
                when="TG_OP = 'UPDATE' AND NEW.is_active AND NOT OLD.is_active",
            ),
        ),
        happens_now("tokens_from"),
    ]


def requests() -> list[pgtrigger.Trigger]:
    """An administrator of the surface asks; what was asked stays, and is decided once, by somebody of the surface."""
    administrator = " OR ".join(acts_here("asked_by_id", role=role) for role in ADMINISTRATOR_OF.values())
    return [
        pgtrigger.ReadOnly(
            name="as_asked",
            fields=[
                *("surface", "kind", "email", "name", "role", "agency", "ends_on", "reason"),
                *("asked_by", "asked_at"),
            ],
        ),
        pgtrigger.Protect(
            name="decided_once",
            operation=pgtrigger.Update,
            condition=~pgtrigger.Q(old__state="waiting"),
        ),
        for_roles(
            "by_administrators",
            pgtrigger.Insert | pgtrigger.Update,
            demand(
                f"({administrator}) AND NEW.state = 'waiting' AND 'wpis_' || NEW.surface = current_user",
                "an administrator asks for a change of an account",
                when="TG_OP = 'INSERT'",
            ),
            demand(acts_here("decided_by_id"), "somebody of this surface decides", when="TG_OP = 'UPDATE'"),
        ),
        happens_now("asked_at", "decided_at"),
    ]


def codes() -> list[pgtrigger.Trigger]:
    """A code is made for one account, unused, and works once and before its end, which only ever comes sooner."""
    return [
        pgtrigger.ReadOnly(name="as_made", fields=["account", "surface", "digest", "made_by", "made_at"]),
        written_once("used_once", "used_at"),
        pgtrigger.Protect(
            name="not_prolonged",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__ends_at__gt=pgtrigger.F("old__ends_at")),
        ),
        for_roles(
            "in_time",
            pgtrigger.Insert | pgtrigger.Update,
            demand(
                f"{acts_here('made_by_id')} AND NEW.used_at IS NULL",
                "somebody of this surface makes a code, and it is unused",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                "OLD.ends_at > NEW.used_at",
                "this code has ended",
                when="TG_OP = 'UPDATE' AND OLD.used_at IS NULL AND NEW.used_at IS NOT NULL",
            ),
        ),
        happens_now("made_at", "used_at"),
    ]
