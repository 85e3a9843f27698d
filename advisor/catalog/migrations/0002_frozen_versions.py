"""The database itself refuses to change or delete a published version.

One change is let through: forgetting who published it, when that person's account is deleted.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.published_by_id IS NULL
       AND (to_jsonb(NEW) - 'published_by_id') = (to_jsonb(OLD) - 'published_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published catalog version is never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER catalog_version_is_frozen BEFORE UPDATE OR DELETE ON catalog_catalogversion
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
"""
ALLOW = """
DROP TRIGGER catalog_version_is_frozen ON catalog_catalogversion;
DROP FUNCTION catalog_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_tables")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
