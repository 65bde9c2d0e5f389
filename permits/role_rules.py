"""What a surface's database role may write in the tables of the procedure, and in which state of the file.

These triggers repeat in the database what actions, guards and powers say, for whoever reaches it past them. Where
they name a role of a person, `tests/permits/test_role_rules.py` compares it with `permits.powers`.
"""

import pgtrigger

from permits.states import UNSETTLED, CompanyState, InvitationState, State
from wpis.database_roles import acts_here, changed, demand, for_roles, happens_now, written_once

SUPERVISOR = "supervisor"
"""Who records an opinion and overrides a check (`powers.RECORD_OPINION`, `powers.OVERRIDE`)."""

ADDED_OR_CHANGED = pgtrigger.Insert | pgtrigger.Update

_NOT_DELETED = (
    "NOT EXISTS (SELECT 1 FROM permits_draftactivity d"
    " WHERE d.application_id = {} AND d.deleted_at IS NOT NULL)"
)
_NEWEST = "(SELECT id FROM permits_submission WHERE application_id = NEW.{} ORDER BY number DESC LIMIT 1)"


def companies() -> list[pgtrigger.Trigger]:
    """An account claims a company for itself, with whatever tax number; steps alone change it afterwards."""
    return [
        for_roles(
            "by_its_account",
            pgtrigger.Insert,
            demand(acts_here("created_by_id"), "an account claims a company for itself"),
        ),
        happens_now("created_at"),
    ]


def invitations() -> list[pgtrigger.Trigger]:
    """Who leads a company invites, and an account accepts for itself, at an address that it has confirmed."""
    return [
        for_roles(
            "of_its_company",
            ADDED_OR_CHANGED,
            demand(
                f"""{acts_here("invited_by_id")} AND EXISTS (
                    SELECT 1 FROM guardian_userobjectpermission g JOIN auth_permission p ON p.id = g.permission_id
                     WHERE p.codename = 'lead_employer' AND g.object_pk = NEW.employer_id::text
                       AND g.user_id = NEW.invited_by_id)""",
                "whoever leads the company invites",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                "NEW.ends_at > NEW.invited_at",
                "an invitation ends after it began",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                """NEW.ends_at > clock_timestamp() + COALESCE((SELECT moved_by FROM wpis_clockoffset), '0')
                   AND EXISTS (SELECT 1 FROM account_emailaddress
                                WHERE user_id = NEW.accepted_by_id AND verified AND lower(email) = NEW.email)""",
                "an invitation is accepted in time, at its address",
                when=f"TG_OP = 'UPDATE' AND OLD.state = '{InvitationState.INVITED}'"
                f" AND NEW.state = '{InvitationState.ACCEPTED}'",
            ),
        ),
        happens_now("invited_at", "settled_at"),
    ]


def grants() -> list[pgtrigger.Trigger]:
    """The right to file for a company goes to the account that claims it, and to who has accepted an invitation."""
    return [
        for_roles(
            "claimed_or_accepted",
            ADDED_OR_CHANGED,
            demand(
                f"""EXISTS (SELECT 1 FROM permits_employer
                             WHERE id::text = NEW.object_pk AND created_by_id = NEW.user_id)
                    OR EXISTS (SELECT 1 FROM permits_delegateinvitation i, auth_permission p
                                WHERE i.employer_id::text = NEW.object_pk AND i.accepted_by_id = NEW.user_id
                                  AND i.state = '{InvitationState.ACCEPTED}'
                                  AND p.id = NEW.permission_id AND p.codename = 'file_for_employer')""",
                "nobody may file for a company who neither claimed it nor was invited",
            ),
        )
    ]


def form_part(part: str) -> list[pgtrigger.Trigger]:
    """A part of the form is written in a draft, or while an officer waits for a correction of that part."""
    return [
        for_roles(
            "while_open",
            ADDED_OR_CHANGED,
            demand(
                "NEW.application_id = OLD.application_id",
                "a part stays where it is",
                when="TG_OP = 'UPDATE'",
            ),
            _open_for_changes(part),
        )
    ]


def documents() -> list[pgtrigger.Trigger]:
    """A file is attached and removed while the documents are open, once, and lies with its own application."""
    return [
        for_roles(
            "while_open",
            ADDED_OR_CHANGED,
            _open_for_changes("documents"),
            demand(
                "EXISTS (SELECT 1 FROM documents_upload WHERE id = NEW.upload_id AND owner = NEW.application_id)",
                "this file was sent for something else",
            ),
            demand("NEW.removed_at IS NULL", "a file is attached first", when="TG_OP = 'INSERT'"),
        ),
        happens_now("added_at", "removed_at"),
        written_once("removed_once", "removed_at"),
    ]


