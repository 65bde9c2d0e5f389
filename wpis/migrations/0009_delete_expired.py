"""The function that deletes what is past its time: the only way in which a surface's role deletes these rows.

It runs with the rights of the database's owner, so it names every table itself, takes nothing but a kind and a moment,
and never deletes what is younger than the least days of its kind. Only protection's worker may execute it
(`FUNCTIONS` in `wpis/grants.py`).
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION wpis_delete_expired(kind text, before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone integer := 0;
    part integer;
    until timestamptz := least(before, now() - CASE kind
        WHEN 'sign_in_attempts' THEN interval '1 day'
        WHEN 'enrolment_codes' THEN interval '1 day'
        WHEN 'api_answers' THEN interval '7 days'
        ELSE interval '0' END);
BEGIN
    IF kind = 'sessions' THEN
        DELETE FROM public.accounts_portalsession WHERE expire_date < until;
        GET DIAGNOSTICS part = ROW_COUNT; gone := gone + part;
        DELETE FROM public.accounts_officesession WHERE expire_date < until;
        GET DIAGNOSTICS part = ROW_COUNT; gone := gone + part;
        DELETE FROM public.accounts_protectionsession WHERE expire_date < until;
    ELSIF kind = 'rate_limits' THEN
        DELETE FROM public.accounts_recentrequests WHERE forget_at < until;
    ELSIF kind = 'sign_in_attempts' THEN
        DELETE FROM public.axes_accessattemptexpiration WHERE access_attempt_id IN
            (SELECT id FROM public.axes_accessattempt WHERE attempt_time < until);
        DELETE FROM public.axes_accessattempt WHERE attempt_time < until;
    ELSIF kind = 'enrolment_codes' THEN
        DELETE FROM public.accounts_enrolmentcode WHERE ends_at < until;
    ELSIF kind = 'api_answers' THEN
        DELETE FROM public.permits_apirequest WHERE created_at < until;
    ELSE
        RAISE EXCEPTION 'nothing of this kind is deleted';
    END IF;
    GET DIAGNOSTICS part = ROW_COUNT;
    RETURN gone + part;
END $$;
REVOKE ALL ON FUNCTION wpis_delete_expired(text, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("wpis", "0008_rights_by_role")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION wpis_delete_expired(text, timestamptz)"),
    ]
