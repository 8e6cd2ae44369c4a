from django.db import migrations, models
import django.db.models.deletion
from django.conf import settings


class Migration(migrations.Migration):
    """Tables and columns under the field's terms, and the format of documents. Nothing that is stored
    changes: what was made before is format 1.
    """

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('news', '0005_names_for_editors'),
    ]

    operations = [
        migrations.RenameModel('Named', 'EditionReference'),
        migrations.RenameModel('Look', 'LastRead'),
        migrations.RenameModel('Involved', 'Participant'),
        migrations.RenameField('Edition', 'door', 'channel'),
        migrations.AddField(
            'Edition', 'format',
            models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            'Signature', 'format',
            models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            'EditionReference', 'edition',
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='news.edition'),
        ),
        migrations.AlterField(
            'Participant', 'story',
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='news.articlepage'),
        ),
        migrations.AlterField(
            'Participant', 'person',
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to=settings.AUTH_USER_MODEL),
        ),
    ]