def submissions() -> list[pgtrigger.Trigger]:
    """A submission is made by a step of the employer, in the same moment, and by no other."""
    return [
        for_roles(
            "by_a_step",
            pgtrigger.Insert,
            demand(acts_here("by_id"), "this account is not of this surface"),
            demand(
                """EXISTS (SELECT 1 FROM permits_applicationchange
                            WHERE subject_id = NEW.application_id AND at = NEW.at AND by_id = NEW.by_id
                              AND step = CASE NEW.number WHEN 1 THEN 'submit' ELSE 'answer' END)""",
                "no step of the employer made this submission",
            ),
            demand(
                """NEW.number = 1 + (SELECT count(*) FROM permits_submission
                                      WHERE application_id = NEW.application_id)
                   AND NEW.number = (SELECT count(*) FROM permits_applicationchange
                                      WHERE subject_id = NEW.application_id AND step IN ('submit', 'answer'))""",
                "this step has made its submission",
            ),
        ),
        happens_now("at"),
    ]


def checks() -> list[pgtrigger.Trigger]:
    """What was completed or overridden stays so; the office does both as a supervisor, on a check that waits."""
    return [
        written_once("completed_once", "completed_at"),
        written_once("overridden_once", "overridden_at", "overridden_by", "override_reason"),
        written_once("superseded_once", "superseded_at"),
        for_roles(
            "in_its_state",
            ADDED_OR_CHANGED,
            demand(
                "NEW.requested_at = (SELECT at FROM permits_submission WHERE id = NEW.submission_id)",
                "who files asks for checks with the submission, and adds none later",
                when="TG_OP = 'INSERT' AND current_user = 'wpis_portal'",
            ),
            demand(
                acts_here("answered_by_id", role=SUPERVISOR),
                "a supervisor records an opinion",
                when=f"{changed('answered_by_id')} AND NEW.answered_by_id IS NOT NULL",
            ),
            demand(
                f"{acts_here('overridden_by_id', role=SUPERVISOR)} AND NEW.override_reason <> ''"
                # Under an earlier release the check of the files completed although a document could not be shown.
                " AND (NEW.completed_at IS NULL OR NEW.kind = 'documents') AND NEW.superseded_at IS NULL",
                "a supervisor overrides a check that waits, with a reason",
                when=changed("overridden_at"),
            ),
            demand(
                "NEW.overridden_by_id IS NULL AND NEW.override_reason = ''",
                "nothing is overridden without its moment",
                when="NEW.overridden_at IS NULL",
            ),
            demand(
                "NEW.superseded_at IS NULL AND NEW.overridden_at IS NULL",
                "this check no longer waits",
                when=f"NEW.kind = 'opinion' AND {changed('completed_at')}",
            ),
            demand(
                """EXISTS (SELECT 1 FROM permits_submission mine JOIN permits_submission newer USING (application_id)
                            WHERE mine.id = NEW.submission_id AND newer.number > mine.number)""",
                "no newer submission has its own checks",
                when=changed("superseded_at"),
            ),
            demand(
                """NOT EXISTS (SELECT 1 FROM permits_submission s
                                 JOIN permits_applicationdocument d USING (application_id)
                                 JOIN documents_upload u ON u.id = d.upload_id
                                WHERE s.id = NEW.submission_id AND d.removed_at IS NULL
                                  AND u.state = 'quarantined')""",
                "a file has not been looked into",
                when=f"NEW.kind = 'documents' AND {changed('completed_at')}",
            ),
        ),
        happens_now("requested_at", "completed_at", "overridden_at", "superseded_at"),
    ]


def overrides() -> list[pgtrigger.Trigger]:
    """One supervisor requests that a decision shall not wait for a check, another settles the request."""
    return [
        for_roles(
            "by_supervisors",
            ADDED_OR_CHANGED,
            demand(
                acts_here("requested_by_id", role=SUPERVISOR),
                "a supervisor requests an override",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                acts_here("settled_by_id", role=SUPERVISOR),
                "a supervisor settles the request",
                when=f"TG_OP = 'UPDATE' AND {changed('settled_at')}",
            ),
        ),
        happens_now("requested_at", "settled_at"),
    ]


