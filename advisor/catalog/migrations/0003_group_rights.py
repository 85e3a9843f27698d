"""What the groups "editor" and "publisher" may do with the catalog: change drafts; and also publish them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS_OF_A_DRAFT = ("add", "change", "delete", "view")
READ_ONLY = ("catalogversion", "shippedload")


def grant(apps, schema_editor):
    config = apps.get_app_config("catalog")
    # Permissions are normally made after all migrations; they are needed now.
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label="catalog")
    drafts = [
        right
        for right in ours.exclude(content_type__model__startswith="historical")
        if right.content_type.model not in READ_ONLY and right.codename.split("_")[0] in RIGHTS_OF_A_DRAFT
    ]
    seen = list(ours.filter(content_type__model__in=READ_ONLY, codename__startswith="view_"))
    publish = list(ours.filter(codename="publish_version"))
    Group.objects.get_or_create(name="editor")[0].permissions.add(*drafts, *seen)
    Group.objects.get_or_create(name="publisher")[0].permissions.add(*drafts, *seen, *publish)


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=("editor", "publisher")):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="catalog"))


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_frozen_versions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
