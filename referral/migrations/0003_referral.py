"""Renames the model Disclosure to Referral; tables and columns keep the names that their ciphertext is bound to."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referral", "0002_interface_for_programs")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Disclosure", "Referral"),
                migrations.AlterModelTable("Referral", "referral_disclosure"),
                migrations.RenameModel("DisclosureChange", "ReferralChange"),
                migrations.AlterModelTable("ReferralChange", "referral_disclosurechange"),
                migrations.AlterField(
                    model_name='apitoken',
                    name='agency',
                    field=models.SlugField(help_text='the agency its maker worked for: it opens no other', max_length=60),
                ),
                migrations.AlterField(
                    model_name='case',
                    name='alert',
                    field=models.UUIDField(help_text='id of the confirmed alert in the app below; no foreign key', unique=True),
                ),
                migrations.AlterField(
                    model_name='referral',
                    name='access_until',
                    field=models.DateTimeField(help_text='the agency can read it before this moment only'),
                ),
                migrations.AlterField(
                    model_name='referral',
                    name='case',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referral.case'),
                ),
                migrations.AlterField(
                    model_name='referral',
                    name='consent',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referral.consent'),
                ),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='legal_steps',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='first_state',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='as_sent',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referral',
            name='kept',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='referralchange',
            name='append_only',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='legal_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:completed,accepted:withdrawn,sent:accepted,sent:declined,sent:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='45d934c55cbae66b6eb916db3ef6e8be87788f57', operation='UPDATE', pgid='pgtrigger_legal_steps_7d911', table='referral_disclosure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='first_state', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" IS DISTINCT FROM \'sent\')', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='d5a2dadc16dab649441f114fa1a5f12e911eab67', operation='INSERT', pgid='pgtrigger_first_state_aa820', table='referral_disclosure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='as_sent', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "reference", "case_id", "agency", "purpose", "legal_ground", "consent_id", "fields", "packet", "digest", "reason", "token", "sent_by_id", "sent_at", "answer_due_at" rows from % table\', TG_TABLE_NAME;', hash='012e9fb9cb01f3c5114f73a9291c2cf67e5eadab', operation='UPDATE OF "reference", "case_id", "agency", "purpose", "legal_ground", "consent_id", "fields", "packet", "digest", "reason", "token", "sent_by_id", "sent_at", "answer_due_at"', pgid='pgtrigger_as_sent_f8b8a', table='referral_disclosure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referral',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0df17ae50312b719b1c7a28cac40c99dc439631f', operation='DELETE', pgid='pgtrigger_kept_cfcde', table='referral_disclosure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralchange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='642ea86eda047334555e1435c0609c354347aa7f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1cb5e', table='referral_disclosurechange', when='BEFORE')),
        ),
    ]