def questions() -> list[pgtrigger.Trigger]:
    """The office asks, of a file that waits; the employer answers, once."""
    waiting = _in_state(State.WAITING)
    return [
        written_once("answered_once", "answered_at", "answer", "answered_by"),
        for_roles(
            "in_its_state",
            ADDED_OR_CHANGED,
            demand(
                f"{acts_here('asked_by_id')} AND NEW.answered_at IS NULL AND NEW.answered_by_id IS NULL"
                f" AND NEW.answer = '' AND {waiting}",
                "a question is asked of a file that waits for the employer",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                f"{acts_here('answered_by_id')} AND NEW.answered_at IS NOT NULL AND {waiting}",
                "an answer comes from an account of the employer, while it is awaited",
                when="TG_OP = 'UPDATE'",
            ),
        ),
        happens_now("asked_at", "answered_at"),
    ]


def decisions() -> list[pgtrigger.Trigger]:
    """The officer of a file proposes; somebody of the office settles the proposal, once, as the file's state says."""
    return [
        written_once(
            "settled_once", "settled_at", "settled_by", "confirmed", "appeal_until", "return_reason"
        ),
        for_roles(
            "in_its_state",
            ADDED_OR_CHANGED,
            demand(
                f"""{acts_here("proposed_by_id")} AND NEW.settled_at IS NULL AND NEW.settled_by_id IS NULL
                    AND NEW.confirmed IS NULL AND NEW.appeal_until IS NULL AND NEW.return_reason = ''
                    AND EXISTS (SELECT 1 FROM permits_application
                                 WHERE id = NEW.application_id AND officer_id = NEW.proposed_by_id
                                   AND state = NEW.outcome || '_proposed')""",
                "the officer of a file proposes a decision, as the state of the file says",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                f"""{acts_here("settled_by_id")} AND NEW.settled_at IS NOT NULL
                    AND EXISTS (SELECT 1 FROM permits_application
                                 WHERE id = NEW.application_id
                                   AND state = CASE WHEN NOT NEW.confirmed THEN '{State.IN_REVIEW}'
                                                    WHEN NEW.outcome = 'approval' THEN '{State.APPROVED}'
                                                    WHEN NEW.outcome = 'refusal' THEN '{State.REFUSED}' END)""",
                "a decision is settled as the state of the file says",
                when="TG_OP = 'UPDATE'",
            ),
        ),
        happens_now("proposed_at", "settled_at"),
    ]


def approvals() -> list[pgtrigger.Trigger]:
    """No file is approved or refused without a proposal of that kind, or approved while one of its checks waits.

    And no draft is filed that was deleted.
    """
    return [
        for_roles(
            "decided_whole",
            pgtrigger.Update,
            demand(
                f"""EXISTS (SELECT 1 FROM permits_decision
                             WHERE application_id = NEW.id AND settled_at IS NULL
                               AND outcome = CASE NEW.state WHEN '{State.APPROVED}' THEN 'approval'
                                                            ELSE 'refusal' END)""",
                "nobody has proposed this decision",
                when=f"NEW.state IN ('{State.APPROVED}', '{State.REFUSED}')",
            ),
            demand(
                f"""EXISTS (SELECT 1 FROM permits_check WHERE submission_id = {_NEWEST.format("id")})
                    AND NOT EXISTS (SELECT 1 FROM permits_check
                                     WHERE completed_at IS NULL AND overridden_at IS NULL
                                       AND submission_id = {_NEWEST.format("id")})""",
                "a check has not completed",
                when=f"NEW.state IN ('{State.APPROVAL_PROPOSED}', '{State.APPROVED}')",
            ),
            demand(
                "EXISTS (SELECT 1 FROM permits_employer WHERE id = NEW.employer_id"
                f" AND state = '{CompanyState.VERIFIED}')",
                "the company has not been verified",
                when=f"NEW.state IN ('{State.APPROVAL_PROPOSED}', '{State.APPROVED}')",
            ),
            demand(
                "EXISTS (SELECT 1 FROM permits_employer WHERE id = NEW.employer_id"
                f" AND state NOT IN ({', '.join(repr(str(state)) for state in UNSETTLED)}))",
                "the company is not settled",
                when=f"NEW.state IN ('{State.REFUSAL_PROPOSED}', '{State.REFUSED}')",
            ),
            demand(
                _NOT_DELETED.format("NEW.id"),
                "this draft was deleted",
                when=f"OLD.state = '{State.DRAFT}' AND NEW.state <> OLD.state",
            ),
            demand(
                acts_here("officer_id"),
                "a file is given to an account of the office",
                when=f"{changed('officer_id')} AND NEW.officer_id IS NOT NULL",
            ),
        ),
        happens_now("created_at", "submitted_at", "decided_at"),
    ]


