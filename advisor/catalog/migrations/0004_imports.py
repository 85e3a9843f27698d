import uuid

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def grant(apps, schema_editor):
    """Who changes drafts may look at the log of imports; the program writes it."""
    config = apps.get_app_config("catalog")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    look = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="catalog", codename="view_importrun"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=("editor", "publisher")):
        group.permissions.add(look)


def revoke(apps, schema_editor):
    look = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="catalog", codename="view_importrun"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=("editor", "publisher")):
        group.permissions.remove(*look)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_group_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='id')),
                ('kind', models.CharField(choices=[('hub', 'models from a hub'), ('prices', 'token prices'), ('table', 'spreadsheet or JSON file')], max_length=8, verbose_name='kind')),
                ('collection', models.CharField(max_length=40, verbose_name='table')),
                ('origin', models.CharField(max_length=300, verbose_name='from')),
                ('dry_run', models.BooleanField(verbose_name='preview only')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('outcome', models.CharField(choices=[('running', 'did not finish'), ('failed', 'could not be read'), ('refused', 'refused'), ('previewed', 'preview'), ('applied', 'applied')], default='running', max_length=10, verbose_name='outcome')),
                ('reason', models.TextField(blank=True, default='', verbose_name='why it could not be read')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows read')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='added')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='problems')),
                ('problems', models.JSONField(default=list, verbose_name='problems')),
                ('notes', models.JSONField(default=list, verbose_name='notes')),
                ('fingerprint', models.CharField(blank=True, default='', max_length=64, verbose_name='fingerprint of the changes')),
                ('file', models.FileField(blank=True, upload_to='imports/', verbose_name='what was read')),
                ('format', models.CharField(blank=True, default='', max_length=4, verbose_name='format')),
                ('preview', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.importrun', verbose_name='preview it confirmed')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-id'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ImportChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('slug', models.CharField(max_length=120)),
                ('field', models.CharField(blank=True, default='', max_length=60)),
                ('old', models.JSONField(null=True)),
                ('new', models.JSONField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='catalog.importrun')),
            ],
            options={
                'verbose_name': 'change by an import',
                'verbose_name_plural': 'changes by imports',
                'ordering': ['id'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'running'), ('finished_at__isnull', False), _connector='OR'), name='catalog_importrun_finished'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'applied'), _negated=True), models.Q(('dry_run', False), ('refused', 0)), _connector='OR'), name='catalog_importrun_applied_without_problems'),
        ),
        migrations.RunPython(grant, revoke),
    ]
