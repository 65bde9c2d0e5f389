"""What people wrote about audit events is deleted when its time is over; the events stay.

The function names every table itself and never deletes what is younger than the least days of its kind (0009).
"""

from django.db import migrations

CREATE = """
CREATE OR REPLACE FUNCTION wpis_delete_expired(kind text, before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone integer := 0;
    part integer;
    until timestamptz := least(before, now() - CASE kind
        WHEN 'sign_in_attempts' THEN interval '1 day'
        WHEN 'enrolment_codes' THEN interval '1 day'
        WHEN 'api_answers' THEN interval '7 days'
        WHEN 'audit_notes' THEN interval '366 days'
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
    {notes}
    ELSE
        RAISE EXCEPTION 'nothing of this kind is deleted';
    END IF;
    GET DIAGNOSTICS part = ROW_COUNT;
    RETURN gone + part;
END $$;
REVOKE ALL ON FUNCTION wpis_delete_expired(text, timestamptz) FROM PUBLIC;
"""
NOTES = "ELSIF kind = 'audit_notes' THEN DELETE FROM public.audit_auditnote WHERE at < until;"


class Migration(migrations.Migration):
    dependencies = [("wpis", "0009_delete_expired"), ("audit", "0003_notes")]

    operations = [
        migrations.RunSQL(CREATE.replace("{notes}", NOTES), CREATE.replace("{notes}", "")),
    ]