def permits() -> list[pgtrigger.Trigger]:
    """A permit is issued for an approved application alone: on the decision's ground, for what was filed last."""
    return [
        for_roles(
            "for_an_approval",
            pgtrigger.Insert,
            demand(_in_state(State.APPROVED), "the application has not been approved"),
            demand(
                """EXISTS (SELECT 1 FROM permits_decision
                            WHERE application_id = NEW.application_id AND confirmed
                              AND outcome = 'approval' AND ground = NEW.ground)""",
                "no confirmed decision approves it on this ground",
            ),
            demand(
                f"NEW.submission_id = {_NEWEST.format('application_id')}", "this is not what was filed last"
            ),
            demand("NEW.revoked_at IS NULL AND NEW.valid_from <= NEW.valid_until", "this is no permit"),
        ),
        happens_now("issued_at"),
    ]


def signings() -> list[pgtrigger.Trigger]:
    """The office signs again what the owner has ordered, once, and a permit in force of an approved application."""
    return [
        written_once("signed_once", "signed_at", "kid", "code"),
        for_roles(
            "as_ordered_by_the_owner",
            ADDED_OR_CHANGED,
            demand("TG_OP = 'UPDATE'", "the owner of the database orders what is signed again"),
            demand(
                f"""EXISTS (SELECT 1 FROM permits_permit p JOIN permits_application a ON a.id = p.application_id
                             WHERE p.id = NEW.permit_id AND p.revoked_at IS NULL AND a.state = '{State.APPROVED}')
                    AND NEW.kid <> NEW.former_kid""",
                "a permit in force is signed again with another key",
            ),
        ),
        happens_now("signed_at"),
    ]


TOLD_BEFORE_DAYS = 14
"""How long before its deletion the owner of a draft is told, at least; `wpis_delete_expired` asks for it too."""


def drafts() -> list[pgtrigger.Trigger]:
    """The portal notes that a draft is worked on or deleted, the office that its owner was told, not soon after that.

    What was deleted stays as it is, and within a day the portal can bring it back.
    """
    return [
        for_roles(
            "while_a_draft",
            ADDED_OR_CHANGED,
            demand(_in_state(State.DRAFT), "this is no draft any more"),
            demand(
                """OLD.deleted_at IS NULL
                   OR current_user = 'wpis_portal' AND NEW.deleted_at IS NULL
                      AND NEW.touched_at >= OLD.deleted_at AND NEW.touched_at <> OLD.touched_at
                      AND NEW.touched_at <= OLD.deleted_at + interval '1 day'""",
                "this draft was deleted",
                when="TG_OP = 'UPDATE'",
            ),
            demand("NEW.deleted_at IS NULL", "a draft is made first", when="TG_OP = 'INSERT'"),
            demand(
                "NEW.told_at IS NULL",
                "who works on a draft is told nothing",
                when="current_user = 'wpis_portal'",
            ),
            demand(
                f"NEW.touched_at <= NEW.told_at - interval '{TOLD_BEFORE_DAYS} days'",
                "this draft was worked on lately",
                when="NEW.told_at IS NOT NULL",
            ),
        ),
        happens_now("touched_at", "told_at", "deleted_at"),
    ]


def feed() -> list[pgtrigger.Trigger]:
    """A submission is handed on when it is made, due at once, and done when its automatic check is."""
    return [
        for_roles(
            "of_a_submission",
            ADDED_OR_CHANGED,
            demand(
                "NEW.kind = 'submission' AND EXISTS (SELECT 1 FROM permits_submission WHERE id = NEW.key)"
                " AND NEW.due_at <= NEW.created_at",
                "a submission is handed on, at once",
                when="TG_OP = 'INSERT'",
            ),
            demand(
                """EXISTS (SELECT 1 FROM permits_check
                            WHERE submission_id = NEW.key AND kind = 'automatic' AND completed_at IS NOT NULL)""",
                "its automatic check has not completed",
                when="NEW.done_at IS NOT NULL",
            ),
        ),
        happens_now("created_at"),
    ]


def _in_state(state: State) -> str:
    return f"EXISTS (SELECT 1 FROM permits_application WHERE id = NEW.application_id AND state = '{state}')"


def _open_for_changes(part: str) -> str:
    return demand(
        f"""EXISTS (SELECT 1 FROM permits_application a
                     WHERE a.id = NEW.application_id
                       AND (a.state = '{State.DRAFT}' AND {_NOT_DELETED.format("a.id")}
                            OR a.state = '{State.WAITING}'
                               AND EXISTS (SELECT 1 FROM permits_question q
                                            WHERE q.application_id = a.id AND q.answered_at IS NULL
                                              AND '{part}' = ANY (q.sections))))""",
        "this part is not open for changes",
    )
