"""Drafts that their employer has deleted go the way of abandoned ones, a day afterwards at the earliest.

The function names every table itself and never deletes what is younger than the least days of its kind (0009).
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("wpis.migrations.0014_delete_notes").CREATE

CREATE = """
CREATE OR REPLACE FUNCTION wpis_delete_expired(kind text, before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone integer := 0;
    part integer;
    drafts uuid[];
    files uuid[];
    until timestamptz := least(before, now() - CASE kind
        WHEN 'sign_in_attempts' THEN interval '1 day'
        WHEN 'enrolment_codes' THEN interval '1 day'
        WHEN 'api_answers' THEN interval '7 days'
        WHEN 'abandoned_drafts' THEN interval '30 days'
        WHEN 'deleted_drafts' THEN interval '1 day'
        WHEN 'loose_files' THEN interval '1 day'
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
    ELSIF kind IN ('abandoned_drafts', 'deleted_drafts') THEN
        -- Both rows are locked: who works on a draft at this moment holds the first, and touches the second.
        SELECT array_agg(id) INTO drafts FROM (
            SELECT a.id FROM public.permits_application a JOIN public.permits_draftactivity d ON d.application_id = a.id
             WHERE a.state = 'draft' AND a.reference IS NULL AND a.submitted_at IS NULL
               AND CASE wpis_delete_expired.kind WHEN 'deleted_drafts' THEN d.deleted_at < until
                   ELSE d.touched_at < until AND d.told_at < now() - interval '14 days' END
               AND NOT EXISTS (SELECT 1 FROM public.permits_submission s WHERE s.application_id = a.id)
               AND NOT EXISTS (SELECT 1 FROM public.permits_applicationchange c WHERE c.subject_id = a.id)
             ORDER BY d.touched_at LIMIT 200 FOR UPDATE OF a, d SKIP LOCKED) AS unwanted;
        SELECT array_agg(id) INTO files FROM public.documents_upload WHERE owner = ANY (drafts);
        DELETE FROM public.permits_applicationdocument WHERE application_id = ANY (drafts);
        DELETE FROM public.documents_uploadcontent WHERE upload_id = ANY (files);
        DELETE FROM public.documents_upload WHERE id = ANY (files);
        DELETE FROM public.wpis_errand job WHERE job.kind = 'document' AND job.key = ANY (files);
        DELETE FROM public.documents_filecheck job WHERE job.key = ANY (files);
        DELETE FROM public.documents_checkedfile job WHERE job.key = ANY (files);
        DELETE FROM public.permits_worker WHERE application_id = ANY (drafts);
        DELETE FROM public.permits_employmentterms WHERE application_id = ANY (drafts);
        DELETE FROM public.permits_housing WHERE application_id = ANY (drafts);
        DELETE FROM public.permits_recruitment WHERE application_id = ANY (drafts);
        DELETE FROM public.permits_draftactivity WHERE application_id = ANY (drafts);
        DELETE FROM public.permits_application WHERE id = ANY (drafts);
    ELSIF kind = 'loose_files' THEN
        SELECT array_agg(id) INTO files FROM (
            SELECT u.id FROM public.documents_upload u
             WHERE u.uploaded_at < until
               AND NOT EXISTS (SELECT 1 FROM public.permits_applicationdocument d WHERE d.upload_id = u.id)
               AND NOT EXISTS (SELECT 1 FROM public.permits_submission s WHERE s.application_id = u.owner)
             ORDER BY u.uploaded_at LIMIT 200 FOR UPDATE OF u SKIP LOCKED) AS loose;
        DELETE FROM public.documents_uploadcontent WHERE upload_id = ANY (files);
        DELETE FROM public.wpis_errand job WHERE job.kind = 'document' AND job.key = ANY (files);
        DELETE FROM public.documents_filecheck job WHERE job.key = ANY (files);
        DELETE FROM public.documents_checkedfile job WHERE job.key = ANY (files);
        DELETE FROM public.documents_upload WHERE id = ANY (files);
    ELSIF kind = 'audit_notes' THEN
        DELETE FROM public.audit_auditnote WHERE at < until;
    ELSE
        RAISE EXCEPTION 'nothing of this kind is deleted';
    END IF;
    GET DIAGNOSTICS part = ROW_COUNT;
    RETURN gone + part;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("wpis", "0014_delete_notes"), ("permits", "0021_drafts_deleted_and_company_details")]

    operations = [migrations.RunSQL(CREATE, BEFORE)]
