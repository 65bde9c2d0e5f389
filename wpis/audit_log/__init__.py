"""The auditor's log: the pages that read the audit trail. The trail itself lies below the accounts, in `wpis.audit`."""
