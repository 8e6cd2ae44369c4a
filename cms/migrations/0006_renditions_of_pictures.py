from django.db import migrations


class Migration(migrations.Migration):
    """Columns under the field's terms. Nothing that is stored changes."""

    dependencies = [('cms', '0005_sizes_of_pictures')]

    operations = [
        migrations.RenameField('Image', 'sizes', 'rendition_files'),
        migrations.RenameField('Image', 'sizes_for', 'renditions_of'),
        migrations.RenameField('Image', 'sizes_due', 'renditions_due'),
    ]
